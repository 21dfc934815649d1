#if !hasFeature(Embedded)

/// The precision in which a safetensors file holds a tensor.
public enum StoredPrecision: String, Sendable {
    /// What PyTorch programs expect unless told otherwise; numbers are rounded to 24 bits.
    case float32 = "F32"
    /// Every bit of a number is kept.
    case float64 = "F64"

    var byteCount: Int { self == .float32 ? 4 : 8 }
}

/// What a safetensors file says of its tensors: a JSON object in front of their bytes.
struct SafetensorsHeader {
    struct Entry {
        var name: String
        var precision: StoredPrecision
        var shape: [Int]
        /// Where the values are, counted from the first byte after the header.
        var bytes: Range<Int>
    }

    /// In the order of their bytes in the file.
    var entries: [Entry]

    /// Lays out tensors one after another.
    init(describing tensors: Parameters, as precision: StoredPrecision) {
        var end = 0
        entries = tensors.map { name, tensor in
            let start = end
            end += tensor.values.count * precision.byteCount
            return Entry(name: name, precision: precision, shape: Array(tensor.shape), bytes: start..<end)
        }
    }

    /// Reads the JSON text and checks that the tensors fill `dataByteCount` bytes without gap or overlap.
    init(parsing text: [UInt8], dataByteCount: Int) throws(HeaderFault) {
        var parser = SafetensorsHeaderParser(text)
        entries = try parser.parse()
        for entry in entries { try Self.checkSize(of: entry) }
        // Empty tensors come before the one that begins where they stand.
        entries.sort { ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound) }
        try checkLayout(dataByteCount: dataByteCount)
    }

    private static func checkSize(of entry: Entry) throws(HeaderFault) {
        let shape = Shape.description(of: entry.shape)
        var size = entry.precision.byteCount
        // A zero makes the tensor empty, but its other axes must be countable all the same.
        for length in entry.shape where length > 0 {
            let (product, overflow) = size.multipliedReportingOverflow(by: length)
            guard !overflow else {
                throw HeaderFault("tensor \"\(entry.name)\" of shape \(shape) is too large for any file")
            }
            size = product
        }
        if entry.shape.contains(0) { size = 0 }
        guard size == entry.bytes.count else {
            throw HeaderFault(
                "tensor \"\(entry.name)\" of type \(entry.precision.rawValue) and shape \(shape) needs "
                    + "\(size) bytes; its data_offsets span \(entry.bytes.count)"
            )
        }
    }

    private func checkLayout(dataByteCount: Int) throws(HeaderFault) {
        var end = 0
        for entry in entries {
            if entry.bytes.lowerBound < end {
                throw HeaderFault(
                    "tensor \"\(entry.name)\" overlaps the one before it: it starts at byte \(entry.bytes.lowerBound) "
                        + "of the data, which is taken up to byte \(end)"
                )
            }
            if entry.bytes.lowerBound > end {
                throw HeaderFault("bytes \(end) to \(entry.bytes.lowerBound) of the data belong to no tensor")
            }
            end = entry.bytes.upperBound
        }
        guard end == dataByteCount else {
            throw HeaderFault("the header describes \(end) bytes of data; the file holds \(dataByteCount)")
        }
    }

    /// The JSON text, filled up with spaces so that the data after it starts at a multiple of 8 bytes.
    var text: [UInt8] {
        let members = entries.map { entry in
            let shape = entry.shape.map { "\($0)" }.joined(separator: ",")
            let offsets = "\(entry.bytes.lowerBound),\(entry.bytes.upperBound)"
            return
                "\(Self.quoted(entry.name)):{\"dtype\":\"\(entry.precision.rawValue)\",\"shape\":[\(shape)],\"data_offsets\":[\(offsets)]}"
        }
        var text = Array("{\(members.joined(separator: ","))}".utf8)
        while text.count % 8 != 0 { text.append(UInt8(ascii: " ")) }
        return text
    }

    private static func quoted(_ name: String) -> String {
        var quoted = "\""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

/// What is wrong with a header.
struct HeaderFault: Error {
    var message: String

    init(_ message: String) {
        self.message = message
    }
}

#endif
