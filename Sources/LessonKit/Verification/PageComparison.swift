/// Every difference in value between two states of one page, in the order of the lesson as it is now; those of a cell with the
/// largest first.
package struct PageComparison: Sendable {
    package private(set) var differences: [Difference] = []
    private let file: String

    /// - Parameter file: the lesson, as it is to be named.
    package init(was old: PublishedPage, is new: PublishedPage, file: String) {
        self.file = file
        compare(old.page, new.page)
        compareCells(old.cells, new.cells)
        compareValues(old.values, new.values)
        compareClaims(old.claims, new.claims)
        differences = differences.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            let places = [one, other].map { ($0.line, $0.column ?? 0, $0.label) }
            if places[0] != places[1] { return places[0] < places[1] }
            return one.size == other.size ? left.offset < right.offset : one.size > other.size
        }.map(\.element)
    }

    private mutating func compare(_ old: JSONTree, _ new: JSONTree) {
        var (was, now) = (ShownValues(), ShownValues())
        was.add(old)
        now.add(new)
        compare(was.values, now.values, Spot(line: 1, label: "page"))
    }

    // MARK: Cells

    private mutating func compareCells(_ old: [PublishedPage.Cell], _ new: [PublishedPage.Cell]) {
        let alignment = CellAlignment(old, new)
        for (index, cell) in new.enumerated() {
            let spot = Spot(line: cell.line, label: cell.name)
            guard let partner = alignment.partners[index] else {
                tell(.new, at: spot)
                continue
            }
            compare(old[partner], cell, spot)
        }
        for gone in alignment.gone { tell(.gone, at: Spot(line: gone.line, label: old[gone.index].name)) }
    }

    private mutating func compare(_ old: PublishedPage.Cell, _ new: PublishedPage.Cell, _ spot: Spot) {
        guard old.label != new.label || old.shown != new.shown else { return }
        if old.label != new.label { tell(.text(was: old.label ?? "", is: new.label ?? ""), at: spot, path: "label") }
        comparePrinted(old.stdout, new.stdout, spot)
        compare(old.shownValues, new.shownValues, spot)
    }

    private mutating func comparePrinted(_ old: String, _ new: String, _ spot: Spot) {
        guard old != new else { return }
        let lines = [old, new].map { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
        if lines[0].count == lines[1].count {
            for (index, (was, now)) in zip(lines[0], lines[1]).enumerated() {
                compare(text: was, now, spot, path: "printed line \(index + 1)")
            }
            return
        }
        let changed = ChangedLines(was: lines[0], is: lines[1])
        let change = Difference.Change.text(was: changed.was.joined(separator: "\n"), is: changed.now.joined(separator: "\n"))
        tell(change, at: spot, path: "printed from line \(changed.start + 1) on")
    }

    // MARK: Inline values and claims

    private mutating func compareValues(_ old: [PublishedPage.InlineValue], _ new: [PublishedPage.InlineValue]) {
        let edits = new.map(\.expression).difference(from: old.map(\.expression))
        let (gone, added) = (Set(edits.removals.map(\.offset)), Set(edits.insertions.map(\.offset)))
        let was = old.indices.filter { !gone.contains($0) }, now = new.indices.filter { !added.contains($0) }
        func spot(_ value: PublishedPage.InlineValue) -> Spot {
            Spot(line: value.line, column: value.column, label: "`\(value.expression)`")
        }
        let pairs = Array(zip(was, now))
        for (was, now) in pairs { compare(text: old[was].text, new[now].text, spot(new[now]), path: "") }
        for index in added.sorted() { tell(.new, at: spot(new[index])) }
        for index in gone.sorted() {
            let before = pairs.last { $0.0 < index }.map { new[$0.1].line } ?? 1
            tell(.gone, at: Spot(line: before, label: "`\(old[index].expression)`"))
        }
    }

    /// The list of claims repeats what their cells showed: only what was not told there is told.
    private mutating func compareClaims(_ old: JSONTree, _ new: JSONTree) {
        let told = Set(differences.map { [$0.path, $0.told] })
        let before = differences.count
        var (was, now) = (ShownValues(), ShownValues())
        was.add(old, at: ShownPlace(steps: [.init(words: "claims", isName: false)]), key: "claims")
        now.add(new, at: ShownPlace(steps: [.init(words: "claims", isName: false)]), key: "claims")
        compare(was.values, now.values, Spot(line: 1, label: "claims"))
        let fresh = differences[before...].filter { !told.contains([$0.path, $0.told]) }
        differences = differences[..<before] + fresh
    }

    // MARK: Values

    private mutating func compare(_ old: [ShownValue], _ new: [ShownValue], _ spot: Spot) {
        let names = PlaceNames(old.map(\.place), new.map(\.place))
        let before = Dictionary(old.map { ($0.place, $0) }) { first, _ in first }
        let places = (old: Set(old.map(\.place)), new: Set(new.map(\.place)))
        for value in new {
            var spot = spot
            spot.line = value.line ?? spot.line
            if let partner = before[value.place] {
                compare(partner.content, value.content, spot, path: names.name(of: value.place))
            }
        }
        for place in Self.roots(new.map(\.place), missingIn: places.old) { tell(.new, at: spot, path: names.name(of: place)) }
        for place in Self.roots(old.map(\.place), missingIn: places.new) { tell(.gone, at: spot, path: names.name(of: place)) }
    }

    /// Where places have no counterpart: as few as say it, a whole exhibit rather than each of its values.
    private static func roots(_ places: [ShownPlace], missingIn others: Set<ShownPlace>) -> [ShownPlace] {
        let known = Set(others.flatMap { place in (0...place.steps.count).map { Array(place.steps.prefix($0)) } })
        var roots: [ShownPlace] = []
        var seen: Set<ShownPlace> = []
        for place in places where !others.contains(place) {
            let length = (0...place.steps.count).first { !known.contains(Array(place.steps.prefix($0))) } ?? place.steps.count
            let root = ShownPlace(steps: Array(place.steps.prefix(length)))
            if seen.insert(root).inserted { roots.append(root) }
        }
        return roots
    }

    private mutating func compare(_ old: ShownValue.Content, _ new: ShownValue.Content, _ spot: Spot, path: String) {
        switch (old, new) {
        case _ where old == new: break
        case (.text(let was), .text(let now)): compare(text: was, now, spot, path: path)
        case (.numbers(let shape, let was), .numbers(let same, let now)) where shape == same:
            for (index, (was, now)) in zip(was, now).enumerated() where !was.isEqual(to: now) {
                tell(.number(was: was, is: now), at: spot, path: path + Self.subscripts(index, shape))
            }
        case (.numbers(let was, _), .numbers(let now, _)):
            tell(.shape(was: was.shapeText, is: now.shapeText), at: spot, path: path.isEmpty ? "shape" : path + ", shape")
        case (.shape(let was), .shape(let now)):
            tell(.shape(was: was.shapeText, is: now.shapeText), at: spot, path: path)
        default:
            tell(.text(was: old.summary, is: new.summary), at: spot, path: path)
        }
    }

    /// Numbers within the same words are told as numbers.
    private mutating func compare(text old: String, _ new: String, _ spot: Spot, path: String) {
        guard old != new else { return }
        let (was, now) = (NumberedText(old), NumberedText(new))
        guard was.words == now.words else { return tell(.text(was: old, is: new), at: spot, path: path) }
        for (index, (one, other)) in zip(was.numbers, now.numbers).enumerated() where !one.isEqual(to: other) {
            let place = was.numbers.count == 1 ? "" : "[\(index)]"
            tell(.number(was: one, is: other), at: spot, path: path + place)
        }
    }

    /// `[0, 1]`; nothing for a number by itself.
    private static func subscripts(_ index: Int, _ shape: [Int]) -> String {
        guard !shape.isEmpty else { return "" }
        var (rest, place) = (index, [Int]())
        for length in shape.reversed() {
            place.append(rest % length)
            rest /= length
        }
        return "[" + place.reversed().map(String.init).joined(separator: ", ") + "]"
    }

    // MARK: Telling

    private struct Spot {
        var line: Int
        var column: Int?
        var label: String
    }

    private mutating func tell(_ change: Difference.Change, at spot: Spot, path: String = "") {
        differences.append(
            Difference(file: file, line: spot.line, column: spot.column, label: spot.label, path: path, change: change))
    }
}

/// The shortest names that tell places of one exhibit or another apart.
private struct PlaceNames {
    private var owners: [String: Set<ShownPlace>] = [:]

    init(_ old: [ShownPlace], _ new: [ShownPlace]) {
        for place in Set(old).union(new) {
            for name in place.names { owners[name, default: []].insert(place) }
        }
    }

    func name(of place: ShownPlace) -> String {
        place.names.first { owners[$0, default: []].count <= 1 } ?? place.steps.map(\.words).joined(separator: ", ")
    }
}

extension ShownValue.Content {
    fileprivate var summary: String {
        switch self {
        case .text(let text): text
        case .shape(let shape): shape.shapeText
        case .numbers(let shape, let numbers): shape.isEmpty ? numbers[0].literal : "numbers of shape \(shape.shapeText)"
        }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
