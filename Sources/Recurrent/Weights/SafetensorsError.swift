#if !hasFeature(Embedded)

/// Why a safetensors file could not be read or written.
public struct SafetensorsError: Error, Equatable, CustomStringConvertible {
    /// The file, as the program named it.
    public let path: String
    /// What is wrong, what was expected, and where in the file.
    public let message: String

    public var description: String { "\(path): \(message)" }
}

#endif
