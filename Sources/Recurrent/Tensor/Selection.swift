/// Values taken from a tensor in another choice or order: PyTorch's `gather`, `sort`, `flip`, `roll`, `diag`, `tril`, `chunk`, `unbind`.

extension Tensor {
    /// The values at `places`, row by row in a new shape. A place may stand there several times: every use adds to its gradient.
    func taking(_ places: [Int], as newShape: Shape) -> Tensor {
        let (values, count) = (values, values.count)
        return Tensor(shape: newShape, values: places.map { values[$0] }, from: self) { g in
            var gradient = [Double].zeros(count)
            for (index, place) in places.enumerated() { gradient[place] += g[index] }
            return gradient
        }
    }

    /// Along an axis the positions that `index` names: `logits.gather(1, labels.unsqueeze(1))` is each row's logit of its label.
    ///
    /// The other lengths of `index` may be less than the tensor's, never more; negative axes count from the end.
    public func gather(_ axis: Int, _ index: Tensor) -> Tensor {
        let axis = shape.axis(axis, "gather")
        let fits =
            index.shape.count == shape.count && zip(index.shape, shape).enumerated().allSatisfy { $0 == axis || $1.0 <= $1.1 }
        require(
            fits, "gather", "the index must have as many axes as the tensor, \(shape), and be no longer on any but axis \(axis)",
            got: "\(index.shape)")
        let (strides, indexStrides) = (shape.strides, index.shape.strides)
        let places = index.values.indices.map { entry in
            var place = 0
            for other in shape.indices {
                let position = entry / indexStrides[other] % index.shape[other]
                place += (other == axis ? wholePosition(index.values[entry], below: shape[axis]) : position) * strides[other]
            }
            return place
        }
        return taking(places, as: index.shape)
    }

    private func wholePosition(_ value: Double, below length: Int) -> Int {
        guard let position = Int(exactly: value), position >= 0, position < length else {
            fail("gather", "an index must be a whole number in 0..<\(length)", got: "\(value)")
        }
        return position
    }

    /// The values along an axis from the smallest up, and where each stood; equal ones keep their order, NaN counts as the largest.
    public func sort(axis: Int = -1, descending: Bool = false) -> (values: Tensor, indices: Tensor) {
        let lanes = Lanes(of: shape, along: axis, "sort")
        return ranked(lanes.length, lanes, largest: descending)
    }

    /// Where the values along an axis stood before they were sorted.
    public func argsort(axis: Int = -1, descending: Bool = false) -> Tensor { sort(axis: axis, descending: descending).indices }

    /// The same values with these axes run backwards: `x.flip(0)` reverses a sequence.
    public func flip(_ axes: Int...) -> Tensor {
        let flipped = axes.map { shape.axis($0, "flip") }
        return rearranged { axis, position in flipped.contains(axis) ? shape[axis] - 1 - position : position }
    }

    /// ``flip(_:)`` of one axis.
    public func flip(axis: Int) -> Tensor { flip(axis) }

    /// The values moved on by `shift` places along an axis; what leaves at the end comes in at the start.
    public func roll(_ shift: Int, axis: Int) -> Tensor {
        let rolled = shape.axis(axis, "roll")
        let length = shape[rolled]
        return rearranged { axis, position in
            axis == rolled ? ((position - shift % length) + length) % length : position
        }
    }

    /// In the tensor's own shape, at each place the value of the place with these positions.
    private func rearranged(_ source: (_ axis: Int, _ position: Int) -> Int) -> Tensor {
        let offsets = shape.strides.enumerated().map { axis, stride in (0..<shape[axis]).map { source(axis, $0) * stride } }
        return taking(Shape.places(offsets), as: shape)
    }

    /// A matrix with this vector on its diagonal and 0 elsewhere; of a matrix, its diagonal.
    public func diag() -> Tensor {
        require(shape.count == 1 || shape.count == 2, "diag", "needs a vector or a matrix", got: "\(shape)")
        if shape.count == 1 { return unsqueeze(1) * Tensor.eye(shape[0]) }
        let length = Swift.min(shape[0], shape[1])
        return taking((0..<length).map { $0 * shape[1] + $0 }, as: [length])
    }

