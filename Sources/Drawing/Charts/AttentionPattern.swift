/// What the weights of several queries look like as a whole.
enum AttentionPattern: Hashable {
    /// No weight is far from an even share; with the greatest.
    case even(Double)
    /// All queries look most at this place, or so many of them do.
    case onePlace(Int)
    case mostlyOnePlace(Int, count: Int)
    /// Each query looks most at the place of its own number, or so many do.
    case diagonal
    case mostlyDiagonal(count: Int)
    /// The first query looks most at the last place, the last at the first.
    case againstDiagonal
    /// From query to query the place that is looked at most goes on to one side, or stays.
    case rightwards, leftwards

    /// - Parameter weights: For each query its weights; nil where no pattern holds for them.
    init?(_ weights: [[Double]]) {
        guard weights.count > 1, let count = weights.first?.count, count > 1,
            weights.allSatisfy({ $0.allSatisfy { $0.isFinite } && $0.contains { $0 > 0 } })
        else { return nil }
        let greatest = weights.flatMap { $0 }.max() ?? 0, share = 1 / Double(count)
        if greatest <= min(1.5 * share, share + 0.1) { self = .even(greatest); return }
        // Where a query looks at two places alike, none is its own.
        let peaks = weights.map { row in
            row.max().flatMap { most in row.count { $0 == most } == 1 ? row.firstIndex(of: most) : nil }
        }
        guard let pattern = Self.unanimous(peaks.compactMap { $0 }, of: peaks.count, count) ?? Self.prevailing(peaks) else {
            return nil
        }
        self = pattern
    }

    /// What holds for all queries.
    private static func unanimous(_ peaks: [Int], of queries: Int, _ places: Int) -> AttentionPattern? {
        guard peaks.count == queries, let first = peaks.first, let last = peaks.last else { return nil }
        if peaks.allSatisfy({ $0 == first }) { return .onePlace(first) }
        guard queries > 2 else { return nil }
        if peaks == Array(0..<places) { return .diagonal }
        if peaks == (0..<places).reversed() { return .againstDiagonal }
        // A step or two to the side would not be seen.
        guard abs(last - first) >= max(2, places / 2) else { return nil }
        let steps = zip(peaks, peaks.dropFirst())
        return steps.allSatisfy { $0 <= $1 } ? .rightwards : steps.allSatisfy { $0 >= $1 } ? .leftwards : nil
    }

    /// What holds for more than half of the queries, of four at least.
    private static func prevailing(_ peaks: [Int?]) -> AttentionPattern? {
        guard peaks.count > 3 else { return nil }
        let own = zip(0..., peaks).count { $0 == $1 }
        let counts = peaks.compactMap { $0 }.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), max(own, most.value) * 2 > peaks.count else {
            return nil
        }
        return own >= most.value ? .mostlyDiagonal(count: own) : .mostlyOnePlace(most.key, count: most.value)
    }
}
