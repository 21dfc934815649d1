/// Sums, means and maxima, over all values or along one axis.

extension Tensor {
    /// The sum of all values, in row-major order.
    public func sum() -> Tensor {
        let count = values.count
        return Tensor(shape: [], values: [values.reduce(0, +)], from: self) { g in  // ∂Σx/∂xᵢ = 1
            [Double](repeating: g[0], count: count)
        }
    }

    /// The sum along an axis; negative axes count from the end. The axis is gone from the result, or kept with length 1.
    public func sum(axis: Int, keepingAxis: Bool = false) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "sum")
        let sums = lanes.map { lane in lane.reduce(0) { $0 + values[$1] } }
        let summed = Tensor(shape: lanes.shape, values: sums, from: self) { g in  // ∂Σx/∂xᵢ = 1
            lanes.spread { lane, _ in g[lane] }
        }
        return keepingAxis ? summed.reshaped(lanes.shape.inserting(1, at: lanes.axis)) : summed
    }

    /// The sum along several axes.
    public func sum(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        let axes = Set(axes.map { shape.axis($0, "sum") })
        let summed = axes.reduce(self) { $0.sum(axis: $1, keepingAxis: true) }
        return keepingAxes ? summed : summed.reshaped(Shape(shape.indices.filter { !axes.contains($0) }.map { shape[$0] }))
    }

    /// The mean along several axes.
    public func mean(axes: [Int], keepingAxes: Bool = false) -> Tensor {
        let summed = sum(axes: axes, keepingAxes: keepingAxes)
        return summed * (Double(summed.shape.elementCount) / Double(shape.elementCount))
    }

    /// The mean of all values, of shape `()`. Ends the program if there are none.
    public func mean() -> Tensor {
        require(!values.isEmpty, "mean()", "the tensor must have a value", got: "shape \(shape)")
        return sum() / Double(values.count)
    }

    /// The mean along an axis; negative axes count from the end.
    public func mean(axis: Int, keepingAxis: Bool = false) -> Tensor {
        let axis = shape.axis(axis, "mean")
        return sum(axis: axis, keepingAxis: keepingAxis) / Double(shape[axis])
    }

    /// The Euclidean norm: the square root of the sum of all squares (of a matrix, the Frobenius norm).
    public func norm() -> Tensor {
        let values = values
        let norm = Elementary.sqrt(values.reduce(0) { $0 + $1 * $1 })
        return Tensor(shape: [], values: [norm], from: self) { g in  // ∂‖x‖/∂xᵢ = xᵢ / ‖x‖; 0 where x = 0, as in PyTorch
            values.map { norm == 0 ? 0 : g[0] * $0 / norm }
        }
    }

    /// The Euclidean norm of every lane along an axis; negative axes count from the end.
    public func norm(axis: Int, keepingAxis: Bool = false) -> Tensor {
        let (lanes, values) = (Lanes(of: shape, along: axis, "norm"), values)
        let norms = lanes.map { lane in Elementary.sqrt(lane.reduce(0) { $0 + values[$1] * values[$1] }) }
        // ∂‖x‖/∂xᵢ = xᵢ / ‖x‖; 0 where x = 0, as in PyTorch
        let result = Tensor(shape: lanes.shape, values: norms, from: self) { g in
            lanes.spread { lane, position in
                norms[lane] == 0 ? 0 : g[lane] * values[lanes.place(lane: lane, position: position)] / norms[lane]
            }
        }
        return keepingAxis ? result.unsqueeze(lanes.axis) : result
    }

    /// Whether no value is 0: of a mask, whether it holds everywhere.
    public func all() -> Bool { values.allSatisfy { $0 != 0 } }

    /// Whether some value is not 0: of a mask, whether it holds somewhere.
    public func any() -> Bool { values.contains { $0 != 0 } }

    /// 1 for every lane along an axis that has no 0, else 0; negative axes count from the end.
    public func all(axis: Int) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "all")
        return Tensor(shape: lanes.shape, values: lanes.map { lane in lane.allSatisfy { values[$0] != 0 } ? 1 : 0 })
    }

    /// 1 for every lane along an axis that has a value other than 0, else 0; negative axes count from the end.
    public func any(axis: Int) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "any")
        return Tensor(shape: lanes.shape, values: lanes.map { lane in lane.contains { values[$0] != 0 } ? 1 : 0 })
    }

    /// The largest value. Its gradient goes to the first place that has it.
    public func max() -> Tensor {
        reshaped([values.count]).max(axis: 0)
    }

    /// The largest value along an axis; negative axes count from the end.
    public func max(axis: Int) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "max")
        let winners = winners(of: lanes, "max")
        let largest = zip(winners.indices, winners).map { values[lanes.place(lane: $0, position: $1)] }
        return Tensor(shape: lanes.shape, values: largest, from: self) { g in
            lanes.spread { lane, position in winners[lane] == position ? g[lane] : 0 }
        }  // 1 at the maximum, else 0
    }

    /// The smallest value.
    public func min() -> Tensor {
        require(!values.isEmpty, "min()", "needs at least one value", got: "shape \(shape)")
        return -(-self).max()
    }

    /// The smallest value along an axis; negative axes count from the end.
    public func min(axis: Int) -> Tensor {
        let axis = shape.axis(axis, "min")
        require(shape[axis] > 0, "min()", "needs at least one value", got: "shape \(shape)")
        return -(-self).max(axis: axis)
    }

    /// The place of the largest value, in row-major order.
    public func argmax() -> Int {
        Int(reshaped([values.count]).argmax(axis: 0).item)
    }

    /// The position of the largest value along an axis, the first of equal ones; negative axes count from the end.
    public func argmax(axis: Int) -> Tensor {
        let lanes = Lanes(of: shape, along: axis, "argmax")
        return Tensor(shape: lanes.shape, values: winners(of: lanes, "argmax").map(Double.init))
    }

    /// For every lane the position of its largest value; NaN counts as larger than all, as in PyTorch.
    private func winners(of lanes: Lanes, _ who: String) -> [Int] {
        require(lanes.length > 0, "\(who)()", "needs at least one value", got: "shape \(shape)")
        return lanes.map { lane in
            var best = 0
            for (position, place) in lane.enumerated() {
                let leader = values[lane[lane.startIndex + best]]
                if values[place] > leader || (values[place].isNaN && !leader.isNaN) { best = position }
            }
            return best
        }
    }
}

