import Foundation
import Recurrent
import Samples
import Testing

/// Everything in `Computations.swift`, computed here and elsewhere.
@Suite("The same bits everywhere")
struct SameBitsTests {
    @Test("threads that compute at the same time get the bits of one alone")
    func threads() async {
        let alone = Self.here
        await withTaskGroup { group in
            for _ in 0..<4 { group.addTask { Self.bits() } }
            for await bits in group { expectSame(bits, alone) }
        }
    }

    #if os(Linux)
    /// A CPU of fewer instructions, as the C library can be made to see this one, and the best variant that is left for it.
    static let lesserCPUs: [(tunables: String, instructions: InstructionSet)] = [
        ("", .best),
        ("glibc.cpu.hwcaps=-AVX512F", min(.avx2, .best)),
        ("glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F", .baseline),
    ]

    @Test("a CPU without AVX-512, and one without AVX2 and FMA, gets the same bits", arguments: lesserCPUs)
    func instructions(_ cpu: (tunables: String, instructions: InstructionSet)) throws {
        let program = try Self.native.get()
        let environment = ["GLIBC_TUNABLES": cpu.tunables]
        let variant = try run(program, ["instructions"], environment)
        #expect(variant == "\(cpu.instructions.rawValue)\n", "GLIBC_TUNABLES did not take effect")
        expectSame(try run(program, [], environment).split(separator: "\n").map(String.init), Self.here)
    }

    /// Built once for all CPUs.
    static let native = Result {
        let program = workFolder.appending(path: "native")
        try run(folder.appending(path: "build"), ["native", products.path(), program.path()])
        return program
    }
    #endif

    @Test("WebAssembly in node gets the same bits")
    func webAssembly() throws {
        let module = Self.workFolder.appending(path: "recurrent.wasm")
        try run(Self.folder.appending(path: "build"), ["module", module.path()])
        let output = try run(
            URL(filePath: "/usr/bin/env"), ["node", Self.folder.appending(path: "run.mjs").path(), module.path()]
        )
        expectSame(output.split(separator: "\n").map(String.init), Self.here)
    }
}

// MARK: - Bits

extension SameBitsTests {
    /// Computed once for all tests.
    static let here = bits()

    /// With a generator of its own, lest other tests draw from it in between.
    static func bits() -> [String] {
        Generator.$current.withValue(Generator(seed: 0)) {
            var lines: [String] = []
            computeEverything { name, values in
                for (index, value) in values.enumerated() { lines.append(line(name, index, value)) }
            }
            return lines
        }
    }
}

private func expectSame(_ bits: [String], _ expected: [String], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(expected.count > 10_000, sourceLocation: sourceLocation)
    #expect(bits.count == expected.count, sourceLocation: sourceLocation)
    if let (got, wanted) = zip(bits, expected).first(where: { $0 != $1 }) {
        Issue.record("the first difference is \(got) instead of \(wanted)", sourceLocation: sourceLocation)
    }
}

private func min(_ a: InstructionSet, _ b: InstructionSet) -> InstructionSet {
    a.rawValue < b.rawValue ? a : b
}

// MARK: - Programs

extension SameBitsTests {
    /// Tests/SameBits, with the sources of the programs.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "SameBits")

    /// The folder of this build, with the library beside the tests.
    static let products = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    /// A folder for what is built here.
    static let workFolder: URL = {
        let folder = products.appending(path: "SameBits")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }()
}
