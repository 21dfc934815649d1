#if !hasFeature(Embedded)

/// Reads the JSON of a safetensors header, and no other JSON:
///
///     {"__metadata__": {"format": "pt"},
///      "weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
///
/// The shape of the text is known, so there is no nesting that could run deep and no value that must be guessed.
struct SafetensorsHeaderParser {
    private let text: [UInt8]
    private var position = 0

    init(_ text: [UInt8]) {
        self.text = text
    }

    mutating func parse() throws(HeaderFault) -> [SafetensorsHeader.Entry] {
        guard String(validating: text, as: UTF8.self) != nil else { throw HeaderFault("the header is not UTF-8") }
        guard text.first == UInt8(ascii: "{") else { throw fault("expected the header to start with {") }
        var entries: [SafetensorsHeader.Entry] = []
        try parseObject(of: "the header") { parser, name throws(HeaderFault) in
            if name == "__metadata__" {
                try parser.skipMetadata()
            } else {
                entries.append(try parser.parseEntry(named: name))
            }
        }
        skipSpace()
        guard position == text.count else { throw fault("expected nothing but spaces after the header's }") }
        return entries
    }

    /// `{"dtype": …, "shape": …, "data_offsets": …}`, in any order.
    private mutating func parseEntry(named name: String) throws(HeaderFault) -> SafetensorsHeader.Entry {
        var type: String?
        var shape: [Int]?
        var offsets: [Int]?
        try parseObject(of: "tensor \"\(name)\"") { parser, key throws(HeaderFault) in
            switch key {
            case "dtype": type = try parser.parseString()
            case "shape": shape = try parser.parseNumbers()
            case "data_offsets": offsets = try parser.parseNumbers()
            default: throw parser.fault("tensor \"\(name)\" has the unknown member \"\(key)\"")
            }
        }
        guard let type, let shape, let offsets else {
            throw fault("tensor \"\(name)\" must have the members dtype, shape and data_offsets")
        }
        guard let precision = StoredPrecision(rawValue: type) else {
            throw fault("tensor \"\(name)\" is of type \(type); expected F32 or F64")
        }
        guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw fault("the data_offsets of tensor \"\(name)\" must be a start and an end that is not before it")
        }
        return .init(name: name, precision: precision, shape: shape, bytes: offsets[0]..<offsets[1])
    }

    /// Free text of the writer's, of no use here; it still must be what the format says.
    private mutating func skipMetadata() throws(HeaderFault) {
        try parseObject(of: "__metadata__") { parser, _ throws(HeaderFault) in _ = try parser.parseString() }
    }

    /// `{"key": value, …}`; `parseValue` reads what stands after each colon.
    private mutating func parseObject(
        of owner: String, parseValue: (inout Self, String) throws(HeaderFault) -> Void
    ) throws(HeaderFault) {
        var keys: Set<String> = []
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try parseString()
            guard keys.insert(key).inserted else { throw fault("\(owner) has \"\(key)\" twice") }
            try expect(":")
            try parseValue(&self, key)
        } while skip(",")
        try expect("}")
    }

    /// `[0, 24]`
    private mutating func parseNumbers() throws(HeaderFault) -> [Int] {
        var numbers: [Int] = []
        try expect("[")
        if skip("]") { return numbers }
        repeat { numbers.append(try parseNumber()) } while skip(",")
        try expect("]")
        return numbers
    }

    /// A whole number of 0 or more, without sign, point, exponent or leading zeros.
    private mutating func parseNumber() throws(HeaderFault) -> Int {
        skipSpace()
        let start = position
        var number = 0
        while let byte = peek(), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
            guard !overflow, !carry else { throw fault("number too large") }
            number = sum
            position += 1
        }
        let digits = position - start
        guard digits > 0, digits == 1 || text[start] != UInt8(ascii: "0") else {
            throw fault("expected a whole number of 0 or more")
        }
        return number
    }
}

// MARK: - Strings

extension SafetensorsHeaderParser {
    private mutating func parseString() throws(HeaderFault) -> String {
        try expect("\"")
        var bytes: [UInt8] = []
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"): bytes += Array(String(try parseEscape()).utf8)
            case 0..<0x20: throw fault("a control character must be escaped in a string")
            default: bytes.append(byte)
            }
        }
        throw fault("expected a closing \"")
    }

    private mutating func parseEscape() throws(HeaderFault) -> Unicode.Scalar {
        guard let byte = peek() else { throw fault("expected something after \\") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try parseCodePoint()
        default: throw fault("unknown escape in a string")
        }
    }

    /// `\u00e9`, or a pair of surrogates `\ud83d\ude00`.
    private mutating func parseCodePoint() throws(HeaderFault) -> Unicode.Scalar {
        let first = try parseHexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xdc00, peek() == UInt8(ascii: "\\") else { throw fault("half of a pair of surrogates") }
        position += 1
        guard peek() == UInt8(ascii: "u") else { throw fault("half of a pair of surrogates") }
        position += 1
        let second = try parseHexadecimal()
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        else { throw fault("half of a pair of surrogates") }
        return scalar
    }

    private mutating func parseHexadecimal() throws(HeaderFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw fault("expected four hexadecimal digits after \\u")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}

// MARK: - Bytes

extension SafetensorsHeaderParser {
    private func peek() -> UInt8? {
        position < text.count ? text[position] : nil
    }

    private mutating func skipSpace() {
        while let byte = peek(), [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(HeaderFault) {
        guard skip(character) else { throw fault("expected \(character)") }
    }

    private func fault(_ message: String) -> HeaderFault {
        HeaderFault("\(message), at byte \(position) of the header")
    }
}

#endif
