/// What a block begins with that CommonMark does not know: `[^name]: ` a footnote's text, `: ` a term's definition.
///
/// To cmark it is the marker of a list's item whose text stands four columns in: what belongs to such a block is then what
/// GitHub, Pandoc and PHP Markdown Extra say, whatever blocks that are.
struct BlockMarker: Sendable {
    enum Kind: Sendable {
        case footnote(Masks.Written)
        case definition
    }

    var kind: Kind
    /// Its offsets in the text, with the white space behind it.
    var range: Range<Int>

    /// What cmark reads in its place.
    static func item(_ bullet: UInt8) -> [UInt8] { [bullet, .space, .space, .space] }
    private static let itemWidth = 4

    /// By how much what follows it on its line stands further to the right than cmark thinks.
    var shift: Int { range.count - Self.itemWidth }
}

extension Passage {
    /// By line, all that may be one: whether it is, is cmark's to say.
    var blockMarkers: [Int: BlockMarker] {
        var markers = [Int: BlockMarker]()
        for index in 0..<lineCount {
            guard let line = line(index) else { continue }
            let text = bytes[line].drop { $0.isSpaceOrTab || $0 == .greaterThan }
            markers[index] = footnoteMarker(text) ?? definitionMarker(text)
        }
        return markers
    }

    /// A bullet that no list of the text has, if there is one, so that no list goes on in these blocks.
    var unusedBullet: UInt8 {
        let starts = Set(
            (0..<lineCount).compactMap { line($0).flatMap { bytes[$0].first { !$0.isSpaceOrTab && $0 != .greaterThan } } })
        return "+*-".utf8.first { !starts.contains($0) } ?? .plus
    }

    private func footnoteMarker(_ text: ArraySlice<UInt8>) -> BlockMarker? {
        guard let (name, end) = footnoteName(at: text.startIndex), bytes[end...].first == .colon else { return nil }
        return marker(.footnote(name), from: text.startIndex, to: end + 1)
    }

    private func definitionMarker(_ text: ArraySlice<UInt8>) -> BlockMarker? {
        guard text.first == .colon, text.dropFirst().first?.isSpaceOrTab == true,
            !text.dropFirst().allSatisfy(\.isSpaceOrTab)
        else { return nil }
        return marker(.definition, from: text.startIndex, to: text.startIndex + 1)
    }

    private func marker(_ kind: BlockMarker.Kind, from start: Int, to end: Int) -> BlockMarker {
        BlockMarker(kind: kind, range: start..<end + bytes[end...].prefix(while: \.isSpaceOrTab).count)
    }
}

extension MaskedText {
    /// The marker in whose place cmark read the list's item.
    func marker(of item: MarkdownNode) -> BlockMarker? {
        guard let marker = markers[item.startLine], let line = passage.line(item.startLine),
            line.lowerBound + item.startByte == marker.range.lowerBound
        else { return nil }
        return marker
    }

    /// Those of its markers by which blocks begin, in cmark's tree of it.
    ///
    /// A definition stands below a paragraph of one line, its term, or below another definition of it.
    func confirmed(in tree: MarkdownNode) -> [Int: BlockMarker] {
        var confirmed = [Int: BlockMarker]()
        var parents = [tree]
        while let parent = parents.popLast() {
            parents += parent.children
            for (index, list) in zip(parent.children.indices, parent.children) {
                guard case .list = list.kind else { continue }
                let before = index > 0 ? parent.children[index - 1] : nil
                var isBelowTerm = before?.kind == .paragraph && before?.startLine == before?.endLine
                for item in list.children {
                    let marker = marker(of: item)
                    switch marker?.kind {
                    case .definition where isBelowTerm, .footnote: confirmed[item.startLine] = marker
                    default: break
                    }
                    if case .definition? = marker?.kind { continue }
                    isBelowTerm = false
                }
            }
        }
        return confirmed
    }
}

extension MarkdownNode {
    /// With the places that the source has, where cmark read items in place of markers.
    func placed(by markers: [Int: BlockMarker], in text: Passage) -> MarkdownNode {
        var node = self
        if let marker = markers[startLine], let line = text.line(startLine), line.lowerBound + startByte > marker.range.lowerBound {
            node.startByte += marker.shift
        }
        node.children = children.map { $0.placed(by: markers, in: text) }
        return node
    }
}
