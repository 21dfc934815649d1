/// A name in a picture, on as many lines as it needs and may have.
package struct WrappedName: Hashable, Sendable {
    package let full: String
    package private(set) var lines: [String]
    /// Whether its middle was left out.
    package private(set) var isCut = false

    /// - Parameter ems: how wide a line may be; a single character stands on a line whatever its width.
    package init(_ name: String, ems: Double, lines limit: Int) {
        full = name
        lines = Self.lines(of: name, ems: ems)
        if lines.count > limit { cut(around: "…", ems: ems, lines: limit) }
    }

    package var widthInEms: Double { lines.map { $0.widthInEms }.max() ?? 0 }

    /// Keeps as much of both ends as there is room for.
    fileprivate mutating func cut(around mark: String, ems: Double, lines limit: Int) {
        isCut = true
        // No character is narrower than a third of an em.
        var kept = min(full.count - 1, Int(ems * Double(limit) * 3) + 2)
        repeat {
            lines = Self.lines(of: full.prefix((kept + 1) / 2) + mark + full.suffix(kept / 2), ems: ems)
            kept -= 1
        } while lines.count > limit && kept >= 0
    }

    private static func lines(of name: String, ems: Double) -> [String] {
        var lines: [String] = []
        for piece in pieces(of: name) {
            if let last = lines.last, (last + piece).trimmedAtEnd.widthInEms <= ems {
                lines[lines.count - 1] += piece
            } else if piece.trimmedAtEnd.widthInEms <= ems {
                lines.append(piece)
            } else {
                // A word that is wider than a line goes on where there is room, as far as it gets.
                for character in piece {
                    if let last = lines.last, (last + String(character)).trimmedAtEnd.widthInEms <= ems {
                        lines[lines.count - 1].append(character)
                    } else {
                        lines.append(String(character))
                    }
                }
            }
        }
        return lines.map { $0.trimmedAtEnd }
    }

    /// What stays together: words with the signs behind them; of scripts that know no spaces every character.
    fileprivate static func pieces(of name: String) -> [String] {
        var pieces: [String] = []
        var canBreak = true
        for (index, character) in zip(name.indices, name) {
            let isWord = !character.isIdeographic
            if canBreak || !isWord { pieces.append("") }
            pieces[pieces.count - 1].append(character)
            // −0.5, 10:30 and 2-4 are one.
            let isInNumber = "-.,:".contains(character) && name[name.index(after: index)...].first?.isNumber == true
            canBreak = !isWord || !isInNumber && " -_/.,;:".contains(character)
        }
        return pieces
    }
}

extension [String] {
    /// The names, each on a few lines; two that differ are never written alike: those that would be have their number instead
    /// of what is left out.
    package func wrapped(ems: Double, lines: Int) -> [WrappedName] {
        var names = map { WrappedName($0, ems: ems, lines: lines) }
        for index in names.indices {
            let isAmbiguous = names.indices.contains { names[$0].full != self[index] && names[$0].lines == names[index].lines }
            if isAmbiguous { names[index].cut(around: "…\(index)…", ems: ems, lines: lines) }
        }
        return names
    }
}

extension String {
    /// Whether a line of this width can hold each of its words.
    func hasWords(within ems: Double) -> Bool {
        WrappedName.pieces(of: self).allSatisfy { $0.trimmedAtEnd.widthInEms <= ems }
    }

    /// Whether it has Chinese or other signs that stand upright wherever they are written.
    var hasIdeographs: Bool { contains { $0.isIdeographic } }

    fileprivate var trimmedAtEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

extension Character {
    /// As wide as high, like Chinese and Japanese characters and their punctuation.
    var isIdeographic: Bool { unicodeScalars.contains { $0.value >= 0x2E80 } }
}

// MARK: - Drawing

extension HTML {
    private static let nameLineHeight = 13.0

    /// How high so many lines of a name are.
    static func height(ofNameLines count: Int) -> Double { Double(count) * nameLineHeight }

    /// A name whose last line stands at this point; the full name as a tooltip where it was cut.
    static func name(_ name: WrappedName, endingAt point: Point, _ anchor: Anchor) -> HTML {
        withTitle(name) {
            lines(name, at: Point(x: point.x, y: point.y - height(ofNameLines: name.lines.count - 1)), anchor, transform: nil)
        }
    }

    /// A name beside the middle of what it names.
    static func name(_ name: WrappedName, besideMiddle point: Point, _ anchor: Anchor) -> HTML {
        let below = height(ofNameLines: name.lines.count - 1) / 2
        return HTML.name(name, endingAt: Point(x: point.x, y: point.y + 4 + below), anchor)
    }

    /// A name that is read upwards from this point, its lines on both sides of it.
    static func name(_ name: WrappedName, upwardsFrom point: Point) -> HTML {
        let first = 4 - height(ofNameLines: name.lines.count - 1) / 2
        return withTitle(name) {
            lines(
                name, at: Point(x: 0, y: first), .start,
                transform: "translate(\(point.x.coordinate) \(point.y.coordinate)) rotate(-90)")
        }
    }

    private static func withTitle(_ name: WrappedName, _ text: () -> HTML) -> HTML {
        guard name.isCut else { return text() }
        return HTML(.g) {
            HTML(.title) { name.full }
            text()
        }
    }

    private static func lines(_ name: WrappedName, at first: Point, _ anchor: Anchor, transform: String?) -> HTML {
        HTML(
            .text, .attribute("x", first.x.coordinate), .attribute("y", first.y.coordinate), .attribute("transform", transform),
            anchor == .start ? nil : .attribute("text-anchor", anchor.rawValue)
        ) {
            if let only = name.lines.first, name.lines.count == 1 {
                only
            } else {
                zip(0..., name.lines).map { index, line in
                    HTML(
                        .tspan, .attribute("x", first.x.coordinate),
                        .attribute("y", (first.y + height(ofNameLines: index)).coordinate)
                    ) { line }
                }
            }
        }
    }
}
