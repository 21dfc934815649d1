/// The same values in another shape or order, and several tensors in one.

extension Tensor {
    /// The same values, in row-major order, in another shape of as many places. One length may be −1: what is left.
    public func reshaped(_ lengths: Int...) -> Tensor {
        lengths.contains(-1) ? reshaped(filling: lengths, "reshaped") : reshaped(Shape(lengths))
    }

    private func reshaped(filling lengths: [Int], _ who: String) -> Tensor {
        let known = Shape(lengths.filter { $0 != -1 })
        require(lengths.count == known.count + 1, who, "only one length can be −1: what is left", got: "\(lengths)")
        require(
            known.elementCount > 0 && values.count % known.elementCount == 0, who,
            "the lengths beside −1 must divide the number of values, \(values.count) of shape \(shape)", got: "\(lengths)"
        )
        return reshaped(Shape(lengths.map { $0 == -1 ? values.count / known.elementCount : $0 }))
    }

    /// The same values, in row-major order, in another shape. Ends the program unless it has as many places.
    public func reshaped(_ newShape: Shape) -> Tensor {
        require(
            newShape.elementCount == values.count, "reshaped", "\(newShape) has \(newShape.elementCount) places",
            got: "\(values.count) values of shape \(shape)"
        )
        return Tensor(shape: newShape, values: values, from: self) { g in g }
    }

    /// ``reshaped(_:)-(Int...)`` under PyTorch's name; but the result is a tensor of its own: changing one leaves the other.
    public func view(_ lengths: Int...) -> Tensor {
        lengths.contains(-1) ? reshaped(filling: lengths, "view") : reshaped(Shape(lengths))
    }

    /// Without the axes of length 1.
    public func squeeze() -> Tensor {
        reshaped(Shape(shape.filter { $0 != 1 }))
    }

    /// Without that axis if its length is 1, else as it is; negative axes count from the end.
    public func squeeze(_ axis: Int) -> Tensor {
        let axis = shape.axis(axis, "squeeze")
        return reshaped(shape[axis] == 1 ? shape.removing(axis: axis) : shape)
    }

    /// ``expandingAxis(_:)`` under PyTorch's name.
    public func unsqueeze(_ axis: Int) -> Tensor {
        expandingAxis(axis, "unsqueeze")
    }

    /// All values along one axis.
    public func flattened() -> Tensor {
        reshaped([values.count])
    }

    /// With an axis of length 1 put in before `axis`; negative axes count from the end of the result.
    public func expandingAxis(_ axis: Int) -> Tensor {
        expandingAxis(axis, "expandingAxis")
    }

    fileprivate func expandingAxis(_ axis: Int, _ who: String) -> Tensor {
        let rank = shape.count + 1
        require(
            axis >= -rank && axis < rank, who, "the new axis must be in \(-rank)..<\(rank) for shape \(shape)", got: "\(axis)"
        )
        return reshaped(shape.inserting(1, at: axis < 0 ? axis + rank : axis))
    }

    /// Rows become columns: the last two axes exchanged.
    public func transposed() -> Tensor {
        require(
            shape.count >= 2, "transposed()", "needs at least 2 axes", got: "\(axes(shape.count)) \(shape)",
            hint: "Make a row or a column of a vector with reshaped first"
        )
        return transposed(shape.count - 2, shape.count - 1)
    }

    /// Two axes exchanged; negative axes count from the end.
    public func transposed(_ first: Int, _ second: Int) -> Tensor {
        var order = Array(0..<shape.count)
        order.swapAt(shape.axis(first, "transposed"), shape.axis(second, "transposed"))
        return permuted(order)
    }

    /// The axes in another order: axis i of the result is axis `order[i]` of this tensor.
    public func permuted(_ order: [Int]) -> Tensor {
        require(
            order.sorted() == Array(0..<shape.count), "permuted", "needs each axis from 0 to \(shape.count - 1) once",
            got: "\(order)"
        )
        let newShape = Shape(order.map { shape[$0] })
        let strides = order.map { shape.strides[$0] }
        let sources = Shape.places(zip(newShape, strides).map { length, stride in (0..<length).map { $0 * stride } })
        let values = values
        // every gradient goes back to where its value came from
        return Tensor(shape: newShape, values: sources.map { values[$0] }, from: self) { g in
            var gradient = g
            for (place, source) in sources.enumerated() { gradient[source] = g[place] }
            return gradient
        }
    }
}

