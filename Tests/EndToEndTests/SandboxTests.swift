import Foundation
import Testing

/// A lesson's inputs are its program, the files beside it and the system: what else it asks for is refused, and told at its line.
@Suite("What a lesson may touch")
struct SandboxTests {
    /// Runs a lesson of one cell, the first line of whose code is line 6, behind `import Foundation`.
    private func run(_ code: String, in course: Course? = nil, environment: [String: String] = [:]) throws -> Course.Outcome {
        let course = try course ?? Course()
        try course.write(cell("import Foundation\n" + code), to: "lessons/01-x.md")
        return try course.unroll("run", "lessons/01-x.md", environment: environment)
    }

    private func expect(_ outcome: Course.Outcome, prints lines: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.output == "lessons/01-x.md:4\n" + lines.map { $0 + "\n" }.joined() + "\n", sourceLocation: sourceLocation)
    }

    /// One problem a line of code, each with these words, and no other.
    private func expect(
        _ outcome: Course.Outcome, refuses problems: [(line: Int, words: String)], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(outcome.status == 1, sourceLocation: sourceLocation)
        let told = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("lessons/") }
        #expect(told.count == problems.count, "\(outcome.errors)", sourceLocation: sourceLocation)
        for (line, problem) in zip(told, problems) {
            #expect(line.hasPrefix("lessons/01-x.md:\(problem.line):"), "\(outcome.errors)", sourceLocation: sourceLocation)
            #expect(line.contains("error: this cell \(problem.words)"), "\(outcome.errors)", sourceLocation: sourceLocation)
        }
    }

    // MARK: Reading

    @Test("the files beside a lesson can be read, in folders further down, through links and by their whole path")
    func attachments() throws {
        let course = try Course()
        try course.write("one", to: "lessons/one.txt")
        try course.write("two", to: "lessons/data/deep/two.txt")
        try course.write("three", to: "lessons/mixed/three.txt")
        try course.write("a lesson", to: "lessons/mixed/unread.md")
        let lessons = course.folder.appending(path: "lessons")
        try FileManager.default.createSymbolicLink(
            at: lessons.appending(path: "link.txt"), withDestinationURL: lessons.appending(path: "one.txt"))
        try FileManager.default.createSymbolicLink(
            atPath: lessons.appending(path: "linked").path(), withDestinationPath: "data/deep")
        let outcome = try run(
            """
            func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
            let here = FileManager.default.currentDirectoryPath
            for path in ["one.txt", "data/deep/two.txt", "mixed/three.txt", "./link.txt", "linked/two.txt", here + "/one.txt"] {
              print(try text(path))
            }
            print(try FileManager.default.contentsOfDirectory(atPath: "data"))
            """, in: course)
        expect(outcome, prints: ["one", "two", "three", "one", "two", "one", "[\"deep\"]"])
    }

    @Test("the lessons folder may itself be a link")
    func linkedFolder() throws {
        let course = try Course()
        try course.write(
            cell("import Foundation\nprint(try String(contentsOfFile: \"a.txt\", encoding: .utf8))"), to: "elsewhere/01-x.md")
        try course.write("a", to: "elsewhere/a.txt")
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "course").path(), withDestinationPath: "elsewhere")
        #expect(try course.unroll("run", "course/01-x.md").output == "course/01-x.md:4\na\n\n")
    }

    @Test("what is read besides is told at its line, even where the lesson goes on without it")
    func otherFiles() throws {
        let course = try Course(["02-other.md": "# Other"])
        try course.write("secret", to: "secret.txt")
        try course.write("hidden", to: "lessons/.hidden")
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "lessons/out.txt").path(), withDestinationPath: "../secret.txt")
        let outcome = try run(
            """
            func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
            let texts: [String?] = [
              text("/etc/passwd"),
              text("02-other.md"),
              text("../secret.txt"),
              text(".hidden"),
              text("out.txt"),
              text("/proc/\\(getppid())/environ"),
              FileManager.default.homeDirectoryForCurrentUser.path,
            ]
            let file = fopen("/etc/group", "r")
            """, in: course)
        expect(
            outcome,
            refuses: [
                (6, "reads /etc/passwd, which is no input of the lesson"),
                (6, "reads 02-other.md, which is no input of the lesson"),
                (6, "reads ../secret.txt, which"), (6, "reads .hidden, which"), (6, "reads out.txt, which"), (6, "reads /proc/"),
                (14, "reads /etc/passwd, which"), (16, "reads /etc/group, which"),
            ])
    }

    @Test("an error of a refusal that nothing catches is told once, as the refusal")
    func uncaught() throws {
        let outcome = try run("let key = \"/etc/shadow\"\nprint(try String(contentsOfFile: key, encoding: .utf8))")
        expect(outcome, refuses: [(7, "reads /etc/shadow, which is no input of the lesson")])
        #expect(outcome.errors.contains("  hint: put the file beside the lessons, and name it by its path from there"))
    }

    @Test("a refusal on another thread is told at the cell that was running")
    func otherThread() throws {
        let outcome = try run(
            """
            import FoundationNetworking
            let url = URL(string: "http://127.0.0.1:9/")!
            let answer = try? await URLSession.shared.data(from: url)
            print(answer == nil)
            """)
        expect(outcome, refuses: [(5, "opens a network connection")])
    }

    @Test("a cell that must trap may ask for what is refused, and shows what came of it")
    func trapping() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                import Foundation
                ```

                ```{swift}
                //| error: true
                print(fopen("/etc/passwd", "r") == nil)
                fatalError("no passwords")
                ```
                """)
        ])
        let outcome = try course.unroll("run", "lessons/01-x.md")
        #expect(outcome.output == "lessons/01-x.md:8\ntrue\ntrapped: no passwords\n\n", "\(outcome.output)\(outcome.errors)")
    }

    // MARK: Writing

    @Test("a lesson writes, moves, copies and removes in its temporary folder, which goes with it")
    func temporaryFolder() throws {
        let course = try Course()
        try course.write("1,2", to: "lessons/data/a.csv")
        let outcome = try run(
            """
            let folder = FileManager.default.temporaryDirectory
            let file = folder.appending(path: "a/b.txt")
            try FileManager.default.createDirectory(at: folder.appending(path: "a"), withIntermediateDirectories: true)
            try "one".write(to: file, atomically: true, encoding: .utf8)
            try "two".write(to: file, atomically: false, encoding: .utf8)
            try Data("three".utf8).write(to: file, options: .atomic)
            try FileManager.default.moveItem(at: file, to: folder.appending(path: "c.txt"))
            try FileManager.default.copyItem(atPath: "data", toPath: folder.appending(path: "data").path)
            print(try String(contentsOf: folder.appending(path: "c.txt"), encoding: .utf8))
            print(try String(contentsOf: folder.appending(path: "data/a.csv"), encoding: .utf8))
            try FileManager.default.removeItem(at: folder.appending(path: "a"))
            print(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted())
            """, in: course)
        expect(outcome, prints: ["three", "1,2", "[\"c.txt\", \"data\"]"])
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("nothing else is written, made, moved or removed")
    func writing() throws {
        let course = try Course()
        try course.write("kept", to: "lessons/kept.txt")
        let outcome = try run(
            """
            try? "x".write(toFile: "new.txt", atomically: true, encoding: .utf8)
            try? "x".write(toFile: "kept.txt", atomically: false, encoding: .utf8)
            try? FileManager.default.createDirectory(atPath: "../made", withIntermediateDirectories: false)
            try? FileManager.default.removeItem(atPath: "kept.txt")
            rename("kept.txt", FileManager.default.temporaryDirectory.path + "/taken.txt")
            truncate("kept.txt", 0)
            symlink("/etc/passwd", "link.txt")
            _ = fopen("/tmp/unroll-was-here", "a")
            """, in: course)
        expect(
            outcome,
            refuses: [
                (6, "writes to "), (7, "writes to kept.txt"), (8, "writes to ../made"), (9, "writes to kept.txt"),
                (10, "writes to "),
                (11, "writes to kept.txt"), (12, "writes to link.txt"), (13, "writes to /tmp/unroll-was-here"),
            ])
        #expect(outcome.errors.contains("hint: a lesson may write only into its temporary folder"))
        #expect(course.text("lessons/kept.txt") == "kept")
        #expect(try FileManager.default.contentsOfDirectory(atPath: course.folder.appending(path: "lessons").path()).count == 2)
        #expect(!course.exists("made"))
    }

    @Test("files' rights and dates stay as they are")
    func attributes() throws {
        let course = try Course()
        try course.write("kept", to: "lessons/kept.txt")
        let file = course.folder.appending(path: "lessons/kept.txt").path()
        let before = try FileManager.default.attributesOfItem(atPath: file)
        _ = try run(
            """
            chmod("kept.txt", 0)
            let file = open("kept.txt", O_RDONLY)
            fchmod(file, 0)
            try? FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 0)], ofItemAtPath: "kept.txt")
            """, in: course)
        let after = try FileManager.default.attributesOfItem(atPath: file)
        #expect(after[.posixPermissions] as? Int == before[.posixPermissions] as? Int)
        #expect(after[.modificationDate] as? Date == before[.modificationDate] as? Date)
    }

    // MARK: The network and other processes

    @Test("there is no network: no TCP, no UDP, no service of this machine")
    func network() throws {
        let outcome = try run(
            """
            _ = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            _ = socket(AF_INET6, Int32(SOCK_DGRAM.rawValue), 0)
            _ = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var ends: [Int32] = [0, 0]
            _ = socketpair(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0, &ends)
            """)
        expect(
            outcome,
            refuses: [
                (6, "opens a network connection"), (7, "opens a network connection"), (8, "connects to another program"),
                (10, "connects to another program"),
            ])
    }

    @Test("no program is started and no process made, however it is asked for")
    func processes() throws {
        let outcome = try run(
            """
            let process = Process()
            process.executableURL = URL(filePath: "/bin/ls")
            try? process.run()
            var child: pid_t = 0
            posix_spawn(&child, "/bin/ls", nil, nil, [nil], [nil])
            system("ls")
            _ = popen("ls", "r")
            execv("/bin/ls", [nil])
            while fork() >= 0 {}
            """)
        expect(
            outcome,
            refuses: [
                (8, "starts a process"), (10, "starts the program /bin/ls"), (11, "starts the program ls"),
                (12, "starts the program ls"), (13, "starts the program /bin/ls"), (14, "starts a process"),
            ])
    }

    @Test("the kernel itself refuses a fork bomb that goes around the C library")
    func forkBomb() throws {
        let outcome = try run(
            """
            #if arch(x86_64)
            let clone = 56
            #else
            let clone = 220
            #endif
            typealias Call = @convention(c) (Int, Int, Int, Int, Int, Int) -> Int
            let call = unsafeBitCast(dlsym(nil, "syscall"), to: Call.self)
            print((0..<1000).count { _ in call(clone, Int(SIGCHLD), 0, 0, 0, 0) >= 0 })
            print(errno == EPERM)
            """)
        expect(outcome, prints: ["0", "true"])
    }

    @Test("other processes are neither signalled nor traced")
    func otherProcesses() throws {
        let outcome = try run(
            """
            kill(getppid(), SIGKILL)
            typealias Trace = @convention(c) (Int, Int, Int, Int) -> Int
            let trace = unsafeBitCast(dlsym(nil, "ptrace"), to: Trace.self)
            _ = trace(16, Int(getppid()), 0, 0)
            typealias ThreadKill = @convention(c) (pid_t, pid_t, Int32) -> Int32
            print(unsafeBitCast(dlsym(nil, "tgkill"), to: ThreadKill.self)(getppid(), getppid(), SIGKILL))
            """)
        expect(outcome, refuses: [(6, "sends a signal to another process"), (9, "reaches into another process")])
    }

    // MARK: Limits

    @Test("a file of its own may not grow without end")
    func fileSize() throws {
        let outcome = try run(
            """
            let path = FileManager.default.temporaryDirectory.path + "/large"
            let file = fopen(path, "w")
            let block = [UInt8](repeating: 0, count: 1 << 20)
            while true { fwrite(block, 1, block.count, file) }
            """)
        #expect(
            outcome.errors.hasPrefix("lessons/01-x.md:9:14: error: printed, showed or wrote more than 64 MB"), "\(outcome.errors)")
    }

    @Test("files cannot be opened without end")
    func openFiles() throws {
        let outcome = try run(
            "var count = 0\nwhile open(\"/dev/null\", O_RDONLY) >= 0 { count += 1 }\nprint(count < 256, errno == EMFILE)")
        expect(outcome, prints: ["true true"])
    }

    @Test("an endless lesson ends with `unroll`, even when that is killed, and so does its cell that must trap")
    func killed() throws {
        for options in ["", "//| error: true\n"] {
            let course = try Course(["01-x.md": lesson("```{swift}\n\(options)while true {}\n```")])
            let processes = options.isEmpty ? 1 : 2
            try course.unroll("run", "lessons/01-x.md", killedWhen: { $0.runningLessons == processes })
            for _ in 0..<500 where course.runningLessons > 0 { usleep(10_000) }
            #expect(course.runningLessons == 0)
        }
    }

    // MARK: What stays as it was

    @Test("a lesson sees a fixed environment, and nothing of that of `unroll`")
    func environment() throws {
        let outcome = try run(
            """
            let environment = ProcessInfo.processInfo.environment
            print(environment.keys.sorted().joined(separator: " "))
            print(environment["TZ"]!, environment["LC_ALL"]!, environment["TMPDIR"]! == FileManager.default.temporaryDirectory.path)
            """, environment: ["DEPLOY_TOKEN": "secret", "TZ": "Asia/Tokyo", "LD_BIND_NOW": "1"])
        expect(
            outcome,
            prints: [
                "LC_ALL MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_ SWIFT_BACKTRACE SWIFT_DETERMINISTIC_HASHING TMPDIR TZ",
                "UTC C.UTF-8 true",
            ])
    }

    @Test("Foundation's dates, time zones, numbers and texts work")
    func foundation() throws {
        let outcome = try run(
            """
            let day = Date(timeIntervalSince1970: 1_000_000_000)
            let german = DateFormatter()
            german.locale = Locale(identifier: "de_DE")
            german.timeZone = TimeZone(identifier: "Europe/Berlin")
            german.dateFormat = "EEEE, d. MMMM y, HH:mm zzz"
            print(german.string(from: day))
            print(day.formatted(.iso8601))
            print(1234567.891.formatted(.number.locale(Locale(identifier: "en_US"))))
            print(String(format: "%.3f", Double.pi))
            print(TimeZone.current.secondsFromGMT(), TimeZone.knownTimeZoneIdentifiers.count > 400)
            print(try JSONSerialization.jsonObject(with: Data("[1]".utf8)))
            print(Bundle.main.bundlePath.isEmpty, ProcessInfo.processInfo.processorCount > 0, UUID().uuidString.count)
            """)
        expect(
            outcome,
            prints: [
                "Sonntag, 9. September 2001, 03:46 MESZ", "2001-09-09T01:46:40Z", "1,234,567.891", "3.142", "0 true", "[1]",
                "false true 36",
            ])
    }

    @Test("tasks, threads and queues work")
    func concurrency() throws {
        let outcome = try run(
            """
            func square(_ n: Int) async -> Int {
              try? await Task.sleep(nanoseconds: 1000)
              return n * n
            }
            var sum = 0
            for round in 0..<20 {
              sum += await withTaskGroup(of: Int.self) { group in
                for n in 0..<10 { group.addTask { await square(n) } }
                return await group.reduce(0, +)
              }
            }
            print(sum)
            let done = DispatchSemaphore(value: 0)
            Thread { done.signal() }.start()
            DispatchQueue.global().async { done.signal() }
            done.wait()
            done.wait()
            """)
        expect(outcome, prints: ["5700"])
    }

    @Test("a dictionary prints in the same order in every run")
    func dictionaries() throws {
        let course = try Course()
        let code =
            "let words = \"the quick brown fox jumps over the lazy dog\".split(separator: \" \")\nprint(Set(words), [\"a\": 1, \"b\": 2, \"c\": 3])"
        let outputs = try (0..<3).map { _ in try run(code, in: course).output }
        #expect(Set(outputs).count == 1)
    }

    @Test("a program that is run by hand is not confined")
    func byHand() throws {
        let course = try Course()
        try course.write("outside", to: "outside.txt")
        try course.write(
            "import Exhibits\nimport Foundation\nprint(try String(contentsOfFile: \"outside.txt\", encoding: .utf8))\nsystem(\"echo started\")",
            to: "hand.swift")
        let outcome = try course.compileAndRun("hand.swift")
        #expect(outcome.output.split(separator: "\n").sorted() == ["outside", "started"], "\(outcome.errors)")
    }

    @Test("an unknown word for --sandbox is wrong usage")
    func usage() throws {
        let outcome = try Course(["01-x.md": cell("print(1)")]).unroll("build", "--sandbox", "off")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("'preferred' and 'required'"), "\(outcome.errors)")
    }

    @Test("where the kernel confines lessons, confinement may be required")
    func required() throws {
        let course = try Course(["01-x.md": cell("print(6 * 7)")])
        let outcome = try course.unroll("build", "--quiet", "--sandbox", "required")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    }
}
