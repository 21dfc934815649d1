import Recurrent

/// One unit's step worked out with its numbers, equation by equation: `show(worked: trace, step: 2, unit: 0)`.
package struct WorkedExhibit: Codable, Hashable, Sendable {
    /// A part of an equation with numbers put in.
    package enum Piece: Hashable, Sendable {
        /// TeX between the numbers.
        case tex(String)
        case number(Double)
        /// A sum of products; a term's factors stand together.
        case sum([[Double]])
    }

    package struct Equation: Codable, Hashable, Sendable {
        /// As the trace calls what it gives: `forgetGate`.
        package var name: String
        /// As TeX: `f`.
        package var symbol: String
        /// The right side in symbols, as TeX.
        package var symbols: String
        /// The same with numbers put in, worked out further from line to line.
        package var lines: [[Piece]]
        package var value: Double

        package init(name: String, symbol: String, symbols: String, lines: [[Piece]], value: Double) {
            self.name = name
            self.symbol = symbol
            self.symbols = symbols
            self.lines = lines
            self.value = value
        }
    }

    package var layerName: String
    /// What tells the cell from others of its name.
    package var variants: [CellVariant]?
    package var layer: Int
    package var isReverse: Bool
    package var step: Int
    package var sequence: Int
    package var unit: Int
    package var equations: [Equation]

    package init(
        layerName: String, layer: Int, isReverse: Bool, step: Int, sequence: Int, unit: Int, equations: [Equation],
        variants: [CellVariant]? = nil
    ) {
        self.layerName = layerName
        self.variants = variants
        self.layer = layer
        self.isReverse = isReverse
        self.step = step
        self.sequence = sequence
        self.unit = unit
        self.equations = equations
    }
}

#if hasFeature(Embedded)
extension WorkedExhibit.Piece: Codable {}
#else
/// A piece is coded as a string, a number or a list of lists.
extension WorkedExhibit.Piece: Codable {
    package init(from decoder: any Decoder) throws {
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

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .tex(let tex): try container.encode(tex)
        case .number(let number): try container.encode(number)
        case .sum(let terms): try container.encode(terms)
        }
    }
}
#endif

extension WorkedExhibit: ExhibitContent {
    package static var kind: String { "worked" }

    /// For the terminal: the results, one a line.
    package var terminalText: String {
        ([TracePlace(layer: layer, isReverse: isReverse, step: step, sequence: sequence, unit: unit).text(of: layerName)]
            + equations.map { "  \($0.symbol)_\(step + 1)[\(unit)] = \(PlainFormula($0.symbols)) = \($0.value)" }).joined(
                separator: "\n")
    }
}

// MARK: - Showing

/// Works out everything that one unit of a recurrent layer computes in one step; `layer` is the last one if left out.
public func show(
    worked trace: RecurrentTrace<some RecurrentLayer>, step: Int, unit: Int, layer: Int? = nil, reverse: Bool = false,
    sequence: Int = 0
) {
    let place = TracePlace(layer: layer, isReverse: reverse, step: step, sequence: sequence, unit: unit)
    do {
        Recorder.current.show(try WorkedExhibit(trace, at: place))
    } catch {
        fatalError("show(worked:): \(error)")
    }
}

extension WorkedExhibit {
    package init(_ trace: RecurrentTrace<some RecurrentLayer>, at place: TracePlace) throws(ShowMisuse) {
        let (track, _) = try trace.find(place)
        let definition = trace.layer.definition
        let worked = trace.workedEquations(track, step: place.step, sequence: place.sequence, unit: place.unit)
        self.init(
            layerName: definition.name, layer: track.layer, isReverse: track.isReverse, step: place.step,
            sequence: place.sequence, unit: place.unit,
            equations: worked.map { equation in
                Equation(
                    name: definition.role(of: equation.symbol) ?? equation.symbol, symbol: equation.left, symbols: equation.right,
                    lines: equation.lines.map { $0.map(Piece.init) }, value: equation.value)
            }, variants: definition.variants)
    }
}

extension WorkedExhibit.Piece {
    fileprivate init(_ piece: WorkedEquation.Piece) {
        switch piece {
        case .tex(let tex): self = .tex(tex)
        case .number(let number): self = .number(number)
        case .sum(let terms): self = .sum(terms)
        }
    }
}
