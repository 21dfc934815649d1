import Recurrent

/// One unit's step worked out with its numbers, equation by equation: `show(worked: trace, step: 2, unit: 0)`.
public struct WorkedExhibit: Codable, Hashable, Sendable {
    /// A part of an equation with numbers put in.
    public enum Piece: Hashable, Sendable {
        /// TeX between the numbers.
        case tex(String)
        case number(Double)
        /// A sum of products; a term's factors stand together.
        case sum([[Double]])
    }

    public struct Equation: Codable, Hashable, Sendable {
        /// As the trace calls what it gives: `forgetGate`.
        public var name: String
        /// As TeX: `f`.
        public var symbol: String
        /// The right side in symbols, as TeX.
        public var symbols: String
        /// The same with numbers put in, worked out further from line to line.
        public var lines: [[Piece]]
        public var value: Double

        public init(name: String, symbol: String, symbols: String, lines: [[Piece]], value: Double) {
            self.name = name
            self.symbol = symbol
            self.symbols = symbols
            self.lines = lines
            self.value = value
        }
    }

    public var layerName: String
    public var layer: Int
    public var isReverse: Bool
    public var step: Int
    public var sequence: Int
    public var unit: Int
    public var equations: [Equation]

    public init(
        layerName: String, layer: Int, isReverse: Bool, step: Int, sequence: Int, unit: Int, equations: [Equation]
    ) {
        self.layerName = layerName
        self.layer = layer
        self.isReverse = isReverse
        self.step = step
        self.sequence = sequence
        self.unit = unit
        self.equations = equations
    }
}

/// A piece is coded as a string, a number or a list of lists.
extension WorkedExhibit.Piece: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // A number comes first: NaN and the infinities are coded as strings.
        if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let tex = try? container.decode(String.self) {
            self = .tex(tex)
        } else {
            self = .sum(try container.decode([[Double]].self))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .tex(let tex): try container.encode(tex)
        case .number(let number): try container.encode(number)
        case .sum(let terms): try container.encode(terms)
        }
    }
}

extension WorkedExhibit: ExhibitContent {
    /// For the terminal: the results, one a line.
    var terminalText: String {
        (["\(layerName) layer \(layer), step \(step), unit \(unit)"]
            + equations.map { "  \($0.symbol)_\(step)[\(unit)] = \(PlainFormula($0.symbols)) = \($0.value)" }).joined(separator: "\n")
    }
}

// MARK: - Showing

