import Foundation
import Testing

/// A lesson of this repository, as it is written and as it is published.
struct WrittenLesson: CustomTestStringConvertible, Sendable {
    var slug: String
    var text: String
    /// The program and the data of its page.
    var program: String
    var data: String

    var testDescription: String { slug }

    var number: Int?
    /// The Chinese lesson, and the data of its page.
    var chinese = ""
    var chineseData = ""

    /// What the front matter lists under a key.
    func list(_ key: String) -> [String] {
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key + ": [") }) else { return [] }
        return line.dropFirst(key.count + 3).dropLast().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Without the marks of quotes.
    static func unquoted(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.replacing(/^(> ?)+/, with: "") }
            .joined(separator: "\n")
    }

    /// The code of each cell, with its options; those in quotes, too.
    var cells: [String] {
        Self.unquoted(text).matches(of: /```\{swift\}\n([\s\S]*?)\n```/).map { String($0.1) }
    }

    /// The shapes that its data tells, as lists or as text, and that its program makes tensors of: `2,3,6`.
    var shapes: Set<String> {
        Set((data + program).matches(of: /[\[(](\d+(?:,\s*\d+)*),?[\])]/).map { $0.1.filter { !$0.isWhitespace } })
    }

    /// Whether its program has this code, however its lines are broken.
    func runs(_ code: String) -> Bool {
        program.filter { !$0.isWhitespace }.contains(code.filter { !$0.isWhitespace })
    }
}

@Suite("The course")
struct CourseTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let lessons: [WrittenLesson] = {
        let folder = root.appending(path: "lessons")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        func text(_ path: String) -> String { (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? "" }
        return names.sorted().filter { $0.hasSuffix(".md") }.map { name in
            let digits = name.prefix { $0.isNumber }
            let slug = String(name.dropLast(3).drop { $0.isNumber }.drop { $0 == "-" && !digits.isEmpty })
            return WrittenLesson(
                slug: slug, text: text("lessons/" + name), program: text("output/\(slug).swift"), data: text("output/\(slug).json"),
                number: Int(digits), chinese: text("lessons/zh/" + name), chineseData: text("output/\(slug).zh.json"))
        }
    }()

    static let numbered = lessons.filter { $0.number != nil }

    /// A program of the articles: what it makes, and the shapes that it comes to.
    struct Programme: CustomTestStringConvertible, Sendable {
        var id: String
        var makes: [String]
        var shapes: [String]

        var testDescription: String { id }
    }

    private static let programmes = [
        Programme(
            id: "S0.1", makes: ["RNN(inputSize: 5, hiddenSize: 6, numLayers: 2"], shapes: ["1,3,5", "2,3,6", "1,3,6"]),
        Programme(
            id: "S0.2", makes: ["LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2"], shapes: ["1,3,5", "2,3,6", "1,3,6"]),
        Programme(
            id: "S0.3", makes: ["Attention(querySize: 32, keySize: 32, valueSize1: 32, valueSize2: 64, outputSize: 64)"],
            shapes: ["1,1,32", "1,32,64", "1,1,64", "1,32"]),
        Programme(id: "S1.1", makes: ["RNN(inputSize: 100, hiddenSize: 5)"], shapes: ["5,100"]),
        Programme(id: "S1.2", makes: ["RNN(inputSize: 100, hiddenSize: 20"], shapes: ["10,3,100", "1,3,20", "10,3,20"]),
        Programme(id: "S1.3", makes: ["RNN(inputSize: 100, hiddenSize: 20, numLayers: 2"], shapes: ["10,3,20", "2,3,20"]),
        Programme(id: "S1.4", makes: ["RNNCell(inputSize: 10, hiddenSize: 20)"], shapes: ["3,20"]),
        Programme(
            id: "S1.5", makes: ["RNNCell(inputSize: 40, hiddenSize: 30)", "RNNCell(inputSize: 30, hiddenSize: 20)"],
            shapes: ["3,30", "3,20"]),
        Programme(id: "S2.1", makes: ["LSTM(inputSize: 1, hiddenSize: 64", "Linear(64, 2)"], shapes: ["1,3,64", "3,5,1"]),
        Programme(id: "S3.1", makes: ["LSTM(inputSize: 5, hiddenSize: 6"], shapes: ["4,3,5", "4,3,6", "1,4,6"]),
        Programme(id: "S3.2", makes: ["GRU(inputSize: 5, hiddenSize: 6, numLayers: 2"], shapes: ["1,3,5", "1,3,6", "2,1,6"]),
        Programme(id: "S4.1", makes: ["RNN(inputSize: 5, hiddenSize: 6, numLayers: 2"], shapes: ["2,3,5", "2,3,6"]),
        Programme(id: "S4.2", makes: ["LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2"], shapes: ["3,5,5", "2,5,6", "3,5,6"]),
    ]

