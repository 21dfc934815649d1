/// Holds the links of all lessons against what the site has: pages, their headings and labels, attachments.
package struct LinkCheck: Sendable {
    /// By file name, what each lesson's page has ids for, nil for a lesson that could not be read; and each page of the reference.
    private let ids: [String: Set<String>?]
    /// The lessons' file names by their pages' names.
    let files: [String: String]
    private let attachments: Set<String>
    private let folders: Set<String>
    /// What the site has besides: data, programs, its own style and script, its theme's files.
    private let siteFiles: Set<String>
    private let problemsOfHTML: [String: [Problem]]
    private let links: [String: [Link]]

    /// - Parameters:
    ///   - lessons: Those that could be read.
    ///   - files: The names of all lessons' files.
    ///   - attachments: By their paths below the lessons' folder.
    ///   - reference: The site's pages on the symbols that lessons use.
    ///   - others: What the site has besides.
    package init(
        _ lessons: [Lesson], files: [String], attachments: some Sequence<String>, reference: [ReferencePage] = [],
        others: [String] = []
    ) {
        var ids = Dictionary(files.map { ($0, Set<String>?.none) }) { first, _ in first }
        var (links, problems) = ([String: [Link]](), [String: [Problem]]())
        for lesson in lessons {
            let html = HTMLBalance(lesson)
            ids[lesson.fileName] = .some(lesson.ids.union(html.ids))
            links[lesson.fileName] = lesson.links + html.links
            problems[lesson.fileName] = html.problems
        }
        for page in reference {
            ids[page.slug + ".html"] = .some(Set(["text"] + page.contents.map(\.id) + page.entries.map(\.id)))
        }
        (self.ids, self.links, problemsOfHTML) = (ids, links, problems)
        self.files = Dictionary(files.map { (LessonName(file: $0).slug, $0) }) { first, _ in first }
        self.attachments = Set(attachments)
        folders = Set(attachments.flatMap(Self.folders))
        let ofLessons = self.files.flatMap { slug, file in
            [slug + ".json"] + (LessonName(file: file).edition == nil ? [slug + ".swift"] : [])
        }
        siteFiles = Set(ofLessons + Resource.ofEveryPage.map(\.rawValue) + [SearchIndex.path] + others)
    }

    /// `a` and `a/b` of `a/b/c.svg`.
    private static func folders(of file: String) -> [String] {
        file.indices.filter { file[$0] == "/" }.map { String(file[..<$0]) }
    }

    /// What is wrong with the links and the HTML of a lesson, each told once.
    package func problems(of lesson: Lesson) -> [Problem] {
        let ofLinks = (links[lesson.fileName] ?? []).compactMap { problem(with: $0, in: lesson.fileName) }
        var seen: Set<Problem> = []
        return
            ((problemsOfHTML[lesson.fileName] ?? []) + ofLinks + (lesson.translation == nil ? problemsOfFoundations(lesson) : []))
            .filter {
                seen.insert($0).inserted
            }.map { problem in
                var problem = problem
                problem.file = lesson.path
                return problem
            }.sorted { $0.position! < $1.position! }
    }

    /// - Parameter file: The name of the lesson, or of what else has the link.
    func problem(with link: Link, in file: String) -> Problem? {
        func problem(_ message: String, hint: String?) -> Problem { Problem(at: link.position, message, hint: hint) }
        switch link.target {
        case .external: return nil
        case .program(let scheme):
            return problem(
                "an address that begins with \(scheme): is not published",
                hint: link.isImage ? "a picture may be data:image/…" : "link to a page or file")
        case .nowhere: return problem("this address is empty", hint: "write where it leads to, or # for the head of the page")
        case .root:
            return problem(
                "\(link.address) begins at the root of a host, and the site may stand below it",
                hint: "write the path from the lessons' folder, or the whole address with https://")
        case .local(let path, let fragment):
            guard let target = path.isEmpty ? "" : LinkTarget.file(at: path, from: edition(of: file)) else {
                return problem("\(path) leads out of the lessons' folder", hint: "put the file into it")
            }
            return self.problem(path.isEmpty ? file : target, isFolder: path.hasSuffix("/"), fragment, of: link)
        }
    }

    /// The folder that a translation stands in.
    private func edition(of file: String) -> String? { LessonName(file: file).edition }

    private func problem(_ target: String, isFolder: Bool, _ fragment: String?, of link: Link) -> Problem? {
        let page = target.hasSuffix(".html") ? files[String(target.dropLast(".html".count))] : nil
        if isFolder || target.isEmpty || folders.contains(target) {
            return Problem(at: link.position, "\(link.address) is a folder, not a file", hint: nearest(to: target))
        }
        if ids[target] != nil || page != nil { return problem(fragment ?? "", in: page ?? target, of: link) }
        if attachments.contains(target) || siteFiles.contains(target) { return nil }
        let isLesson = target.lowercased().hasSuffix(".md")
        let what = isLesson ? "lesson" : page == nil && target.hasSuffix(".html") ? "page or file" : "file"
        return Problem(at: link.position, "there is no \(what) \(target) among the lessons", hint: nearest(to: target))
    }

    /// A lesson's page by its name, and another place in it by an id.
    private func problem(_ fragment: String, in file: String, of link: Link) -> Problem? {
        // The head of each page is its top, whatever has the id.
        guard !fragment.isEmpty, fragment.lowercased() != "top", let known = ids[file] ?? nil, !known.contains(fragment) else {
            return nil
        }
        return Problem(
            at: link.position, "\(file) has no #\(fragment)",
            hint: nearestName(to: fragment, among: known.sorted()).map { "did you mean #\($0)?" }
                ?? "a heading is named by its words, in lower case and with hyphens, or by its {#sec-…}")
    }

    private func nearest(to target: String) -> String? {
        let isPage = target.hasSuffix(".html")
        let slug = LessonName(file: isPage ? String(target.dropLast(".html".count)) : target).slug
        let page = files[slug] ?? nearestName(to: slug, among: files.keys.sorted()).flatMap { files[$0] }
        let file = nearestName(to: target, among: ids.keys.sorted() + attachments.sorted())
        let name = isPage || files[slug] != nil ? page ?? file : file ?? page
        return name.map { "did you mean \($0)?" }
    }
}

extension Lesson {
    /// Below the folder of lessons, as links name it.
    fileprivate var fileName: String {
        path.split(separator: "/").suffix(translation == nil ? 1 : 2).joined(separator: "/")
    }

    /// What can be linked to on its page, beside what raw HTML names.
    fileprivate var ids: Set<String> {
        let ids = blocks.withDescendants.compactMap { block -> String? in
            switch block {
            case .heading(let heading): heading.id
            case .math(let math): math.label?.name
            case .table(let table): table.label?.name
            case .figure(let figure): figure.label?.name
            case .cell(let index): cells[index].options.label?.name
            case .footnotes: LessonRenderer.footnotesID
            case .bibliography: LessonRenderer.bibliographyID
            case .paragraph, .code, .list, .definitions, .quote, .alert, .thematicBreak, .html: nil
            }
        }
        return Set(ids).union(["text"]).union(LessonName(file: fileName).isFrontPage ? ["lessons"] : [])
    }
}
