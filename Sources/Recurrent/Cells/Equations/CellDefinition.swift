/// A recurrent cell as its equations, one a line, in the order in which a step computes them.
///
///     let mgu = CellDefinition("MGU", """
///         f_t = σ(W_f x_t + U_f h_{t-1} + b_f)
///         n_t = tanh(W_n x_t + U_n (f_t ⊙ h_{t-1}) + b_n)
///         h_t = (1 - f_t) ⊙ h_{t-1} + f_t ⊙ n_t
///         """)
///
/// Everything else follows from them: ``CustomCell`` computes with it, and its gates, worked steps, parameters,
/// diagram and the whole of back-propagation through time can be shown.
///
/// | written | is |
/// |---|---|
/// | `x_t` | the input |
/// | `f_t` | a quantity, which has an equation of its own |
/// | `h_{t-1}` | a quantity of the step before, which makes it a state |
/// | `W_f`, a capital | a matrix, a parameter; it multiplies what stands behind it |
/// | `b_f`, a small letter without a step | a vector, a parameter |
/// | `⊙`, `/` | product and quotient element by element |
/// | `σ tanh relu exp log sqrt` | functions of each element; `e^{…}` and `a²` too |
///
/// The same in ASCII (`sigmoid`, `*`) and in TeX (`\sigma`, `\odot`, `\tilde{c}_t`, `\frac{a}{b}`).
public struct CellDefinition: Hashable, Sendable {
    package struct Equation: Hashable, Sendable {
        package let name: CellName
        package let expression: CellExpression
    }

    package struct Parameter: Hashable, Sendable {
        package let name: CellName
        package let rows: Size
        /// nil for a vector.
        package let columns: Size?
    }

    /// How many numbers a vector has.
    package enum Size: Hashable, Sendable {
        /// d, the input's.
        case features
        /// h, the output's.
        case units
        /// Of a quantity that nothing ties to input or output, or of what a parameter makes within an equation: V in W V x_t.
        case own(String)
    }

    /// `MGU`
    public let name: String
    package let equations: [Equation]
    /// In the order in which the equations need them.
    package let parameters: [Parameter]
    /// The quantities that the next step reads, the output first if it is one of them.
    package let states: [CellName]
    /// What a step gives out.
    package let output: CellName
    package let sizes: [CellName: Size]
    /// What the quantities are called besides their letter: `forgetGate`.
    let roles: [String: String]
    /// What tells a layer's cell from others of its name; empty for one's own.
    package let variants: [CellVariant]

    /// Reads the equations, which must be right: a fault ends the program and is told at its place.
    ///
    /// - Parameters:
    ///   - output: what a step gives out; if left out, h or else the last equation's quantity.
    ///   - shared: names of parameters that are meant to stand in several places, as in `["W"]`.
    public init(_ name: String, _ equations: String, output: String? = nil, shared: [String] = []) {
        self.init(name, equations, output: output, shared: shared, roles: [:])
    }

    /// Reads equations that somebody else wrote: a reader of a page, say.
    public init(_ name: String, parsing equations: String, output: String? = nil, shared: [String] = []) throws(CellError) {
        self.init(name, try CellParser.parse(equations, output: output, shared: shared), roles: [:], variants: [])
    }

    init(
        _ name: String, _ equations: String, output: String? = nil, shared: [String] = [], roles: [String: String],
        variants: [CellVariant] = []
    ) {
        do throws(CellError) {
            self.init(
                name, try CellParser.parse(equations, output: output, shared: shared), roles: roles, variants: variants)
        } catch {
            fail(error, in: equations, of: name)
        }
    }

    private init(_ name: String, _ parsed: CellParser.Result, roles: [String: String], variants: [CellVariant]) {
        self.name = name
        equations = parsed.equations
        parameters = parsed.parameters
        let (first, others) = (parsed.states.filter { $0 == parsed.output }, parsed.states.filter { $0 != parsed.output })
        states = first + others
        output = parsed.output
        sizes = parsed.sizes
        self.roles = roles
        self.variants = variants
    }
}

/// Ends the program with a fault of a cell's equations: what, where, the line itself and a mark below it.
private func fail(_ error: CellError, in text: String, of name: String) -> Never {
    #if hasFeature(Embedded)
    fatalError("Recurrent was misused")
    #else
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    let line = error.line <= lines.count ? String(lines[error.line - 1]) : ""
    // Tabs stay, lest the mark stand elsewhere.
    let mark = String(line.prefix(error.column - 1).map { $0 == "\t" ? $0 : " " }) + "^"
    let hint = error.hint.map { "\nhint: \($0)" } ?? ""
    fatalError(
        "CellDefinition(\"\(name)\"), line \(error.line), column \(error.column): \(error.message)\n\(line)\n\(mark)\(hint)"
    )
    #endif
}

extension CellDefinition {
    /// The names of all quantities, as `f`, in the order of their equations.
    public var quantities: [String] { equations.map { $0.name.text } }

    /// What the next step reads, as `h`: the output first if it is among them.
    public var stateNames: [String] { states.map { $0.text } }

    /// The names of all parameters, as `W_f`, in the order in which the equations need them.
    public var parameterNames: [String] { parameters.map { $0.name.text } }

    /// A quantity's name without its step, as TeX.
    package func tex(of quantity: String) -> String { CellWriter.tex.name(CellName(quantity)) }

    /// What a quantity is called besides its letter, `forgetGate` for `f`; of the state of the step before for `previous-h`.
    package func role(of symbol: String) -> String? { roles[symbol] }

    func equation(of name: CellName) -> CellExpression? { equations.first { $0.name == name }?.expression }
}
