import Exhibits

/// How `unroll verify` prints what it found.
package enum ReportFormat: String, CaseIterable, Sendable {
    case text, github, json

    package func report(_ problems: [Problem]) throws -> String {
        switch self {
        case .text: problems.map(\.description).joined(separator: "\n")
        case .github: problems.map(\.annotation).joined(separator: "\n")
        case .json: try JSONText.encode(problems.map(ReportedProblem.init))
        }
    }
}

extension Problem {
    /// A GitHub workflow command, which puts the problem beside its line in a pull request.
    fileprivate var annotation: String {
        var properties = file.map { ["file=\(Self.escaped($0, in: ":,"))"] } ?? []
        if let position { properties += ["line=\(position.line)", "col=\(position.column)"] }
        let text = ([message] + notes + (hint.map { ["hint: \($0)"] } ?? [])).joined(separator: "\n")
        return "::\(severity.rawValue) \(properties.joined(separator: ","))::\(Self.escaped(text))"
    }

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
