/// What stands in a lesson's text for what cmark must not touch, or must not lose the place of.
///
/// cmark would read the `_` and `*` of a formula as emphasis, and does not tell exactly where a code
/// span stands. So each line of such a piece of source goes through cmark as a private-use character
/// with a number, and comes back as what it stands for, with its exact place.
struct Masks: Sendable {
    enum Meaning: Sendable {
        case math(WrittenTeX)
        case display(WrittenTeX, label: Written?)
        case table(PipeTable)
        /// The `{swift}` of a code span.
        case value(ValueMark)
        case reference(Label)
        case label(Written)
        /// Behind an image.
        case attributes(WrittenAttributes)
        case mark(PairedMark)
        case bareLink(BareLink)
        case task(isDone: Bool)
        case footnote(Written)
        case citation([WrittenCitation])
        /// In front of a link's address, where it stands.
        case address(SourcePosition)
        /// A further line of the piece before.
        case continuation
    }

    /// A name in braces and where it stands.
    struct Written: Sendable {
        var name: String
        var position: SourcePosition
    }

    enum Run {
        case text(String)
        /// With the source that the mask stands for.
        case mask(Meaning, original: String)
    }

    private var masks: [(meaning: Meaning, original: String)] = []
    /// Begins a mask; a private-use character.
    private let lead: Unicode.Scalar = "\u{F0000}"

    /// The text that stands for a piece of source.
    mutating func add(_ meaning: Meaning, original: String) -> [UInt8] {
        masks.append((meaning, original))
        return Array(String(lead).utf8) + CasedNumber.written(masks.count - 1)
    }

    /// Text cut at its masks; no run is empty.
    func runs(in text: String) -> [Run] {
        let pieces = text.unicodeScalars.split(separator: lead, omittingEmptySubsequences: false).map { String($0) }
        let plain = { (text: String) in text.isEmpty ? [] : [Run.text(text)] }
        return plain(pieces[0])
            + pieces.dropFirst().flatMap { piece in
                guard let number = CasedNumber.read(piece.utf8), masks.indices.contains(number) else {
                    return plain(String(lead) + piece)
                }
                let mask = Run.mask(masks[number].meaning, original: masks[number].original)
                return [mask] + plain(String(piece.unicodeScalars.dropFirst(CasedNumber.width)))
            }
    }

    /// The text as the source has it, for places in which a mask means nothing: code, addresses, raw HTML.
    func unmasked(_ text: String) -> String {
        runs(in: text).map { run in
            switch run {
            case .text(let text): text
            case .mask(_, let original): original
            }
        }.joined()
    }
}

/// A number written in the case of letters.
///
/// cmark hands letters through wherever they stand, takes them in autolinks, and compares the labels
/// of links without regard to their case: no reading is changed by them.
enum CasedNumber {
    static let width = 24
    private static let zero = UInt8(ascii: "q"), one = UInt8(ascii: "Q")

    static func written(_ number: Int) -> [UInt8] {
        (0..<width).map { number >> $0 & 1 == 0 ? zero : one }
    }

    /// The number that the bytes begin with.
    static func read(_ bytes: some Sequence<UInt8>) -> Int? {
        var (number, count) = (0, 0)
        for byte in bytes.prefix(width) {
            guard byte == zero || byte == one else { return nil }
            if byte == one { number |= 1 << count }
            count += 1
        }
        return count == width ? number : nil
    }
}
