import Foundation
import Testing

@Suite("Building a site")
struct BuildTests {
    @Test("an attachment that is gone goes from the site, and its folder; what a person put in its place stays")
    func goneAttachments() throws {
        let files = ["a/picture.svg", "a/b/other.svg", "data.txt", "notes.txt"]
        let course = try Course(["01-x.md": lesson("Text.")])
        for file in files { try course.write("content", to: "lessons/" + file) }
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(files.allSatisfy { course.exists("output/" + $0) })
        try course.write("a person's", to: "output/notes.txt")
        try course.write("a stranger's", to: "output/stranger.txt")
        for file in files where file != "data.txt" {
            try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/" + file))
        }
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(!course.exists("output/a"))
        #expect(course.text("output/data.txt") == "content")
        #expect(course.text("output/notes.txt") == "a person's")
        #expect(course.text("output/stranger.txt") == "a stranger's")
    }

    @Test("each lesson becomes a page, its data and its program, and the front page leads to it")
    func files() throws {
        let course = try Course([
            "index.md": lesson("Welcome.", title: "The course"),
            "01-first.md": cell("print(1)"),
            "02-second.md": cell("print(2)"),
        ])
        let outcome = try course.unroll("build")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("3/3"))
        for slug in ["index", "first", "second"] {
            for type in ["html", "json", "swift"] { #expect(course.exists("output/\(slug).\(type)")) }
        }
        let front = try #require(course.text("output/index.html"))
        #expect(front.contains("href=\"first.html\"") && front.contains("href=\"second.html\""))
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("a quiet build says nothing")
    func quiet() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
    }

