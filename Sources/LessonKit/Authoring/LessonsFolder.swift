import Foundation

/// The folder that lessons are read from.
package struct LessonsFolder: Sendable {
    let path: String

    package init(path: String) {
        self.path = path.withoutLastSlash
    }

    /// That of a lesson.
    init(of lesson: String) {
        let end = lesson.lastIndex(of: "/")
        self.init(path: end.map { String(lesson[...$0]) } ?? ".")
    }

    /// The lessons' paths in the order of their numbers, the front page first.
    func lessons() throws(Problem) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Problem(file: path, "the lessons folder cannot be read", hint: "name a folder of .md files: unroll build FOLDER")
        }
        let lessons = names.filter { Self.isMarkdown($0) && !Attachments.isHidden($0) }
        guard !lessons.isEmpty else {
            let holdsFolder = names.contains("lessons")
            throw Problem(
                file: path, "the lessons folder has no lesson",
                hint: holdsFolder
                    ? "its folder lessons may be meant: unroll build \(path)/lessons" : "write one: \(path)/01-first.md")
        }
        return lessons.sorted { ($0 == "index.md" ? "" : $0) < ($1 == "index.md" ? "" : $1) }.map { "\(path)/\($0)" }
    }

    /// A lesson in another language, in a folder that is called so.
    struct TranslationFile: Hashable {
        var path: String
        var edition: String
        /// The path of the lesson that it translates.
        var original: String
        var name: LessonName { LessonName(path: path, edition: edition) }
    }

    /// The translations of these lessons, and what is wrong with those of no lesson.
    func translations(of lessons: [String]) -> (files: [TranslationFile], problems: [Problem]) {
        var found: [TranslationFile] = []
        var problems: [Problem] = []
        for name in files where Self.isMarkdown(name) {
            let file = "\(path)/\(name)"
            guard let edition = Self.edition(of: name), let bytes = try? Self.read(file),
                let named = Lesson.original(namedBy: bytes)
            else { continue }
            let original = LinkTarget.file(at: named.text, from: edition).map { "\(path)/\($0)" }
            if let original, lessons.contains(original) {
                found.append(TranslationFile(path: file, edition: edition, original: original))
            } else {
                let meant = "../" + (name.split(separator: "/").last ?? "")
                problems.append(
                    Problem(
                        file: file, at: named.position, "there is no lesson \(named.text) to translate",
                        hint: lessons.contains("\(path)/\(meant.dropFirst(3))") ? "did you mean \(meant)?" : nil))
            }
        }
        return (found, problems)
    }

    /// The path of the lesson that a file translates; nil where it says of none that is there.
    static func original(of path: String) -> String? {
        guard let named = (try? read(path)).flatMap(Lesson.original) else { return nil }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        let original = named.text.hasPrefix("../") ? (folder.isEmpty ? "" : folder + "/") + named.text.dropFirst(3) : named.text
        return FileStatus(original) == nil ? nil : original
    }

    /// `zh` of `zh/07-lstm-gates.md`; nil for what stands in no folder that is called as a language.
    private static func edition(of name: String) -> String? {
        let steps = name.split(separator: "/").map(String.init)
        return steps.count == 2 && LanguageTag.isOfEdition(steps[0]) ? steps[0] : nil
    }

    package var hasLessons: Bool { (try? lessons()) != nil }

    /// What is wrong with lessons' names, by their paths: of two that make the same page, or
    /// have the same number, the second is at fault.
    static func misnamed(_ lessons: [String]) -> [String: Problem] {
        var first: [String: String] = [:]
        var numbered: [Int: String] = [:]
        var problems: [String: Problem] = [:]
        for path in lessons {
            let slug = LessonName(path: path).slug
            if slug == Page.notFoundSlug {
                problems[path] = Problem(
                    file: path, "the site has a page of its own at \(slug).html, for addresses that it does not have",
                    hint: "give the file another name")
            } else if !slug.allSatisfy({ $0.isLetter || $0.isNumber || "-_. ".contains($0) }) {
                problems[path] = Problem(
                    file: path, "the file's name does not make the name of a page",
                    hint: "use letters, digits, - and _, as in 07-lstm-gates.md")
            } else if let other = first[slug] {
                problems[path] = Problem(
                    file: path, "the page \(slug).html is already made from \(other)",
                    hint: "give one of the two another name after its number")
            } else if let number = LessonName(path: path).number, let other = numbered[number] {
                problems[path] = Problem(
                    file: path, "the number \(number) is already that of \(other)", hint: "give one of the two a number of its own")
            } else {
                first[slug] = path
                if let number = LessonName(path: path).number { numbered[number] = path }
            }
        }
        return problems
    }

    /// What `site.yml` says, and the front page of raw HTML.
    func configuration() throws -> SiteConfiguration {
        let file = configurationPath
        var configuration =
            FileStatus(file) == nil
            ? SiteConfiguration() : try SiteConfiguration.parse(try Self.read(file, as: "the configuration"), path: file)
        configuration.rawHTML = allowsRawHTML
        return configuration
    }

    var configurationPath: String { "\(path)/\(SiteConfiguration.fileName)" }

    /// What `_theme` has of the site's own.
    func theme() throws -> Theme {
        let found = files(in: "_theme")
        guard found.problems.isEmpty else { throw Problems(found.problems) }
        return try Theme(files: found.files, path: "\(path)/_theme")
    }

    /// What lessons may name under `uses`, and what of it cannot be read.
    func shared() -> (folder: SharedFolder, problems: [Problem]) {
        let found = files(in: SharedFolder.name)
        let files = Dictionary(uniqueKeysWithValues: found.files.map { ($0.path, $0.contents) })
        return (SharedFolder(files: files, path: "\(path)/\(SharedFolder.name)"), found.problems)
    }

    private var allowsRawHTML: Bool {
        let frontPage = "\(path)/index.md"
        guard FileManager.default.fileExists(atPath: frontPage) else { return true }
        return (try? Self.read(frontPage)).map { Lesson.allowsRawHTML(frontPage: $0) } ?? false
    }

    /// What the ids of lessons' sources stand for; nil where the folder does not say.
    var sources: SourceList? {
        let file = "\(path)/\(SourceList.file)"
        guard FileStatus(file) != nil else { return nil }
        return (try? Self.read(file)).map { SourceList($0, path: file) } ?? SourceList(unreadable: file)
    }

    /// The files beside the lessons, and what cannot be read of them.
    struct AttachedFiles {
        var files: [SiteFile]
        var problems: [Problem]
        let walk: AttachmentWalk
    }

    /// Pictures and other files that lessons refer to: everything in the folder that is not Markdown.
    func attachments() -> AttachedFiles { Self.files(AttachmentWalk(path), in: path) }

    /// Those of a folder that is left out of the attachments, found in the same way; no link leads there from elsewhere.
    private func files(in folder: String) -> AttachedFiles {
        let folder = "\(path)/\(folder)"
        let walk = AttachmentWalk(folder)
        guard FileStatus(folder)?.kind != S_IFLNK else {
            let problem = Problem(file: folder, "is a link", hint: "put a folder of its own there")
            return AttachedFiles(files: [], problems: [problem], walk: walk)
        }
        return Self.files(walk, in: folder)
    }

    private static func files(_ walk: AttachmentWalk, in folder: String) -> AttachedFiles {
        var found = AttachedFiles(files: [], problems: walk.problems, walk: walk)
        for file in walk.files {
            do {
                found.files.append(SiteFile(path: file.name, contents: Array(try Data(contentsOf: URL(filePath: file.path)))))
            } catch  where FileStatus(file.path) != nil {
                found.problems.append(Problem(file: "\(folder)/\(file.name)", "the file cannot be read: \(error.reason)"))
            } catch {}  // It is gone since.
        }
        return found
    }

    /// An attachment that would stand where the site has a file of its own.
    func clash(_ attachment: SiteFile) -> Problem {
        Problem(
            file: "\(path)/\(attachment.path)", "the site has a file of its own at \(attachment.path)",
            hint: "give this one another name")
    }

    /// Warnings of Markdown that stands in a folder further down.
    ///
    /// - Parameter translations: The paths of what names a lesson that it translates.
    func unreadLessons(besides translations: Set<String>) -> [Problem] {
        files.filter { Self.isMarkdown($0) && $0.contains("/") && !translations.contains("\(path)/\($0)") }.map { name in
            let (message, hint) =
                Self.edition(of: name) == nil
                ? ("lessons stand directly in \(path)", "move it there, or give the folder a name that begins with _")
                : (
                    "a lesson in a folder that is called as a language translates another",
                    "name that one in its front matter: translates: ../07-lstm-gates.md"
                )
            return Problem(.warning, file: "\(path)/\(name)", "is not built: \(message)", hint: hint)
        }
    }

    /// All that is not hidden, folders further down included, by its path below this one.
    private var files: [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            return !name.split(separator: "/").contains(where: Attachments.isHidden)
                && FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    private static func isMarkdown(_ name: String) -> Bool { Attachments.isLesson(name) }

    /// The bytes of one lesson, or of what else is read for it.
    static func read(_ file: String, as what: String = "the lesson") throws(Problem) -> [UInt8] {
        var status = stat()
        // A device may have no end, and a pipe nothing to give.
        guard stat(file, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw Problem(file: file, "\(what) cannot be read: it is neither a file nor a folder")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw Problem(file: file, "\(what) cannot be read: \(error.reason)")
        }
    }
}