/// Tensors one after the other along an axis; all other axes must be equal. Negative axes count from the end.
public func concatenated(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fail("concatenated", "needs at least one tensor", got: "none") }
    let axis = first.shape.axis(axis, "concatenated")
    for (index, tensor) in tensors.enumerated() {
        require(
            tensor.shape.count == first.shape.count
                && tensor.shape.replacing(axis: axis, with: 0) == first.shape.replacing(axis: axis, with: 0),
            "concatenated(axis: \(axis))", "apart from that axis, tensor \(index) must have the shape of tensor 0, \(first.shape)",
            got: "\(tensor.shape)"
        )
    }
    let newShape = first.shape.replacing(axis: axis, with: tensors.reduce(0) { $0 + $1.shape[axis] })
    // Seen from the axis, each tensor is `outer` runs of neighbouring values.
    let outer = first.shape[..<axis].reduce(1, *)
    let runs = tensors.map { outer == 0 ? 0 : $0.values.count / outer }
    var values: [Double] = []
    values.reserveCapacity(newShape.elementCount)
    for index in 0..<outer {
        for (tensor, run) in zip(tensors, runs) { values += tensor.values[index * run..<(index + 1) * run] }
    }
    let total = runs.reduce(0, +)
    var start = 0
    let dependencies = zip(tensors, runs).map { tensor, run -> Tensor.Dependency in
        defer { start += run }
        let start = start
        return (
            tensor,
            { g in  // every operand gets the part that came from it
                (0..<outer).flatMap { index in g[index * total + start..<index * total + start + run] }
            }
        )
    }
    return Tensor(shape: newShape, values: values, from: dependencies)
}

/// Tensors of one shape along a new axis; negative axes count from the end of the result.
public func stacked(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fail("stacked", "needs at least one tensor", got: "none") }
    for tensor in tensors {
        require(tensor.shape == first.shape, "stacked", "all tensors must have one shape, \(first.shape)", got: "\(tensor.shape)")
    }
    return concatenated(tensors.map { $0.expandingAxis(axis, "stacked") }, axis: axis)
}

/// ``concatenated(_:axis:)`` under PyTorch's name.
public func cat(_ tensors: [Tensor], axis: Int = 0) -> Tensor { concatenated(tensors, axis: axis) }

/// ``stacked(_:axis:)`` under PyTorch's name.
public func stack(_ tensors: [Tensor], axis: Int = 0) -> Tensor { stacked(tensors, axis: axis) }

/// Sequences of different lengths (Lₙ, …) in one tensor (L, N, …), or (N, L, …), with L the longest; what is missing is `padding`.
///
///     let lengths = sequences.map { $0.shape[0] }
///     lstm(padSequence(sequences), lengths: lengths)
public func padSequence(_ sequences: [Tensor], batchFirst: Bool = false, padding: Double = 0) -> Tensor {
    guard let first = sequences.first else { fail("padSequence", "needs at least one sequence", got: "none") }
    for (index, sequence) in sequences.enumerated() {
        require(
            !sequence.shape.isEmpty, "padSequence", "a sequence needs an axis of steps", got: "a single value as sequence \(index)")
        require(
            sequence.shape.dropFirst().elementsEqual(first.shape.dropFirst()), "padSequence",
            "apart from its length, sequence \(index) must have the shape of sequence 0, \(first.shape)", got: "\(sequence.shape)"
        )
    }
    let longest = sequences.reduce(0) { max($0, $1.shape[0]) }
    let padded = sequences.map { sequence in
        let missing = sequence.shape.replacing(axis: 0, with: longest - sequence.shape[0])
        return missing[0] == 0 ? sequence : concatenated([sequence, .filled(missing, with: padding)])
    }
    return stacked(padded, axis: batchFirst ? 0 : 1)
}
