/// The numbers of a lesson's figures, tables, equations and sections, each kind counted from 1 in the
/// order of the document.
package struct Numbering: Hashable, Sendable {
    /// By label name: `["fig-gates": "2", "sec-forward": "7.1"]`.
    package private(set) var labels: [String: String] = [:]
    /// By heading id. Empty where sections go unnumbered: in a lesson that has neither a number of its
    /// own nor a label on any section.
    package private(set) var sections: [String: String] = [:]

    package init(_ lesson: Lesson) {
        var counter = Counter(lesson: lesson)
        lesson.blocks.withDescendants.forEach { counter.count($0) }
        labels = counter.labels
        if lesson.number != nil || counter.hasSectionLabel { sections = counter.sections }
    }
}

private struct Counter {
    let lesson: Lesson
    /// The highest heading of a lesson is a section, whichever level the teacher starts from.
    let topLevel: Int
    var labels: [String: String] = [:]
    var sections: [String: String] = [:]
    var hasSectionLabel = false
    private var counts: [Label.Kind: Int] = [:]
    private var openSections: [Int] = []

    init(lesson: Lesson) {
        self.lesson = lesson
        topLevel = lesson.topHeadingLevel
    }

    mutating func count(_ block: Block) {
        switch block {
        case .heading(let heading): number(heading)
        case .cell(let index): number(lesson.cells[index].options.label)
        case .math(let math): number(math.label)
        case .table(let table): number(table.label)
        case .figure(let figure): number(figure.label)
        case .paragraph, .code, .list, .quote, .alert, .thematicBreak, .html: break
        }
    }

    private mutating func number(_ label: Label?) {
        guard let label else { return }
        counts[label.kind, default: 0] += 1
        labels[label.name] = "\(counts[label.kind]!)"
    }

    private mutating func number(_ heading: Heading) {
        let depth = heading.level - topLevel
        while openSections.count <= depth { openSections.append(0) }
        openSections.removeLast(openSections.count - depth - 1)
        openSections[depth] += 1
        let number = ((lesson.number.map { [$0] } ?? []) + openSections).map(String.init).joined(separator: ".")
        sections[heading.id] = number
        if let label = heading.label {
            labels[label.name] = number
            hasSectionLabel = true
        }
    }
}

extension Lesson {
    /// The level of the lesson's highest heading.
    var topHeadingLevel: Int {
        blocks.withDescendants.compactMap { if case .heading(let heading) = $0 { heading.level } else { nil } }.min() ?? 1
    }
}
