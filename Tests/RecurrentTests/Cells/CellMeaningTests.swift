import Foundation
import Recurrent
import Testing

/// The numbers that expressions come to, every vector and every matrix taken as one number.
///
/// That what is printed is read again in the same way proves nothing where both are wrong in the same way; these numbers were computed
/// apart from the program.
@Suite("The meaning of a cell's equations")
struct CellMeaningTests {
    static let values: [String: Double] = ["a": 2, "b": 3, "c": 5, "h": 7, "W": 11, "U": 13, "V": 17, "x": 19]

    /// What Python's floating-point numbers give for the same expression with all its parentheses.
    static let expressions: [(text: String, value: Double)] = [
        ("a + b ⊙ c", 17), ("a ⊙ b + c", 11), ("(a + b) ⊙ c", 25), ("a - b - c", -6), ("a - (b - c)", 4), ("a - b + c", 4),
        ("a / b / c", 0.13333333333333333), ("a / (b / c)", 3.3333333333333335), ("a ⊙ b / c", 1.2),
        ("a / b ⊙ c", 3.333333333333333), ("a / (b ⊙ c)", 0.13333333333333333), ("a + b / c", 2.6), ("(a + b) / c", 1),
        ("a ⊙ (b + c) / h_{t-1}", 2.2857142857142856), ("-a", -2), ("-a + b", 1), ("-a ⊙ b + c", -1), ("-(a + b) ⊙ c", -25),
        ("a - (-b)", 5), ("a ⊙ (-b)", -6), ("+a - b", -1), ("-a^2", -4), ("(-a)^2", 4), ("a - b^2", -7), ("a ⊙ b^2", 18),
        ("(a ⊙ b)^2", 36), ("a / b^2", 0.2222222222222222), ("(a / b)^2", 0.4444444444444444), ("a^2 ⊙ b^3", 108),
        ("(a^2)^3", 64), ("a² + b³", 31), ("2 a", 4), ("2 a ⊙ b", 12), ("2 a^2", 8), ("2 a + b", 7), ("2 (a + b)", 10),
        ("a - 2 b", -4), ("a / 2 + b", 4), ("a ⊙ 3", 6), ("1 / 2 a", 1), ("6 / 2 / 3 a", 2), ("2 ⊙ 3 ⊙ a", 12), ("2^3 a", 16),
        ("0.9 a", 1.8), (".5 a", 1), ("1e-3 a", 0.002), ("2.5e2 a", 500), ("1 - 0.25 a", 0.5), ("0.9 h_{t-1} + 0.1 a", 6.5),
        ("W h_{t-1}", 77), ("2 W h_{t-1}", 154), ("W h_{t-1} + a", 79), ("W (h_{t-1} + a)", 99), ("W h_{t-1} ⊙ a", 154),
        ("a ⊙ W h_{t-1}", 154), ("W U h_{t-1}", 1001), ("W (U h_{t-1} + a)", 1023), ("a / W h_{t-1}", 0.025974025974025976),
        ("W h_{t-1} / a", 38.5), ("W h_{t-1}^2", 539), ("(W h_{t-1})^2", 5929), ("-W h_{t-1} + V x_t", 246),
        ("0.5 W tanh(a)", 5.302151690416993), ("a - W h_{t-1} - b", -78), ("h_{t-1}", 7), ("h_{t-1} - 1", 6), ("hₜ₋₁ - 1", 6),
        ("h[t-1]-1", 6), ("tanh(a)", 0.9640275800758169), ("tanh^2(c)", 0.9998184167690561), ("tanh(a)^2", 0.9293491751468356),
        ("tanh(a^2)", 0.999329299739067), ("tanh(a) ⊙ b", 2.8920827402274507), ("tanh(a ⊙ b)", 0.9999877116507956),
        ("2 tanh(a) + b", 4.928055160151634), ("tanh a ⊙ b", 2.8920827402274507), ("tanh a + b", 3.964027580075817),
        ("1 - tanh²(a)", 0.07065082485316443), ("e^{-a}", 0.1353352832366127), ("1 / (1 + e^{-a})", 0.8807970779778823),
        ("e^{a} ⊙ b", 22.16716829679195), ("2 e^{a}", 14.7781121978613), ("2e^{a}", 14.7781121978613),
        ("e^a + b", 10.38905609893065), ("e^2 a", 14.7781121978613), ("exp(a - b)", 0.36787944117144233),
        ("log(a) - b", -2.3068528194400546), ("log(a / b)", -0.40546510810816444), ("sqrt(a + b)", 2.23606797749979),
        ("√a ⊙ b", 4.242640687119286), ("√2 a", 2.8284271247461903), ("relu(a - b) + relu(b - a)", 1),
        ("σ(a)", 0.8807970779778823), ("σ(a - b) ⊙ c", 1.3447071068499756), ("σ(-a)^2", 0.014209336618611037),
        ("((a + (b ⊙ (c - (h_{t-1})))))", -4), ("(1 - σ(a)) ⊙ h_{t-1} + σ(a) ⊙ tanh(b)", 1.7108617736300973),
        ("a - b ⊙ c / h_{t-1} + W U h_{t-1}^2 / 2", 3503.3571428571427), ("tanh(2 (a - b) / c)^3", -0.054849893418361065),
    ]

