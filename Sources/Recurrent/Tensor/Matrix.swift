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

    /// A new matrix, so that a product can run along neighbouring values.
    var transposed: Matrix {
        Matrix(copying: view.transposed)
    }

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

    func multiply(by other: Matrix) {
        for index in 0..<rows * columns { base[index] *= other.base[index] }
    }
}

// MARK: - Products

extension Matrix {
    func times(_ other: Matrix) -> Matrix {
        let product = Matrix(rows: rows, columns: other.columns)
        Kernel.multiplyAdd(view, other.view, into: product.view)
        return product
    }
}

extension MatrixView {
    /// selfᵀ · other, for instance Σₜ ∂L/∂a_t x_tᵀ of all steps at once.
    func transposedTimes(_ other: MatrixView) -> Matrix {
        let product = Matrix(rows: columns, columns: other.columns)
        Kernel.multiplyAdd(transposed, other, into: product.view)
        return product
    }
}
