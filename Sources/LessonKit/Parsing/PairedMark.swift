/// What opens or closes an inline of the lessons' own that has others in it.
enum PairedMark: Sendable {
    /// `~~`
    case strike(opens: Bool, closes: Bool)
    /// `[`
    case spanStart
    /// `]{lang=zh}`
    case spanEnd(WrittenAttributes)
}

/// Reading what marks pair up, among the inlines that stand beside them.
extension LessonBuilder {
    mutating func paired(_ pieces: [Piece]) -> [Piece] {
        var paired = [Piece]()
        // Where in them the marks stand that are open.
        var (strikes, spans) = ([Int](), [Int]())
        for piece in pieces {
            guard case .mark(let mark, _) = piece else {
                paired.append(piece)
                continue
            }
            let open: Int? =
                switch mark {
                case .strike(_, let closes): closes ? strikes.last : nil
                case .spanStart: nil
                case .spanEnd: spans.last
                }
            if let open {
                let content = Array(paired[(open + 1)...])
                paired.removeSubrange(open...)
                paired.append(.inline(inline(closedBy: mark, content)))
                while strikes.last ?? -1 >= open { strikes.removeLast() }
                while spans.last ?? -1 >= open { spans.removeLast() }
            } else {
                switch mark {
                case .strike(let opens, _): if opens { strikes.append(paired.count) }
                case .spanStart: spans.append(paired.count)
                case .spanEnd: break
                }
                paired.append(piece)
            }
        }
        return paired
    }

    private mutating func inline(closedBy mark: PairedMark, _ content: [Piece]) -> Inline {
        switch mark {
        case .strike, .spanStart: .strikethrough(inlines(content, in: "struck text"))
        case .spanEnd(let attributes): .span(language: language(attributes) ?? "", inlines(content, in: "a span"))
        }
    }

    /// The only thing that a span says.
    private mutating func language(_ attributes: WrittenAttributes) -> String? {
        var language: Masks.Written?
        for part in attributes.parts {
            switch part {
            case .pair(let key, let value) where key.name == "lang": language = value
            case .pair(let word, _), .id(let word), .other(let word):
                problems.append(
                    Problem(
                        at: word.position, "a span has no \(word.name), only lang",
                        hint: nearestName(to: word.name, among: ["lang"]) == nil ? "write [text]{lang=zh}" : "did you mean lang?"))
            }
        }
        guard let language else { return nil }
        if let fault = LanguageTag.fault(in: language.name) {
            problems.append(Problem(at: language.position, fault.message, hint: fault.hint))
        }
        return language.name
    }

    /// What a mark is that has found no other.
    mutating func unpaired(_ mark: PairedMark, _ original: String) -> String {
        if case .spanEnd(let attributes) = mark {
            problems.append(
                Problem(
                    at: attributes.position, "the span that ends here begins within other text",
                    hint: "begin it and end it in the same emphasis, link or formula"))
        }
        return original
    }
}
