extension LinkCheck {
    /// What is wrong with the names of the lessons that a lesson builds on.
    func problemsOfFoundations(_ lesson: Lesson) -> [Problem] {
        var seen: Set<String> = []
        return lesson.frontMatter.buildsOn.compactMap { foundation in
            func problem(_ message: String, hint: String?) -> Problem { Problem(at: foundation.position, message, hint: hint) }
            let name = foundation.text
            guard let file = files[name], Self.isFoundation(file) else {
                let slug = LessonName(path: name).slug
                let known = files.filter { Self.isFoundation($0.value) && $0.key != lesson.slug }.keys.sorted()
                return problem(
                    "there is no lesson \(name)",
                    hint: (known.contains(slug) ? slug : nearestName(to: slug, among: known)).map { "did you mean \($0)?" })
            }
            guard seen.insert(name).inserted else { return problem("\(name) is named twice", hint: "keep one") }
            guard LessonName(path: file).readingOrder < LessonName(path: lesson.path).readingOrder else {
                return problem(
                    "\(name) is not read before this lesson", hint: "give one of the two another number, or leave \(name) out")
            }
            return nil
        }
    }

    /// The front page, which leads to all lessons, is none itself, and a translation is one as its original.
    private static func isFoundation(_ file: String) -> Bool {
        let name = LessonName(file: file)
        return !name.isFrontPage && name.edition == nil
    }
}
