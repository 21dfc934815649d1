import Recurrent
import Testing

/// Expects `tensor.gradient` to agree with (L(x + ε) − L(x − ε)) / 2ε at every place, 10⁻⁷ relative.
func expectCentralDifferences(
    _ tensor: Tensor, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation, loss: (Tensor) -> Double
) {
    guard let gradient = tensor.gradient else {
        Issue.record("no gradient: \(comment.rawValue)", sourceLocation: sourceLocation)
        return
    }
    let step = 1e-5
    for place in tensor.values.indices {
        func shifted(by shift: Double) -> Double {
            var values = tensor.values
            values[place] += shift
            return loss(Tensor(shape: tensor.shape, values: values))
        }
        let difference = (shifted(by: step) - shifted(by: -step)) / (2 * step)
        let allowed = 1e-7 * max(1, abs(difference))
        #expect(abs(gradient.values[place] - difference) <= allowed, comment, sourceLocation: sourceLocation)
    }
}
