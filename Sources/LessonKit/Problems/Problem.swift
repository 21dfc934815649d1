/// Something a person has to mend, told where it is: the one error type of every stage.
///
/// Printed as `lessons/07-lstm-gates.md:42:21: error: …`, followed by its notes and its hint.
package struct Problem: Error, Hashable, Codable, Sendable {
    package enum Severity: String, Hashable, Codable, Sendable {
        case error, warning
    }

    package var severity: Severity
    /// The file as the person named it; nil when no file is at fault.
    package var file: String?
    package var position: SourcePosition?
    package var message: String
    /// Further lines: what was expected, what came, where a name was first used.
    package var notes: [String]
    /// How to mend it.
    package var hint: String?

    package init(
        _ severity: Severity = .error, file: String? = nil, at position: SourcePosition? = nil,
        _ message: String, notes: [String] = [], hint: String? = nil
    ) {
        self.severity = severity
        self.file = file
        self.position = position
        self.message = message
        self.notes = notes
        self.hint = hint
    }
}

extension Problem {
    init(_ severity: Severity = .error, at place: SourcePlace, _ message: String, notes: [String] = [], hint: String? = nil) {
        self.init(severity, file: place.file, at: place.position, message, notes: notes, hint: hint)
    }

    /// nil where no place in a file is at fault.
    var sourcePlace: SourcePlace? {
        file.flatMap { file in position.map { SourcePlace(file: file, position: $0) } }
    }

    /// With its notes and its hint, a line each.
    var wholeMessage: String { ([message] + notes + (hint.map { ["hint: \($0)"] } ?? [])).joined(separator: "\n") }
}

extension Sequence<Problem> {
    /// By their files, and in each by their places; what has none comes first.
    var inOrder: [Problem] {
        let start = SourcePosition(line: 0, column: 0)
        return sorted { ($0.file ?? "", $0.position ?? start) < ($1.file ?? "", $1.position ?? start) }
    }
}

/// Every problem that one stage found, so that a lesson's faults are all told in one run.
package struct Problems: Error, Sendable {
    package let all: [Problem]

    package init(_ all: [Problem]) {
        self.all = all
    }
}

extension Problem: CustomStringConvertible {
    package var description: String {
        let place = [file, position.map { "\($0.line)" }, position.map { "\($0.column)" }]
            .compactMap { $0 }.joined(separator: ":")
        let head = (place.isEmpty ? "" : place + ": ") + "\(severity.rawValue): \(message)"
        return ([head] + notes.map { "  note: \($0)" } + (hint.map { ["  hint: \($0)"] } ?? []))
            .joined(separator: "\n")
    }
}
