/// `~~text~~`, GitHub's strikethrough: two tildes, no more, that open and close as CommonMark's `**` do.
extension Passage {
    func beginsStrike(at offset: Int) -> Bool {
        // No farther than the third: a long run of tildes is looked at once for each of them.
        bytes[offset...].prefix(3).prefix { $0 == .tilde }.count == 2 && bytes[..<offset].last != .tilde
    }

    /// A mask between the tildes, so that to cmark they are punctuation as before.
    func strike(at start: Int) -> Construct? {
        let (before, after) = (scalar(before: start), scalar(at: start + 2))
        let mark = PairedMark.strike(
            opens: !after.isSpace && (!after.isPunctuation || before.isSpace || before.isPunctuation),
            closes: !before.isSpace && (!before.isPunctuation || after.isSpace || after.isPunctuation))
        return Construct(meaning: .mark(mark), lines: [start + 1..<start + 1])
    }

    private func scalar(before offset: Int) -> Unicode.Scalar {
        let start = bytes[..<offset].lastIndex { $0 & 0xC0 != 0x80 } ?? offset
        return start == offset ? "\n" : scalar(at: start)
    }

    /// At an end of the text is what CommonMark takes it for: white space.
    private func scalar(at offset: Int) -> Unicode.Scalar {
        String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first ?? "\n"
    }
}

extension Unicode.Scalar {
    fileprivate var isSpace: Bool { properties.isWhitespace }

    /// As CommonMark means it, which is symbols too.
    fileprivate var isPunctuation: Bool { properties.generalCategory.isPunctuation || properties.generalCategory.isSymbol }
}

extension Unicode.GeneralCategory {
    var isPunctuation: Bool {
        switch self {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation:
            true
        default: false
        }
    }

    fileprivate var isSymbol: Bool { [.mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol].contains(self) }
}
