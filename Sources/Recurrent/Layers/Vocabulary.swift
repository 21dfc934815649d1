/// The words that a model knows, each with a number: its place in `words`.
///
///     let chinese = Vocabulary(["欢迎", "来", "北京"])
///     chinese.number(of: "来")      // 1
public struct Vocabulary: Sendable {
    /// In the order of their numbers, from 0 on.
    public let words: [String]
    private let numbers: [String: Int]

    /// Ends the program if a word comes twice.
    public init(_ words: [String]) {
        var numbers: [String: Int] = [:]
        for (number, word) in words.enumerated() {
            require(numbers[word] == nil, "Vocabulary", "each word must come once", got: "\(word) twice")
            numbers[word] = number
        }
        self.words = words
        self.numbers = numbers
    }

    /// How many words there are.
    public var count: Int { words.count }

    /// Ends the program if the word is not known.
    public func number(of word: String) -> Int {
        guard let number = numbers[word] else {
            let known = words.prefix(20).joined(separator: ", ") + (count > 20 ? ", …" : "")
            fail("Vocabulary", "the word must be one of the \(count) known ones, \(known)", got: word)
        }
        return number
    }

    /// The number of each word, as ``Embedding`` takes them. Ends the program if one is not known.
    public func numbers(of sentence: [String]) -> [Int] {
        sentence.map { number(of: $0) }
    }
}
