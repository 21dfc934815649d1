import Recurrent

/// One thing that a cell showed, as plain data: tables, pictures and alternative texts are all made from it.
///
/// Its coded form carries the kind beside the content's own keys, `{"kind": "tensor", "name": "hn", …}`.
public enum Exhibit: Sendable {
    case tensor(TensorExhibit)
    case shapes(ShapesExhibit)
    case gates(GatesExhibit)
    case derivation(DerivationExhibit)
    case claim(ClaimExhibit)
}

extension Exhibit: Codable {
    private enum Kind: String, Codable {
        case tensor, shapes, gates, derivation, claim
    }

    private enum Key: CodingKey {
        case kind
    }

    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
        case .tensor: self = .tensor(try TensorExhibit(from: decoder))
        case .shapes: self = .shapes(try ShapesExhibit(from: decoder))
        case .gates: self = .gates(try GatesExhibit(from: decoder))
        case .derivation: self = .derivation(try DerivationExhibit(from: decoder))
        case .claim: self = .claim(try ClaimExhibit(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .tensor(let content):
            try container.encode(Kind.tensor, forKey: .kind)
            try content.encode(to: encoder)
        case .shapes(let content):
            try container.encode(Kind.shapes, forKey: .kind)
            try content.encode(to: encoder)
        case .gates(let content):
            try container.encode(Kind.gates, forKey: .kind)
            try content.encode(to: encoder)
        case .derivation(let content):
            try container.encode(Kind.derivation, forKey: .kind)
            try content.encode(to: encoder)
        case .claim(let content):
            try container.encode(Kind.claim, forKey: .kind)
            try content.encode(to: encoder)
        }
    }
}

extension Exhibit {
    /// For the terminal.
    package var text: String {
        switch self {
        case .tensor(let content): content.text
        case .shapes(let content): content.text
        case .gates(let content): content.text
        case .derivation(let content): content.text
        case .claim(let content): content.summary
        }
    }
}
