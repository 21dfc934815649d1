import LessonKit
import Samples
import Testing

@Suite("Raw HTML")
struct HTMLBalanceTests {
    /// What is wrong with a lesson's HTML and links, each as `line:column: message`; the text begins in line 4.
    private func problems(in text: String) throws -> [String] {
        let lesson = try parse(text)
        let problems = LinkCheck([lesson], files: ["01-test.md"], attachments: ["a.svg"]).problems(of: lesson)
        return problems.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0): \($0.message)" }
    }

    @Test(
        "what is closed where it is opened is well",
        arguments: [
            "a <b>b</b> c<br>d<br/>e <img src=\"a.svg\">", "<details>\n<summary>s</summary>\n\n*text*\n\n- a\n\n</details>",
            "> <div>\n>\n> a\n>\n> </div>", "- <div>\n\n  a\n\n  </div>\n- b", "| a |\n|---|\n| <div>x</div> |", "<p>a\nb</p>",
            "**a <i>b</i>** [x <u>y</u>](#text) <span title='>'>z</span>", "<!-- <b> -->\n\na <!-- <i> --> b", "<!-->\n\na",
            "<!--->",
            "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/><title>t</title><g></g></svg>", "<math><mi>x</mi></math>", "a <svg/> b",
            "<script>if (1 < 2) { \"<b>\" }</script>", "<style>\na > b {}\n</style>", "<textarea>\n<b>\n</textarea>",
            "<table>\n<tr><td>a</td></tr>\n</table>", "<ul><li>a</li></ul>", "<div><h2>a</h2></div>", "1 < 2 & a<b",
            "<DIV>\na\n</div >",
            "<input disabled value=a/b>", "`<b>`", "    <b>", "```html\n<b>\n```", "<a id=\"x\"></a> [y](#x)",
            "<svg><![CDATA[<b>]]></svg>",
        ])
    func balanced(text: String) throws {
        #expect(try problems(in: text) == [])
    }

    @Test(
        "what would reach over the end of its part of the page is told at its place",
        arguments: [
            ("a <b>b", "4:3: <b> is opened here and not closed"), ("a b</b>", "4:4: </b> closes nothing that is open here"),
            ("é <b>*c</b>*", "4:3: <b> is opened here and not closed"), ("a\n<!-- b", "5:1: <!-- is opened here and not closed"),
            ("> a\n>\n> <!-- b\n\nc", "6:3: <!-- is opened here and not closed"),
            ("<!---!>", "4:1: <!-- is opened here and not closed"),
            ("<div>\n\na", "4:1: <div> is opened here and not closed"),
            ("a\n\n</div>", "6:1: </div> closes nothing that is open here"),
            ("- <div>\n\nb", "4:3: <div> is opened here and not closed"), ("<div/>", "4:1: <div> is opened here and not closed"),
            ("<b><i></b>", "4:4: <i> is opened here and not closed"), ("</br>", "4:1: </br> closes nothing that is open here"),
            ("<div class=\"x", "4:1: <div is opened here and not closed"), ("<div\n\n>", "4:1: <div is opened here and not closed"),
            ("<?php a", "4:1: <? is opened here and not closed"),
            ("a | b\n--|--\n<i> | c", "6:1: <i> is opened here and not closed"),
            ("`<i>` <i>", "4:7: <i> is opened here and not closed"), ("## a <b>", "4:6: <b> is opened here and not closed"),
            ("<title>\n\n</title>", "4:1: <title> is opened here and not closed"),
            ("a <script>b</script>", "4:3: <script> cannot stand in a line of text"),
            ("<script><!-- <script></script>", "4:1: this script holds <!--, behind which browsers may miss its end"),
            ("a <div>b</div>", "4:3: <div> cannot stand in a line of text"),
            ("<p><div>a</div></p>", "4:4: <div> cannot stand within <p>"),
            ("<p>\n\na\n\n</p>", "4:1: what follows is Markdown, which cannot stand within <p>"),
            ("[a <a href=\"#text\">b</a>](#text)", "4:4: <a> cannot stand within a link or heading"),
            ("# <a href=\"#text\">b</a>", "4:3: <a> cannot stand within a link or heading"),
            ("<body>", "4:1: <body> is the page's own"),
            ("<tr><td>a</td></tr>", "4:1: <tr> cannot stand here"), ("<plaintext>", "4:1: <plaintext> is the page's own"),
            ("<div>a\u{1}</div>", "4:7: HTML cannot hold U+0001"),
            ("a <b title=\"\u{FFFE}\">c</b>", "4:13: HTML cannot hold U+FFFE"),
            ("![c <b>](a.svg)", "4:5: <b> is opened here and not closed"),
        ])
    func unbalanced(text: String, expected: String) throws {
        #expect(try problems(in: text).first == expected)
    }

    @Test("HTML that is nested too deep is told once")
    func depth() throws {
        #expect(try problems(in: String(repeating: "<b>", count: 5000)) == ["4:601: HTML is nested more than 200 deep here"])
        #expect(try problems(in: String(repeating: "<b>", count: 200) + String(repeating: "</b>", count: 200)) == [])
    }

    @Test("a cell's caption is a part of its own")
    func caption() throws {
        #expect(try problems(in: "```{swift}\n//| caption: a <b>\n```\n</b>").count == 2)
    }

    @Test(
        "an address that is a program is refused, however it is written",
        arguments: [
            ("[a](javascript:b)", 5), ("[a](JaVa&#x0A;script:b)", 5), ("[a](vbscript:b)", 5), ("[a](data:text/html,b)", 5),
            ("![a](data:text/html,b)", 6), ("[a](&#1;javascript:b)", 5), ("[a][b]\n\n[b]: java&Tab;script:c", 6),
            ("<javascript:a>", 2),
            ("<a href=\"&#106;avascript&colon;b\">c</a>", 10), ("<a href=' JAVASCRIPT:b'>c</a>", 10), ("<a href=data:b>c</a>", 9),
            ("<a\nhref=\"java\nscript:b\">c</a>", 7), ("<iframe src=\"data:image/svg+xml,b\"></iframe>", 14),
            ("<form action=\"javascript:b\"></form>", 15), ("<svg><a xlink:href=\"javascript:b\">c</a></svg>", 21),
        ])
    func programs(text: String, column: Int) throws {
        let found = try problems(in: text)
        #expect(found.count == 1 && found.first?.contains("is not published") == true, "\(found)")
        #expect(found.first?.split(separator: ":").dropFirst().first == "\(column)", "\(found)")
    }

    @Test(
        "pictures may be data, and other sites' addresses are theirs",
        arguments: [
            "![a](data:image/png;base64,AAAA)", "<img src=\"DATA:image/png;base64,AAAA\">", "<https://a.b>", "[a](mailto:b@c.de)",
            "[a](//b.c/d)",
            "<a href=\"tel:1\" onclick=\"b()\">c</a>",
        ])
    func others(text: String) throws {
        #expect(try problems(in: text) == [])
    }

    @Test("HTML with no problem leaves the page around it as it is", arguments: 0..<20)
    func random(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let pieces = [
            "<b>", "</b>", "<div>", "</div>", "<!--", "-->", "<br>", "<p>", "</p>", "\n\n", "\n", "text", " ", "> ", "- ", "**",
            "*", "`",
            "[a](#text)", "[", "](#text)", "<a href=\"#text\">", "</a>", "<script>", "</script>", "<svg>", "<path/>", "</svg>",
            "<table>", "</table>",
            "<tr>", "</tr>", "<td>", "</td>", "<textarea>", "</textarea>", "<?", "<![CDATA[", "]]>", "<i title=\">\">", "</i>",
            "<li>", "</li>",
            "<ul>", "</ul>", "\n| a | b |\n|---|---|\n| ", " | ", "## ", "<div", ">", "\"", "<!", "</", "$x$", "<details>",
            "</details>",
        ]
        var (sound, broken) = (0, 0)
        for _ in 0..<150 {
            let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined()
            guard let lesson = try? parse(text) else { continue }
            guard LinkCheck([lesson], files: ["01-test.md"], attachments: []).problems(of: lesson).isEmpty else {
                broken += 1
                continue
            }
            sound += 1
            let markup = Page(lesson, Recording(cells: [], values: [])).body.markup
            #expect(unbalanced(markup) == nil, "\(text.debugDescription) → \(markup)")
        }
        #expect(sound > 5 && broken > 20)
    }

    /// A tag that is not closed in its turn: a check of its own, with patterns in place of states.
    private func unbalanced(_ markup: String) -> String? {
        let tags =
            #/<!---?>|<!--(?:(?!--!?>)(?s:.))*--!?>|<[!?][^>]*>|<(?<end>/?)(?<name>[a-zA-Z][^\s/>]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<(?=[!?])/#
        var open: [String] = []
        var rest = markup[...]
        while let tag = rest.firstMatch(of: tags) {
            rest = rest[tag.range.upperBound...]
            guard let name = tag.name.map({ $0.lowercased() }) else {
                if tag.0 == "<" { return "<" }
                continue
            }
            if tag.end == "/" {
                guard open.popLast() == name else { return "</\(name)>" }
            } else if !["br", "hr", "img"].contains(name), !(tag.0.hasSuffix("/>") && open.contains("svg")) {
                open.append(name)
                guard ["script", "textarea"].contains(name), !open.contains("svg") else { continue }
                guard let end = rest.firstRange(of: "</\(name)") else { return name }
                rest = rest[end.lowerBound...]
            }
        }
        return open.last
    }
}
