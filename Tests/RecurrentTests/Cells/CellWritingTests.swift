import Recurrent
import Testing

/// What is written of a definition reads as the same definition.
@Suite("Writing a cell's equations")
struct CellWritingTests {
    static let standardCells: [(name: String, cell: CellDefinition)] = {
        var cells: [(name: String, cell: CellDefinition)] = []
        for bias in [true, false] {
            cells.append(("RNN, tanh, \(bias)", RNN.definition(nonlinearity: .tanh, bias: bias)))
            cells.append(("RNN, relu, \(bias)", RNN.definition(nonlinearity: .relu, bias: bias)))
            for option in [true, false] {
                cells.append(("LSTM, \(bias), \(option)", LSTM.definition(bias: bias, peepholes: option)))
                cells.append(
                    ("GRU, \(bias), \(option)", GRU.definition(resetAfter: option, updateGate: .keepsPrevious, bias: bias)))
                cells.append(
                    (
                        "GRU, takes candidate, \(bias), \(option)",
                        GRU.definition(resetAfter: option, updateGate: .takesCandidate, bias: bias)
                    ))
            }
        }
        return cells
    }()

    /// Apart from what the quantities are called, which no equation tells.
    private func expectSame(
        _ read: CellDefinition, _ written: CellDefinition, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(read.equations == written.equations, "\(text)", sourceLocation: sourceLocation)
        #expect(read.parameters == written.parameters, "\(text)", sourceLocation: sourceLocation)
        #expect(read.states == written.states && read.output == written.output, "\(text)", sourceLocation: sourceLocation)
        #expect(read.sizes == written.sizes, "\(text)", sourceLocation: sourceLocation)
    }

    private func expectReadAgain(_ cell: CellDefinition, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let (text, tex) = (cell.description, cell.tex.joined(separator: "\n"))
        let plain = try CellDefinition(cell.name, parsing: text, output: cell.output.text)
        expectSame(plain, cell, text, sourceLocation: sourceLocation)
        #expect(plain.description == text, sourceLocation: sourceLocation)
        let typeset = try CellDefinition(cell.name, parsing: tex, output: cell.output.text)
        expectSame(typeset, cell, tex, sourceLocation: sourceLocation)
        #expect(typeset.tex == cell.tex, sourceLocation: sourceLocation)
    }

    @Test("the standard cells, in all their options", arguments: standardCells)
    func standard(_ cell: (name: String, cell: CellDefinition)) throws {
        try expectReadAgain(cell.cell)
    }

    @Test("500 random definitions")
    func randomDefinitions() throws {
        var dice = Dice(seed: 23)
        for _ in 0..<500 {
            let text = dice.definition()
            do {
                try expectReadAgain(CellDefinition("A", parsing: text))
            } catch {
                Issue.record("\(error) in\n\(text)")
            }
        }
    }

    @Test(
        "numbers, from the smallest to the largest and with all digits",
        arguments: [
            "1e-22", "15e-22", "0.1", "0.3", "123456789012345", "0.00000012345", "1e22", "1e23", "123456789012345e22", "1e36", "0",
        ])
    func numbers(_ number: String) throws {
        let cell = try CellDefinition("A", parsing: "h_t = \(number) h_{t-1}")
        guard case .multiply(let factors) = cell.equations[0].expression, case .number(let value) = factors[0] else {
            Issue.record("\(cell)")
            return
        }
        #expect(value == Double(number))
        try expectReadAgain(cell)
    }

