import Foundation
import Testing

/// Everything that a teacher can get wrong is told at its place in Markdown, costs only that lesson, and leaves nothing behind.
@Suite("Faults of a lesson")
struct FaultTests {
    /// Builds the faulty lesson beside a sound one, over an old page of its own.
    private func expectFault(
        _ text: String, at place: String, saying words: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expectFault(Data(text.utf8), at: place, saying: words, sourceLocation: sourceLocation)
    }

    private func expectFault(
        _ data: Data, at place: String, saying words: [String], beside sound: String = cell("print(6 * 7)"),
        arguments: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let course = try Course(["02-sound.md": sound])
        try course.write(data, to: "lessons/01-x.md")
        try course.write("the old page", to: "output/x.html")
        let outcome = try course.unroll("build", "--quiet", arguments: arguments)
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        #expect(outcome.errors.contains("lessons/01-x.md:\(place):"), "\(outcome.errors)", sourceLocation: sourceLocation)
        for word in words {
            #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
        #expect(course.text("output/x.html") == "the old page", sourceLocation: sourceLocation)
        #expect(course.text("output/sound.html")?.contains("42") == true, sourceLocation: sourceLocation)
        #expect(course.temporaryFiles.isEmpty, "\(course.temporaryFiles)", sourceLocation: sourceLocation)
    }

    @Test("a compile error in a cell")
    func compileError() throws {
        try expectFault(cell("let a = 1\nlet b: String = a"), at: "6:17", saying: "cannot convert value of type 'Int'")
    }

    @Test("PyTorch's spelling of a loss, of an attention's options and of masks: the message has the one of here")
    func otherSpellings() throws {
        let attention = "let m = MultiheadAttention(embedDim: 4, numHeads: 2)\nlet q = Tensor.ones(3, 4), one = Tensor.ones(3, 3)\n"
        try expectFault(
            cell(
                attention + """
                    let a = nn.CrossEntropyLoss()
                    let b = CrossEntropyLoss(ignoreIndex: 1, reduction: .sum)
                    let c = MSELoss()
                    let d = MultiheadAttention(embedDim: 4, numHeads: 2, kdim: 3, vdim: 5)
                    let e = m(q, q, q, attentionMask: one)
                    let f = m(q, q, q, needWeights: false, attnMask: one)
                    show(attention: m(q, q, q).weights)
                    """),
            at: "7:12", saying: "8:9: error: 'CrossEntropyLoss", "a loss is a function: crossEntropy(logits, labels",
            "9:9: error", "a loss is a function: meanSquaredError(prediction, target)",
            "addZeroAttention:keyDim:valueDim:batchFirst:)'",
            ".excluding(mask) of 1 where a query may not look, .adding(mask)", "the weights are always given",
            "show(attention: attention.trace(q, k, v)); of weights alone: show(heatmap: weights)")
    }

    @Test("a compile error in an inline value")
    func inlineCompileError() throws {
        try expectFault(lesson("The shape is `{swift} missing.shape`."), at: "4:23", saying: "cannot find 'missing' in scope")
    }

    @Test("a compile error in a cell inside a list inside a block quote")
    func nestedCompileError() throws {
        try expectFault(lesson("> - item\n>\n>   ```{swift}\n>   let x = nope\n>   ```"), at: "7:13", saying: "cannot find 'nope'")
    }

    @Test("all compile errors are told in one run")
    func allCompileErrors() throws {
        let course = try Course([
            "01-x.md": lesson(
                "```{swift}\nlet a: Int = \"one\"\n```\n\nand `{swift} two` and\n\n```{swift}\nlet c = three\n```")
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("lessons/01-x.md:5:14: error:"))
        #expect(outcome.errors.contains("lessons/01-x.md:8:14: error:"))
        #expect(outcome.errors.contains("lessons/01-x.md:11:9: error:"))
    }

    @Test("an unclosed brace is told in its own cell")
    func unclosedBrace() throws {
        try expectFault(
            lesson("```{swift}\nfunc f() {\n  print(1)\n```\n\n```{swift}\nlet a = 1\n```"), at: "5:10", saying: "expected '}'")
    }

    @Test("an index out of range")
    func indexOutOfRange() throws {
        try expectFault(cell("let a = [1, 2]\nlet i = 2\nprint(a[i])"), at: "7:8", saying: "Index out of range")
    }

    @Test("a nil that is unwrapped, at the line of the function that does it")
    func nilUnwrapped() throws {
        try expectFault(
            cell("func f(_ s: String) -> Int {\n  Int(s)!\n}\nprint(f(\"x\"))"), at: "6:9", saying: "Unexpectedly found nil")
    }

    @Test("an error that is thrown and not caught")
    func thrown() throws {
        try expectFault(cell("struct Broken: Error {}\nthrow Broken()"), at: "6:1", saying: "uncaught error: Broken()")
    }

    @Test("a shape mismatch names the layer, what it expected and what it got")
    func shapeMismatch() throws {
        try expectFault(
            cell(
                "let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)\nlet s = Tensor.zeros(2, 3, 6)\n_ = lstm(Tensor.zeros(3, 5, 5), (s, s))"
            ),
            at: "7:9", saying: "LSTM(5, 6, num_layers=2)", "(2, 5, 6)", "(2, 3, 6)")
    }

    @Test(
        "a mistake in a cell's equations, at its place in the text of the equations",
        arguments: [
            ("h_t = tanh(W x_t + U g_{t-1})", "7:30", "g_{t-1} is not known", "hint: "),
            ("h_t = tanh(W x_t + W h_{t-1})", "7:28", "the parameter W stands in two places", "shared: [\"W\"]"),
            ("h_t = tanh(W x_t + U h_{t-1}", "7:19", "never closed", "hint: "),
        ])
    func equations(equation: String, place: String, words: String, hint: String) throws {
        try expectFault(
            cell("let cell = CellDefinition(\n    \"mine\", \"\"\"\n        \(equation)\n        \"\"\")"), at: place,
            saying: words, hint)
        // The same in one line, with an equation before it.
        try expectFault(
            cell("_ = 1\nlet c = CellDefinition(\"c\", \"\"\"\n  m_t = tanh(V x_t)\n  \(equation)\n  \"\"\")"),
            at: "8:" + String(Int(place.dropFirst(2))! - 6), saying: words)
    }

    @Test(
        "an endless loop, and one that does nothing at all", arguments: ["func spin() { while true {} }\nspin()", "while true {}"])
    func endlessLoop(code: String) throws {
        // The lesson beside it has no program, so that the second does not count for it.
        try expectFault(
            Data(cell(code).utf8), at: "5", saying: ["still running after 1 s", "--time-limit"], beside: lesson("Always 42."),
            arguments: ["--time-limit", "1"])
    }

    @Test("an endless recursion, at the function for which there is no stack left")
    func endlessRecursion() throws {
        try expectFault(
            cell("func depth(_ n: Int) -> Int {\n  depth(n + 1) + 1\n}\nprint(depth(0))"), at: "5",
            saying: "bad memory access, as of an endless recursion")
    }

    @Test("endless output")
    func endlessOutput() throws {
        try expectFault(cell("while true {\n  print(\"again and again\")\n}"), at: "6:3", saying: "more than 64 MB")
    }

    @Test("endless memory")
    func endlessMemory() throws {
        try expectFault(
            cell("var all: [[Double]] = []\nwhile true {\n  all.append(Array(repeating: 1, count: 20_000_000))\n}"),
            at: "7:14", saying: "more memory than the 4 GB")
    }

    @Test("an overflow, which no message explains, at its own line")
    func overflow() throws {
        try expectFault(
            cell("var x = Int.max\nfor i in 0..<2 {\n  x += i\n}\nprint(UInt8(300 + x % 2))"), at: "7:5", saying: "overflow")
    }

    @Test("an exclusive access that is not, without the addresses that change in every run")
    func overlappingAccess() throws {
        try expectFault(
            cell("var a = [1]\nfunc m(_ b: inout [Int], _ f: () -> Void) { f() }\nm(&a) {\n  a.append(2)\n}"),
            at: "8", saying: "error: Simultaneous accesses, but modification requires exclusive access.\n")
    }

    @Test(
        "a variable that is read above its declaration, where Swift gives zero",
        arguments: [
            ("print(late)", "let late = 3", "5:7"),
            ("func f() -> Int { late }\nprint(f())", "let late = 3", "5:19"),
            ("func f() async -> Int { 1 }\nprint(await f() + late)", "let (late, _) = (3, 4)", "6:19"),
        ])
    func earlyRead(cell: String, declaration: String, place: String) throws {
        try expectFault(
            lesson("```{swift}\n\(cell)\n```\n\n```{swift}\n\(declaration)\n```"), at: place,
            saying: "late is used before it has a value")
    }

    @Test(
        "a value in a sentence that prints, or that has none",
        arguments: [
            ("print(1)", "prints or shows"), ("{ print(1); return 2 }()", "prints or shows"),
            ("show(Tensor([1]), \"x\")", "prints or shows"), ("manualSeed(1)", "has no value"),
            ("max(1, 2", "expected ')'"), ("max(1, 2))", "error:"), ("// nothing", "missing argument"),
        ])
    func valueWithoutValue(expression: String, words: String) throws {
        try expectFault(lesson("A\n\nvalue: `{swift} \(expression)`."), at: "6", saying: words)
    }

    @Test(
        "a cell that an earlier one swallows",
        arguments: [
            "let s = \"\"\"\n```\n\n```{swift}\n\"\"\"", "#if DEBUG\n```\n\n```{swift}\n#endif",
            "func f() {\n```\n\n```{swift}\n}",
        ])
    func swallowedCell(code: String) throws {
        try expectFault(cell(code), at: "8:1", saying: "did not run once in its turn")
    }

    @Test("an inline value that a loop runs twice")
    func repeatedValue() throws {
        try expectFault(
            lesson("```{swift}\nfor i in 0..<2 {\n```\n\n`{swift} i`\n\n```{swift}\n}\n```"), at: "8:10",
            saying: "did not run once in its turn")
    }

    @Test("a lesson that removes its temporary folder itself")
    func removedFiles() throws {
        try expectFault(
            cell("import Foundation\ntry FileManager.default.removeItem(at: FileManager.default.temporaryDirectory)"),
            at: "6:25", saying: "error: this cell writes to", "a lesson may write only into its temporary folder")
    }

    @Test("an import inside a cell that must trap, with where to put it")
    func importInTrappingCell() throws {
        try expectFault(
            lesson("```{swift}\n//| error: true\nimport Foundation\nfatalError()\n```"), at: "6:1",
            saying: "only valid at file scope", "hint: what a cell with `error: true` declares")
    }

    @Test("a call of exit()")
    func exit() throws {
        try expectFault(cell("import Foundation\nprint(1)\nexit(0)"), at: "7:1", saying: "exit() ended")
    }

    @Test("a false claim")
    func falseClaim() throws {
        try expectFault(
            cell("claim(\"two is one\", 2.0, equals: 1, within: 0.5)"), at: "5:6", saying: "“two is one” does not hold",
            "0.5 was allowed")
    }

    @Test(
        "a false comparison tells both sides",
        arguments: [
            ("count, isAtLeast: 90", "was 87, at least 90 was claimed"),
            ("count, isGreaterThan: 87", "was 87, more than 87 was claimed"),
            ("count, isLessThan: 2", "was 87, less than 2 was claimed"),
            ("count, isAtMost: -1", "was 87, at most -1 was claimed"),
            ("count, equals: 3", "was 87, 3 was claimed"),
            ("count, differsFrom: 87", "was 87, anything but 87 was claimed"),
            ("count, equals: 3, within: 83", "the largest difference is 84.0; 83.0 was allowed"),
            ("Int.min, equals: .max, within: .max", "was -9223372036854775808, 9223372036854775807 was claimed"),
            ("0.5, isLessThan: 0.25", "was 0.5, less than 0.25 was claimed"),
            ("Double.nan, isAtMost: 1", "was nan, at most 1.0 was claimed"),
            ("Double.nan, equals: .nan, within: .infinity", "was nan, nan was claimed"),
            ("log(0.0), equals: .infinity, within: 1", "was -inf, inf was claimed"),
            ("t.shape, equals: [3, 2]", "was (2, 3), (3, 2) was claimed"),
            ("\"a\", equals: \"b\"", "was \"a\", \"b\" was claimed"),
        ])
    func falseComparison(claim: String, words: String) throws {
        try expectFault(
            cell("let count = 87, t = Tensor.zeros(2, 3)\n_ = t\nclaim(\"中\", \(claim))"), at: "7:6",
            saying: "“中” does not hold\n  note: ", words)
    }

    @Test(
        "a false comparison of tensors tells the first element that fails, and its place",
        arguments: [
            ("t, isLessThan: 1", "was 1.0 at [1, 0], less than 1.0 was claimed"),
            ("t, isAtMost: t - 1", "was 0.1 at [0, 0], at most -0.9 was claimed"),
            ("t, isGreaterThan: 0.1", "was 0.1 at [0, 0], more than 0.1 was claimed"),
            ("t[0], isAtLeast: 0.5", "was 0.1 at [0], at least 0.5 was claimed"),
            ("t, equals: t", "was nan at [1, 1], nan was claimed"),
            ("t[0], equals: 0.1, within: 0.25", "was 0.5 at [1], 0.1 was claimed\n  note: the largest difference is 0.8; 0.25"),
            ("t, equals: .zeros(2), within: 0.25", "was shape (2, 3), shape (2) was claimed"),
            ("t, isLessThan: .zeros(3, 2)", "was shape (2, 3), shape (3, 2) was claimed"),
            ("Tensor([1, 2]), differsFrom: Tensor([1, 2])", "was tensor([1., 2.]), anything but tensor([1., 2.]) was claimed"),
            ("Tensor(2), isLessThan: 2", "was 2.0, less than 2.0 was claimed"),
        ])
    func falseTensorComparison(claim: String, words: String) throws {
        try expectFault(
            cell("let t = Tensor([[0.1, 0.5, 0.9], [1, .nan, 3]])\n_ = t\nclaim(\"t\", \(claim))"), at: "7:6",
            saying: "“t” does not hold", words)
    }

    @Test("a false condition, with the way to be told its sides")
    func falseCondition() throws {
        try expectFault(cell("claim(\"many\", [87][0] >= 90)"), at: "5:6", saying: "“many” does not hold", "hint: ", "isAtLeast: b")
    }

    @Test(
        "lines of what has no place in a chart, in the words of a chart",
        arguments: [
            "[\"a\": words]", "[\"a\": [\"x\", \"y\"]]", "[\"a\": [1.0], \"b\": [\"x\"]]", "[\"a\": [true]]", "[\"a\": 3]",
            "[\"a\": [(1, \"x\")]]", "[\"a\": [1, nil]]", "[\"a\": words], at: [1, 2], x: \"epoch\", yScale: .logarithmic",
            "[\"a\": [1.0]], at: [\"x\"]", "[\"a\": { $0 * 2 }]",
        ])
    func wrongLines(lines: String) throws {
        try expectFault(
            cell("let words = [\"one\"]\n_ = words\nshow(lines: \(lines))"), at: "7:1",
            saying: "a line is an array of Double, Float, Int or one-element tensors, a tensor, or (x, y) pairs of such numbers")
    }

    @Test(
        "points and columns that are none, in the words of their charts",
        arguments: [
            ("scatter: [\"a\": [1.0]]", "points are (x, y) pairs of Double, Float, Int"),
            ("scatter: [\"a\": words]", "points are (x, y) pairs of Double, Float, Int"),
            ("table: [\"a\": 3]", "a column is an array of Double, Float, Int, one-element tensors, String or Bool"),
            ("table: [\"a\": [[1.0]]]", "a column is an array of Double, Float, Int, one-element tensors, String or Bool"),
            ("lines: [\"a\": [1.0]], bands: [\"a\": [1.0]]", "a band of it is two of them: bands: [\"loss\": (lower, upper)]"),
        ])
    func wrongData(data: String, words: String) throws {
        try expectFault(cell("let words = [\"one\"]\n_ = words\nshow(\(data))"), at: "7:1", saying: words)
    }

    @Test(
        "PyTorch's name of the learning rate, with Unroll's",
        arguments: [
            ("SGD", "has been renamed to 'init(_:learningRate:momentum:weightDecay:)'"),
            ("Adam", "has been renamed to 'init(_:learningRate:betas:epsilon:)'"),
        ])
    func learningRate(optimizer: String, words: String) throws {
        try expectFault(cell("_ = \(optimizer)(Linear(2, 3).parameters, lr: 0.1)"), at: "5:5", saying: words)
    }

    @Test("a cell that should trap and does not")
    func noTrap() throws {
        try expectFault(lesson("```{swift}\n//| error: true\nlet a = 1\n```"), at: "4:1", saying: "ran to its end")
    }

    @Test("a missing front matter")
    func noFrontMatter() throws {
        try expectFault("# Only a heading\n", at: "1:1", saying: "front matter")
    }

    @Test("a broken front matter")
    func brokenFrontMatter() throws {
        try expectFault("---\ntitle: \"unclosed\nsummary: x\n---\n", at: "2:8", saying: "YAML")
    }

    @Test("bytes that are not UTF-8")
    func notUTF8() throws {
        try expectFault(Data(Array("---\ntitle: x\n---\nok \u{4E2D}".utf8) + [0xFF, 0x0A]), at: "4:5", saying: ["UTF-8"])
    }

    @Test("an unknown cell option, with the nearest known one")
    func unknownOption() throws {
        try expectFault(lesson("```{swift}\n//| captoin: x\nlet a = 1\n```"), at: "5:5", saying: "captoin", "caption")
    }

    @Test("TeX that KaTeX cannot read")
    func brokenTeX() throws {
        try expectFault(lesson("So $\\frac{1}{2$ it is."), at: "4:15", saying: "TeX")
    }
}

@Suite("Faults of a folder")
struct FolderFaultTests {
    @Test("a folder without lessons")
    func noLessons() throws {
        let course = try Course()
        let outcome = try course.unroll("build")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("lessons: error: the lessons folder has no lesson\n  hint: write one: lessons/01-first.md"))
    }

    @Test("the folder around the lessons: its folder of them is meant")
    func folderAround() throws {
        let outcome = try Course(["01-x.md": cell("print(1)")]).unroll("build", ".")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("hint: its folder lessons may be meant: unroll build ./lessons"))
    }

