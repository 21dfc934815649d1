import Recurrent

/// Where in a trace something is to be shown.
package struct TracePlace {
    /// nil for the last layer.
    var layer: Int?
    var isReverse: Bool
    var step: Int
    var sequence: Int
    var unit: Int

    package init(layer: Int? = nil, isReverse: Bool = false, step: Int, sequence: Int = 0, unit: Int) {
        self.layer = layer
        self.isReverse = isReverse
        self.step = step
        self.sequence = sequence
        self.unit = unit
    }
}

extension TracePlace {
    /// For the terminal: `GRU layer 0, reverse, step 2, unit 1, sequence 3`; of the first sequence read forward only layer,
    /// step and unit.
    func text(of cell: String) -> String {
        cell + (layer.map { " layer \($0)" } ?? "") + (isReverse ? ", reverse" : "") + ", step \(step), unit \(unit)"
            + (sequence > 0 ? ", sequence \(sequence)" : "")
    }
}

extension RecurrentTrace {
    /// The track and step of a place.
    func find(_ place: TracePlace) throws(ShowMisuse) -> (track: Track, step: Step) {
        let layer = place.layer ?? tracks.map { $0.layer }.max() ?? 0
        guard let track = tracks.first(where: { $0.layer == layer && $0.isReverse == place.isReverse }) else {
            let direction = place.isReverse ? " that reads in reverse" : ""
            throw ShowMisuse(description: "the trace has no layer \(layer)\(direction); it has \(tracks.count) track(s)")
        }
        func check(_ name: String, _ index: Int, _ count: Int, because reason: String = "") throws(ShowMisuse) {
            guard !(0..<count).contains(index) else { return }
            throw ShowMisuse(description: "\(reason)\(name) must be in 0..<\(count); got \(index)")
        }
        try check("sequence", place.sequence, track.steps[0].input.shape[0])
        if let length = lengths?[place.sequence] {
            let steps = length == 1 ? "1 step" : "\(length) steps"
            try check("step", place.step, length, because: "sequence \(place.sequence) has \(steps), so ")
        }
        try check("step", place.step, track.steps.count)
        let step = track.steps[place.step]
        try check("unit", place.unit, step.quantities.map { $0.tensor.shape[1] }.max() ?? 0)
        return (track, step)
    }
}
