import Glibc
import LessonKit
import Samples
import Testing

@Suite struct RobustnessTests {
    private static let rich = """
        ---
        title: "Every: construct"
        sources: [S0, S1]
        ---

        # Gates {#sec-gates}

        Text with $x_t$, `{swift} hn.shape`, *emphasis*, [a link](x "t"), @eq-h and <b>HTML</b>\\
        and `{swift} a +
        b` over two lines, 中文 @tbl-n。

        $$
        h = a
        - b
        > c
        $$ {#eq-h}

        > [!NOTE]
        > - ```{swift}
        >   //| label: fig-a
        >   //| caption: "Of `{swift} n` \\"units\\""
        >   let n = 1
        >   ```
        >
        >   1. a

        Look:
        | a | *b* | `c|d` |
        |:--|:-:|--:|
        | $P(a|b)$ | x \\| y | [r] |
        : Caption $y$ {#tbl-n}

        ![A figure](f.png){#fig-g}

        ~~~swift
        let shown = true
        ~~~

        [r]: /url 'title'

        Notes[^n] and ~~struck *text*~~, see https://a.b/c_d. [我*爱*]{lang=zh} ![i](f.png){width=20px}

        - [ ] to do[^m]
        - [x] done

        term
        : definition $x$

            more `{swift} n`

        [^n]: A note
            - with a list
        [^m]:
            word

        <details>
        $raw$
        </details>
        """

    private func parses(_ bytes: [UInt8]) {
        _ = try? Lesson.parse(bytes, path: "lessons/01-x.md")
    }

    @Test("the document that the others are made of is sound")
    func sound() throws {
        #expect(problems(inFile: Self.rich) == [])
    }

    @Test("no beginning of a document stops the parser")
    func truncations() {
        let bytes = Array(Self.rich.utf8)
        for end in bytes.indices { parses(Array(bytes[..<end])) }
    }

    @Test("no change to a document stops the parser", arguments: 1...4)
    func mutations(seed: UInt64) {
        var random = SplitMix(state: seed)
        let marks = Array("`$|\\{}[]()<>@#*_-+=:~!.\"' \t\n\r1a中\u{F0000}".utf8)
        let front = Array(Self.rich.utf8)
        for _ in 0..<1000 {
            var bytes = front
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let place = Int.random(in: 20..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(marks.randomElement(using: &random)!, at: place)
                case 2: bytes[place] = marks.randomElement(using: &random)!
                default:
                    let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
                    bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 20..<bytes.count, using: &random))
                }
            }
            parses(bytes)
        }
    }

    @Test("text of nothing but marks does not stop the parser")
    func soup() {
        var random = SplitMix(state: 7)
        let words = [
            "$$", "$", "`", "```", "```{swift}", "{swift} ", "//| ", "> ", "- ", "|", "|---|", "\n", "\n\n", "  ", "\t", "{#", "}",
            "@fig-a", "[", "](", "~~", "[^a]", "[^a]: ", ": ", "[x] ", "https://a.b", "]{lang=zh}", "{width=5px}", "![", "[@a]",
            "*", "<", ">", "\\", "---", "a",
        ]
        for _ in 0..<2000 {
            let text = (0..<40).map { _ in words.randomElement(using: &random)! }.joined()
            parses(Array((head + text).utf8))
        }
    }

    @Test("nesting without end is told, not followed", arguments: [(">", ""), ("- ", ""), ("*a **b ", "c** d* ")])
    func nesting(mark: String, end: String) {
        let text = String(repeating: mark, count: 20_000) + "x" + String(repeating: end, count: 20_000)
        let found = problems(in: text)
        #expect(found.count == 1 && found[0].hasSuffix("blocks or emphasis are nested more than 200 deep here"), "\(found)")
    }

    @Test("nesting without end in a caption is told at the caption")
    func nestedCaption() {
        let nested = String(repeating: "*a **b ", count: 200) + String(repeating: "c** d* ", count: 200)
        #expect(
            problems(in: "| a |\n|---|\n| b |\n: C\n\n```{swift}\n//| caption: \(nested)x\n```\n") == [
                "10:14: blocks or emphasis are nested more than 200 deep here"
            ])
    }

    @Test("YAML nested without end is told, not followed")
    func nestedYAML() {
        let found = problems(inFile: "---\ntitle: T\nsources: " + String(repeating: "[", count: 50_000) + "\n---\n")
        #expect(found.count == 1 && found[0].contains("Maximum nesting level"), "\(found)")
    }

    @Test(
        "a document four times as long takes about four times the work, not sixteen times",
        arguments: [
            "`", "$", "$a ", "``` ", "<a ", "<!-- ", "{#", "@", "{", "`{a", "{swift} ", "| a ", "[", "$$a$$\n", "# A\n\n",
            "`{swift} a` ", "| a |\n|--|\n| `b` |\n\n", "$$\n",
            "中 $a$ ", "a\n$$\n+ b\n$$\n\n", "~~", "~~a ", "a~~ b ~~", "[^a]", "[^a]: b\n", "a\n: b\n\n", ": a\n", "- [x] a\n",
            "https://a.b。", "https://a.b/)", "]{lang=zh}", "[", "[a]{lang=zh}", "![a](b){width=5px}", "[@a]", "[@a;",
        ])
    func long(unit: String) {
        func work(_ count: Int) -> Double {
            let bytes = Array((head + String(repeating: unit, count: count)).utf8)
            return (0..<2).map { _ in processorTime { parses(bytes) } }.min()!
        }
        let (short, long) = (work(1_500), work(6_000))
        #expect(long < 10 * short + 0.05, "\(short) s, \(long) s")
    }

    /// What this thread uses of the processor in seconds, which programs that compete for it hardly change.
    private func processorTime(of work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }
}
