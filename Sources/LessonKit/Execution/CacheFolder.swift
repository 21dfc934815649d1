import Foundation

/// What may be kept between builds, and is made again when it is gone.
enum CacheFolder {
    /// A folder of this name where the person's caches are; nil when it cannot be written.
    static func named(_ name: String) -> URL? {
        let environment = ProcessInfo.processInfo.environment
        // The XDG specification has a path that is not absolute ignored.
        let root =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".cache")
        let folder = root.appending(path: "unroll/\(name)")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return FileManager.default.isWritableFile(atPath: folder.filePath) ? folder : nil
    }
}

extension String {
    /// The same for the same text on every machine: FNV-1a of 64 bits (Fowler, Noll & Vo 1991), for names of files.
    package var fingerprint: String {
        String(utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16)
    }
}