    @Test("cells hold any Swift: generics, closures, protocols, Foundation, one after the other")
    func anySwift() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                import Foundation
                protocol Named { var name: String { get } }
                struct Unit<Value: Comparable>: Named, Codable where Value: Codable {
                    var name: String
                    var values: [Value]
                    var top: Value? { values.max() }
                }
                enum Fault: Error { case empty }
                func largest<V: Comparable>(_ values: [V]) throws -> V {
                    guard let top = values.max() else { throw Fault.empty }
                    return top
                }
                ```

                > - quoted, in a list
                >
                >   ```{swift}
                >   let unit = Unit(name: "u", values: [3.0, 1.5])
                >   let squares = unit.values.map { $0 * $0 }.sorted(by: <)
                >   print(squares, try largest(squares), exp(0.0), String(format: "%.3f", Double.pi))
                >   ```

                ```{swift}
                final class Counter { var n = 0; func next() -> Int { defer { n += 1 }; return n } }
                let counter = Counter()
                for _ in 0..<3 { _ = counter.next() }
                let decoded = try JSONDecoder().decode(Unit<Double>.self, from: JSONEncoder().encode(unit))
                do { _ = try largest([Int]()) } catch Fault.empty { print("empty") }
                ```

                There are `{swift} counter.n` calls, and the top is `{swift} decoded.top!`.
                """)
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let data = try course.data("x")
        #expect(data.cells.map(\.stdout) == ["", "[2.25, 9.0] 9.0 1.0 3.142\n", "empty\n"])
        #expect(data.inline.map(\.text) == ["3", "3.0"])
    }

    @Test("the front page is built first, then the lessons by number")
    func order() throws {
        let course = try Course(["00-a.md": cell("print(0)"), "index.md": cell("print(1)"), "10-b.md": cell("print(2)")])
        let told = try course.unroll("build", "--jobs", "1").errors.split(separator: "\n")
        #expect(told == ["1/3  lessons/index.md  ran", "2/3  lessons/00-a.md  ran", "3/3  lessons/10-b.md  ran"])
    }

    @Test("building again changes no file, on one core or many")
    func reproducible() throws {
        let lessons = Dictionary(
            uniqueKeysWithValues: (1...4).map {
                ("0\($0)-l\($0).md", cell("manualSeed(\($0))\nshow(Tensor.randn(2, 3), \"x\")\nprint(\($0))"))
            })
        let course = try Course(lessons)
        #expect(try course.unroll("build", "--no-cache", "--jobs", "1", "--output", "one").status == 0)
        #expect(try course.unroll("build", "--no-cache", "--jobs", "4", "--output", "two").status == 0)
        for file in ["l1.html", "l2.json", "l3.swift", "l4.html", "style.css"] {
            let text = try #require(course.text("one/\(file)"))
            #expect(text == course.text("two/\(file)"))
        }
    }

    @Test("pages of lessons that are gone are removed, files of others stay")
    func goneLesson() throws {
        let course = try Course(["01-x.md": cell("print(1)"), "02-y.md": cell("print(2)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write("mine", to: "output/notes.html")
        try FileManager.default.removeItem(at: course.folder.appending(path: "lessons/02-y.md"))
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(course.exists("output/x.html"))
        for type in ["html", "json", "swift"] { #expect(!course.exists("output/y.\(type)")) }
        #expect(course.text("output/notes.html") == "mine")
    }

    @Test("folders may have spaces and letters of any script, those of lessons, temporary files and the site")
    func anyFolder() throws {
        let course = try Course(["my lessons/01-über mich.md": cell("print(1)"), "my lessons/02-x.md": cell("let a: Int = \"\"")])
        try FileManager.default.createDirectory(
            at: course.folder.appending(path: "tmp é x"), withIntermediateDirectories: true)
        let outcome = try course.unroll(
            "build", "lessons/my lessons", "--output", "the site é", "--quiet",
            environment: ["TMPDIR": course.folder.appending(path: "tmp é x").path(percentEncoded: false)])
        #expect(outcome.errors.hasPrefix("lessons/my lessons/02-x.md:5:14: error: cannot convert"), "\(outcome.errors)")
        #expect(course.text("the site é/über mich.html") != nil)
    }

    @Test("a page does not tell from where it was built")
    func anyWorkingDirectory() throws {
        let course = try Course(["01-x.md": cell("print(#filePath)\nclaim(\"one\", true)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let path = course.folder.appending(path: "lessons/../lessons").path()
        let outcome = try course.unroll(
            "verify", path, "--quiet", environment: ["LANG": "C", "TZ": "Asia/Tokyo", "HOME": "/nonexistent"])
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try course.data("x").cells[0].stdout == "lessons/01-x.md\n")
    }

    @Test("a lesson runs in its own folder, with temporary files that go when it ends")
    func lessonFolder() throws {
        let course = try Course([
            "data.txt": "beside",
            "01-x.md": cell(
                """
                import Foundation
                print(try String(contentsOfFile: "data.txt", encoding: .utf8))
                try Data().write(to: FileManager.default.temporaryDirectory.appending(path: "mine"))
                """),
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try course.data("x").cells[0].stdout == "beside\n")
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("what a defer prints at the end belongs to the last cell")
    func deferred() throws {
        let course = try Course(["01-x.md": cell("defer { print(\"at last\") }\nprint(\"first\")")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(try course.data("x").cells[0].stdout == "first\nat last\n")
    }

    @Test("a lesson may declare the names that its program is composed of")
    func ownNames() throws {
        let course = try Course([
            "01-x.md": lesson(
                "```{swift}\nfunc _cell(_ i: Int) {}\nfunc _value<T>(_ v: T) {}\nfunc _end() {}\nprint(1)\n```\n\n`{swift} 2`")
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try course.data("x").inline[0].text == "2")
    }

    @Test("a function may speak of variables below it, and a variable get its value later")
    func laterDeclarations() throws {
        let course = try Course([
            "01-x.md": cell(
                """
                func f() -> Int { late + early }
                var early: Int
                if Bool.random() { early = 1 } else { early = 1 }
                struct S { static let s = 3 }
                guard let z = Int("3") else { fatalError() }
                let fact: (Int) -> Int = { $0 < 2 ? 1 : $0 * fact($0 - 1) }
                let late = 4
                print(f(), S.s, z, fact(3))
                """)
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try course.data("x").cells[0].stdout == "5 3 3 6\n")
    }

    @Test("pictures beside the lessons come along")
    func attachments() throws {
        let course = try Course(["01-x.md": lesson("![A dot](pictures/dot.svg)")])
        try course.write("<svg/>", to: "lessons/pictures/dot.svg")
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(course.text("output/pictures/dot.svg") == "<svg/>")
        #expect(try course.unroll("verify", "--quiet").status == 0)
    }

    @Test("the font of the formulas comes with the site, in whichever folder it is")
    func mathFont() throws {
        let course = try Course(["01-x.md": lesson("Here $\\sqrt{x}$.")])
        let outcome = try course.unroll("build", "--quiet", "--output", "public")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
        let font = try Data(contentsOf: course.folder.appending(path: "public/assets/math.woff2"))
        #expect(font.starts(with: Data("wOF2".utf8)) && font.count > 1000)
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("a lesson without cells needs no program")
    func proseOnly() throws {
        let course = try Course(["01-x.md": lesson("Only *words*.")])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(course.text("output/x.html")?.contains("<em>words</em>") == true)
        #expect(try course.data("x").cells.isEmpty)
    }

    @Test("a number of many digits is rounded in its sentence, a Float as a Double")
    func roundedValues() throws {
        let course = try Course([
            "01-x.md": lesson("A third is `{swift} 1.0 / 3` or `{swift} Float(1) / 3`, a half `{swift} Float(0.5)`.")
        ])
        #expect(try course.unroll("build", "--quiet").status == 0)
        let page = try #require(course.text("output/x.html"))
        #expect(page.ranges(of: ">0.3333</data>").count == 2 && page.contains(">0.5</data>"))
    }

    @Test("the downloaded program runs as it is and prints what the page shows")
    func downloadedProgram() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                manualSeed(0)
                let lstm = LSTM(inputSize: 2, hiddenSize: 3)
                print("seven", 7)
                show(Tensor([1.0, 2.5]), "pair")
                claim("two is two", 2.0, equals: 2, within: 0)
                ```