    @Test("every program of the articles runs in a lesson that cites the article, at its sizes", arguments: programmes)
    func runs(_ programme: Programme) {
        let article = String(programme.id.prefix { $0 != "." })
        let running = Self.lessons.filter { lesson in
            lesson.list("sources").contains(article) && lesson.text.contains("[@\(article)")
                && programme.makes.allSatisfy(lesson.runs) && lesson.shapes.isSuperset(of: programme.shapes)
        }
        #expect(!running.isEmpty, "no lesson runs \(programme.id)")
    }

    @Test("a lesson builds on earlier ones, and all but the first on some", arguments: numbered)
    func buildsOn(_ lesson: WrittenLesson) {
        let earlier = Self.numbered.filter { $0.number! < lesson.number! }.map(\.slug)
        let foundations = lesson.list("builds-on")
        #expect(foundations.allSatisfy(earlier.contains))
        #expect(lesson.number == 1 || !foundations.isEmpty)
    }

    @Test("a lesson asks before it computes, has exercises with solutions that run, sums up and reads on", arguments: numbered)
    func parts(_ lesson: WrittenLesson) {
        let text = lesson.text
        #expect(text.contains("**Predict"))
        let exercises = text.components(separatedBy: "> [!EXERCISE]").dropFirst(),
            solutions = text.components(separatedBy: "> [!SOLUTION]").dropFirst()
        #expect((3...6).contains(exercises.count), "\(exercises.count) exercises")
        #expect(exercises.count == solutions.count)
        for solution in solutions {
            let quoted = solution.split(separator: "\n", omittingEmptySubsequences: false).prefix {
                $0.isEmpty || $0.hasPrefix(">")
            }
            // What it says is claimed, or fails with a message.
            let isHeld = quoted.contains { $0.contains("claim(") || $0.contains("//| error: ") }
            #expect(isHeld && quoted.contains { $0.contains("```{swift}") }, "\(quoted.prefix(3))")
        }
        #expect(text.contains("\n## Summary") && text.contains("\n## Further reading"))
    }

    @Test("every cell has a name, by which another language's lesson takes it over", arguments: lessons)
    func labels(_ lesson: WrittenLesson) {
        for cell in lesson.cells { #expect(cell.contains("//| label: "), "\(cell.prefix(200))") }
    }

    @Test("cells keep to what runs in a reader's browser", arguments: numbered)
    func embeddable(_ lesson: WrittenLesson) {
        for cell in lesson.cells {
            #expect(!cell.contains("import Foundation") && !cell.contains("String(describing:") && !cell.contains("String(format:"))
            #expect(cell.firstMatch(of: /[\s(\[:]\\\.[a-z]/) == nil, "a key path: \(cell.prefix(200))")
            #expect(cell.firstMatch(of: /\bAny\b/) == nil, "Any: \(cell.prefix(200))")
        }
    }

    @Test("a cell that must fail says with which message", arguments: lessons)
    func failures(_ lesson: WrittenLesson) {
        for cell in lesson.cells { #expect(!cell.contains("//| error: true"), "\(cell.prefix(200))") }
    }

    @Test("the letters mean one thing each: ℒ is the loss, H the units, g the candidate", arguments: numbered)
    func letters(_ lesson: WrittenLesson) {
        let formulas = lesson.text.matches(of: /\$\$?[^$]+\$\$?/).map { String($0.0) }
        for formula in formulas {
            #expect(formula.firstMatch(of: /\\partial L\b/) == nil, "\(formula)")
        }
        #expect(lesson.slug == "lstm-gates" || !lesson.text.contains(#"\tilde c"#) && !lesson.text.contains(#"\tilde{c}"#))
    }
}
