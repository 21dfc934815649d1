/// Computes a count of parameters from its formula as a reader of the page would: `D \\left[4H(d + H + 2) + …\\right]`.
struct CountFormula {
    struct Unreadable: Error {
        let rest: String
    }

    private var rest: Substring
    private let sizes: [String: Int]

    static func value(of tex: String, _ sizes: [String: Int]) throws -> Int {
        let plain = tex.replacing(#"\cdot"#, with: "").replacing(#"\left["#, with: "(").replacing(#"\right]"#, with: ")")
        var formula = CountFormula(rest: plain.filter { $0 != " " }[...], sizes: sizes)
        let value = try formula.sum()
        guard formula.rest.isEmpty else { throw Unreadable(rest: String(formula.rest)) }
        return value
    }

    private mutating func sum() throws -> Int {
        var sum = try product()
        while rest.first == "+" {
            rest.removeFirst()
            sum += try product()
        }
        return sum
    }

    /// Numbers, letters and parentheses that stand side by side.
    private mutating func product() throws -> Int {
        var product = try factor()
        while let next = rest.first, next != "+", next != ")" { product *= try factor() }
        return product
    }

    private mutating func factor() throws -> Int {
        let digits = rest.prefix { $0.isNumber }
        if let number = Int(digits) {
            rest = rest.dropFirst(digits.count)
            return number
        }
        guard let sign = rest.popFirst() else { throw Unreadable(rest: "") }
        if let size = sizes[String(sign)] { return size }
        guard sign == "(" else { throw Unreadable(rest: String(sign) + rest) }
        let value = try sum()
        guard rest.popFirst() == ")" else { throw Unreadable(rest: String(rest)) }
        return value
    }
}