/// The runs of values along one axis: for the rows of a matrix, axis 1.
struct Lanes {
    let axis: Int
    /// The number of values of a lane.
    let length: Int
    /// The tensor's shape without the axis: a place for each lane.
    let shape: Shape
    private let stride: Int

    /// Ends the program if there is no such axis.
    init(of shape: Shape, along axis: Int, _ who: String) {
        self.axis = shape.axis(axis, who)
        length = shape[self.axis]
        stride = shape.strides[self.axis]
        self.shape = shape.removing(axis: self.axis)
    }

    func place(lane: Int, position: Int) -> Int {
        (lane / stride * length + position) * stride + lane % stride
    }

    /// The places of one lane.
    typealias Lane = [Int]

    private func lane(_ index: Int) -> Lane {
        (0..<length).map { place(lane: index, position: $0) }
    }

    func forEach(_ body: (Lane) -> Void) {
        for index in 0..<shape.elementCount { body(lane(index)) }
    }

    func map<T>(_ transform: (Lane) -> T) -> [T] {
        (0..<shape.elementCount).map { transform(lane($0)) }
    }

    /// Values of the whole tensor, from the lane and the position that each place has.
    func spread(_ value: (_ lane: Int, _ position: Int) -> Double) -> [Double] {
        var values = [Double].zeros(shape.elementCount * length)
        for lane in 0..<shape.elementCount {
            for position in 0..<length { values[place(lane: lane, position: position)] = value(lane, position) }
        }
        return values
    }
}
