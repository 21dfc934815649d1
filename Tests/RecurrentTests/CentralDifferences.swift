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

/// Draws for tests, apart from the default generator that other tests use at the same time.
struct Draws {
    let generator: Generator

    init(seed: Int) { generator = Generator(seed: UInt64(seed)) }

    func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(generator.uniform(count: 1)[0] * Double(range.count))
    }

    func bool() -> Bool { int(0...1) == 1 }

    func tensor(_ shape: Shape) -> Tensor {
        Tensor(shape: shape, values: generator.uniform(count: shape.elementCount, from: -1, to: 1))
    }

    /// A tensor whose gradient is asked for.
    func variable(_ shape: Shape) -> Tensor {
        let tensor = tensor(shape)
        tensor.requiresGradient = true
        return tensor
    }

    func values(for parameters: Parameters) -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, tensor($0.tensor.shape)) })
    }
}
