import Exhibits
import Recurrent
import Testing

@Suite("What a derivation prints is what it says")
struct PrintedEquationTests {
    typealias Line = DerivationExhibit.Line

    static let tolerance = 1e-12

    static func exhibit(_ cell: DerivedCell, following name: String? = nil) throws -> (DerivationExhibit, PrintedDerivation) {
        let exhibit = try DerivationExhibit(cell.derivation, following: name, row: 1)
        return (
            exhibit, try PrintedDerivation(exhibit, parameters: cell.parameters, gradients: cell.gradients, initial: cell.initial)
        )
    }

    @Test("the right side of every line has the value beside it", arguments: DerivedCell.all)
    func lines(kind: DerivedCell.Kind) throws {
        let (exhibit, printed) = try Self.exhibit(kind.make())
        #expect(exhibit.forward.count == DerivedCell.stepCount && exhibit.backward.count == DerivedCell.stepCount)
        try Self.expectLines(exhibit, printed)
    }

    static func expectLines(_ exhibit: DerivationExhibit, _ printed: PrintedDerivation) throws {
        for line in (exhibit.forward + exhibit.backward).flatMap(\.lines) + exhibit.trail {
            for side in [line.left, line.right] where !side.isEmpty {
                let difference = try printed.value(of: side).difference(to: PrintedValue(line.value))
                #expect(difference < tolerance, "\(side) in \(line.left) = \(line.right) is off by \(difference)")
            }
        }
    }

    @Test("whatever parameter is followed, every line to its gradient holds", arguments: DerivedCell.all)
    func trails(kind: DerivedCell.Kind) throws {
        let cell = try kind.make()
        for name in cell.derivation.definition.parameterNames {
            let (exhibit, printed) = try Self.exhibit(cell, following: name)
            for line in exhibit.trail where !line.right.isEmpty {
                let difference = try printed.value(of: line.right).difference(to: PrintedValue(line.value))
                #expect(difference < Self.tolerance, "\(name): \(line.left) = \(line.right) is off by \(difference)")
            }
            let gradient = try #require(cell.gradients[name])
            let (row, end) = (1, try #require(exhibit.trail.last))
            let followed = gradient.shape.count == 1 ? gradient[row] : gradient[row, 0]
            #expect(PrintedValue(followed).difference(to: PrintedValue(end.value)) < Self.tolerance, "\(name)")
        }
    }

    @Test(
        "the numbers put in for the symbols come to the value, and so do the parts",
        arguments: DerivedCell.all)
    func numbers(kind: DerivedCell.Kind) throws {
        let (exhibit, _) = try Self.exhibit(kind.make())
        for line in (exhibit.forward + exhibit.backward).flatMap(\.lines) + exhibit.trail {
            for summands in [try line.terms.map(Self.value), line.parts.map { PrintedValue($0) }] where !summands.isEmpty {
                let sum = try summands.dropFirst().reduce(summands[0]) { try $0.combined($1) { $0 + $1 } }
                #expect(
                    sum.difference(to: PrintedValue(line.value)) < Self.tolerance,
                    "\(line.left) = \(line.right): \(sum), \(line.value)")
            }
        }
    }

    private static func value(_ term: DerivationExhibit.Term) throws -> PrintedValue {
        let factors = term.factors.map { PrintedValue($0) }
        let product = try factors.dropFirst().reduce(factors[0]) {
            try term.product == .plain ? $0.times($1) : $0.combined($1) { $0 * $1 }
        }
        return term.isSubtracted ? product.map { -$0 } : product
    }

    // MARK: Roads

