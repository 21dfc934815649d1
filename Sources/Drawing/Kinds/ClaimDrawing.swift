import Exhibits

/// The sentence and its outcome, in a sign and in words, with what was found and what was claimed.
extension ClaimExhibit: Drawable {
    package var flaw: String? {
        Rule.broken((min(line, column) >= 1 && Rule.counts(line, column), "no claim stands in line \(line), column \(column)"))
    }

    package mutating func reword(_ words: (String) -> String) {
        text = words(text)
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let measures = measures(style.words)
        return HTML(.p, .class("exhibit", "claim", holds ? "holds" : "fails")) {
            HTML(.span, .class("outcome")) {
                (holds ? "✓ " : "✗ ") + (holds ? style.words.holds : style.words.doesNotHold)
            }
            " "
            HTML(.span, .class("sentence")) { Self.sentence(text) }
            if !measures.isEmpty {
                " "
                HTML(.span, .class("measures")) {
                    zip(0..., measures).map { index, part in
                        HTML {
                            index == 0 ? "" : style.words.comma; part
                        }
                    }
                }
            }
        }
    }

    /// The text with its formulas, which stand between dollars as in the text of a lesson: no space after the first and before
    /// the last, no digit behind it.
    private static func sentence(_ text: String) -> [HTML] {
        var parts: [HTML] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "$") {
            let behind = rest[rest.index(after: open)...]
            guard let close = behind.firstIndex(of: "$"), let first = behind.first, let last = behind[..<close].last,
                first != " ", last != " ", !(behind[behind.index(after: close)...].first?.isNumber ?? false)
            else {
                parts.append(.text(String(rest[...open])))
                rest = behind
                continue
            }
            parts += [.text(String(rest[..<open])), Formula(String(behind[..<close])).html]
            rest = behind[behind.index(after: close)...]
        }
        return parts + [.text(String(rest))]
    }

    private func measures(_ words: ExhibitVocabulary) -> [HTML] {
        let numbers = [(words.difference, difference), (words.tolerance, tolerance)].compactMap { word, value in
            value.map { value in
                HTML {
                    word + "\u{A0}"; NumberFormat.brief.format(value).html
                }
            }
        }
        return (comparison.map { [holds ? $0.relationHTML : $0.html(words.claims)] } ?? []) + numbers
    }
}

extension ClaimExhibit.Comparison {
    /// Of a claim that holds: `97 ≥ 90`; of equal sides one is enough, `= 90`.
    fileprivate var relationHTML: HTML {
        HTML {
            if relation != .equal { Self.side(value) }
            (relation == .equal ? "" : "\u{A0}") + relation.rawValue + "\u{A0}"
            Self.side(claimed)
        }
    }

    /// `was 87, at least 90 was claimed`
    fileprivate func html(_ words: ClaimVocabulary) -> HTML {
        let (before, after) = words.claimed(relation)
        return HTML {
            words.was(relation)
            Self.side(value)
            if let place { words.at(place) }
            before
            Self.side(claimed)
            after
        }
    }

    /// A number as numbers are set, a whole one with all its digits; everything else as Swift prints it.
    private static func side(_ text: String) -> HTML {
        if Int64(text) != nil { return HTML(.data, .attribute("value", text)) { text.withMinusSign } }
        return Double(printed: text).map { NumberFormat.brief.format($0).html }
            ?? HTML(.span, .class("value")) { list(text) ?? [.text(elided(text))] }
    }

    /// An array element by element, with both ends of a long one; a line breaks between elements only. nil for other values.
    private static func list(_ text: String) -> [HTML]? {
        guard text.first == "[", text.last == "]", text.count > 2 else { return nil }
        var elements = elements(of: text.dropFirst().dropLast())
        if text.count > longest {
            func count(_ elements: some Sequence<String>, within limit: Int) -> Int {
                var length = 0
                return max(
                    1,
                    elements.prefix {
                        length += $0.count + 2; return length <= limit
                    }.count)
            }
            let (head, tail) = (count(elements, within: longest / 2), count(elements.reversed(), within: longest * 3 / 8))
            if head + tail < elements.count { elements = elements.prefix(head) + ["…"] + elements.suffix(tail) }
        }
        return zip(0..., elements).flatMap { index, element -> [HTML] in
            let isLast = index == elements.count - 1
            let isCut = element == "…" || !isLast && elements[index + 1] == "…"
            let written = (index == 0 ? "[" : "") + elided(element) + (isLast ? "]" : isCut ? "" : ",")
            return [HTML(.span, .class(element.count > longest / 2 ? nil : "element")) { written }] + (isLast ? [] : [" "])
        }
    }

    /// What stands between the commas that are in no string and no inner array.
    private static func elements(of list: Substring) -> [String] {
        var elements = [""]
        var (depth, isQuoted, isEscaped) = (0, false, false)
        for character in list {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            if !isQuoted { depth += "[(".contains(character) ? 1 : "])".contains(character) ? -1 : 0 }
            let isBetween = !isQuoted && depth == 0
            if isBetween, character == "," {
                elements.append("")
            } else if !(isBetween && character == " " && elements[elements.count - 1].isEmpty) {
                elements[elements.count - 1].append(character)
            }
        }
        return elements
    }

    /// Characters that are about a line.
    private static let longest = 80

    /// Both ends of what is longer than a line.
    private static func elided(_ text: String) -> String {
        text.count > longest ? "\(text.prefix(40)) … \(text.suffix(30))" : text
    }
}
