import Recurrent

/// Back-propagation through time of one network, equation by equation: `show(derivation)`.
///
/// Every equation is kept three times: in symbols, as the numbers that stand in their places, and as its value.
package struct DerivationExhibit: Codable, Hashable, Sendable {
    /// Numbers in row-major order; no lengths for a single number.
    package struct Numbers: Codable, Hashable, Sendable {
        package var shape: [Int]
        package var values: [Double]

        package init(shape: [Int], values: [Double]) {
            self.shape = shape
            self.values = values
        }
    }

    /// How the factors of a term are multiplied.
    package enum Product: String, Codable, Sendable {
        /// A matrix with a vector, or one number with another.
        case plain
        /// Element by element.
        case elementwise
    }

    /// One summand of the right-hand side.
    package struct Term: Codable, Hashable, Sendable {
        package var product: Product
        package var factors: [Numbers]
        package var isSubtracted: Bool

        package init(_ product: Product, _ factors: [Numbers], isSubtracted: Bool = false) {
            self.product = product
            self.factors = factors
            self.isSubtracted = isSubtracted
        }
    }

    /// One of the ways by which the loss comes back to a state, and how much comes by it.
    package struct Road: Codable, Hashable, Sendable {
        package enum Source: String, Codable, Hashable, Sendable {
            /// Straight from the loss, or through the output alone.
            case loss
            /// From the gradient of a state.
            case state
            /// Through what else a step computes.
            case gates
        }

        package var source: Source
        /// Which state, where it comes from one.
        package var from: String?
        /// Whether it comes from the next step.
        package var isLater: Bool
        /// TeX: `W^\top \operatorname{diag}(1 - h_3^2)\, \delta_3`.
        package var symbols: String
        /// ‖·‖ of what comes by it.
        package var size: Double

        package init(source: Source, from: String? = nil, isLater: Bool, symbols: String, size: Double) {
            self.source = source
            self.from = from
            self.isLater = isLater
            self.symbols = symbols
            self.size = size
        }
    }

    /// The gradient of a state: how large it is, and by which roads it comes together.
    package struct Arrival: Codable, Hashable, Sendable {
        package var state: String
        /// ‖·‖ of the gradient.
        package var size: Double
        /// As many as the line has terms, or parts where it has several.
        package var roads: [Road]

        package init(state: String, size: Double, roads: [Road]) {
            self.state = state
            self.size = size
            self.roads = roads
        }
    }

    /// `left = right`, with `right` as numbers and as its value.
    package struct Line: Codable, Hashable, Sendable {
        /// TeX: `\delta_3`.
        package var left: String
        /// TeX: `V^\top (\hat y_3 - y_3) + …`; empty where the terms say all.
        package var right: String
        /// What `right` adds up; empty where the value follows from no sum.
        package var terms: [Term]
        /// What each of several paths brings, where the sum is worth seeing; else empty.
        package var parts: [Numbers]
        package var value: Numbers
        /// Where the loss comes from, if it is the gradient of a state.
        package var arrival: Arrival?

        package init(
            left: String, right: String, terms: [Term] = [], parts: [Numbers] = [], value: Numbers, arrival: Arrival? = nil
        ) {
            self.left = left
            self.right = right
            self.terms = terms
            self.parts = parts
            self.value = value
            self.arrival = arrival
        }
    }

    /// One time step, or one place of an attention's memory.
    package struct Step: Codable, Hashable, Sendable {
        /// Counts from 1, as the papers do: h₀ is the initial state, and step t is `steps[t - 1]` of the derivation.
        package var t: Int
        package var lines: [Line]

        package init(t: Int, lines: [Line]) {
            self.t = t
            self.lines = lines
        }
    }

    /// What every step adds to the gradient of one parameter.
    package struct Gradient: Codable, Hashable, Sendable {
        /// The parameter's name, as in `parameters`.
        package var name: String
        /// The same as TeX.
        package var symbol: String
        /// In the order of time; empty where they are too many to be kept.
        package var contributions: [Numbers]
        package var sum: Numbers
        /// Largest difference of any number of `sum` to that of the tape, and to that of central differences;
        /// nil where finding them would take too long.
        package var differenceToTape: Double?
        package var differenceToCentralDifferences: Double?

        package init(
            name: String, symbol: String, contributions: [Numbers], sum: Numbers,
            differenceToTape: Double?, differenceToCentralDifferences: Double?
        ) {
            self.name = name
            self.symbol = symbol
            self.contributions = contributions
            self.sum = sum
            self.differenceToTape = differenceToTape
            self.differenceToCentralDifferences = differenceToCentralDifferences
        }
    }

    /// ∂ℒ/∂ of a state at one step, split by the way that it takes: straight along the state, or through gates.
    package struct Paths: Codable, Hashable, Sendable {
        package var t: Int
        /// What the equations call the state: `c`.
        package var state: String
        package var highway: Numbers
        package var others: Numbers

        package init(t: Int, state: String, highway: Numbers, others: Numbers) {
            self.t = t
            self.state = state
            self.highway = highway
            self.others = others
        }
    }

    /// The network with its sizes: `ElmanNetwork(2, 3, 2)`.
    package var network: String
    /// What counts the steps: `t`, or `j` for the places of an attention's memory.
    package var letter: String
    /// The whole derivation in symbols, as TeX.
    package var equations: [String]
    /// How many steps there were.
    package var stepCount: Int
    /// What was computed before anything was differentiated, in the order of time; of long sequences both ends.
    package var forward: [Step]
    /// From the last step to the first; of long sequences both ends.
    package var backward: [Step]
    /// One number of one gradient followed from the loss on.
    package var trail: [Line]
    package var gradients: [Gradient]
    /// From the last step to the first; empty for networks without a cell state.
    package var paths: [Paths]

    package init(
        network: String, letter: String = "t", equations: [String], stepCount: Int, forward: [Step], backward: [Step],
        trail: [Line] = [], gradients: [Gradient], paths: [Paths] = []
    ) {
        self.network = network
        self.letter = letter
        self.equations = equations
        self.stepCount = stepCount
        self.forward = forward
        self.backward = backward
        self.trail = trail
        self.gradients = gradients
        self.paths = paths
    }
}

