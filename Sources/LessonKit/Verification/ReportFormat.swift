import Exhibits

/// How `unroll verify` prints what it found.
package enum ReportFormat: String, CaseIterable, Sendable {
    case text, github, json, sarif

    package func report(_ findings: Findings) throws -> String {
        switch self {
        case .text: findings.text
        case .github: findings.annotations
        case .json:
            try JSONText.encode(
                findings.problems.map { ReportedFinding.problem(ReportedProblem($0)) }
                    + findings.differences.map { .difference(ReportedDifference($0)) })
        case .sarif: try JSONText.encode(SARIFLog(findings))
        }
    }
}

extension Findings {
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

/// One object of the report for programs.
private enum ReportedFinding: Encodable {
    case problem(ReportedProblem)
    case difference(ReportedDifference)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .problem(let problem): try problem.encode(to: encoder)
        case .difference(let moved): try moved.encode(to: encoder)
        }
    }
}

/// A difference as an object: a problem's keys and more.
private struct ReportedDifference: Encodable {
    var file: String
    var line: Int
    var column: Int?
    var severity = Problem.Severity.error.rawValue
    var message: String
    var notes: [String] = []
    var label: String
    var path: String
    var was: ReportedValue?
    var `is`: ReportedValue?
    var difference: Double?

    init(_ moved: Difference) {
        (file, line, column, message) = (moved.file, moved.line, moved.column, moved.message)
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
