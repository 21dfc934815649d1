import Drawing

/// What builds on what: beside the lessons, one below the other, a line from each down to the last that builds on it.
struct CourseMap {
    /// What stands beside a lesson. Lines are counted from the left.
    struct Row: Hashable {
        /// The line on which the lesson stands.
        var line: Int
        /// Whether lessons build on it.
        var goesOn: Bool
        /// The lines of the lessons that it builds on.
        var arriving: [Int]
        /// Lines that go on to later lessons.
        var passing: [Int]
    }

    private(set) var rows: [Row] = []
    /// How many lines stand beside each other.
    private(set) var width = 0

    /// - Parameter lessons: In the order in which they are read; each builds on earlier ones, as far as they are among them.
    init(_ lessons: [SiteEntry]) {
        let places = Dictionary(uniqueKeysWithValues: lessons.indices.map { (lessons[$0].courseSlug, $0) })
        let foundations = Self.nearest(
            lessons.enumerated().map { row, lesson in lesson.buildsOn.compactMap { places[$0] }.filter { $0 < row } })
        var last: [Int: Int] = [:]
        for (row, places) in foundations.enumerated() { for place in places { last[place] = row } }
        // Which lesson's each line is.
        var owners: [Int?] = []
        for row in lessons.indices {
            let arriving = owners.indices.filter { line in owners[line].map(foundations[row].contains) ?? false }
            for line in arriving where last[owners[line]!] == row { owners[line] = nil }
            let passing = owners.indices.filter { owners[$0] != nil }
            let free = owners.indices.filter { owners[$0] == nil }
            let line = free.first(where: arriving.contains) ?? free.first ?? owners.count
            if line == owners.count { owners.append(nil) }
            let goesOn = last[row] != nil
            if goesOn { owners[line] = row }
            rows.append(Row(line: line, goesOn: goesOn, arriving: arriving, passing: passing))
        }
        width = owners.count
    }

    /// Without those that another one builds on already: the way to them is drawn.
    private static func nearest(_ foundations: [[Int]]) -> [[Int]] {
        var below: [Set<Int>] = []
        return foundations.map { direct in
            let indirect = direct.reduce(into: Set()) { $0.formUnion(below[$1]) }
            below.append(indirect.union(direct))
            return direct.filter { !indirect.contains($0) }
        }
    }

    /// Whether any lesson builds on another.
    var isEmpty: Bool { rows.allSatisfy { $0.arriving.isEmpty } }
}

extension CourseMap.Row {
    var html: HTML {
        HTML(.span, .class("tracks"), .aria("hidden", "true")) {
            for line in passing { road("through", at: line) }
            for other in arriving where other != line {
                HTML(
                    .span, .class("map-line joint", other < line ? "from-left" : "from-right"),
                    .places(min(line, other), max(line, other)))
            }
            if arriving.contains(line) { road("above", at: line) }
            if goesOn { road("below", at: line) }
            road("stop", at: line)
        }
    }

    private func road(_ part: String, at line: Int) -> HTML {
        HTML(.span, .class("map-line", part), .places(line, line))
    }
}

extension Attribute? {
    /// The lines between which a part of the map lies.
    fileprivate static func places(_ first: Int, _ last: Int) -> Self {
        attribute("style", "--line: \(first); --lines: \(last - first)")
    }
}
