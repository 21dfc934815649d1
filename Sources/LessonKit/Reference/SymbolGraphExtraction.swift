import Foundation

extension SymbolGraph {
    /// Files that tell the graph of the libraries that lessons are built against, as the compiler left them beside `unroll`.
    ///
    /// - Throws: `MissingTool` where the toolchain has no extractor, and a `Problem` where it fails.
    package static func files(of modules: [String], _ toolchain: Toolchain, options: [String] = []) async throws -> [Data] {
        guard let extractor = Tool("swift-symbolgraph-extract") else {
            throw MissingTool("swift-symbolgraph-extract, which comes with Swift,", remedy: "install Swift's whole toolchain")
        }
        return try await withTemporaryFolder { folder in
            let target = try await target(toolchain)
            let graphs = folder.appending(path: "graphs")
            let moduleCache = toolchain.moduleCache ?? folder.appending(path: "modules").filePath
            try FileManager.default.createDirectory(at: graphs, withIntermediateDirectories: true)
            for module in modules {
                let result = try await extractor.run(
                    [
                        "-module-name", module, "-I", toolchain.libraries + "/Modules", "-target", target,
                        "-minimum-access-level", "public", "-output-dir", graphs.filePath, "-module-cache-path", moduleCache,
                    ] + options,
                    processorTime: 120)
                guard case .exited(0) = result.status else {
                    throw Problem(.error, "swift-symbolgraph-extract failed on \(module)", notes: [result.messages])
                }
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: graphs.filePath).sorted()
            return try names.map { try Data(contentsOf: graphs.appending(path: $0)) }
        }
    }

    /// The machine that the compiler compiles for, as its modules are named.
    private static func target(_ toolchain: Toolchain) async throws -> String {
        struct Info: Decodable {
            struct Target: Decodable { var unversionedTriple: String }
            var target: Target
        }
        // Without the driver, which leaves a temporary folder behind.
        let result = try await Tool(path: toolchain.swiftc).run(["-frontend", "-print-target-info"], processorTime: 60)
        return try JSONDecoder().decode(Info.self, from: Data(result.output.utf8)).target.unversionedTriple
    }
}
