import Foundation
import Testing

/// What a lesson or README shows as typed into a terminal and printed there is what really comes.
@Suite("What is shown of the terminal")
struct ConsoleTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("the lesson on the gate shows what its commands print", arguments: ["lessons/how-these-pages-are-held-true.md"])
    func lesson(_ file: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
        let course = try Course()
        var commands = 0
        for block in ShownBlock.all(in: text) {
            if let name = block.file { try course.write(block.text, to: name) }
            guard block.language == "console" else { continue }
            let steps = Transcript(block.text).steps
            commands += steps.count
            for step in steps {
                let printed = try course.typed(step.command)
                #expect(step.isAnswered(by: printed), "\(file):\(block.line): \(step.command)\n\(printed)")
            }
        }
        #expect(commands > 10)
    }
}

/// A fenced block of code that is shown, not run.
private struct ShownBlock {
    var language: String
    /// What the block stands in, where that is told behind the language.
    var file: String?
    var text = ""
    var line: Int

    /// Those whose fence stands at the beginning of a line.
    static func all(in lesson: String) -> [ShownBlock] {
        var blocks: [ShownBlock] = []
        var fence: Substring?
        for (index, line) in lesson.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let ticks = line.prefix { $0 == "`" }
            if let open = fence {
                if line == open { fence = nil } else { blocks[blocks.count - 1].text += line + "\n" }
            } else if ticks.count >= 3 {
                fence = ticks
                let info = line.dropFirst(ticks.count).split(separator: " ").map(String.init)
                blocks.append(ShownBlock(language: info.first ?? "", file: info.dropFirst().first, line: index + 1))
            }
        }
        return blocks
    }
}

/// Commands behind `$`, each above what it prints.
private struct Transcript {
    struct Step {
        var command: String
        var answer: [Substring] = []

        func isAnswered(by printed: String) -> Bool {
            let lines = printed.split(separator: "\n")
            return lines.count == answer.count && zip(lines, answer).allSatisfy { isShown($0, as: $1) }
        }

        /// An ellipsis stands for what is another text every time.
        private func isShown(_ line: Substring, as shown: Substring) -> Bool {
            let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
            guard parts.count > 1, line.hasPrefix(parts[0]), line.hasSuffix(parts[parts.count - 1]) else { return line == shown }
            var rest = line.dropFirst(parts[0].count)
            return parts.dropFirst().allSatisfy { part in
                guard !part.isEmpty else { return true }
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
                return true
            }
        }
    }

    private(set) var steps: [Step] = []

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if !steps.isEmpty {
                steps[steps.count - 1].answer.append(line)
            }
        }
    }
}