    @Test(
        "what was written is what a paper would print",
        arguments: [
            (
                "h_t = tanh(W_{hx} x_t + 0.9 h_{t-1})", "h_t = tanh(W_{hx} x_t + 0.9 h_{t-1})",
                #"h_t = \tanh(W_{hx} x_t + 0.9 h_{t-1})"#
            ),
            (#"h_t = \frac{1}{1 + e^{-h_{t-1}}}"#, "h_t = 1 / (1 + exp(-h_{t-1}))", #"h_t = \frac{1}{1 + \exp(-h_{t-1})}"#),
            ("h_t = a * tanh(h_{t-1})^2", "h_t = a ⊙ tanh^2(h_{t-1})", #"h_t = a \odot \tanh^2(h_{t-1})"#),
            (
                "h_t = (a / b)^2 + √h_{t-1}", "h_t = (a / b)^2 + sqrt(h_{t-1})",
                #"h_t = \left(\frac{a}{b}\right)^2 + \sqrt{h_{t-1}}"#
            ),
            ("h_t = a - (b - h_{t-1})", "h_t = a - (b - h_{t-1})", #"h_t = a - (b - h_{t-1})"#),
            ("h_t = W (a ⊙ h_{t-1}) + U V b", "h_t = W (a ⊙ h_{t-1}) + U V b", #"h_t = W (a \odot h_{t-1}) + U V b"#),
            (
                "c\u{303}_{k,t} = β ⊙ c\u{303}_{k,t-1}", "c\u{303}_{k,t} = β ⊙ c\u{303}_{k,t-1}",
                #"\tilde{c}_{k,t} = \beta \odot \tilde{c}_{k,t-1}"#
            ),
            (
                "h_t = relu(Γ_{βf2} h_{t-1})", "h_t = relu(Γ_{βf2} h_{t-1})",
                #"h_t = \operatorname{relu}(\Gamma_{\beta f2} h_{t-1})"#
            ),
        ])
    func written(_ cell: (equations: String, text: String, tex: String)) throws {
        let definition = try CellDefinition("A", parsing: cell.equations)
        #expect(definition.description == cell.text)
        #expect(definition.tex == [cell.tex])
    }
}

// MARK: - Random definitions

extension Dice {
    /// One to five equations over quantities with accents, subscripts and Greek letters; every parameter is new.
    mutating func definition() -> String {
        var letters = [
            "c", "f", "g", "h", "m", "s", "α", "β", "ζ", "c̃", "ĥ", "n̄", "ȧ", "β̂", "c_k", "c_{hf}", "f_{β2}", "s_{a,b}", "m_{c̃}",
        ]
        var quantities: [String] = []
        for _ in 0...int(below: 4) { quantities.append(letters.remove(at: int(below: letters.count))) }
        var author = Author(quantities: quantities)
        return quantities.indices.map { index in
            author.current = index
            return author.at(quantities[index], "t") + " = " + author.sum(&self, depth: 2)
        }.joined(separator: "\n")
    }

    private struct Author {
        let quantities: [String]
        var current = 0
        private var parameters = 0

        init(quantities: [String]) { self.quantities = quantities }

        func at(_ name: String, _ time: String) -> String {
            guard let mark = name.firstIndex(of: "_") else { return "\(name)_{\(time)}" }
            return name[..<mark] + "_{" + name[name.index(after: mark)...].filter { $0 != "{" && $0 != "}" } + ",\(time)}"
        }

        private mutating func parameter(_ letters: [String], _ dice: inout Dice) -> String {
            parameters += 1
            return dice.one(of: letters) + "_{" + dice.one(of: ["", "h", "hf", "β", "x,", "ĉ", "γβ"]) + "\(parameters)}"
        }

        private mutating func matrix(_ dice: inout Dice) -> String {
            parameter(["W", "U", "V", "Γ", "Ω", "Ŵ", "Γ\u{302}", "R"], &dice)
        }

        private mutating func leaf(_ dice: inout Dice) -> String {
            switch dice.int(below: 4) {
            case 0: return matrix(&dice) + " x_t"
            case 1: return parameter(["b", "p", "λ", "b̃", "e"], &dice)
            case 2 where current > 0: return at(quantities[dice.int(below: current)], "t")
            default: return at(dice.one(of: quantities), "t-1")
            }
        }

        mutating func sum(_ dice: inout Dice, depth: Int) -> String {
            var text = dice.chance(15) ? "-" : ""
            for place in 0...dice.int(below: 3) {
                if place > 0 { text += dice.one(of: [" + ", " - "]) }
                if place > 0, dice.chance(15) { text += number(&dice) } else { text += product(&dice, depth: depth) }
            }
            return text
        }

        private mutating func product(_ dice: inout Dice, depth: Int) -> String {
            var text = dice.chance(25) ? number(&dice) + dice.one(of: [" ", " ⊙ ", " / ", " · "]) : ""
            for place in 0...dice.int(below: 3) {
                if place > 0 { text += dice.one(of: [" ⊙ ", " ⊙ ", " / ", " * "]) }
                text += factor(&dice, depth: depth)
            }
            return text
        }

        private mutating func factor(_ dice: inout Dice, depth: Int) -> String {
            guard depth > 0 else { return leaf(&dice) }
            switch dice.int(below: 9) {
            case 0:
                return dice.one(of: ["tanh", "σ", "relu", "exp", "log", "sqrt", "√", #"\sigma"#]) + "("
                    + sum(&dice, depth: depth - 1) + ")"
            case 1: return "(" + sum(&dice, depth: depth - 1) + ")" + dice.one(of: ["", "^2", "³", "^{9}"])
            case 2: return matrix(&dice) + " " + factor(&dice, depth: depth - 1)
            case 3: return #"\frac{"# + sum(&dice, depth: depth - 1) + "}{" + sum(&dice, depth: depth - 1) + "}"
            case 4: return #"\frac{"# + number(&dice) + "}{" + product(&dice, depth: depth - 1) + "}" + dice.one(of: ["", "^2"])
            case 5: return "e^{" + sum(&dice, depth: depth - 1) + "}"
            case 6: return dice.one(of: ["tanh", "σ", "exp", "sqrt"]) + "^2(" + sum(&dice, depth: depth - 1) + ")"
            case 7: return "√(" + sum(&dice, depth: depth - 1) + ")^2"
            default: return "(" + leaf(&dice) + ")" + dice.one(of: ["", "^2"])
            }
        }

        private func number(_ dice: inout Dice) -> String {
            dice.one(of: ["2", "0.9", ".5", "1e-3", "12", "1e-20", "3e30", "0.1", "2^3"])
        }
    }
}
