import Recurrent

/// Draws for tests, the same ones at every run, apart from the default generator that other tests use at the same time.
package struct Draws {
    private let generator: Generator

    package init(seed: Int) { generator = Generator(seed: UInt64(seed)) }

    package func int(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(generator.uniform(count: 1)[0] * Double(range.count))
    }

    package func bool() -> Bool { int(0...1) == 1 }

    package func tensor(_ shape: Shape) -> Tensor {
        Tensor(shape: shape, values: generator.uniform(count: shape.elementCount, from: -1, to: 1))
    }

    /// A tensor whose gradient is asked for.
    package func variable(_ shape: Shape) -> Tensor {
        let tensor = tensor(shape)
        tensor.requiresGradient = true
        return tensor
    }

    package func values(for parameters: Parameters) -> [String: Tensor] {
        Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, tensor($0.tensor.shape)) })
    }
}
