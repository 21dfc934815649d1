import LessonKit
import Testing

@Suite("Limits of a lesson")
struct LimitsTests {
    @Test("a short time limit does not hold for the compiler, a long one does")
    func compileTime() {
        #expect(Limits(time: .seconds(1)).compileTime == .seconds(60))
        #expect(Limits(time: .seconds(300)).compileTime == .seconds(300))
    }
}
