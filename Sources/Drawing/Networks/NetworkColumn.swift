import Exhibits

/// One step of an unrolled network, of its encoder or of its decoder.
struct NetworkColumn {
    enum Part { case encoder, decoder, only }

    var part: Part
    /// nil for a gap, which stands for the steps that were left out.
    var step: Int?
    var hasInput = false
    var hasOutput = false
    /// Whether the output before is this step's input.
    var isFed = false
}

extension NetworkExhibit {
    private typealias Ends = (input: Bool, output: Bool, fed: Bool)

    /// From left to right.
    ///
    /// - Parameter limit: How many steps of each part are shown at most.
    func columns(limit: Int) -> [NetworkColumn] {
        func columns(_ count: Int, _ part: NetworkColumn.Part, _ ends: (Int) -> Ends) -> [NetworkColumn] {
            self.columns(count, limit, part, ends)
        }
        return switch arrangement {
        case .manyToMany: columns(inputs, .only) { _ in (true, true, false) }
        case .manyToOne: columns(inputs, .only) { (true, $0 == inputs - 1, false) }
        case .oneToMany: columns(outputs, .only) { ($0 == 0, true, $0 > 0) }
        case .encoderDecoder:
            columns(inputs, .encoder) { _ in (true, false, false) } + columns(outputs, .decoder) { (false, true, $0 > 0) }
        }
    }

    /// - Parameter ends: what a step has; a gap is fed as the steps are that it stands for.
    private func columns(
        _ count: Int, _ limit: Int, _ part: NetworkColumn.Part, _ ends: (Int) -> Ends
    ) -> [NetworkColumn] {
        Elision.indices(of: count, limit: limit).map { place in
            guard let step = place.index else { return NetworkColumn(part: part, isFed: ends(1).fed) }
            let ends = ends(step)
            return NetworkColumn(part: part, step: step, hasInput: ends.input, hasOutput: ends.output, isFed: ends.fed)
        }
    }

    /// How many steps have no column.
    func hiddenSteps(limit: Int) -> Int {
        (arrangement == .encoderDecoder ? [inputs, outputs] : [max(inputs, outputs)]).reduce(0) { count, steps in
            count + steps - Elision.indices(of: steps, limit: limit).count { $0.index != nil }
        }
    }
}
