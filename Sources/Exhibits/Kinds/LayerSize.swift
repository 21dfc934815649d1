/// A letter in a symbolic shape or in the formula of a count, and the number it stands for.
package struct LayerSize: Codable, Hashable, Sendable {
    package enum Meaning: String, Codable, Hashable, Sendable {
        /// L
        case steps
        /// N
        case sequences
        /// d
        case features
        /// h
        case units
        /// D: 2 where a layer reads in both directions.
        case directions
        case layers
        /// D · layers
        case directionsOfLayers
        /// D · H
        case unitsOfDirections
        /// p: what a hidden state is projected to.
        case projection
        /// D · P
        case projectionOfDirections
    }

    package var meaning: Meaning
    package var value: Int

    package init(_ meaning: Meaning, _ value: Int) {
        self.meaning = meaning
        self.value = value
    }
}

extension LayerSize.Meaning {
    /// As formulas and symbolic shapes write it.
    package var symbol: String {
        switch self {
        case .steps: "L"
        case .sequences: "N"
        case .features: "d"
        case .units: "H"
        case .directions: "D"
        case .layers: "layers"
        case .directionsOfLayers: "D·layers"
        case .unitsOfDirections: "D·H"
        case .projection: "P"
        case .projectionOfDirections: "D·P"
        }
    }
}
