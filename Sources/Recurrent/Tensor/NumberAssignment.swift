/// Numbers assigned to parts of a tensor: `t[0, 0] = 3`, `t[.all, step] = 0.5`. A part of many values is filled.
///
/// A part is read as a tensor always, so that `x[0] * s` means one thing; its number is `t[0, 1].item`. These subscripts
/// can only be assigned to: Swift takes a number for an optional of it, and what reads an optional of a part does not compile.
extension Tensor {
    /// `t[0] = 0.5`
    @_disfavoredOverload
    public subscript<A: AxisIndexing>(first: A) -> Double? {
        @available(*, unavailable, message: "the number of a part is its item: t[0].item")
        get { nil }
        set { fill([first.axisIndex], with: newValue) }
    }

    /// `t[0, 0] = 0.5`, `t[.all, step] = 1.5`
    @_disfavoredOverload
    public subscript<A: AxisIndexing, B: AxisIndexing>(first: A, second: B) -> Double? {
        @available(*, unavailable, message: "the number of a part is its item: t[0, 1].item")
        get { nil }
        set { fill([first.axisIndex, second.axisIndex], with: newValue) }
    }

    /// `t[0, 0, 0] = 0.5`
    @_disfavoredOverload
    public subscript<A: AxisIndexing, B: AxisIndexing, C: AxisIndexing>(first: A, second: B, third: C) -> Double? {
        @available(*, unavailable, message: "the number of a part is its item: t[0, 1, 2].item")
        get { nil }
        set { fill([first.axisIndex, second.axisIndex, third.axisIndex], with: newValue) }
    }

    /// `t[0] = count`
    @_disfavoredOverload
    public subscript<A: AxisIndexing>(first: A) -> Int? {
        @available(*, unavailable, message: "the number of a part is its item: t[0].item")
        get { nil }
        set { fill([first.axisIndex], with: newValue.map { Double($0) }) }
    }

    /// `t[0, 0] = count`
    @_disfavoredOverload
    public subscript<A: AxisIndexing, B: AxisIndexing>(first: A, second: B) -> Int? {
        @available(*, unavailable, message: "the number of a part is its item: t[0, 1].item")
        get { nil }
        set { fill([first.axisIndex, second.axisIndex], with: newValue.map { Double($0) }) }
    }

    /// `t[0, 0, 0] = count`
    @_disfavoredOverload
    public subscript<A: AxisIndexing, B: AxisIndexing, C: AxisIndexing>(first: A, second: B, third: C) -> Int? {
        @available(*, unavailable, message: "the number of a part is its item: t[0, 1, 2].item")
        get { nil }
        set { fill([first.axisIndex, second.axisIndex, third.axisIndex], with: newValue.map { Double($0) }) }
    }

    private func fill(_ indices: [AxisIndex], with number: Double?) {
        guard let number else { fail("Tensor\(shape)[…] =", "takes a tensor or a number", got: "nil") }
        replacePart(indices, with: Tensor(number))
    }
}
