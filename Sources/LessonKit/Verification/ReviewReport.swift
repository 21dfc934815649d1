import Drawing
import Mustache

/// What moved, as one page for the reviewer of a change, which loads nothing.
package struct ReviewReport: Sendable {
    private let pages: [MovedPage]
    private let problems: [Problem]
    /// Files beside the lessons that are not what was published with them.
    private let attachments: [String]

    package init(pages: [MovedPage], problems: [Problem], attachments: [String]) {
        (self.pages, self.problems, self.attachments) = (pages, problems, attachments)
    }

    package func html() throws -> String {
        let template = try MustacheTemplate(string: try Resource.report.text)
        // Its font stands elsewhere.
        let style = try Resource.style.text.replacing(#/@font-face \{[^}]*\}/#, with: "")
        return template.render(["title": title, "style": style, "body": body.markup])
    }

    private var moved: [Difference] { pages.flatMap(\.differences) }

    private var title: String {
        if moved.isEmpty { return problems.isEmpty ? "Nothing differs" : "No value differs" }
        return moved.count == 1 ? "One value moved" : "\(moved.count) values moved"
    }

    private var summary: String {
        if moved.isEmpty && problems.isEmpty { return "The site is what the lessons make." }
        let lessons = pages.count == 1 ? "one lesson" : "\(pages.count) lessons"
        let problems =
            problems.isEmpty ? "" : self.problems.count == 1 ? "one other finding" : "\(self.problems.count) other findings"
        return [moved.isEmpty ? "" : "In \(lessons)", problems].filter { !$0.isEmpty }.joined(separator: ", and ") + "."
    }

    private var body: HTML {
        HTML {
            HTML(.div, .class("title")) {
                HTML(.p, .class("kicker")) { "unroll verify" }
                HTML(.h1) { title }
                HTML(.p, .class("summary")) { summary }
            }
            if moved.count > 1 { largest }
            pages.enumerated().map { html($1, number: $0) }
            if !problems.isEmpty { found }
        }
    }

    // MARK: All lessons

    private var largest: HTML {
        let anchors = pages.enumerated().flatMap { number, page in page.cells.enumerated().map { ($1, Self.id(number, $0)) } }
        let all = anchors.flatMap { cell, id in cell.map { (moved: $0, id: id) } }
        let sorted = all.enumerated().sorted { ($0.element.moved.size, $1.offset) > ($1.element.moved.size, $0.offset) }
        return HTML {
            HTML(.h2) { "Largest first" }
            table(sorted.prefix(Findings.told).map(\.element.moved)) { index in
                let (moved, id) = sorted[index].element
                return HTML(.a, .href("#" + id)) { "\(moved.file):\(moved.line)" }
            }
        }
    }

    private var found: HTML {
        HTML {
            HTML(.h2) { "Also found" }
            HTML(.ul) { problems.map { problem in HTML(.li) { HTML(.pre) { problem.description } } } }
        }
    }

    // MARK: One lesson

    private static func id(_ page: Int, _ cell: Int) -> String { "moved-\(page)-\(cell)" }

    private func html(_ page: MovedPage, number: Int) -> HTML {
        let sides = page.sides
        return HTML(.div, .class("lesson")) {
            HTML(.h2) { page.title }
            HTML(.p, .class("place")) { HTML(.code) { page.file } }
            cause(of: page)
            page.cells.enumerated().map { html($1, sides, id: Self.id(number, $0)) }
        }
    }

    /// What moved the values: the lesson's code, what it reads, or what it is run by.
    private func cause(of page: MovedPage) -> HTML {
        let cells = page.changedCells
        return HTML(.div, .class("cause")) {
            if cells.isEmpty && attachments.isEmpty {
                HTML(.p) { "No cell's code and no attachment has changed: the library or the toolchain moved them." }
            }
            if !cells.isEmpty {
                HTML(.p) {
                    cells.count == 1 ? "The code of one cell has changed:" : "The code of \(cells.count) cells has changed:"
                }
                cells.map { cell in
                    HTML(.details, .attribute("open", "")) {
                        HTML(.summary) { "\(cell.name), line \(cell.line)" }
                        HTML(.pre, .class("code"), .focusable) { HTML(.code) { cell.lines.map(Self.line) } }
                    }
                }
            }
            if !attachments.isEmpty {
                HTML(.p) {
                    cells.isEmpty
                        ? "No cell's code has changed, but what lessons read has: " : "What lessons read has changed too: "
                    HTML(.code) { attachments.joined(separator: ", ") }
                    "."
                }
            }
        }
    }

    private static func line(_ line: String) -> HTML {
        HTML(.span, .class(line.hasPrefix("-") ? "removed" : "added")) { line + "\n" }
    }

    private func html(_ cell: ArraySlice<Difference>, _ sides: MovedPage.Sides, id: String) -> HTML {
        let first = cell.first!
        let markup = sides.markup(of: first)
        return HTML(.div, .class("moved-cell"), .id(id)) {
            HTML(.h3) {
                first.label
                HTML(.span, .class("place")) { " \(first.file):\(first.line)" }
            }
            table(Array(cell.prefix(Findings.told)))
            if cell.count > Findings.told {
                HTML(.details) {
                    HTML(.summary) { "\(cell.count - Findings.told) more" }
                    table(Array(cell.dropFirst(Findings.told)))
                }
            }
            if markup.was != nil || markup.is != nil {
                HTML(.div, .class("sides")) {
                    side("Before", markup.was)
                    side("After", markup.is)
                }
            }
        }
    }

    private func side(_ title: String, _ markup: String?) -> HTML {
        HTML(.div, .class("side")) {
            HTML(.h4) { title }
            markup.map { .trusted($0) } ?? HTML(.p, .class("nothing")) { "Nothing that can be shown." }
        }
    }

    private func table(_ differences: [Difference], place: ((Int) -> HTML)? = nil) -> HTML {
        HTML.scrollable(named: "What moved") {
            HTML(.table, .class("moved")) {
                HTML(.thead) {
                    HTML(.tr) {
                        ((place == nil ? [] : ["cell"]) + ["value", "was", "is", "difference"]).map { heading in
                            HTML(.th, .scope("col")) { heading }
                        }
                    }
                }
                HTML(.tbody) {
                    differences.enumerated().map { index, moved in
                        HTML(.tr) {
                            if let place { HTML(.td) { place(index) } }
                            HTML(.th, .scope("row")) {
                                place == nil ? (moved.path.isEmpty ? moved.label : moved.path) : moved.place
                            }
                            HTML(.td) { moved.was ?? "–" }
                            HTML(.td) { moved.is ?? moved.isGoneOrNew }
                            HTML(.td) { moved.distance ?? "" }
                        }
                    }
                }
            }
        }
    }
}

extension MovedPage {
    fileprivate var cells: [ArraySlice<Difference>] { Findings(differences: differences).cells }
}

extension Difference {
    fileprivate var isGoneOrNew: String { change == .new ? "new" : "gone" }
}
