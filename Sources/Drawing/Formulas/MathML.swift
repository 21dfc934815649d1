extension Formula {
    /// As MathML, if it is of the TeX that exhibits write; else its source.
    ///
    /// What comes out is what is made of KaTeX's, to the byte, so that formulas of exhibits and of teachers look and read the same.
    package var html: HTML {
        (try? mathML()) ?? source
    }

    /// For what was not typeset.
    var source: HTML { HTML(.code, .class("tex")) { tex } }

    /// - Throws: for TeX that exhibits do not write.
    package func mathML() throws(TeXFault) -> HTML {
        let (parts, plainTeX) = try TeXParser.parse(tex)
        let nodes = MathMLWriter(isDisplay: isDisplay).nodes(parts)
        let math = HTML(
            .math, .attribute("xmlns", "http://www.w3.org/1998/Math/MathML"), .attribute("display", isDisplay ? "block" : nil)
        ) {
            HTML(.semantics) {
                nodes.count == 1 && nodes[0].isRow ? nodes[0] : HTML(.mrow) { nodes }
                HTML(.annotation, .attribute("encoding", "application/x-tex")) { plainTeX }
            }
        }
        return math.setLikeTeX
    }
}

extension HTML {
    fileprivate var isRow: Bool {
        if case .element(let tag, _, _) = self { tag == .mrow || tag == .mtable } else { false }
    }
}

/// Turns a formula's parts into MathML's elements.
private struct MathMLWriter {
    /// In a line of its own, where limits stand below and above a sum.
    var isDisplay: Bool
    /// Within `\mathrm`.
    var isUpright = false

    func nodes(_ list: [TeXNode]) -> [HTML] {
        list.reduce(into: []) { nodes, node in
            if case .data(let value, let inner) = node {
                nodes += marked(self.nodes(inner), value)
                return
            }
            let node = html(node)
            // The digits of a number stand in one element.
            if case .element(.mn, let attributes, let digits)? = nodes.last, let more = node.continuation {
                nodes[nodes.count - 1] = .element(.mn, attributes, digits + more)
            } else {
                nodes.append(node)
            }
        }
    }

    /// A number's element, or its digits where a power of ten stands behind them, tells its full value.
    private func marked(_ number: [HTML], _ value: String) -> [HTML] {
        var number = number
        let digits = number.firstIndex { if case .element(.mn, _, _) = $0 { true } else { false } }
        if let place = number.count == 1 ? 0 : digits, case .element(let tag, let attributes, let content) = number[place] {
            number[place] = .element(tag, attributes + [Attribute("data-value", value)], content)
        }
        return number
    }

    /// One node for all of them.
    private func row(_ list: [TeXNode]) -> HTML {
        let nodes = nodes(list)
        guard nodes.count == 1 else { return HTML(.mrow) { nodes } }
        // A sign alone in braces is no operator between others and needs no room.
        guard case .element(.mo, let attributes, let text) = nodes[0] else { return nodes[0] }
        return .element(.mo, attributes + [.init("lspace", "0em"), .init("rspace", "0em")], text)
    }

    private func html(_ node: TeXNode) -> HTML {
        switch node {
        case .symbol(let symbol): html(symbol)
        case .group(let list): row(list)
        case .scripts(let base, let below, let above): scripts(base, below, above)
        case .fraction(let above, let below):
            HTML(.mfrac) {
                place(above); place(below)
            }
        case .root(let inner): HTML(.msqrt) { html(inner) }
        case .accent(let sign, let base):
            HTML(.mover, .attribute("accent", "true")) {
                place(base.withoutBraces); HTML(.mo) { sign }
            }
        case .function(let name, _): .fragment(Self.application(HTML(.mi) { name }))
        case .operatorName(let name): .fragment(Self.application(HTML(.mi, .upright) { name }))
        case .upright(let inner): MathMLWriter(isDisplay: isDisplay, isUpright: true).html(inner.withoutBraces)
        case .fenced(let left, let inner, let right):
            HTML(.mrow) {
                HTML(.mo, .attribute("fence", "true")) { left }
                nodes(inner)
                HTML(.mo, .attribute("fence", "true")) { right }
            }
        case .table(let table): html(table)
        // What allows a break has no width, as with KaTeX.
        case .space(0): HTML(.mspace)
        case .space(let ems): HTML(.mspace, .attribute("width", "\(ems)em"))
        case .thinSpace: HTML(.mtext) { "\u{2009}" }
        case .verticalDots: Self.verticalDots
        case .data: row([node])
        }
    }

