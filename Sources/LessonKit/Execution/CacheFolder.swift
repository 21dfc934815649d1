import Foundation

/// What is kept between builds, and made again when it is gone.
package enum CacheFolder: String, CaseIterable, Sendable {
    case recordings, fonts, references
    /// Of the compiler, which sees to its bounds itself.
    case modules
    /// What builds copied beside the pages.
    case copies

    /// Where the person's caches are.
    package static var root: URL {
        let environment = ProcessInfo.processInfo.environment
        // The XDG specification has a path that is not absolute ignored.
        let caches =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        return caches.appending(path: "unroll")
    }

    private var url: URL { Self.root.appending(path: rawValue) }

    /// The folder, made where it is not there; nil when it cannot be written.
    var made: URL? {
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return FileManager.default.isWritableFile(atPath: url.filePath) ? url : nil
    }

    /// The least recently used files go first.
    static func use(_ file: URL) {
        utimensat(AT_FDCWD, file.filePath, nil, 0)
    }
}

// MARK: - Bounds

extension CacheFolder {
    /// What a build leaves of recordings, fonts and references, of all folders of lessons together.
    package static let mostBytes = 256 << 20
    /// What no build used for so many days goes.
    package static let daysUnused = 30
    private static let bounded = [recordings, fonts, references]

    private struct File {
        var path: String
        var size: Int
        var used: Date
    }

    /// How many files it holds, and their bytes.
    package var contents: (count: Int, bytes: Int) {
        let files = Self.files(in: [self])
        return (files.count, files.map(\.size).reduce(0, +))
    }

    /// Takes away what is too old, then what was used least recently until the rest is within bounds.
    package static func trim(mostBytes: Int = mostBytes, daysUnused: Int = daysUnused) {
        for folder in bounded { Replacement.sweep(folder.url.filePath) }
        let oldest = Date(timeIntervalSinceNow: -86_400 * Double(daysUnused))
        var room = mostBytes
        for file in files(in: bounded).sorted(by: { $0.used > $1.used }) {
            if file.size > room || file.used < oldest { unlink(file.path) } else { room -= file.size }
        }
    }

    /// Takes away all that is in it.
    package func clear() throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: url.filePath)) ?? [] {
            let path = "\(url.filePath)/\(name)"
            do { try FileManager.default.removeItem(atPath: path) } catch  where FileStatus(path) == nil {}
        }
    }

    /// With every build, of what may be thousands: one system call for each.
    private static func files(in folders: [CacheFolder]) -> [File] {
        folders.flatMap { folder in
            let parent = folder.url.filePath
            let names = FileManager.default.enumerator(atPath: parent)?.compactMap { $0 as? String } ?? []
            return names.compactMap { name -> File? in
                var status = stat()
                guard lstat("\(parent)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
                let used = Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9)
                return File(path: "\(parent)/\(name)", size: Int(status.st_size), used: used)
            }
        }
    }
}

extension Sequence<UInt8> {
    /// The same for the same bytes on every machine: FNV-1a of 64 bits (Fowler, Noll & Vo 1991).
    package var fingerprint: String {
        String(reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}

extension String {
    /// That of its UTF-8.
    package var fingerprint: String { utf8.fingerprint }
}
