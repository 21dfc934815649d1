import Foundation

/// What stands in the site's folder, as a web server would find it; links are named, not followed.
struct FolderListing {
    enum Kind: Hashable {
        case file, hiddenFile, hiddenFolder, link, other
    }

    /// By paths below the folder. Of a hidden folder, which no build makes, only the folder.
    private(set) var entries: [(name: String, kind: Kind)] = []
    private(set) var files: Set<String> = []
    /// What a host or git asks for at the top of the folder, and no lesson makes.
    static let allowed: Set = [".git", ".gitattributes", ".gitignore", ".gitkeep", ".nojekyll", "CNAME"]
    private let folder: String

    init(_ folder: String) {
        self.folder = folder
        visit("")
        files = Set(entries.filter { $0.kind == .file }.map(\.name))
    }

    func isFile(_ name: String) -> Bool { entries.contains { $0.name == name && [.file, .hiddenFile].contains($0.kind) } }

    private mutating func visit(_ name: String) {
        let path = name.isEmpty ? folder : "\(folder)/\(name)"
        for entry in ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() {
            let name = name.isEmpty ? entry : "\(name)/\(entry)"
            switch FileStatus("\(folder)/\(name)")?.kind {
            case S_IFLNK: entries.append((name, .link))
            case S_IFREG: entries.append((name, entry.hasPrefix(".") ? .hiddenFile : .file))
            case S_IFDIR where entry.hasPrefix("."): entries.append((name, .hiddenFolder))
            case S_IFDIR: visit(name)
            default: entries.append((name, .other))
            }
        }
    }
}
