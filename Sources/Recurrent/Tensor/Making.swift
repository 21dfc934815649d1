/// Tensors made of a rule or of chance: PyTorch's `arange`, `linspace`, `eye`, `full`, `randint`, `randperm`, `multinomial`.

extension Tensor {
    /// 0, 1, … below `end`, of shape (⌈end⌉).
    public static func arange(_ end: Double) -> Tensor { arange(0, end) }

    /// 0, 1, … below `end`.
    @_disfavoredOverload
    public static func arange(_ end: Int) -> Tensor { arange(0, Double(end)) }

    /// start, start + step, … as long as `end` is not reached.
    @_disfavoredOverload
    public static func arange(_ start: Int, _ end: Int, step: Int = 1) -> Tensor {
        arange(Double(start), Double(end), step: Double(step))
    }

    /// As PyTorch writes it, the step without its name.
    public static func arange(_ start: Double, _ end: Double, _ step: Double) -> Tensor { arange(start, end, step: step) }

    /// start, start + step, … as long as `end` is not reached. Ends the program if `step` leads away from `end`.
    public static func arange(_ start: Double, _ end: Double, step: Double = 1) -> Tensor {
        require(
            start.isFinite && end.isFinite && step.isFinite, "Tensor.arange", "needs finite numbers",
            got: "\(start), \(end), step: \(step)"
        )
        require(
            step != 0 && (end - start) / step >= 0, "Tensor.arange", "the step must lead from start to end",
            got: "\(start), \(end), step: \(step)"
        )
        let steps = (end - start) / step
        let count = Int(steps) + (steps > Double(Int(steps)) ? 1 : 0)
        return Tensor((0..<count).map { start + Double($0) * step })
    }

    /// `count` numbers from `start` to `end`, both among them, equally far apart: (count).
    public static func linspace(_ start: Double, _ end: Double, _ count: Int) -> Tensor {
        require(count >= 0, "Tensor.linspace", "the count must be 0 or more", got: "\(count)")
        let step = count > 1 ? (end - start) / Double(count - 1) : 0
        // From both ends, so that the last number is `end` to the last bit.
        return Tensor((0..<count).map { $0 < (count + 1) / 2 ? start + step * Double($0) : end - step * Double(count - 1 - $0) })
    }

    /// The identity matrix (n, n), or with 1 at (i, i) and 0 elsewhere, (n, m).
    public static func eye(_ n: Int, _ m: Int? = nil) -> Tensor {
        let m = m ?? n
        require(n >= 0 && m >= 0, "Tensor.eye", "the sizes must be 0 or more", got: "\(n), \(m)")
        var values = [Double].zeros(n * m)
        for i in 0..<Swift.min(n, m) { values[i * m + i] = 1 }
        return Tensor(shape: [n, m], values: values)
    }

    /// `value` at every place.
    public static func full(_ shape: Shape, _ value: Double) -> Tensor { filled(shape, with: value) }

    /// `value` at every place.
    @_disfavoredOverload
    public static func full(_ shape: Shape, _ value: Int) -> Tensor { filled(shape, with: Double(value)) }
}

extension Tensor {
    /// 0 in the shape of `other`.
    public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape) }

    /// 1 in the shape of `other`.
    public static func ones(like other: Tensor) -> Tensor { ones(other.shape) }

    /// Standard normal draws in the shape of `other`.
    public static func randn(like other: Tensor) -> Tensor { randn(other.shape) }
}

// MARK: - Of chance

extension Tensor {
    /// Whole numbers drawn uniformly from 0..<high by the default generator: after `manualSeed(s)`, those of `torch.randint`.
    public static func randint(_ high: Int, _ shape: Shape) -> Tensor { randint(0, high, shape) }

    /// Whole numbers drawn uniformly from low..<high by the default generator: after `manualSeed(s)`, those of `torch.randint`.
    public static func randint(_ low: Int, _ high: Int, _ shape: Shape) -> Tensor {
        require(low < high, "Tensor.randint", "needs low < high", got: "\(low), \(high)")
        let (width, isTooLarge) = high.subtractingReportingOverflow(low)
        require(!isTooLarge, "Tensor.randint", "needs a range that an Int can count", got: "\(low), \(high)")
        let draws = Generator.default.integers(count: shape.elementCount, below: UInt64(width))
        return Tensor(shape: shape, values: draws.map { Double(low + Int($0)) })
    }

    /// 0..<count in an order of chance, (count): after `manualSeed(s)`, that of `torch.randperm`.
    ///
    ///     let shuffled = x[Tensor.randperm(x.shape[0]).integers]
    public static func randperm(_ count: Int) -> Tensor {
        require(count >= 0, "Tensor.randperm", "the count must be 0 or more", got: "\(count)")
        return Tensor(Generator.default.permutation(count).map(Double.init))
    }

