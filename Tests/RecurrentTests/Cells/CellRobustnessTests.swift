import Recurrent
import Testing

/// Whatever the text is, it is read or refused at a place within it.
@Suite("Any text at all as a cell's equations")
struct CellRobustnessTests {
    /// Reads a text; a fault must lie within it, at most one column behind a line's last character.
    @discardableResult
    private func read(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> Result<CellDefinition, CellError> {
        do throws(CellError) {
            let cell = try CellDefinition("A", parsing: text)
            // What is read can be written, compared and read again.
            #expect(
                (try? CellDefinition("A", parsing: cell.description))?.description == cell.description, "\(text)",
                sourceLocation: sourceLocation)
            return .success(cell)
        } catch {
            let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
            let isWithin =
                error.line >= 1 && error.line <= lines.count && error.column >= 1 && error.column <= lines[error.line - 1].count + 1
            #expect(isWithin, "\(error) in \(text)", sourceLocation: sourceLocation)
            return .failure(error)
        }
    }

    @Test("15,000 texts of tokens glued together")
    func tokens() {
        let tokens = [
            "h_t", "h_{t-1}", "x_t", "c_t", "c_{k,t}", "W", "U_f", "b", "c̃_t", "\\tilde{c}_t", "\\hat", "\\frac", "\\frac{", "{",
            "}", "(", ")", "[", "]", "+", "-",
            "−", "*", "⊙", "·", "/", "^", "²", "_", "=", "\n", "\n", "\r\n", " ", " ", "\t", "0.5", "1e", "1e9", ".", ",", ";", "&",
            "\\\\", "\\", "\\left(", "\\{",
            "σ", "\\sigma", "tanh", "tanh(", "e^{", "√", "\\sqrt", "ₜ", "ₜ₋₁", "[t-1]", "_(t-1)", "_{", "t", "'", "🙂", "é",
            "\u{303}", "\u{200D}", "β", "Γ", "\\mathrm{",
            "\\text", "h_t = ", "\nh_t = ", "\nc_t = ", "1\u{20E3}", "\0", "٣", "½", "中",
        ]
        var dice = Dice(seed: 5)
        var wasRead = 0
        for _ in 0..<15_000 {
            var text = dice.chance(70) ? "h_t = " : ""
            for _ in 0...dice.int(below: 12) { text += dice.one(of: tokens) }
            if case .success = read(text) { wasRead += 1 }
        }
        #expect(wasRead > 50)
    }

    @Test("5,000 definitions with characters deleted, doubled, swapped and put in")
    func mutations() {
        var dice = Dice(seed: 6)
        let texts =
            CellWritingTests.standardCells.flatMap { [$0.cell.description, $0.cell.tex.joined(separator: " \\\\\n")] }
            + (0..<20).map { _ in dice.definition() }
        let characters = Array("hWx_t{}()[]^+-*/⊙=\\ \n.,&²1eσc\u{303}🙂")
        var wasRead = 0
        for _ in 0..<5_000 {
            var text = Array(dice.one(of: texts))
            for _ in 0...dice.int(below: 3) where text.count > 1 {
                let place = dice.int(below: text.count - 1)
                switch dice.int(below: 5) {
                case 0: text.remove(at: place)
                case 1: text.insert(text[place], at: place)
                case 2: text.swapAt(place, place + 1)
                case 3: text.insert(dice.one(of: characters), at: place)
                default: text.removeSubrange(place...)
                }
            }
            if case .success = read(String(text)) { wasRead += 1 }
        }
        #expect(wasRead > 100 && wasRead < 4_900)
    }

    @Test(
        "what stands too deep is told at its place",
        arguments: [
            ("(", ")"), ("tanh(", ")"), ("{", "}"), ("e^{", "}"), ("1 / (1 + ", ")"), ("\\frac{1}{", "}"), ("\\sqrt{", "}"),
            ("-(", ")"), ("W (", ")"),
        ])
    func deep(_ pair: (String, String)) {
        for isClosed in [true, false] {
            let text =
                "h_t = " + String(repeating: pair.0, count: 10_000) + "a"
                + (isClosed ? String(repeating: pair.1, count: 10_000) : "")
            guard case .failure(let error) = read(text) else {
                Issue.record("it was read")
                continue
            }
            #expect(error.message.contains("too deep") || pair.0 == "W (" && error.message.contains("two places"), "\(error)")
            #expect(error.line == 1 && error.column < 60 * pair.0.count)
        }
    }

    @Test("40 parentheses in one another are read")
    func nested() throws {
        let text = "h_t = " + (0..<20).map { "tanh(W_{\($0)} x_t - 2 (" }.joined() + "a" + String(repeating: "))", count: 20)
        _ = try CellDefinition("A", parsing: text)
    }

    @Test(
        "chains that grow a tree without parentheses end as well",
        arguments: [
            "a / ", "W ", "tanh ", "√", "- ", "\\hat", "\\mathrm", "\\tilde{", "_{", "W_{", "W_{{", "\\frac", "x^2^", "h[", "h_(t",
            ". ", "1", ", ", "² ", "\\text{", "&", "\\\\",
        ])
    func chains(_ part: String) {
        read("h_t = " + String(repeating: part, count: 10_000))
        read("h_t = h_{t-1} " + String(repeating: part, count: 10_000) + "a")
        read("h_t = W_" + String(repeating: part, count: 10_000) + "{a} x_t")
        read(String(repeating: part, count: 10_000))
    }

    @Test("a line of 10,000 summands or factors, and 2,000 equations, are read")
    func long() throws {
        let sum = "h_t = h_{t-1}" + (0..<10_000).map { " + b_{\($0)}" }.joined()
        #expect(try CellDefinition("A", parsing: sum).parameterNames.count == 10_000)
        let product = "h_t = h_{t-1}" + (0..<10_000).map { " ⊙ b_{\($0)}" }.joined()
        #expect(try CellDefinition("A", parsing: product).parameterNames.count == 10_000)
        let equations = (0..<2_000).map { "c_{\($0),t} = W_{\($0)} x_t + c_{\($0),t-1}" }.joined(separator: "\n")
        #expect(try CellDefinition("A", parsing: equations).stateNames.count == 2_000)
        // Each equation needs the next one, and the last one the first.
        let cycle = (0..<2_000).map { "c_{\($0),t} = c_{\(($0 + 1) % 2_000),t}" }.joined(separator: "\n")
        guard case .failure(let error) = read(cycle) else {
            Issue.record("it was read")
            return
        }
        #expect(error.message.contains("cycle") && error.message.count < 200, "\(error)")
    }
}
