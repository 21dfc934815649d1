import Foundation
import Samples
import Testing

@Suite("Editing a course")
struct EditScriptTests {
    /// Text, cells, options, data, renames, deletions: what an author does, in any order.
    @Test("after each of 200 edits the site is exactly what a clean build makes")
    func script() throws {
        var author = Author()
        let course = try Course()
        try author.write(to: course)
        for step in 1...200 {
            let edit = author.edit()
            try author.write(to: course)
            let outcome = try course.unroll("build", "--quiet")
            try? FileManager.default.removeItem(at: course.folder.appending(path: "clean"))
            // Words and pictures are no part of any program: there another cache does as well as none, in half the time.
            let isOfText = edit.hasPrefix("words") || edit.contains("picture")
            let clean = try course.unroll(
                "build", "--quiet", "--output", "clean", arguments: isOfText ? [] : ["--no-cache"],
                environment: ["XDG_CACHE_HOME": course.folder.appending(path: "another-cache").path()])
            try #require(outcome.status == 0 && clean.status == 0, "\(step), \(edit): \(outcome.errors) \(clean.errors)")
            let (edited, made) = (course.files("output"), course.files("clean"))
            try #require(edited.keys.sorted() == made.keys.sorted(), "\(step), \(edit)")
            let different = made.keys.filter { edited[$0] != made[$0] }
            try #require(different.isEmpty, "\(step), \(edit): \(different.sorted())")
        }
    }
}

/// A course as its author has it in mind, and what an author does to it.
private struct Author {
    struct Lesson {
        var number: Int
        var name: String
        var words = 0
        /// What its cell computes with; nil for a lesson without a cell.
        var constant: Int?
        var readsData = false
        var hasValue = false
        var options: [String] = []

        var file: String { "\(number)-\(name).md" }
    }

    private var lessons = [
        Lesson(number: 1, name: "first", constant: 1),
        Lesson(number: 2, name: "second", constant: 2, readsData: true, hasValue: true),
        Lesson(number: 3, name: "third"), Lesson(number: 4, name: "fourth"),
    ]
    private var data = 1
    private var pictures: [Int] = []
    private var draws = SplitMix(state: 200)
    /// For names and words that were not there before.
    private var count = 10

    /// Does one thing, and tells what.
    mutating func edit() -> String {
        count += 1
        let index = Int.random(in: lessons.indices, using: &draws)
        switch Int.random(in: 0..<11, using: &draws) {
        case 0, 1:
            lessons[index].words = count
            return "words of \(lessons[index].file)"
        case 2 where lessons[index].constant != nil:
            lessons[index].constant = count % 4
            return "cell of \(lessons[index].file)"
        case 3 where lessons[index].constant != nil:
            lessons[index].options = [[], ["echo: false"], ["fold: true"], ["output: false"], ["label: tbl-a", "caption: A *c*."]]
                .randomElement(using: &draws)!
            return "options of \(lessons[index].file)"
        case 4 where lessons[index].constant != nil:
            lessons[index].hasValue.toggle()
            return "value of \(lessons[index].file)"
        case 5:
            data = count
            return "data"
        case 6:
            lessons[index].name = "renamed-\(count)"
            return "name of \(lessons[index].file)"
        case 7:
            lessons[index].number = count
            return "number of \(lessons[index].file)"
        case 8 where lessons.count > 2:
            return "without \(lessons.remove(at: index).file)"
        case 9 where !pictures.isEmpty && Bool.random(using: &draws):
            return "without picture \(pictures.removeFirst())"
        case 9:
            pictures.append(count)
            return "picture \(count)"
        default:
            let cells = lessons.count { $0.constant != nil }
            lessons.append(
                Lesson(
                    number: count, name: "new-\(count)", constant: cells < 1 ? count : nil, readsData: Bool.random(using: &draws)))
            return "new \(lessons.last!.file)"
        }
    }

    /// Leaves in the folder what the author has in mind, and touches nothing else.
    func write(to course: Course) throws {
        var files = Dictionary(uniqueKeysWithValues: lessons.map { ($0.file, text(of: $0)) })
        files["data.txt"] = "\(data)"
        for picture in pictures { files["pictures/\(picture).svg"] = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>" }
        let folder = course.folder.appending(path: "lessons")
        for name in course.files("lessons").keys where files[name] == nil {
            try FileManager.default.removeItem(at: folder.appending(path: name))
        }
        for (name, text) in files where course.text("lessons/\(name)") != text { try course.write(text, to: "lessons/\(name)") }
    }

    private func text(of lesson: Lesson) -> String {
        let other = lessons.first { $0.file != lesson.file }!
        let links = ["[Another](\(other.file))."] + pictures.prefix(1).map { "![A picture](pictures/\($0).svg)" }
        var body = "Words \(lesson.words). \(links.joined(separator: " "))\n"
        if let constant = lesson.constant {
            let data = lesson.readsData ? "Int(try String(contentsOfFile: \"data.txt\", encoding: .utf8))!" : "1"
            body += """

                ```{swift}
                \(lesson.options.map { "//| \($0)\n" }.joined())\(lesson.readsData ? "import Foundation\n" : "")let a = \(constant) * \(data)
                show(Tensor([Double(a)]), "a")
                print("a is", a)
                ```

                """
        }
        if lesson.constant != nil && lesson.hasValue { body += "\nIt is `{swift} a`.\n" }
        return EndToEndTests.lesson(body, title: "The \(lesson.name)")
    }
}
