import LessonKit
import Testing

@Suite struct DefinitionListTests {
    private func list(_ markdown: String) throws -> DefinitionList? {
        guard case .definitions(let list)? = try parse(markdown).blocks.first else { return nil }
        return list
    }

    private func text(_ text: String) -> [Block] { [.paragraph([.text(text)])] }

    @Test("a line and what stands below it behind a colon are a term and its definition")
    func simple() throws {
        #expect(
            try parse("*gate*\n: a door\n: a number\n\nstate\n:   what is kept\n\nend").blocks == [
                .definitions(
                    DefinitionList(
                        entries: [
                            .init(term: [.emphasis([.text("gate")])], definitions: [text("a door"), text("a number")]),
                            .init(term: [.text("state")], definitions: [text("what is kept")]),
                        ], isTight: true)),
                .paragraph([.text("end")]),
            ])
    }

    @Test("there may be an empty line between them, and definitions go on with four spaces")
    func loose() throws {
        let list = try #require(try list("term\n\n:   one\n\n    two\n\n    - three\n\n: four\n"))
        #expect(list.entries.count == 1 && list.entries[0].definitions.map(\.count) == [3, 1] && !list.isTight)
        #expect(
            try self.list("term\n: one\ntwo")?.entries[0].definitions == [[.paragraph([.text("one"), .softBreak, .text("two")])]])
    }

    @Test("what stands in a definition has its place in the file", arguments: [": ", ":    ", ":\t", ":      "])
    func places(marker: String) throws {
        let lesson = try parse("> term\n> \(marker)中 `{swift} n`\n>\n>     $x$ `{swift} m`")
        #expect(lesson.values.map(\.position) == [at(5, 2 + marker.count + 12), at(7, 20)])
    }

    @Test(
        "a colon anywhere else is text",
        arguments: [
            ": a", "two\nlines\n: a", "# term\n: a", "term\n:a", "term\n\\: a", "```\nterm\n: a\n```", "    term\n    : a",
            "term\n:", "- x\n\n: a",
            "> term\n\n: a",
        ])
    func plain(markdown: String) throws {
        #expect(!"\(try parse(markdown).blocks)".contains("definitions("))
    }

    @Test("a table's caption stays one")
    func caption() throws {
        for gap in ["", "\n"] {
            guard case .table(let table)? = try parse("| a |\n|---|\n\(gap): Caption").blocks.first else {
                Issue.record("no table")
                continue
            }
            #expect(table.caption == [.text("Caption")])
        }
    }

    @Test("a formula's line that begins with a colon is the formula's")
    func formula() throws {
        guard case .math(let math)? = try parse("$$\n: x\n$$").blocks.first else {
            Issue.record("no formula")
            return
        }
        #expect(math.tex.source == ": x")
    }
}
