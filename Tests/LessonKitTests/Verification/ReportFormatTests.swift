import Foundation
import LessonKit
import Testing

@Suite("Reports")
struct ReportFormatTests {
    private let problem = Problem(
        file: "le:ssons/a,b.md", at: SourcePosition(line: 3, column: 7), "100 % wrong: x,\nand y", notes: ["one"], hint: "mend it")

    @Test("what GitHub would read as its own is escaped, in the place more than in the text")
    func gitHub() throws {
        #expect(
            try ReportFormat.github.report(Findings(problems: [problem]))
                == "::error file=le%3Assons/a%2Cb.md,line=3,col=7::100 %25 wrong: x,%0Aand y%0Aone%0Ahint: mend it")
    }

    @Test("JSON has the place and all that is said, each under its key")
    func json() throws {
        struct Reported: Decodable, Equatable {
            var file: String
            var line: Int
            var column: Int
            var severity: String
            var message: String
            var notes: [String]
            var hint: String
        }

        let text = try ReportFormat.json.report(Findings(problems: [problem]))
        #expect(
            try JSONDecoder().decode([Reported].self, from: Data(text.utf8)) == [
                Reported(
                    file: "le:ssons/a,b.md", line: 3, column: 7, severity: "error", message: "100 % wrong: x,\nand y",
                    notes: ["one"], hint: "mend it")
            ])
    }
}
