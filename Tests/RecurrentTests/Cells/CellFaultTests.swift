import Recurrent
import Testing

/// A faulty text, the place at which a reader has to look, and what the message must name.
struct Fault: Sendable, CustomTestStringConvertible {
    let text: String
    let line: Int
    let column: Int
    let words: [String]
    var output: String?
    var shared: [String] = []

    init(_ text: String, at line: Int, _ column: Int, _ words: String..., output: String? = nil, shared: [String] = []) {
        (self.text, self.line, self.column, self.words, self.output, self.shared) = (text, line, column, words, output, shared)
    }

    var testDescription: String { text }
}

@Suite("Faults in a cell's equations")
struct CellFaultTests {
    private func expect(_ fault: Fault) {
        do {
            let cell = try CellDefinition("A", parsing: fault.text, output: fault.output, shared: fault.shared)
            Issue.record("no fault was found; it was read as \(cell)")
        } catch {
            #expect(error.line == fault.line && error.column == fault.column, "\(error)")
            for word in fault.words { #expect("\(error)".contains(word), "\(word) is not in: \(error)") }
            #expect(error.hint?.isEmpty == false, "\(error)")
        }
    }

    // MARK: Names

    static let names: [Fault] = [
        Fault("h_t = tanh(W x_t + c_t)", at: 1, 20, "c_t is not known", "h_t and the input x_t"),
        Fault("h_t = tanh(W x_t + U c_{t-1})", at: 1, 22, "c_{t-1} is not known"),
        Fault("f_t = W x_t\nh_t = f_t ⊙ g_{k,t}", at: 2, 13, "g_{k,t} is not known", "f_t, h_t"),
        Fault("c_t = V x_t\nh_t = c ⊙ h_{t-1}", at: 2, 7, "c has no step", "c_t or c_{t-1}"),
        Fault("h_t = W x", at: 1, 9, "x has no step", "Write x_t"),
        Fault("h_t = W x_{t-1}", at: 1, 9, "x_{t-1} is not there any more", "v_t = x_t"),
        Fault("h_t = h_{t-2}", at: 1, 8, "h_{t-2} is out of reach", "v_t = h_{t-1}"),
        Fault("h_t = hₜ₋₂", at: 1, 8, "h_{t-2} is out of reach"),
        Fault("h_t = h[t-2]", at: 1, 8, "h_{t-2} is out of reach"),
        Fault("h_t = h_{t+1}", at: 1, 8, "h_{t+1} is out of reach", "cannot read what comes after it"),
        Fault("h_t = c_{t,k}", at: 1, 8, "t,k", "c_{k,t}"),
        Fault("h_t = c_k_t", at: 1, 8, "two subscripts", "c_{k,t}"),
        Fault("h_t = W_fx_t", at: 1, 8, "two subscripts", "W_f x_{t}"),
        Fault("h_t = h_ + a", at: 1, 9, "something must stand below"),
        Fault("h_t = W_{} x_t", at: 1, 9, "nothing stands below"),
        Fault("h_t = a' + h_{t-1}", at: 1, 8, "prime"),
        Fault("h_t = σ_g(W x_t)", at: 1, 8, "σ is a function"),
        Fault("h_t = c^2_{t-1}", at: 1, 10, "“_”", "c_t^2"),
        Fault("h_t = \\tilde{h_t}", at: 1, 15, "“_”", "\\tilde{c}_t"),
        Fault("h_t = \\tilde{ab}_t", at: 1, 7, "one letter", "“ab”"),
        Fault("h_t = W_t x_t", at: 1, 7, "W is a matrix", "same at every step"),
    ]

    @Test("names", arguments: names)
    func expectNames(_ fault: Fault) { expect(fault) }

    // MARK: Functions

    static let functions: [Fault] = [
        Fault("h_t = softmax(W x_t)", at: 1, 7, "“softmax” is neither a function nor a name", "tanh"),
        Fault("h_t = 1 - Tanh(W x_t)", at: 1, 11, "“Tanh”", "small letters: tanh"),
        Fault("h_t = tanh(Wx_t)", at: 1, 12, "“Wx”", "W x"),
        Fault("forget_t = W x_t", at: 1, 1, "“forget”", "f_{forget,t}"),
        Fault("h_t = tanh + a", at: 1, 12, "tanh needs its argument in parentheses", "tanh(…)"),
        Fault("h_t = tanh W x_t", at: 1, 12, "tanh needs its argument in parentheses", "“W”"),
        Fault("h_t = tanh 2 h_{t-1}", at: 1, 12, "tanh(…)"),
        Fault("h_t = tanh()", at: 1, 12, "nothing stands between"),
        Fault("h_t = a + tanh", at: 1, 15, "tanh has no argument"),
        Fault("h_t = e^-h_{t-1}", at: 1, 9, "e^{…}"),
        Fault("h_t = tanh h_{t-1}^2", at: 1, 19, "tanh^2(a)"),
        Fault("h_t = e^{h_{t-1}}^2", at: 1, 18, "exp^2(a)"),
        Fault("h_t = \\frac{a}", at: 1, 15, "two arguments"),
        Fault("h_t = \\frac(a)(b)", at: 1, 12, "\\frac{…}{…}"),
        Fault("h_t = \\frac123 a", at: 1, 12, "\\frac{…}{…}"),
        Fault("h_t = e² + a", at: 1, 7, "Euler's number", "e^{…}"),
        Fault("h_t = (e)^2 + a", at: 1, 8, "Euler's number"),
        Fault("h_t = \\sqrt[3]{a}", at: 1, 12, "square roots only"),
        Fault("h_t = \\unknown{a}", at: 1, 7, "\\unknown is not among the TeX"),
        Fault("\\begin{align}\nh_t = W x_t", at: 1, 1, "\\begin", "Leave out"),
        Fault("h_t = \\mathrm{softmax}(W x_t)", at: 1, 7, "“softmax”"),
        Fault("h_t = \\mathrm{} a", at: 1, 7, "\\mathrm needs a letter"),
    ]

    @Test("functions and commands", arguments: functions)
    func expectFunctions(_ fault: Fault) { expect(fault) }

    // MARK: Order

    static let order: [Fault] = [
        Fault("h_t = tanh(W c_t)\nc_t = U x_t", at: 1, 14, "c_t is used before its equation", "Move"),
        Fault("h_t = tanh(W x_t + U h_t)", at: 1, 22, "h_t needs itself", "h_{t-1}"),
        Fault("h_t = tanh(W x_t + U h_t-1 + b)", at: 1, 22, "h_t needs itself", "h_{t-1}"),
        Fault("c_t = W h_t\nh_t = tanh(c_t)", at: 1, 9, "c_t needs h_t, h_t needs c_t", "cycle", "h_{t-1}"),
        Fault("a_t = W b_t\nb_t = U c_t\nc_t = V a_t", at: 1, 9, "a_t needs b_t, b_t needs c_t, c_t needs a_t", "cycle"),
        Fault("f_t = W x_t\nf_t = U x_t", at: 2, 1, "f_t has an equation already"),
        Fault("c_{k,t} = W x_t\n c_{k,t} = U x_t", at: 2, 2, "c_{k,t} has an equation already"),
    ]

    @Test("quantities that are not there yet, or twice", arguments: order)
    func expectOrder(_ fault: Fault) { expect(fault) }

    // MARK: Left sides

    static let leftSides: [Fault] = [
        Fault("h = tanh(W x_t)", at: 1, 1, "h has no step", "h_t = …"),
        Fault("c_k = tanh(W x_t)", at: 1, 1, "c_k has no step", "c_{k,t} = …"),
        Fault("  C_t = tanh(W x_t)", at: 1, 3, "C is a matrix", "c_t = …"),
        Fault("h_{t-1} = W x_t", at: 1, 1, "this step's value", "h_t = …"),
        Fault("x_t = h_{t-1}", at: 1, 1, "x_t is the input"),
        Fault("x = h_{t-1}", at: 1, 1, "x_t is the input"),
        Fault("h_t tanh(W x_t)", at: 1, 5, "“=” must follow h_t, not “tanh”"),
        Fault("h_t", at: 1, 4, "“=” must follow h_t, not the end of the line"),
        Fault("h_t + 1 = W x_t", at: 1, 5, "“=” must follow h_t"),
        Fault("tanh(W x_t)", at: 1, 1, "begins with what it defines"),
        Fault("f_t = W x_t\n)", at: 2, 1, "begins with what it defines"),
        Fault("h_t =", at: 1, 6, "nothing stands behind the “=” of h_t"),
        Fault("f_t =\nh_t = W x_t", at: 1, 6, "nothing stands behind the “=” of f_t"),
        Fault("h_t = W x_t = a", at: 1, 13, "“=” was not expected", "one equation a line"),
        Fault("", at: 1, 1, "there is no equation"),
        Fault(" \n\n ,", at: 1, 1, "there is no equation"),
        Fault("f_t = W x_t\nh_t = U f_t", at: 2, 1, "the output is y", "f, h", output: "y"),
    ]

    @Test("left sides and outputs", arguments: leftSides)
    func expectLeftSides(_ fault: Fault) { expect(fault) }

    // MARK: Sizes

    static let sizes: [Fault] = [
        Fault("h_t = tanh(x_t + W h_{t-1})", at: 1, 12, "x_t has d numbers", "h_t has h", "U x_t"),
        Fault("h_t = tanh(W h_{t-1} + x_t)", at: 1, 24, "x_t has d numbers", "h_t has h", "U x_t"),
        Fault("h_t = h_{t-1} - x_t", at: 1, 17, "x_t has d numbers", "h_{t-1} has h", "W x_t"),
        Fault("h_t = x_t ⊙ h_{t-1}", at: 1, 7, "x_t has d numbers", "h_{t-1} has h"),
        Fault("h_t = \\frac{h_{t-1}}{1 + x_t}", at: 1, 26, "x_t has d numbers"),
        Fault("m_t = 2 x_t\nh_t = tanh(W x_t) + m_t", at: 2, 21, "m_t has d numbers", "U m_t"),
        Fault("h_t = W (x_t + h_{t-1})", at: 1, 10, "x_t has d numbers", "U x_t"),
        Fault("f_t = σ(W x_t)\nh_t = f_t ⊙ x_t", at: 2, 13, "x_t has d numbers"),
        Fault(
            "h_t = W x_t + W h_{t-1}", at: 1, 15, "W multiplies h numbers here and d numbers where it stood before", "U",
            shared: ["W"]),
        Fault("m_t = x_t ⊙ c_{t-1}\nc_t = h_{t-1}\nh_t = W m_t", at: 2, 7, "h_{t-1} has h numbers", "c_t has d", "U h_{t-1}"),
        Fault("h_t = h_{t-1} + c_{t-1}\nc_t = a ⊙ x_t", at: 2, 11, "x_t has d numbers", "c_t has h", "W x_t"),
        Fault("h_t = 1 - 0.5", at: 1, 7, "h_t would be one number"),
        Fault("h_t = W 2", at: 1, 9, "multiplies a number", "in front"),
        Fault("h_t = W (1 + 2)", at: 1, 9, "multiplies a number"),
        Fault("h_t = W x_t h_{t-1}", at: 1, 13, "both vectors", "⊙"),
        Fault("h_t = a h_{t-1}", at: 1, 9, "a and h_{t-1} are both vectors"),
        Fault("h_t = a · h_{t-1}", at: 1, 11, "with a dot"),
        Fault("h_t = a 2", at: 1, 9, "a number stands behind"),
        Fault("h_t = W ⊙ h_{t-1}", at: 1, 9, "without ⊙"),
        Fault("h_t = W + h_{t-1}", at: 1, 7, "W is a matrix", "multiplies nothing"),
        Fault("h_t = h_{t-1} W", at: 1, 15, "W is a matrix", "W x_t"),
        Fault("h_t = W^T h_{t-1}", at: 1, 8, "not transposed"),
        Fault("h_t = W x_t + W h_{t-1}", at: 1, 15, "W stands in two places", "shared: [\"W\"]"),
        Fault("h_t = W_{hf} x_t + b\nc_t = U_c h_t + b", at: 2, 17, "b stands in two places"),
    ]

    @Test("sizes, matrices and products", arguments: sizes)
    func expectSizes(_ fault: Fault) { expect(fault) }

    // MARK: Signs

    static let signs: [Fault] = [
        Fault("h_t = (a + h_{t-1}", at: 1, 7, "“(” is never closed"),
        Fault("f_t = σ(W x_t\nh_t = f_t", at: 1, 8, "“(” is never closed"),
        Fault("h_t = tanh(σ(a) + (b", at: 1, 19, "“(” is never closed"),
        Fault("h_t = (", at: 1, 7, "“(” is never closed"),
        Fault("h_t = a + h_{t-1})", at: 1, 18, "“)” was not expected", "Nothing was opened"),
        Fault("h_t = (a + ) ⊙ b", at: 1, 12, "“)” was not expected", "missing in front"),
        Fault("h_t = (a + b] ⊙ c", at: 1, 13, "“]”", "column 7"),
        Fault("h_t = e^{a + b", at: 1, 9, "“{” is never closed"),
        Fault("h_t = W_{hf x_t + b_f", at: 1, 9, "“{” is never closed"),
        Fault("h_t = h_{t-1", at: 1, 9, "“{” is never closed"),
        Fault("h_t = a}", at: 1, 8, "“}” was not expected"),
        Fault("h_t = a +", at: 1, 10, "h_t breaks off"),
        Fault("f_t = W x_t +\nh_t = U f_t", at: 1, 14, "f_t breaks off"),
        Fault("h_t = a ⊙", at: 1, 10, "breaks off"),
        Fault("h_t = a + ⊙ b", at: 1, 11, "“⊙” was not expected"),
        Fault("h_t = a - -b", at: 1, 11, "“-” was not expected", "needs parentheses"),
        Fault("h_t = a^10", at: 1, 9, "from 2 to 9"),
        Fault("h_t = a^{-1}", at: 1, 9, "from 2 to 9", "1 / a^2"),
        Fault("h_t = a^b", at: 1, 9, "from 2 to 9"),
        Fault("h_t = a^1.5", at: 1, 9, "from 2 to 9", "sqrt"),
        Fault("h_t = a^", at: 1, 9, "from 2 to 9"),
        Fault("h_t = a^2^3", at: 1, 10, "second power", "(a^2)^3"),
        Fault("h_t = a²³", at: 1, 9, "³"),
    ]

    @Test("parentheses, signs and powers", arguments: signs)
    func expectSigns(_ fault: Fault) { expect(fault) }

    // MARK: Characters

    static let characters: [Fault] = [
        Fault("h_t = 1.2.3 a", at: 1, 7, "“1.2” is no number", "0.5"),
        Fault("h_t = . a", at: 1, 7, "“.” is no number"),
        Fault("h_t = 1234567890123456 a", at: 1, 7, "15 digits"),
        Fault("h_t = 1e-30 a", at: 1, 7, "too small"),
        Fault("h_t = 1e99999999999999999999 a", at: 1, 7, "too large"),
        Fault("h_t = 0,5 a", at: 1, 8, "comma", "0.5"),
        Fault("h_t = 🙂", at: 1, 7, "“🙂” has no meaning here", "tanh"),
        Fault("h_t = 👩‍👩‍👧 + 1", at: 1, 7, "“👩‍👩‍👧” has no meaning here"),
        Fault("h_t = 1\u{FE0F}\u{20E3} a", at: 1, 7, "has no meaning here"),
        Fault("h_t =\t\ta ! b", at: 1, 10, "“!”"),
        Fault("h_t = a\u{200B} + b", at: 1, 8, "U+200B"),
        Fault("f_t = W x_t\r\nh_t = f_t ; a", at: 2, 11, "“;”"),
        Fault("h_t = c̃ ⊙ $", at: 1, 11, "“$”"),
        Fault("h_t = ά ⊙ b", at: 1, 7, "“ά”"),
        Fault("h_t = W_{a!} x_t", at: 1, 11, "“!” cannot stand within the braces"),
        Fault("h_t = \\# a", at: 1, 7, "\\#"),
    ]

    @Test("numbers and stray characters", arguments: characters)
    func expectCharacters(_ fault: Fault) { expect(fault) }

    // MARK: Messages

    static let all = names + functions + order + leftSides + sizes + signs + characters

    @Test("parameters that are meant to stand in several places may")
    func shared() throws {
        let cell = try CellDefinition(
            "A", parsing: "f_t = σ(W h_{t-1} + b)\nh_t = f_t ⊙ (W (f_t ⊙ h_{t-1}) + b)", shared: ["W", "b"])
        #expect(cell.parameterNames == ["W", "b"])
    }

    @Test("a message says its place, what is wrong and how to mend it, on one line")
    func form() {
        for fault in Self.all {
            let error = #expect(throws: CellError.self) {
                try CellDefinition("A", parsing: fault.text, output: fault.output, shared: fault.shared)
            }
            guard let error else { continue }
            #expect("\(error)" == "line \(fault.line), column \(fault.column): \(error.message). \(error.hint ?? "")")
            #expect(!"\(error)".contains("\n") && !error.message.hasSuffix("."))
        }
    }

    @Test(
        "what a hint tells to write is read",
        arguments: [
            "h_t = tanh(U x_t + W h_{t-1})", "v_t = h_{t-1}\nh_t = v_{t-1}", "v_t = x_t\nh_t = W v_{t-1}",
            "h_t = 1 / a^2 + h_{t-1}", "h_t = exp(a^2) + exp^2(b)",
            "h_t = sigmoid(a^2) + sigmoid^2(b)", "h_t = (a^2)^3", "f_{forget,t} = W x_t\nh_t = f_{forget,t}",
            "h_t = W_f x_{t}", "h_t = W_{new} x_t", "h_t = \\sqrt{a} + e^{b}",
        ])
    func hints(_ text: String) throws {
        _ = try CellDefinition("A", parsing: text)
    }
}
