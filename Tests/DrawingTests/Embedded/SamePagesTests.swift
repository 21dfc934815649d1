import Drawing
import Foundation
import Recurrent
import Samples
import Testing

/// Pages will draw exhibits in the reader's browser, with these very modules: what they draw there must be what is published.
@Suite("The same markup in a browser")
struct SamePagesTests {
    @Test("Embedded Swift compiles the modules, and as WebAssembly they draw every kind of exhibit to the byte as here")
    func webAssembly() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../SamePages").standardizedFileURL
        let module = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).wasm")
        defer { try? FileManager.default.removeItem(at: module) }
        try run(folder.appending(path: "build"), [module.path()])
        let lines = try run(URL(filePath: "/usr/bin/env"), ["node", folder.appending(path: "run.mjs").path(), module.path()])
        let drawn = try lines.split(separator: "\n").map { try JSONDecoder().decode(Drawing.self, from: Data($0.utf8)) }

        var expected: [Drawing] = []
        Generator.$current.withValue(Generator(seed: 0)) {
            drawEveryKind { expected.append(Drawing(name: $0, markup: $1)) }
        }
        #expect(drawn.map(\.name) == expected.map(\.name))
        for (drawn, expected) in zip(drawn, expected) where drawn.markup != expected.markup {
            let (line, wanted) = zip(drawn.lines, expected.lines).first { $0 != $1 } ?? ("", "")
            Issue.record("\(drawn.name): \(line) instead of \(wanted)")
        }
    }

    @Test("every kind is among what is drawn, and no formula of it stays TeX")
    func everyKind() {
        var names: Set<String> = []
        drawEveryKind { name, markup in
            names.insert(String(name.split(separator: " ")[2]))
            #expect(!markup.contains("class=\"tex\""), "\(name)")
        }
        #expect(names == Set(ExhibitKind.all.map(\.name)))
    }

    private struct Drawing: Decodable {
        var name: String
        var markup: String

        var lines: [Substring] { markup.split(separator: "\n", omittingEmptySubsequences: false) }
    }
}
