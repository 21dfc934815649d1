import Foundation

/// Goes through a folder of lessons for its attachments, following links as long as they stay among them.
package struct AttachmentWalk {
    package struct File {
        /// Below the folder, as a page names it.
        package var name: String
        /// Where its contents are.
        package var path: String
    }

    /// In the order of their names.
    package private(set) var files: [File] = []
    package private(set) var problems: [Problem] = []
    /// As the person named it.
    private let folder: String
    private let root: String
    /// The folders being gone through, from the lessons' own on.
    private var open: [String] = []

    package init(_ folder: String) {
        self.folder = folder
        root = URL(filePath: folder).resolvingSymlinksInPath().standardizedFileURL.filePath.withoutLastSlash
        visit(root, as: "")
    }

    private mutating func visit(_ path: String, as name: String) {
        open.append(path)
        defer { open.removeLast() }
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return fail(name, "is a folder that cannot be read", hint: "let it be read, or give it a name that begins with a dot")
        }
        for entry in entries.sorted() where !entry.hasPrefix(".") {
            add("\(path)/\(entry)", as: name.isEmpty ? entry : "\(name)/\(entry)")
        }
    }

    private mutating func add(_ path: String, as name: String) {
        switch Attachments.kind(of: path) {
        case S_IFDIR: visit(path, as: name)
        case _ where Attachments.isLesson(name): break
        case S_IFREG: files.append(File(name: name, path: path))
        case S_IFLNK: follow(path, as: name)
        default:
            fail(
                name, "is neither a file nor a folder", hint: "move it out of the lessons, or give it a name that begins with a dot"
            )
        }
    }

    private mutating func follow(_ link: String, as name: String) {
        let target = URL(filePath: link).resolvingSymlinksInPath().standardizedFileURL.filePath.withoutLastSlash
        guard FileManager.default.fileExists(atPath: target) else {
            return fail(name, "is a link that leads nowhere", hint: "remove it, or put back what it led to")
        }
        let below = target.hasPrefix(root + "/") ? target.dropFirst(root.count + 1).split(separator: "/") : []
        guard !below.isEmpty, below.allSatisfy({ !$0.hasPrefix(".") && !Attachments.isLesson(String($0)) }) else {
            return fail(
                name, "is a link to what is no attachment", hint: "copy what it leads to into the lessons' folder: \(target)")
        }
        guard !open.contains(target) else {
            return fail(name, "is a link that leads round in a circle", hint: "remove it")
        }
        add(target, as: name)
    }

    private mutating func fail(_ name: String, _ message: String, hint: String) {
        problems.append(Problem(file: "\(folder)/\(name)", message, hint: hint))
    }
}
