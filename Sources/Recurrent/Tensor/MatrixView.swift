/// A matrix that lies somewhere in memory: element (i, j) is `base[i · rowStride + j · columnStride]`.
///
/// It keeps the matrix that it looks into alive.
struct MatrixView {
    private let owner: Matrix
    let base: UnsafeMutablePointer<Double>
    let rows: Int
    let columns: Int
    let rowStride: Int
    let columnStride: Int

    init(_ owner: Matrix, rows range: Range<Int>) {
        self.init(owner, owner.row(range.lowerBound), range.count, owner.columns, rowStride: owner.columns, columnStride: 1)
    }

    private init(
        _ owner: Matrix, _ base: UnsafeMutablePointer<Double>, _ rows: Int, _ columns: Int, rowStride: Int, columnStride: Int
    ) {
        self.owner = owner
        self.base = base
        self.rows = rows
        self.columns = columns
        self.rowStride = rowStride
        self.columnStride = columnStride
    }

    /// The same values with rows and columns exchanged; nothing moves.
    var transposed: MatrixView {
        MatrixView(owner, base, columns, rows, rowStride: columnStride, columnStride: rowStride)
    }

    /// Where row i begins; its values lie side by side where `columnStride` is 1.
    func row(_ index: Int) -> UnsafeMutablePointer<Double> {
        base + index * rowStride
    }

    /// The columns of `range` only.
    func columns(_ range: Range<Int>) -> MatrixView {
        MatrixView(
            owner, base + range.lowerBound * columnStride, rows, range.count, rowStride: rowStride, columnStride: columnStride
        )
    }

    /// Writes a matrix of the same size into this part.
    func copy(_ source: Matrix) {
        for i in 0..<rows {
            for j in 0..<columns { base[i * rowStride + j * columnStride] = source.row(i)[j] }
        }
    }

    /// The rows of `range` only.
    func rows(_ range: Range<Int>) -> MatrixView {
        transposed.columns(range).transposed
    }
}

// MARK: - Products

extension MatrixView {
    /// The right factor of products, laid out for them once.
    var packed: PackedMatrix {
        PackedMatrix(depth: rows, columns: columns, elements: base, rowStride: rowStride, columnStride: columnStride)
    }

    /// self += a · b, where `columnStride` must be 1.
    func add(_ a: MatrixView, times b: PackedMatrix) {
        b.addProduct(
            with: a.base, rows: a.rows, rowStride: a.rowStride, columnStride: a.columnStride, to: base, stride: rowStride
        )
    }

    func times(_ other: MatrixView) -> Matrix {
        let product = Matrix(rows: rows, columns: other.columns)
        product.view.add(self, times: other.packed)
        return product
    }
}
