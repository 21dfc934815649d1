import LessonKit
import Testing

@Suite("site.yml")
struct SiteConfigurationTests {
    private func problems(_ text: String) -> [String] {
        do throws(Problems) {
            _ = try SiteConfiguration.parse(Array(text.utf8), path: "lessons/site.yml")
            return []
        } catch {
            return error.all.map { "\($0)" }
        }
    }

    @Test("each key has its place, addresses lose the slash at their end")
    func keys() throws {
        let text = """
            # Of the whole site.
            title: "Wellen: ein Kurs"
            description: Was schwingt
            author: Ada
            lang: de-AT
            url: https://example.org/wellen//
            image: bild.png
            repository: https://gitlab.com/ada/wellen/
            branch: trunk
            folder: /docs/kurs/
            """
        let site = try SiteConfiguration.parse(Array(text.utf8), path: "lessons/site.yml")
        #expect(site.title == "Wellen: ein Kurs" && site.description == "Was schwingt" && site.author == "Ada")
        #expect(site.language == "de-AT" && site.url == "https://example.org/wellen")
        #expect(site.image?.address == "bild.png" && site.image?.position == SourcePosition(line: 7, column: 8))
        #expect(site.repository?.address == "https://gitlab.com/ada/wellen")
        #expect(site.repository?.branch == "trunk" && site.repository?.folder == "docs/kurs")
    }

    @Test("an empty file, or one of comments, says nothing")
    func nothing() throws {
        for text in ["", "# later\n"] {
            #expect(try SiteConfiguration.parse(Array(text.utf8), path: "site.yml") == SiteConfiguration())
        }
    }

    @Test(
        "what is wrong is told at its place, with how to mend it",
        arguments: [
            ("title: A\ntitel: B\n", "2:1: error: unknown key titel in site.yml", "did you mean title?"),
            ("lang: Deutsch!\n", "1:7: error: Deutsch! is no language tag", "write one such as en"),
            ("url: example.org\n", "1:6: error: example.org is no address", "write it whole: url: https://"),
            ("url: https://example.org/?a=b\n", "1:6: error: https://example.org/?a=b is no address", "write it whole"),
            ("repository: [a]\n", "1:13: error: repository is one text, not a list", "quotation marks"),
            ("title:\n", "1:7: error: title is empty", "leave the line out"),
            ("branch: main\n", "1:1: error: branch is of a repository, and there is none", "add its address"),
            ("- a\n", "1:1: error: site.yml is not a list of keys and values", "title: "),
            ("title: A: B\n", "1:9: error: site.yml is not YAML", "quotation marks"),
            ("url: https://a.b\nurl: https://c.d\n", "2:1: error: url is given twice", "keep one"),
        ])
    func mistakes(text: String, told: String, hint: String) throws {
        let found = problems(text)
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("lessons/site.yml:" + told) == true, "\(found)")
        #expect(found.first?.contains(hint) == true, "\(found)")
    }

    @Test("all that is wrong is told at once, in the order of the lines")
    func severalMistakes() {
        #expect(
            problems("lang: a_b\nnmae: x\nurl: x\n").map { $0.prefix(19) } == [
                "lessons/site.yml:1:", "lessons/site.yml:2:", "lessons/site.yml:3:",
            ])
    }
}
