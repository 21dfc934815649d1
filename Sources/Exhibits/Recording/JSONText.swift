#if !hasFeature(Embedded)
/// Any `Encodable` value as JSON text, keys in the order in which they are encoded.
///
/// Foundation's encoder is not used because a lesson's program must not need Foundation, and because
/// published files keep their keys in the order of the contract. Doubles are written with the fewest
/// digits that read back as the same number; NaN and the infinities, which JSON lacks, as
/// `"nan"`, `"inf"` and `"-inf"`.
package enum JSONText {
    /// On one line.
    package static func encode(_ value: some Encodable) throws -> String {
        var text = ""
        try tree(of: value).write(to: &text)
        return text
    }

    /// With a value or a tensor's row a line, so that a number that changes changes no other's line.
    package static func encodeInLines(_ value: some Encodable) throws -> String {
        var text = ""
        try tree(of: value).writeLines(to: &text, indentation: "\n", rowLength: nil)
        return text
    }

    private static func tree(of value: some Encodable) throws -> Value {
        let slot = Slot()
        try slot.set(value, path: [])
        return slot.value
    }

    package static let positiveInfinity = "inf"
    package static let negativeInfinity = "-inf"
    package static let notANumber = "nan"
}

/// A JSON value under construction. Containers are classes because a nested container is handed out
/// first and filled later.
private enum Value {
    case literal(String)
    case string(String)
    case array(ArrayBox)
    case object(ObjectBox)

    func write(to text: inout String) {
        switch self {
        case .literal(let literal): text += literal
        case .string(let string): Self.write(string, to: &text)
        case .array(let box):
            text += "["
            for (index, slot) in box.slots.enumerated() {
                if index > 0 { text += ", " }
                slot.value.write(to: &text)
            }
            text += "]"
        case .object(let box):
            text += "{"
            for (index, entry) in box.entries.enumerated() {
                if index > 0 { text += ", " }
                Self.write(entry.key, to: &text)
                text += ": "
                entry.slot.value.write(to: &text)
            }
            text += "}"
        }
    }

