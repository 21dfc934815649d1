/// A table of vectors, one for each word: row w of `weight` stands for word number w.
///
/// `weight` is (count, size), drawn from the standard normal distribution, as in PyTorch.
///
///     let embedding = Embedding(10, 3)
///     embedding([4, 0, 7])               // (3, 3)
///     embedding([[4, 0], [7, 1]])        // (2, 2, 3)
///
/// Looking up a word whose number is not in 0..<`count` ends the program.
public final class Embedding: Layer {
    /// How many words there are.
    public let count: Int
    /// How many features stand for a word.
    public let size: Int
    private let weight: Tensor

    public init(_ count: Int, _ size: Int) {
        require(count > 0, "Embedding", "count must be at least 1", got: "\(count)")
        require(size > 0, "Embedding", "size must be at least 1", got: "\(size)")
        self.count = count
        self.size = size
        weight = .randn([count, size])
        weight.requiresGradient = true
    }

    public convenience init(count: Int, size: Int) {
        self.init(count, size)
    }

    public var parameters: Parameters { Parameters([("weight", weight)]) }

    /// One word (size).
    public func callAsFunction(_ word: Int) -> Tensor {
        look(up: [word], shape: [])
    }

    /// A sequence of words (L, size).
    public func callAsFunction(_ words: [Int]) -> Tensor {
        look(up: words, shape: [words.count])
    }

    /// Rows of words of equal length (rows, L, size).
    public func callAsFunction(_ rows: [[Int]]) -> Tensor {
        let length = rows.first?.count ?? 0
        for (index, row) in rows.enumerated() {
            require(row.count == length, description, "row \(index) must be as long as row 0, \(length)", got: "\(row.count)")
        }
        return look(up: rows.flatMap { $0 }, shape: [rows.count, length])
    }

    private func look(up words: [Int], shape: Shape) -> Tensor {
        for word in words {
            require(word >= 0 && word < count, description, "a word's number must be in 0..<\(count)", got: "\(word)")
        }
        let (table, size) = (weight.values, size)
        let values = words.flatMap { table[$0 * size..<($0 + 1) * size] }
        return Tensor(shape: shape.inserting(size, at: shape.count), values: values, from: [
            (weight, { g in                                  // every use of a row adds to its gradient
                var gradient = [Double].zeros(table.count)
                for (position, word) in words.enumerated() {
                    for j in 0..<size { gradient[word * size + j] += g[position * size + j] }
                }
                return gradient
            })
        ])
    }
}

extension Embedding: CustomStringConvertible {
    public var description: String { "Embedding(\(count), \(size))" }
}
