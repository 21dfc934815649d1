import Exhibits

/// What one page publishes, read from its data and its program, to be held against what it published another time.
package struct PublishedPage: Sendable {
    struct Cell: Hashable {
        /// From 1.
        var number: Int
        var line: Int
        var label: String?
        /// nil where the program is not known.
        var code: String?
        var shown: JSONTree
    }

    struct InlineValue: Hashable {
        var line: Int
        var column: Int
        var expression: String
        var text: String
    }

    var cells: [Cell]
    var values: [InlineValue]
    var claims: JSONTree
    /// Title, summary and what else belongs to no cell.
    var page: JSONTree

    /// - Parameters:
    ///   - json: what a page's `.json` file holds.
    ///   - program: what its `.swift` file holds; it helps to tell which cell is which.
    package init(json: String, program: String? = nil) throws(MalformedJSON) {
        let tree = try JSONTree(json)
        values = (tree["inline"]?.elements ?? []).map { value in
            InlineValue(
                line: value["line"]?.integer ?? 1, column: value["column"]?.integer ?? 1,
                expression: value["expression"]?.string ?? "", text: value["text"]?.string ?? "")
        }
        claims = tree["claims"] ?? .array([])
        let members: [JSONTree.Member] = if case .object(let members) = tree { members } else { [] }
        page = .object(members.filter { !["cells", "inline", "claims"].contains($0.key) })
        cells = (tree["cells"]?.elements ?? []).enumerated().map { index, cell in
            Cell(
                number: index + 1, line: cell["line"]?.integer ?? 1, label: cell["label"]?.string, code: nil,
                shown: cell.without(["index", "line", "label"]))
        }
        if let program, let source = tree["source"]?.string { readCode(from: program, source: source) }
    }

    package init(_ data: PageData, program: String? = nil) throws {
        try self.init(json: JSONText.encode(data), program: program)
    }

    /// The code of a cell stands in the program below a comment that names its line, and above the values of the sentences
    /// that follow it.
    private mutating func readCode(from program: String, source: String) {
        var rest = program[...]
        for index in cells.indices {
            guard let heading = rest.firstRange(of: "\n// \(source):\(cells[index].line)\n") else { return }
            rest = rest[heading.upperBound...]
            let next = cells.indices.contains(index + 1) ? cells[index + 1].line : Int.max
            let end = next == Int.max ? nil : rest.firstRange(of: "\n// \(source):\(next)\n")?.lowerBound
            var code = rest[..<(end ?? rest.endIndex)]
            for value in values.reversed() where (cells[index].line..<next).contains(value.line) {
                let call = "print(\(value.expression))\n"
                if code.hasSuffix(call) { code = code.dropLast(call.count) }
            }
            cells[index].code = String(code)
        }
    }
}

extension PublishedPage.Cell {
    /// What it showed, taken apart.
    var shownValues: [ShownValue] {
        var values = ShownValues()
        values.add(shown.without(["stdout"]))
        return values.values
    }

    var stdout: String { shown["stdout"]?.string ?? "" }

    /// What kinds of things it showed, under which names.
    var outline: [String] {
        (stdout.isEmpty ? [] : ["stdout"])
            + (shown["exhibits"]?.elements ?? []).map {
                "\($0["kind"]?.string ?? "") \($0["name"]?.string ?? $0["text"]?.string ?? "")"
            }
    }

    var name: String { label ?? "cell \(number)" }
}

extension JSONTree {
    func without(_ keys: Set<String>) -> JSONTree {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { !keys.contains($0.key) })
    }
}
