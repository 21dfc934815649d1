/// A JSON text as a tree that keeps the order of the keys and the digits of the numbers.
package indirect enum JSONTree: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var key: String
        package var value: JSONTree
    }

    case null
    case bool(Bool)
    /// As it is written.
    case number(String)
    case string(String)
    case array([JSONTree])
    case object([Member])

    /// - Throws: `MalformedJSON`, also where lists stand deeper in one another than any page has them.
    package init(_ text: String) throws(MalformedJSON) {
        var parser = JSONParser(bytes: Array(text.utf8))
        self = try parser.document()
    }

    package subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    var string: String? { if case .string(let string) = self { string } else { nil } }
    var integer: Int? { if case .number(let literal) = self { Int(literal) } else { nil } }
}

/// What is not JSON, and the byte where that shows.
package struct MalformedJSON: Error, Hashable {
    package let offset: Int
}

private struct JSONParser {
    let bytes: [UInt8]
    private var position = 0
    private var depth = 0
    private static let greatestDepth = 200

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(MalformedJSON) -> JSONTree {
        let tree = try value()
        guard next() == nil else { throw fault }
        return tree
    }

    private mutating func value() throws(MalformedJSON) -> JSONTree {
        switch next() {
        case UInt8(ascii: "{"): return .object(try list(closedBy: "}") { parser throws(MalformedJSON) in try parser.member() })
        case UInt8(ascii: "["): return .array(try list(closedBy: "]") { parser throws(MalformedJSON) in try parser.value() })
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func member() throws(MalformedJSON) -> JSONTree.Member {
        guard next() == UInt8(ascii: "\"") else { throw fault }
        let key = try string()
        guard next() == UInt8(ascii: ":") else { throw fault }
        position += 1
        return JSONTree.Member(key: key, value: try value())
    }

    /// From the bracket that opens to the one that closes.
    private mutating func list<Element>(
        closedBy closing: Unicode.Scalar, _ element: (inout JSONParser) throws(MalformedJSON) -> Element
    ) throws(MalformedJSON) -> [Element] {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else { throw fault }
        position += 1
        var elements: [Element] = []
        while next() != UInt8(ascii: closing) {
            if !elements.isEmpty {
                guard next() == UInt8(ascii: ",") else { throw fault }
                position += 1
            }
            elements.append(try element(&self))
        }
        position += 1
        return elements
    }

    private mutating func word(_ word: String, _ value: JSONTree) throws(MalformedJSON) -> JSONTree {
        guard bytes[position...].starts(with: word.utf8) else { throw fault }
        position += word.utf8.count
        return value
    }

    private mutating func number() throws(MalformedJSON) -> String {
        let rest = bytes[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0) }
        let literal = String(decoding: rest, as: UTF8.self)
        guard Double(literal) != nil else { throw fault }
        position = rest.endIndex
        return literal
    }

    private mutating func string() throws(MalformedJSON) -> String {
        position += 1
        var content: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\") {
                content += Array(String(try escaped()).utf8)
            } else {
                content.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count else { throw fault }
        position += 1
        return String(decoding: content, as: UTF8.self)
    }

    private mutating func escaped() throws(MalformedJSON) -> Unicode.Scalar {
        guard position + 1 < bytes.count else { throw fault }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "u"): return try hexadecimal()
        default: return Unicode.Scalar(letter)
        }
    }

    /// Halves of pairs, which `JSONText` does not write, count as unknown characters.
    private mutating func hexadecimal() throws(MalformedJSON) -> Unicode.Scalar {
        let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
        guard digits.utf8.count == 4, let value = UInt32(digits, radix: 16) else { throw fault }
        position += 4
        return Unicode.Scalar(value) ?? "\u{FFFD}"
    }

    /// The byte at which something begins; nil at the end.
    private mutating func next() -> UInt8? {
        while position < bytes.count, " \n\r\t".utf8.contains(bytes[position]) { position += 1 }
        return position < bytes.count ? bytes[position] : nil
    }

    private var fault: MalformedJSON { MalformedJSON(offset: position) }
}