    /// The matrices with 0 above the diagonal, or above the one that lies `diagonal` places to its right: a mask that hides the future.
    public func tril(_ diagonal: Int = 0) -> Tensor { triangle("tril") { row, column in column - row <= diagonal } }

    /// The matrices with 0 below the diagonal, or below the one that lies `diagonal` places to its right.
    public func triu(_ diagonal: Int = 0) -> Tensor { triangle("triu") { row, column in column - row >= diagonal } }

    private func triangle(_ who: String, _ isKept: (_ row: Int, _ column: Int) -> Bool) -> Tensor {
        require(shape.count >= 2, who, "needs at least 2 axes", got: "\(shape)")
        let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
        let mask = (0..<rows * columns).map { isKept($0 / columns, $0 % columns) ? 1.0 : 0 }
        return Tensor.where(Tensor(shape: [rows, columns], values: mask), self, 0)
    }

    /// Parts of `length` positions along an axis, the last one as long as what is left.
    public func split(_ length: Int, axis: Int = 0) -> [Tensor] {
        require(length > 0, "split", "the length of a part must be 1 or more", got: "\(length)")
        let axis = shape.axis(axis, "split")
        return stride(from: 0, to: shape[axis], by: length).map { start in
            run(from: start, to: Swift.min(start + length, shape[axis]), axis: axis)
        }
    }

    /// `count` parts of one length along an axis; the last ones may be shorter or missing.
    public func chunk(_ count: Int, axis: Int = 0) -> [Tensor] {
        require(count > 0, "chunk", "needs 1 part or more", got: "\(count)")
        let length = shape[shape.axis(axis, "chunk")]
        return split(Swift.max(1, (length + count - 1) / count), axis: axis)
    }

    /// Every position of an axis by itself: `for row in x.unbind()`.
    public func unbind(axis: Int = 0) -> [Tensor] {
        let axis = shape.axis(axis, "unbind")
        return (0..<shape[axis]).map { run(from: $0, to: $0 + 1, axis: axis).squeeze(axis) }
    }

    /// The positions from `start` to before `end` of an axis; the whole of all others.
    private func run(from start: Int, to end: Int, axis: Int) -> Tensor {
        let (partShape, places) = places([AxisIndex](repeating: .all, count: axis) + [.range(start..<end)])
        return taking(places, as: partShape)
    }

    /// Axes of length 1 repeated to these lengths; −1 leaves an axis as it is.
    public func expand(_ lengths: Int...) -> Tensor {
        let missing = lengths.count - shape.count
        require(missing >= 0, "expand", "needs a length for each axis of \(shape)", got: "\(lengths)")
        let target = Shape(lengths.enumerated().map { $1 == -1 && $0 >= missing ? shape[$0 - missing] : $1 })
        require(
            target.allSatisfy { $0 >= 0 } && shape.isStretchable(to: target), "expand",
            "only axes of length 1 can be made longer", got: "\(lengths) for shape \(shape)"
        )
        return stretched(to: target)
    }

    /// The whole tensor so many times along each axis.
    public func `repeat`(_ counts: Int...) -> Tensor {
        require(
            counts.count >= shape.count && counts.allSatisfy { $0 >= 0 }, "repeat", "needs a count for each axis of \(shape)",
            got: "\(counts)"
        )
        let whole = reshaped(Shape([Int](repeating: 1, count: counts.count - shape.count) + shape))
        return counts.enumerated().reduce(whole) { result, next in
            next.element == 0
                ? .zeros(result.shape.replacing(axis: next.offset, with: 0))
                : concatenated([Tensor](repeating: result, count: next.element), axis: next.offset)
        }
    }
}

/// Every product of a value of one vector with a value of the other: (n), (m) → (n, m).
public func outer(_ a: Tensor, _ b: Tensor) -> Tensor {
    require(a.shape.count == 1 && b.shape.count == 1, "outer", "needs two vectors", got: "\(a.shape) and \(b.shape)")
    return a.unsqueeze(1) * b.unsqueeze(0)
}
