import Recurrent

/// One thing that a cell showed, as plain data: tables, pictures and alternative texts are all made from it.
///
/// Its coded form carries the kind beside the content's own keys, `{"kind": "tensor", "name": "hn", …}`.
public enum Exhibit: Sendable {
    case tensor(TensorExhibit)
    case shapes(ShapesExhibit)
    case gates(GatesExhibit)
    case derivation(DerivationExhibit)
    case attention(AttentionExhibit)
    case claim(ClaimExhibit)
    case lines(LinesExhibit)
    case bars(BarsExhibit)
    case heatmap(HeatmapExhibit)
    case network(NetworkExhibit)
    case cell(CellExhibit)
    case parameters(ParametersExhibit)
    case worked(WorkedExhibit)
    case equations(EquationsExhibit)
}

/// What every kind of exhibit holds: data that can be coded, and a form for the terminal.
protocol ExhibitContent: Codable, Sendable {
    /// For the terminal.
    var terminalText: String { get }
}

extension Exhibit {
    private enum Kind: String, Codable {
        case tensor, shapes, gates, derivation, attention, claim, lines, bars, heatmap
        case network, cell, parameters, worked, equations
    }

    private var content: (kind: Kind, value: any ExhibitContent) {
        switch self {
        case .tensor(let value): (.tensor, value)
        case .shapes(let value): (.shapes, value)
        case .gates(let value): (.gates, value)
        case .derivation(let value): (.derivation, value)
        case .attention(let value): (.attention, value)
        case .claim(let value): (.claim, value)
        case .lines(let value): (.lines, value)
        case .bars(let value): (.bars, value)
        case .heatmap(let value): (.heatmap, value)
        case .network(let value): (.network, value)
        case .cell(let value): (.cell, value)
        case .parameters(let value): (.parameters, value)
        case .worked(let value): (.worked, value)
        case .equations(let value): (.equations, value)
        }
    }

    /// For the terminal.
    package var text: String { content.value.terminalText }
}

extension Exhibit: Codable {
    private enum Key: CodingKey {
        case kind
    }

    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Kind.self, forKey: .kind) {
        case .tensor: self = .tensor(try TensorExhibit(from: decoder))
        case .shapes: self = .shapes(try ShapesExhibit(from: decoder))
        case .gates: self = .gates(try GatesExhibit(from: decoder))
        case .derivation: self = .derivation(try DerivationExhibit(from: decoder))
        case .attention: self = .attention(try AttentionExhibit(from: decoder))
        case .claim: self = .claim(try ClaimExhibit(from: decoder))
        case .lines: self = .lines(try LinesExhibit(from: decoder))
        case .bars: self = .bars(try BarsExhibit(from: decoder))
        case .heatmap: self = .heatmap(try HeatmapExhibit(from: decoder))
        case .network: self = .network(try NetworkExhibit(from: decoder))
        case .cell: self = .cell(try CellExhibit(from: decoder))
        case .parameters: self = .parameters(try ParametersExhibit(from: decoder))
        case .worked: self = .worked(try WorkedExhibit(from: decoder))
        case .equations: self = .equations(try EquationsExhibit(from: decoder))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        let (kind, content) = content
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(kind, forKey: .kind)
        try content.encode(to: encoder)
    }
}
