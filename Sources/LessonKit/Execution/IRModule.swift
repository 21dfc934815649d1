/// A lesson's program in LLVM's text form, as far as `InitialisationChecks` looks into it.
struct IRModule {
    /// The lesson's top-level variables; a reference has the index of its variable.
    let variables: [IRVariable]
    let functions: [IRFunction]
    private let lines: [Substring]
    /// By their names, `!12`.
    private let locations: [Substring: IRLocation]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let metadata = lines.filter { $0.utf8.first == UInt8(ascii: "!") }
        locations = Dictionary(metadata.compactMap(IRLocation.named)) { first, _ in first }
        let variables = metadata.compactMap(IRVariable.init)
        self.variables = variables
        functions = Self.functions(in: lines, of: Dictionary(variables.enumerated().map { ($1.symbol, $0) }) { first, _ in first })
    }

    private static func functions(in lines: [Substring], of variables: [Substring: Int]) -> [IRFunction] {
        var functions: [IRFunction] = []
        var start: Int?
        for index in lines.indices {
            if lines[index].utf8.starts(with: "define ".utf8) {
                start = index
            } else if lines[index] == "}", let first = start {
                functions.append(IRFunction(lines[first..<index], variables))
                start = nil
            }
        }
        return functions
    }

    /// The line in the lesson that a reference stands in; 0 when the compiler does not say.
    func line(of reference: IRReference) -> Int {
        reference.location.flatMap(place)?.line ?? 0
    }

    private func place(_ location: Substring) -> IRLocation? {
        var place = locations[location]
        // What is inlined stands where it is called.
        while let call = place?.inlinedAt { place = locations[call] }
        return place
    }

    /// The location with a line that comes next behind an instruction, or else last before it.
    func nearestLocation(to index: Int, in function: IRFunction) -> Substring? {
        func isKnown(_ location: Substring) -> Bool { place(location).map { $0.line > 0 } ?? false }
        return function.lines[index...].lazy.compactMap(\.location).first(where: isKnown)
            ?? function.lines[..<index].dropFirst().reversed().lazy.compactMap(\.location).first(where: isKnown)
    }

    /// Where a function that has no lines itself is first named by one that has.
    func placeOfMaking(_ function: IRFunction) -> IRLocation? {
        var seen: Set<Substring> = [function.name]
        var waiting = [function.name]
        while let name = waiting.popLast() {
            for maker in functions {
                guard let location = maker.location(ofFirstUseOf: name) else { continue }
                if let place = place(location), place.line > 0 { return place }
                if seen.insert(maker.name).inserted { waiting.append(maker.name) }
            }
        }
        return nil
    }

    func location(ofLine index: Int) -> Substring? {
        lines[index].location
    }

    func firstInstruction(of function: Substring) -> Int? {
        functions.first { $0.name == function }?.firstInstruction
    }

    func editing(_ edits: IREdits) -> String {
        var text = ""
        for (index, line) in lines.enumerated() {
            for edit in edits.before[index] ?? [] { text += edit + "\n" }
            text += line
            text += "\n"
        }
        return text
    }
}

/// Lines to put into a module's text.
struct IREdits {
    private(set) var before: [Int: [String]] = [:]

    mutating func insert(_ line: String, before index: Int) {
        before[index, default: []].append(line)
    }
}

/// A variable of the lesson's top level, as the debug information has it.
struct IRVariable {
    /// `@"$s6lesson4lateSivp"`
    let symbol: Substring
    /// As the lesson writes it, with bytes beyond ASCII as `\E4`.
    let name: Substring
    /// Where it is declared: `!3`, and the line.
    let file: Substring
    let line: Int

    /// In bytes.
    var nameLength: Int { name.utf8.count - 2 * name.utf8.count { $0 == UInt8(ascii: "\\") } }

    /// nil for metadata of anything else; a type's `static` variables, `…vpZ`, get their values at their first use.
    init?(_ metadata: Substring) {
        guard metadata.contains(bytes: "!DIGlobalVariable("),
            let symbol = metadata.field("linkageName: \"", upTo: "\""),
            symbol.hasPrefix("$s6lesson"), symbol.hasSuffix("vp"),
            let name = metadata.field("(name: \"", upTo: "\""),
            let file = metadata.field("file: ", upTo: ","), let line = metadata.number("line: ")
        else { return nil }
        (self.symbol, self.name, self.file, self.line) = ("@\"\(symbol)\"", name, file, line)
    }
}

/// A place in the source.
struct IRLocation {
    let line: Int
    let column: Int
    let inlinedAt: Substring?

    /// `!12 = !DILocation(line: 5, column: 7, scope: !3, inlinedAt: !11)`
    fileprivate static func named(_ metadata: Substring) -> (Substring, IRLocation)? {
        guard metadata.contains(bytes: "!DILocation("), let line = metadata.number("line: ") else { return nil }
        let column = metadata.number("column: ") ?? 0
        let call = metadata.field("inlinedAt: ", upTo: ")")
        return (metadata.prefix { $0 != " " }, IRLocation(line: line, column: column, inlinedAt: call))
    }
}
