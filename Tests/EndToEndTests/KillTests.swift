import Foundation
import Samples
import Testing

@Suite("Killing a build")
struct KillTests {
    /// Two states of a course, in turn: each build changes every page.
    private func lessons(_ state: Int) -> [String: String] {
        var lessons = Dictionary(
            uniqueKeysWithValues: (2...12).map {
                ("\($0)-page-\($0).md", lesson("State \(state), $x_\(state)$.\n", title: "Page \($0)"))
            })
        lessons["1-cell.md"] = cell("print(\(state))")
        return lessons
    }

    @Test("killed at 100 random moments, it leaves every page whole, old or new; the next build is right, and leaves nothing else")
    func killed() throws {
        let begun = Date.now, states = try (0...1).map(site)
        let duration = Date.now.timeIntervalSince(begun) / 2, course = try Course()
        var draws = SplitMix(state: 9)
        for round in 0..<100 {
            for (name, text) in lessons(round % 2) { try course.write(text, to: "lessons/\(name)") }
            try course.unroll("build", "--quiet", killedAfter: .random(in: 0...duration, using: &draws))
            for (name, contents) in course.files("output") where !name.split(separator: "/").last!.hasPrefix(".") {
                try #require(states.contains { $0[name] == contents }, "\(round): \(name) is neither as it was nor as it will be")
            }
            let outcome = try course.unroll("build", "--quiet")
            try #require(outcome.status == 0, "\(round): \(outcome.errors)")
            try #require(course.files("output") == states[round % 2], "\(round)")
            try #require(course.temporaryFiles.isEmpty && course.runningLessons == 0, "\(round): \(course.temporaryFiles)")
            let hidden = course.files("cache").keys.filter { $0.contains("/.") }
            try #require(hidden.isEmpty, "\(round): \(hidden)")
        }
    }

    /// What a build makes of a state that nothing disturbs.
    private func site(_ state: Int) throws -> [String: Data] {
        let course = try Course(lessons(state))
        let outcome = try course.unroll("build", "--quiet")
        try #require(outcome.status == 0, "\(outcome.errors)")
        return course.files("output")
    }
}
