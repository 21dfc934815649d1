extension HTML {
    /// A `<math>` element as browsers draw it right.
    ///
    /// KaTeX's MathML leaves the room around signs to browsers, which take it from a dictionary of operators where TeX
    /// looks at the neighbours, names signs that they do not stretch, and has no columns of numbers.
    package var setLikeTeX: HTML {
        guard case .element(_, let attributes, _) = self else { return self }
        let isDisplay = attributes.contains { $0.name == "display" }
        let math = MathSetter(isDisplay: isDisplay).set(self)
        return isDisplay ? math.breakingAtRelations : math
    }
}

/// Goes through a formula and knows, as TeX does, how large what it comes to is set.
private struct MathSetter {
    /// With limits below and above sums, and fractions in full size.
    var isDisplay: Bool
    var isScript = false

    func set(_ node: HTML) -> HTML {
        guard case .element(let tag, let attributes, let content) = node.primed else { return node }
        // KaTeX's vertical dots stand in a letter, which may hold nothing but text, with a space that is not seen.
        if tag == .mi, case .element(.mi, _, _)? = content.first { return content[0] }
        if tag == .mover || tag == .munder, content.count == 2, content[1].isLine {
            return HTML(.mrow, .class(tag == .mover ? "overlined" : "underlined")) { set(content[0]) }
        }
        return .element(tag, attributes, contents(content.flatMap { $0.parts }, of: tag, attributes))
    }

    private func contents(_ content: [HTML], of tag: Tag, _ attributes: [Attribute]) -> [HTML] {
        switch tag {
        case .mi, .mn, .mo, .mtext, .mspace, .annotation: content
        case .semantics:
            first(of: content) {
                set($0)
            } rest: {
                $0
            }
        case .mroot:
            first(of: content) {
                set($0)
            } rest: {
                script.set($0)
            }
        case .msub, .msup, .msubsup:
            first(of: content) {
                set($0)
            } rest: {
                script.set($0)
            }
        case .munder, .mover, .munderover:
            attributes.contains { $0.name.hasPrefix("accent") }
                ? first(of: content) {
                    set($0)
                } rest: {
                    $0.accent
                }
                : first(of: content) {
                    set($0)
                } rest: {
                    script.set($0)
                }
        case .mfrac: content.map { MathSetter(isDisplay: false, isScript: isScript || !isDisplay).set($0) }
        case .mtable: MathMatrix(content, attributes).aligned.map { MathSetter(isDisplay: false, isScript: isScript).set($0) }
        case .mtr: content.map { set($0) }
        case .mstyle: styled(attributes).row(content)
        default: row(content)
        }
    }

    private var script: MathSetter { MathSetter(isDisplay: false, isScript: true) }

    private func first(of content: [HTML], _ base: (HTML) -> HTML, rest: (HTML) -> HTML) -> [HTML] {
        zip(content.indices, content).map { $0 == 0 ? base($1) : rest($1) }
    }

    private func styled(_ attributes: [Attribute]) -> MathSetter {
        var inner = self
        for attribute in attributes {
            if attribute.name == "displaystyle" { inner.isDisplay = attribute.value == "true" }
            if attribute.name == "scriptlevel" { inner.isScript = attribute.value != "0" }
        }
        return inner
    }

    // MARK: Rows

    private func row(_ content: [HTML]) -> [HTML] {
        let content = content.flatMap { $0.reaching }
        var parts = content.map { MathPart(set($0.stretching)) }
        if content.first?.isFence == true { parts[0].right = .opening }
        if content.last?.isFence == true { parts[parts.count - 1].left = .closing }
        for index in parts.indices.dropLast() where parts[index + 1].isApplication { parts[index].left = .largeOperator }
        let places = parts.indices.filter { !parts[$0].isSpace }
        tellSigns(&parts, at: places)
        return spaced(parts, at: places)
    }

    /// A sign without a side to its left or right is no operator but a number's: `= -b`, `(-b)`.
    private func tellSigns(_ parts: inout [MathPart], at places: [Int]) {
        for (order, index) in zip(places.indices, places) where parts[index].left == .binary {
            let before = order == 0 ? nil : parts[places[order - 1]].right
            let behind = order + 1 == places.count ? nil : parts[places[order + 1]].left
            if !MathAtom.isBinary(after: before) || !MathAtom.isBinary(before: behind) {
                (parts[index].left, parts[index].right) = (.ordinary, .ordinary)
            }
        }
    }

