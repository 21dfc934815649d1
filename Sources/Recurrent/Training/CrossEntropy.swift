/// Cross entropy: how improbable a network's logits make the right classes, with PyTorch's options.

/// −log softmax(logits)[label], averaged over the examples (or summed, or each by itself).
///
///     loss_n = −(1 − ε) w_y log p_y − ε/C Σ_c w_c log p_c      p = softmax(logits_n), y = label_n
///
/// | tensor | shape |
/// |---|---|
/// | logits | (N, C), not yet through softmax; (C) for one example, (N, C, d1, …) for several places of each |
/// | labels | (N): N of them; (N, d1, …) as rows or as a tensor |
/// | weight | (C) |
/// | result | (); with `reduction: .none` (N, d1, …) |
///
/// Ends the program unless every label is in 0..<C or `ignoreIndex`.
///
/// - Parameters:
///   - labels: the right class of each example.
///   - weight: w, what an example of each class counts; 1 if left out. The mean is divided by the sum of the w_y.
///   - ignoreIndex: the label of what counts nothing. Where everything is ignored the mean is NaN, as PyTorch's.
///   - labelSmoothing: ε, the share of the target that is spread over all classes (Szegedy et al. 2016).
public func crossEntropy(
    _ logits: Tensor, _ labels: [Int], weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
) -> Tensor {
    let places = ClassPlaces(of: logits)
    require(
        places.shape.count < 2, "crossEntropy", "labels must have the shape \(places.shape) of logits \(logits.shape)",
        got: "\(labels.count) in a row", hint: logits.shape[0] == 1 ? "Take one example: logits[0] or logits.squeeze(0)" : nil
    )
    return CrossEntropyOptions(places, weight, labelSmoothing, reduction).loss(of: logits, labels, ignoring: ignoreIndex)
}

/// The label of one example (C).
public func crossEntropy(
    _ logits: Tensor, _ label: Int, weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
) -> Tensor {
    crossEntropy(
        logits, [label], weight: weight, ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing, reduction: reduction
    )
}

/// Rows of labels (N, d1), for logits (N, C, d1).
public func crossEntropy(
    _ logits: Tensor, _ labels: [[Int]], weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
) -> Tensor {
    let places = ClassPlaces(of: logits)
    for (index, row) in labels.enumerated() where places.shape.count == 2 {
        require(
            row.count == places.shape[1], "crossEntropy", "row \(index) must have \(places.shape[1]) labels", got: "\(row.count)"
        )
    }
    return CrossEntropyOptions(places, weight, labelSmoothing, reduction)
        .loss(of: logits, labels.flatMap { $0 }, ignoring: ignoreIndex)
}

/// Labels (N, d1, d2), for logits (N, C, d1, d2).
public func crossEntropy(
    _ logits: Tensor, _ labels: [[[Int]]], weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
) -> Tensor {
    crossEntropy(
        logits, Tensor(labels), weight: weight, ignoreIndex: ignoreIndex, labelSmoothing: labelSmoothing, reduction: reduction
    )
}

/// Labels as a tensor of whole numbers (N, d1, …), or in the shape of the logits the probability of each class.
///
///     loss_n = −Σ_c q_c w_c log p_c      q = (1 − ε) probabilities_n + ε/C
///
/// The mean of losses by probabilities is divided by their number, whatever the weights; `ignoreIndex` is of labels.
public func crossEntropy(
    _ logits: Tensor, _ target: Tensor, weight: Tensor? = nil, ignoreIndex: Int = -100, labelSmoothing: Double = 0,
    reduction: Reduction = .mean
) -> Tensor {
    let places = ClassPlaces(of: logits)
    if target.shape == logits.shape {
        require(
            ignoreIndex < 0, "crossEntropy", "ignoreIndex \(ignoreIndex) must be left out where the target is probabilities",
            got: "\(target.shape), the shape of the logits"
        )
        return CrossEntropyOptions(places, weight, labelSmoothing, reduction).loss(of: logits, probabilities: target)
    }
    require(
        target.shape == places.shape || places.shape.isEmpty && target.shape == [1], "crossEntropy",
        "the target must be labels \(places.shape), or probabilities \(logits.shape)", got: "\(target.shape)"
    )
    let classes = target.values.map { label in
        guard let whole = Int(exactly: label) else {
            fail("crossEntropy", "labels must be whole numbers, the right class of each example", got: "\(label)")
        }
        return whole
    }
    return CrossEntropyOptions(places, weight, labelSmoothing, reduction).loss(of: logits, classes, ignoring: ignoreIndex)
}

