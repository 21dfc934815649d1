import Drawing

/// Turns a lesson and what its cells did into markup. It computes nothing and knows no files: the same
/// values give the same page.
struct LessonRenderer {
    let lesson: Lesson
    let recording: Recording
    let numbering: Numbering
    let words: PageVocabulary
    /// What is known of the names in code.
    let notes: SymbolNotes
    /// Where a name between backticks leads to.
    let codeLink: (String) -> String?

    init(
        _ lesson: Lesson, _ recording: Recording, notes: SymbolNotes = SymbolNotes(),
        codeLink: @escaping (String) -> String? = { _ in nil }
    ) {
        self.lesson = lesson
        self.recording = recording
        numbering = Numbering(lesson)
        words = PageVocabulary.of(language: lesson.frontMatter.lang)
        (self.notes, self.codeLink) = (notes, codeLink)
    }

    /// The folder of a translation.
    var edition: String? { lesson.translation?.edition }

    var body: HTML {
        HTML { blocks(lesson.blocks) }
    }
}
