import Foundation

/// Finds variables that a lesson reads above the line that gives them their value.
///
/// Swift allows that at the top level of a program, where functions may speak of what is declared below
/// them, and the read gives zeros: a number on the page that nothing computed. The compiler's intermediate
/// language tells: there a variable begins with `alloc_global`.
struct EarlyReads {
    /// The lines of each function; only a few are looked into.
    private var functions: [Substring: [Substring]] = [:]
    /// The variables' names in Swift by their symbols.
    private var names: [Substring: Substring] = [:]

    /// - Parameter sil: What the compiler writes for `-sil-output-path`.
    init(sil: Data) {
        var function: Substring?
        var comment: Substring = ""
        for line in String(decoding: sil, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("//") {
                comment = line.dropFirst(3)
            } else if line.hasPrefix("sil") {
                let symbol = line.split(separator: " ").first { $0.hasPrefix("@") }
                if line.hasPrefix("sil_global"), let symbol { names[symbol] = comment }
                function = line.hasPrefix("sil ") ? symbol : nil
            } else if line.hasPrefix("}") {
                function = nil
            } else if let function {
                functions[function, default: []].append(line)
            }
        }
    }

    func problems(_ program: Program, _ lesson: Lesson) -> [Problem] {
        let topLevel = (functions["@async_Main"] ?? functions["@main"] ?? []).map(Instruction.init)
        let callees = Set(topLevel.filter { $0.operation == "function_ref" }.map(\.operand))
        let reached = Dictionary(uniqueKeysWithValues: callees.map { ($0, variables(reachedFrom: $0)) })
        return topLevel.indices.compactMap { index in
            guard let symbol = topLevel[index].begunVariable,
                let read = firstRead(of: symbol, in: topLevel[..<index], reached: reached),
                let (line, column) = read.location(in: lesson.source)
            else { return nil }
            let name = names[symbol] ?? "a variable"
            let declared = topLevel[index].location(in: lesson.source).map { ", in line \($0.line)" } ?? ""
            return Problem(
                file: lesson.path, at: program.position(line: line, byteColumn: column),
                "\(name) is used before it has a value",
                hint: "it gets one below\(declared): move that up")
        }
    }

    /// The first instruction that uses the variable, or calls a function that does.
    private func firstRead(
        of symbol: Substring, in code: ArraySlice<Instruction>, reached: [Substring: Set<Substring>]
    ) -> Instruction? {
        let reads = code.indices.compactMap { index -> Int? in
            let (result, reference) = (code[index].result, code[index].operand)
            let later = code[index...].dropFirst()
            switch code[index].operation {
            case "global_addr" where reference == symbol: return later.firstIndex { $0.uses(result) }
            case "function_ref" where reached[reference]?.contains(symbol) == true: return later.firstIndex { $0.calls(result) }
            default: return nil
            }
        }
        return reads.min().map { code[$0] }
    }

    /// What a function, and those that it refers to, use.
    private func variables(reachedFrom function: Substring) -> Set<Substring> {
        var variables: Set<Substring> = []
        var waiting = [function]
        var seen: Set<Substring> = []
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted else { continue }
            for instruction in (functions[next] ?? []).lazy.map(Instruction.init) {
                if instruction.operation == "global_addr" { variables.insert(instruction.operand) }
                if instruction.operation == "function_ref" { waiting.append(instruction.operand) }
            }
        }
        return variables
    }
}

/// A line such as `%2 = global_addr @$s6lesson5laterSivp : $*Int, loc "lessons/x.md":5:7, scope 2 // user: %14`.
private struct Instruction {
    let text: Substring
    let result: Substring
    let operation: Substring
    let operand: Substring

    init(_ line: Substring) {
        text = line
        let words = text.split(separator: " ", maxSplits: 4)
        let isAssignment = words.count > 3 && words[1] == "="
        let start = isAssignment ? 2 : 0
        result = isAssignment ? words[0] : ""
        operation = words.count > start ? words[start] : ""
        operand = words.count > start + 1 ? words[start + 1] : ""
    }

    var begunVariable: Substring? {
        operation == "alloc_global" ? operand.prefix { $0 != "," } : nil
    }

    func uses(_ value: Substring) -> Bool {
        let code = text.firstRange(of: " // ").map { text[..<$0.lowerBound] } ?? text
        return code.ranges(of: value).contains { range in
            range.upperBound == code.endIndex || !code[range.upperBound].isNumber
        }
    }

    func calls(_ function: Substring) -> Bool {
        ["apply", "try_apply", "begin_apply"].contains(operation)
            && (operand.hasPrefix(function + "(") || operand.hasPrefix(function + "<"))
    }

    /// Where the instruction stands in the file.
    func location(in file: String) -> (line: Int, column: Int)? {
        guard let start = text.firstRange(of: "\"\(file)\":")?.upperBound else { return nil }
        let numbers = text[start...].split(separator: ":").prefix(2).map { Int($0.prefix { $0.isNumber }) ?? 0 }
        return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
}
