/// Spread, running sums and ranks along an axis: PyTorch's `var`, `std`, `cumsum`, `topk`.

extension Tensor {
    /// The variance of all values: Σ (xᵢ − x̄)² / (n − 1), or, not `unbiased`, / n. NaN where there is nothing to divide by.
    public func `var`(unbiased: Bool = true) -> Tensor { flattened().var(axis: 0, unbiased: unbiased) }

    /// The variance along an axis; negative axes count from the end. The axis is gone, or kept with length 1.
    public func `var`(axis: Int, unbiased: Bool = true, keepingAxis: Bool = false) -> Tensor {
        let spread = Spread(of: self, along: axis, unbiased: unbiased, "var")
        // ∂s²/∂xᵢ = 2 (xᵢ − x̄) / (n − 1)
        let result = Tensor(shape: spread.lanes.shape, values: spread.variances, from: self) { g in
            spread.gradient(g)
        }
        return keepingAxis ? result.unsqueeze(spread.lanes.axis) : result
    }

    /// The standard deviation s of all values, the square root of their variance.
    public func std(unbiased: Bool = true) -> Tensor { flattened().std(axis: 0, unbiased: unbiased) }

    /// The standard deviation along an axis; negative axes count from the end. The axis is gone, or kept with length 1.
    public func std(axis: Int, unbiased: Bool = true, keepingAxis: Bool = false) -> Tensor {
        let spread = Spread(of: self, along: axis, unbiased: unbiased, "std")
        let roots = spread.variances.map(Elementary.sqrt)
        // ∂s/∂s² = 1 / 2s; 0 where s = 0, as in PyTorch
        let result = Tensor(shape: spread.lanes.shape, values: roots, from: self) { g in
            spread.gradient(zipped(g, roots) { $1 == 0 ? 0 : $0 / (2 * $1) })
        }
        return keepingAxis ? result.unsqueeze(spread.lanes.axis) : result
    }

    /// The running sums along an axis: position i holds x₀ + … + xᵢ. Negative axes count from the end.
    public func cumsum(axis: Int) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "cumsum")
        return Tensor(shape: shape, values: lanes.runningSums(values), from: self) { g in  // ∂ℒ/∂xᵢ = gᵢ + gᵢ₊₁ + …
            lanes.runningSums(g, backwards: true)
        }
    }

    /// The `count` largest values along an axis (or smallest), sorted, and their positions; equal ones in their order.
    ///
    /// NaN counts as larger than all, as in PyTorch. Where PyTorch meets equal values, its order of them is left to chance.
    public func topk(_ count: Int, axis: Int = -1, largest: Bool = true) -> (values: Tensor, indices: Tensor) {
        let lanes = Lanes(of: shape, along: axis, "topk")
        require(
            count >= 0 && count <= lanes.length, "topk", "the count must be from 0 to \(lanes.length), the axis' length",
            got: "\(count)")
        return ranked(count, lanes, largest: largest)
    }

    /// The first `count` values of every lane in the order of their size, and their positions.
    func ranked(_ count: Int, _ lanes: Lanes, largest: Bool) -> (values: Tensor, indices: Tensor) {
        let x = values
        let resultShape = shape.replacing(axis: lanes.axis, with: count)
        let target = Lanes(of: resultShape, along: lanes.axis, "topk")
        var (places, positions) = ([Int](repeating: 0, count: resultShape.elementCount), [Double].zeros(resultShape.elementCount))
        for lane in 0..<lanes.shape.elementCount {
            let ranked = (0..<lanes.length).sorted { first, second in
                let (a, b) = (x[lanes.place(lane: lane, position: first)], x[lanes.place(lane: lane, position: second)])
                let isAhead = largest ? a > b || (a.isNaN && !b.isNaN) : a < b || (b.isNaN && !a.isNaN)
                let isBehind = largest ? b > a || (b.isNaN && !a.isNaN) : b < a || (a.isNaN && !b.isNaN)
                return isAhead || (!isBehind && first < second)
            }
            for (rank, position) in ranked.prefix(count).enumerated() {
                let place = target.place(lane: lane, position: rank)
                places[place] = lanes.place(lane: lane, position: position)
                positions[place] = Double(position)
            }
        }
        return (taking(places, as: resultShape), Tensor(shape: resultShape, values: positions))
    }
}

/// Variances along an axis and what their gradients need.
private struct Spread {
    let lanes: Lanes
    let variances: [Double]
    private let deviations: [Double]
    private let divisor: Double

    init(of x: Tensor, along axis: Int, unbiased: Bool, _ who: String) {
        let lanes = Lanes(of: x.shape, along: axis, who)
        let divisor = Double(max(lanes.length - (unbiased ? 1 : 0), 0))
        var deviations = x.values
        variances = lanes.map { lane in
            let mean = lane.reduce(0) { $0 + x.values[$1] } / Double(lane.count)
            for place in lane { deviations[place] -= mean }
            return lane.reduce(0) { $0 + deviations[$1] * deviations[$1] } / divisor
        }
        self.lanes = lanes
        self.divisor = divisor
        self.deviations = deviations
    }

    func gradient(_ g: [Double]) -> [Double] {
        lanes.spread { lane, position in 2 * deviations[lanes.place(lane: lane, position: position)] / divisor * g[lane] }
    }
}

extension Lanes {
    fileprivate func runningSums(_ values: [Double], backwards: Bool = false) -> [Double] {
        var sums = values
        forEach { lane in
            var sum = 0.0
            for place in backwards ? lane.reversed() : lane {
                sum += values[place]
                sums[place] = sum
            }
        }
        return sums
    }
}
