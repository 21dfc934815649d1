extension MovedPage {
    /// A page in two folders, each given by what its files hold; nil where it is the same, or nothing can be compared.
    init?(_ slug: String, was: (String) -> [UInt8]?, is now: (String) -> [UInt8]?, _ lessons: LessonsFolder) {
        let names = OutputFolder.files(of: slug)
        func state(_ contents: (String) -> [UInt8]?) -> State? {
            let texts = names.map { contents($0).map { String(decoding: $0, as: UTF8.self) } ?? "" }
            return try? State(html: texts[0], json: texts[1], program: texts[2])
        }
        guard let old = was(names[1]), let new = now(names[1]), old != new, let before = state(was), let after = state(now)
        else { return nil }
        self.init(file: lessons.path(ofSource: after.data.page["source"]?.string ?? ""), was: before, is: after)
    }
}

extension BuiltSite {
    /// The names of the pages that were made.
    var slugs: [String] {
        files.compactMap { file in
            let slug = String(file.path.dropLast(".json".count))
            return file.path.hasSuffix(".json") && OutputFolder.isData(file.contents, of: slug) ? slug : nil
        }
    }

    /// What a build makes of a file, by its path.
    var contents: [String: [UInt8]] { Dictionary(files.map { ($0.path, $0.contents) }) { first, _ in first } }
}

extension LessonsFolder {
    /// The lesson that a page names as its source, as the person named the folder.
    fileprivate func path(ofSource source: String) -> String {
        "\(path)/" + source.split(separator: "/").dropFirst().joined(separator: "/")
    }
}