    @Test("a lesson with a dot in its name that fails keeps its page")
    func dottedName() throws {
        let course = try Course(["01-v1.0.md": cell("print(1)"), "02-v1.md": cell("print(2)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write(cell("fatalError()"), to: "lessons/01-v1.0.md")
        #expect(try course.unroll("build", "--quiet").status == 1)
        #expect(course.exists("output/v1.0.html") && course.exists("output/v1.0.json") && course.exists("output/v1.0.swift"))
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/01-v1.0.md"))
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(!course.exists("output/v1.0.html") && course.exists("output/v1.html"))
    }

    @Test(
        "a site within the lessons, or nowhere, is wrong usage",
        arguments: [["build", "."], ["build", "--output", "lessons"], ["verify", "lessons", "--output", "lessons/site"]])
    func outputInLessons(arguments: [String]) throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        try course.write(cell("print(1)"), to: "01-y.md")
        let outcome = try course.unroll(arguments: arguments)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("lies in that of the lessons") && outcome.errors.contains("--output"))
        #expect(!course.exists("output") && !course.exists("lessons/x.html"))
        #expect(try course.unroll(arguments: ["build", "--output", ""]).status == 2)
    }

    @Test("where standard error is full, a build goes on, and its status tells the outcome")
    func fullStandardError() throws {
        let course = try Course(["01-x.md": cell("print(1)"), "02-y.md": cell("fatalError()")])
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "\(Course.program.path()) build 2>/dev/full"]
        shell.currentDirectoryURL = course.folder
        shell.environment = ProcessInfo.processInfo.environment.merging([
            "TMPDIR": course.folder.appending(path: "tmp").path(), "XDG_CACHE_HOME": course.folder.appending(path: "cache").path(),
        ]) { $1 }
        try shell.run()
        shell.waitUntilExit()
        #expect(shell.terminationReason == .exit && shell.terminationStatus == 1)
        #expect(course.exists("output/x.html") && course.temporaryFiles.isEmpty)
    }

