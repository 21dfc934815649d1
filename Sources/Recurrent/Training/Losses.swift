/// Losses: how far a network's results are from what they should be, as one number.

/// How the losses of single examples become one number.
public enum Reduction: Sendable {
    case mean, sum
}

/// −log softmax(logits)[label], averaged over the examples (or summed).
///
/// - Parameters:
///   - logits: (N, classes), not yet through softmax; or (classes) for one example.
///   - labels: the right class of each example.
public func crossEntropy(_ logits: Tensor, _ labels: [Int], reduction: Reduction = .mean) -> Tensor {
    let logits = logits.shape.count == 1 ? logits.expandingAxis(0) : logits
    require(
        logits.shape.count == 2, "crossEntropy", "logits must have 2 axes (N, classes)",
        got: "\(axes(logits.shape.count)) \(logits.shape)", hint: "Bring all examples on one axis first: reshaped(-1, classes)"
    )
    let (count, classes) = (logits.shape[0], logits.shape[1])
    require(count > 0 && classes > 0, "crossEntropy", "needs at least one example and one class", got: "\(logits.shape)")
    require(labels.count == count, "crossEntropy", "needs one label for each of the \(count) examples", got: "\(labels.count)")
    for label in labels {
        require(label >= 0 && label < classes, "crossEntropy", "a label must be a class in 0..<\(classes)", got: "\(label)")
    }
    let divisor = reduction == .mean ? Double(count) : 1
    let logProbabilities = logSoftmax(logits.detached()).values
    let total = labels.enumerated().reduce(0) { $0 - logProbabilities[$1.offset * classes + $1.element] }
    return Tensor(shape: [], values: [total / divisor], from: [
        (logits, { g in                                  // ∂L/∂logits = softmax(logits) − one-hot(label)
            var gradient = logProbabilities.map { Elementary.exp($0) * g[0] / divisor }
            for (example, label) in labels.enumerated() { gradient[example * classes + label] -= g[0] / divisor }
            return gradient
        })
    ])
}

/// Labels as a tensor of whole numbers.
public func crossEntropy(_ logits: Tensor, _ labels: Tensor, reduction: Reduction = .mean) -> Tensor {
    let classes = labels.values.map { label in
        guard let whole = Int(exactly: label) else {
            fail("crossEntropy", "labels must be whole numbers, the right class of each example", got: "\(label)")
        }
        return whole
    }
    return crossEntropy(logits, classes, reduction: reduction)
}

/// (prediction − target)², averaged over all values (or summed).
public func meanSquaredError(_ prediction: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
    require(
        prediction.shape == target.shape, "meanSquaredError", "prediction and target must have one shape",
        got: "\(prediction.shape) and \(target.shape)"
    )
    let difference = prediction - target
    let squares = difference * difference
    return reduction == .mean ? squares.mean() : squares.sum()
}
