/// Gives each heading the id that links to it: its label's name, or its words as GitHub writes them.
struct HeadingIDs {
    private var taken: Set<String>
    /// How often a heading's words came so far.
    private var counts: [String: Int] = [:]

    /// - Parameter labels: Names that no heading's words may take.
    init(labels: [Label]) {
        taken = Set(labels.map(\.name)).union(Self.ofThePage)
    }

    /// What the page around a lesson calls its own parts: page.mustache.
    private static let ofThePage: Set = ["text", "lessons", "footnotes", "bibliography"]

    mutating func assign(to blocks: [Block]) -> [Block] {
        blocks.map { block in
            var block = block
            if case .heading(var heading) = block {
                heading.id = heading.label?.name ?? unique(Self.slug(heading.content.plainText))
                block = .heading(heading)
            }
            block.children = block.children.map { assign(to: $0) }
            return block
        }
    }

    private mutating func unique(_ slug: String) -> String {
        var id = slug
        while !taken.insert(id).inserted {
            counts[slug, default: 0] += 1
            id = "\(slug)-\(counts[slug, default: 0])"
        }
        return id
    }

    /// Lower case, spaces as hyphens, all else but letters, digits, `-` and `_` left out.
    private static func slug(_ text: String) -> String {
        let kept = text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == " " }
        let slug = kept.split(separator: " ").joined(separator: "-")
        return slug.isEmpty ? "section" : slug
    }
}
