/// Doubles in one piece of memory, row by row: what the layers compute in.
///
/// An object that is written in place, apart from ``Tensor``, whose values are handed round.
final class Matrix {
    let rows: Int
    let columns: Int
    let base: UnsafeMutablePointer<Double>

    /// Filled with zeros.
    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        base = .allocate(capacity: rows * columns)
        base.initialize(repeating: 0, count: rows * columns)
    }

    /// `values` row by row.
    init(rows: Int, columns: Int, values: [Double]) {
        self.rows = rows
        self.columns = columns
        base = .allocate(capacity: rows * columns)
        values.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { base.initialize(from: start, count: rows * columns) }
        }
    }

    init(copying view: MatrixView) {
        rows = view.rows
        columns = view.columns
        base = .allocate(capacity: rows * columns)
        for i in 0..<rows {
            for j in 0..<columns {
                (base + i * columns + j).initialize(to: view.base[i * view.rowStride + j * view.columnStride])
            }
        }
    }

    deinit {
        base.deallocate()
    }

    func row(_ index: Int) -> UnsafeMutablePointer<Double> {
        base + index * columns
    }

    func view(rows range: Range<Int>) -> MatrixView {
        MatrixView(self, rows: range)
    }

    var view: MatrixView { view(rows: 0..<rows) }

    /// Writes `vector` into every row.
    func fillRows(with vector: [Double]) {
        for i in 0..<rows {
            row(i).update(from: vector, count: columns)
        }
    }

    var values: [Double] { values(rows: 0..<rows) }

    func values(rows range: Range<Int>) -> [Double] {
        Array(UnsafeBufferPointer(start: row(range.lowerBound), count: range.count * columns))
    }

    /// Σᵢ of every column.
    var columnSums: [Double] {
        var sums = [Double](repeating: 0, count: columns)
        for i in 0..<rows {
            let row = row(i)
            for j in 0..<columns { sums[j] += row[j] }
        }
        return sums
    }
}

// MARK: - In place

extension [Double] {
    static func zeros(_ count: Int) -> [Double] {
        [Double](repeating: 0, count: count)
    }
}

extension Matrix {
    func clear() {
        base.update(repeating: 0, count: rows * columns)
    }

    func add(_ other: Matrix) {
        for index in 0..<rows * columns { base[index] += other.base[index] }
    }

    func addToRows(_ vector: [Double]) {
        for i in 0..<rows {
            let row = row(i)
            for j in 0..<columns { row[j] += vector[j] }
        }
    }

    func multiply(by factor: Double) {
        for index in 0..<rows * columns { base[index] *= factor }
    }

    func multiply(by other: Matrix) {
        for index in 0..<rows * columns { base[index] *= other.base[index] }
    }
}

// MARK: - Rows

extension UnsafeMutablePointer<Double> {
    /// self = σ(source), value by value.
    func assignSigmoid(of source: UnsafeMutablePointer<Double>, count: Int) {
        update(from: source, count: count)
        Elementary.sigmoid(UnsafeMutableBufferPointer(start: self, count: count))
    }

    /// self = tanh(source), value by value.
    func assignTanh(of source: UnsafeMutablePointer<Double>, count: Int) {
        update(from: source, count: count)
        Elementary.tanh(UnsafeMutableBufferPointer(start: self, count: count))
    }
}
