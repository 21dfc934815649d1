import Foundation

/// Writes a file beside its place and renames it, so that no reader ever sees half of it.
///
/// What lies beside is called `.unroll-…` and locked until it is renamed: one that is not locked was left by a program that
/// was killed, and can be swept away.
package enum Replacement {
    private static let prefix = ".unroll-"

    package static func isLeftover(_ name: some StringProtocol) -> Bool { name.hasPrefix(prefix) }

    package static func write(_ bytes: [UInt8], to path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().filePath.withoutLastSlash
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (beside, file) = try create(in: folder)
        defer { close(file) }
        do {
            try write(bytes, to: file)
            guard rename(beside, path) == 0 else { throw SystemFault() }
        } catch {
            unlink(beside)
            throw error
        }
    }

    /// A new file that is locked; once more where another program swept it away between its making and its lock.
    private static func create(in folder: String) throws -> (path: String, file: Int32) {
        while true {
            let path = "\(folder)/\(prefix)\(UUID().uuidString)"
            let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
            guard file >= 0 else { throw SystemFault() }
            var status = stat()
            if flock(file, LOCK_EX | LOCK_NB) == 0 {
                if fstat(file, &status) == 0, status.st_nlink > 0 { return (path, file) }
            } else if errno != EWOULDBLOCK {
                return (path, file)  // There are no locks here, and so nothing is swept.
            }
            close(file)
        }
    }

    private static func write(_ bytes: [UInt8], to file: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw SystemFault() }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Removes what killed programs left in a folder.
    package static func sweep(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where isLeftover(name) {
            let path = "\(folder)/\(name)"
            guard let lock = FileLock(path) else { continue }
            unlink(path)
            lock.release()
        }
    }
}

/// A lock that goes with the program that holds it, however that ends.
struct FileLock: Sendable {
    private let descriptor: Int32

    /// Of a file or folder; nil where a living program holds it, where it is gone, and where it is another person's.
    init?(_ path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var status = stat()
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &status) == 0, status.st_uid == geteuid() else {
            close(descriptor)
            return nil
        }
    }

    func release() { close(descriptor) }
}
