import Foundation

/// Hands a new folder to a body and removes it afterwards, also when the body throws.
package func withTemporaryFolder<Result>(
    _ body: (URL) async throws -> Result
) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: TemporaryFolders.prefix + UUID().uuidString)
    do {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
        throw TemporaryFolders.cannotBeWritten(error.reason)
    }
    // As long as it is held, no other build sweeps the folder away.
    let lock = FileLock(folder.filePath)
    defer {
        try? FileManager.default.removeItem(at: folder)
        lock?.release()
    }
    let outcome: Swift.Result<Result, any Error>
    do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
    // Whatever failed for it, and what is missing without a word, such as what a lesson printed.
    if TemporaryFolders.isFull { throw TemporaryFolders.cannotBeWritten("no space is left in it") }
    return try outcome.get()
}

/// Where a run keeps what it needs only while it runs.
package enum TemporaryFolders {
    fileprivate static let prefix = "unroll-run-"
    private static var parent: String { FileManager.default.temporaryDirectory.filePath.withoutLastSlash }

    /// Removes those of programs that were killed.
    package static func sweep() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            guard UUID(uuidString: String(name.dropFirst(prefix.count))) != nil, let lock = FileLock("\(parent)/\(name)")
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
            lock.release()
        }
    }

    /// Less than one file's least.
    fileprivate static var isFull: Bool {
        var status = statvfs()
        return statvfs(parent, &status) == 0 && status.f_blocks > 0 && status.f_bavail * status.f_bsize < 1 << 16
    }

    fileprivate static func cannotBeWritten(_ reason: String) -> MachineFault {
        MachineFault("the temporary folder \(parent) cannot be written: \(reason)", remedy: "make room there, or set TMPDIR")
    }
}
