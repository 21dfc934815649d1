/// The product of two matrices, of a matrix and a vector, of two vectors, or of batches of matrices.
///
/// | a         | b         | result    |
/// |-----------|-----------|-----------|
/// | (n)       | (n)       | ()        |
/// | (m, k)    | (k)       | (m)       |
/// | (k)       | (k, n)    | (n)       |
/// | (m, k)    | (k, n)    | (m, n)    |
/// | (…, m, k) | (…, k, n) | (…, m, n), the leading axes equal; either side may be a single matrix |
///
/// Ends the program if the shapes do not go together.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
    require(
        !a.shape.isEmpty && !b.shape.isEmpty, "matmul", "both tensors must have an axis",
        got: "\(a.shape) and \(b.shape)", hint: "To multiply by one number use *"
    )
    let (k, rowsOfB) = (a.shape[a.shape.count - 1], b.shape[max(b.shape.count - 2, 0)])
    require(
        k == rowsOfB, "matmul",
        "the last axis of the left tensor must be as long as the last but one (or the only one) of the right",
        got: "\(a.shape) and \(b.shape): \(k) and \(rowsOfB)"
    )
    // A vector is a matrix of one row on the left, of one column on the right.
    if a.shape.count == 1 {
        let product = matmul(a.reshaped([1, a.shape[0]]), b)
        return product.reshaped(product.shape.removing(axis: b.shape.count == 1 ? 0 : product.shape.count - 2))
    }
    if b.shape.count == 1 {
        let product = matmul(a, b.reshaped([b.shape[0], 1]))
        return product.reshaped(product.shape.removing(axis: product.shape.count - 1))
    }
    let product = MatrixProduct(a, b)
    return Tensor(shape: product.shape, values: product.values, from: a, b, gradient: product.gradientOfA, and: product.gradientOfB)
}

extension Tensor {
    /// The product of matrices: see ``matmul(_:_:)-(Tensor,Tensor)``.
    public func matmul(_ other: Tensor) -> Tensor {
        Recurrent.matmul(self, other)
    }
}

/// The product of two tensors of two or more axes, matrix by matrix.
private struct MatrixProduct {
    let shape: Shape
    /// How many pairs of matrices are multiplied: (m, k) by (k, n).
    private let count: Int
    private let (m, k, n): (Int, Int, Int)
    /// The matrices of each operand below one another: `count` of them, or a single one.
    private let (a, b): (Matrix, Matrix)

    init(_ a: Tensor, _ b: Tensor) {
        let (leadingA, leadingB) = (Array(a.shape).dropLast(2), Array(b.shape).dropLast(2))
        (m, k) = (a.shape[a.shape.count - 2], a.shape[a.shape.count - 1])
        n = b.shape[b.shape.count - 1]
        require(
            leadingA.isEmpty || leadingB.isEmpty || leadingA == leadingB,
            "matmul", "the leading axes must be equal, or one side a single matrix", got: "\(a.shape) and \(b.shape)"
        )
        let leading = leadingA.isEmpty ? leadingB : leadingA
        shape = Shape(leading + [m, n])
        count = leading.reduce(1, *)
        self.a = Matrix(rows: leadingA.reduce(m, *), columns: k, values: a.values)
        self.b = Matrix(rows: leadingB.reduce(k, *), columns: n, values: b.values)
    }

    var values: [Double] {
        let product = Matrix(rows: count * m, columns: n)
        for index in 0..<count {
            block(index, of: product, rows: m).add(block(index, of: a, rows: m), times: block(index, of: b, rows: k).packed)
        }
        return product.values
    }

    /// ∂ℒ/∂a = g bᵀ
    func gradientOfA(_ g: [Double]) -> [Double] {
        let (g, gradient) = (Matrix(rows: count * m, columns: n, values: g), Matrix(rows: a.rows, columns: k))
        for index in 0..<count {
            block(index, of: gradient, rows: m)
                .add(block(index, of: g, rows: m), times: block(index, of: b, rows: k).transposed.packed)
        }
        return gradient.values
    }

    /// ∂ℒ/∂b = aᵀ g
    func gradientOfB(_ g: [Double]) -> [Double] {
        let (g, gradient) = (Matrix(rows: count * m, columns: n, values: g), Matrix(rows: b.rows, columns: n))
        for index in 0..<count {
            block(index, of: gradient, rows: k)
                .add(block(index, of: a, rows: m).transposed, times: block(index, of: g, rows: m).packed)
        }
        return gradient.values
    }

    /// Matrix number `index`, or the only one.
    private func block(_ index: Int, of matrix: Matrix, rows: Int) -> MatrixView {
        let start = matrix.rows == rows ? 0 : index * rows
        return matrix.view(rows: start..<start + rows)
    }
}