    static let tex: [(text: String, value: Double)] = [
        (#"\frac{a}{b} \odot c"#, 3.333333333333333), (#"\frac{a + b}{c}"#, 1), (#"\frac12 a"#, 1),
        (#"2 \frac{a}{b}"#, 1.3333333333333333), (#"\frac{1}{1 + e^{-a}}"#, 0.8807970779778823),
        (#"\frac{a}{b}^2"#, 0.4444444444444444), (#"\frac{\frac{a}{b}}{c}"#, 0.13333333333333333),
        (#"\frac{a}{\frac{b}{c}}"#, 3.3333333333333335), (#"-\frac{a}{b} + c"#, 4.333333333333333),
        (#"\left(a + b\right)^2"#, 25), (#"\sqrt{a}^2 + b"#, 5), (#"\tanh\left(\frac{a}{b}\right)"#, 0.5827829453479102),
        (#"\{a - b\} \odot c"#, -5), (#"W \frac{a}{b}"#, 7.333333333333333), (#"a / \frac{b}{c}"#, 3.3333333333333335),
    ]

    private func tree(_ right: String) throws -> CellExpression {
        try CellDefinition("A", parsing: "h_t = \(right)", shared: ["a", "b", "c", "W", "U", "V"]).equations[0].expression
    }

    private func isClose(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-12 * max(1, abs(expected)) || value.isNaN && expected.isNaN || value == expected
    }

    @Test("expressions come to the numbers of their usual reading", arguments: expressions + tex)
    func numbers(_ expression: (text: String, value: Double)) throws {
        let value = try tree(expression.text).value
        #expect(isClose(value, expression.value), "\(value)")
    }

    @Test("the evaluator of texts, which the next test relies on, comes to these numbers too", arguments: expressions)
    func evaluator(_ expression: (text: String, value: Double)) {
        let value = TextEvaluator.value(of: expression.text)
        #expect(isClose(value, expression.value), "\(value)")
    }

    @Test("2,000 random expressions come to what the evaluator of texts makes of them")
    func randomExpressions() throws {
        var dice = Dice(seed: 11)
        for _ in 0..<2000 {
            let text = dice.expression(depth: 4)
            let (value, expected) = (try tree(text).value, TextEvaluator.value(of: text))
            #expect(isClose(value, expected), "\(text): \(value), \(expected)")
        }
    }
}

// MARK: - Trees

extension CellExpression {
    fileprivate var value: Double {
        func value(_ name: CellName) -> Double { CellMeaningTests.values[name.text]! }
        switch self {
        case .number(let number): return number
        case .input: return CellMeaningTests.values["x"]!
        case .quantity(let name, let time): return time == .before ? value(name) : .nan
        case .vector(let name): return value(name)
        case .product(let matrix, let operand): return value(matrix) * operand.value
        case .sum(let summands): return summands.reduce(0) { $1.isSubtracted ? $0 - $1.expression.value : $0 + $1.expression.value }
        case .multiply(let factors): return factors.reduce(1) { $0 * $1.value }
        case .quotient(let above, let below): return above.value / below.value
        case .power(let base, let exponent): return (0..<exponent).reduce(1) { power, _ in power * base.value }
        case .apply(let function, let argument): return result(of: function.rawValue, argument.value)
        }
    }
}

private func result(of function: String, _ x: Double) -> Double {
    switch function {
    case "sigmoid", "σ": 1 / (1 + exp(-x))
    case "tanh": tanh(x)
    case "relu": max(0, x)
    case "exp", "e^": exp(x)
    case "log": log(x)
    case "sqrt", "√": sqrt(x)
    default: .nan
    }
}

// MARK: - Texts

/// Computes a text with two stacks (Dijkstra's shunting yard), without a tree and apart from the parser.
private struct TextEvaluator {
    /// What waits for its right operand: a sign, `neg`, a function, a parenthesis, or `W` for a matrix that multiplies.
    private var signs: [String] = []
    private var numbers: [Double] = []

    static func value(of text: String) -> Double {
        var evaluator = TextEvaluator()
        var isOperandBefore = false
        for word in words(of: text) {
            let isOperand = word.first!.isNumber || word.first! == "." || CellMeaningTests.values[word] != nil || word == "h_{t-1}"
            let isPrefix = strength(word) == 5 || word == "("
            if isOperandBefore, isOperand || isPrefix { evaluator.push("⊙") }
            switch word {
            case "(": evaluator.signs.append(word)
            case ")":
                evaluator.reduce { _ in true }
                evaluator.signs.removeLast()
            case "-" where !isOperandBefore: evaluator.signs.append("neg")
            case "+" where !isOperandBefore: break
            case _ where isPrefix: evaluator.signs.append(word)
            case "W", "U", "V":
                evaluator.numbers.append(CellMeaningTests.values[word]!)
                evaluator.signs.append("apply")
            case "x_t", "h_{t-1}": evaluator.numbers.append(CellMeaningTests.values[String(word.first!)]!)
            case _ where isOperand: evaluator.numbers.append(CellMeaningTests.values[word] ?? Double(word)!)
            default: evaluator.push(word)
            }
            isOperandBefore = (isOperand || word == ")" || word == "x_t") && !["W", "U", "V"].contains(word)
        }
        evaluator.reduce { _ in true }
        return evaluator.numbers[0]
    }

    private static let functions = ["tanh", "σ", "relu", "exp", "log", "sqrt", "√", "e^"]

    private static func strength(_ sign: String) -> Int {
        switch sign {
        case "(": 0
        case "+", "-", "neg": 1
        case "⊙", "/": 2
        case "apply": 3
        case "^": 4
        default: functions.contains { sign.hasPrefix($0) } ? 5 : 6
        }
    }

    private mutating func push(_ sign: String) {
        reduce { Self.strength($0) >= Self.strength(sign) }
        signs.append(sign)
    }

    private mutating func reduce(while isDue: (String) -> Bool) {
        while let sign = signs.last, sign != "(", isDue(sign) {
            signs.removeLast()
            let right = numbers.removeLast()
            if sign == "neg" {
                numbers.append(-right)
            } else if Self.strength(sign) == 5 {
                // tanh^2 as one sign.
                let parts = sign.hasPrefix("e^") ? ["e^"] : sign.split(separator: "^").map { String($0) }
                numbers.append(pow(result(of: parts[0], right), parts.count > 1 ? Double(parts[1])! : 1))
            } else {
                let left = numbers.removeLast()
                switch sign {
                case "+": numbers.append(left + right)
                case "-": numbers.append(left - right)
                case "/": numbers.append(left / right)
                case "^": numbers.append(pow(left, right))
                default: numbers.append(left * right)
                }
            }
        }
    }

    private static func words(of text: String) -> [String] {
        let plain = text.replacing("hₜ₋₁", with: "h_{t-1}").replacing("h[t-1]", with: "h_{t-1}").replacing("²", with: "^2")
            .replacing("³", with: "^3")
        let word = /h_\{t-1\}|x_t|e\^|(?:tanh|exp|log|sqrt|relu|σ)(?:\^\d)?|[0-9.]+(?:e-?[0-9]+)?|\S/
        return plain.matches(of: word).map { String($0.output) }.map {
            $0 == "{" || $0 == "[" ? "(" : $0 == "}" || $0 == "]" ? ")" : $0
        }
    }
}
