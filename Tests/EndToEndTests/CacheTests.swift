import Foundation
import Testing

@Suite("What is kept between builds")
struct CacheTests {
    /// What `--explain` says of a course's only lesson, behind its name.
    private func explanation(
        _ course: Course, _ arguments: String..., environment: [String: String] = [:], by program: URL = Course.program
    ) throws -> String {
        let outcome = try course.unroll(
            "build", "--quiet", "--explain", arguments: arguments, environment: environment, by: program)
        #expect(outcome.errors.isEmpty)
        return outcome.output.replacing("lessons/01-x.md: ", with: "").replacing("\n", with: "")
    }

    private func entries(_ course: Course) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: course.folder.appending(path: "cache/unroll/recordings").path())
            .map { "cache/unroll/recordings/\($0)" }
    }

    @Test("a lesson runs again when its program changed, and is told where")
    func program() throws {
        let course = try Course()
        func text(_ first: String, _ second: String, before: String = "", option: String = "") -> String {
            lesson("\(before)\n```{swift}\n\(first)\n```\n\n```{swift}\n\(option)\(second)\n```\n\nSo `{swift} 1 + 1`.")
        }
        func explained(_ text: String) throws -> String {
            try course.write(text, to: "lessons/01-x.md")
            return try explanation(course)
        }
        #expect(try explained(text("print(1)", "print(2)")) == "ran: nothing is kept of it")
        #expect(try explained(text("print(1)", "print(2)")) == "unchanged")
        #expect(try explained(text("print(1)", "print(2)") + "\nAnother sentence.\n") == "unchanged")
        #expect(course.text("output/x.html")?.contains("Another sentence.") == true)
        #expect(try explained(text("print(1)", "print(3)")) == "ran: its program changed in line 9")
        #expect(try course.data("x").cells[1].stdout == "3\n")
        #expect(try explained(text("print(4)", "print(5)")) == "ran: its program changed in lines 5, 9")
        #expect(
            try explained(text("print(4)", "print(5)", before: "Prose.\n"))
                == "ran: its program stands in other lines, or an option of a cell changed")
        #expect(
            try explained(text("print(4)", "fatalError()", before: "Prose.\n", option: "//| error: true\n"))
                == "ran: its program changed in line 10")
        #expect(try explained(lesson("```{swift}\nprint(4)\n```")) == "ran: a part of its program was removed")
    }

    @Test("a lesson that fails is explained too, and runs until it holds")
    func failing() throws {
        let course = try Course(["01-x.md": cell("claim(\"no\", false)")])
        for _ in 0..<2 {
            let outcome = try course.unroll("build", "--quiet", "--explain")
            #expect(outcome.output == "lessons/01-x.md: failed: nothing is kept of it\n")
        }
    }

    @Test("`--no-cache` runs every lesson and replaces what was kept")
    func asked() throws {
        let course = try Course(["01-x.md": cell("import Foundation\nprint(UUID())")])
        #expect(try explanation(course) == "ran: nothing is kept of it")
        let first = try course.data("x").cells[0].stdout
        #expect(try explanation(course, "--no-cache") == "ran: every lesson is to")
        let second = try course.data("x").cells[0].stdout
        #expect(first != second)
        #expect(try explanation(course) == "unchanged")
        #expect(try course.data("x").cells[0].stdout == second)
    }

    @Test("a data file that is new, changed or gone runs the lessons again, and is named")
    func attachments() throws {
        let course = try Course([
            "01-x.md": cell("import Foundation\nprint((try? String(contentsOfFile: \"data/n.txt\", encoding: .utf8)) ?? \"none\")"),
            "a.txt": "a",
        ])
        #expect(try explanation(course) == "ran: nothing is kept of it")
        try course.write("1", to: "lessons/data/n.txt")
        #expect(try explanation(course) == "ran: data/n.txt is new")
        try course.write("2", to: "lessons/data/n.txt")
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/a.txt"))
        #expect(try explanation(course) == "ran: a.txt is gone, data/n.txt changed")
        #expect(try course.data("x").cells[0].stdout == "2\n")
        #expect(course.text("output/data/n.txt") == "2")
        #expect(try explanation(course) == "unchanged")
    }

    @Test("a longer time limit runs the lessons again: they may have heeded it")
    func limits() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        #expect(try explanation(course) == "ran: nothing is kept of it")
        #expect(try explanation(course, "--time-limit", "600") == "ran: the limits changed")
    }

    @Test("a library or a program that has changed runs the lessons again")
    func tools() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let program = try course.install()
        #expect(try explanation(course, by: program) == "ran: nothing is kept of it")
        #expect(try explanation(course, by: program) == "unchanged")
        for (name, reason) in [("libExhibits.so", "the library of lessons changed"), ("unroll", "unroll itself changed")] {
            let file = program.deletingLastPathComponent().appending(path: name).path()
            try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: 60)], ofItemAtPath: file)
            #expect(try explanation(course, by: program) == "ran: " + reason)
        }
    }

    @Test("a lesson with a warning is used again too, and its warning told again")
    func warning() throws {
        let course = try Course(["01-x.md": cell("for epoch in 0..<3 { print(1) }")])
        let first = try course.unroll("build"), second = try course.unroll("build")
        #expect(second.errors.contains("01-x.md  unchanged"))
        for outcome in [first, second] { #expect(outcome.errors.contains("lessons/01-x.md:5:5: warning: immutable value 'epoch'")) }
    }

    @Test("a cache that cannot be written costs nothing but time")
    func unwritable() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let none = ["XDG_CACHE_HOME": "/dev/null/x"]
        for _ in 0..<2 { #expect(try explanation(course, environment: none) == "ran: nothing can be kept on this machine") }
    }

    @Test("an entry that is cut off, or of which a byte is another, is not believed but replaced")
    func damaged() throws {
        let course = try Course(["01-x.md": cell("print(\"seven\")")])
        #expect(try explanation(course) == "ran: nothing is kept of it")
        let entry = try #require(try entries(course).first)
        let whole = try Data(contentsOf: course.folder.appending(path: entry))
        let place = try #require(whole.range(of: Data("seven\\n".utf8))?.lowerBound)
        var other = whole
        other[place] ^= 1
        for damaged in [Data(), other, whole.dropLast(1), whole.prefix(40), Data("{\"key\": 3}".utf8)] {
            try course.write(Data(damaged), to: entry)
            #expect(try explanation(course) == "ran: what is kept of it is damaged, or of another version")
            #expect(try Data(contentsOf: course.folder.appending(path: entry)) == whole)
        }
        #expect(try course.data("x").cells[0].stdout == "seven\n")
    }

    @Test("`unroll cache` tells where it is and what is in it, and empties it")
    func command() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        try course.write("mine", to: "cache/unroll/notes.txt")
        #expect(try course.unroll("build", "--quiet").status == 0)
        let told = try course.unroll(arguments: ["cache"])
        #expect(told.output.hasPrefix(course.folder.appending(path: "cache/unroll").path() + "\nrecordings: 1, "))
        let cleared = try course.unroll(arguments: ["cache", "--clear"])
        #expect(cleared.status == 0 && cleared.output.contains("removed recordings: 1, "))
        #expect(try entries(course).isEmpty)
        #expect(try course.unroll(arguments: ["cache"]).output.contains("modules: 0, 0 KB"))
        #expect(course.text("cache/unroll/notes.txt") == "mine")
        #expect(try explanation(course) == "ran: nothing is kept of it")
    }

    @Test("beyond its bounds the cache loses what was used least recently")
    func large() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let recordings = course.folder.appending(path: "cache/unroll/recordings")
        for (name, megabytes, days) in [("a", 100, 1), ("b", 150, 2), ("c", 50, 3), ("d", 1, 4)] {
            try course.write(Data(), to: "cache/unroll/recordings/\(name)")
            let file = recordings.appending(path: name)
            let handle = try FileHandle(forWritingTo: file)
            try handle.truncate(atOffset: UInt64(megabytes) << 20)  // Nothing is written of it.
            try handle.close()
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -86_400 * Double(days))], ofItemAtPath: file.path())
        }
        #expect(try course.unroll("build", "--quiet").status == 0)
        let left = try FileManager.default.contentsOfDirectory(atPath: recordings.path()).sorted()
        #expect(left.count == 4 && left.prefix(3) == ["a", "b", "d"])
    }

    @Test("what no build used for a month goes with the next, whichever folder's it was")
    func old() throws {
        let course = try Course(["01-x.md": cell("print(1)"), "02-y.md": cell("print(2)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let all = try entries(course)
        #expect(all.count == 2)
        for entry in all {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -31 * 86_400)],
                ofItemAtPath: course.folder.appending(path: entry).path())
        }
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/02-y.md"))
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(try entries(course) == all.filter { $0.contains("/x-") })
    }
}