    @Test("an attachment that leads out of the lessons is not published")
    func leadingOut() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        try course.write("secret", to: "secret.txt")
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "lessons/public.txt").path(), withDestinationPath: "../secret.txt")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/public.txt: error: is a link to what is no attachment"))
        #expect(!course.exists("output/public.txt") && course.exists("output/x.html"))
    }

    @Test("an output folder that cannot be written")
    func unwritableOutput() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        try course.write("a file", to: "output")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("output: error: the output folder cannot be written"))
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("two lessons that make the same page: the first is built")
    func samePage() throws {
        let course = try Course(["01-x.md": cell("print(1)"), "02-x.md": cell("print(2)"), "03-y.md": cell("print(3)")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/02-x.md: error: the page x.html is already made from lessons/01-x.md"))
        #expect(try course.data("x").cells[0].stdout == "1\n")
        #expect(try course.data("y").cells[0].stdout == "3\n")
    }

    @Test("two lessons of one number: the first is built")
    func sameNumber() throws {
        let course = try Course(["01-x.md": cell("print(1)"), "1-y.md": cell("print(2)")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/1-y.md: error: the number 1 is already that of lessons/01-x.md"))
        #expect(try course.data("x").cells[0].stdout == "1\n")
    }

    @Test("a name that no link can hold")
    func unusableName() throws {
        let course = try Course(["01-a#b.md": cell("print(1)"), "02-y.md": cell("print(3)")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("lessons/01-a#b.md: error: the file's name does not make the name of a page"))
        #expect(course.exists("output/y.html"))
    }

    @Test("a folder or a broken link that is called as a lesson is told with the system's reason")
    func unreadableLessons() throws {
        let course = try Course(["lessons.md/x.txt": "", "02-y.md": cell("print(3)")])
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "lessons/03-z.md").path(), withDestinationPath: "nowhere")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("lessons/03-z.md: error: the lesson cannot be read: No such file or directory"))
        #expect(outcome.errors.contains("lessons/lessons.md: error: the lesson cannot be read: Is a directory"))
        #expect(course.exists("output/y.html"))
    }

    @Test("a device or a pipe that is called as a lesson is told, and not read without end", arguments: ["build", "run"])
    func endlessLesson(command: String) throws {
        let course = try Course()
        let folder = course.folder.appending(path: "lessons").path()
        try FileManager.default.createSymbolicLink(atPath: folder + "/01-x.md", withDestinationPath: "/dev/zero")
        #expect(mkfifo(folder + "/02-y.md", 0o600) == 0)
        let words = command == "build" ? [["build", "--quiet"]] : [["run", "lessons/01-x.md"], ["run", "lessons/02-y.md"]]
        let outcomes = try words.map { try course.unroll(arguments: $0) }
        #expect(outcomes.allSatisfy { $0.status == 1 })
        for name in ["01-x.md", "02-y.md"] {
            let told = "lessons/\(name): error: the lesson cannot be read: it is neither a file nor a folder"
            #expect(outcomes.contains { $0.errors.contains(told) })
        }
    }

    @Test("an attachment where the site has a file of its own, and a lesson in a folder further down")
    func misplacedFiles() throws {
        let course = try Course([
            "01-x.md": cell("print(1)"), "x.html": "mine", "assets/a.png": "mine", "more/02-y.md": cell("print(2)"),
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("lessons/x.html: error: the site has a file of its own at x.html"))
        #expect(outcome.errors.contains("lessons/assets/a.png: error:"))
        #expect(outcome.errors.contains("lessons/more/02-y.md: warning: is not built"))
        #expect(course.text("output/x.html")?.contains("<pre") == true)
    }

    @Test("a machine without the Swift compiler says in one line what to install")
    func noCompiler() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let outcome = try course.unroll("build", "--quiet", environment: ["PATH": "/nonexistent"])
        #expect(outcome.status == 70)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.errors.contains("install Swift"))
    }

    @Test("a compiler that does not take its own program back is told in one line, as no fault of the lesson")
    func failingCompiler() throws {
        let course = try Course(["01-x.md": cell("let a = 1\nprint(a)")])
        let compiler = try #require(Course.folder(of: "swiftc")) + "/swiftc"
        try course.write(
            "#!/bin/sh\ncase \"$*\" in *checked.ll*) echo 'error: broken'; exit 1;; esac\nexec \(compiler) \"$@\"\n",
            to: "bin/swiftc")
        let folder = course.folder.appending(path: "bin").path()
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/swiftc")
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let outcome = try course.unroll("build", "--quiet", environment: ["PATH": folder + ":" + path])
        #expect(outcome.status == 70)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.errors.contains("lessons/01-x.md: checked.ll does not compile: error: broken (a fault of Unroll"))
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("a machine without node says in one line what to install")
    func noNode() throws {
        let course = try Course(["01-x.md": lesson("$x$")])
        let swiftc = try #require(Course.folder(of: "swiftc"))
        let outcome = try course.unroll("build", "--quiet", environment: ["PATH": swiftc])
        #expect(outcome.status == 70)
        #expect(outcome.errors.split(separator: "\n").count == 1)
        #expect(outcome.errors.contains("apt-get install nodejs libjs-katex"))
    }

    @Test(
        "what the commands do not understand is wrong usage, told with the usage",
        arguments: [
            ["build", "--nope"], ["build", "--jobs", "0"], ["build", "--time-limit", "1e300"], ["build", "--time-limit", "nan"],
            ["build", "a", "b"], ["verify", "--format", "xml"], ["run"], ["nope"],
        ])
    func wrongUsage(words: [String]) throws {
        let outcome = try Course().unroll(arguments: words)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("Usage: unroll"))
    }
}
