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
    // A vector is a matrix of one row on the left, of one column on the right.
    if a.shape.count == 1 {
        let product = matmul(a.reshaped([1, a.shape[0]]), b)
        return product.reshaped(product.shape.removing(axis: b.shape.count == 1 ? 0 : product.shape.count - 2))
    }
    if b.shape.count == 1 {
        let product = matmul(a, b.reshaped([b.shape[0], 1]))
        return product.reshaped(product.shape.removing(axis: product.shape.count - 1))
    }
    return MatrixProduct(a, b).result
}

extension Tensor {
    /// The product of matrices: see ``matmul(_:_:)-(Tensor,Tensor)``.
    public func matmul(_ other: Tensor) -> Tensor {
        Recurrent.matmul(self, other)
    }
}

/// The product of two tensors of two or more axes.
private struct MatrixProduct {
    let a: Tensor
    let b: Tensor
    /// How many pairs of matrices are multiplied.
    let count: Int
    let (m, k, n): (Int, Int, Int)
    let leading: ArraySlice<Int>

    init(_ a: Tensor, _ b: Tensor) {
        self.a = a
        self.b = b
        let (leadingA, leadingB) = (Array(a.shape).dropLast(2), Array(b.shape).dropLast(2))
        (m, k) = (a.shape[a.shape.count - 2], a.shape[a.shape.count - 1])
        n = b.shape[b.shape.count - 1]
        let rowsOfB = b.shape[b.shape.count - 2]
        require(
            k == rowsOfB, "matmul", "the last axis of the left tensor must be as long as the last but one of the right",
            got: "\(a.shape) and \(b.shape): \(k) and \(rowsOfB)"
        )
        require(
            leadingA.isEmpty || leadingB.isEmpty || leadingA == leadingB,
            "matmul", "the leading axes must be equal, or one side a single matrix", got: "\(a.shape) and \(b.shape)"
        )
        leading = leadingA.isEmpty ? leadingB : leadingA
        count = leading.reduce(1, *)
    }

    var result: Tensor {
        let (matricesA, matricesB) = (stacked(a), stacked(b))
        let product = Matrix(rows: count * m, columns: n)
        for index in 0..<count {
            block(index, of: product, rows: m)
                .add(block(index, of: matricesA, rows: m), times: block(index, of: matricesB, rows: k).packed)
        }
        return Tensor(shape: Shape(leading + [m, n]), values: product.values, from: [
            (a, { g in                                                            // ∂L/∂a = g bᵀ
                let (g, gradient) = (Matrix(rows: count * m, columns: n, values: g), Matrix(likeMatricesOf: a))
                for index in 0..<count {
                    block(index, of: gradient, rows: m)
                        .add(block(index, of: g, rows: m), times: block(index, of: matricesB, rows: k).transposed.packed)
                }
                return gradient.values
            }),
            (b, { g in                                                            // ∂L/∂b = aᵀ g
                let (g, gradient) = (Matrix(rows: count * m, columns: n, values: g), Matrix(likeMatricesOf: b))
                for index in 0..<count {
                    block(index, of: gradient, rows: k)
                        .add(block(index, of: matricesA, rows: m).transposed, times: block(index, of: g, rows: m).packed)
                }
                return gradient.values
            }),
        ])
    }

    /// All matrices of a tensor below one another.
    private func stacked(_ tensor: Tensor) -> Matrix {
        Matrix(rows: tensor.shape.dropLast().reduce(1, *), columns: tensor.shape[tensor.shape.count - 1], values: tensor.values)
    }

    /// Matrix number `index`, or the only one.
    private func block(_ index: Int, of matrix: Matrix, rows: Int) -> MatrixView {
        let start = matrix.rows == rows ? 0 : index * rows
        return matrix.view(rows: start..<start + rows)
    }
}

extension Matrix {
    /// Zeros, for all matrices of a tensor below one another.
    fileprivate convenience init(likeMatricesOf tensor: Tensor) {
        self.init(rows: tensor.shape.dropLast().reduce(1, *), columns: tensor.shape[tensor.shape.count - 1])
    }
}