    /// Signs hold the room around them; between other parts it is an element.
    private func spaced(_ parts: [MathPart], at places: [Int]) -> [HTML] {
        var before = [Int](repeating: 0, count: parts.count)
        var behind = before
        for (left, right) in zip(places, places.dropFirst()) where !parts[right].isApplication {
            let room = MathAtom.room(between: parts[left].right, parts[right].left, isScript: isScript)
            if parts[left].isSign { behind[left] = room } else { before[right] = room }
        }
        return parts.indices.flatMap { index -> [HTML] in
            let part = parts[index]
            guard part.isSign else {
                return before[index] == 0 ? [part.node] : [HTML(.mspace, .attribute("width", ems(before[index]))), part.node]
            }
            let form: MathSignForm = index == 0 && parts.count > 1 ? .prefix : .infix
            return [part.node.withRoom(before[index], behind[index], in: form)]
        }
    }
}

/// A part of a row, with what it is to its neighbours.
private struct MathPart {
    let node: HTML
    var left = MathAtom.ordinary
    var right = MathAtom.ordinary
    /// Is an `<mo>`, with scripts or without, whose room is its own attributes'.
    private(set) var isSign = false
    /// Stands between a function's name and what it is applied to, and is not seen.
    private(set) var isApplication = false
    private(set) var isSpace = false

    init(_ node: HTML) {
        self.node = node
        guard case .element(let tag, let attributes, let content) = node else { return }
        switch tag {
        case .mo: take(sign: node.plainText, attributes)
        case .mspace: isSpace = true
        case .mtext: isSpace = node.plainText.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
        case .mfrac: (left, right) = (.inner, .inner)
        case .msub, .msup, .msubsup, .munder, .mover, .munderover: if let base = content.first { take(MathPart(base)) }
        case .mstyle where content.count == 1:
            take(MathPart(content[0]))
            isSign = false
        case .mrow: take(row: content)
        default: break
        }
    }

    private mutating func take(_ base: MathPart) {
        (left, right, isSign) = (base.left, base.right, base.isSign)
    }

    private mutating func take(sign: String, _ attributes: [Attribute]) {
        isApplication = sign == "\u{2061}"
        // KaTeX has said what room it has.
        guard !attributes.contains(where: { $0.name == "lspace" || $0.name == "rspace" }) else { return }
        isSign = true
        right = isApplication ? .largeOperator : MathAtom(sign: sign)
        left = right
    }

    private mutating func take(row: [HTML]) {
        if let last = row.last, MathPart(last).isApplication {
            (left, right) = (.largeOperator, .largeOperator)
        } else if row.contains(where: { $0.isFence }) {
            // As tight as small parentheses, but for matrices, which stand side by side.
            let isMatrix = row.contains { $0.isTable }
            (left, right) = isMatrix ? (.inner, .inner) : (.opening, .closing)
        }
    }
}

/// By its place in the row, the entry of browsers' dictionary of operators.
private enum MathSignForm {
    case prefix, infix
}

extension HTML {
    /// Without what only holds several together.
    fileprivate var parts: [HTML] {
        if case .fragment(let parts) = self { parts } else { [self] }
    }

    var isTable: Bool {
        if case .element(.mtable, _, _) = self { true } else { false }
    }

    /// Room in eighteenths of an em; without attributes where it is what browsers give the sign by themselves.
    fileprivate func withRoom(_ before: Int, _ behind: Int, in form: MathSignForm) -> HTML {
        guard case .element(let tag, let attributes, let content) = self else { return self }
        guard tag == .mo else {
            return .element(tag, attributes, [content[0].withRoom(before, behind, in: form)] + content.dropFirst())
        }
        if let own = room(in: form), own == (before, behind) { return self }
        return .element(tag, attributes + [.init("lspace", ems(before)), .init("rspace", ems(behind))], content)
    }

    /// What browsers give the sign; nil for those of which it is not known here.
    private func room(in form: MathSignForm) -> (before: Int, behind: Int)? {
        switch plainText {
        case "+", "−": form == .prefix ? (0, 0) : (4, 4)
        case "=", "<", ">": (5, 5)
        case ",": (0, 3)
        case "(", ")", "[", "]", "{", "}", "\u{2061}": (0, 0)
        default: nil
        }
    }
}

/// `0.2222em` for 4.
private func ems(_ eighteenths: Int) -> String {
    switch eighteenths {
    case 3: "0.1667em"
    case 4: "0.2222em"
    case 5: "0.2778em"
    default: "0em"
    }
}
