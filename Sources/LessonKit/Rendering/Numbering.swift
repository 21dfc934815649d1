/// The numbers of a lesson's figures, tables, equations and sections, each kind counted from 1 in the
/// order of the document.
package struct Numbering: Hashable, Sendable {
    /// By label name: `["fig-gates": "2", "sec-forward": "7.1"]`.
    package private(set) var labels: [String: String] = [:]
    /// By heading id. Empty where sections go unnumbered: in a lesson that has neither a number of its
    /// own nor a label on any section.
    package private(set) var sections: [String: String] = [:]
    /// By their names and ids, those of footnotes and sources.
    package private(set) var footnotes: [String: Int] = [:]
    package private(set) var sources: [String: Int] = [:]
    /// How deep each heading lies among those that it stands below, by its id: 0 for the highest. Skipped levels do not count.
    package private(set) var depths: [String: Int] = [:]

    package init(_ lesson: Lesson) {
        var counter = Counter(lesson: lesson)
        lesson.blocks.withDescendants.forEach { counter.count($0) }
        (labels, depths) = (counter.labels, counter.depths)
        (footnotes, sources) = (counter.footnotes, counter.sources)
        if lesson.number != nil || counter.hasSectionLabel { sections = counter.sections }
    }
}

private struct Counter {
    let lesson: Lesson
    var labels: [String: String] = [:]
    var sections: [String: String] = [:]
    var depths: [String: Int] = [:]
    var footnotes: [String: Int] = [:]
    var sources: [String: Int] = [:]
    var hasSectionLabel = false
    private var counts: [Label.Kind: Int] = [:]
    /// The headings that the next one may stand below, each with its number among its neighbours.
    private var open: [(level: Int, count: Int)] = []

    init(lesson: Lesson) {
        self.lesson = lesson
    }

    mutating func count(_ block: Block) {
        switch block {
        case .heading(let heading): number(heading)
        case .cell(let index): number(lesson.cells[index].options.label)
        case .math(let math): number(math.label)
        case .table(let table): number(table.label)
        case .figure(let figure): number(figure.label)
        case .footnotes(let notes): footnotes = Dictionary(uniqueKeysWithValues: zip(notes.map(\.name), 1...))
        case .bibliography(let named): sources = Dictionary(uniqueKeysWithValues: zip(named.map(\.id), 1...))
        case .paragraph, .code, .list, .definitions, .quote, .alert, .thematicBreak, .html: break
        }
    }

    private mutating func number(_ label: Label?) {
        guard let label, label.kind.isNumbered else { return }
        counts[label.kind, default: 0] += 1
        labels[label.name] = "\(counts[label.kind]!)"
    }

    private mutating func number(_ heading: Heading) {
        var earlier = 0
        // The last that is closed is a neighbour of this one, also where its level was deeper than need be.
        while let last = open.last, last.level >= heading.level { earlier = open.removeLast().count }
        open.append((heading.level, earlier + 1))
        depths[heading.id] = open.count - 1
        let number = ((lesson.number.map { [$0] } ?? []) + open.map(\.count)).map(String.init).joined(separator: ".")
        sections[heading.id] = number
        if let label = heading.label {
            labels[label.name] = number
            hasSectionLabel = true
        }
    }
}
