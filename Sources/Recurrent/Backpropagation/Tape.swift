/// The tape: which operations made a tensor, so that `backward()` can run through them in reverse.

/// Where the gradient of one tensor gathers.
///
/// It stands apart from the tensor, so that an operation can pass gradients on to its inputs
/// without keeping their values alive.
final class GradientSlot {
    /// Whether gradients gather here. One slot serves a tensor for good, lest operations before a switch off and on lose it.
    var isOpen: Bool
    /// The sum over all backward passes, row-major; nil before the first.
    var gathered: [Double]?
    /// What made the tensor, and which of its outputs the tensor is; nil for a tensor made by hand.
    fileprivate(set) var origin: (operation: Operation, output: Int)?

    init(isOpen: Bool = true, origin: (operation: Operation, output: Int)? = nil) {
        self.isOpen = isOpen
        self.origin = origin
    }

    /// Takes in what one use of the tensor contributes to its gradient.
    func receive(_ contribution: [Double]) {
        guard isOpen else { return }
        gathered = Self.sum(gathered, contribution)
        if let (operation, output) = origin {
            operation.incoming[output] = Self.sum(operation.incoming[output], contribution)
        }
    }

    /// The tensor's whole gradient: what its uses brought, and what came to it inside the operation that made it.
    var total: [Double]? {
        get {
            guard let (operation, output) = origin, let inside = operation.inside[output] else { return gathered }
            return Self.sum(gathered, inside)
        }
        set {
            gathered = newValue
            if let (operation, output) = origin { operation.inside[output] = nil }
        }
    }

    fileprivate static func sum(_ sum: [Double]?, _ contribution: [Double]) -> [Double] {
        guard var sum else { return contribution }
        for index in sum.indices { sum[index] += contribution[index] }
        return sum
    }
}

/// One operation on the tape.
///
/// It knows its inputs by their slots alone; a pullback keeps the values that it needs, never a tensor of the tape.
final class Operation {
    /// From the gradient of each output (nil where none arrived; not all are nil) to the gradient of each input.
    typealias Pullback = (_ outputGradients: [[Double]?]) -> [[Double]]

    /// nil where an input asks for no gradient.
    private(set) var inputs: [GradientSlot?]
    let pullback: Pullback
    /// The gradients of the outputs, gathered during one backward pass.
    var incoming: [[Double]?]
    /// What came to each output inside the operation, as to c′ of an LSTM through h′ = o ⊙ tanh(c′), over all backward passes.
    /// The pullback counts it by itself; it belongs to the gradient that the output keeps.
    fileprivate(set) var inside: [[Double]?]
    private let pullbackInside: Pullback?
    /// Whether a backward pass went through it for good.
    private(set) var isSpent = false

    /// - Parameters:
    ///   - inputs: the slots of the operands; closed ones are left out.
    ///   - inside: from the outputs' gradients, what comes from some outputs to others inside the operation; 0 where nothing does.
    init(inputs: [GradientSlot?], outputCount: Int, inside pullbackInside: Pullback? = nil, pullback: @escaping Pullback) {
        self.pullbackInside = pullbackInside
        inside = [[Double]?](repeating: nil, count: outputCount)
        self.inputs = inputs.map { $0?.isOpen == true ? $0 : nil }
        self.pullback = pullback
        incoming = [[Double]?](repeating: nil, count: outputCount)
    }

    /// Frees the operations before this one in a loop: if each freed its inputs,
    /// a long chain would exhaust the program's stack.
    deinit {
        var pending = inputs
        inputs = []
        while let last = pending.popLast() {
            guard var slot = last, isKnownUniquelyReferenced(&slot), var operation = slot.origin?.operation else { continue }
            slot.origin = nil
            if isKnownUniquelyReferenced(&operation) {
                pending += operation.inputs
                operation.inputs = []
            }
        }
    }

    /// Hands the gathered gradients of the outputs on to the inputs; unless `retained` for the last time.
    func runBackward(retained: Bool) {
        if !retained { isSpent = true }
        let outputGradients = incoming
        for index in incoming.indices { incoming[index] = nil }
        guard outputGradients.contains(where: { $0 != nil }) else { return }
        for (output, gradient) in (pullbackInside?(outputGradients) ?? []).enumerated() {
            inside[output] = GradientSlot.sum(inside[output], gradient)
        }
        for (input, gradient) in zip(inputs, pullback(outputGradients)) {
            input?.receive(gradient)
        }
    }

    /// This operation and all that it depends on, each before those whose results it used.
    ///
    /// Depth-first with a stack of its own: a long chain of steps must not exhaust the program's.
    var history: [Operation] {
        var finished: [Operation] = []
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(self)]
        var path: [(operation: Operation, nextInput: Int)] = [(self, 0)]
        while let (operation, nextInput) = path.last {
            guard nextInput < operation.inputs.count else {
                finished.append(operation)
                path.removeLast()
                continue
            }
            path[path.count - 1].nextInput += 1
            if let origin = operation.inputs[nextInput]?.origin?.operation, seen.insert(ObjectIdentifier(origin)).inserted {
                path.append((origin, 0))
            }
        }
        return finished.reversed()
    }
}

// MARK: - Without a tape

enum Tape {
    /// Whether operations are written down.
    #if hasFeature(Embedded)
    nonisolated(unsafe) fileprivate(set) static var isRunning = true
    #else
    @TaskLocal static var isRunning = true
    #endif
}

#if hasFeature(Embedded)
public func noGrad<Result>(_ body: () -> Result) -> Result {
    let wasRunning = Tape.isRunning
    Tape.isRunning = false
    defer { Tape.isRunning = wasRunning }
    return body()
}
#else
/// What `body` computes takes no part in differentiation: PyTorch's `with torch.no_grad():`.
///
///     let accuracy = noGrad { model(inputs).argmax(axis: 1) }
///     noGrad { w -= 0.1 * w.gradient! }       // in place: w stays the tensor whose gradient is asked for
public func noGrad<Result>(_ body: () throws -> Result) rethrows -> Result {
    try Tape.$isRunning.withValue(false, operation: body)
}
#endif
