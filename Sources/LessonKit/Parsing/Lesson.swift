import Foundation

/// One Markdown file, parsed: what to say (`blocks`) and what to run (`snippets`), as plain data.
package struct Lesson: Sendable {
    /// The path as the person named it, such as `lessons/07-lstm-gates.md`.
    package var path: String
    /// The page's name: `lstm-gates`.
    package var slug: String
    /// The number in front of the slug; nil for `index.md` and unnumbered lessons.
    package var number: Int?
    package var frontMatter: FrontMatter
    package var blocks: [Block]
    /// All cells, in document order; a `Block.cell` refers to one by its index.
    package var cells: [Cell]
    /// All inline values, in document order; an `Inline.value` refers to one by its index.
    package var values: [InlineValue]
    /// Cells and inline values in the order in which they run: the order of the document.
    package var snippets: [Snippet]
    /// All links and images in Markdown, in document order.
    package var links: [Link]
    /// What its cells are compiled with.
    package var shared: [SharedCode] = []
    /// What it has of the lesson that it translates; nil for a lesson of its own.
    package var translation: Translation?
    /// What a translation of it has to say that it is one of.
    package internal(set) var revision = ""

    package init(
        path: String, slug: String, number: Int?, frontMatter: FrontMatter,
        blocks: [Block], cells: [Cell], values: [InlineValue], snippets: [Snippet], links: [Link] = []
    ) {
        self.path = path
        self.slug = slug
        self.number = number
        self.frontMatter = frontMatter
        self.blocks = blocks
        self.cells = cells
        self.values = values
        self.snippets = snippets
        self.links = links
    }
}

extension Lesson {
    /// How the site names the file, from wherever it is built: by its name and the folder of the lessons.
    package var source: String { Self.source(ofPath: path, isTranslation: translation != nil) }

    package static func source(ofPath path: String, isTranslation: Bool = false) -> String {
        URL(filePath: path).standardizedFileURL.pathComponents.suffix(isTranslation ? 3 : 2).joined(separator: "/")
    }

    /// Where an inline value stands, which may be in a translation.
    func place(of value: InlineValue) -> SourcePlace { SourcePlace(file: value.path ?? path, position: value.position) }
}

package struct FrontMatter: Hashable, Sendable {
    package var title: String
    package var summary: String?
    /// Ids of the source articles, such as `S0` and `S3`.
    package var sources: [String]
    /// The page's language as a BCP 47 tag; the site's when the lesson does not say.
    package var lang: String
    /// When it was written or last revised, as the author says: `2026-01-31`.
    package var date: String?
    /// What stands for the page where a link to it is shown.
    package var image: Link?
    /// The files of `_shared` that its cells may use.
    package var uses: [Name] = []
    /// The lessons to know first, by their pages' names.
    package var buildsOn: [Name] = []
    /// The lesson that this one translates, and of which state of it this is the translation.
    package var translates: Name?
    package var revision: Name?
    /// Of the front page: whether the site's lessons may have HTML in them; nil when it does not say.
    package var rawHTML: Bool?

    /// What a list names, and where.
    package struct Name: Hashable, Sendable {
        package var text: String
        package var position: SourcePosition
    }

    package init(title: String, summary: String? = nil, sources: [String] = [], lang: String = "en", rawHTML: Bool? = nil) {
        self.title = title
        self.summary = summary
        self.sources = sources
        self.lang = lang
        self.rawHTML = rawHTML
    }
}

/// An executable fenced block, ```` ```{swift} ````.
package struct Cell: Hashable, Sendable {
    package var index: Int
    /// Of the opening fence.
    package var position: SourcePosition
    package var options: CellOptions
    /// The code without its option lines, and where each of its lines stands in the Markdown file.
    package var lines: [CodeLine]

    package var code: String { lines.map(\.text).joined(separator: "\n") }

    package init(index: Int, position: SourcePosition, options: CellOptions, lines: [CodeLine]) {
        self.index = index
        self.position = position
        self.options = options
        self.lines = lines
    }
}

/// One line of Swift and the place of its first character in the Markdown file.
package struct CodeLine: Hashable, Sendable {
    package var text: String
    package var position: SourcePosition

    package init(text: String, position: SourcePosition) {
        self.text = text
        self.position = position
    }
}

/// An executable code span, `` `{swift} hn.shape` ``.
package struct InlineValue: Hashable, Sendable {
    package var index: Int
    package var expression: String
    /// Of the expression's first character.
    package var position: SourcePosition
    /// Where the formula begins that it stands in, if it does.
    package var formula: SourcePosition?
    /// The translation that it stands in; nil in the lesson itself.
    package var path: String?

    package init(index: Int, expression: String, position: SourcePosition, formula: SourcePosition? = nil) {
        self.index = index
        self.expression = expression
        self.position = position
        self.formula = formula
    }
}

package enum Snippet: Hashable, Sendable {
    case cell(Int)
    case value(Int)
}

/// What the `//| key: value` lines at the head of a cell say.
package struct CellOptions: Hashable, Sendable {
    package var label: Label?
    /// Inline Markdown.
    package var caption: [Inline]?
    /// Show the code.
    package var echo = true
    /// Show the code folded away.
    package var fold = false
    /// Show what the cell shows.
    package var output = true
    /// The cell must trap; its message is shown.
    package var error = false
    /// What that message must have in it.
    package var errorMessage: Message?

    package struct Message: Hashable, Sendable {
        package var text: String
        package var position: SourcePosition
    }

    package init() {}
}

/// A name that `@fig-gates` can refer to; that of a `cell` only links lead to.
package struct Label: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case figure = "fig", table = "tbl", equation = "eq", section = "sec", cell

        /// Whether the page counts what it names.
        package var isNumbered: Bool { self != .cell }
    }

    package var kind: Kind
    /// The whole name, prefix included: `fig-gates`.
    package var name: String
    package var position: SourcePosition

    package init(kind: Kind, name: String, position: SourcePosition) {
        self.kind = kind
        self.name = name
        self.position = position
    }
}
