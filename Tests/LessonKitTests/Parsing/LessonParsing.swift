import LessonKit

/// The head that the lessons of these tests begin with: three lines, so that their text begins in line 4.
let head = "---\ntitle: T\n---\n"

func parse(_ body: String, path: String = "lessons/01-test.md") throws(Problems) -> Lesson {
    try Lesson.parse(Array((head + body).utf8), path: path)
}

/// The problems of a lesson, each as `line:column: message`.
func problems(in body: String) -> [String] {
    problems(inFile: head + body)
}

func problems(inFile text: String) -> [String] {
    do throws(Problems) {
        _ = try Lesson.parse(Array(text.utf8), path: "x.md")
        return []
    } catch {
        return error.all.map { "\($0.position?.line ?? 0):\($0.position?.column ?? 0): \($0.message)" }
    }
}

func at(_ line: Int, _ column: Int) -> SourcePosition {
    SourcePosition(line: line, column: column)
}

/// Steele, Lea and Flood's generator: the same mutations in every run.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
