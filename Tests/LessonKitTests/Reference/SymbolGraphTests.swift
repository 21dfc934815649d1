import Foundation
import LessonKit
import Testing

/// A library of one file, as the extractor tells it.
enum SampleGraph {
    static let graph = try! SymbolGraph([Data(json.utf8)])

    private static let json = """
        {"module": {"name": "Kit"}, "relationships": [
            {"kind": "memberOf", "source": "s:box.size", "target": "s:box"},
            {"kind": "conformsTo", "source": "s:box", "target": "s:sized"},
            {"kind": "conformsTo", "source": "s:box", "target": "s:hashable"},
            {"kind": "memberOf", "source": "s:sized.grow::SYNTHESIZED::s:box", "target": "s:box"}
        ], "symbols": [
            \(symbol("struct", "s:box", ["Box"], line: 3, doc: ["A box, see ``Sized``.", "", "Its `size` counts."])),
            \(symbol("property", "s:box.size", ["Box", "size"], line: 5, doc: ["How large it is."])),
            \(symbol("func", "s:pack", ["pack(_:)"], line: 9, doc: ["Packs.", "", "- Parameter box: a `Box`.", "- Returns: it."])),
            \(symbol("func", "s:pack2", ["pack(_:)"], line: 8, doc: ["Packs nothing."])),
            \(symbol("protocol", "s:sized", ["Sized"], line: 1, doc: ["What has a size. It may grow."])),
            \(symbol("method", "s:sized.grow", ["Sized", "grow()"], line: 2, doc: ["Makes it larger."])),
            \(symbol("method", "s:sized.grow::SYNTHESIZED::s:box", ["Box", "grow()"], line: 2, doc: ["Makes it larger."])),
            {"kind": {"identifier": "swift.method"}, "identifier": {"precise": "s:hash"}, "pathComponents": ["Box", "hash(into:)"],
             "declarationFragments": []}
        ]}
        """

    private static func symbol(_ kind: String, _ id: String, _ path: [String], line: Int, doc: [String]) -> String {
        func quoted(_ strings: [String]) -> String { strings.map { "\"\($0)\"" }.joined(separator: ", ") }
        let lines = doc.map { "{\"text\": \"\($0)\"}" }.joined(separator: ", ")
        return """
            {"kind": {"identifier": "swift.\(kind)"}, "identifier": {"precise": "\(id)"}, "pathComponents": [\(quoted(path))],
             "declarationFragments": [{"kind": "keyword", "spelling": "\(kind)"}, {"kind": "text", "spelling": " \(path.last!)"},
                {"kind": "typeIdentifier", "spelling": " Box", "preciseIdentifier": "s:box"}],
             "docComment": {"lines": [\(lines)]},
             "location": {"uri": "file:///home/x/Sources/Kit/Boxes/Box.swift", "position": {"line": \(line - 1)}}}
            """
    }
}

@Suite("Symbol graphs")
struct SymbolGraphTests {
    @Test("each symbol stands once, in the order of the source; what has no place in it does not")
    func symbols() {
        #expect(SampleGraph.graph.symbols.map(\.id) == ["s:sized", "s:sized.grow", "s:box", "s:box.size", "s:pack2", "s:pack"])
    }

    @Test("a cell's equations in documentation are formulas with the words behind them; other indented blocks are code")
    func formulas() throws {
        let comment = """
            A cell.

                f_t = σ(W_f x_t + U_f h_{t−1} + b_f)        forget gate, as f_t
                h_t = f_t ⊙ h_{t−1} + (1 − f_t) ⊙ tanh(W_h x_t)

            Used so:

                let cell = Cell(inputSize: 3)
                h = cell(x, h)
            """
        let discussion = try Documentation(comment).discussion
        guard case .math(let formulas) = discussion[0], case .code = discussion[2] else {
            Issue.record("\(discussion)")
            return
        }
        let source = formulas.tex.source
        #expect(source.hasPrefix(#"\begin{aligned}f_t &= "#) && source.contains(#"&&\text{forget gate, as f\_t}\\h_t &= "#))
        #expect(source.contains(#"\sigma"#) && source.contains("U_f h_{t-1}") && source.contains(#"\tanh"#))
    }

