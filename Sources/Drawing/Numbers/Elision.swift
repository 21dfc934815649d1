/// Which of many indices are shown: all, or as many from both ends with the middle left out.
enum Elision: Hashable {
    case shown(Int)
    case leftOut(count: Int)

    /// - Parameters:
    ///   - limit: The most indices that are shown.
    ///   - kept: Those that are shown besides, for a sentence speaks of them.
    static func indices(of count: Int, limit: Int, keeping kept: [Int] = []) -> [Elision] {
        // To leave out one row and say so takes as much room as the row.
        guard count > limit + 1 else { return (0..<count).map { .shown($0) } }
        let head = (limit + 1) / 2, tail = limit / 2
        let shown = Set(Array(0..<head) + kept + Array(count - tail..<count)).sorted()
        return zip(shown, [-1] + shown).flatMap { index, before -> [Elision] in
            let gap = index - before - 1
            return (gap > 1 ? [.leftOut(count: gap)] : gap == 1 ? [.shown(index - 1)] : []) + [.shown(index)]
        }
    }
}

extension Elision {
    /// nil where something was left out.
    var index: Int? {
        if case .shown(let index) = self { index } else { nil }
    }
}

/// Rows and columns of a table of numbers.
extension [Elision] {
    func headings(_ heading: (Int) -> HTML) -> [HTML] {
        map { $0.index.map(heading) ?? .text("…") }
    }

    func cells(_ values: [Double], _ format: NumberFormat = .significant) -> [NumberTable.Cell] {
        map { $0.index.map { .init(number: format.format(values[$0])) } ?? .leftOut }
    }

    func rows(_ words: ExhibitVocabulary, _ row: (Int) -> NumberTable.Row) -> [NumberTable.Row] {
        map { place in
            switch place {
            case .shown(let index): row(index)
            case .leftOut(let count): .leftOut(words.leftOut(count))
            }
        }
    }
}

extension [Int] {
    /// A shape as PyTorch writes it: `(1, 3, 5)`.
    package var shapeText: String { "(" + map(String.init).joined(separator: ", ") + ")" }
}