    @Test(
        "what is printed beside each road to a state comes to what arrives by it, and its size is that", arguments: DerivedCell.all)
    func roads(kind: DerivedCell.Kind) throws {
        let cell = try kind.make()
        let (exhibit, printed) = try Self.exhibit(cell)
        var states: Set<String> = []
        for line in exhibit.backward.flatMap(\.lines) {
            guard let arrival = line.arrival else { continue }
            states.insert(arrival.state)
            let parts = line.parts.isEmpty ? [line.value] : line.parts
            // Where no road leads to, nothing comes.
            #expect(
                arrival.roads.isEmpty ? line.value.values.allSatisfy { $0 == 0 } : arrival.roads.count == parts.count,
                "\(line.left)")
            for (road, part) in zip(arrival.roads, parts) {
                let difference = try printed.value(of: road.symbols).difference(to: PrintedValue(part))
                #expect(difference < Self.tolerance, "\(road.symbols) of \(line.left) is off by \(difference)")
                #expect(abs(road.size - Self.length(part)) < Self.tolerance, "\(road.symbols)")
            }
            #expect(abs(arrival.size - Self.length(line.value)) < Self.tolerance)
        }
        #expect(states == Set(cell.derivation.definition.states.map(\.text)))
    }

    private static func length(_ numbers: DerivationExhibit.Numbers) -> Double {
        numbers.values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }

    // MARK: In general

    @Test(
        "every equation of the general list holds at every step, and tells every line",
        arguments: DerivedCell.all)
    func general(kind: DerivedCell.Kind) throws {
        let cell = try kind.make()
        let (exhibit, printed) = try Self.exhibit(cell)
        try Self.expectGeneral(exhibit, printed, parameters: Set(cell.derivation.definition.parameterNames))
    }

    static func expectGeneral(_ exhibit: DerivationExhibit, _ printed: PrintedDerivation, parameters: Set<String>) throws {
        var told: [PrintedSymbol: Int] = [:]
        for equation in exhibit.equations.flatMap(PrintedDerivation.Equation.all) {
            for gate in equation.gates {
                for t in steps(equation, of: exhibit.stepCount) {
                    let right = try printed.value(of: equation.right, at: t, gate: gate)
                    for left in equation.left {
                        let difference = try printed.value(of: left, at: t, gate: gate).difference(to: right)
                        #expect(
                            difference < tolerance,
                            "\(left) = \(equation.right) at \(t.map { "\($0)" } ?? "no step"), \(gate?.name ?? "") is off by \(difference)"
                        )
                        told[try printed.symbol(left, at: t, gate: gate), default: 0] += 1
                    }
                }
            }
        }
        for (symbol, count) in told { #expect(count == 1, "\(symbol) has \(count) equations") }
        // Each of the cell's parameters, and no other.
        let parameterGradients = told.keys.compactMap { if case .parameterGradient(let name) = $0 { name } else { nil } }
        #expect(Set(parameterGradients) == parameters)
        // Each line of each step; what is written as diag(f′) δ is told by δ.
        var printedSymbols: Set<PrintedSymbol> = []
        for line in (exhibit.forward + exhibit.backward).flatMap(\.lines)
        where !line.left.hasPrefix("x_") && !line.left.hasPrefix(#"\operatorname"#) {
            printedSymbols.insert(try printed.symbol(line.left))
        }
        let others = Set(told.keys).subtracting(parameters.map { .parameterGradient($0) }).subtracting([.loss])
        #expect(others == printedSymbols)
    }

    /// At which t an equation is told: at T, at those before the last, at all, or without one.
    private static func steps(_ equation: PrintedDerivation.Equation, of count: Int) -> [Int?] {
        let left = equation.left.joined()
        if left.contains("_L") || left.contains(",L}") { return [count] }
        if equation.right.contains("t+1") { return (1..<count).map { $0 } }
        let isOfParameter = equation.right.hasPrefix(#"\sum_t "#)
        return isOfParameter ? [nil] : (1...count).map { $0 }
    }

    // MARK: Worked steps

    @Test(
        "every line of a worked step comes to its value, and so do its symbols",
        arguments: DerivedCell.standard + DerivedCell.custom)
    func worked(kind: DerivedCell.Kind) throws {
        let cell = try kind.make()
        try Self.expectWorked(cell, Self.exhibit(cell).1)
    }

    static func expectWorked(_ cell: DerivedCell, _ printed: PrintedDerivation) throws {
        let worked = try #require(cell.worked)
        for (step, unit) in [(0, 1), (2, 0), (3, cell.hiddenSize - 1)] {
            let exhibit = try worked(TracePlace(step: step, unit: unit))
            #expect(!exhibit.equations.isEmpty)
            for equation in exhibit.equations {
                let value = PrintedValue(equation.value)
                for line in equation.lines {
                    let tex = line.map(\.printed).joined(separator: " ")
                    #expect(try printed.value(of: tex).difference(to: value) < tolerance, "\(equation.symbol): \(tex)")
                }
                let general = try printed.value(of: equation.symbols, at: step + 1)
                let ofUnit = general.isNumber ? general : PrintedValue(general.values[unit])
                #expect(ofUnit.difference(to: value) < tolerance, "\(equation.symbol) = \(equation.symbols)")
            }
        }
    }
}

