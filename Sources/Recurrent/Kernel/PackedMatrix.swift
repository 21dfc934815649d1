/// The right factor B of products A · B, laid out in the order in which the product reads it.
///
/// Packing pays when one B serves many products, as a recurrent layer's weights serve every step.
package struct PackedMatrix {
    /// Rows of B, the number of terms in each sum.
    package let depth: Int
    /// Columns of B.
    package let columns: Int

    private let elements: [Double]
    private let instructions: InstructionSet

    /// Packs the matrix whose element (p, j) is `elements[p * rowStride + j * columnStride]`.
    package init(
        depth: Int, columns: Int, elements: UnsafePointer<Double>, rowStride: Int, columnStride: Int,
        for instructions: InstructionSet = .best
    ) {
        self.depth = depth
        self.columns = columns
        self.instructions = instructions
        let count = unroll_packed_count(instructions.rawValue, depth, columns)
        self.elements = [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let start = buffer.baseAddress {
                unroll_pack(instructions.rawValue, depth, columns, elements, rowStride, columnStride, start)
            }
            initialized = count
        }
    }

    /// C += A · B: every c(i, j) gains a(i, 0) b(0, j), then a(i, 1) b(1, j) and so on, one by one in this order.
    ///
    /// - Parameters:
    ///   - a: element (i, p) of A is `a[i * rowStride + p * columnStride]`.
    ///   - rows: rows of A and C.
    ///   - c: element (i, j) of C is `c[i * stride + j]`.
    package func addProduct(
        with a: UnsafePointer<Double>, rows: Int, rowStride: Int, columnStride: Int,
        to c: UnsafeMutablePointer<Double>, stride: Int
    ) {
        elements.withUnsafeBufferPointer { packed in
            guard let start = packed.baseAddress else { return }
            unroll_product(
                instructions.rawValue, rows, columns, depth, a, rowStride, columnStride, start, c, stride
            )
        }
    }
}
