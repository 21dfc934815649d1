import Exhibits

/// A number in a line, a vector as a row, a matrix as a table, and what has more dimensions as the
/// matrices of its last two, each titled as it would be indexed.
extension TensorExhibit: Drawable {
    private static let columnLimit = 10
    private static let rowLimit = 16
    private static let sliceLimit = 8
    /// Fewer numbers need no word on which is the largest.
    private static let readAtOnce = 20

    package var flaw: String? {
        Rule.broken(
            Rule.shape(shape, of: values), Rule.names(rows, of: "rows", rowCount), Rule.names(columns, of: "columns", columnCount))
    }

    package mutating func reword(_ words: (String) -> String) {
        name = words(name)
        rows = rows?.map(words)
        columns = columns?.map(words)
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        HTML(.div, .class("exhibit", "tensor")) {
            title(style.words)
            if values.count > Self.readAtOnce {
                HTML(.p, .class("way-in")) {
                    style.words.heat.extremes(of: values, hasSmallest: true) { place(of: values.firstIndex(of: $0) ?? 0) }
                }
            }
            if values.count == shape.reduce(1, *), !values.isEmpty, !shape.isEmpty {
                HTML(.div, .class("slices")) { slices(style.words) }
            }
        }
    }

    private func title(_ words: ExhibitVocabulary) -> HTML {
        let count = shape.reduce(1, *)
        return HTML(.p, .class("exhibit-title")) {
            if !name.isEmpty { HTML(.code) { name } }
            if shape.isEmpty, let value = values.first {
                if !name.isEmpty { " = " }
                NumberFormat.brief.format(value).html
            } else {
                if !name.isEmpty { " " }
                HTML(.span, .class("shape")) { shape.shapeText }
            }
            if count == 0 { ", " + words.noElements }
            if isElided { ", " + words.elements(count) }
        }
    }

    /// `[1, 0, 3]`
    private func place(of index: Int) -> String {
        "[" + indices(of: index, in: shape).map(String.init).joined(separator: ", ") + "]"
    }

    // MARK: Slices

    private var isMatrix: Bool { shape.count > 1 }
    private var columnCount: Int { shape.last ?? 1 }
    private var rowCount: Int { isMatrix ? shape[shape.count - 2] : 1 }
    private var outerShape: [Int] { isMatrix ? Array(shape.dropLast(2)) : [] }
    private var sliceCount: Int { outerShape.reduce(1, *) }

    private var isElided: Bool {
        let limits = [(columnCount, Self.columnLimit), (rowCount, Self.rowLimit), (sliceCount, Self.sliceLimit)]
        return values.count > 0 && limits.contains { $0 > $1 + 1 }
    }

    private func slices(_ words: ExhibitVocabulary) -> [HTML] {
        let format = NumberFormat.fitting(values)
        return Elision.indices(of: sliceCount, limit: Self.sliceLimit).map { slice in
            switch slice {
            case .leftOut(let count): HTML(.p, .class("left-out")) { "⋮ " + words.leftOut(count) }
            case .shown(let index): matrix(index, format, words)
            }
        }
    }

    private func matrix(_ slice: Int, _ format: NumberFormat, _ words: ExhibitVocabulary) -> HTML {
        let place = name + outerIndices(ofSlice: slice).map { "[\($0)]" }.joined()
        return HTML(.div, .class("slice")) {
            if !outerShape.isEmpty {
                HTML(.p, .class("slice-title")) { HTML(.code) { place } }
            }
            HTML.scrollable(named: place.isEmpty ? shape.shapeText : place) { table(slice, format, words).html }
        }
    }

    private func table(_ slice: Int, _ format: NumberFormat, _ words: ExhibitVocabulary) -> NumberTable {
        let shownColumns = Elision.indices(of: columnCount, limit: Self.columnLimit)
        let shownRows = Elision.indices(of: rowCount, limit: Self.rowLimit).rows(words) { index in
            let start = (slice * rowCount + index) * columnCount
            return .numbers(
                heading: .text(rows?[index] ?? "\(index)"), shownColumns.cells(Array(values[start..<start + columnCount]), format))
        }
        let headings = shownColumns.headings { .text(columns?[$0] ?? "\($0)") }
        return NumberTable(
            rowHeading: isMatrix ? .empty : nil, columnHeadings: headings, groups: [.init(heading: nil, rows: shownRows)])
    }

    /// The slice's place in the outer dimensions: slice 5 of (2, 3) is at [1, 2].
    private func outerIndices(ofSlice slice: Int) -> [Int] { indices(of: slice, in: outerShape) }

    /// The index along each axis, the last one running fastest.
    private func indices(of index: Int, in shape: [Int]) -> [Int] {
        var rest = index
        return shape.reversed().map { size in
            defer { rest /= size }
            return rest % size
        }.reversed()
    }
}
