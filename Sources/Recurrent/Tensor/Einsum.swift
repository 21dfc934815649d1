/// Einstein's sum of two tensors: one letter for each axis, products summed over the letters that the result has not.
///
///     einsum("ij,jk->ik", a, b)              // the product of two matrices
///     einsum("bqd,bkd->bqk", queries, keys)  // the scores of attention
///
/// Without an arrow the result has the letters that occur once, in alphabetical order. A letter has one length wherever it
/// stands. Ends the program where `equation` does not fit; a letter twice in one operand (a diagonal) and `...` are not taken.
public func einsum(_ equation: String, _ a: Tensor, _ b: Tensor) -> Tensor {
    let axes = EinsumAxes(equation, a.shape, b.shape)
    // What one operand alone has, and the result has not, is summed beforehand; the rest is a product of matrices in batches.
    let lonely = { (own: [UInt8], other: [UInt8]) in own.filter { !other.contains($0) && !axes.result.contains($0) } }
    let (sumA, sumB) = (lonely(axes.a, axes.b), lonely(axes.b, axes.a))
    let shared = axes.a.filter { axes.b.contains($0) }
    let batch = shared.filter { axes.result.contains($0) }
    let inner = shared.filter { !axes.result.contains($0) }
    let onlyA = axes.a.filter { !axes.b.contains($0) && axes.result.contains($0) }
    let onlyB = axes.b.filter { !axes.a.contains($0) && axes.result.contains($0) }

    let left = a.arranged(axes.a, summing: sumA, as: [batch, onlyA, inner], axes.lengths)
    let right = b.arranged(axes.b, summing: sumB, as: [batch, inner, onlyB], axes.lengths)
    let letters = batch + onlyA + onlyB
    let product = matmul(left, right).reshaped(Shape(letters.map { axes.lengths[Int($0)] }))
    return letters == axes.result ? product : product.permuted(axes.result.map { letters.firstIndex(of: $0)! })
}

/// The letters of the operands' and the result's axes, as ASCII, and each letter's length.
private struct EinsumAxes {
    let (a, b, result): ([UInt8], [UInt8], [UInt8])
    private(set) var lengths = [Int](repeating: -1, count: 128)

    init(_ equation: String, _ shapeA: Shape, _ shapeB: Shape) {
        let who = "einsum(\"\(equation)\")"
        let text = equation.utf8.filter { $0 != UInt8(ascii: " ") }
        let isLetter = { (c: UInt8) in (c >= 65 && c <= 90) || (c >= 97 && c <= 122) }
        let arrow = text.firstIndex(of: UInt8(ascii: "-")) ?? text.count
        let operands = text[..<arrow].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Array.init)
        let hasArrow = arrow + 1 < text.count && text[arrow + 1] == UInt8(ascii: ">")
        let after = hasArrow ? Array(text[(arrow + 2)...]) : []
        require(
            operands.count == 2 && (arrow == text.count || hasArrow) && (operands.joined() + after).allSatisfy(isLetter), who,
            "needs two operands of letters, as in \"ij,jk->ik\"", got: equation
        )
        (a, b) = (operands[0], operands[1])
        for (letters, shape) in [(a, shapeA), (b, shapeB)] {
            let name = String(decoding: letters, as: UTF8.self)
            require(letters.count == shape.count, who, "needs a letter for each axis of shape \(shape)", got: name)
            require(
                Set(letters).count == letters.count, who, "an operand's axes must have different letters", got: name
            )
            for (letter, length) in zip(letters, shape) {
                let known = lengths[Int(letter)]
                require(
                    known < 0 || known == length, who, "\(String(decoding: [letter], as: UTF8.self)) must have one length",
                    got: "\(known) and \(length)"
                )
                lengths[Int(letter)] = length
            }
        }
        let (first, second) = (a, b)
        result = hasArrow ? after : (first + second).filter { first.contains($0) != second.contains($0) }.sorted()
        for letter in result {
            require(
                first.contains(letter) || second.contains(letter), who, "every letter after the arrow must stand before it",
                got: String(decoding: [letter], as: UTF8.self)
            )
        }
        require(
            Set(result).count == result.count, who, "the result's axes must have different letters",
            got: String(decoding: result, as: UTF8.self)
        )
    }
}

extension Tensor {
    /// Summed over some letters, the others brought together in groups: one axis for each.
    fileprivate func arranged(_ letters: [UInt8], summing: [UInt8], as groups: [[UInt8]], _ lengths: [Int]) -> Tensor {
        var (summed, rest) = (self, letters)
        for letter in summing {
            let axis = rest.firstIndex(of: letter)!
            summed = summed.sum(axis: axis)
            rest.remove(at: axis)
        }
        let order = groups.flatMap { $0 }.map { rest.firstIndex(of: $0)! }
        let shape = Shape(groups.map { group in group.reduce(1) { $0 * lengths[Int($1)] } })
        return (order == Array(order.indices) ? summed : summed.permuted(order)).reshaped(shape)
    }
}
