/// Reads the TeX that exhibits write: the commands of cells' equations, of derivations and of numbers put in, no others.
struct TeXParser {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    /// How many groups and commands are open.
    private var depth = 0
    /// Where commands and braces stand that nobody reads.
    private var unread: [Range<Int>] = []
    private static let deepest = 100

    /// - Returns: its parts, and the TeX as it is read: without the data that its numbers bear for the page's script.
    /// - Throws: for a command that is not among them, and for what is not whole.
    static func parse(_ tex: String) throws(TeXFault) -> (nodes: [TeXNode], plainTeX: String) {
        var parser = TeXParser(scalars: Array(tex.unicodeScalars))
        let nodes = try parser.list()
        guard parser.peek == .end else { throw parser.fault("nothing was opened that this closes") }
        return (nodes, parser.plainTeX)
    }

    private var plainTeX: String {
        var (plain, start) = (String.UnicodeScalarView(), 0)
        for range in unread {
            plain.append(contentsOf: scalars[start..<range.lowerBound])
            start = range.upperBound
        }
        plain.append(contentsOf: scalars[start...])
        return String(plain)
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private func fault(_ message: String) -> TeXFault { TeXFault(message: message, offset: place) }

    // MARK: Tokens

    private enum Token: Hashable {
        case character(Unicode.Scalar)
        /// Without its backslash: `frac`, `,`.
        case command(String)
        case end
    }

    /// The next token, without the spaces before it.
    private var peek: Token {
        var ahead = self
        return ahead.next()
    }

    private mutating func next() -> Token {
        while place < scalars.count, scalars[place] == " " { place += 1 }
        guard place < scalars.count else { return .end }
        let first = scalars[place]
        place += 1
        guard first == "\\", place < scalars.count else { return .character(first) }
        var name = String.UnicodeScalarView()
        repeat {
            name.append(scalars[place])
            place += 1
        } while name.first!.isASCIILetter && place < scalars.count && scalars[place].isASCIILetter
        return .command(String(name))
    }

    private mutating func expect(_ token: Token, _ message: String) throws(TeXFault) {
        guard next() == token else { throw fault(message) }
    }

    // MARK: Lists and their parts

    /// Up to what closes it.
    private mutating func list() throws(TeXFault) -> [TeXNode] {
        var nodes: [TeXNode] = []
        while true {
            switch peek {
            case .end, .character("}"), .character("&"), .command("\\"), .command("end"), .command("right"): return nodes
            default: nodes.append(try withScripts())
            }
        }
    }

    private mutating func withScripts() throws(TeXFault) -> TeXNode {
        var base: TeXNode?
        if peek != .character("_"), peek != .character("^") { base = try operand() }
        var below: TeXNode?
        var above: TeXNode?
        while true {
            switch peek {
            case .character("_") where below == nil:
                _ = next()
                below = try operand()
            case .character("^") where above == nil:
                _ = next()
                above = try operand()
            case .character("_"), .character("^"): throw fault("a letter has one subscript and one superscript")
            default:
                let node = base ?? .group([])
                return below == nil && above == nil ? node : .scripts(base: node, below: below, above: above)
            }
        }
    }

    /// A group in braces, a character or a command with its arguments.
    private mutating func operand() throws(TeXFault) -> TeXNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw fault("more than \(Self.deepest) groups stand in one another") }
        switch next() {
        case .character("{"):
            let nodes = try list()
            try expect(.character("}"), "a brace is not closed")
            return .group(nodes)
        case .character(let scalar):
            guard let symbol = TeXSymbol(scalar) else { throw fault("“\(scalar)” is no sign of a formula") }
            return .symbol(symbol)
        case .command(let name): return try command(name)
        case .end: throw fault("something is missing at the end")
        }
    }

    private mutating func command(_ name: String) throws(TeXFault) -> TeXNode {
        switch name {
        case "frac":
            let above = try operand()
            return .fraction(above, try operand())
        case "sqrt": return .root(try operand())
        case "hat": return .accent(sign: "^", try operand())
        case "tilde": return .accent(sign: "~", try operand())
        case "bar": return .accent(sign: "ˉ", try operand())
        case "dot": return .accent(sign: "˙", try operand())
        case "mathrm": return .upright(try operand())
        case "mathcal": return .symbol(try script())
        case "operatorname": return .operatorName(try word())
        case "tanh", "exp", "log": return .function(name, hasLimits: false)
        case "max": return .function(name, hasLimits: true)
        case "left":
            let left = try delimiter()
            let inner = try list()
            try expect(.command("right"), #"\left is not closed by \right"#)
            return .fenced(left: left, inner, right: try delimiter())
        case "begin": return try table()
        case "quad": return .space(1)
        case "qquad": return .space(2)
        case "allowbreak": return .space(0)
        case ",": return .thinSpace
        case "vdots": return .verticalDots
        case "htmlData": return try data(from: place - #"\htmlData"#.utf8.count)
        default:
            guard let symbol = TeXSymbol.named[name] else { throw fault("\\\(name) is not known") }
            return .symbol(symbol)
        }
    }

    private mutating func delimiter() throws(TeXFault) -> String {
        switch next() {
        case .character(let scalar) where "()[]".unicodeScalars.contains(scalar): return String(Character(scalar))
        case .command("{"): return "{"
        case .command("}"): return "}"
        default: throw fault("this is no parenthesis")
        }
    }

    /// `{value=0.5}{0.5000}`: a number's full value, and the number.
    private mutating func data(from start: Int) throws(TeXFault) -> TeXNode {
        try expect(.character("{"), "data in braces is missing")
        let rest = scalars[place...]
        guard let end = rest.firstIndex(of: "}"), rest.starts(with: "value=".unicodeScalars), end + 1 < scalars.count,
            scalars[end + 1] == "{"
        else { throw fault("data is value=…, and what has it stands in braces behind it") }
        let value = String(String.UnicodeScalarView(scalars[place + "value=".utf8.count..<end]))
        place = end + 2
        unread.append(start..<place)
        let nodes = try list()
        try expect(.character("}"), "a brace is not closed")
        unread.append(place - 1..<place)
        return .data(value: value, nodes)
    }

    /// Letters and digits in braces.
    /// Of the script alphabet exhibits have the loss alone.
    private mutating func script() throws(TeXFault) -> TeXSymbol {
        let name = try word()
        guard name == "L" else { throw fault("\\mathcal{\(name)} is not known") }
        return .init("ℒ", .letter)
    }

    private mutating func word() throws(TeXFault) -> String {
        try expect(.character("{"), "a name in braces is missing")
        var name = ""
        while case .character(let scalar) = peek, scalar.isASCIILetter || "0"..."9" ~= scalar {
            name.unicodeScalars.append(scalar)
            _ = next()
        }
        try expect(.character("}"), "a name is made of letters and digits")
        return name
    }

    // MARK: Tables

    private mutating func table() throws(TeXFault) -> TeXNode {
        let name = try word()
        guard name == "aligned" || name == "pmatrix" else { throw fault("no table is called \(name)") }
        var rows: [[[TeXNode]]] = [[try list()]]
        while true {
            switch next() {
            case .character("&"): rows[rows.count - 1].append(try list())
            case .command("\\"): rows.append([try list()])
            case .command("end"):
                guard try word() == name else { throw fault("\(name) is not closed") }
                // A line that ends the table begins no row.
                if rows[rows.count - 1] == [[]], rows.count > 1 || name == "pmatrix" { rows.removeLast() }
                let table = TeXNode.table(.init(isAligned: name == "aligned", rows: rows))
                return name == "aligned" ? table : .fenced(left: "(", [table], right: ")")
            default: throw fault("\(name) is not closed")
            }
        }
    }
}

/// TeX that is not among what exhibits write: a fault of theirs.
package struct TeXFault: Error, Hashable, Sendable {
    package var message: String
    /// Scalars before the place where it was seen.
    package var offset: Int
}

extension Unicode.Scalar {
    fileprivate var isASCIILetter: Bool { "a"..."z" ~= self || "A"..."Z" ~= self }
}
