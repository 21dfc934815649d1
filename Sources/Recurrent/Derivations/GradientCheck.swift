/// How far gradients that were written out by hand are from those found in two other ways.
///
/// - The **tape**: the same loss, composed of tensor operations, and `backward()`.
/// - **Central differences**: (L(x + ε) − L(x − ε)) / 2ε with ε = 10⁻⁵, for each number x by itself. They are
///   right to about nine digits.
public struct GradientCheck: Sendable {
    /// What the loss was differentiated by: a parameter, an input or a state.
    public struct Row: Sendable {
        /// The parameter's name in its layer.
        public let name: String
        /// The largest difference of any of the gradient's numbers, in absolute value.
        public let differenceToTape: Double
        /// The same, from the gradient that central differences give.
        public let differenceToCentralDifferences: Double
    }

    /// A row for each tensor whose gradient was found.
    public let rows: [Row]

    /// The largest of any row.
    public var largestDifferenceToTape: Double { rows.map { $0.differenceToTape }.largestDifference }
    /// The largest of any row.
    public var largestDifferenceToCentralDifferences: Double { rows.map { $0.differenceToCentralDifferences }.largestDifference }

    /// - Parameters:
    ///   - variables: what the loss was differentiated by.
    ///   - gradients: what was found by hand, in the same order.
    ///   - loss: composed of tensor operations.
    init(of variables: Parameters, _ gradients: Parameters, loss: (_ variables: [Tensor]) -> Tensor) {
        let tape = variables.tensors.map { Parameter($0) }
        let tapeGradients = loss(tape).gradients(by: tape)
        rows = variables.indices.map { index in
            let byHand = gradients[index].tensor
            let byDifferences = Self.centralDifferences(of: variables.tensors, at: index, loss)
            return Row(
                name: variables[index].name,
                differenceToTape: zipped(byHand.values, tapeGradients[index].values) { abs($0 - $1) }.largestDifference,
                differenceToCentralDifferences: zipped(byHand.values, byDifferences) { abs($0 - $1) }.largestDifference
            )
        }
    }

    private static func centralDifferences(of variables: [Tensor], at index: Int, _ loss: ([Tensor]) -> Tensor) -> [Double] {
        let step = 1e-5
        var shifted = variables.map { $0.detached() }
        let original = shifted[index]
        return original.values.indices.map { place in
            func shiftedLoss(_ shift: Double) -> Double {
                var values = original.values
                values[place] += shift
                shifted[index] = Tensor(shape: original.shape, values: values)
                return loss(shifted).item
            }
            return (shiftedLoss(step) - shiftedLoss(-step)) / (2 * step)
        }
    }
}

extension [Double] {
    /// The largest of differences that are not negative; NaN if there is one, which must not pass for agreement.
    package var largestDifference: Double {
        reduce(0) { $0.isNaN || $0 >= $1 ? $0 : $1 }
    }
}
