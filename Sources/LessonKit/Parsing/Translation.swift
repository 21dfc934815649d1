/// What a lesson in another language has of the one that it translates: its cells, which run there.
package struct Translation: Hashable, Sendable {
    /// The folder that it stands in, which is called as its language: `zh`.
    package var edition: String
    /// The original's path, and the name of its page.
    package var path: String
    package var slug: String
    /// Of each cell of the translation.
    package var embeds: [Embed]
    /// Told where the original has changed since.
    package var outdated: Problem?
}

/// A cell of the original, put in place by `{{< embed ../07-lstm-gates.md#fig-gates caption="…" >}}`.
package struct Embed: Hashable, Sendable {
    /// Of the cell in the original.
    package var index: Int
    package var position: SourcePosition
    /// What the cell says, in the translation's words: the block `{texts}` below it.
    package var texts: [Text] = []

    package struct Text: Hashable, Sendable {
        package var original: String
        package var translated: String
        package var position: SourcePosition
    }
}

extension Lesson {
    /// What a translation's line `revision:` has to say: another text where what is to be translated is another.
    ///
    /// Code counts only where it is shown without being run: that of cells is the original's on both pages.
    static func revision(of source: SourceText, cells: [Cell]) -> String {
        let code = Set(cells.flatMap(\.lines).map { $0.position.line - 1 })
        let lines = source.lines.indices.filter { !code.contains($0) }.map { String(decoding: source.lines[$0], as: UTF8.self) }
        return String(lines.joined(separator: "\n").fingerprint.prefix(12))
    }

    /// What the front matter of a translation names as its original; nil for a lesson that is none.
    static func original(namedBy bytes: [UInt8]) -> FrontMatter.Name? {
        (try? SourceText(bytes)).flatMap { FrontMatterReader($0, isFrontPage: false).frontMatter.translates }
    }
}

extension Lesson {
    /// A lesson and its translations as one: their values are computed where the original has the cells that they follow.
    ///
    /// Behind the original's own values there, so that what those tell does not depend on a translation.
    package func joined(with translations: [Lesson]) -> Lesson {
        var whole = self
        // By the cell that they follow, -1 at the lesson's head.
        var following: [Int: [Snippet]] = [:]
        for translation in translations {
            var cell = -1
            for snippet in translation.snippets {
                switch snippet {
                case .cell(let index): cell = translation.translation?.embeds[index].index ?? cell
                case .value(let index):
                    var value = translation.values[index]
                    value.index = whole.values.count
                    value.path = translation.path
                    whole.values.append(value)
                    following[cell, default: []].append(.value(value.index))
                }
            }
        }
        whole.snippets = []
        var cell = -1
        for snippet in snippets {
            if case .cell(let index) = snippet {
                whole.snippets += following[cell] ?? []
                cell = index
            }
            whole.snippets.append(snippet)
        }
        whole.snippets += following[cell] ?? []
        return whole
    }
}

/// Holds the embeds of a translation against the cells of its original.
struct TranslationCheck {
    let original: Lesson
    let head: FrontMatter
    let path: String

    /// Each labelled cell once, in the original's order, which is that in which they run.
    func problems(_ embeds: [Embed]) -> [Problem] {
        let unlabelled = original.cells.filter { $0.options.label == nil }.map { cell in
            Problem(
                file: original.path, at: cell.position, "this cell has no label, so that \(path) cannot embed it",
                hint: "give it one: //| label: cell-name")
        }
        var last = -1
        var misplaced: [Problem] = []
        for embed in embeds {
            let name = self.name(embed.index)
            if embed.index < last, !embeds.prefix(while: { $0 != embed }).contains(where: { $0.index == embed.index }) {
                misplaced.append(
                    Problem(
                        at: embed.position, "\(name) stands before \(self.name(last)) in the original",
                        hint: "embed the cells in the order in which they run"))
            }
            last = max(last, embed.index)
        }
        let embedded = Set(embeds.map(\.index))
        let missing = original.cells.filter { $0.options.label != nil && !embedded.contains($0.index) }.map { cell in
            Problem(
                at: head.translates?.position ?? .start,
                "\(name(cell.index)) of the original is not embedded",
                hint: "put it where it belongs: {{< embed \(head.translates?.text ?? "")#\(name(cell.index)) >}}")
        }
        return unlabelled + misplaced + missing
    }

    private func name(_ index: Int) -> String { original.cells[index].options.label?.name ?? "" }

    /// Told where the translation does not say that it is one of the original as it is now.
    var outdated: Problem? {
        guard head.revision?.text != original.revision else { return nil }
        let place = (head.revision ?? head.translates)?.position
        return Problem(
            .warning, file: path, at: place ?? .start,
            head.revision == nil
                ? "the translation does not say of which state of \(original.path) it is"
                : "\(original.path) has changed since it was translated",
            hint: "translate what is another, then write revision: \(original.revision)")
    }
}
