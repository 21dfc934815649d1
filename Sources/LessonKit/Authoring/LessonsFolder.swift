import Foundation

/// The folder that lessons are read from.
package struct LessonsFolder: Sendable {
    let path: String

    package init(path: String) {
        self.path = path.withoutLastSlash
    }

    /// The lessons' paths in the order of their numbers, the front page first.
    func lessons() throws(Problem) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Problem(file: path, "the lessons folder cannot be read", hint: "name a folder of .md files: unroll build FOLDER")
        }
        let lessons = names.filter { Self.isMarkdown($0) && !$0.hasPrefix(".") }
        guard !lessons.isEmpty else {
            let holdsFolder = names.contains("lessons")
            throw Problem(
                file: path, "the lessons folder has no lesson",
                hint: holdsFolder
                    ? "its folder lessons may be meant: unroll build \(path)/lessons" : "write one: \(path)/01-first.md")
        }
        return lessons.sorted { ($0 == "index.md" ? "" : $0) < ($1 == "index.md" ? "" : $1) }.map { "\(path)/\($0)" }
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
            if !slug.allSatisfy({ $0.isLetter || $0.isNumber || "-_. ".contains($0) }) {
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

    /// As the front page sets it for the whole site.
    var allowsRawHTML: Bool {
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
    func attachments() -> AttachedFiles {
        let walk = AttachmentWalk(path)
        var found = AttachedFiles(files: [], problems: walk.problems, walk: walk)
        for file in walk.files {
            do {
                found.files.append(SiteFile(path: file.name, contents: Array(try Data(contentsOf: URL(filePath: file.path)))))
            } catch  where FileStatus(file.path) != nil {
                found.problems.append(Problem(file: "\(path)/\(file.name)", "the attachment cannot be read: \(error.reason)"))
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
    func unreadLessons() -> [Problem] {
        files.filter { Self.isMarkdown($0) && $0.contains("/") }.map { name in
            Problem(
                .warning, file: "\(path)/\(name)", "is not built: lessons stand directly in \(path)",
                hint: "move it there, or give the folder a name that begins with a dot")
        }
    }

    /// All that is not hidden, folders further down included, by its path below this one.
    private var files: [String] {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            return !name.split(separator: "/").contains { $0.hasPrefix(".") }
                && FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    private static func isMarkdown(_ name: String) -> Bool { Attachments.isLesson(name) }

    /// The bytes of one lesson.
    static func read(_ lesson: String) throws(Problem) -> [UInt8] {
        var status = stat()
        // A device may have no end, and a pipe nothing to give.
        guard stat(lesson, &status) != 0 || [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
            throw Problem(file: lesson, "the lesson cannot be read: it is neither a file nor a folder")
        }
        do {
            return Array(try Data(contentsOf: URL(filePath: lesson)))
        } catch {
            throw Problem(file: lesson, "the lesson cannot be read: \(error.reason)")
        }
    }
}
