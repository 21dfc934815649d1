/// What one layer in one direction is to ``RecurrentStack`` and to a cell: what it holds, and its way through time and back.

/// One layer in one direction: its parameters, and how it runs over a batch of sequences.
///
/// ``RecurrentStack`` adds layers, directions, dropout and variable lengths to it.
protocol RecurrentDirection: AnyObject {
    /// Under names that tell neither layer nor direction: `weight_ih`, …
    var parameters: Parameters { get }

    /// What a step hands to the next, (N, width) each; first the one that has the output's name.
    var states: [(name: String, width: Int)] { get }

    /// The number of features that every step gives out.
    var outputWidth: Int { get }

    /// Runs over all steps. `initial` holds a (N, width) matrix for each state.
    func forward(_ x: SequenceBatch, from initial: [[Double]]) -> any RecurrentPass

    /// Tensors under the names of ``parameters``, be they these or their gradients, in the letters of the equations: W_if.
    func equationParameters(_ parameters: Parameters) -> Parameters

    /// The equations' parameters that one of ``parameters`` holds, from the first down.
    func equationNames(of parameter: String) -> [String]

    /// The other way round: from the letters of the equations to the names of ``parameters``.
    func stackedParameters(_ byEquation: Parameters) -> Parameters
}

/// A direction's way over all steps: what the backward pass needs of it, and a trace shows.
protocol RecurrentPass: AnyObject {
    var x: SequenceBatch { get }

    /// In the order of ``RecurrentDirection/states``.
    var states: [StateHistory] { get }

    /// (L · N, width): what every step gives out.
    var output: MatrixView { get }

    /// What every step computes, gates and states, in the order in which it does: (L · N, width) each.
    var quantities: [(symbol: String, values: MatrixView)] { get }

    /// What stands inside the functions, by the symbol of what it becomes: (L · N, width) each.
    var preactivations: [(symbol: String, values: MatrixView)] { get }

    /// Back-propagation through time over all steps.
    func backward(_ gradients: OutputGradients) -> InputGradients
}

extension RecurrentPass {
    var output: MatrixView { states[0].viewAfterAll }
}

/// ∂ℒ/∂ of what a direction gives out.
struct OutputGradients {
    /// (L, N, width): of the output of every step.
    let outputs: Steps
    /// (N, width) each: of the final states. The backward pass may write into them.
    let finalStates: [Matrix]
}

/// ∂ℒ/∂ of what a direction takes in.
struct InputGradients {
    /// (L, N, d)
    let x: Matrix
    /// (N, width) each.
    let initialStates: [Matrix]
    /// In the order of ``RecurrentDirection/parameters``.
    let parameters: [[Double]]
}

// MARK: - Directions of gates

/// A direction whose parameters are ``RecurrentWeights``: RNN, LSTM and GRU. All its states have H units,
/// apart from a hidden state that is projected.
protocol GatedDirection: RecurrentDirection {
    var weights: RecurrentWeights { get }
    var stateNames: [String] { get }
}

extension GatedDirection {
    var parameters: Parameters { weights.parameters }
    var states: [(name: String, width: Int)] {
        stateNames.enumerated().map { ($1, $0 == 0 ? weights.outputWidth : weights.hiddenSize) }
    }
    var outputWidth: Int { weights.outputWidth }

    func equationParameters(_ parameters: Parameters) -> Parameters { weights.equationParameters(parameters) }
    func equationNames(of parameter: String) -> [String] { weights.equationNames(of: parameter) }
    func stackedParameters(_ byEquation: Parameters) -> Parameters { weights.stackedParameters(byEquation) }
}
