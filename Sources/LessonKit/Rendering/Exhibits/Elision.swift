/// Which of many indices are shown: all, or as many from both ends with the middle left out.
enum Elision: Hashable {
    case shown(Int)
    case leftOut(count: Int)

    /// - Parameter limit: The most indices that are shown.
    static func indices(of count: Int, limit: Int) -> [Elision] {
        // To leave out one row and say so takes as much room as the row.
        guard count > limit + 1 else { return (0..<count).map { .shown($0) } }
        let head = (limit + 1) / 2, tail = limit / 2
        return (0..<head).map { .shown($0) } + [.leftOut(count: count - limit)] + (count - tail..<count).map { .shown($0) }
    }
}

extension [Int] {
    /// A shape as PyTorch writes it: `(1, 3, 5)`.
    var shapeText: String { "(" + map(String.init).joined(separator: ", ") + ")" }
}
