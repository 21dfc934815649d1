/// A table of vectors, one for each word: row w of `weight` stands for word number w.
///
/// `weight` is (count, size), drawn from the standard normal distribution, as in PyTorch.
///
///     let embedding = Embedding(10, 3)
///     embedding([4, 0, 7])               // (3, 3)
///     embedding([[4, 0], [7, 1]])        // (2, 2, 3)
///
/// With a `paddingIndex` the row of that number stands for what fills up short sentences: it is zero at the start
/// and gets no gradient.
///
/// Looking up a word whose number is not in 0..<`count` ends the program.
public final class Embedding: Layer {
    /// How many words there are.
    public let count: Int
    /// How many features stand for a word.
    public let size: Int
    /// The row of padding, counted from 0; nil if there is none.
    public let paddingIndex: Int?
    /// (`count`, `size`)
    public let weight: Tensor

    /// - Parameter paddingIndex: the number of the word that is padding; negative ones count from the end.
    public init(_ count: Int, _ size: Int, paddingIndex: Int? = nil) {
        require(count > 0, "Embedding", "count must be at least 1", got: "\(count)")
        require(size > 0, "Embedding", "size must be at least 1", got: "\(size)")
        if let paddingIndex {
            require(
                paddingIndex >= -count && paddingIndex < count, "Embedding", "paddingIndex must be in \(-count)..<\(count)",
                got: "\(paddingIndex)"
            )
        }
        self.count = count
        self.size = size
        self.paddingIndex = paddingIndex.map { $0 < 0 ? $0 + count : $0 }
        weight = .randn([count, size])
        if let row = self.paddingIndex {
            weight.values.replaceSubrange(row * size..<(row + 1) * size, with: [Double].zeros(size))
        }
        weight.requiresGradient = true
    }

    /// The same with the arguments named.
    public convenience init(count: Int, size: Int, paddingIndex: Int? = nil) {
        self.init(count, size, paddingIndex: paddingIndex)
    }

    /// As PyTorch calls them.
    public convenience init(numEmbeddings: Int, embeddingDim: Int, paddingIndex: Int? = nil) {
        self.init(numEmbeddings, embeddingDim, paddingIndex: paddingIndex)
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

    /// Words as a tensor of whole numbers of any shape S, as PyTorch takes them: (S, size).
    public func callAsFunction(_ words: Tensor) -> Tensor {
        look(up: words.integers, shape: words.shape)
    }

    private func look(up words: [Int], shape: Shape) -> Tensor {
        for word in words {
            require(word >= 0 && word < count, description, "a word's number must be in 0..<\(count)", got: "\(word)")
        }
        let (table, size, paddingIndex) = (weight.values, size, paddingIndex)
        let values = words.flatMap { table[$0 * size..<($0 + 1) * size] }
        // every use of a row adds to its gradient
        return Tensor(shape: shape.inserting(size, at: shape.count), values: values, from: weight) { g in
            var gradient = [Double].zeros(table.count)
            for (position, word) in words.enumerated() where word != paddingIndex {
                for j in 0..<size { gradient[word * size + j] += g[position * size + j] }
            }
            return gradient
        }
    }
}

extension Embedding: CustomStringConvertible {
    public var description: String { "Embedding(\(count), \(size)" + (paddingIndex.map { ", padding_idx=\($0))" } ?? ")") }
}