/// Works out one unit's step of an RNN; `layer` is the last one if left out.
public func show(
    worked trace: RNNTrace, step: Int, unit: Int, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        worked: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

/// Works out every gate, the cell state and the output of one unit's step of an LSTM; `layer` is the last one if left out.
public func show(
    worked trace: LSTMTrace, step: Int, unit: Int, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        worked: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

/// Works out both gates, the candidate and the output of one unit's step of a GRU; `layer` is the last one if left out.
public func show(
    worked trace: GRUTrace, step: Int, unit: Int, layer: Int? = nil, reverse: Bool = false, sequence: Int = 0
) {
    show(
        worked: TraceReading(trace),
        at: TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit))
}

private func show(worked reading: TraceReading, at place: TracePlace) {
    Recorder.current.show(.worked(WorkedExhibit(reading, at: place)))
}

extension WorkedExhibit {
    package init(_ reading: TraceReading, at place: TracePlace) {
        let (track, step) = reading.find(place, for: "show(worked:)")
        let worked = WorkedStep(form: reading.form, track: track, step: step, parameters: reading.parameters, place: place)
        let equations = reading.form.equations(reading.terms).map { symbol, tex in
            let quantity = step.quantities.first { $0.symbol == symbol }!
            return Equation(
                name: quantity.name, symbol: symbol, symbols: tex, lines: worked.lines(of: symbol),
                value: quantity.tensor.row(place.sequence)[place.unit])
        }
        self.init(
            layerName: reading.form.kind.rawValue, layer: track.layer, isReverse: track.isReverse, step: place.step,
            sequence: place.sequence, unit: place.unit, equations: equations)
    }
}

/// The numbers of one unit's step, put into its cell's equations.
private struct WorkedStep {
    typealias Piece = WorkedExhibit.Piece

    let form: CellForm
    let track: TraceReading.Track
    let step: TraceReading.Step
    let parameters: Parameters
    let place: TracePlace

    func lines(of symbol: String) -> [[Piece]] {
        switch (form.kind, symbol) {
        case (.rnn, _):
            return function(form.function == "tanh" ? #"\tanh"# : #"\operatorname{relu}"#, symbol, [.sum(inner(block: 0))])
        case (.lstm, "g"): return function(#"\tanh"#, symbol, [.sum(inner(block: 2))])
        case (.lstm, "c"): return [[.sum([[value("f"), previous("c")], [value("i"), value("g")]])]]
        case (.lstm, "h"): return [
            [.number(value("o")), .tex(#"\cdot \tanh("#), .number(value("c")), .tex(")")],
            [.number(value("o")), .tex(#"\cdot"#), .number(tanh(value("c")))],
        ]
        case (.lstm, let gate):
            return function(#"\sigma"#, gate, [.sum(inner(block: ["i": 0, "f": 1, "o": 3][gate]!) + peephole(gate))])
        case (.gru, "n"): return function(#"\tanh"#, symbol, candidate)
        case (.gru, "h"):
            let (z, kept, new) = (value("z"), previous("h"), value("n"))
            let (rest, share) = form.updateTakesCandidate ? (kept, new) : (new, kept)
            return [
                [.tex("(1 -"), .number(z), .tex(#") \cdot"#), .number(rest), .tex("+"), .sum([[z, share]])],
                [.sum([[1 - z, rest], [z, share]])],
            ]
        case (.gru, let gate): return function(#"\sigma"#, gate, [.sum(inner(block: gate == "r" ? 0 : 1))])
        }
    }

    // MARK: Parts

    /// f(…) with every term, then with what they come to.
    private func function(_ name: String, _ symbol: String, _ inner: [Piece]) -> [[Piece]] {
        let total = step.preactivations[symbol]!.row(place.sequence)[place.unit]
        return [[.tex(name + "(")] + inner + [.tex(")")], [.tex(name + "("), .number(total), .tex(")")]]
    }

    /// W_i x + b_i + W_h h + b_h of one gate, whose weights are so many blocks down.
    private func inner(block: Int) -> [[Double]] {
        inputPart(block) + hiddenPart(block, reading: hidden.map { [$0] })
    }

    private var candidate: [Piece] {
        guard form.resetAfter else {
            let reset = quantity("r")
            return [.sum(inputPart(2) + hiddenPart(2, reading: zip(reset, hidden).map { [$0, $1] }))]
        }
        return [
            .sum(inputPart(2)), .tex("+"), .number(value("r")), .tex(#"\cdot ("#),
            .sum(hiddenPart(2, reading: hidden.map { [$0] })), .tex(")"),
        ]
    }

    private func inputPart(_ block: Int) -> [[Double]] {
        let row = block * unitCount + place.unit
        let products = zip(parameter("weight_ih").row(row), step.input.row(place.sequence)).map { [$0, $1] }
        return products + bias("bias_ih", row)
    }

    private func hiddenPart(_ block: Int, reading factors: [[Double]]) -> [[Double]] {
        let row = block * unitCount + place.unit
        return zip(parameter("weight_hh").row(row), factors).map { [$0] + $1 } + bias("bias_hh", row)
    }

    private func bias(_ name: String, _ row: Int) -> [[Double]] {
        parameters.names.contains(name + track.suffix) ? [[parameter(name).values[row]]] : []
    }

    private func peephole(_ gate: String) -> [[Double]] {
        guard parameters.names.contains("peephole" + track.suffix) else { return [] }
        let row = ["i": 0, "f": 1, "o": 2][gate]!
        return [[parameter("peephole").row(row)[place.unit], gate == "o" ? value("c") : previous("c")]]
    }

    private func parameter(_ name: String) -> Tensor { parameters[name + track.suffix] }
    private var unitCount: Int { parameter("weight_hh").shape[1] }

    private func quantity(_ symbol: String) -> [Double] {
        step.quantities.first { $0.symbol == symbol }!.tensor.row(place.sequence)
    }

    private func value(_ symbol: String) -> Double { quantity(symbol)[place.unit] }
    private var hidden: [Double] { step.previous.first { $0.symbol == "h" }!.tensor.row(place.sequence) }

    private func previous(_ symbol: String) -> Double {
        step.previous.first { $0.symbol == symbol }!.tensor.row(place.sequence)[place.unit]
    }
}
