/// A name in a cell's equations: one letter, perhaps with an accent, and what stands below it: `f`, `c̃`, `W_hf`, `β`.
///
/// Capitals are matrices. The time of a quantity is not part of its name.
package struct CellName: Hashable, Sendable {
    package enum Accent: String, Hashable, Sendable, CaseIterable {
        case tilde, hat, bar, dot

        /// The character that Unicode puts over the letter before it.
        var mark: Unicode.Scalar {
            switch self {
            case .tilde: "\u{303}"
            case .hat: "\u{302}"
            case .bar: "\u{304}"
            case .dot: "\u{307}"
            }
        }
    }

    /// One Latin or Greek letter.
    package var letter: String
    package var accent: Accent?
    /// What stands below the letter, as plain text; empty if nothing does.
    package var below = ""
    /// What stands above the letter: of a^f, what is inside the function that makes f.
    var above = ""

    /// Whether it is a Latin or Greek capital.
    var isMatrix: Bool {
        switch letter.unicodeScalars.first {
        case .some("A"..."Z"), .some("\u{391}"..."\u{3A9}"): true
        default: false
        }
    }

    /// The letter with its accent in one or two scalars.
    var accented: String {
        guard let accent else { return letter }
        var scalars = letter.unicodeScalars
        scalars.append(accent.mark)
        return String(String.UnicodeScalarView(scalars))
    }

    /// `W_hf`, `c̃`, `a^f`: what the name is called where there is no time.
    package var text: String {
        accented + (above.isEmpty ? "" : "^" + above) + (below.isEmpty ? "" : "_" + below)
    }
}

extension CellName {
    /// A name from its plain text: `f`, `c̃`, `W_hf`. The text must be one that ``text`` gave.
    init(_ text: String) {
        var parts = text.split(separator: "_", maxSplits: 1, omittingEmptySubsequences: false)[...]
        let head = parts.popFirst() ?? ""
        below = parts.first.map { String($0) } ?? ""
        let halves = head.split(separator: "^", maxSplits: 1, omittingEmptySubsequences: false)
        above = halves.count > 1 ? String(halves[1]) : ""
        (letter, accent) = Self.unaccented(String(halves.first ?? ""))
    }

    /// The letter of a character, and the accent on it: Unicode has `ĉ` as one scalar and `c̃` as two.
    static func unaccented(_ character: String) -> (letter: String, accent: Accent?) {
        if character.utf8.count == 1 { return (character, nil) }
        return accentedLetters[character].map { ($0.letter, $0.accent) } ?? (character, nil)
    }

    /// By what they look like; a dictionary finds both of Unicode's ways to write one.
    private static let accentedLetters: [String: CellName] = {
        var names: [String: CellName] = [:]
        for range in [UInt32(0x61)...0x7A, 0x41...0x5A, 0x3B1...0x3C9, 0x391...0x3A9] {
            for value in range {
                let letter = String(Character(Unicode.Scalar(value)!))
                for accent in Accent.allCases {
                    let name = CellName(letter: letter, accent: accent)
                    names[name.accented] = name
                }
            }
        }
        return names
    }()
}

/// The step at which a quantity is read: this one, or the one before it.
package enum CellTime: Hashable, Sendable {
    case now, before
}
