import Exhibits

/// How `unroll verify` prints what it found.
package enum ReportFormat: String, CaseIterable, Sendable {
    case text, github, json, sarif

    package func report(_ findings: Findings) throws -> String {
        switch self {
        case .text: findings.text
        case .github: findings.annotations
        case .json:
            try JSONText.encode(findings.problems.map(ReportedProblem.init) + findings.differences.map(ReportedProblem.init))
        case .sarif: try JSONText.encode(SARIFLog(findings))
        }
    }
}

extension Findings {
    /// How many of a cell's differences are told in the terminal.
    private static let told = 10

    fileprivate var text: String {
        let moved = cells.flatMap { cell in
            cell.prefix(Self.told).map(\.description) + more(of: cell)
        }
        return (problems.map(\.description) + moved + hint).joined(separator: "\n")
    }

    private func more(of cell: ArraySlice<Difference>) -> [String] {
        guard cell.count > Self.told, let first = cell.first else { return [] }
        let count = cell.count - Self.told
        return ["\(first.file):\(first.line): \(first.label): \(count) more \(count == 1 ? "difference" : "differences")"]
    }

    private var hint: [String] {
        differences.isEmpty ? [] : ["  hint: where these values are right, write the site and commit it: \(mend)"]
    }
}

/// A problem or a difference for programs; a difference has more keys.
private struct ReportedProblem: Encodable {
    var file: String?
    var line: Int?
    var column: Int?
    var severity: String
    var message: String
    var notes: [String]
    var hint: String?
    var label: String?
    var path: String?
    var was: ReportedValue?
    var `is`: ReportedValue?
    var difference: Double?

    init(_ problem: Problem) {
        file = problem.file
        line = problem.position?.line
        column = problem.position?.column
        severity = problem.severity.rawValue
        message = problem.message
        notes = problem.notes
        hint = problem.hint
    }

    init(_ moved: Difference) {
        (file, line, column, severity) = (moved.file, moved.line, moved.column, Problem.Severity.error.rawValue)
        (message, notes) = ("\(moved.place): \(moved.told)", [])
        (label, path) = (moved.label, moved.path)
        switch moved.change {
        case .number(let was, let now):
            (self.was, self.is) = (.number(was.value), .number(now.value))
            difference = now.value - was.value
        case .shape(let was, let now), .text(let was, let now): (self.was, self.is) = (.text(was), .text(now))
        case .new, .gone: break
        }
    }
}

/// A number with all its digits, or a text.
private enum ReportedValue: Encodable {
    case number(Double)
    case text(String)

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
