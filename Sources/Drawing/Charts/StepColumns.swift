/// The steps of a trace in columns that can be told apart: of a long one several share a column.
struct StepColumns {
    let stride: Int
    let ranges: [Range<Int>]

    private static let limit = 125

    init(count: Int) {
        let stride = max(1, (count + Self.limit - 1) / Self.limit)
        self.stride = stride
        ranges = Swift.stride(from: 0, to: count, by: stride).map { $0..<min($0 + stride, count) }
    }
}
