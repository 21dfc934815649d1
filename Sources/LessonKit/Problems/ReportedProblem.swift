/// A problem as an object for other programs.
package struct ReportedProblem: Encodable, Sendable {
    var file: String?
    var line: Int?
    var column: Int?
    var severity: String
    var message: String
    var notes: [String]
    var hint: String?

    package init(_ problem: Problem) {
        file = problem.file
        line = problem.position?.line
        column = problem.position?.column
        severity = problem.severity.rawValue
        message = problem.message
        notes = problem.notes
        hint = problem.hint
    }
}
