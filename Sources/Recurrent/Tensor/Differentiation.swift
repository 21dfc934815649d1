/// Tensors on the tape: which ask for a gradient, how operations are written down, and `backward()`.

extension Tensor {
    /// Whether `backward()` computes a gradient for this tensor.
    ///
    /// Set it on a tensor made by hand; a result of operations asks for a gradient if one of its operands does, and keeps
    /// it after `backward()`: `hn.gradient` is ∂ℒ/∂h_n.
    /// Switched off it keeps the gradient that has gathered, and `backward()` passes the tensor by.
    public var requiresGradient: Bool {
        get { slot?.isOpen == true }
        set {
            if newValue, requiresGradient { return }  // a result's gradient gathers unasked: PyTorch's retain_grad
            require(
                slot?.origin == nil, "Tensor.requiresGradient", "can be set on a tensor made by hand",
                got: "the result of an operation", hint: "Use detach() for a tensor that takes no part in differentiation"
            )
            if slot == nil, newValue { slot = GradientSlot() }
            slot?.isOpen = newValue
        }
    }

    /// Made by hand, and asking for a gradient: what PyTorch calls a leaf.
    var isVariable: Bool { requiresGradient && slot?.origin == nil }

    /// The gradient of what `backward()` was called on with respect to this tensor, summed over all calls;
    /// nil before the first. Set it to nil to start afresh; setting it leaves ``requiresGradient`` as it is.
    public var gradient: Tensor? {
        get { slot?.total.map { Tensor(shape: shape, values: $0) } }
        set {
            require(
                newValue == nil || newValue!.shape == shape,
                "Tensor.gradient", "must have the tensor's shape \(shape)", got: "\(newValue!.shape)"
            )
            if slot == nil, newValue != nil { slot = GradientSlot(isOpen: false) }
            slot?.total = newValue?.values
        }
    }

    /// Adds ∂self/∂x to the gradient of every tensor x that self was computed from.
    ///
    /// Ends the program unless self has one value: give a tensor with more the gradient of your loss
    /// with respect to it, `backward(gradient)`; and if an earlier `backward()` already went through a part of the
    /// computation, as where a state was handed on without `detach()`. That one may say `retainGraph: true`.
    public func backward(retainGraph: Bool = false) {
        require(
            values.count == 1, "backward()", "starts at a tensor of one value, a loss", got: "shape \(shape)",
            hint: "Take sum() or mean() first, or hand in the gradient: backward(gradient)"
        )
        backward(Tensor.ones(shape), retainGraph: retainGraph)
    }

    /// Adds Σ gradient ⊙ ∂self/∂x to the gradient of every tensor x that self was computed from.
    public func backward(_ gradient: Tensor, retainGraph: Bool = false) {
        require(gradient.shape == shape, "backward(gradient)", "gradient must have shape \(shape)", got: "\(gradient.shape)")
        guard let slot, slot.isOpen else {
            fail(
                "backward()", "needs a tensor that depends on one with requiresGradient = true", got: "one that does not",
                hint: "Set requiresGradient before computing with a tensor"
            )
        }
        let history = slot.origin?.operation.history ?? []
        require(
            !history.contains { $0.isSpent }, "backward()", "goes through every operation once",
            got: "a computation that an earlier backward() went through",
            hint: "Hand a state on with h = h.detach(); for two losses of one computation add them, or say "
                + "backward(retainGraph: true) the first time"
        )
        slot.receive(gradient.values)
        for operation in history { operation.runBackward(retained: retainGraph) }
    }

    /// ∂self/∂x for each of `variables`, zeros where self does not depend on one.
    ///
    /// Unlike `backward()` it leaves the gradients that have gathered as they were, those of all other tensors too.
    func gradients(by variables: [Tensor]) -> [Tensor] {
        var slots = variables.compactMap { $0.slot }
        if let slot { slots.append(slot) }
        for operation in slot?.origin.map({ $0.operation.history }) ?? [] {
            slots += operation.inputs.compactMap { $0 }
        }
        let gathered = slots.map { $0.gathered }
        for slot in slots { slot.gathered = nil }
        defer { for (slot, gradient) in zip(slots, gathered) { slot.gathered = gradient } }
        if requiresGradient { backward(retainGraph: true) }
        return variables.map { $0.gradient ?? .zeros($0.shape) }
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
        let operation = Operation(inputs: asking.map { $0.operand.slot }, outputCount: 1) { incoming in
            gradients.map { gradient in gradient(incoming[0]!) }
        }
        slot = GradientSlot(origin: (operation, 0))
    }

    /// The result of an operation on one operand: `gradient` gives the operand's gradient for the result's.
    convenience init(
        shape: Shape, values: [Double], from operand: Tensor, gradient: @escaping (_ resultGradient: [Double]) -> [Double]
    ) {
        self.init(shape: shape, values: values, from: [(operand, gradient)])
    }

    /// The result of an operation on two operands, with the gradient of the first `and` that of the second.
    convenience init(
        shape: Shape, values: [Double], from first: Tensor, _ second: Tensor,
        gradient: @escaping (_ resultGradient: [Double]) -> [Double], and other: @escaping (_ resultGradient: [Double]) -> [Double]
    ) {
        self.init(shape: shape, values: values, from: [(first, gradient), (second, other)])
    }

    /// Writes several tensors on the tape as the outputs of one operation.
    static func record(
        _ outputs: [Tensor], of inputs: [Tensor], inside: Operation.Pullback? = nil, pullback: @escaping Operation.Pullback
    ) {
        guard inputs.contains(where: { $0.requiresGradient }), Tape.isRunning else { return }
        let operation = Operation(inputs: inputs.map { $0.slot }, outputCount: outputs.count, inside: inside, pullback: pullback)
        for (index, output) in outputs.enumerated() {
            output.slot = GradientSlot(origin: (operation, index))
        }
    }

    /// Puts `part` in place of the values at `places`, and writes that on the tape if either takes part in differentiation.
    ///
    /// From here on the tensor is the result of this operation; what was computed from it before keeps what it held then.
    func replace(_ places: [Int], with part: Tensor) {
        for (place, value) in zip(places, part.values) { values[place] = value }
        guard Tape.isRunning, part.requiresGradient || slot?.origin != nil else { return }
        let operation = Operation(inputs: [slot, part.slot], outputCount: 1) { incoming in
            let g = incoming[0]!
            var kept = g
            for place in places { kept[place] = 0 }
            return [kept, places.map { g[$0] }]  // the part gets the gradient at its places, what it replaced none
        }
        slot = GradientSlot(origin: (operation, 0))
    }
}
