/// A file's text as lines of UTF-8, and the way from a byte of it to the place that an editor shows.
struct SourceText: Sendable {
    /// Without their line endings (LF, CRLF or CR) and without a byte order mark.
    let lines: [[UInt8]]
    /// For long lines, where their characters begin, or nothing if they are ASCII: counting anew for each place
    /// would take long.
    private let characterStarts: [Int: [Int]]

    /// Fails at the first byte that is not UTF-8, and at the first NUL.
    init(_ bytes: [UInt8]) throws(Problem) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        let faulty = Self.firstInvalidByte(of: text)
        let readable = faulty.map { text[..<$0] } ?? text
        self.init(lines: Self.lines(of: readable))
        if let zero = readable.firstIndex(of: 0) {
            throw Problem(
                at: Self.end(of: text[..<zero]), "the file holds a NUL byte",
                hint: "it is to be plain text: save it as UTF-8")
        }
        if let faulty {
            throw Problem(
                at: Self.end(of: readable), "byte 0x\(String(bytes[faulty], radix: 16, uppercase: true)) is not UTF-8",
                hint: "save the file as UTF-8")
        }
    }

    /// For text that stands in no file by itself.
    init(line: String) {
        self.init(lines: [Array(line.utf8)])
    }

    private init(lines: [[UInt8]]) {
        self.lines = lines
        let long = lines.enumerated().filter { $1.count > 1000 }
        characterStarts = Dictionary(uniqueKeysWithValues: long.map { ($0, Self.characterStarts(of: $1)) })
    }

    private static func characterStarts(of line: [UInt8]) -> [Int] {
        if line.allSatisfy({ $0 < 0x80 }) { return [] }
        var start = 0
        return String(decoding: line, as: UTF8.self).map { character in
            defer { start += character.utf8.count }
            return start
        }
    }

    /// The same text with empty lines at its head, so that all other lines keep their numbers.
    func blanking(firstLines count: Int) -> SourceText {
        SourceText(lines: Array(repeating: [], count: count) + lines.dropFirst(count))
    }

    /// A line counted from 0; empty past the end.
    func line(_ index: Int) -> [UInt8] {
        lines.indices.contains(index) ? lines[index] : []
    }

    /// - Parameters:
    ///   - line: Counted from 0.
    ///   - byte: Counted from 0 within the line.
    func position(line: Int, byte: Int) -> SourcePosition {
        let charactersBefore =
            if let starts = characterStarts[line] {
                starts.isEmpty ? byte : starts.partitionPoint { $0 >= byte }
            } else {
                Self.characterCount(self.line(line).prefix(byte))
            }
        return SourcePosition(line: line + 1, column: charactersBefore + 1)
    }

    private static func lines(of text: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines = [[UInt8]]()
        var start = text.startIndex
        while start < text.endIndex {
            let end = text[start...].firstIndex { $0 == .lineFeed || $0 == .carriageReturn } ?? text.endIndex
            lines.append(Array(text[start..<end]))
            start = text[end...].starts(with: [.carriageReturn, .lineFeed]) ? end + 2 : end + 1
        }
        return lines
    }

    /// The place just after `text`.
    private static func end(of text: ArraySlice<UInt8>) -> SourcePosition {
        let endsInNewLine = text.last == .lineFeed || text.last == .carriageReturn
        let lines = lines(of: text) + (endsInNewLine || text.isEmpty ? [[]] : [])
        return SourcePosition(line: lines.count, column: characterCount(lines[lines.count - 1][...]) + 1)
    }

    private static func characterCount(_ text: ArraySlice<UInt8>) -> Int {
        text.allSatisfy { $0 < 0x80 } ? text.count : String(decoding: text, as: UTF8.self).count
    }

    private static func firstInvalidByte(of text: ArraySlice<UInt8>) -> Int? {
        guard String(validating: text, as: UTF8.self) == nil else { return nil }
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = text.makeIterator()
        var position = text.startIndex
        while true {
            switch parser.parseScalar(from: &bytes) {
            case .valid(let scalar): position += scalar.count
            case .error: return position
            case .emptyInput: return nil
            }
        }
    }
}

extension [Int] {
    /// The first index from which on `isAfter` holds, in an array in which it holds for all that follow one.
    func partitionPoint(where isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// The ASCII characters that Markdown gives a meaning to.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let backslash = UInt8(ascii: "\\")
    static let backtick = UInt8(ascii: "`")
    static let tilde = UInt8(ascii: "~")
    static let dollar = UInt8(ascii: "$")
    static let pipe = UInt8(ascii: "|")
    static let at = UInt8(ascii: "@")
    static let hash = UInt8(ascii: "#")
    static let colon = UInt8(ascii: ":")
    static let hyphen = UInt8(ascii: "-")
    static let comma = UInt8(ascii: ",")
    static let plus = UInt8(ascii: "+")
    static let lessThan = UInt8(ascii: "<")
    static let greaterThan = UInt8(ascii: ">")
    static let leftBrace = UInt8(ascii: "{")
    static let rightBrace = UInt8(ascii: "}")
    static let leftBracket = UInt8(ascii: "[")
    static let rightBracket = UInt8(ascii: "]")
    static let leftParenthesis = UInt8(ascii: "(")
    static let rightParenthesis = UInt8(ascii: ")")
    static let slash = UInt8(ascii: "/")
    static let period = UInt8(ascii: ".")
    static let semicolon = UInt8(ascii: ";")
    static let ampersand = UInt8(ascii: "&")
    static let underscore = UInt8(ascii: "_")
    static let asterisk = UInt8(ascii: "*")
    static let caret = UInt8(ascii: "^")
    static let equals = UInt8(ascii: "=")
    static let quotationMark = UInt8(ascii: "\"")

    var isSpaceOrTab: Bool { self == .space || self == .tab }
    var isMarkdownSpace: Bool { isSpaceOrTab || self == .lineFeed }
    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    var isASCIIPunctuation: Bool {
        (0x21...0x7E).contains(self) && !isASCIIDigit && !isASCIILetter
    }
}

extension Unicode.Scalar {
    /// `U+FFFE`
    var codePoint: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
