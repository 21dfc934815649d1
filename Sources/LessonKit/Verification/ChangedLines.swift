/// The lines of two texts from the first that differs to the last.
struct ChangedLines {
    /// How many are alike before them.
    let start: Int
    let was: [String]
    let now: [String]

    init(was old: [String], is new: [String]) {
        start = zip(old, new).prefix { $0 == $1 }.count
        let tail = zip(old.dropFirst(start).reversed(), new.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        (was, now) = (Array(old[start..<old.count - tail]), Array(new[start..<new.count - tail]))
    }
}