// MARK: - What labels and probabilities share

/// Where the classes of each example lie in logits (N, C, d1, …) or (C).
private struct ClassPlaces {
    let classes: Int
    /// How many examples there are: N · d1 · …
    let count: Int
    /// (N, d1, …): what is left without the axis of classes.
    let shape: Shape
    let classAxis: Int
    /// How far apart two classes of an example lie: d1 · …
    let stride: Int

    init(of logits: Tensor) {
        let rank = logits.shape.count
        require(
            rank > 0, "crossEntropy", "logits must have an axis of classes: (classes), (N, classes) or (N, classes, …)",
            got: "a single value"
        )
        classAxis = rank == 1 ? 0 : 1
        classes = logits.shape[classAxis]
        shape = logits.shape.removing(axis: classAxis)
        count = shape.elementCount
        stride = logits.shape.dropFirst(classAxis + 1).reduce(1, *)
        require(count > 0 && classes > 0, "crossEntropy", "needs at least one example and one class", got: "\(logits.shape)")
    }

    /// The place of an example's first class; the others follow at distances of ``stride``.
    func first(of example: Int) -> Int { example / stride * classes * stride + example % stride }
}

private struct CrossEntropyOptions {
    let places: ClassPlaces
    /// w (C); nil where every class counts 1.
    let weight: [Double]?
    /// ε
    let smoothing: Double
    let reduction: Reduction

    init(_ places: ClassPlaces, _ weight: Tensor?, _ smoothing: Double, _ reduction: Reduction) {
        if let weight {
            require(
                weight.shape == [places.classes], "crossEntropy",
                "weight must have one number for each class, (\(places.classes))", got: "\(weight.shape)"
            )
            require(
                !weight.requiresGradient, "crossEntropy", "weight must be plain numbers",
                got: "a tensor that asks for a gradient", hint: "Use detach()"
            )
        }
        require(smoothing >= 0 && smoothing <= 1, "crossEntropy", "labelSmoothing must be from 0 to 1", got: "\(smoothing)")
        (self.places, self.weight, self.smoothing, self.reduction) = (places, weight?.values, smoothing, reduction)
    }

    private func weight(of label: Int) -> Double { weight?[label] ?? 1 }

    func loss(of logits: Tensor, _ labels: [Int], ignoring ignoreIndex: Int) -> Tensor {
        require(
            labels.count == places.count, "crossEntropy", "needs one label for each of the \(places.count) examples",
            got: "\(labels.count)"
        )
        for label in labels {
            require(
                label >= 0 && label < places.classes || label == ignoreIndex, "crossEntropy",
                "a label must be a class in 0..<\(places.classes)", got: "\(label)",
                hint: ignoreIndex >= 0 ? "\(ignoreIndex) is ignored" : nil
            )
        }
        return loss(of: logits, labels.map { $0 == ignoreIndex ? nil : $0 })
    }