    static func write(_ string: String, to text: inout String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

// MARK: - Lines

extension Value {
    /// More plain values than this do not share a line, unless they are a tensor's row.
    private static let lineLimit = 8

    /// - Parameters:
    ///   - indentation: A line break, and the room before the line.
    ///   - rowLength: How many numbers of an array stand on a line, where it is a tensor's.
    func writeLines(to text: inout String, indentation: String, rowLength: Int?) {
        let inner = indentation + "  "
        switch self {
        case .array(let box) where box.slots.allSatisfy({ $0.value.isPlain }):
            writeRows(box.slots, of: rowLength ?? (box.slots.count > Self.lineLimit ? 1 : box.slots.count), to: &text, indentation)
        case .array(let box):
            text += "["
            for (index, slot) in box.slots.enumerated() {
                text += (index > 0 ? "," : "") + inner
                slot.value.writeLines(to: &text, indentation: inner, rowLength: nil)
            }
            text += indentation + "]"
        case .object(let box) where box.entries.count > 1:
            text += "{"
            for (index, entry) in box.entries.enumerated() {
                text += (index > 0 ? "," : "") + inner
                Self.write(entry.key, to: &text)
                text += ": "
                entry.slot.value.writeLines(
                    to: &text, indentation: inner, rowLength: entry.key == "values" ? box.rowLength : nil)
            }
            text += indentation + "}"
        case .object(let box):
            // `{"tex": "…"}` needs no line of its own for its one value.
            guard let entry = box.entries.first else { return write(to: &text) }
            text += "{"
            Self.write(entry.key, to: &text)
            text += ": "
            entry.slot.value.writeLines(to: &text, indentation: indentation, rowLength: nil)
            text += "}"
        case .literal, .string: write(to: &text)
        }
    }

    private func writeRows(_ slots: [Slot], of length: Int, to text: inout String, _ indentation: String) {
        guard slots.count > length else { return write(to: &text) }
        text += "["
        for (index, slot) in slots.enumerated() {
            text += index % length == 0 ? (index > 0 ? "," : "") + indentation + "  " : ", "
            slot.value.write(to: &text)
        }
        text += indentation + "]"
    }

    private var isPlain: Bool {
        switch self {
        case .literal, .string: true
        case .array, .object: false
        }
    }
}

extension ObjectBox {
    /// How long the rows are of a tensor with rows, whose values stand beside its shape.
    fileprivate var rowLength: Int? {
        guard case .array(let shape)? = entries.first(where: { $0.key == "shape" })?.slot.value, shape.slots.count > 1,
            case .literal(let last)? = shape.slots.last?.value, let length = Int(last), length > 0
        else { return nil }
        return length
    }
}

private final class ArrayBox {
    var slots: [Slot] = []

    func append() -> Slot {
        slots.append(Slot())
        return slots[slots.count - 1]
    }
}

private final class ObjectBox {
    var entries: [(key: String, slot: Slot)] = []

    func slot(for key: String) -> Slot {
        if let entry = entries.first(where: { $0.key == key }) { return entry.slot }
        entries.append((key, Slot()))
        return entries[entries.count - 1].slot
    }
}

/// The place where one value will stand.
private final class Slot {
    var value = Value.literal("null")

    func set(_ value: some Encodable, path: [any CodingKey]) throws {
        try value.encode(to: SlotEncoder(slot: self, codingPath: path))
    }

    func set(_ number: Double) {
        value =
            if number.isNaN { .string(JSONText.notANumber) } else if number.isInfinite {
                .string(number > 0 ? JSONText.positiveInfinity : JSONText.negativeInfinity)
            } else { .literal(number.description) }
    }

    /// The object at this place; encoding twice into one place adds keys, as `Exhibit` does with `kind`.
    func object() -> ObjectBox {
        if case .object(let box) = value { return box }
        let box = ObjectBox()
        value = .object(box)
        return box
    }

    func array() -> ArrayBox {
        if case .array(let box) = value { return box }
        let box = ArrayBox()
        value = .array(box)
        return box
    }
}

private struct SlotEncoder: Encoder {
    let slot: Slot
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(KeyedContainer(object: slot.object(), codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedContainer(array: slot.array(), codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        SingleValueContainer(slot: slot, codingPath: codingPath)
    }
}

private struct SingleValueContainer: SingleValueEncodingContainer {
    let slot: Slot
    let codingPath: [any CodingKey]

    func encodeNil() { slot.value = .literal("null") }
    func encode(_ value: Bool) { slot.value = .literal(value ? "true" : "false") }
    func encode(_ value: String) { slot.value = .string(value) }
    func encode(_ value: Double) { slot.set(value) }
    func encode(_ value: Float) { slot.set(Double(value)) }
    func encode(_ value: Int) { slot.value = .literal("\(value)") }
    func encode(_ value: Int8) { slot.value = .literal("\(value)") }
    func encode(_ value: Int16) { slot.value = .literal("\(value)") }
    func encode(_ value: Int32) { slot.value = .literal("\(value)") }
    func encode(_ value: Int64) { slot.value = .literal("\(value)") }
    func encode(_ value: UInt) { slot.value = .literal("\(value)") }
    func encode(_ value: UInt8) { slot.value = .literal("\(value)") }
    func encode(_ value: UInt16) { slot.value = .literal("\(value)") }
    func encode(_ value: UInt32) { slot.value = .literal("\(value)") }
    func encode(_ value: UInt64) { slot.value = .literal("\(value)") }
    func encode(_ value: some Encodable) throws { try slot.set(value, path: codingPath) }
}

private struct KeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let object: ObjectBox
    let codingPath: [any CodingKey]

    func encodeNil(forKey key: Key) { object.slot(for: key.stringValue).value = .literal("null") }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        try object.slot(for: key.stringValue).set(value, path: codingPath + [key])
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        let nested = object.slot(for: key.stringValue).object()
        return KeyedEncodingContainer(KeyedContainer<Nested>(object: nested, codingPath: codingPath + [key]))
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        UnkeyedContainer(array: object.slot(for: key.stringValue).array(), codingPath: codingPath + [key])
    }

    func superEncoder() -> any Encoder { SlotEncoder(slot: object.slot(for: "super"), codingPath: codingPath) }

    func superEncoder(forKey key: Key) -> any Encoder {
        SlotEncoder(slot: object.slot(for: key.stringValue), codingPath: codingPath + [key])
    }
}

private struct UnkeyedContainer: UnkeyedEncodingContainer {
    let array: ArrayBox
    let codingPath: [any CodingKey]
    var count: Int { array.slots.count }

    func encodeNil() { array.append().value = .literal("null") }

    func encode(_ value: some Encodable) throws { try array.append().set(value, path: codingPath) }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        KeyedEncodingContainer(KeyedContainer<Nested>(object: array.append().object(), codingPath: codingPath))
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        UnkeyedContainer(array: array.append().array(), codingPath: codingPath)
    }

    func superEncoder() -> any Encoder { SlotEncoder(slot: array.append(), codingPath: codingPath) }
}
#endif
