import Drawing
import Exhibits

/// What a cell showed, and what begins the names of places in it: no two on a page have the same.
private struct PlacedOutput {
    let output: CellOutput
    let id: String
}

extension LessonRenderer {
    /// The code of a cell and, below it, what it showed.
    func html(_ cell: Cell, _ recorded: CellRecording) -> HTML {
        let outputs = (cell.options.output ? recorded.outputs.joiningText : []).enumerated().map { index, output in
            PlacedOutput(output: output, id: "cell.\(cell.index + 1).\(index + 1)")
        }
        let label = cell.options.label
        return HTML(.div, .class("cell"), .id(label?.kind == .cell ? label?.name : nil)) {
            if cell.options.echo { code(of: cell) }
            if label?.kind.isNumbered == true || cell.options.caption != nil {
                // Claims, and what is printed, would part what the caption is of from the caption.
                let shown = outputs.filter(\.output.isShown)
                figure(of: cell, shown.isEmpty ? outputs : shown)
                if !shown.isEmpty { exhibits(outputs.filter { !$0.output.isShown }) }
            } else {
                exhibits(outputs)
            }
        }
    }

    private func figure(of cell: Cell, _ outputs: [PlacedOutput]) -> HTML {
        let label = cell.options.label.flatMap { $0.kind.isNumbered ? $0 : nil }
        return HTML(.figure, .class("exhibits"), .id(label?.name)) {
            // A table is read from its caption down; a picture is looked at first.
            let caption = caption(label: label, text: cell.options.caption)
            if label?.kind == .figure {
                outputs.map(html)
                caption
            } else {
                caption
                outputs.map(html)
            }
        }
    }

    private func exhibits(_ outputs: [PlacedOutput]) -> HTML? {
        outputs.isEmpty ? nil : HTML(.div, .class("exhibits")) { outputs.map(html) }
    }

    func html(code text: String, language: String?) -> HTML {
        HTML(.pre, .class("code"), .focusable) {
            HTML(.code, .class(language.map { "language-" + $0 })) {
                if language?.lowercased() == "swift" {
                    SwiftHighlighter.tokens(of: text).map(\.html)
                } else if language?.lowercased() == "console" {
                    Self.commandsMarked(text)
                } else {
                    text
                }
            }
        }
    }

    /// What is typed into a terminal stands behind `$`, and is told apart from what is printed there.
    private static func commandsMarked(_ text: String) -> [HTML] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line -> [HTML] in
            let line = String(line)
            let shown = line.hasPrefix("$ ") ? HTML(.span, .class("tok-command")) { line } : .text(line)
            return index == 0 ? [shown] : ["\n", shown]
        }
    }

    private func code(of cell: Cell) -> HTML {
        let code = HTML(.pre, .class("code"), .focusable) {
            HTML(.code, .class("language-swift")) { NamedCode(cell, names: recording.names, notes: notes).html }
        }
        guard cell.options.fold else { return code }
        return HTML(.details, .class("fold")) {
            HTML(.summary) { words.showCode }
            code
        }
    }

    private func html(_ placed: PlacedOutput) -> HTML {
        switch placed.output {
        case .text(let text):
            HTML(.pre, .class("output"), .role("group"), .focusable, .aria("label", words.printed)) {
                text.hasSuffix("\n") ? String(text.dropLast()) : text
            }
        case .trap(let message):
            HTML(.div, .class("trap")) {
                HTML(.p) { words.trapped }
                HTML(.pre, .focusable) { message }
            }
        case .exhibit(let exhibit):
            exhibit.html(ExhibitStyle(words: words.exhibits, id: placed.id))
        }
    }
}

extension CellOutput {
    /// Whether it is what a caption is of: a picture, a table, a formula.
    fileprivate var isShown: Bool {
        if case .exhibit(let exhibit) = self { exhibit.content(as: ClaimExhibit.self) == nil } else { false }
    }
}

extension [CellOutput] {
    /// Text that was printed in several calls stands in one block.
    fileprivate var joiningText: [CellOutput] {
        reduce(into: []) { joined, output in
            if case .text(let text) = output, case .text(let before)? = joined.last {
                joined[joined.count - 1] = .text(before + text)
            } else {
                joined.append(output)
            }
        }
    }
}

extension SwiftHighlighter.Token {
    fileprivate var html: HTML {
        kind == .plain ? .text(text) : HTML(.span, .class("tok-" + kind.rawValue)) { text }
    }
}
