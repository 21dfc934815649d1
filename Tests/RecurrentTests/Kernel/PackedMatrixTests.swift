import Recurrent
import Samples
import Testing

@Suite("Matrix products")
struct PackedMatrixTests {
    /// Rows, columns and depth: around the widths of vectors, tiles and blocks.
    static let sizes = [
        (1, 1, 1), (1, 8, 3), (2, 16, 1), (3, 17, 5), (4, 24, 5), (5, 7, 300), (8, 32, 8), (9, 31, 257), (129, 33, 4), (16, 9, 520),
    ]

    @Test("every set of instructions gives the bits of a plain loop", arguments: InstructionSet.available)
    func plainLoop(_ instructions: InstructionSet) {
        for (rows, columns, depth) in Self.sizes {
            var random = SplitMix(state: UInt64(rows * columns * depth))
            let a = numbers(rows * depth, &random), b = numbers(depth * columns, &random), c = numbers(rows * columns, &random)

            var expected = c
            for i in 0..<rows {
                for j in 0..<columns {
                    for p in 0..<depth { expected[i * columns + j] += a[i * depth + p] * b[p * columns + j] }
                }
            }

            var actual = c
            PackedMatrix(depth: depth, columns: columns, elements: b, rowStride: columns, columnStride: 1, for: instructions)
                .addProduct(with: a, rows: rows, rowStride: depth, columnStride: 1, to: &actual, stride: columns)
            #expect(actual == expected, "\(rows)×\(depth) · \(depth)×\(columns)")
        }
    }

    @Test("factors may be transposed, and C may be a part of a wider matrix", arguments: InstructionSet.available)
    func strides(_ instructions: InstructionSet) {
        // A = [[1, 2, 3], [4, 5, 6]] and B = [[1, 0], [0, 1], [1, 1]], both stored column by column.
        let a: [Double] = [1, 4, 2, 5, 3, 6], b: [Double] = [1, 0, 1, 0, 1, 1]
        var c: [Double] = [0, 0, 9, 0, 0, 9]
        PackedMatrix(depth: 3, columns: 2, elements: b, rowStride: 1, columnStride: 3, for: instructions)
            .addProduct(with: a, rows: 2, rowStride: 1, columnStride: 2, to: &c, stride: 3)
        #expect(c == [4, 5, 9, 10, 11, 9])
    }

    @Test("a NaN or an infinity in B stays in its column")
    func specialValues() {
        let b: [Double] = [1, .nan, .infinity]
        var c: [Double] = [0, 0, 0]
        PackedMatrix(depth: 1, columns: 3, elements: b, rowStride: 3, columnStride: 1)
            .addProduct(with: [2], rows: 1, rowStride: 1, columnStride: 1, to: &c, stride: 3)
        #expect(c[0] == 2 && c[1].isNaN && c[2] == .infinity)
    }

    @Test("a product over a depth of zero leaves C as it was")
    func emptySum() {
        var c: [Double] = [1, 2]
        PackedMatrix(depth: 0, columns: 2, elements: [0], rowStride: 2, columnStride: 1)
            .addProduct(with: [0], rows: 1, rowStride: 0, columnStride: 1, to: &c, stride: 2)
        #expect(c == [1, 2])
    }

    private func numbers(_ count: Int, _ random: inout SplitMix) -> [Double] {
        (0..<count).map { _ in Double.random(in: -1...1, using: &random) }
    }
}
