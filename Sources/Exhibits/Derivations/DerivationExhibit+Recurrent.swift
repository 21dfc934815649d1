import Recurrent

extension DerivationExhibit {
    /// Each parameter's gradient with what every step adds to it, and how far two other ways of finding it are off.
    ///
    /// What would not be read anyway, or would take minutes, is left out: the contributions of large layers and
    /// long sequences, and the check of them.
    static func gradients(
        _ gradients: Parameters, of contributions: some Collection<Parameters>, symbol: (String) -> String,
        check: () -> GradientCheck
    ) -> [Gradient] {
        let count = gradients.reduce(0) { $0 + $1.tensor.values.count } * contributions.count
        let check = count <= checkLimit ? check() : nil
        return gradients.enumerated().map { index, gradient in
            let row = check?.rows.first { $0.name == gradient.name }
            let areKept = gradient.tensor.values.count * contributions.count <= contributionLimit
            return Gradient(
                name: gradient.name, symbol: symbol(gradient.name),
                contributions: areKept ? contributions.map { Numbers($0[index].tensor) } : [],
                sum: Numbers(gradient.tensor), differenceToTape: row?.differenceToTape,
                differenceToCentralDifferences: row?.differenceToCentralDifferences)
        }
    }

    /// Numbers times steps. A check runs the whole sequence twice for each number.
    private static let checkLimit = 20_000
    private static let contributionLimit = 20_000
    private static let stepLimit = 24

    /// All steps of a sequence, or both ends of a long one.
    static func shownSteps(of count: Int) -> [Int] {
        (0..<count).filter { $0 < stepLimit / 2 || $0 >= count - stepLimit / 2 }
    }
}

extension DerivationExhibit.Numbers {
    init(_ tensor: Tensor) {
        self.init(shape: Array(tensor.shape), values: tensor.values)
    }

    init(_ number: Double) {
        self.init(shape: [], values: [number])
    }
}

extension DerivationExhibit.Term {
    /// A vector by itself.
    static func vector(_ tensor: Tensor, isSubtracted: Bool = false) -> Self {
        .init(.plain, [.init(tensor)], isSubtracted: isSubtracted)
    }

    /// Single numbers multiplied.
    static func product(_ factors: [Double]) -> Self {
        .init(.plain, factors.map { .init($0) })
    }
}

extension DerivationExhibit.Line {
    /// `left = right = value`
    init(_ left: String, _ right: String, _ value: Tensor) {
        self.init(left: left, right: right, value: .init(value))
    }

    init(_ left: String, _ right: String, _ value: Double) {
        self.init(left: left, right: right, value: .init(value))
    }

    /// `left = right = terms = parts = value`
    init(_ left: String, _ right: String, _ terms: [DerivationExhibit.Term], parts: [Tensor] = [], _ value: Tensor) {
        // A matrix that no page can hold would be kept again at every step.
        let areReadable = terms.allSatisfy { term in term.factors.allSatisfy { $0.values.count <= 400 } }
        self.init(
            left: left, right: right, terms: areReadable ? terms : [], parts: parts.map { .init($0) },
            value: .init(value))
    }

    init(_ left: String, _ right: String, _ terms: [DerivationExhibit.Term], _ value: Double) {
        self.init(left: left, right: right, terms: terms, value: .init(value))
    }
}
