import Drawing

/// A lesson ready to be read: its markup and all that its site has to know of it.
package struct Page: Sendable {
    /// A heading that the page's contents list.
    package struct Entry: Hashable, Sendable {
        package var id: String
        package var number: String?
        package var title: HTML
        /// 0 for the lesson's highest headings.
        package var depth: Int
    }

    package var slug: String
    package var number: Int?
    package var title: String
    package var summary: String?
    package var language: String
    /// When it was written or last revised, as the author says.
    package var date: String?
    /// The lessons to know first, by their pages' names.
    package var buildsOn: [String]
    /// The address of what stands for it where a link to it is shown.
    package var image: String?
    /// The lesson's path as the person named it.
    package var source: String
    package var body: HTML
    package var contents: [Entry]
    /// Those that its exhibits speak of.
    package var quantities: [QuantitySymbol]
    package var data: PageData
    /// The program that computed the page, as it can be downloaded; nil for a translation, whose original has it.
    package var program: String?
    /// Of a translation, its language as the folder is called that it stands in, and the original's slug.
    package var edition: String?
    package var original: String?

    /// - Parameters:
    ///   - recording: What running `lesson` gave: a cell and a value for each of the lesson's.
    ///   - notes: On the symbols that the lesson's code names.
    package init(_ lesson: Lesson, _ recording: Recording, notes: SymbolNotes = SymbolNotes()) {
        precondition(
            recording.cells.count == lesson.cells.count && recording.values.count == lesson.values.count,
            "Page: expected a recording of \(lesson.cells.count) cells and \(lesson.values.count) values, "
                + "got \(recording.cells.count) and \(recording.values.count)")
        let renderer = LessonRenderer(lesson, recording, notes: notes)
        slug = lesson.slug
        number = lesson.number
        title = lesson.frontMatter.title
        summary = lesson.frontMatter.summary
        language = lesson.frontMatter.lang
        date = lesson.frontMatter.date
        buildsOn = lesson.frontMatter.buildsOn.map { $0.text }
        image = lesson.frontMatter.image?.address
        source = lesson.source
        body = renderer.body
        contents = renderer.contents
        quantities = recording.cells.flatMap(\.outputs).flatMap { output -> [QuantitySymbol] in
            guard case .exhibit(let exhibit) = output else { return [] }
            return exhibit.quantities
        }
        data = PageData(lesson, recording)
        program = lesson.translation == nil ? Program.download(of: lesson) : nil
        (edition, original) = (lesson.translation?.edition, lesson.translation?.slug)
    }
}

extension LessonRenderer {
    /// The headings of the lesson's two highest levels.
    fileprivate var contents: [Page.Entry] {
        lesson.blocks.compactMap { block in
            guard case .heading(let heading) = block, level(of: heading) <= 3 else { return nil }
            return Page.Entry(
                id: heading.id, number: numbering.sections[heading.id],
                title: HTML { inlines(heading.content, isLinked: false) }, depth: level(of: heading) - 2)
        }
    }
}
