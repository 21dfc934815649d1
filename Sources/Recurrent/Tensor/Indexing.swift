/// Parts of a tensor: `t[0]`, `t[0, 1]`, `t[1..<3]`, `t[.all, step]`.

/// What is taken along one axis: a position, a range of positions or all of it.
public struct AxisIndex: Sendable {
    enum Kind {
        case position(Int)
        case range(Range<Int>)
        case from(Int)
        case upTo(Int)
        case all
    }

    let kind: Kind
}

/// What may stand for an axis in a subscript: `0`, `-1`, `1..<3`, `1...`, `..<(-1)`, `.all`.
public protocol AxisIndexing {
    /// What is taken along the axis.
    var axisIndex: AxisIndex { get }
}

extension AxisIndexing where Self == AxisIndex {
    /// The whole axis.
    public static var all: AxisIndex { AxisIndex(kind: .all) }

    /// One position; the axis is gone from the result. Negative positions count from the end.
    public static func position(_ position: Int) -> AxisIndex { position.axisIndex }

    /// A range of positions.
    public static func range(_ range: Range<Int>) -> AxisIndex { range.axisIndex }
}

extension AxisIndex: AxisIndexing {
    public var axisIndex: AxisIndex { self }
}

/// One position; the axis is gone from the result. Negative positions count from the end.
extension Int: AxisIndexing {
    public var axisIndex: AxisIndex { AxisIndex(kind: .position(self)) }
}

extension Range: AxisIndexing where Bound == Int {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(self)) }
}

extension ClosedRange: AxisIndexing where Bound == Int {
    public var axisIndex: AxisIndex { AxisIndex(kind: .range(Range(self))) }
}

/// `t[1...]`; a negative start counts from the end: `t[(-2)...]`.
extension PartialRangeFrom: AxisIndexing where Bound == Int {
    public var axisIndex: AxisIndex { AxisIndex(kind: .from(lowerBound)) }
}

/// `t[..<2]`; a negative end counts from the end: `t[..<(-1)]`.
extension PartialRangeUpTo: AxisIndexing where Bound == Int {
    public var axisIndex: AxisIndex { AxisIndex(kind: .upTo(upperBound)) }
}

// One subscript for each number of axes: what stands for an axis is of any of the types above, in any mixture.
// Axes that are not named are taken whole.
extension Tensor {
    /// `t[0]` is the first row, `t[1..<3]` the next two; negative positions count from the end.
    public subscript<A: AxisIndexing>(first: A) -> Tensor {
        get { part([first.axisIndex]) }
        set { replacePart([first.axisIndex], with: newValue) }
    }

    /// `t[0, 1]`, `t[.all, step]`, `t[1..<3, -1]`
    public subscript<A: AxisIndexing, B: AxisIndexing>(first: A, second: B) -> Tensor {
        get { part([first.axisIndex, second.axisIndex]) }
        set { replacePart([first.axisIndex, second.axisIndex], with: newValue) }
    }

    /// `t[step, .all, unit]`
    public subscript<A: AxisIndexing, B: AxisIndexing, C: AxisIndexing>(first: A, second: B, third: C) -> Tensor {
        get { part([first.axisIndex, second.axisIndex, third.axisIndex]) }
        set { replacePart([first.axisIndex, second.axisIndex, third.axisIndex], with: newValue) }
    }

    /// `weights[example, head, query, .all]`
    public subscript<A: AxisIndexing, B: AxisIndexing, C: AxisIndexing, D: AxisIndexing>(
        first: A, second: B, third: C, fourth: D
    ) -> Tensor {
        get { part([first.axisIndex, second.axisIndex, third.axisIndex, fourth.axisIndex]) }
        set { replacePart([first.axisIndex, second.axisIndex, third.axisIndex, fourth.axisIndex], with: newValue) }
    }

    /// Positions of the first axis in any order, a position as often as it stands there: `t[order]`, `t[[2, 0, 2]]`.
    public subscript(positions: [Int]) -> Tensor {
        require(!shape.isEmpty, "Tensor[…]", "needs a tensor with an axis", got: "a single value")
        let rows = positions.map { self.positions($0.axisIndex, axis: 0, length: shape[0]).lowerBound }
        let width = shape.dropFirst().reduce(1, *)
        return taking(rows.flatMap { Array($0 * width..<($0 + 1) * width) }, as: shape.replacing(axis: 0, with: rows.count))
    }

    private func part(_ indices: [AxisIndex]) -> Tensor {
        let (newShape, places) = places(indices)
        let part = taking(places, as: newShape)
        part.isPart = true
        return part
    }

    /// Changes this very tensor, for all its names. Gradients flow on: into `part`, and into what the rest was computed from.
    func replacePart(_ indices: [AxisIndex], with part: Tensor) {
        let (partShape, places) = places(indices)
        require(
            part.shape.isStretchable(to: partShape), "Tensor\(shape)[…] =",
            "the part must have shape \(partShape), or stretch to it",
            got: "\(part.shape)"
        )
        require(
            !isPart, "Tensor\(shape)[…] =", "a part is a copy, unlike PyTorch's: assign to the tensor that it was taken from",
            got: "a tensor that a subscript gave",
            hint: "Write t[0, 1] = … for t[0][1] = …, or change a copy on purpose: t[0].clone()"
        )
        require(
            !(Tape.isRunning && part.requiresGradient && isVariable), "Tensor\(shape)[…] =",
            "a tensor whose own gradient is asked for takes numbers only: it cannot be a result as well",
            got: "a part that takes part in differentiation",
            hint: "Assign to a tensor of zeros, or assign part.detach() or inside noGrad { }"
        )
        replace(places, with: part.stretched(to: partShape))
    }

    /// The shape of a part and the places of its values, row by row.
    func places(_ indices: [AxisIndex]) -> (shape: Shape, places: [Int]) {
        require(
            indices.count <= shape.count, "Tensor\(shape)[…]", "takes at most \(shape.count) indices", got: "\(indices.count)"
        )
        var lengths: [Int] = []
        var offsets: [[Int]] = []
        for (axis, (length, stride)) in zip(shape, shape.strides).enumerated() {
            let index: AxisIndex = axis < indices.count ? indices[axis] : .all
            let positions = positions(index, axis: axis, length: length)
            if case .position = index.kind {} else { lengths.append(positions.count) }
            offsets.append(positions.map { $0 * stride })
        }
        return (Shape(lengths), Shape.places(offsets))
    }

    private func positions(_ index: AxisIndex, axis: Int, length: Int) -> Range<Int> {
        func fromStart(_ position: Int) -> Int { position < 0 ? position + length : position }
        let range: Range<Int>
        switch index.kind {
        case .all:
            return 0..<length
        case .position(let position):
            require(
                fromStart(position) >= 0 && fromStart(position) < length, "Tensor\(shape)[…]",
                "the index on axis \(axis) must be in \(-length)..<\(length)", got: "\(position)"
            )
            return fromStart(position)..<fromStart(position) + 1
        case .range(let bounds): range = bounds
        case .from(let start): range = fromStart(start)..<Swift.max(length, fromStart(start))
        case .upTo(let end): range = Swift.min(0, fromStart(end))..<fromStart(end)
        }
        require(
            range.lowerBound >= 0 && range.upperBound <= length, "Tensor\(shape)[…]",
            "the range on axis \(axis) must lie in 0..<\(length)", got: "\(range.lowerBound)..<\(range.upperBound)"
        )
        return range
    }
}
