import Foundation
import Testing

@Suite("Verifying a site")
struct VerifyTests {
    private func builtCourse() throws -> Course {
        let course = try Course(["index.md": lesson("Hello."), "01-x.md": cell("print(6 * 7)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        return course
    }

    @Test("a site that is what the lessons make passes, and nothing is written")
    func fresh() throws {
        let course = try builtCourse()
        let allowed = [".nojekyll", ".git/HEAD", ".gitignore", "CNAME"]
        for file in allowed { try course.write("", to: "output/\(file)") }
        let outcome = try course.unroll("verify")
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty)
        let files = course.files("output").count - allowed.count
        #expect(files > 9 && outcome.errors.contains("verified \(files) files of output"), "\(outcome.errors)")
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("values that moved and files that no lesson makes are told by their places; --fix mends what a build may mend")
    func differing() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                //| label: tbl-x
                let a = 2.0
                show(Tensor([a, 1, 0.5]), "h")
                ```

                ```{swift}
                print("twice", 2 * a)
                ```

                So `{swift} a + 1` it is.
                """),
            "02-y.md": cell(#"import Foundation\#nprint(try String(contentsOfFile: "n.txt", encoding: .utf8))"#),
            "03-gone.md": lesson("Gone."),
            "n.txt": "1.5\n",
        ])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let first = try #require(course.text("lessons/01-x.md")), second = try #require(course.text("lessons/02-y.md"))
        try course.write(first.replacing("a = 2.0", with: "a = 2.5"), to: "lessons/01-x.md")
        try course.write(second.replacing("---\n```", with: "---\n```{swift}\nprint(\"new\")\n```\n\n```"), to: "lessons/02-y.md")
        try course.write("1.75\n", to: "lessons/n.txt")
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/03-gone.md"))
        try course.write("x", to: "output/.htaccess")
        try course.write("x", to: "output/.nojekyll")
        try course.write("x", to: "output/assets/math.woff2")
        try course.write("x", to: "output/it's old.txt")
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "output/etc").path(), withDestinationPath: "/etc")
        // A file of the site that was replaced by a link to the same.
        try FileManager.default.moveItem(
            at: course.folder.appending(path: "output/style.css"), to: course.folder.appending(path: "same.css"))
        try FileManager.default.createSymbolicLink(
            atPath: course.folder.appending(path: "output/style.css").path(), withDestinationPath: "../same.css")

        let strangers = """
            output/.htaccess: error: is a stranger's: no build writes what is hidden
              hint: remove it: rm output/.htaccess
            output/.nojekyll: error: is not empty, as the file that hosts look for is
              hint: empty it: : > output/.nojekyll
            """
        let link = """
            output/etc: error: is a link, and a web server would serve what it leads to
              hint: remove it: rm output/etc
            """
        let outcome = try course.unroll("verify", "--quiet", "--report", "moved.html")
        #expect(outcome.status == 1)
        // How a page lists the others is the page's concern.
        let listing = #/output\/(404|index|reference[a-z-]*)\.html(:\d+:\d+)?: error: differs from .*\n(  .*\n)+/#
        #expect(outcome.output.contains(listing))
        #expect(
            outcome.output.replacing(listing, with: "") == """
                output/n.txt:1:3: error: differs from what the lessons make
                  note: was: “1.5”
                  note: is:  “1.75”
                  hint: look at what moved, then write it and commit it: unroll verify --fix
                \(strangers)
                \(link)
                output/gone.html: error: is left over: it is of the page of a lesson that is gone
                  hint: remove it: unroll verify --fix
                output/gone.json: error: is left over: it is of the page of a lesson that is gone
                  hint: remove it: unroll verify --fix
                output/gone.swift: error: is left over: it is of the page of a lesson that is gone
                  hint: remove it: unroll verify --fix
                output/it's old.txt: error: is left over: an attachment that is gone, or a stranger's file
                  hint: remove it: unroll verify --fix
                output/style.css: error: is a link, and a web server would serve what it leads to
                  hint: put a file of its own there: unroll verify --fix
                output/assets/math.woff2: error: is left over: no lesson has a formula
                  hint: remove it: unroll verify --fix
                lessons/01-x.md:4: tbl-x, h[0]: was 2, is 2.5 (0.5, 25 %)
                lessons/01-x.md:10: cell 2, printed line 1: was 4, is 5 (1, 25 %)
                lessons/01-x.md:14:13: `a + 1`: was 3, is 3.5 (0.5, 16.7 %)
                lessons/02-y.md:4: cell 1: is new
                lessons/02-y.md:8: cell 2, printed line 1: was 1.5, is 1.75 (0.25, 16.7 %)
                  hint: where these values are right, write the site and commit it: unroll verify --fix

                """)
        let report = try #require(course.text("moved.html"))
        #expect(report.contains("- let a = 2.0") && report.contains("+ let a = 2.5") && report.contains("n.txt"))

        let fixed = try course.unroll("verify", "--quiet", "--fix")
        #expect(fixed.output == "\(strangers)\n\(link)\n")
        #expect(fixed.errors.contains("removed output/it's old.txt\n") && fixed.errors.contains("removed output/gone.html\n"))
        #expect(!course.exists("output/it's old.txt") && !course.exists("output/gone.json") && !course.exists("output/assets"))
        #expect(course.exists("output/.htaccess") && course.exists("same.css"))
        #expect(course.text("output/n.txt") == "1.75\n")
    }

    @Test("a font that no build makes of the pages is told; where none can be made, that it was not checked")
    func font() throws {
        let course = try Course(["index.md": lesson("Let $x$ be.")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(try course.unroll("verify", "--quiet").status == 0)
        try course.write("x", to: "output/assets/math.woff2")
        #expect(
            try course.unroll("verify", "--quiet").output == """
                output/assets/math.woff2: error: is not the font that a build makes of the pages' formulas
                  hint: write it: unroll verify --fix

                """)
        // A PATH with what lessons need and nothing that makes fonts.
        let swiftc = try #require(Course.folder(of: "swiftc")), node = try #require(Course.folder(of: "node"))
        guard Course.folder(of: "hb-subset") != swiftc else { return }
        let tools = course.folder.appending(path: "tools")
        try FileManager.default.createDirectory(at: tools, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: tools.path() + "/node", withDestinationPath: node + "/node")
        let unchecked = try course.unroll(
            "verify", "--quiet",
            environment: ["PATH": "\(swiftc):\(tools.path())", "XDG_CACHE_HOME": course.folder.appending(path: "other").path()])
        #expect(unchecked.status == 0)
        #expect(
            unchecked.output.hasPrefix("output/assets/math.woff2: warning: was not checked, for it cannot be made here: hb-subset"))
    }

    @Test("--fix removes nothing from a folder that holds the lessons, or that no build wrote to")
    func unsafeFix() throws {
        let course = try Course(["index.md": lesson("Hello.")])
        try course.write("mine", to: "home/thesis.txt")
        let outcome = try course.unroll("verify", "--quiet", "--fix", "--output", "home")
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("home: error: is not only a site: nothing was written or removed"))
        #expect(course.text("home/thesis.txt") == "mine" && !course.exists("home/index.html"))
        #expect(try course.unroll("build", "--quiet", "--output", ".").status == 0)
        #expect(try course.unroll("verify", "--quiet", "--fix", "--output", ".").status == 1)
        #expect(course.exists("lessons/index.md"))
    }

    @Test("a command that is told for a file with a quotation mark in its folder's name does what it says")
    func quotedCommand() throws {
        let course = try Course(["index.md": lesson("Hello.")])
        #expect(try course.unroll("build", "--quiet", "--output", "it's").status == 0)
        try course.write("x", to: "it's/.env")
        let outcome = try course.unroll("verify", "--quiet", "--output", "it's")
        let command = try #require(outcome.output.firstMatch(of: #/remove it: (rm .+)/#)?.1)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", String(command)]
        shell.currentDirectoryURL = course.folder
        try shell.run()
        shell.waitUntilExit()
        #expect(!course.exists("it's/.env"))
        #expect(try course.unroll("verify", "--quiet", "--output", "it's").status == 0)
    }

    @Test("a missing file and a left-over one are named")
    func missingAndLeftOver() throws {
        let course = try builtCourse()
        try FileManager.default.removeItem(at: course.folder.appending(path: "output/x.swift"))
        try course.write("old", to: "output/gone.html")
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("output/x.swift: error: is missing"))
        #expect(outcome.output.contains("output/gone.html: error: is left over"))
        #expect(outcome.output.split(separator: "\n").filter { $0.contains("error:") }.count == 2)
        #expect(course.text("output/gone.html") == "old")
    }

    @Test("a lesson that no longer holds fails at its line, whatever the page says")
    func brokenLesson() throws {
        let course = try builtCourse()
        try course.write(cell("claim(\"one is two\", 1 == 2)"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("lessons/01-x.md:5:"))
        #expect(outcome.output.contains("one is two"))
    }

    @Test("lessons run afresh, however new the cache is")
    func noCache() throws {
        let course = try builtCourse()
        #expect(try course.unroll("verify").errors.contains("01-x.md  ran"))
    }

    @Test("GitHub shows each problem at its line")
    func gitHubFormat() throws {
        let course = try builtCourse()
        try course.write(cell("let a: String = 1"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet", "--format", "github")
        #expect(outcome.status == 1)
        #expect(outcome.output.hasPrefix("::error file=lessons/01-x.md,line=5,col=17"))
        #expect(outcome.output.contains("cannot convert value of type 'Int'"))
    }

    @Test("a file with other line ends differs, in one line of the report")
    func lineEnds() throws {
        let course = try builtCourse()
        let program = try #require(course.text("output/x.swift"))
        try course.write(program.replacingOccurrences(of: "\n", with: "\r\n"), to: "output/x.swift")
        let text = try course.unroll("verify", "--quiet").output
        #expect(text.contains("  note: was: “") && text.contains("␍”"))
        let annotations = try course.unroll("verify", "--quiet", "--format", "github").output
        #expect(annotations.split(whereSeparator: \.isNewline).count == 1)
    }

    @Test("the report is JSON when asked for, also when all is well")
    func jsonFormat() throws {
        let course = try builtCourse()
        #expect(try course.problems(of: course.unroll("verify", "--quiet", "--format", "json")).isEmpty)
        try course.write(cell("print(1)\nfatalError(\"stop\")"), to: "lessons/01-x.md")
        let outcome = try course.unroll("verify", "--quiet", "--format", "json")
        #expect(outcome.status == 1)
        let problems = try course.problems(of: outcome)
        #expect(problems.count == 1)
        #expect(problems.first?["file"] as? String == "lessons/01-x.md")
        #expect(problems.first?["line"] as? Int == 6)
        #expect((problems.first?["message"] as? String)?.contains("stop") == true)
    }
}
