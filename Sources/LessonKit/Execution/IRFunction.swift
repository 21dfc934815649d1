/// A function in LLVM's text form: its blocks, and where they refer to the lesson's variables.
struct IRFunction {
    /// `@main`, `@"$s6lesson1fyyF"`
    let name: Substring
    let blocks: [IRBlock]
    let firstInstruction: Int
    let lines: ArraySlice<Substring>
    private let blocksByLabel: [Substring: Int]

    /// - Parameter lines: From `define` on, without the closing brace.
    init(_ lines: ArraySlice<Substring>, _ variables: [Substring: Int]) {
        self.lines = lines
        name = lines.first.flatMap { $0.firstIndex(of: "@").map($0.suffix(from:)) }?.prefix { $0 != "(" } ?? ""
        let labels = lines.indices.dropFirst().filter { lines[$0].utf8.first.map { $0 != UInt8(ascii: " ") } ?? false }
        blocks = zip(labels, labels.dropFirst() + [lines.endIndex]).map { IRBlock(lines[$0..<$1], variables) }
        blocksByLabel = Dictionary(blocks.enumerated().map { ($1.label, $0) }) { first, _ in first }
        firstInstruction = (labels.first ?? lines.startIndex) + 1
    }

    /// `main`; where the lesson awaits something, the parts that its top-level code is split into.
    var isTopLevel: Bool { name == "@main" || name.hasPrefix("@async_Main") }

    /// `!12`, which the locations of its instructions are in.
    var scope: Substring? { lines.first?.field(" !dbg ", upTo: " ") }

    /// `!13` of its first instruction that names a function.
    func location(ofFirstUseOf function: Substring) -> Substring? {
        lines.dropFirst().first { $0.contains(bytes: function) && $0.location != nil }?.location
    }

    /// The part of the top-level code that an asynchronous call comes back to.
    func continuation(before line: Int) -> Substring? {
        lines[..<line].reversed().lazy.compactMap { text in
            text.range(ofBytes: "@async_MainT").map { text[$0.lowerBound...].prefix { $0 != "," && $0 != ")" } }
        }.first
    }

    /// Whether more of the variable is initialised before anything else is done with it, whichever way the program goes on
    /// without a trap.
    func initialisesFurther(after reference: Int, in block: Int) -> Bool {
        let variable = blocks[block].references[reference].variable
        var seen: Set<Int> = []
        func next(among references: some Sequence<IRReference>, of block: IRBlock) -> NextUse {
            if let next = references.first(where: { $0.variable == variable }) {
                return next.role == .initialisation ? .initialisation : .other
            }
            if block.successors.isEmpty { return block.isUnreachable ? .none : .other }
            let following = block.successors.compactMap { blocksByLabel[$0] }.filter { seen.insert($0).inserted }
            return following.map { next(among: blocks[$0].references, of: blocks[$0]) }.max() ?? .none
        }
        return next(among: blocks[block].references.dropFirst(reference + 1), of: blocks[block]) == .initialisation
    }

    /// What is done next with a variable; of several ways, the greatest counts.
    private enum NextUse: Comparable {
        /// The program ends or has come here before.
        case none
        case initialisation
        case other
    }
}

/// Instructions from a label to the next.
struct IRBlock {
    let label: Substring
    let references: [IRReference]
    /// Labels of the blocks that may come next.
    let successors: [Substring]
    /// The line of the last instruction.
    let terminator: Int
    /// The program traps here.
    let isUnreachable: Bool

    init(_ lines: ArraySlice<Substring>, _ variables: [Substring: Int]) {
        label = (lines.first ?? "").prefix { $0 != ":" }
        let instructions = lines.indices.dropFirst().filter { lines[$0].isInstruction }
        // Nothing may stand among the first instructions of a block that choose by where the program comes from.
        let first = instructions.first { !lines[$0].contains(bytes: " = phi ") } ?? lines.endIndex
        references = Self.withAssignments(
            instructions.flatMap { line in
                lines[line].references(to: variables).map { variable, symbol in
                    IRReference(variable: variable, symbol: symbol, line: line, insertion: max(line, first), in: lines[line])
                }
            })
        terminator = instructions.last ?? lines.startIndex
        isUnreachable = lines[terminator].utf8.starts(with: "  unreachable".utf8)
        successors = lines[terminator...].filter { $0.contains(bytes: "label %") }.flatMap { line in
            line.split(separator: "label %").dropFirst().map { $0.prefix { $0 != "," && $0 != " " } }
        }
    }

    private static func withAssignments(_ references: [IRReference]) -> [IRReference] {
        var accessed: Set<Int> = []
        return references.map { reference in
            var reference = reference
            if reference.role == .access { accessed.insert(reference.variable) }
            if reference.role == .initialisation, accessed.contains(reference.variable) { reference.role = .assignment }
            return reference
        }
    }
}

extension Substring {
    /// Not a label, a case or the end of a `switch`, or a record of debug information.
    fileprivate var isInstruction: Bool {
        let start = utf8.prefix(3)
        return start.starts(with: "  ".utf8) && start.last != UInt8(ascii: " ") && start.last != UInt8(ascii: "]")
    }

    /// The variables that an instruction names, also inside a constant expression, with their symbols.
    fileprivate func references(to variables: [Substring: Int]) -> [(Int, Substring)] {
        guard contains(bytes: "vp\"") else { return [] }
        var found: [Int: Substring] = [:]
        var rest = self
        while let start = rest.range(ofBytes: "@\"") {
            guard let end = rest[start.upperBound...].utf8.firstIndex(of: UInt8(ascii: "\"")) else { break }
            let symbol = rest[start.lowerBound...end]
            if let variable = variables[symbol] { found[variable] = symbol }
            rest = rest[end...].dropFirst()
        }
        return found.sorted { $0.key < $1.key }
    }
}
