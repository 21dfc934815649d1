import Testing

/// Never a number that nothing computed: a variable that is used before its declaration ran is a fault at the line of its use,
/// however the program comes there; and a lesson that uses all of its variables in time is never refused.
@Suite("Variables before their values")
struct EarlyUseTests {
    @Test("a use above the declaration is told at its line, with the line of the declaration")
    func earlyUses() throws {
        let programs = EarlyUseProgram.all
        let names = programs.indices.map { "\($0 + 1)-x\($0).md" }
        let course = try Course(Dictionary(uniqueKeysWithValues: zip(names, programs.map { lesson($0.body) })))
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        for (name, program) in zip(names, programs) {
            let told = outcome.errors.split(separator: "lessons/").first { $0.hasPrefix(name) } ?? "nothing"
            let use = try #require(program.line(of: "//!") ?? program.line(of: "//!="), "\(program.what)")
            let declaration = try #require(program.line(of: "//=") ?? program.line(of: "//!="), "\(program.what)")
            let isTold =
                told.hasPrefix("\(name):\(use):") && told.contains("error: \(program.variable) is used before it has a value\n")
                && told.contains("line \(declaration)")
            #expect(isTold, "\(program.what): expected line \(use), declared in \(declaration):\n\(told)")
        }
        #expect(course.temporaryFiles.isEmpty)
    }

    @Test("a use after the declaration ran is no fault")
    func timelyUses() throws {
        let course = try Course([
            "01-all.md": lesson(cells(of: TimelyUseProgram.synchronous)),
            "02-async.md": lesson(cells(of: TimelyUseProgram.asynchronous)),
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for (slug, programs) in [("all", TimelyUseProgram.synchronous), ("async", TimelyUseProgram.asynchronous)] {
            for ((index, program), cell) in zip(programs.enumerated(), try course.data(slug).cells.dropFirst()) {
                let prints = Self.own(program.prints, index)
                #expect(cell.stdout == (prints.isEmpty ? "" : prints + "\n"), "\(program.what)")
            }
        }
    }

    /// Each program is a cell with names of its own.
    private func cells(of programs: [TimelyUseProgram]) -> String {
        let cells = programs.enumerated().map { index, program in
            "```{swift}\n\(Self.own(program.code, index))\n```"
        }
        return (["```{swift}\nimport Foundation\n```"] + cells).joined(separator: "\n\n")
    }

    private static func own(_ text: String, _ index: Int) -> String {
        text.replacing("°", with: "_\(index)")
    }

    @Test("variables of one cell in later cells, in sentences, and in a cell that must trap")
    func laterCells() throws {
        let course = try Course([
            "01-x.md": lesson(
                """
                ```{swift}
                let early = 3
                func both() -> Int { early + late }
                ```

                It is `{swift} early`.

                ```{swift}
                let late = 4
                ```

                ```{swift}
                //| error: true
                let inside = both()
                func f() -> Int { inside + early }
                fatalError("wanted \\(f())")
                ```

                Together `{swift} both()`.
                """)
        ])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try course.data("x").inline.map(\.text) == ["3", "7"])
        #expect(course.text("output/x.html")?.contains("wanted 10") == true)
    }
}
