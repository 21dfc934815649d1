/// `[ ]` and `[x]` at the head of a list's item, GitHub's task lists.
extension Passage {
    func task(at start: Int) -> Construct? {
        let mark = bytes[start...].prefix(4)
        guard mark.count == 4, mark.last?.isMarkdownSpace == true else { return nil }
        switch text(start..<start + 3) {
        case "[ ]": return Construct(meaning: .task(isDone: false), lines: [start..<start + 3])
        case "[x]", "[X]": return Construct(meaning: .task(isDone: true), lines: [start..<start + 3])
        default: return nil
        }
    }
}
