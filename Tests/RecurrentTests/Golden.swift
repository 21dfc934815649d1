import Foundation
import Recurrent
import Testing

/// A case computed by PyTorch in float64, from the folder Goldens.
struct Golden: Decodable {
    struct Array: Decodable {
        let shape: [Int]
        let values: [Double]

        var tensor: Tensor { Tensor(shape: Shape(shape), values: values) }

        /// A tensor whose gradient is asked for.
        var variable: Tensor {
            let tensor = tensor
            tensor.requiresGradient = true
            return tensor
        }
    }

    struct Options: Decodable {
        let inputSize: Int
        let hiddenSize: Int
        let numLayers: Int
        let nonlinearity: String?
        let bias: Bool?
        let batchFirst: Bool?
        let bidirectional: Bool?
    }

    let layer: String
    let options: Options
    let parameters: [String: Array]
    let input: Array
    let h0: Array
    let c0: Array?
    let output: Array
    let hn: Array
    let cn: Array?
    let lossWeight: Array
    let loss: Double
    let gradients: [String: Array]

    /// The tensors under their names, to be loaded into a layer.
    var weights: [String: Tensor] { parameters.mapValues(\.tensor) }

    static func named(_ name: String) throws -> Golden {
        try load(name, as: Golden.self)
    }

    static func load<T: Decodable>(_ name: String, as type: T.Type) throws -> T {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Goldens"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            // Only the options' and the case's own keys are turned; parameter names stay as PyTorch has them.
            let key = path.last!
            let isParameterName = path.dropLast().contains { ["parameters", "gradients"].contains($0.stringValue) }
            return isParameterName ? key : CodingName(key.stringValue.camelCased)
        }
        return try decoder.decode(type, from: Data(contentsOf: url))
    }
}

private struct CodingName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

extension String {
    fileprivate var camelCased: String {
        let words = split(separator: "_")
        return words.dropFirst().reduce(String(words[0])) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }
}

/// Expects two tensors to have one shape and values that differ by no more than `tolerance`.
func expectClose(
    _ actual: Tensor?, _ expected: Tensor, within tolerance: Double, _ comment: Comment? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let actual else {
        Issue.record("no tensor: \(comment?.rawValue ?? "")", sourceLocation: sourceLocation)
        return
    }
    #expect(actual.shape == expected.shape, comment, sourceLocation: sourceLocation)
    let differences = zip(actual.values, expected.values).map { abs($0 - $1) }
    #expect(differences.allSatisfy { $0 <= tolerance }, comment, sourceLocation: sourceLocation)
}
