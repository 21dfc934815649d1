/// Which cell of one page is which of another: the same label, else an order-keeping alignment by code and by what was shown.
struct CellAlignment {
    /// For each cell of the page as it is, the one that it was.
    let partners: [Int: Int]
    /// The cells that are no more, each missed behind the last before it that is still there.
    let gone: [(index: Int, line: Int)]

    init(_ old: [PublishedPage.Cell], _ new: [PublishedPage.Cell]) {
        var pairs = Self.aligned(old.map(Traits.init), new.map(Traits.init))
        let labels = Dictionary(old.enumerated().compactMap { index, cell in cell.label.map { ($0, index) } }) { first, _ in first }
        // A labelled cell that moved past others is no longer in their order.
        let moved = new.enumerated().compactMap { index, cell in
            cell.label.flatMap { labels[$0] }.map { (was: $0, is: index) }
        }
        let taken = (old: Set(moved.map(\.was)), new: Set(moved.map(\.is)))
        pairs = (pairs.filter { !taken.old.contains($0.was) && !taken.new.contains($0.is) } + moved).sorted { $0.is < $1.is }
        partners = Dictionary(uniqueKeysWithValues: pairs.map { ($0.is, $0.was) })
        let kept = Set(pairs.map(\.was))
        gone = old.indices.filter { !kept.contains($0) }.map { [pairs] index in
            (index, pairs.last { $0.was < index }.map { new[$0.is].line } ?? 1)
        }
    }

    /// The pairs of the greatest total likeness, as a diff finds them.
    private static func aligned(_ old: [Traits], _ new: [Traits]) -> [(was: Int, is: Int)] {
        var best = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
        for was in old.indices.reversed() {
            for now in new.indices.reversed() {
                let together = old[was].likeness(to: new[now])
                best[was][now] = max(together + best[was + 1][now + 1], best[was + 1][now], best[was][now + 1])
            }
        }
        var (pairs, was, now) = ([(was: Int, is: Int)](), 0, 0)
        while was < old.count, now < new.count {
            let together = old[was].likeness(to: new[now])
            if together > 0, best[was][now] == together + best[was + 1][now + 1] {
                pairs.append((was, now))
                (was, now) = (was + 1, now + 1)
            } else if best[was][now] == best[was + 1][now] {
                was += 1
            } else {
                now += 1
            }
        }
        return pairs
    }

    /// What tells a cell from others, each compared in a step.
    private struct Traits {
        var label: String?
        var code: Int?
        var shown: Int
        var outline: [String]

        init(_ cell: PublishedPage.Cell) {
            label = cell.label
            code = cell.code?.hashValue
            shown = cell.shown.hashValue
            outline = cell.outline
        }

        func likeness(to other: Traits) -> Int {
            if let label, label == other.label { return 100 }
            if label != nil && other.label != nil { return 0 }
            if let code, code == other.code { return 20 }
            if !outline.isEmpty && shown == other.shown { return 10 }
            return outline == other.outline ? 4 : 1
        }
    }
}