extension DerivationExhibit {
    /// Of all gradients; nil where they were not held against another way.
    package var largestDifferenceToTape: Double? { largest { $0.differenceToTape } }
    package var largestDifferenceToCentralDifferences: Double? { largest { $0.differenceToCentralDifferences } }

    private func largest(_ difference: (Gradient) -> Double?) -> Double? {
        let found = gradients.compactMap(difference)
        return found.count == gradients.count ? found.largestDifference : nil
    }
}

extension DerivationExhibit.Gradient {
    /// The step that adds most, by ‖·‖ of what it adds; nil where nothing was kept of the steps, or all add nothing.
    package var largestStep: (index: Int, size: Double)? {
        let sizes = contributions.map { Tensor($0.values).norm().item }
        guard let index = sizes.indices.max(by: { sizes[$0] < sizes[$1] }), sizes[index] > 0 else { return nil }
        return (index, sizes[index])
    }
}

extension DerivationExhibit: ExhibitContent {
    package static var kind: String { "derivation" }

    /// Every equation with its value, then each step's share of each gradient.
    package var terminalText: String {
        let lines = (forward + backward).flatMap { step in ["\(letter) = \(step.t)"] + step.lines.map { "  \($0.text)" } }
        let sums = gradients.flatMap { gradient in
            ["∂ℒ/∂\(gradient.name) = \(gradient.sum.text)"]
                + gradient.contributions.enumerated().map { "  \(letter) = \($0 + 1): \($1.text)" }
        }
        return (["Gradients of \(network)"] + lines + trail.map { $0.text } + sums)
            .joined(separator: "\n")
    }
}

extension DerivationExhibit.Line {
    fileprivate var text: String {
        ([left, right].filter { !$0.isEmpty }.map { "\(PlainFormula($0))" } + [value.text]).joined(separator: " = ")
    }
}

extension DerivationExhibit.Numbers {
    fileprivate var text: String { "\(Tensor(shape: Shape(shape), values: values))" }
}
