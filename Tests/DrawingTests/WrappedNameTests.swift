import Drawing
import Samples
import Testing

@Suite("Names in pictures")
struct WrappedNameTests {
    /// From so few letters that many names are nearly alike.
    private func names(_ draws: SplitMix) -> [String] {
        var draws = draws
        let letters = ["a", "b", " ", "-", "天", "W"]
        return (0..<20).map { _ in
            (0..<draws.next() % 30).map { _ in letters[Int(draws.next() % UInt64(letters.count))] }.joined()
        }
    }

    @Test("two names that differ are never written alike", arguments: 1...50 as ClosedRange<UInt64>)
    func distinct(seed: UInt64) {
        let names = names(SplitMix(state: seed))
        for lines in 1...3 {
            let wrapped = names.wrapped(ems: 4, lines: lines)
            for (one, name) in zip(wrapped, names) {
                for (other, otherName) in zip(wrapped, names) where name != otherName {
                    #expect(one.lines != other.lines, "“\(name)” and “\(otherName)”")
                }
            }
        }
    }

    @Test("what is not cut is written whole, what is cut keeps both ends", arguments: 1...50 as ClosedRange<UInt64>)
    func whole(seed: UInt64) {
        func dense(_ text: String) -> String { text.filter { $0 != " " } }
        for name in names(SplitMix(state: seed)) {
            let wrapped = WrappedName(name, ems: 4, lines: 2)
            if wrapped.isCut {
                let ends = wrapped.lines.joined().split(separator: "…", omittingEmptySubsequences: false).map(String.init)
                #expect(ends.count == 2 && dense(name).hasPrefix(dense(ends[0])) && dense(name).hasSuffix(dense(ends[1])))
                #expect(wrapped.lines.count <= 2)
            } else {
                #expect(dense(wrapped.lines.joined()) == dense(name))
            }
        }
    }

    @Test("lines break behind words, and between Chinese characters")
    func breaks() {
        #expect(WrappedName("recurrent neural network", ems: 8, lines: 3).lines == ["recurrent", "neural", "network"])
        #expect(WrappedName("今天天气很好", ems: 3, lines: 3).lines == ["今天天", "气很好"])
        #expect(WrappedName("weight_hh", ems: 5, lines: 3).lines == ["weight_", "hh"])
        #expect(WrappedName("", ems: 3, lines: 3).lines == [])
    }
}
