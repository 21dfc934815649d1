import Foundation

/// Which attachments the last build on this machine copied into a folder, so that the next one can remove those that are gone
/// and nothing of a stranger's.
struct CopiesMade {
    private let output: OutputFolder
    /// nil where nothing can be kept: then `verify` tells what is left over.
    private let list: URL?

    init(of output: OutputFolder) {
        self.output = output
        let folder = URL(filePath: output.path).standardizedFileURL.filePath
        list = CacheFolder.copies.made?.appending(path: folder.fingerprint)
    }

    /// Removes the copies that a site has no more, unless they were changed since, and notes those that it has.
    func replace(with site: BuiltSite, remove: (String) throws -> Void) throws {
        guard let list else { return }
        let stay = Set(site.files.map(\.path)).union(site.keptSlugs.flatMap(OutputFolder.files))
        for (name, fingerprint) in made(list) where !stay.contains(name) {
            if output.contents(of: name)?.fingerprint == fingerprint { try remove(name) }
        }
        let pages = Set(site.slugs.flatMap(OutputFolder.files))
        let lines = site.files.filter { !pages.contains($0.path) }.map { "\($0.contents.fingerprint) \($0.path)\0" }
        try? Replacement.write(Array(lines.joined().utf8), to: list.filePath)
    }

    private func made(_ list: URL) -> [(name: String, fingerprint: String)] {
        let lines = (try? String(contentsOf: list, encoding: .utf8))?.split(separator: "\0") ?? []
        return lines.compactMap { line in
            let parts = line.split(separator: " ", maxSplits: 1)
            return parts.count == 2 ? (String(parts[1]), String(parts[0])) : nil
        }
    }
}
