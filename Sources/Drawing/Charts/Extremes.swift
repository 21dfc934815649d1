/// The largest and the smallest of many numbers in a sentence.
extension HeatVocabulary {
    /// - Parameters:
    ///   - place: where a number stands first.
    ///   - hasSmallest: whether the smallest is told although nothing is below zero.
    func extremes(of values: [Double], hasSmallest: Bool = false, place: (Double) -> String) -> String {
        let finite = values.filter { $0.isFinite }
        let hidden = notFinite(values.count - finite.count)
        guard let least = finite.min(), let greatest = finite.max() else { return nothing(values.count) }
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        if finite.count == 1 { return only(number(greatest)) + hidden }
        if least == greatest { return alike(finite.count, number(greatest)) + hidden }
        let largest = largest(number(greatest), finite.count { $0 == greatest }, place(greatest))
        let isTold = least < 0 || hasSmallest
        return largest + (isTold ? smallest(number(least), finite.count { $0 == least }, place(least)) : "") + hidden
    }
}

extension [Double] {
    /// Where the greatest finite number stands first, and where the least.
    var placesOfExtremes: [Int] {
        let finite = filter { $0.isFinite }
        return [finite.max(), finite.min()].compactMap { $0.flatMap { firstIndex(of: $0) } }
    }
}
