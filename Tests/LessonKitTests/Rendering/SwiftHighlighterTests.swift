import LessonKit
import Samples
import Testing

@Suite("Swift highlighter")
struct SwiftHighlighterTests {
    private typealias Token = SwiftHighlighter.Token

    private func texts(_ kind: Token.Kind, in code: String) -> [String] {
        SwiftHighlighter.tokens(of: code).filter { $0.kind == kind }.map(\.text)
    }

    @Test("keywords, types, calls and numbers are told apart")
    func colours() {
        let code = "let rnn = RNN(inputSize: 5, 0x1F, 1_000.5e-3)\nreturn tanh(x).shape"
        #expect(texts(.keyword, in: code) == ["let", "return"])
        #expect(texts(.type, in: code) == ["RNN"])
        #expect(texts(.number, in: code) == ["5", "0x1F", "1_000.5e-3"])
        #expect(texts(.number, in: "0x1.8p-53 + 0xE + 2e+4") == ["0x1.8p-53", "0xE", "2e+4"])
        #expect(texts(.call, in: code) == ["tanh"])
    }

    @Test("a keyword after a point is a name, and a range has two numbers")
    func members() {
        #expect(texts(.keyword, in: "for t in 0..<3 { x.default = .in }") == ["for", "in"])
        #expect(texts(.number, in: "0..<3") == ["0", "3"])
    }

    @Test("an interpolation is code within its string, however deep")
    func interpolation() {
        let code = #"print("a \(f("b \(1)")) c") // d"#
        #expect(texts(.string, in: code) == [#""a \("#, #""b \("#, #")""#, #") c""#])
        #expect(texts(.call, in: code) == ["print", "f"])
        #expect(texts(.number, in: code) == ["1"])
        #expect(texts(.comment, in: code) == ["// d"])
    }

    @Test("raw strings end at their own delimiter")
    func rawStrings() {
        #expect(texts(.string, in: ##"#"a " \(b) \#(c) "# + d"##) == [##"#"a " \(b) \#("##, ##") "#"##])
    }

    @Test("strings of several lines hold quotes and line breaks")
    func multilineStrings() {
        let code = "\"\"\"\na \"quoted\" b\n\"\"\".count"
        #expect(texts(.string, in: code) == ["\"\"\"\na \"quoted\" b\n\"\"\""])
    }

    @Test("comments nest and directives and attributes have their own colours")
    func commentsAndDirectives() {
        #expect(texts(.comment, in: "/* a /* b */ c */ d") == ["/* a /* b */ c */"])
        #expect(texts(.directive, in: "#if DEBUG\n#endif") == ["#if", "#endif"])
        #expect(texts(.attribute, in: "@MainActor func f() {}") == ["@MainActor"])
    }

    @Test("the tokens' texts are the code, whatever it is")
    func roundTrips() {
        let pieces = [
            "\"", "\"\"\"", "#", "#\"", "\"#", "\\(", "\\#(", "(", ")", "/*", "*/", "//", "\n", "\r\n", " ", "let", "Tensor",
            "x1", "0x", "1.", "1e-", ".", "..<", "@", "@a", "`", "$0", "é", "中", "👩‍👩‍👧", "\u{301}", "{", "}", "\\", "_",
        ]
        var generator = SplitMix(state: 8)
        for _ in 0..<3000 {
            let code = (0..<Int.random(in: 0..<30, using: &generator)).map { _ in pieces.randomElement(using: &generator)! }
                .joined()
            let joined = SwiftHighlighter.tokens(of: code).map(\.text).joined()
            #expect(Array(joined.unicodeScalars) == Array(code.unicodeScalars), "\(code.debugDescription)")
        }
    }
}
