import Foundation

/// Compiles a lesson's program into an executable that stops where it uses a variable before the variable has a value.
struct LessonCompiler {
    let toolchain: Toolchain
    let limits: Limits
    /// Where the program and all on the way to it are written; the program is called `lesson`.
    let folder: URL

    struct Outcome {
        var warnings: [Problem]
        /// What the compiler says of the names in the lesson's code.
        var names: [CodeName]
    }

    /// Swift → LLVM's text → the text with checks → object → program. Throws all of the compiler's errors.
    func compile(_ program: Program, of lesson: Lesson) async throws -> Outcome {
        let warnings = try await translate(program, lesson)
        try addChecks()
        try await assemble(lesson)
        try await link(lesson)
        return Outcome(
            warnings: warnings, names: CodeName.all(in: IndexStore(file("index"), of: "main.swift"), program, of: lesson))
    }

    private func file(_ name: String) -> URL { folder.appending(path: name) }

    // MARK: Steps

    private func translate(_ program: Program, _ lesson: Lesson) async throws -> [Problem] {
        try await checkShared(program, lesson)
        try Data(program.source.utf8).write(to: file("main.swift"))
        let (ending, messages) = try await swiftc(
            [
                "-emit-ir", "-g", "-Onone", "-swift-version", "5", "-module-name", "lesson",
                "-module-cache-path", toolchain.moduleCache ?? file("modules").filePath,
                "-I", toolchain.libraries + "/Modules", file("main.swift").filePath, "-o", file("lesson.ll").filePath,
            ] + IndexStore.arguments(folder: file("index")))
        let diagnostics = Diagnostics(messages, program: program, lesson: lesson).problems
        guard ending == .exited(0) else {
            if ending == .timedOut { throw tooSlow(lesson) }
            throw Problems(try await compileErrors(diagnostics, program, lesson, messages))
        }
        return diagnostics.filter { !($0.sourcePlace.map(lesson.isInTrappingCell) ?? false) }
    }

    /// In a program's main file the compiler would let statements stand between the declarations.
    private func checkShared(_ program: Program, _ lesson: Lesson) async throws {
        var errors: [Problem] = []
        for piece in program.pieces where piece.file != nil {
            errors += try await parse(piece, program, lesson).filter { $0.severity == .error }
        }
        guard errors.isEmpty else { throw Problems(errors.firstAtEachPlace) }
    }

    private func parse(_ piece: Program.Piece, _ program: Program, _ lesson: Lesson) async throws -> [Problem] {
        try Data(piece.text.utf8).write(to: file("main.swift"))
        let mode = piece.file == nil ? [] : ["-parse-as-library"]
        let (_, output) = try await swiftc(["-frontend", "-parse"] + mode + [file("main.swift").filePath])
        return Diagnostics(output, program: program, lesson: lesson).problems
    }

    private func addChecks() throws {
        let text = String(decoding: try Data(contentsOf: file("lesson.ll")), as: UTF8.self)
        try Data(InitialisationChecks.added(to: text).utf8).write(to: file("checked.ll"))
    }

    private func assemble(_ lesson: Lesson) async throws {
        let (ending, messages) = try await swiftc(["-frontend", "-c", file("checked.ll").filePath, "-o", file("lesson.o").filePath])
        if ending == .timedOut { throw tooSlow(lesson) }
        guard ending == .exited(0) else {
            throw InternalFault("\(lesson.path): checked.ll does not compile: \(messages.firstError)")
        }
    }

    /// What is missing then is a symbol that the lesson itself named.
    private func link(_ lesson: Lesson) async throws {
        let (ending, messages) = try await swiftc(
            [
                "-use-ld=lld", "-L", toolchain.libraries, "-lExhibits", "-Xlinker", "-rpath", "-Xlinker", toolchain.libraries,
                file("lesson.o").filePath, "-o", file("lesson").filePath,
            ])
        if ending == .timedOut { throw tooSlow(lesson) }
        guard ending == .exited(0) else { throw Problems([doesNotCompile(lesson, messages.firstError)]) }
    }

    // MARK: Errors

    /// The errors of the whole program, and those of each piece read alone: an unclosed brace is told
    /// in its own cell, not where the program ends.
    private func compileErrors(
        _ diagnostics: [Problem], _ program: Program, _ lesson: Lesson, _ messages: String
    ) async throws -> [Problem] {
        var syntax: [Problem] = []
        for piece in program.pieces { syntax += try await parse(piece, program, lesson) }
        // What is unclosed is missed once more at the end of the whole program, where the lesson has no code.
        let placed = (syntax + diagnostics).filter { $0.severity == .error && $0.sourcePlace.map(program.hasCode) == true }
        let errors = placed.firstAtEachPlace
        guard errors.isEmpty else { return errors }
        let first = diagnostics.first { $0.severity == .error }?.message ?? String(messages.prefix(1000))
        return [doesNotCompile(lesson, first)]
    }

    private func doesNotCompile(_ lesson: Lesson, _ reason: String) -> Problem {
        Problem(file: lesson.path, "the lesson's program does not compile: \(reason)")
    }

    private func tooSlow(_ lesson: Lesson) -> Problems {
        Problems([Problem(file: lesson.path, "the compiler did not finish within \(limits.compileTime.inWords)")])
    }

    private func swiftc(_ arguments: [String]) async throws -> (ChildProcess.Ending, String) {
        let messages = file("compiler-\(UUID().uuidString)")
        let ending = try await ChildProcess(
            executable: toolchain.swiftc,
            arguments: arguments + ["-diagnostic-style=llvm", "-no-color-diagnostics"],
            environment: [
                // Swift 6.3's driver crashes on a folder beyond ASCII.
                "TMPDIR": folder.filePath.allSatisfy(\.isASCII) ? folder.filePath : "/tmp",
                "SWIFT_BACKTRACE": "enable=no",
            ],
            standardOutput: messages, standardError: messages
        ).run(timeLimit: limits.compileTime)
        let text = messages.text
        guard !text.split(separator: "\n").contains(where: { $0.contains("error: ") && $0.contains("No space left on device") })
        else {
            throw MachineFault(
                "the compiler found no space to write its files",
                remedy: "make room in \(folder.deletingLastPathComponent().filePath) and \(CacheFolder.root.filePath)")
        }
        return (ending, text)
    }
}

extension [Problem] {
    /// In the order of the places.
    fileprivate var firstAtEachPlace: [Problem] {
        var seen: Set<SourcePlace?> = []
        return filter { seen.insert($0.sourcePlace).inserted }.inOrder
    }
}

extension String {
    /// The first line that tells an error itself, not that some command failed; or else the first of all.
    fileprivate var firstError: String {
        let lines = split(separator: "\n")
        let error = lines.first { $0.contains("error: ") && !$0.contains("command failed") }
        return String((error ?? lines.first ?? "no message").prefix(1000))
    }
}

extension Lesson {
    /// Unused results and values are what a cell that must trap is made of: no warning of them is worth telling.
    func isInTrappingCell(_ place: SourcePlace) -> Bool {
        place.file == path
            && cells.contains { cell in
                cell.options.error && cell.lines.contains { $0.position.line == place.position.line }
            }
    }
}
