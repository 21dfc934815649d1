/// CommonMark's block nodes, with cells, math, tables and alerts made nodes of their own.
package indirect enum Block: Hashable, Sendable {
    case heading(Heading)
    case paragraph([Inline])
    /// Coloured, not run.
    case code(language: String?, text: String)
    /// An index into `Lesson.cells`.
    case cell(Int)
    case math(DisplayMath)
    case table(Table)
    case list(List)
    case definitions(DefinitionList)
    case quote([Block])
    case alert(Alert)
    case figure(Figure)
    case thematicBreak
    /// Raw HTML, handed through as the teacher wrote it.
    case html(RawHTML)
    /// The texts that the lesson's notes refer to, at its end.
    case footnotes([Footnote])
    /// The sources that the lesson names, at its end.
    case bibliography([CitedSource])
}

package struct Heading: Hashable, Sendable {
    package var level: Int
    package var content: [Inline]
    /// The fragment that links to it: the label's name, or made from its text; unique in the lesson.
    package var id: String
    package var label: Label?

    package init(level: Int, content: [Inline], id: String, label: Label?) {
        self.level = level
        self.content = content
        self.id = id
        self.label = label
    }
}

/// `$$…$$ {#eq-name}`
package struct DisplayMath: Hashable, Sendable {
    package var tex: TeX
    package var label: Label?

    package init(tex: TeX, label: Label?) {
        self.tex = tex
        self.label = label
    }
}

/// TeX source and where its first character stands.
package struct TeX: Hashable, Sendable {
    /// An inline value in it.
    package struct Value: Hashable, Sendable {
        /// The bytes of the source that it takes the place of.
        package var range: Range<Int>
        /// In `Lesson.values`.
        package var index: Int

        package init(range: Range<Int>, index: Int) {
            self.range = range
            self.index = index
        }
    }

    package var source: String
    package var position: SourcePosition
    package var values: [Value]

    package init(source: String, position: SourcePosition, values: [Value] = []) {
        self.source = source
        self.position = position
        self.values = values
    }

    /// The source with its values.
    package func filled(_ text: (Int) -> String) -> String {
        let bytes = Array(source.utf8)
        var (filled, end) = ("", 0)
        for value in values {
            filled += String(decoding: bytes[end..<value.range.lowerBound], as: UTF8.self) + text(value.index)
            end = value.range.upperBound
        }
        return filled + String(decoding: bytes[end...], as: UTF8.self)
    }
}

package struct Table: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable { case leading, center, trailing }

    /// One for each column; nil where the delimiter row has no colon.
    package var alignments: [Alignment?]
    package var header: [[Inline]]
    package var rows: [[[Inline]]]
    /// From a line `: Caption {#tbl-name}` after the table.
    package var caption: [Inline]?
    package var label: Label?

    package init(alignments: [Alignment?], header: [[Inline]], rows: [[[Inline]]], caption: [Inline]?, label: Label?) {
        self.alignments = alignments
        self.header = header
        self.rows = rows
        self.caption = caption
        self.label = label
    }
}

package struct List: Hashable, Sendable {
    /// The first number of an ordered list; nil for bullets.
    package var start: Int?
    /// Paragraphs of a tight list are shown without space between them.
    package var isTight: Bool
    package var items: [[Block]]

    package init(start: Int?, isTight: Bool, items: [[Block]]) {
        self.start = start
        self.isTight = isTight
        self.items = items
    }
}

/// A GitHub alert, `> [!NOTE]`, or one of the lessons' own: an exercise, a folded solution.
package struct Alert: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case note, tip, important, warning, caution, exercise, solution
    }

    package var kind: Kind
    package var content: [Block]

    package init(kind: Kind, content: [Block]) {
        self.kind = kind
        self.content = content
    }
}

/// An image that is a paragraph of its own: `![caption](path){#fig-name width=50%}`.
package struct Figure: Hashable, Sendable {
    package var source: String
    package var caption: [Inline]
    package var label: Label?
    package var width: ImageWidth?

    package init(source: String, caption: [Inline], label: Label?, width: ImageWidth? = nil) {
        self.source = source
        self.caption = caption
        self.label = label
        self.width = width
    }
}
