import Foundation

/// The folder that the site is written to and verified against.
package struct OutputFolder: Sendable {
    let path: String
    /// Binaries that a build makes of the pages; not committed, and not part of what is verified.
    private static let assets = "assets"

    static func isAsset(_ path: String) -> Bool { path.hasPrefix(assets + "/") }

    package init(path: String) {
        self.path = path.withoutLastSlash
    }

    /// Whether the lessons' folder has it in it, or is the same.
    package func lies(in lessons: LessonsFolder) -> Bool {
        let folders = [path, lessons.path].map { URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().pathComponents }
        return folders[0].starts(with: folders[1])
    }

    /// Replaces each file whole, keeps the files of failed lessons, and removes those of lessons that are gone.
    package func replace(with site: BuiltSite) throws {
        try explainingFaults {
            for file in site.files { try write(file) }
            for name in pagesOfGoneLessons(site) { try remove(name) }
            try CopiesMade(of: self).replace(with: site, remove: remove)
        }
        sweep()
    }

    private func explainingFaults(_ write: () throws -> Void) throws {
        do {
            try write()
        } catch let fault as SystemFault where fault.isFullDisk {
            throw MachineFault(
                "the output folder \(path) cannot be written: \(fault.reason)",
                remedy: "make room there, or name another one with --output")
        } catch {
            throw Problem(
                file: path, "the output folder cannot be written: \(error.reason)",
                hint: "name another one: unroll build --output FOLDER")
        }
    }

    /// Another build may have been quicker.
    private func remove(_ name: String) throws {
        guard unlink("\(path)/\(name)") == 0 || errno == ENOENT || errno == ENOTDIR else { throw SystemFault() }
        removeEmptyFolders(above: name)
    }

    func removeEmptyFolders(above name: String) {
        var folders = name.split(separator: "/").dropLast()
        while !folders.isEmpty, rmdir("\(path)/\(folders.joined(separator: "/"))") == 0 { folders.removeLast() }
    }

    /// Removes what killed builds left in the folder and those below it.
    private func sweep() {
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        let folders = Set(
            names.map { $0.split(separator: "/") }.filter { Replacement.isLeftover($0.last ?? "") }
                .map { ([path] + $0.dropLast().map(String.init)).joined(separator: "/") })
        for folder in folders { Replacement.sweep(folder) }
    }

    /// Writes the font of all pages' formulas.
    ///
    /// - Returns: A warning where this machine cannot make it: readers then see a font of their own.
    package func writeMathFont() async throws -> Problem? {
        let font = MathFont(pages: pages)
        guard !font.characters.isEmpty else { return nil }
        do {
            let file = SiteFile(path: MathFont.path, contents: try await font.woff2())
            try explainingFaults { try write(file) }
            return nil
        } catch let tool as MissingTool {
            return Problem(.warning, "the font of the formulas was not made: \(tool.what) was not found", hint: tool.remedy)
        }
    }

    /// All pages that are published.
    var pages: [(name: String, text: String)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".html") }.compactMap { name in
            contents(of: name).map { (name, String(decoding: $0, as: UTF8.self)) }
        }
    }

    func contents(of file: String) -> [UInt8]? {
        (try? Data(contentsOf: URL(filePath: "\(path)/\(file)"))).map(Array.init)
    }

    /// Writes what is not there already: beside, and renames, so that no reader ever sees half a file.
    func write(_ file: SiteFile) throws {
        guard contents(of: file.path) != file.contents else { return }
        try Replacement.write(file.contents, to: "\(path)/\(file.path)")
    }

    /// Only what a build wrote: a stranger's file in the folder is not ours to remove.
    private func pagesOfGoneLessons(_ site: BuiltSite) -> [String] {
        let made = Set(site.files.map(\.path)), files = FolderListing(path).files
        return slugs(among: files).subtracting(site.keptSlugs).flatMap(Self.files).filter {
            files.contains($0) && !made.contains($0)
        }
    }

    /// The pages of which a build wrote the data.
    func slugs(among files: Set<String>) -> Set<String> {
        Set(
            files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.filter { slug in
                contents(of: slug + ".json").map { Self.isData($0, of: slug) } ?? false
            })
    }

    static func isData(_ contents: [UInt8], of slug: String) -> Bool {
        let beginning = Array("{\"lesson\":\"\(slug)\"".utf8)
        // Files of earlier versions have it all on one line.
        return contents.lazy.filter { !$0.isMarkdownSpace }.starts(with: beginning.lazy.filter { !$0.isMarkdownSpace })
    }

    /// What a lesson's page is made of.
    static func files(of slug: String) -> [String] { [".html", ".json", ".swift"].map { slug + $0 } }
}

extension OutputFolder {
    private struct PublishedData: Decodable {
        var title: String
        var summary: String?
        var date: String?
        var buildsOn: [String]?
    }

    /// The pages that lessons had, where they have one: told of to the other pages while the lessons fail.
    ///
    /// - Parameter lessons: With the page's name that the original of a translation has.
    func pages(of lessons: [(path: String, name: LessonName, original: String?)]) -> [KeptPage] {
        guard !lessons.isEmpty else { return [] }
        let script = contents(of: SearchIndex.path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let searchable = SearchIndex.pages(in: script)
        return lessons.compactMap { lesson in
            let slug = lesson.name.slug
            var page = page(of: slug, source: lesson.path)
            page?.searchable = searchable.first { $0.head.href == slug.percentEncoded + ".html" }
            page?.edition = lesson.name.edition
            page?.original = lesson.original
            return page
        }
    }

    private func page(of slug: String, source: String) -> KeptPage? {
        guard let contents = contents(of: slug + ".json"),
            let data = try? JSONDecoder().decode(PublishedData.self, from: Data(contents))
        else { return nil }
        return KeptPage(
            slug: slug, source: source, title: data.title, summary: data.summary, date: data.date, buildsOn: data.buildsOn ?? [])
    }
}
