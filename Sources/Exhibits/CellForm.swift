/// Which cell a layer is made of, and by which of its conventions: what a drawing of it has to know.
public struct CellForm: Codable, Hashable, Sendable {
    public enum Kind: String, Codable, Hashable, Sendable {
        case rnn = "RNN"
        case lstm = "LSTM"
        case gru = "GRU"
    }

    public var kind: Kind
    /// `tanh` or `relu`: what an RNN's state is made with.
    public var function: String
    /// GRU: the reset gate acts after the product with W_hn, not before it.
    public var resetAfter: Bool
    /// GRU: the update gate is the candidate's share, not the previous state's.
    public var updateTakesCandidate: Bool

    public init(
        _ kind: Kind, function: String = "tanh", resetAfter: Bool = true, updateTakesCandidate: Bool = false
    ) {
        self.kind = kind
        self.function = function
        self.resetAfter = resetAfter
        self.updateTakesCandidate = updateTakesCandidate
    }
}
