import Foundation

/// Which files beside the lessons are their inputs: all that are not lessons and not hidden.
enum Attachments {
    static func isLesson(_ name: String) -> Bool { name.lowercased().hasSuffix(".md") }
}

/// What a path leads to, no link followed, and since when.
struct FileStatus: Hashable, Sendable {
    /// `S_IFREG` and its like; 0 where it may not be looked up.
    private(set) var kind: mode_t = 0
    /// Another one when the file was written to or replaced.
    private var size = 0, number = 0 as UInt64, seconds = 0, nanoseconds = 0

    /// nil for what is not there, or no longer: folders change while they are read.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            return
        }
        kind = status.st_mode & S_IFMT
        (size, number) = (Int(status.st_size), UInt64(status.st_ino))
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