extension PrintedEquationTests {
    @Test("the terminal reads every equation without TeX", arguments: DerivedCell.all)
    func terminal(kind: DerivedCell.Kind) throws {
        let (exhibit, _) = try Self.exhibit(kind.make())
        let text = exhibit.terminalText
        #expect(!text.contains("\\") && !text.contains("{") && !text.contains("}"))
    }

    @Test("the terminal's fractions, roots, sums and accents say what belongs to them")
    func terminalFractions() throws {
        let cell = CellDefinition(
            "cell",
            """
            \\tilde{c}_t = \\sqrt{1 + (W x_t)^2}
            h_t = \\frac{\\tilde{c}_t}{1 + e^{\\tilde{c}_t}} + \\frac{V x_t}{2}
            """)
        let text = try Self.exhibit(DerivedCell(cell)).0.terminalText
        #expect(text.contains("c̃_3 = √(a^c̃_3) = tensor("))
        #expect(text.contains("a^c̃_3 = 1 + (W x_3)² = tensor("))
        #expect(text.contains("h_3 = c̃_3/(1 + exp(c̃_3)) + (V x_3)/2 = tensor("))
        let lstm = try DerivedNetwork.lstm.exhibit().terminalText
        #expect(lstm.contains("δ_3 = ∂ℒ/∂output_3 + Σ_k ∈ (i, f, g, o) W_hkᵀ ∂ℒ/∂a^k_4 = tensor("))
    }
}

