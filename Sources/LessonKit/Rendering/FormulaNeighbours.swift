import Drawing

extension [HTML] {
    /// With what touches a formula kept on its line: browsers may break lines on both sides of one, so that a comma
    /// would begin the next line and a parenthesis end the last.
    var holdingFormulas: [HTML] {
        var groups: [[HTML]] = []
        // What stands before the next formula and belongs to it.
        var held: [HTML] = []
        let nodes = joiningText
        for (index, node) in zip(nodes.indices, nodes) {
            guard case .text(let text) = node else {
                groups.append(held + [node])
                held = []
                continue
            }
            var rest = Substring(text)
            if groups.last?.last?.isFormula == true {
                let behind = rest.prefix(while: \.staysBehindFormula)
                rest = rest[behind.endIndex...]
                if !behind.isEmpty { groups[groups.count - 1].append(.text(String(behind))) }
            }
            if index + 1 < nodes.count, nodes[index + 1].isFormula {
                let before = rest.reversed().prefix(while: \.staysBeforeFormula).count
                if before > 0 { held = [.text(String(rest.suffix(before)))] }
                rest = rest.dropLast(before)
            }
            if !rest.isEmpty { groups.append([.text(String(rest))]) }
        }
        return groups.map { group in group.count == 1 ? group[0] : HTML(.span, .class("held")) { group } }
    }

    private var joiningText: [HTML] {
        reduce(into: []) { joined, node in
            if case .text(let text) = node, case .text(let before)? = joined.last {
                joined[joined.count - 1] = .text(before + text)
            } else {
                joined.append(node)
            }
        }
    }
}

extension HTML {
    /// Whether it is a formula and nothing else, emphasised or not.
    fileprivate var isFormula: Bool {
        switch self {
        case .formula: true
        case .element(_, _, let content), .fragment(let content): content.count == 1 && content[0].isFormula
        case .text, .trusted: false
        }
    }
}

extension Character {
    /// A comma, a closing parenthesis, the ending of `$n$-th`; Chinese may be broken behind every formula.
    fileprivate var staysBehindFormula: Bool {
        isASCII
            ? !isWhitespace
            : unicodeScalars.allSatisfy {
                switch $0.properties.generalCategory {
                case .closePunctuation, .finalPunctuation, .otherPunctuation: true
                default: false
                }
            }
    }

    /// An opening parenthesis, the beginning of `non-$x$`.
    fileprivate var staysBeforeFormula: Bool {
        isASCII
            ? !isWhitespace
            : unicodeScalars.allSatisfy {
                switch $0.properties.generalCategory {
                case .openPunctuation, .initialPunctuation: true
                default: false
                }
            }
    }
}
