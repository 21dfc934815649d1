import Drawing

/// Turns a lesson and what its cells did into markup. It computes nothing and knows no files: the same
/// values give the same page.
struct LessonRenderer {
    let lesson: Lesson
    let recording: Recording
    let numbering: Numbering
    let typesetting: Typesetting
    let words: PageVocabulary

    /// - Parameter mathML: A `<math>` element for each of the lesson's formulas.
    init(_ lesson: Lesson, _ recording: Recording, mathML: [Formula: String]) {
        self.lesson = lesson
        self.recording = recording
        numbering = Numbering(lesson)
        typesetting = Typesetting(mathML: mathML)
        words = PageVocabulary.of(language: lesson.frontMatter.lang)
    }

    var body: HTML {
        HTML { blocks(lesson.blocks) }
    }
}
