/// A text at the page's end, `[^name]: text`, that the lesson refers to by `[^name]`.
package struct Footnote: Hashable, Sendable {
    package var name: String
    package var position: SourcePosition
    package var content: [Block]
    /// How often it is referred to.
    package var uses: Int

    package init(name: String, position: SourcePosition, content: [Block], uses: Int) {
        self.name = name
        self.position = position
        self.content = content
        self.uses = uses
    }
}

/// `[^name]` in a text.
package struct FootnoteReference: Hashable, Sendable {
    package var name: String
    package var position: SourcePosition
    /// Which of the references to this footnote it is, counted from 1.
    package var use: Int

    package init(name: String, position: SourcePosition, use: Int) {
        self.name = name
        self.position = position
        self.use = use
    }
}

extension Passage {
    func footnoteReference(at start: Int) -> Construct? {
        footnoteName(at: start).map { name, end in Construct(meaning: .footnote(name), lines: [start..<end]) }
    }

    /// Of letters, digits, `-` and `_`: what else stands in such brackets is text.
    func footnoteName(at start: Int) -> (name: Masks.Written, end: Int)? {
        let name = bytes[start...].dropFirst(2).prefix { $0.isLabelByte || $0 >= 0x80 }
        guard bytes[start...].starts(with: [.leftBracket, .caret]), !name.isEmpty, bytes[name.endIndex...].first == .rightBracket
        else { return nil }
        return (Masks.Written(name: text(name.indices), position: position(at: start)), name.endIndex + 1)
    }
}

/// The footnotes of a lesson and the references to them, and what is wrong with them.
struct FootnoteRegister {
    private var definitions: [Footnote] = []
    /// With the footnote that each stands in, if it does.
    private var references: [(reference: FootnoteReference, footnote: String?)] = []
    private var uses: [String: Int] = [:]

    mutating func define(_ name: Masks.Written, _ content: [Block]) {
        definitions.append(Footnote(name: name.name, position: name.position, content: content, uses: 0))
    }

    mutating func refer(to name: Masks.Written, in footnote: String?) -> FootnoteReference {
        uses[name.name, default: 0] += 1
        let reference = FootnoteReference(name: name.name, position: name.position, use: uses[name.name, default: 1])
        references.append((reference, footnote))
        return reference
    }

    /// In the order in which a reader comes to them: those of the text, then those of the footnotes themselves.
    var footnotes: [Footnote] {
        let byName = Dictionary(definitions.map { ($0.name, $0) }) { first, _ in first }
        let further = Dictionary(grouping: references.filter { $0.footnote != nil }) { $0.footnote ?? "" }
        var names = references.filter { $0.footnote == nil }.map(\.reference.name)
        var seen: Set<String> = []
        var footnotes = [Footnote]()
        var next = 0
        while next < names.count {
            let name = names[next]
            next += 1
            guard seen.insert(name).inserted, var footnote = byName[name] else { continue }
            footnote.uses = uses[name, default: 0]
            footnotes.append(footnote)
            names += further[name, default: []].map(\.reference.name)
        }
        return footnotes
    }

    /// Footnotes that are defined twice, empty or not referred to, and references to none, once the whole lesson is read.
    var problems: [Problem] {
        var first: [String: Footnote] = [:]
        let used = Set(footnotes.map(\.name))
        let undefined = Set(references.map(\.reference.name)).subtracting(definitions.map(\.name)).sorted()
        var problems = [Problem]()
        for footnote in definitions {
            func fail(_ message: String, notes: [String] = [], hint: String) {
                problems.append(Problem(at: footnote.position, message, notes: notes, hint: hint))
            }
            if let earlier = first[footnote.name] {
                fail(
                    "the footnote [^\(footnote.name)] is defined twice", notes: ["first defined in line \(earlier.position.line)"],
                    hint: "give one of the two another name")
            } else if !used.contains(footnote.name) {
                let nearest = nearestName(to: footnote.name, among: undefined)
                fail(
                    "no text refers to the footnote [^\(footnote.name)]",
                    hint: nearest.map { "did you mean [^\($0)]?" } ?? "write [^\(footnote.name)] where it belongs, or remove it")
            } else if footnote.content.isEmpty {
                fail(
                    "the footnote [^\(footnote.name)] has no text",
                    hint: "write it behind the colon; further paragraphs are indented by four spaces")
            }
            first[footnote.name] = first[footnote.name] ?? footnote
        }
        return problems
            + references.map(\.reference).filter { first[$0.name] == nil }.map { dangling($0, among: first.keys.sorted()) }
    }

    private func dangling(_ reference: FootnoteReference, among names: [String]) -> Problem {
        Problem(
            at: reference.position, "there is no footnote [^\(reference.name)]",
            hint: nearestName(to: reference.name, among: names).map { "did you mean [^\($0)]?" }
                ?? "begin a line with [^\(reference.name)]: and its text; brackets that are text are written \\[^\(reference.name)]"
        )
    }
}
