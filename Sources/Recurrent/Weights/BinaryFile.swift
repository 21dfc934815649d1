#if !hasFeature(Embedded)

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A file of the C library's, read or written from front to back, and closed when nobody holds it any more.
final class BinaryFile {
    private let stream: UnsafeMutablePointer<FILE>
    private let path: String

    /// Opens a file to read. Only an ordinary file has an end that its size tells of.
    init(reading path: String) throws(SafetensorsError) {
        guard let stream = fopen(path, "rb") else { throw Self.error(path, "cannot be read") }
        self.stream = stream
        self.path = path
        var status = stat()
        guard fstat(fileno(stream), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw SafetensorsError(path: path, message: "is not an ordinary file")
        }
    }

    /// Opens a file to write, empty at first.
    init(writing path: String) throws(SafetensorsError) {
        guard let stream = fopen(path, "wb") else { throw Self.error(path, "cannot be written") }
        self.stream = stream
        self.path = path
    }

    deinit {
        fclose(stream)
    }

    /// The length of the whole file.
    func byteCount() throws(SafetensorsError) -> Int {
        var status = stat()
        guard fstat(fileno(stream), &status) == 0 else { throw Self.error(path, "cannot be read") }
        return Int(status.st_size)
    }

    func read(count: Int) throws(SafetensorsError) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = count == 0 ? 0 : fread(buffer.baseAddress!, 1, count, stream)
        }
        guard bytes.count == count else {
            throw SafetensorsError(path: path, message: "ended after \(bytes.count) of \(count) bytes")
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SafetensorsError) {
        guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw Self.error(path, "cannot be written") }
    }

    /// Hands what is still buffered to the system; only then is it known that the disk had room.
    func flush() throws(SafetensorsError) {
        guard fflush(stream) == 0 else { throw Self.error(path, "cannot be written") }
    }

    /// Puts a file in the place of another at once.
    static func move(_ source: String, to target: String) throws(SafetensorsError) {
        guard rename(source, target) == 0 else { throw error(target, "cannot be written") }
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    private static func error(_ path: String, _ message: String) -> SafetensorsError {
        SafetensorsError(path: path, message: "\(message): \(String(cString: strerror(errno)))")
    }
}

#endif