    private func html(_ symbol: TeXSymbol) -> HTML {
        switch symbol.kind {
        case .letter: HTML(.mi, isUpright && symbol.text.utf8.count == 1 ? .upright : nil) { symbol.text }
        case .uprightLetter: HTML(.mi, .upright) { symbol.text }
        case .digit: HTML(.mn) { symbol.text }
        case .sign, .sum: HTML(.mo) { symbol.text }
        case .parenthesis: HTML(.mo, .attribute("stretchy", "false")) { symbol.text }
        case .separator: HTML(.mo, .attribute("separator", "true")) { symbol.text }
        }
    }

    // MARK: Scripts

    private func scripts(_ base: TeXNode, _ below: TeXNode?, _ above: TeXNode?) -> HTML {
        let areLimits = isDisplay && base.hasLimits
        let tag: Tag =
            below == nil
            ? (areLimits ? .mover : .msup)
            : above == nil ? (areLimits ? .munder : .msub) : (areLimits ? .munderover : .msubsup)
        return HTML(tag) {
            place(base)
            if let below { place(below) }
            if let above { place(above) }
        }
    }

    /// As one child, for an element whose children mean something by their places.
    private func place(_ node: TeXNode) -> HTML {
        // Written once: what stands in one another would be written twice as often with each level.
        let written = html(node)
        guard case .fragment(let parts) = written, parts.count > 1 else { return written }
        return HTML(.mrow) { parts }
    }

    /// The name of a function and the sign, which is not seen, that it is applied to what follows.
    private static func application(_ name: HTML) -> [HTML] { [name, HTML(.mo) { "\u{2061}" }] }

    // MARK: Tables

    private func html(_ table: TeXNode.Table) -> HTML {
        let columns = 0..<table.columnCount
        let alignments = columns.map { table.isAligned ? ($0 % 2 == 0 ? "right" : "left") : "center" }
        // Each pair of aligned columns is one; between pairs there is room.
        let gaps = table.isAligned ? columns.dropFirst().map { $0 % 2 == 1 ? "0em" : "1em" }.joined(separator: " ") : "1em"
        let writer = MathMLWriter(isDisplay: table.isAligned, isUpright: isUpright)
        return HTML(
            .mtable, .attribute("rowspacing", table.isAligned ? "0.25em" : "0.16em"),
            .attribute("columnalign", alignments.isEmpty ? nil : alignments.joined(separator: " ")),
            .attribute("columnspacing", gaps)
        ) {
            for row in table.rows {
                HTML(.mtr) {
                    for (place, cell) in zip(0..., row) {
                        HTML(.mtd) {
                            HTML(
                                .mstyle, .attribute("scriptlevel", "0"),
                                .attribute("displaystyle", table.isAligned ? "true" : "false")
                            ) {
                                // Nothing before the sign of a line makes it one between two sides.
                                writer.row(table.isAligned && place % 2 == 1 ? [.group([])] + cell : cell)
                            }
                        }
                    }
                }
            }
        }
    }

    private static let verticalDots = HTML(.mi, .upright) { "⋮" }
}

extension Attribute? {
    fileprivate static var upright: Self { attribute("mathvariant", "normal") }
}

extension HTML {
    /// What goes on with the number before it: digits, or a decimal point.
    fileprivate var continuation: [HTML]? {
        switch self {
        case .element(.mn, _, let digits): digits
        case .element(.mi, _, let text) where text == [.text(".")]: text
        default: nil
        }
    }
}

extension TeXNode {
    /// What stands alone in braces.
    fileprivate var withoutBraces: TeXNode {
        if case .group(let list) = self, list.count == 1 { list[0] } else { self }
    }

    /// Whether what stands below and above it does so right under and over it.
    fileprivate var hasLimits: Bool {
        switch self {
        case .symbol(let symbol): symbol.kind == .sum
        case .function(_, let hasLimits): hasLimits
        default: false
        }
    }
}
