import Drawing

/// Turns a lesson and what its cells did into markup. It computes nothing and knows no files: the same
/// values give the same page.
struct LessonRenderer {
    let lesson: Lesson
    let recording: Recording
    let numbering: Numbering
    let words: PageVocabulary

    init(_ lesson: Lesson, _ recording: Recording) {
        self.lesson = lesson
        self.recording = recording
        numbering = Numbering(lesson)
        words = PageVocabulary.of(language: lesson.frontMatter.lang)
    }

    var body: HTML {
        HTML { blocks(lesson.blocks) }
    }
}
