/// Sets each value to zero with a probability p and divides the others by 1 − p, in training; in evaluation
/// leaves its input as it is (Srivastava et al. 2014; between the layers of a recurrent network: S1).
///
/// x and the result have one shape, whatever it is. Which values are dropped is drawn from the default generator
/// at every call, one draw for each value, row by row; an RNN's, LSTM's or GRU's own `dropout` draws in the same way.
public final class Dropout: Layer {
    /// p, with which a value is set to zero in training.
    public let probability: Double
    private var isTraining = true

    /// Ends the program unless `probability` is from 0 to 1.
    public init(_ probability: Double = 0.5) {
        require(
            probability >= 0 && probability <= 1, "Dropout", "needs a probability from 0 to 1", got: "\(probability)"
        )
        self.probability = probability
    }

    public var parameters: Parameters { Parameters() }
    public func train() { isTraining = true }
    public func eval() { isTraining = false }

    public func callAsFunction(_ x: Tensor) -> Tensor {
        guard isTraining, probability > 0 else { return x }
        return x * Tensor(shape: x.shape, values: Self.factors(x.values.count, probability: probability))
    }

    /// For each of `count` values 0 with the given probability, else 1 / (1 − probability),
    /// so that the expected value stays what it was.
    static func factors(_ count: Int, probability: Double) -> [Double] {
        Generator.default.uniform(count: count).map { $0 < probability ? 0 : 1 / (1 - probability) }
    }
}

extension Dropout: CustomStringConvertible {
    public var description: String { "Dropout(p=\(probability))" }
}