    @Test("overloads have places of their own, and a name is looked for in the type first")
    func places() {
        let index = ReferenceIndex(SampleGraph.graph)
        #expect(index.href(of: "s:pack2") == "reference-kit.html#pack(_:)")
        #expect(index.href(of: "s:pack") == "reference-kit.html#pack(_:)-2")
        #expect(index.symbol(named: "size", within: ["Box", "grow()"])?.id == "s:box.size")
        #expect(index.symbol(named: "size") == nil)
        #expect(index.symbol(named: "Box.size")?.id == "s:box.size")
    }

    @Test("a page links the types of declarations and the names between backticks, and tells arguments and results")
    func page() async throws {
        let reference = try await Reference(SampleGraph.graph)
        #expect(reference.pages.map(\.slug) == ["reference", "reference-kit"])
        let body = reference.pages[1].body
        #expect(body.contains(#"<a href="reference-kit.html#Sized"><code>Sized</code></a>"#))
        #expect(body.contains(#"<a href="reference-kit.html#Box.size"><code>size</code></a>"#))
        #expect(body.contains(##"<a href="reference-kit.html#Box"><span class="tok-type"> Box</span></a>"##))
        #expect(body.contains(#"<li><code>box</code> a <a href="reference-kit.html#Box"><code>Box</code></a>.</li>"#))
        #expect(body.contains(#"<span class="field-name">Returns</span> it."#))
        // What a type has from a protocol leads there.
        #expect(body.contains(##"Has from Sized</span> <a href="reference-kit.html#Sized.grow()"><code>grow()</code></a>"##))
    }

    @Test("a note has the first sentence alone")
    func notes() async throws {
        let note = try #require(try await Reference(SampleGraph.graph).notes["s:sized"])
        #expect(note.summary == "What has a size.")
        #expect(note.href == "reference-kit.html#Sized")
    }
}

@Suite("PyTorch's spellings")
struct OtherSpellingTests {
    private func texts(_ source: String) -> [String?] { OtherSpelling.all(in: source).map(\.text) }

    @Test("a function, a method, a module's member and an initializer are called as PyTorch calls them")
    func names() {
        let source = """
            @available(*, unavailable, renamed: "crossEntropy(_:_:)")
            public func cross_entropy(_ a: Tensor, _ b: Tensor) -> Tensor { fatalError() }
            extension Tensor {
                @available(*, unavailable, renamed: "maskedFill(_:_:)")
                public func masked_fill(_ mask: Tensor, _ value: Double) -> Tensor { fatalError() }
                @available(*, unavailable, renamed: "gradient")
                public var grad: Tensor? {
                    get { fatalError() }
                }
                @available(*, unavailable, renamed: "sum(axis:keepingAxis:)")
                public func sum(dim: Int, keepdim: Bool = false) -> Tensor { fatalError() }
            }
            public enum torch {
                @available(*, unavailable, renamed: "cat(_:axis:)")
                public static func cat(_ tensors: [Tensor], dim: Int = 0) -> Tensor { fatalError() }
            }
            extension Adam {
                @available(*, unavailable, renamed: "init(_:learningRate:betas:)")
                public convenience init(
                    _ parameters: Parameters, lr: Double, betas: (Double, Double) = (0.9, 0.999)
                ) { fatalError() }
            }
            """
        #expect(
            texts(source) == [
                "cross_entropy", "Tensor.masked_fill", "Tensor.grad", "Tensor.sum(dim=, keepdim=)", "torch.cat(dim=)", "Adam(lr=)",
            ])
        #expect(OtherSpelling.all(in: source).map(\.renamed?.count)[0] == "crossEntropy(_:_:)".count)
    }

    @Test("what is written with capitals inside is no spelling of PyTorch's, and what is available is none of another")
    func others() {
        #expect(
            texts(
                """
                @available(*, unavailable, renamed: "clipGradientNorm(_:)")
                public func clipGradNorm(_ parameters: Parameters) -> Double { fatalError() }
                public func noGrad(_ body: () -> Void) {}
                """) == [nil])
    }
}

