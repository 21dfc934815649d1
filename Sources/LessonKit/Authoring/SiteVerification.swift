import Foundation

/// Holds a folder against the site that the lessons make: every file that a web server would serve is one of a build's, and
/// what values moved is told from the pages' data.
package struct SiteVerification: Sendable {
    package private(set) var findings: Findings
    /// Pages whose values are not what they were.
    package private(set) var movedPages: [MovedPage] = []
    /// Published copies of what stands beside the lessons, that are not the same.
    package private(set) var changedAttachments: [String] = []
    /// What the next `unroll verify --fix` removes: a build may have written it, and none would now.
    private(set) var removable: [String] = []
    /// Links where a file of the site, or its folder, is due.
    private(set) var linksInTheWay: [String] = []
    private let output: OutputFolder
    private let site: BuiltSite
    private let lessons: LessonsFolder
    private let listing: FolderListing
    private let chance: Chance

    /// - Parameter again: the same lessons once more, under other conditions.
    package init(of output: OutputFolder, against site: BuiltSite, again: BuiltSite, lessons: LessonsFolder) async throws {
        (self.output, self.site, self.lessons) = (output, site, lessons)
        let chance = Chance(site, again, lessons: lessons)
        self.chance = chance
        listing = FolderListing(output.path)
        // What a build only warns of is refused: the page says what its original no longer says.
        let told = site.problems.map { problem in
            var told = problem
            if site.outdated.contains(problem) { told.severity = .error }
            return told
        }
        findings = Findings(problems: told.filter { !chance.explains($0) } + chance.problems)
        findings.mend = fix
        compareFiles()
        findStrangers()
        try await compareFont()
    }

    // MARK: What a build makes

    private mutating func compareFiles() {
        let made = Dictionary(site.files.map { ($0.path, $0) }) { first, _ in first }
        var told: Set<String> = []
        var changed: [Problem] = []
        for slug in site.slugs {
            guard let page = movedPage(slug, made), !page.differences.isEmpty else { continue }
            movedPages.append(page)
            findings.differences += page.differences.filter { !chance.explains($0) }
            told.formUnion(OutputFolder.files(of: slug))
        }
        for file in site.files where !told.contains(file.path) {
            // The index is made of the pages: where one of them moved, that says it all.
            if file.path == SearchIndex.path, site.slugs.contains(where: { told.contains($0 + ".html") }) { continue }
            guard listing.files.contains(file.path), let published = output.contents(of: file.path) else {
                tellMissing(file.path)
                continue
            }
            guard published != file.contents else { continue }
            told.insert(file.path)
            changed.append(
                LineDifference(was: published, is: file.contents).problem(
                    file: "\(output.path)/\(file.path)", hint: "look at what moved, then write it and commit it: \(fix)"))
        }
        findings.problems += changed.joiningThoseThatSayTheSame
        changedAttachments = site.files.map(\.path).filter { path in
            site.attachments.contains(path)
                && (!listing.files.contains(path) || output.contents(of: path) != made[path]?.contents)
        }
    }

    private func movedPage(_ slug: String, _ made: [String: SiteFile]) -> MovedPage? {
        MovedPage(
            slug, was: { listing.files.contains($0) ? output.contents(of: $0) : nil }, is: { made[$0]?.contents }, lessons)
    }

    // MARK: What no build makes

    private mutating func findStrangers() {
        let due = Set(site.files.map(\.path)).union(site.keptSlugs.flatMap(OutputFolder.files))
        let gone = Set(
            output.slugs(among: listing.files).subtracting(site.slugs).subtracting(site.keptSlugs).flatMap(OutputFolder.files))
        for (name, kind) in listing.entries where !due.contains(name) || kind != .file {
            switch kind {
            case .link:
                let isInTheWay = due.contains { $0 == name || $0.hasPrefix(name + "/") }
                if isInTheWay { linksInTheWay.append(name) }
                tell(
                    name, "is a link, and a web server would serve what it leads to",
                    hint: isInTheWay ? "put a file of its own there: \(fix)" : "remove it: \(remove(name))")
            case _ where FolderListing.allowed.contains(name): checkAllowed(name)
            case .hiddenFile, .hiddenFolder:
                tell(
                    name, "is a stranger's: no build writes what is hidden",
                    hint: "remove it: \(remove(name, isFolder: kind == .hiddenFolder))")
            case .other: tell(name, "is neither a file nor a folder", hint: "remove it: \(remove(name))")
            case .file where name == MathFont.path: break
            case .file:
                removable.append(name)
                tell(
                    name,
                    gone.contains(name)
                        ? "is left over: it is of the page of a lesson that is gone"
                        : "is left over: an attachment that is gone, or a stranger's file", hint: "remove it: \(fix)")
            }
        }
    }

    /// A file that hosts look for, and that says nothing.
    private mutating func checkAllowed(_ name: String) {
        guard name == ".nojekyll", listing.isFile(name), output.contents(of: name)?.isEmpty == false else { return }
        tell(
            name, "is not empty, as the file that hosts look for is",
            hint: "empty it: : > \("\(output.path)/\(name)".quotedForShell)")
    }

    /// The font is made anew, for there is no other way to tell whether it is a build's.
    private mutating func compareFont() async throws {
        guard listing.files.contains(MathFont.path) else { return }
        let kept = site.keptSlugs.compactMap { slug in output.contents(of: slug + ".html").map { (slug + ".html", $0) } }
        let pages = site.files.filter { $0.path.hasSuffix(".html") }.map { ($0.path, $0.contents) } + kept
        let font = MathFont(pages: pages.map { ($0, String(decoding: $1, as: UTF8.self)) })
        guard !font.characters.isEmpty else {
            removable.append(MathFont.path)
            return tell(MathFont.path, "is left over: no lesson has a formula", hint: "remove it: \(fix)")
        }
        do {
            guard try await font.woff2() != output.contents(of: MathFont.path) else { return }
            tell(MathFont.path, "is not the font that a build makes of the pages' formulas", hint: "write it: \(fix)")
        } catch let tool as MissingTool {
            findings.problems.append(
                Problem(
                    .warning, file: "\(output.path)/\(MathFont.path)",
                    "was not checked, for it cannot be made here: \(tool.what) was not found", hint: tool.remedy))
        }
    }

    // MARK: Telling

    private mutating func tell(_ name: String, _ message: String, hint: String) {
        findings.problems.append(Problem(file: "\(output.path)/\(name)", message, hint: hint))
    }

    private mutating func tellMissing(_ name: String) {
        // The link is told by itself.
        if isBehindLink(name) { return }
        if FileStatus("\(output.path)/\(name)")?.kind == S_IFDIR {
            tell(name, "is a folder where the site has a file", hint: "remove it: \(remove(name, isFolder: true))")
        } else {
            tell(name, "is missing", hint: "write it: \(fix)")
        }
    }

    private func isBehindLink(_ path: String) -> Bool {
        listing.entries.contains { $0.kind == .link && (path == $0.name || path.hasPrefix($0.name + "/")) }
    }

    /// The command that mends what a build can mend.
    private var fix: String {
        let folders =
            (lessons.path == "lessons" ? "" : " " + lessons.path.quotedForShell)
            + (output.path == "output" ? "" : " --output " + output.path.quotedForShell)
        return "unroll verify\(folders) --fix"
    }

    private func remove(_ name: String, isFolder: Bool = false) -> String {
        "rm \(isFolder ? "-r " : "")" + "\(output.path)/\(name)".quotedForShell
    }
}

