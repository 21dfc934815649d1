import Exhibits
import Recurrent

/// The equations of a derivation as a reader of the page has them: their TeX, and the numbers printed beside them.
///
/// It knows nothing of how they were made. A name's value is what a line prints that has the name on its left.
struct PrintedDerivation {
    /// `W_hf`, `b`: the parameters of the equations.
    var parameters: [String: PrintedValue]
    /// ∂ℒ/∂ of these.
    var parameterGradients: [String: PrintedValue]
    /// By name without the step, `f` or `a^f`, then by step.
    var quantities: [String: [Int: PrintedValue]] = [:]
    /// ∂ℒ/∂ of these; that of `output` is what the loss gives.
    var gradients: [String: [Int: PrintedValue]] = [:]
    var loss: PrintedValue?
    let stepCount: Int

    /// - Parameter initial: The states before the first step.
    init(
        _ exhibit: DerivationExhibit, parameters: [String: Tensor], gradients parameterGradients: [String: Tensor],
        initial: [String: Tensor]
    ) throws {
        self.parameters = parameters.mapValues { PrintedValue($0) }
        self.parameterGradients = parameterGradients.mapValues { PrintedValue($0) }
        stepCount = exhibit.stepCount
        for (name, state) in initial { quantities[name] = [0: PrintedValue(state.flattened())] }
        for line in exhibit.trail where line.left == #"\mathcal{L}"# { loss = PrintedValue(line.value) }
        for step in exhibit.forward + exhibit.backward {
            for line in step.lines where !line.left.hasPrefix(#"\operatorname{diag}"#) { try learn(line, step.t) }
        }
    }

    /// Of quantities that are known by their steps, or places, 1, 2, ….
    init(parameters: [String: PrintedValue], quantities: [String: [Int: PrintedValue]], stepCount: Int) {
        (self.parameters, self.quantities, self.stepCount) = (parameters, quantities, stepCount)
        parameterGradients = [:]
    }

    private mutating func learn(_ line: DerivationExhibit.Line, _ t: Int) throws {
        var reader = PrintedReader(line.left, self)
        switch try reader.symbol() {
        case .quantity(let name, let time): quantities[name, default: [:]][time] = PrintedValue(line.value)
        case .gradient(let name, let time): gradients[name, default: [:]][time] = PrintedValue(line.value)
        default: throw Unreadable("\(line.left) is on the left of a line")
        }
        if line.right.hasPrefix(#"\frac{\partial \mathcal{L}}{\partial \mathrm{output}_"#) {
            gradients["output", default: [:]][t] = PrintedValue(line.terms.first?.factors[0] ?? line.value)
        }
        // y_t is told as a number: ℒ_t = −log ŷ_t[2].
        if line.left.hasPrefix(#"\mathcal{L}_"#), let open = line.right.lastIndex(of: "["),
            let label = Int(line.right[open...].dropFirst().dropLast())
        {
            let count = quantities["ŷ"]?[t]?.values.count ?? 0
            quantities["y", default: [:]][t] = PrintedValue((0..<count).map { $0 == label ? 1 : 0 })
        }
    }

    /// The value of a right side, or of a name.
    ///
    /// - Parameters:
    ///   - t: what t stands for.
    ///   - gate: what an index stands for, `("k", "f")`.
    func value(of tex: String, at t: Int? = nil, gate: (index: String, name: String)? = nil) throws -> PrintedValue {
        var reader = PrintedReader(tex, self)
        (reader.step, reader.gate) = (t, gate)
        return try reader.whole()
    }

    /// What a name means.
    func symbol(_ tex: String, at t: Int? = nil, gate: (index: String, name: String)? = nil) throws -> PrintedSymbol {
        var reader = PrintedReader(tex, self)
        (reader.step, reader.gate) = (t, gate)
        return try reader.symbol()
    }
}

/// Why TeX has no value: it is not what a derivation prints, or names something that no line tells.
struct Unreadable: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

enum PrintedSymbol: Hashable {
    case parameter(String)
    case parameterGradient(String)
    case quantity(String, Int)
    case gradient(String, Int)
    case loss
}

/// A number, or a matrix; vectors stand upright.
struct PrintedValue {
    let rows: Int
    let columns: Int
    let values: [Double]
    /// A number goes with every element; a vector of one does not.
    let isNumber: Bool

    init(rows: Int, columns: Int, _ values: [Double], isNumber: Bool = false) {
        (self.rows, self.columns, self.values, self.isNumber) = (rows, columns, values, isNumber)
    }

    init(_ number: Double) { self.init(rows: 1, columns: 1, [number], isNumber: true) }
    init(_ vector: [Double]) { self.init(rows: vector.count, columns: 1, vector) }

    init(shape: [Int], _ values: [Double]) {
        self.init(rows: shape.first ?? 1, columns: shape.count == 2 ? shape[1] : 1, values, isNumber: shape.isEmpty)
    }

    init(_ tensor: Tensor) { self.init(shape: Array(tensor.shape), tensor.values) }
    init(_ numbers: DerivationExhibit.Numbers) { self.init(shape: numbers.shape, numbers.values) }

    func map(_ change: (Double) -> Double) -> PrintedValue {
        PrintedValue(rows: rows, columns: columns, values.map(change), isNumber: isNumber)
    }

    func combined(_ other: PrintedValue, _ combine: (Double, Double) -> Double) throws -> PrintedValue {
        if isNumber { return other.map { combine(values[0], $0) } }
        if other.isNumber { return map { combine($0, other.values[0]) } }
        guard rows == other.rows, columns == other.columns else {
            throw Unreadable("\(rows) × \(columns) with \(other.rows) × \(other.columns)")
        }
        return PrintedValue(rows: rows, columns: columns, zip(values, other.values).map(combine))
    }

    var transposed: PrintedValue {
        PrintedValue(
            rows: columns, columns: rows, (0..<columns).flatMap { j in (0..<rows).map { values[$0 * columns + j] } },
            isNumber: isNumber)
    }

    /// The product of matrices, or a number times anything.
    func times(_ other: PrintedValue) throws -> PrintedValue {
        if isNumber || other.isNumber { return try combined(other) { $0 * $1 } }
        guard columns == other.rows else { throw Unreadable("\(rows) × \(columns) times \(other.rows) × \(other.columns)") }
        var products: [Double] = []
        for i in 0..<rows {
            for j in 0..<other.columns {
                products.append((0..<columns).reduce(0) { $0 + values[i * columns + $1] * other.values[$1 * other.columns + j] })
            }
        }
        return PrintedValue(rows: rows, columns: other.columns, products)
    }

    /// The largest difference of any number, relative to the largest number where that is above 1; ∞ for other shapes.
    /// A number stands for a vector of it, as 0 does.
    func difference(to other: PrintedValue) -> Double {
        if isNumber != other.isNumber, let (a, b) = try? (combined(other) { a, _ in a }, combined(other) { _, b in b }) {
            return a.difference(to: b)
        }
        guard values.count == other.values.count, rows == other.rows else { return .infinity }
        let scale = max(1, other.values.map { abs($0) }.max() ?? 1)
        let differences = zip(values, other.values).map { abs($0 - $1) / scale }
        return differences.contains { $0.isNaN } ? .infinity : differences.max() ?? 0
    }
}

/// Goes through TeX from left to right and computes as it reads.
private struct PrintedReader {
    private let text: [Character]
    private let printed: PrintedDerivation
    private var place = 0
    /// What t stands for.
    var step: Int?
    /// What the index of gates stands for.
    var gate: (index: String, name: String)?
    /// What m stands for in [m], and how many it is counted up to.
    private var row: (current: Int, count: Int?)?

    init(_ tex: String, _ printed: PrintedDerivation) {
        text = Array(tex)
        self.printed = printed
    }

    mutating func whole() throws -> PrintedValue {
        let value = try sum()
        skip()
        guard place == text.count else { throw unreadable("“\(String(text[place...]))” is left") }
        return value
    }

    private func unreadable(_ what: String) -> Unreadable { Unreadable("\(String(text)): \(what)") }

    // MARK: Signs

    private func starts(_ sign: String) -> Bool { text[place...].starts(with: sign) }

    /// Spaces, and that parentheses are tall.
    private mutating func skip() {
        while let space = [" ", #"\,"#, #"\left"#, #"\right"#].first(where: { starts($0) }) { place += space.count }
    }

    private mutating func take(_ sign: String) -> Bool {
        skip()
        guard starts(sign) else { return false }
        place += sign.count
        return true
    }

    private mutating func need(_ sign: String) throws {
        guard take(sign) else { throw unreadable("“\(sign)” is missing at \(place)") }
    }

    /// `odot` of `\odot`; nil for any other sign.
    private func command() -> String? {
        guard place < text.count, text[place] == "\\" else { return nil }
        return String(text[(place + 1)...].prefix { $0.isASCII && $0.isLetter })
    }

    // MARK: Sums and products

    private mutating func sum() throws -> PrintedValue {
        var total = try product()
        while true {
            if take("+") {
                total = try total.combined(try product()) { $0 + $1 }
            } else if take("-") {
                total = try total.combined(try product()) { $0 - $1 }
            } else {
                return total
            }
        }
    }

    private mutating func product() throws -> PrintedValue {
        if take("-") { return try product().map { -$0 } }
        var value = try sideBySide()
        while take(#"\odot"#) || take(#"\cdot"#) { value = try value.combined(try sideBySide()) { $0 * $1 } }
        return value
    }

    private mutating func sideBySide() throws -> PrintedValue {
        var value = try factor()
        while startsFactor() { value = try value.times(try factor()) }
        return value
    }

    private mutating func startsFactor() -> Bool {
        skip()
        guard place < text.count else { return false }
        if let command = command() { return !["odot", "cdot", "in", "top", "quad", "qquad"].contains(command) && !command.isEmpty }
        return text[place].isLetter || text[place].isNumber || ["(", "{", "["].contains(text[place])
    }

    private mutating func factor() throws -> PrintedValue {
        var value = try primary()
        while place < text.count {
            if text[place...].first(where: { $0 != " " }) == "^" { skip() }
            if starts(#"^\top"#) {
                place += 5
                value = value.transposed
            } else if starts("^"), let power = text[(place + 1)...].first?.wholeNumberValue {
                place += 2
                value = Self.power(value, power)
            } else if starts("["), !text[place...].prefix(while: { $0 != "]" }).contains(">") {
                value = try element(of: value)
            } else {
                break
            }
        }
        return value
    }

    private static func power(_ value: PrintedValue, _ exponent: Int) -> PrintedValue {
        value.map { base in (1..<exponent).reduce(base) { power, _ in power * base } }
    }

    /// v[0], W[m, 2] or ŷ_t[y_t].
    private mutating func element(of value: PrintedValue) throws -> PrintedValue {
        try need("[")
        var places: [Int] = []
        repeat {
            skip()
            if let digit = text[place].wholeNumberValue {
                var number = digit
                place += 1
                while let next = text[place].wholeNumberValue { (number, place) = (10 * number + next, place + 1) }
                places.append(number)
            } else if starts("m"), let row, !starts("m_") {
                place += 1
                let count = value.rows
                guard row.count == nil || row.count == count else { throw unreadable("m counts to \(row.count!) and to \(count)") }
                self.row!.count = count
                places.append(row.current)
            } else {
                guard let one = try sum().values.firstIndex(of: 1) else { throw unreadable("no place in […]") }
                places.append(one)
            }
        } while take(",")
        try need("]")
        guard places.count == (value.columns > 1 || places.count == 2 ? 2 : 1), !value.isNumber,
            places[0] < value.rows, places.count == 1 || places[1] < value.columns
        else { throw unreadable("\(places) is no place of \(value.rows) × \(value.columns)") }
        return PrintedValue(value.values[places[0] * value.columns + (places.count == 2 ? places[1] : 0)])
    }

    // MARK: Factors

    private mutating func primary() throws -> PrintedValue {
        skip()
        guard place < text.count else { throw unreadable("it breaks off") }
        if text[place].isNumber { return PrintedValue(try number()) }
        if take("(") { return try closed(")") }
        if take("{") { return try closed("}") }
        if take("[") {
            let value = try sum()
            try need(">")
            try need("0")
            try need("]")
            return value.map { $0 > 0 ? 1 : 0 }
        }
        switch command() {
        case "sigma": return try apply { 1 / (1 + exp(-$0)) }
        case "tanh": return try apply { tanh($0) }
        case "exp": return try apply { exp($0) }
        case "log": return try apply { log($0) }
        case "sqrt":
            try need(#"\sqrt"#)
            try need("{")
            return try closed("}").map { sqrt($0) }
        case "operatorname": return try named()
        case "sum": return try sumOverIndex()
        case "frac" where !starts(#"\frac{\partial"#):
            try need(#"\frac"#)
            try need("{")
            let above = try closed("}")
            try need("{")
            return try above.combined(try closed("}")) { $0 / $1 }
        default: return try value(of: symbol())
        }
    }

    private mutating func closed(_ sign: String) throws -> PrintedValue {
        let value = try sum()
        try need(sign)
        return value
    }

    private mutating func number() throws -> Double {
        var digits = ""
        while place < text.count,
            text[place].isNumber || text[place] == "." || (text[place] == "e" && !digits.contains("e"))
                || (text[place] == "-" && digits.last == "e")
        {
            digits.append(text[place])
            place += 1
        }
        guard let number = Double(digits) else { throw unreadable("\(digits) is no number") }
        return number
    }

    /// f(…), or f² of it; `\log \hat y` goes without parentheses.
    private mutating func apply(_ function: (Double) -> Double) throws -> PrintedValue {
        place += 1 + (command()?.count ?? 0)
        let power = starts("^") ? text[place + 1].wholeNumberValue : nil
        if power != nil { place += 2 }
        let argument = take("(") ? try closed(")") : try factor()
        return Self.power(argument.map(function), power ?? 1)
    }

    /// `\operatorname{…}(…)`
    private mutating func named() throws -> PrintedValue {
        try need(#"\operatorname{"#)
        let name = String(text[place...].prefix { $0 != "}" })
        place += name.count + 1
        let power = starts("^") ? text[place + 1].wholeNumberValue : nil
        if power != nil { place += 2 }
        try need("(")
        let argument = try closed(")")
        switch name {
        case "relu": return Self.power(argument.map { max(0, $0) }, power ?? 1)
        case "softmax":
            let exponentials = argument.map { exp($0) }
            let total = exponentials.values.reduce(0, +)
            return exponentials.map { $0 / total }
        case "diag":
            // A number stands for that number in each place.
            if argument.isNumber { return argument }
            let count = argument.rows
            return PrintedValue(
                rows: count, columns: count, (0..<count).flatMap { i in (0..<count).map { $0 == i ? argument.values[i] : 0 } })
        default: throw unreadable("\(name) is no function")
        }
    }

    /// The product behind the sign is read again for each value of the index.
    private mutating func sumOverIndex() throws -> PrintedValue {
        try need(#"\sum"#)
        try need("_")
        if take("t") {
            return try added(1...printed.stepCount) { $0.step = $1 }
        }
        if take("m") {
            row = (0, nil)
            let start = place
            _ = try product()
            let count = row?.count ?? 0
            place = start
            let total = try added(0...(count - 1)) { $0.row = ($1, count) }
            row = nil
            return total
        }
        try need("{")
        let index = String(text[place])
        place += 1
        try need(#"\in"#)
        try need(#"\{"#)
        let gates = Self.gates(String(text[place...].prefix(while: { _ in true })))
        while !take(#"\}"#) { place += 1 }
        try need("}")
        let outer = gate
        let total = try added(0...(gates.count - 1)) { $0.gate = (index, gates[$1]) }
        gate = outer
        return total
    }

    private mutating func added(_ range: ClosedRange<Int>, _ bind: (inout PrintedReader, Int) -> Void) throws -> PrintedValue {
        let start = place
        let outer = step
        var total: PrintedValue?
        for index in range {
            place = start
            bind(&self, index)
            let value = try product()
            total = try total.map { try $0.combined(value) { $0 + $1 } } ?? value
        }
        step = outer
        return total!
    }

    /// `i, f, g, o` up to `\}`.
    static func gates(_ text: String) -> [String] {
        let end = text.firstRange(of: #"\}"#)?.lowerBound ?? text.endIndex
        return text[..<end].split(separator: ",").map { plain(String($0)) }
    }

    // MARK: Names

    mutating func symbol() throws -> PrintedSymbol {
        skip()
        let isGradient = take(#"\frac{\partial \mathcal{L}}{\partial "#)
        let (head, below) = try name()
        if isGradient { try need("}") }
        if head == "ℒ", below.isEmpty { return .loss }
        let full = below.isEmpty ? head : head + "_" + below
        if printed.parameters[full] != nil { return isGradient ? .parameterGradient(full) : .parameter(full) }
        let parts = below.split(separator: ",")
        guard let time = try parts.last.flatMap({ try self.time($0) }) else {
            throw unreadable("\(full) is no parameter and has no step")
        }
        let name = parts.count > 1 ? head + "_" + parts.dropLast().joined(separator: ",") : head
        return isGradient ? .gradient(name, time) : .quantity(name, time)
    }

    private func time(_ text: Substring) throws -> Int? {
        if let number = Int(text) { return number }
        let base: Int
        switch text.first {
        case "t":
            guard let step else { throw unreadable("there is no t") }
            base = step
        case "L": base = printed.stepCount
        default: return nil
        }
        switch text.dropFirst() {
        case "": return base
        case "-1": return base - 1
        case "+1": return base + 1
        default: return nil
        }
    }

    private func value(of symbol: PrintedSymbol) throws -> PrintedValue {
        let value: PrintedValue? =
            switch symbol {
            case .parameter(let name): printed.parameters[name]
            case .parameterGradient(let name): printed.parameterGradients[name]
            case .quantity(let name, let time): printed.quantities[name]?[time]
            case .gradient(let name, let time): printed.gradients[name]?[time]
            case .loss: printed.loss
            }
        guard let value else { throw unreadable("\(symbol) is told nowhere") }
        return value
    }

    /// A letter with what stands above and below it; a power or `\top` is none of it.
    private mutating func name() throws -> (head: String, below: String) {
        skip()
        var head = take(#"\mathcal{L}"#) ? "ℒ" : starts(#"\mathrm"#) ? "" : try sign()
        if head.isEmpty {
            place += #"\mathrm"#.count
            head = try group()
        }
        if starts("^"), !starts(#"^\top"#), text[(place + 1)...].first?.isNumber != true {
            place += 1
            let above = try group()
            head += "^" + (above == gate?.index ? gate!.name : above)
        }
        guard starts("_") else { return (head, "") }
        place += 1
        var below = try group()
        if let gate, below.hasSuffix(gate.index) { below = below.dropLast(gate.index.count) + gate.name }
        return (head, below)
    }

    /// One letter, or a command for one, with its accent.
    private mutating func sign() throws -> String {
        let start = place
        guard let command = command() else {
            guard place < text.count, text[place].isLetter else { throw unreadable("no name at \(place)") }
            place += 1
            return String(text[start])
        }
        place += 1 + command.count
        if Self.accents[command] != nil {
            skip()
            if starts("{") { while text[place] != "}" { place += 1 } }
            if starts("\\") { place += 1 + (self.command()?.count ?? 0) } else { place += 1 }
        }
        let name = Self.plain(String(text[start..<place]))
        guard !name.isEmpty, !name.contains("\\") else { throw unreadable("\\\(command) is no name") }
        return name
    }

    /// {…}, or one sign.
    private mutating func group() throws -> String {
        guard starts("{") else {
            if starts("\\") { return try sign() }
            place += 1
            return String(text[place - 1])
        }
        let start = place
        var depth = 0
        repeat {
            guard place < text.count else { throw unreadable("{ is never closed") }
            depth += text[place] == "{" ? 1 : text[place] == "}" ? -1 : 0
            place += 1
        } while depth > 0
        return Self.plain(String(text[start..<place]))
    }

    private static let accents = ["tilde": "\u{303}", "hat": "\u{302}", "bar": "\u{304}", "dot": "\u{307}"]
    private static let letters = [
        "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "kappa": "κ", "lambda": "λ", "phi": "φ", "psi": "ψ", "omega": "ω",
        "Gamma": "Γ", "Lambda": "Λ", "Phi": "Φ", "Omega": "Ω",
    ]

    /// `\tilde{c}` as c̃, `\beta` as β, without braces and spaces.
    static func plain(_ tex: String) -> String {
        var (result, rest, accent) = ("", Array(tex)[...], "")
        while let first = rest.popFirst() {
            if first == "\\" {
                let command = String(rest.prefix { $0.isASCII && $0.isLetter })
                rest = rest.dropFirst(command.count)
                if let mark = accents[command] {
                    accent = mark
                } else {
                    result += (letters[command] ?? "\\" + command) + accent
                    accent = ""
                }
            } else if !["{", "}", " "].contains(first) {
                result += String(first) + accent
                accent = ""
            }
        }
        return result
    }
}

extension PrintedDerivation {
    /// One equation of the general list: what is equal, and for which gates.
    struct Equation {
        let left: [String]
        let right: String
        let gates: [(index: String, name: String)?]

        /// `a = b = c, \quad k \in \{i, f\}`
        init(_ tex: Substring) {
            let parts = tex.split(separator: #", \quad "#, maxSplits: 1).map { String($0) }
            if parts.count == 2, let open = parts[1].firstRange(of: #" \in \{"#) {
                let index = String(parts[1][..<open.lowerBound])
                gates = PrintedReader.gates(String(parts[1][open.upperBound...])).map { (index, $0) }
            } else {
                gates = [nil]
            }
            let sides = parts[0].split(separator: " = ").map { String($0) }
            (left, right) = (Array(sides.dropLast()), sides.last ?? "")
        }

        /// An exhibit's equation, which may hold several side by side.
        static func all(in tex: String) -> [Equation] { tex.split(separator: #", \qquad "#).map { Equation($0) } }
    }
}
