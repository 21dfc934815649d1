import Foundation
import Testing

@Suite("Chance")
struct ChanceTests {
    /// How many processors the process may run on: Foundation's own count reads what no lesson may.
    private static let processors = """
        @_silgen_name("sched_getaffinity") func affinity(_: Int32, _: Int, _: UnsafeMutablePointer<UInt64>) -> Int32
        var set = [UInt64](repeating: 0, count: 16)
        _ = affinity(0, 128, &set)
        let processors = set.map { $0.nonzeroBitCount }.reduce(0, +)

        """

    @Test(
        "a value that differs from run to run is told so at its cell, and not as a stale page",
        arguments: [
            "print(Double.random(in: 0..<1))",
            "show(Tensor([1, Double.random(in: 0..<1)]), \"t\")",
            "print([1, 2, 3, 4, 5, 6, 7, 8, 9].shuffled())",
            "import Foundation\nprint(ProcessInfo.processInfo.processIdentifier)",
            "import Foundation\nprint(Date.now.timeIntervalSince1970)",
            "import Foundation\nprint(FileManager.default.temporaryDirectory.path)",
            processors + "print(processors)",
            "print(UnsafeMutablePointer<Int>.allocate(capacity: 3)[2])",
            "final class Node {}\nprint(ObjectIdentifier(Node()).hashValue)",
        ])
    func told(_ code: String) throws {
        let course = try Course(["01-x.md": cell(code)])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("lessons/01-x.md:4:1: error: cell 1, "))
        #expect(outcome.output.contains(" differs from run to run: "))
        #expect(!outcome.output.contains(": was "))
        #expect(outcome.output.contains("manualSeed"))
    }

    @Test("a value that is beside what is of chance is told as stale where it is")
    func beside() throws {
        let course = try Course(["01-x.md": cell("print(Double.random(in: 0..<1))\nprint(1)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write(cell("print(Double.random(in: 0..<1))\nprint(2)"), to: "lessons/01-x.md")
        let lines = try course.unroll("verify", "--quiet").output.split(separator: "\n")
        #expect(lines.count { $0.contains("differs from run to run") && $0.contains("printed line 1") } == 1)
        #expect(lines.count { $0.contains("printed line 2: was 1, is 2") } == 1)
    }

    @Test("of many values the largest differences are told, and how many more there are")
    func many() throws {
        let course = try Course(["01-x.md": cell("show(Tensor((0..<50).map { _ in Double.random(in: 0..<1) }), \"t\")")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let lines = try course.unroll("verify", "--quiet").output.split(separator: "\n")
        #expect(lines.count == 12)
        #expect(lines.count { $0.hasPrefix("  note: ") } == 10)
        #expect(lines[10] == "  note: 40 more")
    }

    @Test("a lesson that fails in one of two runs is told to")
    func failure() throws {
        let course = try Course(["01-x.md": cell(Self.processors + "claim(\"many\", processors, isGreaterThan: 1)")])
        try #require(ProcessInfo.processInfo.activeProcessorCount > 1, "this machine has one processor")
        #expect(try course.unroll("build", "--quiet").status == 0)
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("lessons/01-x.md:9:6: error: in one of two runs only: the claim “many” does not hold"))
    }

    @Test("what is seeded, and the order of what is hashed, is the same in every run")
    func seeded() throws {
        let code = """
            manualSeed(3)
            show(Tensor.randn(4), "t")
            print(Set((0..<50).map { "\\($0)" }), ["a": 1, "b": 2, "c": 3, "d": 4])
            let gru = GRU(inputSize: 16, hiddenSize: 64)
            show(gru(Tensor.randn(20, 8, 16)).output.sum(), "sum")
            """
        let course = try Course(["01-x.md": cell(code), "02-y.md": cell("print(\"y\")"), "03-z.md": cell("print(\"z\")")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 0, "\(outcome.output)")
    }
}