extension SiteVerification {
    /// Writes what is missing or differs, and removes what a build may have written and none would now.
    ///
    /// - Returns: The paths of what was removed.
    package func fix() async throws -> (removed: [String], warning: Problem?) {
        let removed = linksInTheWay + removable
        if let name = removable.first, !output.isOnlyASite(besides: lessons, files: listing.files) {
            throw Problem(
                file: output.path, "is not only a site: nothing was written or removed",
                notes: ["no lesson makes \(name), for example"],
                hint: "name a folder with --output that only `unroll build` writes to")
        }
        do {
            for name in removed { try FileManager.default.removeItem(atPath: "\(output.path)/\(name)") }
            for name in removed { output.removeEmptyFolders(above: name) }
        } catch {
            throw Problem(file: output.path, "what is left over cannot be removed: \(error.reason)")
        }
        try output.replace(with: site)
        return (removed.map { "\(output.path)/\($0)" }, try await output.writeMathFont())
    }
}

extension OutputFolder {
    /// Whether all that is in it may be replaced: a build wrote there, and the lessons stand elsewhere.
    fileprivate func isOnlyASite(besides lessons: LessonsFolder, files: Set<String>) -> Bool {
        let folders = [path, lessons.path].map { URL(filePath: $0).standardizedFileURL.resolvingSymlinksInPath().pathComponents }
        return !folders[1].starts(with: folders[0]) && !slugs(among: files).isEmpty
    }
}

extension [Problem] {
    /// What changed in many files alike, such as the list of lessons on each page, is told once.
    fileprivate var joiningThoseThatSayTheSame: [Problem] {
        reduce(into: [(first: Problem, others: [String])]()) { groups, problem in
            if let index = groups.firstIndex(where: { $0.first.notes == problem.notes && $0.first.message == problem.message }) {
                groups[index].others.append(problem.file ?? "")
            } else {
                groups.append((problem, []))
            }
        }.map { first, others in
            var problem = first
            if !others.isEmpty { problem.notes.append("so do \(others.count) more: " + others.joined(separator: ", ")) }
            return problem
        }
    }
}
