import Drawing
import Testing

@Suite("Lines of formulas")
struct MathLinesTests {
    /// The text of each piece that may begin a line, equation by equation.
    private func pieces(_ tex: String) throws -> [[String]] {
        let rows = try Formula(tex, isDisplay: true).mathML().elements(.mrow, class: "lines")
        let innermost = rows.filter { $0.elements(.mrow, class: "lines").isEmpty }
        return innermost.map { row in row.content.map(\.plainText) }
    }

    @Test("a formula may be broken before each relation")
    func relations() throws {
        #expect(try pieces("a = b + c = d") == [["a", "=b+c", "=d"]])
    }

    @Test("not within parentheses, in fractions or below sums")
    func inside() throws {
        #expect(try pieces("P(x = 1) = \\frac{a = b}{c}") == [["P(x=1)", "=a=bc"]])
        #expect(try pieces("f(x)").isEmpty)
    }

    @Test("equations that stand beside each other go onto lines of their own first")
    func equations() throws {
        #expect(try pieces("a = b, \\qquad c = d") == [["a", "=b,"], ["c", "=d"]])
    }

    @Test("equations below each other keep their column, and break at the relations behind the first")
    func aligned() throws {
        #expect(try pieces("\\begin{aligned} a &= b = c \\\\ d &= e \\end{aligned}") == [["=b", "=c"]])
    }

    @Test("where it is allowed a sum is broken before its sign, within parentheses too")
    func sums() throws {
        #expect(try pieces("a = \\sigma(b \\allowbreak + c \\allowbreak + (-d))") == [["a", "=σ(b", "+c", "+(−d))"]])
        let signs = try Formula("a \\allowbreak + b", isDisplay: true).mathML().elements(.mo).filter { $0.text == "+" }
        // A browser takes a sign at a row's beginning for a number's own.
        #expect(signs.map { $0["form"] } == ["infix"])
    }

    @Test("a formula in a sentence is left alone")
    func inline() throws {
        #expect(try Formula("a = b").mathML().elements(.mrow, class: "lines").isEmpty)
    }
}
