/// What two builds of the same lessons do not agree on: no published page can be held to it.
struct Chance {
    /// Each told at its cell, once.
    private(set) var problems: [Problem] = []
    private var values: Set<[String]> = []
    /// Of one build only.
    private var errors: Set<Problem>

    init(_ first: BuiltSite, _ second: BuiltSite, lessons: LessonsFolder) {
        let found = [first, second].map { Set($0.problems.filter { $0.severity == .error }) }
        errors = found[0].symmetricDifference(found[1])
        problems = errors.map(Self.inOneRun)
        let contents = (first: first.contents, second: second.contents)
        for slug in first.slugs {
            guard let page = MovedPage(slug, was: { contents.first[$0] }, is: { contents.second[$0] }, lessons) else { continue }
            values.formUnion(page.differences.map(Self.key))
            problems += Findings(differences: page.differences).cells.map(Self.fromRunToRun)
        }
        problems.sort { ($0.file ?? "", $0.position?.line ?? 0, $0.message) < ($1.file ?? "", $1.position?.line ?? 0, $1.message) }
    }

    /// Whether a published value is not what it was by chance alone.
    func explains(_ moved: Difference) -> Bool { values.contains(Self.key(moved)) }

    func explains(_ problem: Problem) -> Bool { errors.contains(problem) }

    /// Without the subscript: elements of one thing that were alike in two runs are of chance as the others are.
    private static func key(_ value: Difference) -> [String] { [value.file, value.label, String(value.path.prefix { $0 != "[" })] }

    // MARK: Telling

    private static let hint =
        "seed what is drawn, as manualSeed(0) does for tensors and layers; show nothing of the time, the machine or addresses"

    private static func fromRunToRun(_ cell: ArraySlice<Difference>) -> Problem {
        let first = cell[cell.startIndex]
        let others = cell.dropFirst().prefix(Findings.told - 1).map { "\($0.place): \($0.runs)" }
        let more = cell.count > Findings.told ? ["\(cell.count - Findings.told) more"] : []
        return Problem(
            file: first.file, at: SourcePosition(line: first.line, column: first.column ?? 1),
            "\(first.place) differs from run to run: \(first.runs)", notes: others + more, hint: hint)
    }

    private static func inOneRun(_ problem: Problem) -> Problem {
        var told = problem
        told.message = "in one of two runs only: " + problem.message
        told.hint = hint
        return told
    }
}

extension Difference {
    /// What one run gave, and the other.
    fileprivate var runs: String {
        sides("", " and ") ?? "in one of two only"
    }
}
