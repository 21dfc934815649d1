import Foundation
import LessonKit
import Testing

@Suite("Reports of differences")
struct FindingsTests {
    /// Differences of one cell, the largest first.
    private func moved(_ count: Int) throws -> Findings {
        func page(_ values: [Double]) throws -> PublishedPage {
            try PublishedPage(
                json:
                    #"{"cells": [{"index": 0, "line": 7, "label": "tbl-x", "stdout": "", "exhibits": [{"kind": "tensor", "name": "h","#
                    + #" "shape": [\#(count)], "values": \#(values)}]}], "inline": [], "claims": []}"#)
        }
        let was = (0..<count).map(Double.init)
        // The last moves the farthest.
        let comparison = PageComparison(
            was: try page(was), is: try page(was.map { $0 * 1.5 + 1 }), file: "lessons/a, b.md")
        return Findings(differences: comparison.differences)
    }

    @Test("of a cell the ten largest are told in the terminal, in their order, and how many more there are")
    func tenLargest() throws {
        let lines = try ReportFormat.text.report(moved(12)).split(separator: "\n").map(String.init)
        let told = lines.prefix(10).compactMap { $0.firstMatch(of: #/h\[(\d+)\]/#).flatMap { Int($0.1) } }
        #expect(told == [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
        #expect(lines[10] == "lessons/a, b.md:7: tbl-x: 2 more differences")
        #expect(try !ReportFormat.text.report(moved(10)).contains("more"))
        #expect(try ReportFormat.text.report(moved(11)).contains("tbl-x: 1 more difference\n"))
    }

    @Test("GitHub gets ten annotations, and the summary all that was found, in Markdown that reads nothing of it as its own")
    func gitHub() throws {
        var findings = try moved(12)
        findings.problems = [Problem(file: "output/a|b.html", "is <missing>")]
        let lines = try ReportFormat.github.report(findings).split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("::error ") } == 10)
        #expect(lines[1].hasPrefix("::error file=lessons/a%2C b.md,line=7,col=1::tbl-x, h[11]: was 11, is 17.5 (6.5, 59.1 %25)"))
        #expect(lines.last == "and 3 more: see the summary of this job")
        let summary = findings.summary.split(separator: "\n").map(String.init)
        #expect(summary.contains("| output/a&#124;b.html | is &#60;missing&#62; |"))
        #expect(summary.contains("| lessons/a, b.md:7 | tbl-x, h&#91;11&#93; | 11 | 17.5 | 6.5, 59.1 % |"))
        #expect(summary.count { $0.contains("tbl-x") } == 12)
        #expect(Findings().summary.isEmpty)
    }

    @Test("JSON has every difference with all digits, beside the problems")
    func json() throws {
        var findings = try moved(12)
        findings.problems = [Problem(file: "x.md", "is wrong")]
        let text = try ReportFormat.json.report(findings)
        let objects = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        #expect(objects.count == 13)
        #expect(objects[0]["message"] as? String == "is wrong" && objects[0]["path"] == nil)
        #expect(objects[1]["label"] as? String == "tbl-x" && objects[1]["path"] as? String == "h[11]")
        #expect(objects[1]["file"] as? String == "lessons/a, b.md" && objects[1]["line"] as? Int == 7)
        #expect(
            objects[1]["was"] as? Double == 11 && objects[1]["is"] as? Double == 17.5 && objects[1]["difference"] as? Double == 6.5)
    }

    @Test("SARIF has what its schema asks for, and paths as addresses")
    func sarif() throws {
        var findings = try moved(1)
        findings.problems = [Problem(.warning, "of no file")]
        let text = try ReportFormat.sarif.report(findings)
        let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(driver["name"] as? String == "unroll verify")
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == 2)
        for result in results {
            #expect(rules.contains(result["ruleId"] as? String ?? ""))
            #expect(["error", "warning"].contains(result["level"] as? String))
            #expect((result["message"] as? [String: Any])?["text"] is String)
        }
        #expect((results[0]["locations"] as? [Any])?.isEmpty == true)
        let location = (results[1]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
        #expect((location?["artifactLocation"] as? [String: Any])?["uri"] as? String == "lessons/a,%20b.md")
        #expect((location?["region"] as? [String: Any])?["startLine"] as? Int == 7)
    }
}
