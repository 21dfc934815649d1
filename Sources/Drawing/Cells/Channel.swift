/// The tracks on which the wires between two rows turn, counted from the lower row.
struct Channel {
    struct Net {
        let id: String
        /// Where it leaves the lower row.
        var start: Double
        /// Where it enters the upper row.
        let ends: [Double]
        /// Where it has left the lower row, if it has gone aside since.
        var origin: Double?
        var firstTrack = 0
        var track = 0

        var isStraight: Bool { ends.allSatisfy { $0 == start } }
        var extent: ClosedRange<Double> { min(start, ends.min()!)...max(start, ends.max()!) }
    }

    private var nets: [String: Net] = [:]
    private(set) var trackCount = 0

    init(_ all: [Net]) {
        var pending = all.filter { !$0.isStraight }
        for net in all where net.isStraight { nets[net.id] = net }
        // Two wires that change places block one another; one of them goes aside first, to where nobody is.
        var order: [Net] = []
        while !pending.isEmpty {
            if let next = pending.firstIndex(where: { net in !pending.contains { $0.mustTurn(before: net) } }) {
                order.append(pending.remove(at: next))
            } else if let aside = pending.firstIndex(where: { $0.origin == nil }) {
                let taken = all.flatMap { $0.ends + [$0.start] } + (order + pending).map { $0.start }
                pending[aside].origin = pending[aside].start
                pending[aside].start = Self.free(near: pending[aside].start, taken)
                pending[aside].firstTrack = trackCount
                trackCount += 1
            }
        }
        untangle(&order)
        var onTrack: [Net] = []
        for var net in order {
            if onTrack.isEmpty || onTrack.contains(where: { $0.mustTurn(before: net) || $0.isNear(net) }) {
                trackCount += 1
                onTrack = []
            }
            net.track = trackCount - 1
            onTrack.append(net)
            nets[net.id] = net
        }
    }

    private static func free(near x: Double, _ taken: [Double]) -> Double {
        var distance = 0.0
        while true {
            for place in [x + distance, x - distance] where place > 8 {
                if taken.allSatisfy({ abs($0 - place) >= 7 }) { return place }
            }
            distance += 1
        }
    }

    /// Changes neighbours as long as that takes crossings away.
    private func untangle(_ order: inout [Net]) {
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for index in order.indices.dropFirst() where !order[index - 1].mustTurn(before: order[index]) {
                let (lower, upper) = (order[index - 1], order[index])
                guard upper.crossings(below: lower) < lower.crossings(below: upper) else { continue }
                order.swapAt(index - 1, index)
                hasChanged = true
            }
        }
    }

    /// The corners of a wire on its way from the lower row to a place in the upper one.
    func turns(of id: String, to end: Double) -> [(x: Double, track: Int)] {
        let net = nets[id]!
        var corners: [(x: Double, track: Int)] = []
        if let origin = net.origin { corners += [(x: origin, track: net.firstTrack), (x: net.start, track: net.firstTrack)] }
        if !net.isStraight { corners += [(x: net.start, track: net.track), (x: end, track: net.track)] }
        return corners
    }
}

extension Channel.Net {
    /// Whether this one would lie upon the other, were its track above the other's.
    fileprivate func mustTurn(before other: Self) -> Bool {
        id != other.id && other.ends.contains { abs($0 - start) < 7 }
    }

    fileprivate func isNear(_ other: Self) -> Bool {
        extent.lowerBound - 8 < other.extent.upperBound && other.extent.lowerBound - 8 < extent.upperBound
    }

    /// How often the two cross where this one's track is the lower.
    fileprivate func crossings(below other: Self) -> Int {
        ends.count { other.extent.contains($0) } + (extent.contains(other.start) ? 1 : 0)
    }
}
