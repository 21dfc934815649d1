import Exhibits
import Foundation
import Recurrent
import Testing

@Suite("Exhibits made from traces")
struct WorkedExhibitTests {
    /// A trace of a layer of any kind.
    private struct Reading {
        let worked: (TracePlace) throws -> WorkedExhibit
        let cell: (TracePlace) throws -> CellExhibit
        /// How many nodes of the cell's diagram add up or multiply what has a number.
        let nodeCount: Int

        init(_ trace: RecurrentTrace<some RecurrentLayer>, nodes: Int) {
            nodeCount = nodes
            worked = { try WorkedExhibit(trace, at: $0) }
            cell = { try CellExhibit(trace, at: $0) }
        }
    }

    /// Every kind of cell, two layers in both directions, its second layer reading in reverse.
    private static var readings: [Reading] { Generator.$current.withValue(Generator(seed: 5), operation: makeReadings) }

    private static func makeReadings() -> [Reading] {
        let input = Tensor.randn(4, 2, 3)
        // f ⊙ c, i ⊙ g, their sum, and o ⊙ tanh(c).
        var readings = [
            Reading(RNN(inputSize: 3, hiddenSize: 2, numLayers: 2, bidirectional: true).trace(input), nodes: 0),
            Reading(
                RNN(inputSize: 3, hiddenSize: 2, numLayers: 2, nonlinearity: .relu, bidirectional: true).trace(input), nodes: 0),
            Reading(LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2, bidirectional: true).trace(input), nodes: 4),
            Reading(
                LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2, bias: false, bidirectional: true, peepholes: true).trace(input),
                nodes: 4),
        ]
        for resetAfter in [true, false] {
            for updateGate in [GRU.UpdateGate.keepsPrevious, .takesCandidate] {
                let gru = GRU(
                    inputSize: 3, hiddenSize: 2, numLayers: 2, bidirectional: true, resetAfter: resetAfter, updateGate: updateGate)
                // The two shares of the state and their sum; r ⊙ W h has no number, r ⊙ h has one.
                readings.append(Reading(gru.trace(input), nodes: resetAfter ? 3 : 4))
            }
        }
        return readings
    }

    private static let place = TracePlace(layer: 1, isReverse: true, step: 1, sequence: 1, unit: 1)

    @Test("the numbers put into each equation come to its value, line by line")
    func numbersComeToTheValue() throws {
        for reading in Self.readings {
            let equations = try reading.worked(Self.place).equations
            #expect(!equations.isEmpty && equations.allSatisfy { !$0.lines.isEmpty })
            for equation in equations {
                for line in equation.lines {
                    var evaluation = Evaluation(line)
                    #expect(abs(try evaluation.value() - equation.value) < 1e-12, "\(equation.symbol) = \(equation.symbols)")
                }
            }
        }
    }

    @Test("a trace keeps the weights that it was computed with")
    func keepsWeights() throws {
        let rnn = RNN(inputSize: 1, hiddenSize: 1)
        let trace = rnn.trace(Tensor([[[1.0]]]))
        let before = try WorkedExhibit(trace, at: TracePlace(step: 0, unit: 0))
        let parameters = rnn.parameters.map { ($0.name, $0.tensor * 2) }
        try rnn.load(Dictionary(uniqueKeysWithValues: parameters))
        #expect(try WorkedExhibit(trace, at: TracePlace(step: 0, unit: 0)) == before)
    }

    @Test("at every node of a cell's diagram the numbers that go in make the number that comes out")
    func cellLines() throws {
        for reading in Self.readings {
            let cell = try reading.cell(Self.place)
            let value = Dictionary(uniqueKeysWithValues: cell.values.map { ($0.symbol, $0.value) })
            var checked = 0
            for node in cell.diagram.nodes where node.kind == .operation {
                let inputs = cell.diagram.wires.filter { $0.to == node.id }.map { value[$0.symbol] }
                let result = value[cell.diagram.wires.first { $0.from == node.id }!.symbol]
                // A product with a matrix has no number here.
                guard !inputs.contains(nil), let result else { continue }
                let expected = node.label == "+" ? inputs.reduce(0) { $0 + $1! } : inputs.reduce(1) { $0 * $1! }
                #expect(abs(result - expected) < 1e-15, "\(node.label) of \(cell.name)")
                checked += 1
            }
            #expect(checked == reading.nodeCount, "\(cell.name)")
        }
    }

    @Test("without a layer the last one is meant, in the direction that is asked for")
    func lastLayer() throws {
        let trace = GRU(inputSize: 1, hiddenSize: 1, numLayers: 3, bidirectional: true).trace(.ones(2, 1, 1))
        for isReverse in [false, true] {
            for layer in [nil, 0, 1, 2] {
                let place = TracePlace(layer: layer, isReverse: isReverse, step: 1, unit: 0)
                let (worked, cell) = (try WorkedExhibit(trace, at: place), try CellExhibit(trace, at: place))
                #expect(worked.layer == layer ?? 2 && worked.isReverse == isReverse)
                #expect(cell.place?.layer == layer ?? 2 && cell.place?.isReverse == isReverse)
            }
        }
    }

    @Test("the pieces of an equation come back from JSON, NaN among them")
    func roundTrip() throws {
        let pieces: [WorkedExhibit.Piece] = [
            .tex(#"\sigma("#), .number(0.5), .sum([[1, -2], [3]]), .sum([]), .number(.nan), .number(-.infinity), .sum([[.nan, 2]]),
        ]
        let text = try JSONText.encode(pieces)
        #expect(text == #"["\\sigma(", 0.5, [[1.0, -2.0], [3.0]], [], "nan", "-inf", [["nan", 2.0]]]"#)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let read = try decoder.decode([WorkedExhibit.Piece].self, from: Data(text.utf8))
        #expect(read.prefix(4) == pieces.prefix(4) && read[5] == pieces[5])
        // NaN equals nothing, not even itself.
        guard case .number(let number) = read[4], case .sum(let terms) = read[6] else {
            Issue.record("\(read)")
            return
        }
        #expect(number.isNaN && terms[0][0].isNaN && terms[0][1] == 2)
    }
}

