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
