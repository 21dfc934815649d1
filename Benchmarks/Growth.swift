/// Builds sites of n, 2n and 4n of the same thing and tells how much longer the double takes; fails where it is not linear.
///
/// Takes the program `unroll` as its argument, and prints medians of five of the processor time that it spends itself, or the
/// compiler for it. Not the kernel's part: how long a file system needs for a new file depends on what it has deleted.
import Foundation

@main
struct Growth {
    /// What is built, and how many of it at first.
    struct Case {
        var name: String
        var count: Int
        /// The files of a lessons folder, by their names.
        var lessons: (Int) -> [String: String]

        init(_ name: String, _ count: Int, lessons: @escaping (Int) -> [String: String]) {
            (self.name, self.count, self.lessons) = (name, count, lessons)
        }

        /// One lesson, the body of which repeats a text; `№` in it is the number of the repetition.
        init(_ name: String, _ count: Int, before: String = "", repeating text: String, after: String = "") {
            self.init(name, count) { count in
                let parts = (0..<count).map { text.replacingOccurrences(of: "№", with: "\($0)") }
                return ["01-x.md": lesson(before + parts.joined() + after)]
            }
        }
    }

    /// A time doubles with what it is of, and a little more for memory that is further away.
    static let largestRatio = 2.5

    static let cases = [
        Case("small pages", 500) { count in
            Dictionary(uniqueKeysWithValues: (1...count).map { ("\($0)-page-\($0).md", lesson("Text.\n")) })
        },
        Case("paragraphs", 10_000, repeating: "Some words, *emphasised*, and `code`.\n\n"),
        Case("words of one line", 2000, repeating: "ä word *b* `c` $x$ ", after: "\n"),
        Case("entities", 50_000, repeating: "&amp;"),
        Case("headings", 10_000, repeating: "## The same words\n\n"),
        Case("labelled equations", 2000, repeating: "$$\nx\n$$ {#eq-e№}\n\nSee @eq-e№.\n\n"),
        Case("formulas torn in quotes", 4000, repeating: "> $$\n> - a\n> $$\n>\n"),
        Case("tables and link definitions", 2000, repeating: "| a |\n|---|\n| [l№] |\n\n[l№]: https://example.org/№\n\n"),
        Case("rows of a table", 10_000, before: "| a | b |\n|---|---|\n", repeating: "| № | $x$ |\n"),
        Case("lines of shown Swift", 5000, before: "```swift\n", repeating: "let x№ = f(\"a\", №) // b\n", after: "```\n"),
        Case("values of one line", 250, repeating: "`{swift} 1` ", after: "\n"),
        Case("values, one a line", 250, repeating: "`{swift} 1`\n\n"),
        Case("printed lines", 100_000) { ["01-x.md": lesson("```{swift}\nfor i in 0..<\($0) { print(i) }\n```\n")] },
        Case("exhibits", 1000) { ["01-x.md": lesson("```{swift}\nfor i in 0..<\($0) { show(Tensor([Double(i)])) }\n```\n")] },
    ]

    static func lesson(_ body: String) -> String { "---\ntitle: A lesson\n---\n" + body }

    static func main() throws {
        let program = URL(filePath: CommandLine.arguments[1])
        var isMissed = false
        print("of                                n     time    ×2     ×4 / ×2   target")
        for item in cases {
            let times = try [1, 2, 4].map { try median(of: item.lessons(item.count * $0), program) }
            let ratios = [times[1] / times[0], times[2] / times[1]]
            let isOver = ratios.max()! > largestRatio
            isMissed = isMissed || isOver
            let name = item.name.padding(toLength: 28, withPad: " ", startingAt: 0)
            let columns = String(format: "%6d %7.2f s %6.2f %8.2f %9.1f", item.count, times[0], ratios[0], ratios[1], largestRatio)
            print(name + columns + (isOver ? "  missed" : ""))
            fflush(stdout)
        }
        exit(isMissed ? 1 : 0)
    }

    private static func median(of lessons: [String: String], _ program: URL) throws -> Double {
        let folder = FileManager.default.temporaryDirectory.appending(path: "growth-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "lessons"), withIntermediateDirectories: true)
        for (name, text) in lessons {
            try text.write(to: folder.appending(path: "lessons/\(name)"), atomically: false, encoding: .utf8)
        }
        return try (0..<5).map { _ in try time(program, in: folder) }.sorted()[2]
    }

    /// The time of one build, and of all that it starts, in seconds.
    private static func time(_ program: URL, in folder: URL) throws -> Double {
        let process = Process()
        process.executableURL = program
        process.arguments = ["build", "--quiet", "--no-cache", "--time-limit", "600"]
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": folder.path()]) { $1 }
        let start = timeOfChildren()
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { fatalError("unroll failed") }
        return timeOfChildren() - start
    }

    private static func timeOfChildren() -> Double {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN.rawValue, &usage)
        return Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
    }
}
