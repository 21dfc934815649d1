/// The tape: which operations made a tensor, so that `backward()` can run through them in reverse.

/// Where the gradient of one tensor gathers.
///
/// It stands apart from the tensor, so that an operation can pass gradients on to its inputs
/// without keeping their values alive.
final class GradientSlot {
    let shape: Shape
    /// Whether gradients gather here. One slot serves a tensor for good, lest operations before a switch off and on lose it.
    fileprivate(set) var isOpen: Bool
    /// The sum over all backward passes, row-major; nil before the first.
    var gathered: [Double]?
    /// What made the tensor, and which of its outputs the tensor is; nil for a tensor made by hand.
    fileprivate(set) var origin: (operation: Operation, output: Int)?

    init(shape: Shape, isOpen: Bool = true, origin: (operation: Operation, output: Int)? = nil) {
        self.shape = shape
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

    private static func sum(_ sum: [Double]?, _ contribution: [Double]) -> [Double] {
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

    init(inputs: [Tensor], outputCount: Int, pullback: @escaping Pullback) {
        self.inputs = inputs.map { $0.requiresGradient ? $0.slot : nil }
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

    /// Hands the gathered gradients of the outputs on to the inputs.
    func runBackward() {
        let outputGradients = incoming
        for index in incoming.indices { incoming[index] = nil }
        guard outputGradients.contains(where: { $0 != nil }) else { return }
        for (input, gradient) in zip(inputs, pullback(outputGradients)) {
            input?.receive(gradient)
        }
    }
}

extension Tensor {
    /// Whether `backward()` computes a gradient for this tensor.
    ///
    /// Set it on a tensor made by hand; a result of operations asks for a gradient if one of its operands does, and keeps
    /// it after `backward()`: `hn.gradient` is ∂L/∂h_n.
    /// Switched off it keeps the gradient that has gathered, and `backward()` passes the tensor by.
    public var requiresGradient: Bool {
        get { slot?.isOpen == true }
        set {
            if newValue, requiresGradient { return }        // a result's gradient gathers unasked: PyTorch's retain_grad
            require(
                slot?.origin == nil, "Tensor.requiresGradient", "can be set on a tensor made by hand",
                got: "the result of an operation", hint: "Use detach() for a tensor that takes no part in differentiation"
            )
            if slot == nil, newValue { slot = GradientSlot(shape: shape) }
            slot?.isOpen = newValue
        }
    }

    /// Made by hand, and asking for a gradient: what PyTorch calls a leaf.
    var isVariable: Bool { requiresGradient && slot?.origin == nil }

    /// The gradient of what `backward()` was called on with respect to this tensor, summed over all calls;
    /// nil before the first. Set it to nil to start afresh; setting it leaves ``requiresGradient`` as it is.
    public var gradient: Tensor? {
        get { slot?.gathered.map { Tensor(shape: shape, values: $0) } }
        set {
            require(
                newValue == nil || newValue!.shape == shape,
                "Tensor.gradient", "must have the tensor's shape \(shape)", got: "\(newValue!.shape)"
            )
            if slot == nil, newValue != nil { slot = GradientSlot(shape: shape, isOpen: false) }
            slot?.gathered = newValue?.values
        }
    }

    /// Adds ∂self/∂x to the gradient of every tensor x that self was computed from.
    ///
    /// Ends the program unless self has one value: give a tensor with more the gradient of your loss
    /// with respect to it, `backward(gradient)`.
    public func backward() {
        require(
            values.count == 1, "backward()", "starts at a tensor of one value, a loss", got: "shape \(shape)",
            hint: "Take sum() or mean() first, or hand in the gradient: backward(gradient)"
        )
        backward(Tensor.ones(shape))
    }

    /// Adds Σ gradient ⊙ ∂self/∂x to the gradient of every tensor x that self was computed from.
    public func backward(_ gradient: Tensor) {
        require(gradient.shape == shape, "backward(gradient)", "gradient must have shape \(shape)", got: "\(gradient.shape)")
        guard let slot, slot.isOpen else {
            fail(
                "backward()", "needs a tensor that depends on one with requiresGradient = true", got: "one that does not",
                hint: "Set requiresGradient before computing with a tensor"
            )
        }
        slot.receive(gradient.values)
        guard let last = slot.origin?.operation else { return }
        for operation in Self.inReverseOrder(from: last) { operation.runBackward() }
    }

    /// ∂self/∂x for each of `variables`, zeros where self does not depend on one.
    ///
    /// Unlike `backward()` it leaves the gradients that have gathered as they were, those of all other tensors too.
    func gradients(by variables: [Tensor]) -> [Tensor] {
        var slots = variables.compactMap { $0.slot }
        if let slot { slots.append(slot) }
        for operation in slot?.origin.map({ Self.inReverseOrder(from: $0.operation) }) ?? [] {
            slots += operation.inputs.compactMap { $0 }
        }
        let gathered = slots.map { $0.gathered }
        for slot in slots { slot.gathered = nil }
        defer { for (slot, gradient) in zip(slots, gathered) { slot.gathered = gradient } }
        if requiresGradient { backward() }
        return variables.map { $0.gradient ?? .zeros($0.shape) }
    }

    /// All operations that `last` depends on, each before those whose results it used.
    ///
    /// Depth-first with a stack of its own: a long chain of steps must not exhaust the program's.
    private static func inReverseOrder(from last: Operation) -> [Operation] {
        var finished: [Operation] = []
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(last)]
        var path: [(operation: Operation, nextInput: Int)] = [(last, 0)]
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

// MARK: - Writing on the tape

extension Tensor {
    /// One operand of an operation and the way its gradient follows from the result's.
    typealias Dependency = (operand: Tensor, gradient: (_ resultGradient: [Double]) -> [Double])

    /// The result of an operation, written on the tape if an operand asks for a gradient.
    convenience init(shape: Shape, values: [Double], from dependencies: [Dependency]) {
        self.init(shape: shape, values: values)
        let asking = dependencies.filter { $0.operand.requiresGradient }
        guard !asking.isEmpty, Tape.isRunning else { return }
        let gradients = asking.map { $0.gradient }
        let operation = Operation(inputs: asking.map { $0.operand }, outputCount: 1) { incoming in
            gradients.map { gradient in gradient(incoming[0]!) }
        }
        slot = GradientSlot(shape: shape, origin: (operation, 0))
    }

    /// Writes several tensors on the tape as the outputs of one operation.
    static func record(_ outputs: [Tensor], of inputs: [Tensor], pullback: @escaping Operation.Pullback) {
        guard inputs.contains(where: { $0.requiresGradient }), Tape.isRunning else { return }
        let operation = Operation(inputs: inputs, outputCount: outputs.count, pullback: pullback)
        for (index, output) in outputs.enumerated() {
            output.slot = GradientSlot(shape: output.shape, origin: (operation, index))
        }
    }

    /// Puts `part` in place of the values at `places`, and writes that on the tape if either takes part in differentiation.
    ///
    /// From here on the tensor is the result of this operation; what was computed from it before keeps what it held then.
    func replace(_ places: [Int], with part: Tensor) {
        for (place, value) in zip(places, part.values) { values[place] = value }
        guard Tape.isRunning, part.requiresGradient || slot?.origin != nil else { return }
        let operation = Operation(inputs: [self, part], outputCount: 1) { incoming in
            let g = incoming[0]!
            var kept = g
            for place in places { kept[place] = 0 }
            return [kept, places.map { g[$0] }]      // the part gets the gradient at its places, what it replaced none
        }
        slot = GradientSlot(shape: shape, origin: (operation, 0))
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
