import Drawing
import Exhibits

/// One value, or one array of numbers, that a page publishes, and where it stands in what was shown.
struct ShownValue: Hashable {
    enum Content: Hashable {
        case numbers(shape: [Int], [PublishedNumber])
        case shape([Int])
        case text(String)
    }

    var place: ShownPlace
    var content: Content
    /// In the lesson, where the value has a place of its own there, as a claim has.
    var line: Int?
}

/// The way from what a cell shows down to a value, in a reader's words.
struct ShownPlace: Hashable {
    struct Step: Hashable {
        var words: String
        /// Whether it tells by itself what is meant, as `resetGate` does and `step 1` does not.
        var isName: Bool
    }

    var steps: [Step] = []

    func adding(_ words: String, isName: Bool = false) -> ShownPlace {
        ShownPlace(steps: steps + [Step(words: words, isName: isName)])
    }

    /// From the last name on, then from further and further up.
    var names: [String] {
        let last = steps.lastIndex(where: \.isName) ?? 0
        return (0...last).reversed().map { steps[$0...].map(\.words).joined(separator: ", ") }
    }

    func contains(_ other: ShownPlace) -> Bool { other.steps.starts(with: steps) }
}

/// Takes what a cell shows apart, whatever kinds of exhibits there are.
struct ShownValues {
    private(set) var values: [ShownValue] = []

    /// What stands in a page's data for people to find their way, and is no value.
    private static let waymarks: Set = ["index", "line", "column"]
    /// Keys that tell a reader nothing beyond the names of what stands below them.
    private static let silent: Set = [
        "lines", "rows", "bars", "series", "sizes", "quantities", "equations", "exhibits", "forward", "backward",
    ]
    /// Where an object's name is, the first that it has. TeX is told in plain characters.
    private static let names: [(key: String, isTeX: Bool)] = [
        ("name", false), ("left", true), ("symbol", true), ("meaning", false), ("id", false), ("text", false),
    ]

    mutating func add(_ tree: JSONTree, at place: ShownPlace = ShownPlace(), key: String = "", line: Int? = nil) {
        switch tree {
        case .object(let members): add(members, of: tree, at: place, line: line)
        case .array(let elements): add(elements, of: tree, at: place, key: key, line: line)
        case .null: add(.text("nothing"), at: place, line)
        case .bool(let truth): add(.text(truth ? "true" : "false"), at: place, line)
        case .number(let literal):
            add(PublishedNumber(literal).map { .numbers(shape: [], [$0]) } ?? .text(literal), at: place, line)
        case .string(let text): add(PublishedNumber(tree).map { .numbers(shape: [], [$0]) } ?? .text(text), at: place, line)
        }
    }

    private mutating func add(_ content: ShownValue.Content, at place: ShownPlace, _ line: Int?) {
        values.append(ShownValue(place: place, content: content, line: line))
    }

    private mutating func add(_ members: [JSONTree.Member], of object: JSONTree, at place: ShownPlace, line: Int?) {
        // What stands in code that lessons share is told at the cell.
        let line = object["file"] == nil ? object["line"]?.integer ?? line : line
        let tensor = Self.tensor(object)
        if let tensor { add(tensor, at: place, line) }
        for member in members where !Self.waymarks.contains(member.key) && member.key != Self.nameKey(of: object) {
            if tensor != nil && ["shape", "values"].contains(member.key) { continue }
            let isSilent = ["value", "values"].contains(member.key) || Self.isSilent(member.key, over: member.value)
            add(member.value, at: isSilent ? place : place.adding(Self.words(member.key)), key: member.key, line: line)
        }
    }

    private mutating func add(_ elements: [JSONTree], of array: JSONTree, at place: ShownPlace, key: String, line: Int?) {
        if key == "shape", let shape = Self.lengths(array) { return add(.shape(shape), at: place, line) }
        if let numbers = Self.numbers(array) { return add(numbers, at: place, line) }
        // A key becomes part of each element's own words.
        let isSilent = Self.isSilent(key, over: array)
        let outer =
            key.isEmpty || ["value", "values"].contains(key) || isSilent ? place : ShownPlace(steps: place.steps.dropLast())
        var seen: [String: Int] = [:]
        for (index, element) in elements.enumerated() {
            let step = Self.step(element, index, key: key, isSilent: isSilent)
            seen[step.words, default: 0] += 1
            let repetition = seen[step.words, default: 1]
            let words = repetition > 1 ? "\(step.words) (\(repetition))" : step.words
            add(element, at: outer.adding(words, isName: step.isName), line: line)
        }
    }

