/// What the private-use characters of a masked document stand for.
///
/// cmark would read the `_` and `*` of a formula as emphasis, and does not tell exactly where a code
/// span stands. So each such piece of source goes through cmark as one character of its own,
/// and comes back as what it stands for, with its exact place.
struct Masks: Sendable {
    enum Meaning: Sendable {
        case math(TeX)
        case display(TeX, label: Written?)
        case table(TableLayout)
        /// The `{swift}` of a code span.
        case value(ValueMark)
        case reference(Label)
        case label(Written)
    }

    /// A name in braces and where it stands.
    struct Written: Sendable {
        var name: String
        var position: SourcePosition
    }

    struct ValueMark: Sendable {
        /// The word in braces: `swift`, or what was meant to be it.
        var language: String
        var position: SourcePosition
        var expressionPosition: SourcePosition
    }

    private var masked: [Unicode.Scalar: (meaning: Meaning, original: String)] = [:]
    /// The source's own private-use characters: they stand for themselves.
    private let taken: Set<UInt32>
    /// A character that stands for nothing.
    var ignored: Unicode.Scalar?
    private var next = Self.privateUse.lowerBound

    /// Planes 15 and 16 of Unicode.
    static let privateUse: ClosedRange<UInt32> = 0xF0000...0x10FFFD

    init(taken: Set<UInt32>) {
        self.taken = taken
    }

    subscript(scalar: Unicode.Scalar) -> Meaning? { masked[scalar]?.meaning }

    /// A character that stands for `meaning`; nil when all 131,000 are used up.
    mutating func mask(_ meaning: Meaning, original: String) -> Unicode.Scalar? {
        let isNoncharacter = { (value: UInt32) in value & 0xFFFE == 0xFFFE }
        while taken.contains(next) || isNoncharacter(next) { next += 1 }
        guard Self.privateUse.contains(next), let scalar = Unicode.Scalar(next) else { return nil }
        next += 1
        masked[scalar] = (meaning, original)
        return scalar
    }

    /// The text as the source has it, for places in which a mask means nothing: code, addresses, raw HTML.
    func unmasked(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { masked[$0] != nil || $0 == ignored }) else { return text }
        var seen: Set<Unicode.Scalar> = []
        return text.unicodeScalars.map { scalar in
            if scalar == ignored { return "" }
            guard let original = masked[scalar]?.original else { return String(scalar) }
            return seen.insert(scalar).inserted ? original : ""
        }.joined()
    }
}
