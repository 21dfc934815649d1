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

    /// The columns of `range` only.
    func columns(_ range: Range<Int>) -> MatrixView {
        MatrixView(
            owner, base + range.lowerBound * columnStride, rows, range.count, rowStride: rowStride, columnStride: columnStride
        )
    }

    /// The rows of `range` only.
    func rows(_ range: Range<Int>) -> MatrixView {
        transposed.columns(range).transposed
    }
}

/// The few loops in which nearly all time is spent.
enum Kernel {
    /// `c[i, j] += Σₖ a[i, k] · b[k, j]`, the products added in the order of k, one by one.
    ///
    /// `b` and `c` must have neighbouring columns side by side (`columnStride` 1); `a` may be transposed.
    /// The innermost loop runs along the outputs, so that it can use vector instructions
    /// without changing the order of any sum.
    static func multiplyAdd(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
        for i in 0..<a.rows {
            let output = c.base + i * c.rowStride
            for k in 0..<a.columns {
                let factor = a.base[i * a.rowStride + k * a.columnStride]
                let row = b.base + k * b.rowStride
                for j in 0..<b.columns {
                    output[j] += factor * row[j]
                }
            }
        }
    }
}
