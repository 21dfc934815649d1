/// Tells Swift's tokens apart well enough to colour them. The tokens' texts, put together, are the code.
package struct SwiftHighlighter {
    package struct Token: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable {
            case plain, comment, string, keyword, type, number, attribute, directive, call
        }

        package var kind: Kind
        package var text: String
    }

    package static func tokens(of code: String) -> [Token] {
        var highlighter = SwiftHighlighter(code)
        highlighter.scanAll()
        return highlighter.tokens
    }

    private let scalars: [Unicode.Scalar]
    private var position = 0
    /// Where the text begins that no token holds yet.
    private var start = 0
    private var tokens: [Token] = []
    /// After `.`, where a keyword is a name: `.default`.
    private var isMember = false

    private init(_ code: String) {
        scalars = Array(code.unicodeScalars)
    }

    private mutating func scanAll() {
        while position < scalars.count { scanToken() }
    }

    private mutating func scanToken() {
        let scalar = scalars[position]
        let follows = isMember
        isMember = false
        switch scalar {
        case "/" where peek(1) == "/": scanLineComment()
        case "/" where peek(1) == "*": scanBlockComment()
        case "\"": scanString(hashes: 0)
        case "#": scanHash()
        case "@" where peek(1).isIdentifierHead: scanPrefixed(.attribute)
        case "`": scanQuotedIdentifier()
        case "0"..."9": scanNumber()
        case "$": scanWhile { $0.isIdentifierBody }; emit(.plain)
        case _ where scalar.isIdentifierHead: scanIdentifier(isMember: follows)
        default:
            position += 1
            isMember = scalar == "." && peek(-2) != "."
            emit(.plain)
        }
    }

    // MARK: Comments

    private mutating func scanLineComment() {
        scanWhile { $0 != "\n" && $0 != "\r" }
        emit(.comment)
    }

    /// Swift's block comments nest.
    private mutating func scanBlockComment() {
        var depth = 0
        repeat {
            if peek() == "/", peek(1) == "*" {
                (depth, position) = (depth + 1, position + 2)
            } else if peek() == "*", peek(1) == "/" {
                (depth, position) = (depth - 1, position + 2)
            } else {
                position += 1
            }
        } while depth > 0 && position < scalars.count
        emit(.comment)
    }

    // MARK: Strings

    /// A string literal in one line or several, raw or not, its interpolations scanned as code.
    private mutating func scanString(hashes: Int) {
        let isMultiline = peek(1) == "\"" && peek(2) == "\""
        position += isMultiline ? 3 : 1
        while let scalar = peek() {
            if !isMultiline && scalar == "\n" { break }
            if scalar == "\\", followsHashes(hashes, at: position + 1) {
                position += 1 + hashes
                if peek() == "(" { scanInterpolation() } else if peek() != nil { position += 1 }
            } else if closesString(isMultiline: isMultiline, hashes: hashes) {
                position += (isMultiline ? 3 : 1) + hashes
                break
            } else {
                position += 1
            }
        }
        emit(.string)
    }

    private func closesString(isMultiline: Bool, hashes: Int) -> Bool {
        let quotes = isMultiline ? 3 : 1
        return (0..<quotes).allSatisfy { peek($0) == "\"" } && followsHashes(hashes, at: position + quotes)
    }

    private func followsHashes(_ count: Int, at place: Int) -> Bool {
        (0..<count).allSatisfy { peek(place - position + $0) == "#" }
    }

    /// From `(` to its `)`; the parentheses count as parts of the string.
    private mutating func scanInterpolation() {
        position += 1
        emit(.string)
        var depth = 1
        while let scalar = peek() {
            if scalar == "(" { depth += 1 }
            if scalar == ")" { depth -= 1 }
            if depth == 0 { break }
            scanToken()
        }
        if peek() != nil { position += 1 }
    }

    // MARK: Words and numbers

    private mutating func scanHash() {
        let hashes = scalars[position...].prefix { $0 == "#" }.count
        if peek(hashes) == "\"" {
            position += hashes
            scanString(hashes: hashes)
        } else if peek(1).isIdentifierHead {
            scanPrefixed(.directive)
        } else {
            position += hashes
            emit(.plain)
        }
    }

    private mutating func scanPrefixed(_ kind: Token.Kind) {
        position += 1
        scanWhile { $0.isIdentifierBody }
        emit(kind)
    }

    private mutating func scanQuotedIdentifier() {
        position += 1
        scanWhile { $0 != "`" && $0 != "\n" }
        if peek() == "`" { position += 1 }
        emit(.plain)
    }

    private mutating func scanNumber() {
        let isHexadecimal = peek() == "0" && peek(1) == "x"
        position += 1
        while let scalar = peek() {
            let isExponentSign =
                (scalar == "+" || scalar == "-")
                && (isHexadecimal ? "pP" : "eE").unicodeScalars.contains(scalars[position - 1])
            let isPoint = scalar == "." && peek(1).map { ("0"..."9").contains($0) } == true
            guard scalar.isIdentifierBody || isExponentSign || isPoint else { break }
            position += 1
        }
        emit(.number)
    }

    private mutating func scanIdentifier(isMember: Bool) {
        scanWhile { $0.isIdentifierBody }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: scalars[start..<position])
        emit(kind(ofWord: String(word), isMember: isMember))
    }

    private func kind(ofWord word: String, isMember: Bool) -> Token.Kind {
        if !isMember && Self.keywords.contains(word) { return .keyword }
        if word.first!.isUppercase { return .type }
        return peek() == "(" ? .call : .plain
    }

    private static let keywords: Set<String> = [
        "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch", "class",
        "consuming", "continue", "default", "defer", "deinit", "didSet", "do", "else", "enum", "extension",
        "fallthrough", "false", "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in",
        "indirect", "infix", "init", "inout", "internal", "is", "lazy", "let", "macro", "mutating", "nil",
        "nonisolated", "nonmutating", "open", "operator", "override", "package", "postfix", "precedencegroup",
        "prefix", "private", "protocol", "public", "repeat", "required", "rethrows", "return", "self", "Self",
        "set", "some", "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try",
        "typealias", "unowned", "var", "weak", "where", "while", "willSet",
    ]

    // MARK: The scanner

    private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
        let place = position + distance
        return scalars.indices.contains(place) ? scalars[place] : nil
    }

    private mutating func scanWhile(_ belongs: (Unicode.Scalar) -> Bool) {
        while position < scalars.count && (position == start || belongs(scalars[position])) { position += 1 }
    }

    /// Ends a token here. Neighbours of one kind become one, so that the page stays small.
    private mutating func emit(_ kind: Token.Kind) {
        guard start < position else { return }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[start..<position])
        start = position
        if let last = tokens.last, last.kind == kind {
            tokens[tokens.count - 1].text.unicodeScalars.append(contentsOf: text)
        } else {
            tokens.append(Token(kind: kind, text: String(text)))
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isIdentifierHead: Bool {
        self == "_" || properties.isAlphabetic
    }

    var isIdentifierBody: Bool {
        isIdentifierHead || properties.numericType != nil || properties.isGraphemeExtend
    }
}

extension Unicode.Scalar? {
    fileprivate var isIdentifierHead: Bool { self?.isIdentifierHead ?? false }
}
