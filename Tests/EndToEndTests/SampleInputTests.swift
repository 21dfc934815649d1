import Foundation
import Testing

/// PyTorch's own sample inputs of its recurrent modules, fed in through a lesson as a person would who brings them over.
@Suite("PyTorch's sample inputs in lessons")
struct SampleInputTests {
    /// What tells one sample's cell from another's; its numbers stand in the attachment.
    struct Sample: Decodable {
        enum Option: Decodable {
            case number(Int), truth(Bool), word(String)

            init(from decoder: any Decoder) throws {
                let value = try decoder.singleValueContainer()
                if let truth = try? value.decode(Bool.self) {
                    self = .truth(truth)
                } else if let number = try? value.decode(Int.self) {
                    self = .number(number)
                } else {
                    self = .word(try value.decode(String.self))
                }
            }

            var swift: String {
                switch self {
                case .number(let number): "\(number)"
                case .truth(let truth): "\(truth)"
                case .word(let word): ".\(word)"
                }
            }
        }

        struct Shaped: Decodable {}

        let name: String
        let options: [String: Option]
        let states: [Shaped]

        var isCell: Bool { name.hasSuffix("Cell") }
        var isLSTM: Bool { name.hasPrefix("LSTM") }

        /// PyTorch's arguments in the order in which Swift wants them, which for cells has the nonlinearity last.
        var arguments: String {
            let labels = [
                ("input_size", "inputSize"), ("hidden_size", "hiddenSize"), ("num_layers", "numLayers"),
                ("nonlinearity", "nonlinearity"), ("bias", "bias"), ("batch_first", "batchFirst"),
                ("bidirectional", "bidirectional"), ("proj_size", "projSize"),
            ]
            let ordered = isCell ? labels.filter { $0.0 != "nonlinearity" } + labels.filter { $0.0 == "nonlinearity" } : labels
            return ordered.compactMap { name, label in options[name].map { "\(label): \($0.swift)" } }.joined(separator: ", ")
        }

        func cell(_ index: Int) -> String {
            let states = ["sample.states[0]", "sample.states[1]"].prefix(self.states.count)
            let (initial, final) = (zip(["h0", "c0"], states), isLSTM ? ["hn", "cn"] : ["hn"])
            let given = states.isEmpty ? "input" : isLSTM ? "input, (h0, c0)" : "input, h0"
            let next = isLSTM ? "(hn, cn)" : "hn"
            let shapes = initial.map { "\($0.0): \($0.0), " } + ["output: output"] + final.map { ", \($0): \($0)" }
            return """
                ```{swift}
                //| label: tbl-sample-\(index)
                //| caption: Sample \(index), of \(name).
                do {
                    let sample = samples[\(index)]
                    let layer = \(name)(\(arguments))
                    try layer.load(sample.parameters)
                    let input = sample.input
                \(initial.map { "    let \($0.0) = \($0.1)\n" }.joined())    let \(isCell ? next : "(output, \(next))") = layer(\(given))
                    sample.compare([\((isCell ? final : ["output"] + final).joined(separator: ", "))], layer.parameters)
                    let trace = layer.trace(\(given))
                    claim("its trace ends where it does", trace.hn\(isCell ? "[0]" : ""), equals: hn)
                    show(parameters: layer)
                    show(gates: trace)
                    show(worked: trace, step: 0, unit: 0)
                    show(diagram: trace, step: 0)
                    \(isCell ? "show(layer.derivation(\(given)) { ($0 * $0).sum() })"
                        : "show(shapes: layer, input: input, \(shapes.joined()))")
                }
                ```

                """
        }
    }

    /// Reads the attachment, and holds results and gradients against it.
    private static let first = """
        ```{swift}
        import Foundation
        struct Numbers: Decodable {
            let shape: [Int]
            let values: [Double]
            var tensor: Tensor { Tensor(values).reshaped(Shape(shape)) }
            var variable: Tensor {
                let variable = tensor
                variable.requiresGradient = true
                return variable
            }
        }
        final class Sample: Decodable {
            private enum CodingKeys: String, CodingKey {
                case name, givenInput = "input", givenStates = "states", weights = "parameters", results, lossWeights = "weights"
                case gradients
            }
            let name: String
            private let givenInput: Numbers
            private let givenStates: [Numbers]
            private let weights: [String: Numbers]
            private let results: [Numbers]
            private let lossWeights: [Numbers]
            private let gradients: [String: Numbers]
            lazy var input = givenInput.variable
            lazy var states = givenStates.map(\\.variable)
            var parameters: [String: Tensor] { weights.mapValues(\\.tensor) }

            func compare(_ found: [Tensor], _ parameters: Parameters) {
                claim("there are as many results", found.count, equals: results.count)
                for (found, result) in zip(found, results) {
                    claim("a result of \\(name) is PyTorch's", found, equals: result.tensor, within: 1e-12)
                }
                zip(found, lossWeights).map { ($1.tensor * $0 * $0).sum() }.reduce(Tensor(0), +).backward()
                var variables = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.tensor) })
                variables["input"] = input
                for (index, state) in states.enumerated() { variables["state\\(index)"] = state }
                claim("gradients have the names", gradients.keys.sorted(), equals: variables.keys.sorted())
                for (name, gradient) in gradients.sorted(by: { $0.key < $1.key }) {
                    let tolerance = 1e-12 * max(1, gradient.values.map(abs).max() ?? 1)
                    claim("the gradient of \\(name)", variables[name]!.gradient!, equals: gradient.tensor, within: tolerance)
                }
            }
        }
        let samples = try JSONDecoder().decode([Sample].self, from: Data(contentsOf: URL(filePath: "recurrent-options.json")))
        ```

        """

    @Test("all 87 of the recurrent modules give PyTorch's results and gradients, and every exhibit of theirs")
    func recurrentModules() throws {
        let goldens = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../RecurrentTests/Goldens")
        let numbers = try Data(contentsOf: goldens.appending(path: "recurrent-options.json"))
        let samples = try JSONDecoder().decode([Sample].self, from: numbers).prefix(87)
        let cells = samples.enumerated().map { $1.cell($0) }
        let course = try Course(["01-samples.md": lesson(Self.first + cells.joined(separator: "\n"))])
        try course.write(numbers, to: "lessons/recurrent-options.json")
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")

        let exhibits = try course.exhibits("samples")
        #expect(exhibits.allSatisfy { $0.kind != "parameters" || $0.formula != nil })
        let counts = Dictionary(grouping: exhibits, by: \.kind).mapValues(\.count)
        for kind in ["parameters", "gates", "worked", "cell"] { #expect(counts[kind] == 87, "\(kind)") }
        #expect(counts["shapes"] == 80 && counts["derivation"] == 7)
        #expect(counts["claim"]! > 87 * 10)
    }
}

extension Course {
    fileprivate struct Exhibit: Decodable {
        let kind: String
        /// Of the count of all parameters.
        let formula: String?
    }

    /// Everything that the cells of a page show.
    fileprivate func exhibits(_ slug: String) throws -> [Exhibit] {
        struct Published: Decodable {
            struct Cell: Decodable { let exhibits: [Exhibit] }
            let cells: [Cell]
        }
        let page = try JSONDecoder().decode(Published.self, from: Data((text("output/\(slug).json") ?? "").utf8))
        return page.cells.flatMap(\.exhibits)
    }
}
