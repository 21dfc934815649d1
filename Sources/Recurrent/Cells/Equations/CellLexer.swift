/// Reads the words and signs of a cell's equations, in Unicode (`f ⊙ hₜ₋₁`), ASCII (`f * h_{t-1}`) or TeX (`f \odot h_{t-1}`).
struct CellLexer {
    struct Token {
        enum Kind: Equatable {
            /// nil where the name has no time.
            case name(CellName, CellTime?)
            case number(Double)
            case function(CellFunction)
            case plus, minus, over, power, equals, fraction
            /// ⊙: element by element.
            case elementwise
            /// `·`: a matrix or a number times what follows.
            case dot
            /// `*`: as either.
            case star
            case open, close, openBrace, closeBrace
            case lineEnd
        }

        let kind: Kind
        let place: CellPlace
        /// As it stands in the text.
        let text: String
    }

    /// The characters of one line.
    let line: [Character]
    let number: Int
    var index = 0

    init(_ line: [Character], number: Int) {
        self.line = line
        self.number = number
    }

    /// All tokens, with a `lineEnd` after each line that has some.
    static func tokens(of text: String) throws(CellError) -> [Token] {
        var tokens: [Token] = []
        for (offset, line) in text.split(omittingEmptySubsequences: false, whereSeparator: { $0.isNewline }).enumerated() {
            var lexer = CellLexer(Array(line), number: offset + 1)
            let read = try lexer.read()
            if !read.isEmpty { tokens += read + [Token(kind: .lineEnd, place: lexer.place, text: "the end of the line")] }
        }
        return tokens
    }

    mutating func read() throws(CellError) -> [Token] {
        var tokens: [Token] = []
        while let character = peek {
            if character.isWhitespace || character == "&" || isFinalMark(character) {
                index += 1
                continue
            }
            let (start, place) = (index, place)
            guard let kind = try next(character, place) else { continue }
            tokens.append(Token(kind: kind, place: place, text: String(line[start..<index])))
            if case .function = kind, peek == "_" || peek.map({ !$0.isASCII && Self.lowered[$0] != nil }) ?? false {
                throw CellError(
                    at: self.place, "\(String(line[start..<index])) is a function, and nothing stands below it",
                    hint: "Write the function that is meant without a subscript: \(CellFunction.known)"
                )
            }
            if let character = peek, !character.isASCII, let exponent = Self.raised[character] {
                tokens.append(Token(kind: .power, place: self.place, text: "^"))
                tokens.append(Token(kind: .number(exponent), place: self.place, text: String(character)))
                index += 1
            }
        }
        return tokens
    }

    // MARK: Characters

    var place: CellPlace { CellPlace(line: number, column: index + 1) }
    var peek: Character? { index < line.count ? line[index] : nil }

    /// A comma, a semicolon or a full stop that ends a line of a paper.
    func isFinalMark(_ character: Character) -> Bool {
        (character == "," || character == ";" || character == ".")
            && line[(index + 1)...].allSatisfy { $0.isWhitespace || $0 == "\\" }
    }

    mutating func take(while isWanted: (Character) -> Bool) -> String {
        let start = index
        while let character = peek, isWanted(character) { index += 1 }
        return String(line[start..<index])
    }

    /// Unicode's powers.
    static let raised: [Character: Double] = ["²": 2, "³": 3, "⁴": 4, "⁵": 5, "⁶": 6, "⁷": 7, "⁸": 8, "⁹": 9]

    // MARK: Tokens

    /// nil for what stands for nothing, as TeX's spaces do.
    mutating func next(_ character: Character, _ place: CellPlace) throws(CellError) -> Token.Kind? {
        if character.isASCIIDigit || character == "." { return try readNumber(place) }
        if character == "\\" { return try command(place) }
        if character.isCellLetter { return try word(place) }
        index += 1
        switch character {
        case "+": return .plus
        case "-", "−", "–": return .minus
        case "/": return .over
        case "^": return .power
        case "=": return .equals
        case "⊙", "∘", "○": return .elementwise
        case "·", "⋅", "@": return .dot
        case "*", "∗", "×": return .star
        case "(", "[": return .open
        case ")", "]": return .close
        case "{": return .openBrace
        case "}": return .closeBrace
        case "√": return .function(.sqrt)
        default: throw stray(character, place)
        }
    }

    /// A character that belongs to no equation, or not here.
    func stray(_ character: Character, _ place: CellPlace) -> CellError {
        switch character {
        case "_":
            CellError(
                at: place, "“_” stands behind a letter", hint: "Write the subscript before a power, and only behind names: c_t^2"
            )
        case ",":
            CellError(
                at: place, "a comma has no meaning here", hint: "Write a decimal number with a point, 0.5, and one equation a line")
        default:
            CellError(
                at: place, "\(Self.told(character)) has no meaning here",
                hint: "Equations are made of names, numbers, + - ⊙ / ^, parentheses and \(CellFunction.known)"
            )
        }
    }

    /// A character in quotation marks, or its number if it cannot be seen.
    static func told(_ character: Character) -> String {
        switch character.unicodeScalars.first!.value {
        case 0...0x20, 0x7F...0xA0, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x300...0x36F, 0xFE00...0xFE0F, 0xFEFF:
            let digits = String(character.unicodeScalars.first!.value, radix: 16, uppercase: true)
            return "the unseen character U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        default: return "“\(character)”"
        }
    }

