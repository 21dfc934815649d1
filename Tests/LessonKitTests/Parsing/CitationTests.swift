import LessonKit
import Testing

@Suite struct CitationTests {
    private static let list = SourceList(
        Array("S1: {title: One}\nS3: {title: Three, author: A, year: 1990, url: \"https://a.b\", note: N}\n".utf8),
        path: "l/sources.yml")

    private func parse(_ body: String, naming sources: String, list: SourceList? = list) throws(Problems) -> Lesson {
        try Lesson.parse(Array("---\ntitle: T\nsources: \(sources)\n---\n\(body)".utf8), path: "x.md", sources: list)
    }

    private func problems(_ body: String, naming sources: String, list: SourceList? = list) -> [String] {
        do throws(Problems) {
            _ = try parse(body, naming: sources, list: list)
            return []
        } catch {
            return error.all.map(\.description)
        }
    }

    @Test("a citation names its sources, and the page ends with all that the lesson names")
    func cited() throws {
        let lesson = try parse("中 [@S1; @S3, p. 4] [@S1]", naming: "[S3, S1]")
        #expect(
            lesson.blocks == [
                .paragraph([
                    .text("中 "),
                    .citation([
                        Citation(id: "S1", position: at(5, 4), use: 1),
                        Citation(id: "S3", position: at(5, 9), locator: "p. 4", use: 1),
                    ]), .text(" "), .citation([Citation(id: "S1", position: at(5, 21), use: 2)]),
                ]),
                .bibliography([
                    CitedSource(
                        id: "S3", source: Source(title: "Three", author: "A", year: "1990", url: "https://a.b", note: "N"), uses: 1),
                    CitedSource(id: "S1", source: Source(title: "One"), uses: 2),
                ]),
            ])
    }

    @Test(
        "brackets that are no citation are what they were",
        arguments: ["\\[@S1]", "`[@S1]`", "$[@S1]$", "[@S1](#a)", "[@S1 x]", "[@]", "@S1", "[S1]", "[@S1\n]", "[a@S1]"])
    func plain(markdown: String) throws {
        #expect(!"\(try parse(markdown, naming: "[]").blocks)".contains("citation("))
    }

    @Test("a reference in brackets stays one")
    func reference() throws {
        #expect(
            try parse("# H {#sec-x}\n\n[@sec-x]", naming: "[]").blocks.last
                == .paragraph([.text("["), .reference(Label(kind: .section, name: "sec-x", position: at(7, 2))), .text("]")]))
    }

    @Test("ids that are not known are told at their place, with the nearest")
    func unknown() {
        #expect(
            problems("[@S3]", naming: "[S1, S8]") == [
                "x.md:3:15: error: l/sources.yml has no source S8\n  hint: did you mean S1?",
                "x.md:5:2: error: S3 is not among the lesson's sources\n  hint: name it in the front matter: sources: [S1, S8, S3]",
            ])
        #expect(
            problems("中[@Elman; @S11]", naming: "[S1]") == [
                "x.md:5:3: error: Elman is not among the lesson's sources\n  hint: name it in the front matter: sources: [S1, Elman]",
                "x.md:5:11: error: S11 is not among the lesson's sources\n  hint: did you mean @S1?",
            ])
        #expect(problems("", naming: "[S1, S1]") == ["x.md:3:15: error: the source S1 is named twice\n  hint: name it once"])
        #expect(
            problems("[a [@S1]](#b)", naming: "[S1]").map { $0.prefix(47) } == ["x.md:5:5: error: a citation cannot stand in a l"])
    }

    @Test("a folder that does not say what its sources are is as before, but cannot be cited")
    func noList() throws {
        #expect(try parse("a", naming: "[S1]", list: nil).blocks == [.paragraph([.text("a")])])
        let told = problems("[@S1]", naming: "[S1]", list: nil)
        #expect(
            told.count == 1 && told[0].hasPrefix("x.md:5:2: error: there is no sources.yml that says what S1 is\n  hint: write one")
        )
    }

    // MARK: sources.yml

    @Test(
        "a mistake in the list is told at its place",
        arguments: [
            ("S1: {titel: One}", ["1:1: S1 has no title", "1:6: unknown key titel in the list of sources"]),
            ("S1: One", ["1:5: what S1 is, is told by keys and values"]),
            ("- S1", ["1:1: the list of sources is not a list of keys and values"]),
            ("S 1: {title: One}", ["1:1: S 1 cannot be a source's id"]),
            ("fig-x: {title: One}", ["1:1: fig-x cannot be a source's id"]),
            ("S1:\n  title: One\n  url: a.b", ["3:8: a.b is no address"]),
            ("S1:\n  title: [One]", ["2:10: title is one text, not a list"]),
            ("S1: {title: One}\nS1: {title: Two}", ["2:1: S1 is given twice"]),
        ])
    func wrong(yaml: String, expected: [String]) {
        let told = SourceList(Array(yaml.utf8), path: "l/sources.yml").problems
        #expect(told.allSatisfy { $0.file == "l/sources.yml" })
        let lines = told.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0): \($0.message)" }.sorted()
        #expect(
            lines == expected || zip(lines, expected).allSatisfy { $0.hasPrefix($1.prefix(44)) } && lines.count == expected.count)
    }

    @Test("what is wrong with the list is told of a lesson that needs it, in place of what would follow from that")
    func faultyList() {
        let list = SourceList(Array("S1: One".utf8), path: "l/sources.yml")
        #expect(problems("[@S2]", naming: "[S2]", list: list).map { $0.prefix(24) } == ["l/sources.yml:1:5: error"])
        #expect(problems("a", naming: "[]", list: list) == [])
    }

    @Test("an empty list knows nothing")
    func empty() {
        #expect(SourceList([], path: "sources.yml").problems == [])
        #expect(
            problems("", naming: "[S1]", list: SourceList([], path: "s.yml")).map { $0.prefix(53) } == [
                "x.md:3:11: error: s.yml has no source S1\n  hint: tell"
            ])
    }
}
