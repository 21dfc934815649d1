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

        package init(left: String, right: String, terms: [Term] = [], parts: [Numbers] = [], value: Numbers) {
            self.left = left
            self.right = right
            self.terms = terms
            self.parts = parts
            self.value = value
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

    /// ∂L/∂ of a state at one step, split by the way that it takes: straight along the state, or through gates.
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

extension DerivationExhibit: ExhibitContent {
    package static var kind: String { "derivation" }

    /// Every equation with its value, then each step's share of each gradient.
    package var terminalText: String {
        let lines = (forward + backward).flatMap { step in ["\(letter) = \(step.t)"] + step.lines.map { "  \($0.text)" } }
        let sums = gradients.flatMap { gradient in
            ["∂L/∂\(gradient.name) = \(gradient.sum.text)"]
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
