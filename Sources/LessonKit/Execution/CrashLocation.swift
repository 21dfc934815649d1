import Exhibits
import Foundation

/// Finds the line of the lesson in the frames that its process wrote when it stopped, or when it was refused something.
struct CrashLocation {
    /// One a line, the innermost first; above them may stand the signal that stopped it.
    let frames: Substring
    let program: Program
    let lesson: Lesson

    init(standardError: String, program: Program, lesson: Lesson) {
        self.init(frames: Self.frames(in: standardError), program: program, lesson: lesson)
    }

    init(frames: Substring, program: Program, lesson: Lesson) {
        (self.frames, self.program, self.lesson) = (frames, program, lesson)
    }

    /// The frames that stand in the lesson and the code that it uses, the innermost first; for an uncaught error, those of its
    /// `throw`.
    func find(in executable: URL, toolchain: Toolchain, scratch: URL) async throws -> [SourcePlace] {
        let addresses = lessonAddresses(in: frames, of: executable)
        guard !addresses.isEmpty else { return [] }
        let output = scratch.appending(path: "symbols-\(UUID().uuidString)")
        _ = try await ChildProcess(
            executable: toolchain.symbolizer,
            arguments: ["--obj=\(executable.filePath)", "--functions=none", "--skip-line-zero"] + addresses,
            standardOutput: output, standardError: scratch.appending(path: "symbols-stderr")
        ).run(timeLimit: .seconds(30))
        let lines = String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n")
        return lines.compactMap(place)
    }

    private static func frames(in standardError: String) -> Substring {
        if standardError.contains("Error raised at top level"),
            let thrown = standardError.firstRange(of: CrashReport.throwMarker)
        {
            return standardError[thrown.upperBound...]
        }
        guard let start = standardError.firstRange(of: CrashReport.marker)?.upperBound else { return "" }
        let rest = standardError[start...]
        return rest[..<(rest.firstRange(of: CrashReport.throwMarker)?.lowerBound ?? rest.endIndex)]
    }

    /// `…/lesson(+0x1c84)[0x55…]` → `0x1c83`: a frame holds the address to return to, one past the call,
    /// but for the one that a signal interrupted.
    private func lessonAddresses(in frames: Substring, of executable: URL) -> [String] {
        let start = executable.filePath + "(+0x"
        let frames = frames.split(separator: "\n")
        return frames.enumerated().compactMap { index, frame in
            guard frame.hasPrefix(start), let address = Int(frame.dropFirst(start.count).prefix { $0 != ")" }, radix: 16)
            else { return nil }
            return "0x" + String(index == interrupted(in: frames) ? address : address - 1, radix: 16)
        }
    }

    /// The frame that a signal interrupted: those of its handler, and the C library's that calls it, lie above.
    private func interrupted(in frames: [Substring]) -> Int? {
        guard let reason = frames.first, Int(reason) != nil else { return nil }
        return frames.dropFirst().firstIndex { !$0.contains("libExhibits.so") }.map { $0 + 1 }
    }

    /// `…/lessons/x.md:12:6`, when that is a line of the lesson.
    private func place(_ symbol: Substring) -> SourcePlace? {
        let parts = symbol.split(separator: ":")
        guard parts.count >= 2, let line = Int(parts[parts.count - 2]), line > 0,
            let column = Int(parts[parts.count - 1].prefix { $0.isNumber }),
            parts.dropLast(2).joined(separator: ":").hasSuffix(lesson.source)
        else { return nil }
        return program.place(line: line, byteColumn: column)
    }
}