    /// Of at most 15 digits, which a double holds exactly, as it does the powers of ten up to 22: rounded once.
    mutating func readNumber(_ place: CellPlace) throws(CellError) -> Token.Kind {
        let start = index
        // Noughts at the end are not digits until another one follows.
        var (mantissa, exponent, digits, noughts, isFraction) = (0.0, 0, 0, 0, false)
        while let character = peek, character.isASCIIDigit || (character == "." && !isFraction) {
            index += 1
            guard let digit = character.wholeNumberValue else {
                isFraction = true
                continue
            }
            if isFraction { exponent -= 1 }
            noughts += 1
            guard digit > 0 else { continue }
            if digits > 0 { digits += noughts } else { digits = 1 }
            if digits <= 15 {
                for _ in 0..<noughts { mantissa *= 10 }
                mantissa += Double(digit)
            }
            noughts = 0
        }
        guard index > start + (isFraction ? 1 : 0), peek != "." || isFinalMark(".") else {
            throw CellError(
                at: place, "“\(String(line[start..<index]))” is no number", hint: "Write digits with one point among them: 0.5")
        }
        exponent += noughts
        let mark = index
        if peek == "e" || peek == "E" {
            index += 1
            let isNegative = peek == "-" || peek == "−"
            if isNegative || peek == "+" { index += 1 }
            let power = take { $0.isASCIIDigit }
            if power.isEmpty { index = mark } else { exponent += (isNegative ? -1 : 1) * (Int(power) ?? 99_999) }
        }
        if digits == 0 { return .number(0) }
        while exponent > 22, digits < 15 {
            mantissa *= 10
            digits += 1
            exponent -= 1
        }
        guard digits <= 15, exponent >= -22, exponent <= 22 else {
            throw CellError(
                at: place, "“\(String(line[start..<index]))” is too long, too large or too small for a number here",
                hint: "Write at most 15 digits, and none behind the 22nd place after the point"
            )
        }
        var scale = 1.0
        for _ in 0..<abs(exponent) { scale *= 10 }
        return .number(exponent < 0 ? mantissa / scale : mantissa * scale)
    }

    /// A function, or one letter with what stands below it.
    mutating func word(_ place: CellPlace) throws(CellError) -> Token.Kind {
        let start = index
        if line[index] == "σ" {
            index += 1
            return .function(.sigmoid)
        }
        guard line[index].isASCIILetter else {
            index += 1
            return try name(String(line[start]), place)
        }
        let word = take { $0.isASCIILetter }
        if word == "e", peek == "^" {
            index += 1
            return .function(.exp)
        }
        if let function = CellFunction(word: word) { return .function(function) }
        guard word.count == 1 else { throw unknown(word, place) }
        let name = try name(word, place)
        // As a parameter e would be printed as e^2 where it is squared.
        if name == .name(CellName("e"), nil) {
            throw CellError(
                at: place, "e stands for Euler's number, and without “^” for nothing",
                hint: "Write e^{…} or exp(…), or another letter for a parameter"
            )
        }
        return name
    }

    /// Several letters that are no function.
    func unknown(_ word: String, _ place: CellPlace) -> CellError {
        let message = "“\(word)” is neither a function nor a name, which is one letter"
        let small = String(
            word.unicodeScalars.map { $0 >= "A" && $0 <= "Z" ? Character(Unicode.Scalar($0.value + 32)!) : Character($0) })
        if CellFunction(word: small) != nil { return CellError(at: place, message, hint: "Write it in small letters: \(small)") }
        guard let letter = word.first, letter.isCellLetter else {
            return CellError(at: place, message, hint: "Names begin with a letter")
        }
        if word.count == 2, letter >= "A", letter <= "Z" {
            return CellError(
                at: place, message, hint: "Between a matrix and what it multiplies stands a space: \(letter) \(word.last!)"
            )
        }
        return CellError(
            at: place, message,
            hint:
                "Functions are \(CellFunction.known); a long name stands below a letter, \(letter)_{\(word)} or \(letter)_{\(word),t}"
        )
    }
}

extension CellFunction {
    /// By any of its names.
    init?(word: String) {
        switch word {
        case "sigmoid", "sigma", "σ", "logistic": self = .sigmoid
        case "tanh": self = .tanh
        case "relu", "ReLU": self = .relu
        case "exp": self = .exp
        case "log", "ln": self = .log
        case "sqrt": self = .sqrt
        default: return nil
        }
    }

    static let known = "σ, tanh, relu, exp, log, sqrt"
}

extension Character {
    /// A digit with an accent on it, or in a box, is none.
    var isASCIIDigit: Bool { utf8.count == 1 && self >= "0" && self <= "9" }
    var isASCIILetter: Bool { utf8.count == 1 && ((self >= "a" && self <= "z") || (self >= "A" && self <= "Z")) }

    /// A Latin or Greek letter, perhaps with an accent.
    var isCellLetter: Bool {
        if isASCIILetter { return true }
        let (letter, accent) = CellName.unaccented(String(self))
        guard let scalar = letter.unicodeScalars.first, letter.unicodeScalars.count == 1 else { return false }
        switch scalar {
        case "a"..."z", "A"..."Z": return accent != nil
        case "\u{391}"..."\u{3A9}", "\u{3B1}"..."\u{3C9}": return true
        default: return false
        }
    }
}
