import Drawing

extension Symbol {
    /// Its declaration, coloured as code is, each name of a type a link; one that is long has a line for each argument.
    func declarationHTML(_ href: (Symbol.ID) -> String?) -> [HTML] {
        brokenDeclaration.map { fragment in
            let html =
                fragment.tokenClass.map { name in HTML(.span, .class(name)) { fragment.spelling } } ?? .text(fragment.spelling)
            guard let target = fragment.preciseIdentifier.flatMap(href) else { return html }
            return HTML(.a, .href(target)) { html }
        }
    }

    private static let lineLength = 84

    private var brokenDeclaration: [Fragment] {
        let arguments = declaration.indices.filter { declaration[$0].kind == "externalParam" }
        guard declarationText.count > Self.lineLength, let first = arguments.first, let last = arguments.last, first > 0 else {
            return declaration
        }
        var broken = declaration
        broken[first - 1].spelling += "\n    "
        for place in arguments.dropFirst() {
            broken[place - 1].spelling = broken[place - 1].spelling.trimmingSuffix(" ") + "\n    "
        }
        // The parenthesis behind the last argument, whose type may have some of its own.
        var depth = 0
        for place in broken.indices[(last + 1)...] {
            for index in broken[place].spelling.indices {
                switch broken[place].spelling[index] {
                case "(": depth += 1
                case ")" where depth == 0:
                    broken[place].spelling.insert("\n", at: index)
                    return broken
                case ")": depth -= 1
                default: break
                }
            }
        }
        return broken
    }
}

extension Symbol.Fragment {
    /// The colours of `SwiftHighlighter`.
    fileprivate var tokenClass: String? {
        switch kind {
        case "keyword": "tok-keyword"
        case "attribute": "tok-attribute"
        case "typeIdentifier", "genericParameter": "tok-type"
        case "identifier": "tok-call"
        case "number": "tok-number"
        case "string": "tok-string"
        default: nil
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ end: Character) -> String {
        last == end ? String(dropLast()) : self
    }
}