@Suite("The reference of the libraries")
struct LibraryReferenceTests {
    @Test("every public symbol that the graphs document has a place, and every link leads to one")
    func wholeAndLinked() async throws {
        let files = try await SymbolGraph.files(of: Reference.modules, try Toolchain.find())
        let reference = try await Reference(SymbolGraph(files))
        // Counted in the graphs' JSON itself.
        let identifiers = try files.flatMap { file -> [String] in
            let json = try JSONSerialization.jsonObject(with: file) as? [String: Any]
            let symbols = json?["symbols"] as? [[String: Any]] ?? []
            return symbols.filter { $0["location"] != nil }.compactMap {
                ($0["identifier"] as? [String: Any])?["precise"] as? String
            }
        }
        let declared = Set(identifiers.map { $0.components(separatedBy: "::SYNTHESIZED::")[0] })
        #expect(declared.count > 500)
        #expect(declared.filter { reference.notes[$0] == nil && identifiers.contains($0) }.isEmpty)

        let pages = Dictionary(uniqueKeysWithValues: reference.pages.map { ($0.slug + ".html", $0.body) })
        let ids = pages.mapValues { body in Set(body.matches(of: /\sid="([^"]*)"/).map { String($0.1) }) }
        for (page, body) in pages {
            let written = body.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
            #expect(written.count == Set(written).count, "an id stands twice on \(page)")
        }
        let links =
            pages.values.flatMap { $0.matches(of: /\shref="([^"]*)"/).map { String($0.1) } }
            + reference.notes.notes.values.map(\.href)
        for link in Set(links) where !link.hasPrefix("#") {
            let parts = link.replacing("&amp;", with: "&").split(separator: "#", maxSplits: 1).map(String.init)
            let id = parts.count > 1 ? parts[1].removingPercentEncoding?.replacing("&", with: "&amp;").escapedInAttribute : nil
            #expect(ids[parts[0]] != nil, "\(link) leads nowhere")
            if let id { #expect(ids[parts[0]]?.contains(id) == true, "\(link) leads nowhere") }
        }
    }

    @Test("who looks for PyTorch's name finds the symbol")
    func pyTorch() async throws {
        let reference = try await Reference(SymbolGraph(SymbolGraph.files(of: Reference.modules, try Toolchain.find())))
        let entries = reference.pages.flatMap(\.entries)
        #expect(entries.first { $0.otherNames.contains("Tensor.masked_fill") }?.name == "Tensor.maskedFill(_:_:)")
        #expect(entries.first { $0.otherNames.contains("Tensor.grad") }?.name == "Tensor.gradient")
        #expect(entries.first { $0.otherNames.contains("Adam(lr=, eps=)") }?.name.hasPrefix("Adam.init(") == true)
        let table = try #require(reference.pages.first { $0.slug == "reference-pytorch" }?.body)
        #expect(table.contains("<code>CrossEntropyLoss</code>") && table.contains("a loss is a function"))
    }

    @Test("the documentation of every symbol is Markdown that a lesson may have, and no page is heavier than 100 KB")
    func documented() async throws {
        let graph = try SymbolGraph(try await SymbolGraph.files(of: Reference.modules, try Toolchain.find()))
        for symbol in graph.symbols {
            #expect(throws: Never.self, "\(symbol.qualifiedName)") { try Documentation(symbol.documentation) }
        }
        #expect(try await Reference(graph).pages.allSatisfy { $0.body.utf8.count < 400_000 })
    }
}

extension String {
    fileprivate var escapedInAttribute: String {
        replacing("<", with: "&lt;").replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
    }
}
