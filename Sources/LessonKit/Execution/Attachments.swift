import Foundation

/// Which files beside the lessons are their inputs, and go to the site as they are: all that are neither lessons nor hidden,
/// nor what `unroll` itself reads there.
enum Attachments {
    /// What a folder of lessons says of itself.
    private static let settings: Set = [SiteConfiguration.fileName, "sources.yml"]

    static func isLesson(_ name: String) -> Bool { name.lowercased().hasSuffix(".md") }

    /// A file or folder that is left out, with all that is below it: `.git`, a draft `_new.md`, the folders `_theme` and `_shared`.
    static func isHidden(_ entry: some StringProtocol) -> Bool { entry.hasPrefix(".") || entry.hasPrefix("_") }

    /// - Parameter name: Below the lessons' folder.
    static func isAttachment(_ name: String) -> Bool {
        !isLesson(name) && !settings.contains(name) && !name.split(separator: "/").contains(where: isHidden)
    }
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