    /// `labels`: nil where an example counts nothing.
    private func loss(of logits: Tensor, _ labels: [Int?]) -> Tensor {
        let (places, smoothing) = (places, smoothing)
        let logProbabilities = logSoftmax(logits.detached(), axis: places.classAxis).values
        let spread = smoothing / Double(places.classes)  // ε/C
        let weightSum = weight?.reduce(0, +) ?? Double(places.classes)
        let losses = labels.enumerated().map { example, label in
            guard let label else { return 0.0 }
            let first = places.first(of: example)
            let own = -logProbabilities[first + label * places.stride]
            if smoothing == 0 { return own * weight(of: label) }
            var all = 0.0
            for c in 0..<places.classes { all -= weight(of: c) * logProbabilities[first + c * places.stride] }
            return (1 - smoothing) * weight(of: label) * own + spread * all
        }
        let divisor = reduction == .mean ? labels.reduce(0) { $0 + ($1.map { weight(of: $0) } ?? 0) } : 1
        let (shape, values) = reduced(losses, divisor)
        return Tensor(shape: shape, values: values, from: logits) { [self] g in  // ∂ℒ/∂z_c = p_c Σ_k q_k w_k − q_c w_c
            var gradient = [Double].zeros(logProbabilities.count)
            for case (let example, let label?) in labels.enumerated() {
                let (first, incoming) = (places.first(of: example), g.count == 1 ? g[0] : g[example])
                let own = (1 - smoothing) * weight(of: label)
                let mass = own + spread * weightSum
                for c in 0..<places.classes {
                    let place = first + c * places.stride
                    gradient[place] = Elementary.exp(logProbabilities[place]) * (mass * incoming) / divisor
                    if smoothing != 0 { gradient[place] -= spread * weight(of: c) * incoming / divisor }
                }
                gradient[first + label * places.stride] -= own * incoming / divisor
            }
            return gradient
        }
    }

    func loss(of logits: Tensor, probabilities target: Tensor) -> Tensor {
        let (places, smoothing) = (places, smoothing)
        let logProbabilities = logSoftmax(logits.detached(), axis: places.classAxis).values
        // q ⊙ w, in the shape of the logits.
        var weighted = target.values
        forEachPlace { _, c, place in
            weighted[place] = ((1 - smoothing) * weighted[place] + smoothing / Double(places.classes)) * weight(of: c)
        }
        var losses = [Double].zeros(places.count)
        var masses = [Double].zeros(places.count)
        forEachPlace { example, _, place in
            losses[example] -= weighted[place] * logProbabilities[place]
            masses[example] += weighted[place]
        }
        let divisor = reduction == .mean ? Double(places.count) : 1
        let (shape, values) = reduced(losses, divisor)
        return Tensor(shape: shape, values: values, from: logits, target) { [self, weighted, masses] g in
            var gradient = [Double].zeros(weighted.count)  // ∂ℒ/∂z_c = p_c Σ_k q_k w_k − q_c w_c
            forEachPlace { example, _, place in
                let incoming = (g.count == 1 ? g[0] : g[example]) / divisor
                gradient[place] = (Elementary.exp(logProbabilities[place]) * masses[example] - weighted[place]) * incoming
            }
            return gradient
        } and: { [self] g in
            var gradient = [Double].zeros(logProbabilities.count)  // ∂ℒ/∂target_c = −(1 − ε) w_c log p_c
            forEachPlace { example, c, place in
                let incoming = (g.count == 1 ? g[0] : g[example]) / divisor
                gradient[place] = -(1 - smoothing) * weight(of: c) * logProbabilities[place] * incoming
            }
            return gradient
        }
    }

    private func forEachPlace(_ body: (_ example: Int, _ class: Int, _ place: Int) -> Void) {
        for example in 0..<places.count {
            let first = places.first(of: example)
            for c in 0..<places.classes { body(example, c, first + c * places.stride) }
        }
    }

    private func reduced(_ losses: [Double], _ divisor: Double) -> (shape: Shape, values: [Double]) {
        // 0 / 0 has a sign on some processors and none on others.
        reduction == .none ? (places.shape, losses) : ([], [divisor == 0 ? .nan : losses.reduce(0, +) / divisor])
    }
}
