import Foundation

/// A name in a lesson's code, and what the compiler says it is.
package struct CodeName: Codable, Hashable, Sendable {
    /// Of its first character, in the lesson.
    package var position: SourcePosition
    /// The compiler's identifier of the symbol.
    package var symbol: String
    /// The name with its type, `rnn: RNN`, or the declaration of what has arguments.
    package var declaration: String

    package init(position: SourcePosition, symbol: String, declaration: String) {
        (self.position, self.symbol, self.declaration) = (position, symbol, declaration)
    }
}

extension CodeName {
    /// The names in a lesson's cells, in the order of their places; none where the compiler wrote no index that can be read.
    static func all(in store: IndexStore, _ program: Program, of lesson: Lesson) -> [CodeName] {
        let modules = Set(store.occurrences.map(\.symbol).filter(\.isModule).map(\.name)).union(["Swift", "lesson"])
        let cells = Set(lesson.cells.flatMap(\.lines).map(\.position.line)), lines = program.lessonLines
        let named = store.occurrences.filter { !$0.symbol.isAccessor && !$0.roles.contains(.implicit) }
        var best: [SourcePosition: IndexStore.Occurrence] = [:]
        for occurrence in named {
            guard let line = lines[occurrence.line], cells.contains(line) else { continue }
            let position = program.place(line: line, byteColumn: occurrence.byteColumn).position
            if best[position].map({ $0.rank < occurrence.rank }) ?? true { best[position] = occurrence }
        }
        let short = ShortDeclarations(modules: modules)
        var declarations: [String: String?] = [:]
        return best.sorted { $0.key < $1.key }.compactMap { position, occurrence in
            let symbol = occurrence.symbol
            if declarations[symbol.id] == nil { declarations[symbol.id] = .some(short.declaration(of: symbol)) }
            return declarations[symbol.id]!.map { CodeName(position: position, symbol: symbol.id, declaration: $0) }
        }
    }
}

extension Program {
    /// The lesson's lines by those of `source`, in which an index counts; without what is not the lesson's own.
    fileprivate var lessonLines: [Int: Int] {
        let saidPlace = /#sourceLocation\((?:.*line: (\d+))?\)/
        var (lines, next): ([Int: Int], Int?) = ([:], nil)
        for (number, line) in source.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("#"), let location = line.wholeMatch(of: saidPlace) {
                next = location.1.flatMap { Int($0) }
            } else if let told = next {
                if !line.drop(while: { $0 == " " }).hasPrefix("Exhibits._") { lines[number + 1] = told }
                next = told + 1
            }
        }
        return lines
    }
}

extension IndexStore.Occurrence {
    /// Of several symbols at one place, `LSTM(…)` is the initializer, and `if let x` the new x.
    fileprivate var rank: Int { roles.contains(.call) ? 2 : roles.contains(.definition) ? 1 : 0 }
}

/// Declarations as a reader knows them. Its regular expressions are made once for all symbols of a lesson: to make one takes
/// far longer than to use it.
private struct ShortDeclarations {
    let modules: Set<String>
    private let extended = /\(extension in \w+\):/
    private let qualified = /\b(\w+)\.(?=[\w(<+*\/.&|^~!=%-])/
    private let array = /\bArray<([^<>]+)>/
    private let optional = /\bOptional<([^<>()]+)>/
    private let ofLocal = /\ in (?=\S)/

    init(modules: Set<String>) { self.modules = modules }

    /// What it is, without the modules' names; nil where the compiler's identifier tells no more than the name.
    func declaration(of symbol: IndexSymbol) -> String? {
        if let keyword = symbol.keyword { return "\(keyword) \(symbol.name)" }
        guard let text = Demangler.shared?.demangled(symbol.id) else { return nil }
        let short = sugared(withoutModules(text))
        // `x #1 : Int in f(Double) -> Double`
        if let type = short.firstRange(of: " : ") {
            let local = short[type.upperBound...]
            let end = local.firstRange(of: ofLocal)?.lowerBound ?? local.endIndex
            return "\(symbol.name): \(local[..<end])"
        }
        return short
    }

    /// `Tensor` of `Recurrent.Tensor`; what an extension adds as if it stood in the type.
    private func withoutModules(_ text: String) -> String {
        text.replacing(extended, with: "").replacing(qualified) { match in
            modules.contains(String(match.1)) ? "" : String(match.0)
        }
    }

    /// `[Double]?` of `Optional<Array<Double>>`
    private func sugared(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        let short = text.replacing(array) { "[\($0.1)]" }.replacing(optional) { "\($0.1)?" }
        return short == text ? text : sugared(short)
    }
}

/// Swift's runtime, which reads the compiler's names of symbols.
private struct Demangler: Sendable {
    private typealias Function =
        @convention(c) (
            UnsafePointer<CChar>, Int, UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<Int>?, UInt32
        ) -> UnsafeMutablePointer<CChar>?

    private let demangle: Function

    /// nil where the runtime has none.
    static let shared: Demangler? = dlsym(dlopen(nil, RTLD_NOW), "swift_demangle").map {
        Demangler(demangle: unsafeBitCast($0, to: Function.self))
    }

    /// - Parameter id: `s:` and the rest of a mangled name.
    func demangled(_ id: String) -> String? {
        guard id.hasPrefix("s:") else { return nil }
        let mangled = "$s" + id.dropFirst(2)
        guard let text = demangle(mangled, mangled.utf8.count, nil, nil, 0) else { return nil }
        defer { free(text) }
        let readable = String(cString: text)
        return readable == mangled ? nil : readable
    }
}
