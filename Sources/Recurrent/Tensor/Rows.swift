/// A tensor's numbers as plain rows, for tables and equations.
extension Tensor {
    /// The values of one row of a matrix.
    package func row(_ index: Int) -> [Double] {
        let width = shape[1]
        return Array(values[index * width..<(index + 1) * width])
    }

    /// The rows of the last two axes, of all axes before them one after the other; a vector is one row.
    package var matrixRows: [[Double]] {
        let width = shape[shape.count - 1]
        return (0..<shape.dropLast().reduce(1, *)).map { Array(values[$0 * width..<($0 + 1) * width]) }
    }
}
