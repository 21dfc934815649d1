import Foundation

/// Which files beside the lessons are their inputs: all that are not lessons and not hidden.
package enum Attachments {
    static func isLesson(_ name: String) -> Bool { name.lowercased().hasSuffix(".md") }

    /// As few paths as cover the attachments of a folder and nothing else: a folder stands for all that is below it.
    ///
    /// A link stands for nothing: what it leads to must be an attachment itself, so that no link leads out of the lessons.
    package static func covering(_ folder: String) -> [String] {
        inside(folder).paths
    }

    /// Changes whenever a lesson of the folder could read something else.
    package static func fingerprint(of folder: String) -> String {
        AttachmentWalk(folder).files.map { file in
            let contents = (try? Data(contentsOf: URL(filePath: file.path), options: .alwaysMapped)) ?? Data()
            return "\(file.name) \(contents.count) \(contents.fingerprint)"
        }.joined(separator: "\n")
    }

    private static func inside(_ folder: String) -> (isWhole: Bool, paths: [String]) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return (false, []) }
        var isWhole = true
        var paths: [String] = []
        for name in names {
            let path = "\(folder)/\(name)"
            switch kind(of: path) {
            case _ where name.hasPrefix(".") || isLesson(name): isWhole = false
            case S_IFREG: paths.append(path)
            case S_IFDIR:
                let below = inside(path)
                isWhole = isWhole && below.isWhole
                paths += below.isWhole ? [path] : below.paths
            case S_IFLNK: continue
            default: isWhole = false
            }
        }
        return (isWhole, paths)
    }

    static func kind(of path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }
}
