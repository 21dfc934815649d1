extension Lesson {
    /// Reads one Markdown file.
    ///
    /// - Parameters:
    ///   - source: The file's bytes.
    ///   - path: The path as the person named it; `NN-slug.md` gives the lesson's number and its page's name.
    ///   - rawHTML: Whether HTML in the lesson is HTML on its page, or text.
    ///   - language: Of a lesson that does not say.
    ///   - shared: What lessons may name under `uses`.
    ///   - sources: What the ids of its sources stand for, where the folder says so.
    ///   - original: The lesson that this one translates, if it is a translation; it then stands in a folder called as its
    ///     language.
    /// - Throws: All that is wrong with the file, in the order of the places.
    package static func parse(
        _ source: [UInt8], path: String, rawHTML: Bool = true, language: String = "en", shared: SharedFolder = .empty,
        sources: SourceList? = nil, translating original: Lesson? = nil
    ) throws(Problems) -> Lesson {
        var problems = [Problem]()
        do throws(Problem) {
            var lesson = try read(
                source, path: path, rawHTML: rawHTML, language: language, sources: sources, translating: original,
                problems: &problems)
            lesson.shared = shared.code(named: lesson.frontMatter.uses, problems: &problems)
            if problems.isEmpty { return lesson }
        } catch {
            problems.append(error)
        }
        throw Problems(problems.map { $0.told(of: path) }.inOrder)
    }

    /// The stages of parsing: text, front matter, masked tree, blocks, labels.
    private static func read(
        _ bytes: [UInt8], path: String, rawHTML: Bool, language: String, sources: SourceList?, translating original: Lesson?,
        problems: inout [Problem]
    ) throws(Problem) -> Lesson {
        let source = try SourceText(bytes)
        let edition = original.map { _ in String(path.split(separator: "/").dropLast().last ?? "") }
        let name = LessonName(path: path, edition: edition)
        let head = FrontMatterReader(source, isFrontPage: name.isFrontPage, language: edition ?? language)
        problems += head.problems
        if original == nil, let named = head.frontMatter.translates {
            problems.append(
                Problem(
                    at: named.position, "a translation stands in a folder beside its original, called as its language",
                    hint: "move it there, for instance into zh, and build the folder of the originals"))
        }
        // Where the front matter ends is unknown if it is not closed: reading on would only tell nonsense.
        let bodyStart = head.lineCount ?? source.lines.count
        let document = try MaskedDocument(source.blanking(firstLines: bodyStart))
        var builder = LessonBuilder(
            document, rawHTML: rawHTML, translating: original, namedAs: head.frontMatter.translates?.text)
        let blocks = builder.blocks(of: document.tree.children)
        let named = original.map { $0.frontMatter.sources.map { FrontMatter.Name(text: $0, position: .start) } } ?? head.sourceNames
        problems += document.problems + builder.problems + builder.labels.problems + builder.footnotes.problems
        problems += builder.citations.problems(named, in: sources)
        let footnotes = builder.footnotes.footnotes, bibliography = builder.citations.bibliography(named, in: sources)
        let end: [Block] =
            (footnotes.isEmpty ? [] : [.footnotes(footnotes)]) + (bibliography.isEmpty ? [] : [.bibliography(bibliography)])
        var ids = HeadingIDs(labels: builder.labels.definitions)
        var lesson = Lesson(
            path: path, slug: name.slug, number: name.number, frontMatter: head.frontMatter,
            blocks: ids.assign(to: blocks + end), cells: builder.cells, values: builder.values, snippets: builder.snippets,
            links: (head.frontMatter.image.map { [$0] } ?? []) + builder.links)
        lesson.revision = revision(of: source, cells: builder.cells)
        if let original, let edition {
            let check = TranslationCheck(original: original, head: head.frontMatter, path: path)
            problems += check.problems(builder.embeds)
            lesson.translation = Translation(
                edition: edition, path: original.path, slug: original.slug, embeds: builder.embeds, outdated: check.outdated)
            (lesson.frontMatter.sources, lesson.frontMatter.buildsOn) = (
                original.frontMatter.sources, original.frontMatter.buildsOn
            )
            lesson.number = original.number
        }
        return lesson
    }
}

extension Lesson {
    /// Whether the site of this front page has raw HTML. What cannot be read may say that it has not.
    package static func allowsRawHTML(frontPage bytes: [UInt8]) -> Bool {
        guard let source = try? SourceText(bytes) else { return false }
        let head = FrontMatterReader(source, isFrontPage: true)
        return head.frontMatter.rawHTML ?? (head.problems.isEmpty || !String(decoding: bytes, as: UTF8.self).contains("raw_html"))
    }
}

/// What a lesson's file name says: `07-lstm-gates.md` is number 7, `lstm-gates`; in the folder `zh`, `lstm-gates.zh`.
struct LessonName: Hashable {
    var number: Int?
    var slug: String
    /// The language of a translation, by its folder.
    var edition: String?
    var isFrontPage: Bool { slug == (edition.map { "index.\($0)" } ?? "index") }
    /// The front page, then the lessons by their numbers, then those without one.
    var readingOrder: (Int, String) { (isFrontPage ? Int.min : number ?? Int.max, slug) }

    init(number: Int?, slug: String, edition: String? = nil) {
        (self.number, self.slug, self.edition) = (number, slug, edition)
    }

    /// - Parameter file: Below the folder of lessons, where that of a translation is called as its language.
    init(file: String) {
        let folders = file.split(separator: "/").dropLast()
        self.init(path: file, edition: folders.isEmpty ? nil : folders.joined(separator: "/"))
    }

    init(path: String, edition: String? = nil) {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.lowercased().hasSuffix(".md") ? file.dropLast(3) : file
        let digits = stem.prefix { $0.isASCII && $0.isNumber }
        let rest = stem.dropFirst(digits.count)
        if let number = Int(digits), rest.first == "-", rest.count > 1 {
            self.number = number
            slug = String(rest.dropFirst())
        } else {
            slug = String(stem)
        }
        if let edition { slug += "." + edition }
        self.edition = edition
    }
}

extension Problem {
    func told(of path: String) -> Problem {
        var problem = self
        problem.file = file ?? path
        return problem
    }
}
