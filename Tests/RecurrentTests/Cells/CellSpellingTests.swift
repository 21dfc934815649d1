import Recurrent
import Testing

/// Cells written in several ways, and cells that differ in one thing.
@Suite("Spellings of a cell's equations")
struct CellSpellingTests {
    private func cell(_ equations: String) throws -> CellDefinition { try CellDefinition("A", parsing: equations) }

    private func expectEqual(_ spellings: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let first = try cell(spellings[0])
        for spelling in spellings.dropFirst() {
            #expect(try cell(spelling) == first, "\(spelling)", sourceLocation: sourceLocation)
        }
    }

    // MARK: Whole cells

    @Test("MGU in Unicode, ASCII and TeX")
    func mgu() throws {
        try expectEqual(
            """
            fₜ = σ(W_f xₜ + U_f hₜ₋₁ + b_f)
            nₜ = tanh(Wₙ xₜ + Uₙ (fₜ ⊙ hₜ₋₁) + bₙ)
            hₜ = (1 − fₜ) ⊙ hₜ₋₁ + fₜ ⊙ nₜ
            """,
            """
            f_t = sigmoid(W_f*x_t + U_f*h_{t-1} + b_f)
            n_t = tanh(W_n @ x_t + U_n @ (f_t * h_{t-1}) + b_n)
            h_t = (1 - f_t) * h_{t-1} + f_t * n_t
            """,
            #"""
            f_t &= \sigma\left(\mathbf{W}_f x_t + U_{f} h_{t-1} + b_f\right), \\
            n_t &= \tanh\bigl(W_n \cdot x_t + U_n (f_t \odot h_{t-1}) + b_n\bigr), \\
            h_t &= (1 - f_t) \odot h_{t-1} + f_t \odot n_t.
            """#
        )
    }

    @Test("a peephole LSTM in Unicode, ASCII and TeX")
    func lstm() throws {
        try expectEqual(
            """
            iₜ = σ(W_xi xₜ + W_hi hₜ₋₁ + pᵢ ⊙ cₜ₋₁ + bᵢ)
            fₜ = σ(W_xf xₜ + W_hf hₜ₋₁ + p_f ⊙ cₜ₋₁ + b_f)
            gₜ = tanh(W_xg xₜ + W_hg hₜ₋₁ + b_g)
            cₜ = fₜ ⊙ cₜ₋₁ + iₜ ⊙ gₜ
            oₜ = σ(W_xo xₜ + W_ho hₜ₋₁ + pₒ ⊙ cₜ + bₒ)
            hₜ = oₜ ⊙ tanh(cₜ)
            """,
            """
            i_t = sigmoid(W_xi x_t + W_hi h[t-1] + p_i * c[t-1] + b_i)
            f_t = sigmoid(W_xf x_t + W_hf h[t-1] + p_f * c[t-1] + b_f)
            g_t = tanh(W_xg x_t + W_hg h[t-1] + b_g)
            c_t = f_t * c[t-1] + i_t * g_t
            o_t = sigmoid(W_xo x_t + W_ho h[t-1] + p_o * c[t] + b_o)
            h_t = o_t * tanh(c_t)
            """,
            #"""
            i_t = \sigma(W_{xi}\, x_t + W_{hi}\, h_{t-1} + p_i \odot c_{t-1} + b_i) \\
            f_t = \sigma(W_{xf}\, x_t + W_{hf}\, h_{t-1} + p_f \odot c_{t-1} + b_f) \\
            g_t = \tanh(W_{xg} x_{t} + W_{hg} h_{t - 1} + b_{g}) \\
            c_t = f_t \circ c_{t-1} + i_t \circ g_t \\
            o_t = \sigma(W_{x o} x_t + W_{\mathrm{ho}} h_{t-1} + p_o \odot c_t + b_o) \\
            h_t = o_t \odot \mathrm{tanh}(c_t)
            """#
        )
    }

    @Test("a GRU whose candidate has a tilde, in Unicode, ASCII and TeX")
    func gru() throws {
        try expectEqual(
            """
            zₜ = σ(W_z xₜ + U_z hₜ₋₁)
            rₜ = σ(Wᵣ xₜ + Uᵣ hₜ₋₁)
            h̃ₜ = tanh(W xₜ + U (rₜ ⊙ hₜ₋₁))
            hₜ = (1 − zₜ) ⊙ hₜ₋₁ + zₜ ⊙ h̃ₜ
            """,
            """
            z_t = logistic(W_z x_t + U_z h_(t-1))
            r_t = logistic(W_r x_t + U_r h_(t-1))
            h\u{303}_t = tanh(W x_t + U (r_t * h_(t-1)))
            h_t = (1 - z_t) * h_(t-1) + z_t * h\u{303}_t
            """,
            #"""
            z_t &= \sigma (W_z x_t + U_z h_{t-1}) \\
            r_t &= \operatorname{sigmoid}(W_r x_t + U_r h_{t-1}) \\
            \tilde{h}_t &= \tanh ( W x_t + U ( r_t \odot h_{t-1} ) ) \\
            h_t &= (1 - z_t) \odot h_{t-1} + z_t \odot \widetilde h_t
            """#
        )
    }

    @Test("an LSTM with coupled gates in Unicode, ASCII and TeX")
    func coupledGates() throws {
        try expectEqual(
            "fₜ = σ(W_f xₜ + U_f hₜ₋₁)\nc̃ₜ = tanh(W_c xₜ + U_c hₜ₋₁)\ncₜ = fₜ ⊙ cₜ₋₁ + (1 − fₜ) ⊙ c̃ₜ\nhₜ = tanh(cₜ)",
            "f_t = σ(W_f x_t + U_f h_{t-1})\n\nc̃_t = tanh(W_c x_t\n  + U_c h_{t-1})\n\nc_t = f_t * c_{t-1}\n + (1 - f_t) * c̃_t\nh_t = tanh c_t",
            #"f_t = \sigma(W_f x_t + U_f h_{t-1}) \\"# + "\n" + #"\tilde{\mathbf{c}}_t = \tanh(W_c x_t + U_c h_{t-1}) \\"# + "\n"
                + #"c_t = f_t \times c_{t-1} + (1 - f_t) \times \tilde c_t \\"# + "\n" + #"h_t = \tanh{c_t}"#
        )
    }

    // MARK: Names

    @Test(
        "an accent composed, decomposed and as a command",
        arguments: [
            ("c\u{303}", #"\tilde{c}"#, #"\widetilde{c}"#), ("\u{109}", "c\u{302}", #"\hat c"#),
            ("\u{101}", "a\u{304}", #"\bar{a}"#),
            ("\u{10B}", "c\u{307}", #"\dot{c}"#), ("\u{125}", "h\u{302}", #"\widehat{h}"#),
            ("β\u{302}", #"\hat\beta"#, #"\hat{\beta}"#),
            ("σ\u{303}", #"\tilde\sigma"#, #"\tilde{σ}"#),
        ])
    func accents(_ spellings: (String, String, String)) throws {
        func text(_ name: String) -> String { "\(name)_t = tanh(W x_t)\nh_t = \(name)_t" }
        try expectEqual(text(spellings.0), text(spellings.1), text(spellings.2))
    }

    @Test("a matrix with an accent is a matrix", arguments: [#"\hat{W}"#, "Ŵ", #"\tilde\Gamma"#, "Γ\u{303}"])
    func accentedMatrices(_ matrix: String) throws {
        #expect(try cell("h_t = \(matrix) x_t").parameters[0].columns != nil)
    }

    @Test(
        "subscripts of several letters, Greek ones and commas",
        arguments: [
            ["W_{hf}", "W_hf", #"W_{\mathrm{hf}}"#, #"W_\mathrm{hf}"#, "W_{h f}", #"W_{\text{h}f}"#],
            ["W_β", #"W_\beta"#, "Wᵦ", #"W_{\beta}"#],
            ["W_{h,f}", "W_{h, f}", #"W_{h\,,f}"#], ["W_12", "W₁₂", "W_{12}"], ["W_{c̃}", #"W_{\tilde c}"#, #"W_\tilde{c}"#],
        ])
    func subscripts(_ spellings: [String]) throws {
        let first = try cell("h_t = \(spellings[0]) x_t")
        for spelling in spellings { #expect(try cell("h_t = \(spelling) x_t") == first, "\(spelling)") }
    }

    @Test("a step behind a comma belongs to no name")
    func stepBehindComma() throws {
        let cell = try cell(#"c_{k,t} = W x_t + c_{k,t-1}"# + "\nh_t = c_{k, t}")
        #expect(cell.quantities == ["c_k", "h"])
        #expect(cell.stateNames == ["c_k"])
    }

    @Test(
        "the step before",
        arguments: [
            "h_{t-1}", "h_{t - 1}", "h_{t−1}", "h_{t–1}", "hₜ₋₁", "h[t-1]", "h[t − 1]", "h_(t-1)", "h_( t - 1 )",
            #"\mathbf h_{t-1}"#,
        ])
    func stepBefore(_ spelling: String) throws {
        #expect(try cell("h_t = tanh(W x_t + U \(spelling))") == cell("h_t = tanh(W x_t + U h_{t-1})"))
    }

    // MARK: Signs, numbers and functions

    @Test(
        "one right side in several spellings",
        arguments: [
            ["a - h_{t-1}", "a − h_{t-1}", "a – h_{t-1}"],
            [
                "a ⊙ h_{t-1}", "a * h_{t-1}", #"a \odot h_{t-1}"#, #"a \circ h_{t-1}"#, "a ∘ h_{t-1}", "a × h_{t-1}",
                #"a \ast h_{t-1}"#,
            ],
            [
                "W h_{t-1}", "W · h_{t-1}", "W * h_{t-1}", "W @ h_{t-1}", #"W \cdot h_{t-1}"#, "W (h_{t-1})", "W\u{A0}h_{t-1}",
                "W\th_{t-1}",
            ],
            [
                "0.5 h_{t-1}", ".5 h_{t-1}", "0.50 h_{t-1}", "5e-1 h_{t-1}", "0.5h_{t-1}", "0.5 · h_{t-1}", "0.5 ⊙ h_{t-1}",
                "0.05E+1 h_{t-1}",
            ],
            ["1000 h_{t-1}", "1e3 h_{t-1}", "1000.0 h_{t-1}", "1000. h_{t-1}"],
            ["h_{t-1} / a", #"\frac{h_{t-1}}{a}"#, #"\dfrac{h_{t-1}}{a}"#, #"\frac{h_{t-1}} a"#, "(h_{t-1}) / (a)"],
            [
                "1/2 h_{t-1}", #"\frac{1}{2} h_{t-1}"#, #"\frac12 h_{t-1}"#, #"\frac 1 2 h_{t-1}"#, #"\tfrac 12 h_{t-1}"#,
                #"\frac1{2} h_{t-1}"#,
            ],
            ["h_{t-1}^2", "h_{t-1}²", "h_{t-1}^{2}", "hₜ₋₁²", "{h_{t-1}}^2"],
            ["tanh^2(h_{t-1})", "tanh²(h_{t-1})", #"\tanh^{2}(h_{t-1})"#, "tanh(h_{t-1})^2", "(tanh h_{t-1})²"],
            ["exp(-h_{t-1})", "e^{-h_{t-1}}", #"\exp(-h_{t-1})"#, #"\exp\left(-h_{t-1}\right)"#, "e^(-h_{t-1})"],
            ["exp(h_{t-1})", "e^h_{t-1}", "exp h_{t-1}"],
            ["sqrt(h_{t-1})", "√h_{t-1}", "√(h_{t-1})", #"\sqrt{h_{t-1}}"#, #"\sqrt h_{t-1}"#],
            ["log(h_{t-1})", "ln(h_{t-1})", #"\ln{h_{t-1}}"#],
            [
                "relu(h_{t-1})", "ReLU(h_{t-1})", #"\operatorname{relu}(h_{t-1})"#, #"\text{ReLU}(h_{t-1})"#,
                #"\mathrm{relu} (h_{t-1})"#,
            ],
            [
                "(a + b) ⊙ h_{t-1}", "[a + b] ⊙ h_{t-1}", #"\{a + b\} ⊙ h_{t-1}"#, #"\left\{a + b\right\} \odot h_{t-1}"#,
                #"\Bigl[a + b\Bigr] * h_{t-1}"#,
            ],
            ["a + h_{t-1}", "+a + h_{t-1}", "(a) + ((h_{t-1}))"],
        ])
    func rightSides(_ spellings: [String]) throws {
        let first = try cell("h_t = \(spellings[0])")
        for spelling in spellings { #expect(try cell("h_t = \(spelling)") == first, "\(spelling)") }
    }

    @Test(
        "a line goes on behind a sign, before a sign, within parentheses and behind the sign of equality",
        arguments: [
            "h_t = tanh(W x_t +\n U h_{t-1})", "h_t = tanh(W x_t\n + U h_{t-1})", "h_t = tanh(\nW x_t + U h_{t-1}\n)",
            "h_t =\ntanh(W x_t + U h_{t-1})", "h_t\n  &= tanh(W x_t + U h_{t-1})", "h_t = tanh(W x_t + U h_{t-1}),",
            "\r\n\r\nh_t = tanh(W x_t\r\n + U h_{t-1}) ;\r\n",
            #"h_t = \tanh(W x_t \\ + U h_{t-1}) \\"#, #"h_t = tanh(W x_t + U h_{t-1}) \"#,
        ])
    func longLines(_ text: String) throws {
        #expect(try cell(text) == cell("h_t = tanh(W x_t + U h_{t-1})"))
    }

    // MARK: Differences

    @Test(
        "cells that differ in one thing are not equal",
        arguments: [
            ("h_t = a + h_{t-1}", "h_t = a - h_{t-1}"), ("h_t = a + h_{t-1}", "h_t = -a + h_{t-1}"),
            ("h_t = a - h_{t-1} + b", "h_t = a - (h_{t-1} + b)"), ("h_t = a ⊙ h_{t-1}", "h_t = b ⊙ h_{t-1}"),
            ("h_t = a ⊙ h_{t-1}", "h_t = a + h_{t-1}"), ("h_t = a / h_{t-1}", "h_t = h_{t-1} / a"),
            ("h_t = 0.9 h_{t-1}", "h_t = 0.8 h_{t-1}"), ("h_t = 0.9 h_{t-1}", "h_t = 9 h_{t-1}"),
            ("h_t = 1e3 h_{t-1}", "h_t = 1e-3 h_{t-1}"),
            ("h_t = W U h_{t-1}", "h_t = U W h_{t-1}"), ("h_t = W h_{t-1}", "h_t = w ⊙ h_{t-1}"),
            ("h_t = W (a + h_{t-1})", "h_t = W a + h_{t-1}"),
            ("h_t = W (a ⊙ h_{t-1})", "h_t = W a ⊙ h_{t-1}"), ("h_t = a ⊙ (b + h_{t-1})", "h_t = a ⊙ b + h_{t-1}"),
            ("h_t = -h_{t-1}^2", "h_t = (-h_{t-1})^2"), ("h_t = tanh(h_{t-1})^2", "h_t = tanh(h_{t-1}^2)"),
            ("h_t = h_{t-1}^2", "h_t = h_{t-1}^3"),
            ("h_t = tanh(h_{t-1})", "h_t = σ(h_{t-1})"), ("h_t = e^{h_{t-1}}", "h_t = e^{-h_{t-1}}"),
            ("h_t = a / b / h_{t-1}", "h_t = a / (b / h_{t-1})"),
            ("c_t = W x_t\nh_t = c_t", "c_t = W x_t\nh_t = c_{t-1}"), ("c_t = W x_t\nh_t = c_t - 1", "c_t = W x_t\nh_t = c_{t-1}"),
            ("h_t = c̃ ⊙ h_{t-1}", "h_t = ĉ ⊙ h_{t-1}"), ("h_t = c̃ ⊙ h_{t-1}", "h_t = c ⊙ h_{t-1}"),
            ("h_t = W_{hf} x_t", "h_t = W_{h,f} x_t"),
            ("h_t = W x_t", "h_t = U x_t"), ("h_t = √h_{t-1}", "h_t = h_{t-1}"), ("a_t = W x_t\nh_t = a_t", "h_t = W x_t"),
        ])
    func differences(_ pair: (String, String)) throws {
        #expect(try cell(pair.0) != cell(pair.1))
    }

    @Test("the name and the output tell cells apart")
    func outputs() throws {
        let text = "c_t = tanh(W x_t + U c_{t-1})\nh_t = V c_t"
        #expect(try CellDefinition("A", parsing: text) != CellDefinition("B", parsing: text))
        #expect(try CellDefinition("A", parsing: text, output: "c") != CellDefinition("A", parsing: text, output: "h"))
        #expect(try CellDefinition("A", parsing: text, output: "h") == CellDefinition("A", parsing: text))
    }

    // MARK: What follows from the equations

    @Test("quantities, states and parameters, in the order of the equations, the output's state first")
    func names() throws {
        let cell = try cell("c_t = f ⊙ c_{t-1} + tanh(W_c x_t + U_c h_{t-1})\nh_t = tanh(c_t) + p_{o} ⊙ c_{t-1}")
        #expect(cell.quantities == ["c", "h"])
        #expect(cell.stateNames == ["h", "c"])
        #expect(cell.parameterNames == ["f", "W_c", "U_c", "p_o"])
    }

    @Test("sizes: the input's, the output's, and those that nothing ties to either")
    func sizes() throws {
        let cell = try cell("m_t = tanh(A x_t + a)\nk_t = x_t ⊙ d\nh_t = B m_t + C k_t + D E h_{t-1}")
        let sizes = Dictionary(uniqueKeysWithValues: cell.parameters.map { ($0.name.text, ($0.rows, $0.columns)) })
        let expected: [String: (CellDefinition.Size, CellDefinition.Size?)] = [
            "A": (.own("m"), .features), "a": (.own("m"), nil), "d": (.features, nil), "B": (.units, .own("m")),
            "C": (.units, .features),
            // What stands between two matrices has the size of its own that the second one makes.
            "D": (.units, .own("E")), "E": (.own("E"), .units),
        ]
        #expect(Set(sizes.keys) == Set(expected.keys))
        for (name, size) in expected { #expect(sizes[name]! == size, "\(name)") }
    }
}