extension WorkedExhibit.Piece {
    fileprivate var printed: String {
        switch self {
        case .tex(let tex): tex
        case .number(let number): "{\(number)}"
        case .sum(let terms): "(" + terms.map { $0.map { "{\($0)}" }.joined(separator: #" \cdot "#) }.joined(separator: " + ") + ")"
        }
    }
}

@Suite("The reader of printed equations sees what is wrong in them")
struct PrintedMistakeTests {
    /// A slip in a line of a derivation, and in which one: the first that has it.
    struct Slip: Sendable, CustomTestStringConvertible {
        let cell: String
        let right: String
        let wrong: String
        /// In the general list instead of the numbers' lines.
        var isGeneral = false

        var testDescription: String { "\(cell): \(right) → \(wrong)" }

        init(_ cell: String, _ right: String, _ wrong: String, isGeneral: Bool = false) {
            (self.cell, self.right, self.wrong, self.isGeneral) = (cell, right, wrong, isGeneral)
        }
    }

    static let slips = [
        Slip("RNN", #" + W_{hh} h_2"#, #" - W_{hh} h_2"#),
        Slip("RNN", #"\delta_4"#, #"\delta_3"#),
        Slip("RNN", #"W_{hh}^\top"#, #"W_{hh}"#),
        Slip("RNN", #"\operatorname{diag}(1 - h_4^2)\, "#, ""),
        Slip("RNN", #"1 - h_{t+1}^2"#, #"1 - h_t^2"#, isGeneral: true),
        Slip("RNN", #"h_{t-1}^\top"#, #"h_t^\top"#, isGeneral: true),
        Slip("RNN with relu", #"\operatorname{relu}"#, #"\tanh"#),
        Slip("LSTM", #"\sum_{k \in \{i, f, g, o\}}"#, #"\sum_{k \in \{i, f, g\}}"#),
        Slip("LSTM", #"\odot f_4"#, #"\odot f_3"#),
        Slip("LSTM", #"\odot (1 - f_3)"#, ""),
        Slip("LSTM", #"\odot c_2"#, #"\odot c_3"#),
        Slip("LSTM", #"(1 - \tanh^2(c_3))"#, #"(1 - \tanh(c_3))"#),
        Slip("LSTM", #"f_{t+1}"#, #"f_t"#, isGeneral: true),
        Slip(
            "LSTM", #"\frac{\partial \mathcal{L}}{\partial a^k_{t+1}}"#, #"\frac{\partial \mathcal{L}}{\partial a^k_t}"#,
            isGeneral: true),
        Slip("LSTM", #"\sum_{k \in \{i, f, g, o\}}"#, #"\sum_{k \in \{i, f, o, o\}}"#, isGeneral: true),
        Slip("LSTM with peepholes", #"p_f"#, #"p_i"#),
        Slip("LSTM with peepholes", #"\odot p_o"#, ""),
        Slip("GRU, bias true, reset after true, keepsPrevious", #"\odot z_4"#, #"\odot (1 - z_4)"#),
        Slip("GRU, bias true, reset after true, keepsPrevious", #"h_2 - n_3"#, #"n_3 - h_2"#),
        Slip("GRU, bias true, reset after false, takesCandidate", #"W_{hr}^\top"#, #"W_{hz}^\top"#),
        Slip("GRU, bias false, reset after false, keepsPrevious", #"r_4 \odot "#, ""),
        Slip("Elman", #"\hat y_3 - y_3"#, #"\hat y_3"#),
        Slip("Elman", #"V^\top"#, #"W^\top"#),
        Slip("MGU", #"U_n (f_3 \odot h_2)"#, #"U_n h_2"#),
        Slip("coupled gates", #"i_3 \odot \tilde{c}_3"#, #"f_3 \odot \tilde{c}_3"#),
        Slip("exp and division", #"^2"#, ""),
        Slip("coefficients and powers", "2 (W_m", "(W_m"),
        Slip("nested functions", #"0.5"#, ""),
        Slip("nested functions", #"W^\top"#, #"V^\top"#),
        Slip("one parameter in two places", #"b \odot"#, ""),
        Slip("states of several sizes", #"V_m^\top"#, #"U_m^\top"#),
    ]

    @Test("a slip of the pen", arguments: slips)
    func slip(slip: Slip) throws {
        let kind = try #require(DerivedCell.all.first { $0.testDescription == slip.cell })
        let (exhibit, printed) = try PrintedEquationTests.exhibit(kind.make())
        if slip.isGeneral {
            let equations = exhibit.equations.flatMap(PrintedDerivation.Equation.all)
            let texts = exhibit.equations.filter { $0.contains(slip.right) }
            #expect(!equations.isEmpty && !texts.isEmpty, "no equation has \(slip.right)")
            for text in texts {
                let wrong = PrintedDerivation.Equation.all(in: text.replacing(slip.right, with: slip.wrong))
                #expect(wrong.contains { isSeen($0, printed) }, "\(text)")
            }
            return
        }
        let lines = (exhibit.forward + exhibit.backward).flatMap(\.lines).filter { $0.right.contains(slip.right) }
        #expect(!lines.isEmpty, "no line has \(slip.right)")
        for line in lines {
            let wrong = line.right.replacing(slip.right, with: slip.wrong, maxReplacements: 1)
            let value = try? printed.value(of: wrong)
            let isSeen = value.map { $0.difference(to: PrintedValue(line.value)) > 1e-6 } ?? true
            #expect(isSeen, "\(line.left) = \(wrong)")
        }
    }

    private func isSeen(_ equation: PrintedDerivation.Equation, _ printed: PrintedDerivation) -> Bool {
        equation.gates.contains { gate in
            (2...3).contains { t in
                guard let right = try? printed.value(of: equation.right, at: t, gate: gate) else { return true }
                return equation.left.contains { left in
                    guard let left = try? printed.value(of: left, at: t, gate: gate) else { return true }
                    return left.difference(to: right) > 1e-6
                }
            }
        }
    }
}