/// Computes a line of a worked equation from its TeX and numbers alone, as a reader would.
private struct Evaluation {
    private enum Token: Equatable {
        case number(Double)
        case sign(String)
    }

    struct Malformed: Error {}

    private var tokens: [Token] = []
    private var place = 0

    init(_ line: [WorkedExhibit.Piece]) {
        for piece in line {
            switch piece {
            case .number(let number): tokens.append(.number(number))
            case .sum(let terms): tokens.append(.number(terms.map { $0.reduce(1, *) }.reduce(0, +)))
            case .tex(let tex):
                var rest = tex[...]
                while let first = rest.first {
                    let names = [#"\operatorname{relu}"#, #"\sigma"#, #"\tanh"#, #"\cdot"#]
                    if let name = names.first(where: { rest.hasPrefix($0) }) {
                        tokens.append(.sign(name))
                        rest = rest.dropFirst(name.count)
                    } else {
                        if let digit = first.wholeNumberValue {
                            tokens.append(.number(Double(digit)))
                        } else if first != " " {
                            tokens.append(.sign(String(first)))
                        }
                        rest = rest.dropFirst()
                    }
                }
            }
        }
    }

    mutating func value() throws -> Double {
        var total = try product()
        while let sign = take(where: { ["+", "-"].contains($0) }) { total += try (sign == "+" ? 1 : -1) * product() }
        return total
    }

    private mutating func product() throws -> Double {
        var result = try factor()
        while take(where: { $0 == #"\cdot"# }) != nil { result *= try factor() }
        return result
    }

    private mutating func factor() throws -> Double {
        guard place < tokens.count else { throw Malformed() }
        if case .number(let number) = tokens[place] {
            place += 1
            return number
        }
        let function = take { [#"\sigma"#, #"\tanh"#, #"\operatorname{relu}"#].contains($0) }
        guard take(where: { $0 == "(" }) != nil else { throw Malformed() }
        let inner = try value()
        guard take(where: { $0 == ")" }) != nil else { throw Malformed() }
        return switch function {
        case #"\sigma"#: 1 / (1 + exp(-inner))
        case #"\tanh"#: Foundation.tanh(inner)
        case #"\operatorname{relu}"#: max(0, inner)
        default: inner
        }
    }

    private mutating func take(where isWanted: (String) -> Bool) -> String? {
        guard place < tokens.count, case .sign(let sign) = tokens[place], isWanted(sign) else { return nil }
        place += 1
        return sign
    }
}
