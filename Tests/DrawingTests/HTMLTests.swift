import Drawing
import Testing

@Suite("HTML")
struct HTMLTests {
    @Test("text cannot become markup")
    func escapesText() {
        let paragraph = HTML(.p) { "<script>alert('&')</script>" }
        #expect(paragraph.markup == "<p>&lt;script&gt;alert('&amp;')&lt;/script&gt;</p>\n")
    }

    @Test("an attribute's value cannot end the attribute")
    func escapesAttributes() {
        let link = HTML(.a, .href("x\" onclick=\"y"), .title(nil)) { "z" }
        #expect(link.markup == "<a href=\"x&quot; onclick=&quot;y\">z</a>")
    }

    @Test("characters that HTML cannot hold are replaced, line breaks are made one kind")
    func replacesControlCharacters() {
        #expect(HTML.text("a\u{1B}b\u{0}c\r\nd\re").markup == "a\u{FFFD}b\u{FFFD}c\nd\ne")
    }

    @Test("code points that are no characters, such as the last two of every plane, are replaced, and their neighbours kept")
    func replacesNoncharacters() throws {
        for plane in UInt32(0)...16 {
            for low in [UInt32(0xFFFE), 0xFFFF] {
                let scalar = try #require(Unicode.Scalar(plane << 16 | low))
                #expect(HTML.text("a\(scalar)b").markup == "a\u{FFFD}b", "\(scalar.value)")
            }
            let last = try #require(Unicode.Scalar(plane << 16 | 0xFFFD))
            #expect(HTML.text("a\(last)b").markup == "a\(last)b")
        }
        for value in UInt32(0xFDCF)...0xFDF0 {
            let scalar = try #require(Unicode.Scalar(value))
            let isCharacter = value == 0xFDCF || value == 0xFDF0
            #expect(HTML.text("\(scalar)").markup == (isCharacter ? "\(scalar)" : "\u{FFFD}"), "\(value)")
        }
    }

    @Test("void elements have no end tag")
    func writesVoidElements() {
        #expect(
            HTML(.p) {
                "a"; HTML(.br); "b"
            }.markup == "<p>a<br>b</p>\n")
    }

    @Test("blocks stand on lines of their own and inline elements do not")
    func setsLines() {
        let list = HTML(.ul) {
            HTML(.li) {
                "a"; HTML(.em) { "b" }
            }; HTML(.li) { "c" }
        }
        #expect(list.markup == "<ul>\n<li>a<em>b</em></li>\n<li>c</li>\n</ul>\n")
    }

    @Test("nothing is added inside preformatted text, and its first line break is kept")
    func keepsPreformattedText() {
        let pre = HTML(.pre) { HTML(.code) { "\n  a\n" } }
        #expect(pre.markup == "<pre>\n<code>\n  a\n</code></pre>\n")
    }
}