    /// A matrix whose rows, or if there are more rows than columns whose columns, are orthogonal and of length `gain`
    /// (Saxe et al. 2014): after `manualSeed(s)`, that of `torch.nn.init.orthogonal_`, up to rounding.
    ///
    ///     lstm.parameters["weight_hh_l0"][.all] = .orthogonal(4 * hiddenSize, hiddenSize)
    public static func orthogonal(_ rows: Int, _ columns: Int, gain: Double = 1) -> Tensor {
        require(rows > 0 && columns > 0, "Tensor.orthogonal", "needs at least one row and one column", got: "\(rows), \(columns)")
        let drawn = randn(rows, columns)
        let vectors = Self.orthonormalised((rows < columns ? drawn : drawn.transposed()).values, length: Swift.max(rows, columns))
        let matrix = Tensor(shape: [Swift.min(rows, columns), Swift.max(rows, columns)], values: vectors.map { gain * $0 })
        return rows < columns ? matrix : matrix.transposed()
    }

    /// Gram and Schmidt's method, each vector gone over twice, which makes them orthogonal to the last digits.
    ///
    /// Its triangular factor has a positive diagonal, and with it the result is the only one: PyTorch's, however that is found.
    private static func orthonormalised(_ values: [Double], length: Int) -> [Double] {
        var values = values
        for start in stride(from: 0, to: values.count, by: length) {
            for _ in 0..<2 {
                for earlier in stride(from: 0, to: start, by: length) {
                    let projection = (0..<length).reduce(0) { $0 + values[earlier + $1] * values[start + $1] }
                    for i in 0..<length { values[start + i] -= projection * values[earlier + i] }
                }
            }
            let norm = Elementary.sqrt((0..<length).reduce(0) { $0 + values[start + $1] * values[start + $1] })
            for i in 0..<length { values[start + i] /= norm }
        }
        return values
    }

    /// See ``multinomial(_:_:replacement:)``.
    public func multinomial(_ count: Int, replacement: Bool = false) -> Tensor {
        require(
            shape.count == 1 || shape.count == 2, "multinomial", "weights must have shape (classes) or (N, classes)",
            got: "\(shape)"
        )
        let classes = shape[shape.count - 1]
        require(count > 0, "multinomial", "the count must be at least 1", got: "\(count)")
        let rows = stride(from: 0, to: values.count, by: Swift.max(classes, 1)).map { Array(values[$0..<$0 + classes]) }
        for row in rows {
            for weight in row {
                require(
                    weight >= 0 && weight.isFinite, "multinomial", "weights must be finite numbers, 0 or more", got: "\(weight)")
            }
            let possible = row.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
            require(possible > 0, "multinomial", "some class must have a weight above 0", got: "none")
            require(
                replacement || possible >= count, "multinomial",
                "without replacement cannot draw more than the classes above 0, \(possible)",
                got: "\(count)", hint: "Draw with replacement: true"
            )
        }
        let drawn =
            replacement && count > 1
            ? rows.flatMap { Generator.default.choices($0, count: count) }
            : Self.raced(rows, winners: count)
        return Tensor(shape: shape.replacing(axis: shape.count - 1, with: count), values: drawn.map(Double.init))
    }

    /// Every class runs for a time drawn from the exponential distribution of its weight; the first to arrive are drawn.
    private static func raced(_ rows: [[Double]], winners: Int) -> [Int] {
        let draws = Generator.default.exponential(count: rows.reduce(0) { $0 + $1.count })
        var start = 0
        return rows.flatMap { row in
            let speeds = row.indices.map { row[$0] / draws[start + $0] }
            start += row.count
            return row.indices.sorted { speeds[$0] > speeds[$1] || (speeds[$0] == speeds[$1] && $0 < $1) }.prefix(winners)
        }
    }
}

/// `count` classes drawn by the default generator with probabilities in proportion to `weights`.
///
/// weights: (classes), gives (count); or (N, classes), gives (N, count). Without replacement no class comes twice.
/// After `manualSeed(s)` they are those of `torch.multinomial`.
public func multinomial(_ weights: Tensor, _ count: Int, replacement: Bool = false) -> Tensor {
    weights.multinomial(count, replacement: replacement)
}

/// For each label the row with 1 at it and 0 elsewhere: (labels, classes). Without `classes`, as many as the largest label tells.
public func oneHot(_ labels: [Int], classes: Int? = nil) -> Tensor {
    let classes = classes ?? (labels.max() ?? -1) + 1
    var values = [Double].zeros(labels.count * Swift.max(classes, 0))
    for (index, label) in labels.enumerated() {
        require(label >= 0 && label < classes, "oneHot", "a label must be a class in 0..<\(classes)", got: "\(label)")
        values[index * classes + label] = 1
    }
    return Tensor(shape: [labels.count, classes], values: values)
}

/// Labels of any shape (…), as a tensor of whole numbers: gives (…, classes).
public func oneHot(_ labels: Tensor, classes: Int? = nil) -> Tensor {
    let rows = oneHot(labels.integers, classes: classes)
    return rows.reshaped(labels.shape.inserting(rows.shape[1], at: labels.shape.count))
}

extension Tensor {
    /// The values as whole numbers, row by row, for an index or a label. Ends the program if one has a fraction.
    public var integers: [Int] {
        values.map { value in
            guard let whole = Int(exactly: value) else {
                fail("Tensor.integers", "the values must be whole numbers", got: "\(value)")
            }
            return whole
        }
    }
}
