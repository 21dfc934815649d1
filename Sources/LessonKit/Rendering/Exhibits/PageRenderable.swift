import Exhibits

/// An exhibit that can be put on a page. Each kind does so in a file of its own, from its data alone.
protocol PageRenderable {
    /// What has to be typeset before `html` is called.
    var formulas: [Formula] { get }
    func html(_ style: ExhibitStyle) -> HTML
}

extension PageRenderable {
    var formulas: [Formula] { [] }
}

/// What an exhibit has to know of the page that it stands on.
struct ExhibitStyle {
    let words: Vocabulary
    let typesetting: Typesetting
}

extension Exhibit {
    /// The one table of exhibit kinds.
    var renderable: any PageRenderable {
        switch self {
        case .tensor(let exhibit): exhibit
        case .shapes(let exhibit): exhibit
        case .gates(let exhibit): exhibit
        case .derivation(let exhibit): exhibit
        case .attention(let exhibit): exhibit
        case .claim(let exhibit): exhibit
        case .lines(let exhibit): exhibit
        case .bars(let exhibit): exhibit
        case .heatmap(let exhibit): exhibit
        case .network(let exhibit): exhibit
        case .cell(let exhibit): exhibit
        case .parameters(let exhibit): exhibit
        case .worked(let exhibit): exhibit
        case .equations(let exhibit): exhibit
        }
    }
}

extension Exhibit {
    /// What has to be typeset before the page is made.
    package var formulas: [Formula] { renderable.formulas }
}
