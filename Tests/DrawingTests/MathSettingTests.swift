import Drawing
import LessonKit
import Testing

/// The room that browsers leave between the parts of a formula, against the table in TeX's book: 3, 4 and 5 eighteenths
/// of an em are its thin, medium and thick space.
@Suite("Formulas as browsers draw them")
struct MathSettingTests {
    @Test(
        "signs stand as in TeX: with room between two sides, at the number whose sign they are, tight in scripts",
        arguments: [
            ("a - b", "a‹4›−‹4›b"), ("y = -x", "y‹5›=‹5›−x"), ("(-0.25)", "(−0.25)"), ("-x + y", "−x‹4›+‹4›y"),
            (#"a \cdot -b"#, "a‹4›⋅‹4›−b"), (#"3 \cdot {-2}"#, "3‹4›⋅‹4›−2"), ("a < -b", "a‹5›<‹5›−b"), ("f(x, -y)", "f(x,‹3›−y)"),
            ("h_{t-1}", "ht−1"), ("W_{i,j}", "Wi,j"), (#"x^{a = b \odot c}"#, "xa=b⊙c"), ("{}-x", "‹4›−‹4›x"),
            ("x_t^2 - 1", "xt2‹4›−‹4›1"),
        ])
    func signs(tex: String, room: String) throws {
        #expect(try Formula(tex).mathML().withRooms == room)
    }

    @Test(
        "a function stands apart from what it is applied to, but for parentheses",
        arguments: [
            (#"\log p"#, "log‹3›p"), (#"\log(p)"#, "log(p)"), (#"2 \tanh x"#, "2‹3›tanh‹3›x"), (#"e^{s - \max s}"#, "es−max‹3›s"),
            (#"-\log p"#, "−‹3›log‹3›p"), (#"\operatorname{diag} v"#, "diag‹3›v"), (#"\max_j s"#, "maxj‹3›s"),
            (#"\exp\left(\frac a b\right)"#, "exp(ab)"), (#"= \log p"#, "=‹5›log‹3›p"), (#"\max = 3"#, "max‹5›=‹5›3"),
        ])
    func functions(tex: String, room: String) throws {
        #expect(try Formula(tex).mathML().withRooms == room)
    }

    @Test(
        "a sum stands by its sign as after any other, and apart from its terms",
        arguments: [
            (#"x = \sum_t a"#, "x‹5›=‹5›∑t‹3›a"), (#"\sum_t a"#, "∑t‹3›a"), (#"2 \sum_t (a)"#, "2‹3›∑t(a)"),
        ])
    func sums(tex: String, room: String) throws {
        #expect(try Formula(tex, isDisplay: true).mathML().withRooms == room)
    }

    @Test("what a line of text divides is set tight, for it is as small as a script; in a display it is not")
    func fractions() throws {
        let tex = #"\frac{a + b}{c}"#
        #expect(try Formula(tex).mathML().withRooms == "a+bc")
        #expect(try Formula(tex, isDisplay: true).mathML().withRooms == "a‹4›+‹4›bc")
    }

    @Test("the numbers of a matrix's column are as wide as one another to the left and to the right of their points")
    func columns() throws {
        let matrix = #"\begin{pmatrix} 1.5 & {-2} & x \\ {-10.25} & 30 & 1 \\ 7 & 1.5 & \cdots \end{pmatrix}"#
        let cells = try Formula(matrix).mathML().elements(.mtd)
        func column(_ index: Int) -> [String] { stride(from: index, to: cells.count, by: 3).map { cells[$0].text } }
        #expect(column(0) == ["−01.50", "−10.25", "−07.00"])
        #expect(column(1) == ["0−2.0", "−30.0", "−01.5"])
        #expect(column(2) == ["x", "1", "⋯"])
        let shown = cells.map { cell in
            let unseen = cell.elements(.mphantom).map(\.text).joined().count
            return cell.text.count - unseen
        }
        #expect(shown == [3, 2, 1, 6, 2, 1, 1, 3, 1])
    }

    @Test("numbers with a power of ten stand with their points under the others', and room for the widest power behind each")
    func powers() throws {
        let matrix = #"\begin{pmatrix} 1.5 \times 10^{-5} \\ {-0.25} \\ {-3.25 \times 10^{12}} \\ 10 \end{pmatrix}"#
        let cells = try Formula(matrix).mathML().elements(.mtd)
        // Each has, seen or not, a sign, two digits, a point, two digits, ×, 10, a sign above and two digits above.
        for cell in cells {
            let ten = cell.elements(.mn).map(\.text).filter { $0 == "1" }.count + cell.elements(.mo).count { $0.text == "×" }
            #expect(ten == 2 && cell.text.count == "−03.25×10−12".count, "\(cell.text)")
        }
        let seen = cells.map { $0.text.count - $0.elements(.mphantom).map(\.text).joined().count }
        #expect(seen == ["1.5×10−5", "−0.25", "−3.25×1012", "10"].map(\.count))
        // What comes before the point is as wide in each.
        let starts = cells.map { cell in cell.text.prefix { "−0123456789".contains($0) }.count }
        #expect(starts == [3, 3, 3, 3])
    }

    @Test(
        "primes stand beside their letter, which fonts have raised already, and before what is below or above it",
        arguments: [
            ("f'(x)", "mrow(mi mo)mo mi mo"), ("f''_t", "msub(mrow(mi mo mo)mi)"), ("x'^2", "msup(mrow(mi mo)mrow(mn))"),
            ("x'^2_t", "msubsup(mrow(mi mo)mi mrow(mn))"), ("x^2_t", "msubsup(mi mi mn)"),
        ])
    func primes(tex: String, structure: String) async throws {
        let math = try await rendered(tex)
        #expect(math.structure == structure)
    }

    @Test("an arrow is as long as the words over and under it; a wide hat is the sign that fonts have so wide")
    func stretching() async throws {
        let arrow = try await rendered(#"a \xrightarrow[\text{b}]{\text{update}} c"#)
        #expect(arrow.structure == "mi mspace munderover(mo mrow(mspace mtext mspace)mrow(mspace mtext mspace))mspace mi")
        let sign = try #require(arrow.elements(.mo).first)
        #expect(sign["lspace"] == "0em" && sign["rspace"] == "0em" && sign["stretchy"] == "true")
        #expect(arrow.elements(.mspace).first?["width"] == "0.2778em")  // Five eighteenths, TeX's room of a relation.
        for (tex, sign) in [(#"\widehat{ab}"#, "\u{302}"), (#"\widetilde{ab}"#, "\u{303}"), (#"\hat a"#, "^")] {
            #expect(try await rendered(tex).elements(.mo).map(\.text) == [sign])
        }
    }

    private func rendered(_ tex: String) async throws -> HTML {
        let formula = Formula(tex)
        return try #require(await MathRenderer().render([formula])[formula]).get()
    }

    @Test("lines of equations are no matrix: their numbers stay as they are")
    func lines() throws {
        let math = try Formula(#"\begin{aligned} 1.5 &= 2 \\ 10 &= 3 \end{aligned}"#).mathML()
        #expect(math.elements(.mphantom).isEmpty)
    }
}

extension HTML {
    /// The elements of a formula's first row, each with its parts in parentheses.
    fileprivate var structure: String {
        guard let row = elements(.mrow).first else { return "" }
        func written(_ nodes: [HTML]) -> String {
            nodes.enumerated().map { place, node in
                guard case .element(let tag, _, let content) = node else { return "" }
                let inner = [.mi, .mn, .mo, .mtext, .mspace].contains(tag) ? "" : "(" + written(content) + ")"
                let isLast = place + 1 == nodes.count
                return tag.rawValue + (inner.isEmpty ? (isLast ? "" : " ") : inner)
            }.joined()
        }
        return written(row.content)
    }

    /// The text with the room between its parts, as `‹eighteenths of an em›`: what signs say of it themselves, or else what
    /// MathML's dictionary of operators says.
    fileprivate var withRooms: String {
        var text = ""
        var room = 0
        for piece in pieces(isFirst: false) {
            switch piece {
            case .room(let more): room += more
            case .text(let more):
                if room > 0 { text += "‹\(room)›" }
                (text, room) = (text + more, 0)
            }
        }
        return text
    }

    private enum Piece {
        case room(Int)
        case text(String)
    }

    private func pieces(isFirst: Bool) -> [Piece] {
        switch self {
        case .text(let text): [.text(text)]
        case .element(.annotation, _, _), .trusted, .formula: []
        case .element(.mspace, let attributes, _): [.room(attributes.eighteenths("width") ?? 0)]
        case .element(.mo, let attributes, let content):
            Self.sign(HTML.fragment(content).plainText, attributes, isFirst: isFirst)
        case .element(let tag, _, let content) where [.msub, .msup, .msubsup, .munder].contains(tag):
            Self.scripts(content)
        case .element(_, _, let content), .fragment(let content):
            content.enumerated().flatMap { $1.pieces(isFirst: $0 == 0 && content.count > 1) }
        }
    }

    private static func sign(_ sign: String, _ attributes: [Attribute], isFirst: Bool) -> [Piece] {
        let dictionary = [
            "−": isFirst ? (0, 0) : (4, 4), "+": isFirst ? (0, 0) : (4, 4), "=": (5, 5), "<": (5, 5), ",": (0, 3), "(": (0, 0),
            ")": (0, 0),
            "\u{2061}": (0, 0),
        ]
        // No rule is held to what it does not say itself.
        let own = dictionary[sign] ?? (100, 100)
        let shown: [Piece] = sign == "\u{2061}" ? [] : [.text(sign)]
        return [.room(attributes.eighteenths("lspace") ?? own.0)] + shown + [.room(attributes.eighteenths("rspace") ?? own.1)]
    }

    /// The room of a sign with scripts is around them all.
    private static func scripts(_ content: [HTML]) -> [Piece] {
        var pieces = content[0].pieces(isFirst: false)
        var behind: [Piece] = []
        if case .element(.mo, _, _) = content[0], let last = pieces.popLast() { behind = [last] }
        return pieces + content.dropFirst().flatMap { $0.pieces(isFirst: false) } + behind
    }
}

extension [Attribute] {
    fileprivate func eighteenths(_ name: String) -> Int? {
        guard let value = first(where: { $0.name == name })?.value, let ems = Double(value.dropLast(2)) else { return nil }
        return Int((ems * 18).rounded())
    }
}
