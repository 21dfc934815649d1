import Foundation

/// The Swift compiler and the libraries that lessons are built against.
package struct Toolchain: Sendable {
    package let swiftc: String
    /// Holds `libExhibits.so` and `Modules/`.
    package let libraries: String
    /// Where the compiler keeps the C library's modules, which take it longer than a lesson does; nil for nowhere.
    let moduleCache: String?
    /// Each changes whenever the compiler, the libraries or this program do.
    let fingerprints: Fingerprints

    struct Fingerprints: Codable, Hashable, Sendable {
        var compiler: String
        var libraries: String
        var unroll: String
    }

    /// Finds `swiftc` on the PATH, and the libraries beside the running program.
    package static func find() throws(MissingTool) -> Toolchain {
        guard let swiftc = executable("swiftc") else {
            throw MissingTool("the Swift compiler", remedy: "install Swift 6.2 or newer and put `swiftc` on the PATH")
        }
        let libraries = try librariesFolder()
        return Toolchain(
            swiftc: swiftc, libraries: libraries, moduleCache: CacheFolder.modules.made?.filePath,
            fingerprints: Fingerprints(
                compiler: fingerprint(of: swiftc), libraries: fingerprint(of: libraries + "/libExhibits.so"),
                unroll: fingerprint(of: "/proc/self/exe")))
    }

    /// Turns addresses into lines; comes with the compiler.
    var symbolizer: String {
        URL(filePath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "llvm-symbolizer").filePath
    }

    private static func fingerprint(of path: String) -> String {
        let file = URL(filePath: path).resolvingSymlinksInPath().filePath
        let attributes = try? FileManager.default.attributesOfItem(atPath: file)
        let date = (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(file) \(attributes?[.size] ?? 0) \(date)"
    }

    private static func librariesFolder() throws(MissingTool) -> String {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        for folder in [program, program.deletingLastPathComponent()] {
            let path = folder.filePath
            if FileManager.default.fileExists(atPath: path + "/libExhibits.so"),
                FileManager.default.fileExists(atPath: path + "/Modules/Exhibits.swiftmodule")
            {
                return path
            }
        }
        throw MissingTool("libExhibits.so beside \(program.filePath)", remedy: "run `make`, and start unroll from its build folder")
    }

    package static func executable(_ name: String) -> String? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { "\($0)/\(name)" }
            .first(where: FileManager.default.isExecutableFile(atPath:))
    }
}
