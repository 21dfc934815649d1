import Foundation

/// The folder that lessons are read from.
package struct LessonsFolder: Sendable {
    let path: String

    package init(path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// The lessons' paths in the order of their numbers, the front page first.
    func lessons() throws(Problem) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Problem(file: path, "the lessons folder cannot be read", hint: "name a folder of .md files: unroll build FOLDER")
        }
        let lessons = names.filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }
        guard !lessons.isEmpty else {
            throw Problem(file: path, "the lessons folder has no lesson", hint: "write one: \(path)/01-first.md")
        }
        return lessons.sorted { ($0 == "index.md" ? "" : $0) < ($1 == "index.md" ? "" : $1) }.map { "\(path)/\($0)" }
    }

    /// Pictures and other files that lessons refer to: everything in the folder that is not Markdown.
    func attachments() throws -> [SiteFile] {
        guard let names = FileManager.default.enumerator(atPath: path) else { return [] }
        return try names.compactMap { $0 as? String }.sorted().compactMap { name in
            var isFolder: ObjCBool = false
            let file = "\(path)/\(name)"
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }), !name.hasSuffix(".md"),
                FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), !isFolder.boolValue
            else { return nil }
            return SiteFile(path: name, contents: Array(try Data(contentsOf: URL(filePath: file))))
        }
    }

    /// The bytes of one lesson.
    static func read(_ lesson: String) throws(Problem) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: lesson)))
        } catch {
            throw Problem(file: lesson, "the lesson cannot be read: \((error as NSError).localizedFailureReason ?? "\(error)")")
        }
    }
}
