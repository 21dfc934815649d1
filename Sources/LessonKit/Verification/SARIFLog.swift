/// What was found in SARIF 2.1.0, which tools that watch over code read.
struct SARIFLog: Encodable {
    struct Run: Encodable {
        var tool = Tool()
        var columnKind = "unicodeCodePoints"
        var results: [Result]
    }

    struct Tool: Encodable {
        struct Driver: Encodable {
            var name = "unroll verify"
            var rules = Rule.all
        }

        var driver = Driver()
    }

    struct Rule: Encodable {
        var id: String
        var shortDescription: Message

        static let problem = Rule(id: "problem", shortDescription: Message(text: "A lesson or a file of the site is at fault."))
        static let difference = Rule(
            id: "difference", shortDescription: Message(text: "A published value is not what the lesson makes."))
        static let all = [problem, difference]
    }

    struct Message: Encodable {
        var text: String
    }

    struct Result: Encodable {
        var ruleId: String
        var level: String
        var message: Message
        var locations: [Location]
    }

    struct Location: Encodable {
        struct Physical: Encodable {
            var artifactLocation: Artifact
            var region: Region?
        }

        struct Artifact: Encodable { var uri: String }
        struct Region: Encodable { var startLine: Int; var startColumn: Int? }

        var physicalLocation: Physical
    }

    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    init(_ findings: Findings) {
        runs = [Run(results: findings.problems.map(Result.init) + findings.differences.map(Result.init))]
    }
}

extension SARIFLog.Result {
    fileprivate init(_ problem: Problem) {
        self.init(
            ruleId: SARIFLog.Rule.problem.id, level: problem.severity.rawValue, message: .init(text: problem.wholeMessage),
            locations: problem.file.map { [.init($0, problem.position?.line, problem.position?.column)] } ?? [])
    }

    fileprivate init(_ moved: Difference) {
        self.init(
            ruleId: SARIFLog.Rule.difference.id, level: "error", message: .init(text: moved.message),
            locations: [.init(moved.file, moved.line, moved.column)])
    }
}

extension SARIFLog.Location {
    fileprivate init(_ file: String, _ line: Int?, _ column: Int?) {
        physicalLocation = Physical(
            artifactLocation: .init(uri: file.percentEncoded), region: line.map { .init(startLine: $0, startColumn: column) })
    }
}