                ```{swift}
                //| error: "features on its last axis"
                _ = lstm(Tensor.zeros(1, 1, 5))
                ```

                The state has `{swift} lstm.hiddenSize` units.

                ```{swift}
                print("the end")
                ```
                """)
        ])
        let build = try course.unroll("build", "--quiet")
        #expect(build.status == 0, "\(build.errors)")
        let outcome = try course.compileAndRun("output/x.swift")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for word in ["seven 7", "pair", "2.5", "two is two", "trapped: LSTM(2, 3)", "the end"] {
            #expect(outcome.output.contains(word))
        }
    }

    @Test("a cell that fails with another message than it says is at fault in that line, also where its run was kept")
    func otherMessage() throws {
        func failing(_ expected: String) -> String { cell("//| error: \"\(expected)\"\nfatalError(\"no room for it\")") }
        let course = try Course(["01-x.md": failing("no room")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        try course.write(failing("no time"), to: "lessons/01-x.md")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        #expect(
            outcome.errors.hasPrefix(
                """
                lessons/01-x.md:5:13: error: this cell fails with another message
                  note: expected: no time
                  note: came: no room for it
                """), "\(outcome.errors)")
    }

    @Test("a trap that is wanted cannot stand inside another, of which there could be any number")
    func nestedTraps() throws {
        let course = try Course(["01-x.md": cell("expectTrap { expectTrap { fatalError(\"inner\") } }\nprint(1)")])
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(course.text("output/x.json")?.contains("expectTrap: a trap that is wanted cannot stand inside another") == true)
        #expect(try course.data("x").cells[0].stdout == "1\n")
    }

    @Test("Ctrl-C stops a lesson that runs and leaves nothing behind")
    func interrupted() throws {
        let course = try Course(["01-x.md": cell("import Foundation\nprint(1)\nsleep(1000)")])
        let outcome = try course.unroll(
            "build",
            interruptedWhen: { course in
                course.temporaryFiles.contains { course.exists("tmp/\($0)/recording") }
            })
        #expect(outcome.status == 130, "\(outcome.errors)")
        #expect(course.temporaryFiles.isEmpty, "\(course.temporaryFiles)")
        #expect(!course.exists("output/x.html"))
    }

    @Test("what reads badly as HTML is text on the page, wherever it comes from")
    func escaping() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                //| caption: "a <b>bold</b> & \\"quoted\\" caption"
                print("<script>alert(1)</script> & </pre>")
                show(Tensor([1.0]), "<img src=x onerror=alert(2)>")
                claim("1 < 2 & \\"so\\" </p>", true)
                ```

                And `{swift} "<script>alert(3)</script>"`.
                """, title: "\"A <script>alert(4)</script> & title\"")
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let page = try #require(course.text("output/x.html"))
        #expect(!page.contains("<script>alert"))
        #expect(!page.contains("<img src=x"))
        #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;/pre&gt;"))
        #expect(page.contains("1 &lt; 2 &amp;"))
    }
}
