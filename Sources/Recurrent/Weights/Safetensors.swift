#if !hasFeature(Embedded)

/// Files of named tensors in the format `safetensors`, by which PyTorch programs exchange weights.
///
/// A file is the length of the header in 8 bytes, the header in JSON, then the values of all
/// tensors, each number with its least significant byte first.
///
///     try lstm.load(safetensors: "lstm.safetensors")     // save_file(lstm.state_dict(), "lstm.safetensors")
///     try lstm.write(safetensors: "trained.safetensors")
public enum Safetensors {
    /// The format's own limit to the header's length.
    private static let longestHeader = 100_000_000

    /// The tensors of a file, in the order of its bytes, widened to double precision.
    ///
    /// Throws a ``SafetensorsError`` that says what is wrong if the file cannot be read, is cut short, describes
    /// other bytes than it has, or holds numbers of another type than F32 and F64.
    public static func read(_ path: String) throws(SafetensorsError) -> Parameters {
        let file = try BinaryFile(reading: path)
        let header = try readHeader(of: file, at: path)
        var tensors: [Parameters.Element] = []
        for entry in header.entries {
            let bytes = try file.read(count: entry.bytes.count)
            tensors.append((entry.name, Tensor(shape: Shape(entry.shape), values: numbers(in: bytes, entry.precision))))
        }
        return Parameters(tensors)
    }

    /// Writes tensors in their order; a file at `path` is replaced at once, and only by a whole one.
    ///
    /// Double precision keeps every bit; single precision is what PyTorch programs expect unless told otherwise.
    public static func write(
        _ tensors: Parameters, to path: String, precision: StoredPrecision = .float64
    ) throws(SafetensorsError) {
        try checkNames(of: tensors, path)
        let unfinished = path + ".unfinished"
        do {
            let file = try BinaryFile(writing: unfinished)
            let header = SafetensorsHeader(describing: tensors, as: precision).text
            try file.write(littleEndianBytes(of: UInt64(header.count)) + header)
            for (_, tensor) in tensors { try file.write(bytes(of: tensor.values, precision)) }
            try file.flush()
            try BinaryFile.move(unfinished, to: path)
        } catch {
            BinaryFile.remove(unfinished)
            throw error
        }
    }
}

extension Layer {
    /// Copies the tensors of a safetensors file into the parameters of the same names.
    ///
    /// Throws a ``SafetensorsError`` if the file is at fault, and a ``LoadingError`` that names every tensor
    /// missing, extra or of another shape if it does not fit; then nothing is copied.
    public func load(safetensors path: String) throws {
        let tensors = try Safetensors.read(path)
        try load(Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0.tensor) }))
    }

    /// Writes all parameters to a safetensors file.
    public func write(safetensors path: String, precision: StoredPrecision = .float64) throws(SafetensorsError) {
        try Safetensors.write(parameters, to: path, precision: precision)
    }
}

// MARK: - Parts of the file

extension Safetensors {
    private static func readHeader(of file: BinaryFile, at path: String) throws(SafetensorsError) -> SafetensorsHeader {
        let byteCount = try file.byteCount()
        guard byteCount >= 8 else {
            throw SafetensorsError(path: path, message: "has \(byteCount) bytes; a safetensors file has at least 8")
        }
        let length = littleEndianNumber(in: try file.read(count: 8))
        guard length <= longestHeader, Int(length) <= byteCount - 8 else {
            throw SafetensorsError(
                path: path,
                message: "claims a header of \(length) bytes; at most \(min(byteCount - 8, longestHeader)) are possible"
            )
        }
        let text = try file.read(count: Int(length))
        do throws(HeaderFault) {
            return try SafetensorsHeader(parsing: text, dataByteCount: byteCount - 8 - Int(length))
        } catch {
            throw SafetensorsError(path: path, message: error.message)
        }
    }

    private static func checkNames(of tensors: Parameters, _ path: String) throws(SafetensorsError) {
        var names: Set<String> = ["__metadata__"]
        for name in tensors.names where !names.insert(name).inserted {
            let reason = name == "__metadata__" ? "is a reserved name" : "is the name of two tensors"
            throw SafetensorsError(path: path, message: "\"\(name)\" \(reason)")
        }
    }

    private static func numbers(in bytes: [UInt8], _ precision: StoredPrecision) -> [Double] {
        stride(from: 0, to: bytes.count, by: precision.byteCount).map { start in
            let bits = littleEndianNumber(in: bytes[start..<(start + precision.byteCount)])
            return precision == .float64 ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(bits)))
        }
    }

    private static func bytes(of numbers: [Double], _ precision: StoredPrecision) -> [UInt8] {
        numbers.flatMap { number in
            precision == .float64
                ? littleEndianBytes(of: number.bitPattern) : littleEndianBytes(of: Float(number).bitPattern)
        }
    }

    private static func littleEndianNumber(in bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static func littleEndianBytes(of bits: some FixedWidthInteger) -> [UInt8] {
        (0..<(bits.bitWidth / 8)).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
    }
}

#endif
