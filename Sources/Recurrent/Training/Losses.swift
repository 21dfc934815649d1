/// Losses: how far a network's results are from what they should be, as one number.

/// How the losses of single examples become one number, or that they do not.
public enum Reduction: Sendable {
    /// Their mean, as PyTorch takes it unless told otherwise.
    case mean
    /// Their sum.
    case sum
    /// Each by itself.
    case none
}

/// (prediction − target)², averaged over all values (or summed, or each by itself in their shape).
public func meanSquaredError(_ prediction: Tensor, _ target: Tensor, reduction: Reduction = .mean) -> Tensor {
    require(
        prediction.shape == target.shape, "meanSquaredError", "prediction and target must have one shape",
        got: "\(prediction.shape) and \(target.shape)"
    )
    let difference = prediction - target
    let squares = difference * difference
    return switch reduction {
    case .mean: squares.mean()
    case .sum: squares.sum()
    case .none: squares
    }
}
