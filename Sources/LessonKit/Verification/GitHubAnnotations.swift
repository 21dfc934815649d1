extension Findings {
    /// GitHub shows no more of one step.
    private static let mostAnnotations = 10

    /// Workflow commands, which put what was found beside its line in a pull request; how many more there are in plain text.
    package var annotations: String {
        let all = problems.map(\.annotation) + differences.map(\.annotation)
        let more = all.count - Self.mostAnnotations
        return (all.prefix(Self.mostAnnotations) + (more > 0 ? ["and \(more) more: see the summary of this job"] : []))
            .joined(separator: "\n")
    }

    /// All that was found as Markdown, for the file that `GITHUB_STEP_SUMMARY` names.
    package var summary: String {
        guard !problems.isEmpty || !differences.isEmpty else { return "" }
        return "### unroll verify\n\n" + problemTable + differenceTable
    }

    /// GitHub refuses a summary above a mebibyte.
    private static let mostRows = 2_000

    private var problemTable: String {
        table(["where", "what"], problems.map { [$0.place, $0.message] })
    }

    private var differenceTable: String {
        table(
            ["where", "value", "was", "is", "difference"],
            differences.map { moved in
                ["\(moved.file):\(moved.line)", moved.place, moved.was ?? "–", moved.is ?? "–", moved.distance ?? moved.word]
            })
    }

    private func table(_ heading: [String], _ rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        func line(_ cells: [String]) -> String { "| " + cells.map(\.inMarkdownTable).joined(separator: " | ") + " |\n" }
        let more = rows.count - Self.mostRows
        return line(heading) + "|" + String(repeating: " --- |", count: heading.count) + "\n"
            + rows.prefix(Self.mostRows).map(line).joined() + (more > 0 ? "\n… and \(more) more\n" : "") + "\n"
    }
}

extension Difference {
    /// What stands where there is no distance.
    fileprivate var word: String {
        switch change {
        case .new: "new"
        case .gone: "gone"
        case .number, .shape, .text: ""
        }
    }

    fileprivate var annotation: String {
        Problem(file: file, at: SourcePosition(line: line, column: column ?? 1), message).annotation
    }
}

extension Problem {
    fileprivate var annotation: String {
        var properties = file.map { ["file=\(Self.escaped($0, in: ":,"))"] } ?? []
        if let position { properties += ["line=\(position.line)", "col=\(position.column)"] }
        return "::\(severity.rawValue) \(properties.joined(separator: ","))::\(Self.escaped(wholeMessage))"
    }

    fileprivate var place: String { [file, position.map { "\($0.line)" }].compactMap { $0 }.joined(separator: ":") }

    /// The command's own separators, percent-encoded.
    private static func escaped(_ text: String, in extra: String = "") -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case ":" where extra.contains(":"): "%3A"
            case "," where extra.contains(","): "%2C"
            default: String(scalar)
            }
        }.joined()
    }
}

extension String {
    /// What Markdown would read as its own is written as references, for GitHub knows HTML's.
    fileprivate var inMarkdownTable: String {
        unicodeScalars.map { scalar in
            switch scalar {
            case "\n", "\r": "⏎"
            case "|", "\\", "`", "*", "_", "[", "]", "<", ">", "&", "~", "@", "#", "$": "&#\(scalar.value);"
            default: String(scalar)
            }
        }.joined()
    }
}
