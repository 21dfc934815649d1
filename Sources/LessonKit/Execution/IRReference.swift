/// An instruction that names a variable of the lesson, and what it does with it.
struct IRReference {
    enum Role {
        /// Needs a value.
        case reading
        /// Begins an assignment or a change; the instructions that follow do it.
        case access
        /// Gives the variable its value, or a part of it.
        case initialisation
        /// Gives it another: what would be an initialisation, inside an access.
        case assignment
        /// Hands the variable's place on: to be filled, or to be read.
        case unclear
    }

    let variable: Int
    let line: Int
    /// The line before which something can be put for this instruction.
    let insertion: Int
    var role: Role
    /// `!12`
    let location: Substring?
    /// Only a `ret` may follow.
    let isLastCall: Bool

    init(variable: Int, symbol: Substring, line: Int, insertion: Int, in text: Substring) {
        (self.variable, self.line, self.insertion) = (variable, line, insertion)
        role = Role(of: symbol, in: text)
        location = text.location
        isLastCall = text.contains(bytes: "musttail call ")
    }
}

extension IRReference.Role {
    fileprivate init(of symbol: Substring, in text: Substring) {
        if text.utf8.starts(with: "  store ".utf8) {
            let place = text.operands(after: "  store ").dropFirst().first
            self = place?.contains(bytes: symbol) == true ? .initialisation : .unclear
        } else if text.contains(bytes: " = load ") {
            self = .reading
        } else if text.contains(bytes: "call ") {
            self.init(of: symbol, among: text.operands(after: "("), ofCall: text)
        } else {
            self = .unclear
        }
    }

    private init(of symbol: Substring, among arguments: [Substring], ofCall text: Substring) {
        let isFirst = arguments.first?.contains(bytes: symbol) == true
        if text.contains(bytes: "@swift_beginAccess(") {
            // The lowest bit of its flags is that of a change.
            let flags = arguments.dropFirst(2).first?.number("i64 ") ?? 0
            self = flags % 2 == 1 ? .access : .reading
        } else if text.contains(bytes: "@llvm.memcpy.") || text.contains(bytes: "@llvm.memmove.") {
            self = isFirst ? .initialisation : .reading
        } else if isFirst, text.contains(bytes: "WOc\"(") {
            self = .reading  // So end the names of the compiler's functions that copy a value out of its place.
        } else {
            let isResult = arguments.contains { $0.contains(bytes: "sret(") && $0.contains(bytes: symbol) }
            self = isResult ? .initialisation : .unclear
        }
    }
}

extension Substring {
    /// An instruction's `!12`.
    var location: Substring? { field(", !dbg ", upTo: ",") }

    /// What commas separate, up to the end of the parenthesis or of the instruction.
    fileprivate func operands(after opening: Substring) -> [Substring] {
        guard var rest = range(ofBytes: opening).map({ self[$0.upperBound...] }) else { return [] }
        var operands: [Substring] = []
        var depth = 0
        var index = rest.startIndex
        while index < rest.endIndex {
            let byte = rest.utf8[index]
            if ")>}]".utf8.contains(byte) { depth -= 1 }
            if depth < 0 { break }
            if "(<{[".utf8.contains(byte) { depth += 1 }
            if byte == UInt8(ascii: ","), depth == 0 {
                operands.append(rest[..<index])
                rest = rest[index...].dropFirst()
            }
            index = rest.utf8.index(after: index)
        }
        return operands + [rest[..<index]]
    }
}
