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
        guard unlink("\(path)/\(name)") == 0 || errno == ENOENT else { throw SystemFault() }
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

    /// What is missing, left over or different, each named with its first difference.
    package func differences(from site: BuiltSite) -> [Problem] {
        let changed = site.files.compactMap { file -> Problem? in
            guard let published = contents(of: file.path) else {
                return Problem(file: "\(path)/\(file.path)", "is missing", hint: "run `unroll build`")
            }
            guard published != file.contents else { return nil }
            return difference(in: file, published: published)
        }
        let leftOver = leftOver(from: site).map {
            Problem(file: "\(path)/\($0)", "is left over: no lesson makes it", hint: "run `unroll build`, or remove it")
        }
        return changed + leftOver
    }

    /// All pages that are published.
    var pages: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.sorted().filter { $0.hasSuffix(".html") }.compactMap { name in
            contents(of: name).map { String(decoding: $0, as: UTF8.self) }
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

    private func leftOver(from site: BuiltSite) -> [String] {
        let made = Set(site.files.map(\.path))
        let kept = Set(site.keptSlugs.flatMap(Self.files))
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return names.sorted().filter { name in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
            return exists && !isFolder.boolValue && !made.contains(name) && !kept.contains(name)
                && !Self.isAsset(name) && !name.hasPrefix(".")
        }
    }

    /// Only what a build wrote: a stranger's file in the folder is not ours to remove.
    private func pagesOfGoneLessons(_ site: BuiltSite) -> [String] {
        let leftOver = leftOver(from: site)
        let slugs = leftOver.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.filter { slug in
            (contents(of: slug + ".json") ?? []).starts(with: Array("{\"lesson\": \"\(slug)\"".utf8))
        }
        return leftOver.filter { name in
            slugs.contains { Self.files(of: $0).contains(name) }
        }
    }

    /// What a lesson's page is made of.
    private static func files(of slug: String) -> [String] { [".html", ".json", ".swift"].map { slug + $0 } }

    private func difference(in file: SiteFile, published: [UInt8]) -> Problem {
        let first =
            zip(published, file.contents).enumerated().first { $0.element.0 != $0.element.1 }?.offset
            ?? min(published.count, file.contents.count)
        let before = published[..<first]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let column = String(decoding: published[lineStart..<first], as: UTF8.self).count + 1
        return Problem(
            file: "\(path)/\(file.path)", at: SourcePosition(line: line, column: column),
            "differs from what the lessons produce",
            notes: [
                "published: \(excerpt(published, at: first))",
                "produced:  \(excerpt(file.contents, at: first))",
            ],
            hint: "run `unroll build`, look at what moved, and commit output/")
    }

    /// Some text around a byte, on one line.
    private func excerpt(_ bytes: [UInt8], at offset: Int) -> String {
        guard offset < bytes.count else { return "(the file ends here)" }
        func isInsideCharacter(_ index: Int) -> Bool { index < bytes.count && bytes[index] & 0xC0 == 0x80 }
        var start = max(0, offset - 30), end = min(bytes.count, offset + 50)
        while isInsideCharacter(start) { start += 1 }
        while isInsideCharacter(end) { end -= 1 }
        let scalars = String(decoding: bytes[start..<max(start, end)], as: UTF8.self).unicodeScalars.map { scalar in
            switch scalar {
            case "\n": "⏎"
            case "\r": "␍"
            default: String(scalar)
            }
        }
        return "…" + scalars.joined() + "…"
    }
}

extension OutputFolder {
    private struct PublishedData: Decodable {
        var title: String
        var summary: String?
    }

    /// The page that a lesson had, when it has one: told of to the other pages while the lesson fails.
    func page(of slug: String, source: String) -> KeptPage? {
        guard let contents = contents(of: slug + ".json"),
            let data = try? JSONDecoder().decode(PublishedData.self, from: Data(contents))
        else { return nil }
        return KeptPage(slug: slug, source: source, title: data.title, summary: data.summary)
    }
}
