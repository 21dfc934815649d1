import Exhibits

/// The sentence that opens a chart: what its data say at once, and nothing that they do not bear out.
struct WayIn {
    /// Parts of one sentence; none where there is nothing to be said.
    var parts: [String]

    /// Says that what was told does not hold for all data.
    mutating func leaveOut(_ isPart: Bool, _ what: String) {
        if isPart, !parts.isEmpty { parts.append(what) }
    }

    func html(_ words: WayInVocabulary) -> HTML {
        let sentence = (parts.isEmpty ? [words.nothing] : parts).joined(separator: words.pause) + words.stop
        return .wayIn(sentence, isChinese: words.isChinese)
    }
}

/// Which of some named values are the greatest and which the least, as far as the digits that are shown tell.
struct Ranking {
    struct End {
        var names: [String]
        var value: Double
        /// Of how many.
        var count: Int

        /// All names, or how many where a sentence would be full of them.
        func list(_ words: WayInVocabulary) -> String {
            names.count > 3 ? words.several(names.count, count) : names.joined(separator: words.comma)
        }
    }

    var top: End
    /// nil where all values are equal.
    var bottom: End?

    /// nil where there is no value.
    init?(_ values: [(name: String, value: Double)]) {
        guard let greatest = values.max(by: { $0.value < $1.value }), let least = values.min(by: { $0.value < $1.value })
        else { return nil }
        func end(_ value: Double) -> End {
            End(names: values.filter { $0.value.looks(like: value) }.map { $0.name }, value: value, count: values.count)
        }
        top = end(greatest.value)
        bottom = top.names.count == values.count ? nil : end(least.value)
    }
}

extension String {
    /// A name of several words, or in Chinese, would be read as a part of the sentence around it.
    var quotedAsName: String { contains { $0 == " " || $0 == "," || $0.isIdeographic } ? "“\(self)”" : self }
}

extension Double {
    /// Whether both are written with the same digits.
    func looks(like other: Double) -> Bool {
        NumberFormat.significant.format(self).plainText == NumberFormat.significant.format(other).plainText
    }
}

// MARK: - Bars

extension WayIn {
    /// The largest bar, and how many times the smallest it is.
    init(_ bars: BarsExhibit, _ format: NumberFormat, _ words: WayInVocabulary) {
        let finite = bars.bars.filter { $0.value.isFinite }
        // Bars without names of their own are called by their places.
        let arePlaces = zip(0..., bars.bars).allSatisfy { $0.description == $1.name }
        let values = finite.map { (name: arePlaces ? words.bar($0.name) : $0.name.quotedAsName, value: $0.value) }
        let number = { (value: Double) in format.format(value).plainText }
        guard let ranking = Ranking(values) else { parts = []; return }
        let top = ranking.top
        defer { leaveOut(finite.count < bars.bars.count, words.leavesOut) }
        guard let bottom = ranking.bottom else {
            let value = number(top.value)
            parts = [values.count == 1 ? words.oneBar(values[0].name, value) : words.allBars(values.count, value)]
            return
        }
        let largest = words.largest(top.list(words), top.names.count, number(top.value))
        let factor = top.value / bottom.value
        if bottom.value > 0, factor.isFinite {
            parts = [largest + words.timesSmallest(factor.briefly, bottom.list(words), bottom.names.count)]
        } else {
            parts = [largest, words.smallest(bottom.list(words), bottom.names.count, number(bottom.value))]
        }
    }
}