    /// What an element of an array is called.
    private static func step(_ element: JSONTree, _ index: Int, key: String, isSilent: Bool) -> ShownPlace.Step {
        let container = isSilent ? nil : words(singular(key))
        if key == "exhibits" {
            let kind = element["kind"]?.string ?? "exhibit"
            let name = name(of: element).map { kind == "claim" ? "claim “\($0)”" : $0 }
            return ShownPlace.Step(words: name ?? kind, isName: true)
        }
        if let name = name(of: element) {
            let isQuoted = element["text"] != nil
            let words = [container, isQuoted ? "“\(name)”" : name].compactMap { $0 }.joined(separator: " ")
            return ShownPlace.Step(words: words, isName: true)
        }
        if let time = element["t"]?.integer {
            return ShownPlace.Step(words: [container, "t = \(time)"].compactMap { $0 }.joined(separator: " "), isName: false)
        }
        return ShownPlace.Step(words: "\(words(singular(key))) \(index)", isName: false)
    }

    private static func name(of object: JSONTree) -> String? {
        guard let (key, isTeX) = names.first(where: { object[$0.key]?.string?.isEmpty == false }), let name = object[key]?.string
        else { return nil }
        return isTeX ? plain(name) : name
    }

    private static func nameKey(of object: JSONTree) -> String? {
        names.first { object[$0.key]?.string?.isEmpty == false }?.key
    }

    /// `\delta_2` becomes `δ₂`.
    private static func plain(_ tex: String) -> String {
        PlainFormula(tex).description.subscripted.map { $0.isLower ? "_" + $0.text : $0.text }.joined()
    }

    /// Where what stands below has no names, the key is all that tells what it is.
    private static func isSilent(_ key: String, over value: JSONTree) -> Bool {
        guard silent.contains(key) else { return false }
        if case .object? = value.elements?.first { return true }
        return false
    }

    private static func singular(_ key: String) -> String {
        key.isEmpty ? "part" : key.hasSuffix("s") ? String(key.dropLast()) : key
    }

    /// `stepCount` becomes `step count`.
    private static func words(_ key: String) -> String {
        key.map { $0.isUppercase ? " " + $0.lowercased() : String($0) }.joined()
    }

    // MARK: Arrays of numbers

    /// An object that holds row-major numbers and the lengths of their axes.
    private static func tensor(_ object: JSONTree) -> ShownValue.Content? {
        guard let shape = object["shape"].flatMap(lengths), let elements = object["values"]?.elements else { return nil }
        let numbers = elements.compactMap(PublishedNumber.init)
        let isWhole =
            numbers.count == elements.count
            && numbers.count == shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        return isWhole ? .numbers(shape: shape, numbers) : nil
    }

    private static func lengths(_ array: JSONTree) -> [Int]? {
        guard let elements = array.elements else { return nil }
        let lengths = elements.compactMap(\.integer)
        return lengths.count == elements.count ? lengths : nil
    }

    /// Numbers, or equally long lists of numbers, as deep as they go.
    private static func numbers(_ array: JSONTree) -> ShownValue.Content? {
        guard let elements = array.elements, !elements.isEmpty else { return nil }
        let numbers = elements.compactMap(PublishedNumber.init)
        if numbers.count == elements.count { return .numbers(shape: [numbers.count], numbers) }
        guard numbers.isEmpty else { return nil }
        var (inner, all): ([Int]?, [PublishedNumber]) = (nil, [])
        for element in elements {
            guard case .numbers(let shape, let numbers)? = Self.numbers(element), inner == nil || inner == shape else { return nil }
            inner = shape
            all += numbers
        }
        return .numbers(shape: [elements.count] + (inner ?? []), all)
    }
}
