/// Parts of a tensor: `t[0]`, `t[0, 1]`, `t[1..<3]`, `t[.all, 0]`.

/// What is taken along one axis.
public enum AxisIndex {
    /// One position; the axis is gone from the result. Negative positions count from the end.
    case position(Int)
    /// A range of positions.
    case range(Range<Int>)
    /// The whole axis.
    case all
}

extension AxisIndex: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) {
        self = .position(value)
    }
}

extension Tensor {
    /// `t[0]` is the first row, `t[0, 1]` the second value of it; negative positions count from the end.
    public subscript(positions: Int...) -> Tensor {
        get { part(positions.map { .position($0) }) }
        set { replacePart(positions.map { .position($0) }, with: newValue) }
    }

    /// Some positions of the first axis: `t[1..<3]`.
    public subscript(range: Range<Int>) -> Tensor {
        get { part([.range(range)]) }
        set { replacePart([.range(range)], with: newValue) }
    }

    /// Positions of the first axis in any order, a position as often as it stands there: `t[order]`, `t[[2, 0, 2]]`.
    public subscript(positions: [Int]) -> Tensor {
        require(!shape.isEmpty, "Tensor[…]", "needs a tensor with an axis", got: "a single value")
        let rows = positions.map { self.positions(.position($0), axis: 0, length: shape[0]).lowerBound }
        let (values, width) = (values, shape.dropFirst().reduce(1, *))
        return Tensor(
            shape: shape.replacing(axis: 0, with: rows.count), values: rows.flatMap { values[$0 * width..<($0 + 1) * width] },
            from: [
                (self, { g in                             // every use of a row adds to its gradient
                    var gradient = [Double].zeros(values.count)
                    for (index, row) in rows.enumerated() {
                        for j in 0..<width { gradient[row * width + j] += g[index * width + j] }
                    }
                    return gradient
                })
            ]
        )
    }

    /// `t[.all, step]`: a variable's place on the second axis.
    public subscript(first: AxisIndex, second: Int) -> Tensor { self[first, .position(second)] }

    /// `t[.all, .all, unit]`: a variable's place on the third axis.
    public subscript(first: AxisIndex, second: AxisIndex, third: Int) -> Tensor { self[first, second, .position(third)] }

    /// For each axis a position, a range or all of it: `t[.all, 0]`, `t[.range(0..<2), .position(i)]`.
    ///
    /// Axes that are not named are taken whole.
    public subscript(first: AxisIndex, rest: AxisIndex...) -> Tensor {
        get { part([first] + rest) }
        set { replacePart([first] + rest, with: newValue) }
    }

    /// One value: `t[0, 0] = 3`. A number for a part of many values fills it; only a part of one value can be read as a number.
    @_disfavoredOverload
    public subscript(positions: Int...) -> Double {
        get { part(positions.map { .position($0) }).item }
        set { replacePart(positions.map { .position($0) }, with: Tensor(newValue)) }
    }

    /// `t[1..<3] = 0`
    @_disfavoredOverload
    public subscript(range: Range<Int>) -> Double {
        get { part([.range(range)]).item }
        set { replacePart([.range(range)], with: Tensor(newValue)) }
    }

    /// `t[.all, 0] = 1`
    @_disfavoredOverload
    public subscript(first: AxisIndex, rest: AxisIndex...) -> Double {
        get { part([first] + rest).item }
        set { replacePart([first] + rest, with: Tensor(newValue)) }
    }

    private func part(_ indices: [AxisIndex]) -> Tensor {
        let (newShape, places) = places(indices)
        let (values, count) = (values, values.count)
        let part = Tensor(shape: newShape, values: places.map { values[$0] }, from: [
            (self, { g in                                 // the part gets its gradient, the rest 0
                var gradient = [Double].zeros(count)
                for (index, place) in places.enumerated() { gradient[place] = g[index] }
                return gradient
            })
        ])
        part.isPart = true
        return part
    }

    /// Changes this very tensor, for all its names. Gradients flow on: into `part`, and into what the rest was computed from.
    private func replacePart(_ indices: [AxisIndex], with part: Tensor) {
        let (partShape, places) = places(indices)
        require(
            part.shape.isStretchable(to: partShape), "Tensor\(shape)[…] =", "the part must have shape \(partShape), or stretch to it",
            got: "\(part.shape)"
        )
        require(
            !isPart, "Tensor\(shape)[…] =", "a part is a copy, unlike PyTorch's: assign to the tensor that it was taken from",
            got: "a tensor that a subscript gave", hint: "Write t[0, 1] = … for t[0][1] = …, or change a copy on purpose: t[0].clone()"
        )
        require(
            !(Tape.isRunning && part.requiresGradient && isVariable), "Tensor\(shape)[…] =",
            "a tensor whose own gradient is asked for takes numbers only: it cannot be a result as well",
            got: "a part that takes part in differentiation",
            hint: "Assign to a tensor of zeros, or assign part.detached() or inside noGrad { }"
        )
        replace(places, with: part.stretched(to: partShape))
    }

    /// The shape of a part and the places of its values, row by row.
    private func places(_ indices: [AxisIndex]) -> (shape: Shape, places: [Int]) {
        require(
            indices.count <= shape.count, "Tensor\(shape)[…]", "takes at most \(shape.count) indices", got: "\(indices.count)"
        )
        var lengths: [Int] = []
        var places = [0]
        for (axis, (length, stride)) in zip(shape, shape.strides).enumerated() {
            let index = axis < indices.count ? indices[axis] : .all
            let positions = positions(index, axis: axis, length: length)
            if case .position = index {} else { lengths.append(positions.count) }
            places = places.flatMap { start in positions.map { start + $0 * stride } }
        }
        return (Shape(lengths), places)
    }

    private func positions(_ index: AxisIndex, axis: Int, length: Int) -> Range<Int> {
        switch index {
        case .all:
            return 0..<length
        case .range(let range):
            require(
                range.lowerBound >= 0 && range.upperBound <= length, "Tensor\(shape)[…]",
                "the range on axis \(axis) must lie in 0..<\(length)", got: "\(range.lowerBound)..<\(range.upperBound)"
            )
            return range
        case .position(let position):
            let fromStart = position < 0 ? position + length : position
            require(
                fromStart >= 0 && fromStart < length, "Tensor\(shape)[…]",
                "the index on axis \(axis) must be in \(-length)..<\(length)", got: "\(position)"
            )
            return fromStart..<fromStart + 1
        }
    }
}
