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
