import LessonKit
import Testing

@Suite struct NearestNameTests {
    @Test("swapped, missing, extra and wrong letters are one edit each", arguments: ["lable", "labl", "labell", "lebel"])
    func oneEdit(written: String) {
        #expect(nearestName(to: written, among: ["caption", "label", "echo"]) == "label")
    }

    @Test("case does not count")
    func caseless() {
        #expect(nearestName(to: "Label", among: ["label"]) == "label")
    }

    @Test("one letter in three may be wrong, and no more")
    func limit() {
        #expect(nearestName(to: "abcd", among: ["abcx"]) == "abcx")
        #expect(nearestName(to: "abcd", among: ["abxy"]) == nil)
        #expect(nearestName(to: "abcdef", among: ["abcdxy"]) == "abcdxy")
        #expect(nearestName(to: "abcdef", among: ["abcxyz"]) == nil)
    }

    @Test("a name that is like none has no nearest")
    func farAway() {
        #expect(nearestName(to: "width", among: ["label", "caption"]) == nil)
    }

    @Test("of two near names the nearer one is meant")
    func nearer() {
        #expect(nearestName(to: "fig-gatse", among: ["fig-rates", "fig-gates"]) == "fig-gates")
    }
}
