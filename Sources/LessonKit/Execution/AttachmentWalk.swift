import Foundation

/// Goes through a folder of lessons for its attachments, following links as long as they stay among them.
package struct AttachmentWalk: Sendable {
    package struct File: Sendable {
        /// Below the folder, as a page names it.
        package var name: String
        /// Where its contents are.
        package var path: String
        fileprivate var status: FileStatus
    }

    /// As few paths as cover the attachments below a path and nothing else.
    private struct Cover {
        /// Whether all that is there is an attachment, so that the path itself covers it.
        var isWhole = true
        var paths: [String] = []
    }

    /// In the order of their names.
    package private(set) var files: [File] = []
    package private(set) var problems: [Problem] = []
    /// What a lesson may read: a folder stands for all that is below it.
    ///
    /// A link stands for nothing: what it leads to must be an attachment itself, so that no link leads out of the lessons.
    package private(set) var covering: [String] = []
    /// As the person named it.
    private let folder: String
    private let root: String
    /// The folders being gone through, from the lessons' own on.
    private var open: [String] = []

    package init(_ folder: String) {
        self.folder = folder
        root = URL(filePath: folder).resolvingSymlinksInPath().standardizedFileURL.filePath.withoutLastSlash
        covering = visit(root, as: "").paths
    }

    /// Whether the files that were found are still what they were then.
    var isUpToDate: Bool { files.allSatisfy { FileStatus($0.path) == $0.status } }

    private mutating func visit(_ path: String, as name: String) -> Cover {
        open.append(path)
        defer { open.removeLast() }
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            if FileStatus(path) != nil {
                fail(name, "is a folder that cannot be read", hint: "let it be read, or give it a name that begins with _")
            }
            return Cover(isWhole: false)
        }
        var cover = Cover()
        for entry in entries.sorted() {
            let below =
                Attachments.isHidden(entry)
                ? Cover(isWhole: false) : add("\(path)/\(entry)", as: name.isEmpty ? entry : "\(name)/\(entry)")
            cover.isWhole = cover.isWhole && below.isWhole
            cover.paths += below.paths
        }
        return cover
    }

    private mutating func add(_ path: String, as name: String) -> Cover {
        guard let status = FileStatus(path) else { return Cover() }
        switch status.kind {
        case S_IFDIR:
            let below = visit(path, as: name)
            return below.isWhole ? Cover(paths: [path]) : below
        case _ where !Attachments.isAttachment(name): return Cover(isWhole: false)
        case S_IFREG:
            files.append(File(name: name, path: path, status: status))
            return Cover(paths: [path])
        case S_IFLNK:
            follow(path, as: name)
            return Cover()
        default:
            fail(
                name, "is neither a file nor a folder", hint: "move it out of the lessons, or give it a name that begins with _")
            return Cover(isWhole: false)
        }
    }

    private mutating func follow(_ link: String, as name: String) {
        let target = URL(filePath: link).resolvingSymlinksInPath().standardizedFileURL.filePath.withoutLastSlash
        guard FileManager.default.fileExists(atPath: target) else {
            if FileStatus(link) != nil { fail(name, "is a link that leads nowhere", hint: "remove it, or put back what it led to") }
            return
        }
        let below = target.hasPrefix(root + "/") ? String(target.dropFirst(root.count + 1)) : ""
        guard !below.isEmpty, Attachments.isAttachment(below) else {
            return fail(
                name, "is a link to what is no attachment", hint: "copy what it leads to into the lessons' folder: \(target)")
        }
        guard !open.contains(target) else {
            return fail(name, "is a link that leads round in a circle", hint: "remove it")
        }
        _ = add(target, as: name)
    }

    private mutating func fail(_ name: String, _ message: String, hint: String) {
        problems.append(Problem(file: "\(folder)/\(name)", message, hint: hint))
    }
}
