import Drawing
import Exhibits
import Foundation
import Samples
import Testing

import LessonKit

/// A log is what a lesson's process wrote, whatever that did: what it says is told or drawn, and never believed.
@Suite("What a lesson's process wrote")
struct RecordedRunTests {
    /// Of one cell in line 4 and one value in line 8.
    private static let lesson: Lesson? = try? Lesson.parse(
        Array("---\ntitle: A\n---\n```{swift}\nshow(x)\n```\n\nSo `{swift} 1`.\n".utf8), path: "lessons/01-a.md")

    private static let beginning = #"{"kind": {"cell": {"_0": 0}}, "printed": 0}"#
    private static let rest = [
        #"{"kind": {"inline": {"_0": 0}}, "printed": 0}"#, #"{"kind": {"value": {"text": "1"}}, "printed": 0}"#,
        #"{"kind": {"end": {}}, "printed": 0}"#,
    ]

    private static func shown(_ exhibit: String) -> String { #"{"kind": {"exhibit": {"_0": \#(exhibit)}}, "printed": 0}"# }

    /// What is wrong with a run in which a lesson's cell wrote these lines; all of it is drawn where nothing is.
    private func problems(_ lines: [String], rest: [String] = Self.rest) throws -> [String] {
        let lesson = try #require(Self.lesson), program = Program(lesson)
        let log = ([Self.beginning] + lines + rest).map { $0 + "\n" }.joined()
        let run = RecordedRun(log: Data(log.utf8), printed: Data(), program: program, lesson: lesson)
        let problems = run.problems
        if problems.isEmpty {
            #expect(!Page(lesson, run.recording).body.markup.isEmpty)
            _ = run.recording.cells.flatMap(\.exhibits).map(\.text)
        }
        return problems.map { "\($0.position?.line ?? 0): \($0.message)" }
    }

    @Test(
        "an exhibit that no show makes is told at the cell, by what is wrong with it",
        arguments: [
            (#"{"kind": "tensor", "name": "", "shape": [9000000000000000000, 9], "values": []}"#, "tensor: the shape"),
            (
                #"{"kind": "tensor", "name": "", "shape": [2, 2], "values": [1]}"#,
                "tensor: the shape (2, 2) does not fit its 1 numbers"
            ),
            (#"{"kind": "tensor", "name": "", "shape": [-1, -1], "values": [1]}"#, "tensor: the shape"),
            (#"{"kind": "shapes", "rows": [{"name": "x", "shape": [-1]}]}"#, "shapes: no tensor has the shape (-1)"),
            (
                #"{"kind": "heatmap", "rows": ["a"], "columns": ["b"], "values": [[1, 2]], "rowTitle": "", "columnTitle": "", "title": ""}"#,
                "heatmap: a matrix is not of 1 by 1 numbers"
            ),
            (
                #"{"kind": "lines", "title": "", "size": "regular", "series": [], "x": {"label": "", "scale": "logarithmic", "lower": -1}, "y": {"label": "", "scale": "linear"}}"#,
                "lines: an axis must lie above zero"
            ),
            (
                #"{"kind": "lines", "title": "", "size": "regular", "series": [{"name": "", "x": [1], "y": [1], "band": {"lower": [2], "upper": [1]}}], "x": {"label": "", "scale": "linear"}, "y": {"label": "", "scale": "linear"}}"#,
                "lines: a band does not fit its line"
            ),
            (
                #"{"kind": "scatter", "title": "", "size": "regular", "series": [{"name": "", "x": [1], "y": []}], "x": {"label": "", "scale": "linear"}, "y": {"label": "", "scale": "linear"}}"#,
                "scatter: points have not as many x as y"
            ),
            (
                #"{"kind": "histogram", "title": "", "size": "regular", "label": "", "edges": [0, 0], "series": []}"#,
                "histogram: edges of bins do not ascend"
            ),
            (
                #"{"kind": "histogram", "title": "", "size": "regular", "label": "", "edges": [0, 1], "series": [{"name": "", "counts": [3], "undrawn": []}]}"#,
                "histogram: a median is none of its counts"
            ),
            (
                #"{"kind": "table", "title": "", "columns": [{"name": "", "numbers": [1]}, {"name": "", "words": []}]}"#,
                "table: columns are of different length"
            ),
            (
                #"{"kind": "network", "arrangement": "manyToOne", "inputs": 3, "outputs": 1, "layers": 1000000000, "isBidirectional": true, "cell": ""}"#,
                "network: a network has 1000000000 layers"
            ),
            (
                #"{"kind": "cell", "name": "", "diagram": {"nodes": [], "wires": [{"from": "a", "to": "b", "symbol": "", "mark": ""}]}, "values": []}"#,
                "cell: a wire of a cell leads nowhere"
            ),
            (
                #"{"kind": "claim", "text": "", "holds": false, "line": -9223372036854775808, "column": 1}"#,
                "claim: no claim stands in line"
            ),
        ])
    func impossible(exhibit: String, message: String) throws {
        let problems = try problems([Self.shown(exhibit)])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("4: this cell recorded what no exhibit can be: " + message) == true, "\(problems)")
    }

    @Test(
        "a call of what Unroll writes around cells is told as what is out of turn",
        arguments: [
            (#"{"cell": {"_0": 99}}"#, "8: this inline value did not run once in its turn"),
            (#"{"cell": {"_0": -1}}"#, "8: this inline value did not run once in its turn"),
            (#"{"cell": {"_0": 0}}"#, "8: this inline value did not run once in its turn"),
            (#"{"inline": {"_0": 7}}"#, "8: this inline value did not run once in its turn"),
            (#"{"value": {"text": "1"}}"#, "4: this cell ends an inline value that did not begin"),
            (#"{"end": {}}"#, "8: this inline value did not run once in its turn"),
        ])
    func outOfTurn(event: String, message: String) throws {
        let problems = try problems([#"{"kind": \#(event), "printed": -5}"#])
        #expect(problems.first?.hasPrefix(message) == true, "\(problems)")
    }

    @Test("an inline value that ends the program itself has no value")
    func endedValue() throws {
        let problems = try problems([], rest: [Self.rest[0], Self.rest[2]])
        #expect(problems == ["8: this inline value has no value"])
    }

    @Test("a line that is no record is told, and one that a stopped program left half is not")
    func unreadable() throws {
        let deep = String(repeating: "[", count: 100_000)
        for line in ["nonsense", deep, Self.shown(#"{"kind": "tensor", "values": "#)] {
            #expect(try problems([line]) == ["4: this cell recorded what no exhibit can be: its record cannot be read"])
        }
        let lesson = try #require(Self.lesson), log = Data((Self.beginning + "\n{\"kind\": {\"exh").utf8)
        let run = RecordedRun(log: log, printed: Data(), program: Program(lesson), lesson: lesson)
        #expect(run.problems.isEmpty)
    }

    @Test("formulas that stand in one another without end are no formulas")
    func deepFormula() throws {
        for part in [#"\\sqrt"#, "{", "x^", #"\\left("#] {
            let formula = String(repeating: part, count: 3000)
            #expect(try problems([Self.shown(#"{"kind": "equations", "name": "", "equations": ["\#(formula)"]}"#)]).isEmpty)
        }
        let long = String(repeating: "x", count: 30_000)
        #expect(try problems([Self.shown(#"{"kind": "equations", "name": "", "equations": ["\#(long)"]}"#)]).count == 1)
    }

    // MARK: Chance

    @Test("whatever is changed in what the course shows is told or drawn")
    func mutations() throws {
        let exhibits = try Self.exhibitsOfTheCourse()
        #expect(Set(exhibits.compactMap { ($0 as? [String: Any])?["kind"] as? String }).count >= 10)
        for exhibit in exhibits { #expect(try problems([Self.line(exhibit)]).isEmpty) }
        var mutation = Mutation(random: SplitMix(state: 7))
        var told = 0
        for index in 0..<2500 {
            let mutant = mutation.mutant(of: exhibits[index % exhibits.count])
            if try !problems([Self.line(mutant)]).isEmpty { told += 1 }
        }
        #expect(told > 500 && told < 2400)
    }

    private static func line(_ exhibit: Any) throws -> String {
        let text = try JSONSerialization.data(withJSONObject: exhibit, options: [.fragmentsAllowed])
        return shown(String(decoding: text, as: UTF8.self))
    }

    /// As they are published; the smaller ones, lest it take long.
    private static func exhibitsOfTheCourse() throws -> [Any] {
        let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let folder = package.appending(path: "output").standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter { $0.hasSuffix(".json") }.sorted()
        return try files.flatMap { name -> [Any] in
            let data = try Data(contentsOf: folder.appending(path: name))
            let page = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            return (page["cells"] as? [[String: Any]] ?? []).flatMap { $0["exhibits"] as? [Any] ?? [] }
        }.filter { try JSONSerialization.data(withJSONObject: $0).count < 8000 }
    }
}

/// Changes one or two places of a tree of JSON.
private struct Mutation {
    var random: SplitMix

    mutating func mutant(of tree: Any) -> Any {
        let once = changed(tree)
        return Bool.random(using: &random) ? changed(once) : once
    }

    /// Goes down to some place, and changes what is there.
    private mutating func changed(_ tree: Any) -> Any {
        let goesOn = Int.random(in: 0..<6, using: &random) > 0
        if goesOn, var object = tree as? [String: Any], let key = object.keys.sorted().randomElement(using: &random) {
            object[key] = changed(object[key]!)
            return object
        }
        if goesOn, var list = tree as? [Any], let place = list.indices.randomElement(using: &random) {
            list[place] = changed(list[place])
            return list
        }
        return replaced(tree)
    }

    private mutating func replaced(_ value: Any) -> Any {
        switch value {
        case var object as [String: Any]:
            if let key = object.keys.sorted().randomElement(using: &random) { object[key] = nil }
            return object
        case var list as [Any]:
            switch Int.random(in: 0..<5, using: &random) {
            case 0: return []
            case 1: return Array(list.dropLast())
            case 2: return list + list
            case 3: return [list]
            default:
                list.reverse()
                return list
            }
        case is String:
            return ["", "x", "tensor", "heatmap", "cell", "nan", String(repeating: "{", count: 200), #"\frac"#, "\" onload="]
                .randomElement(using: &random)!
        default:
            let numbers: [Any] = [
                0, -1, 1, 2, 1000, Int.max, Int.min, Int.max / 2, 1e300, -1e308, 1.7e308, Double.leastNonzeroMagnitude, 0.5, "nan",
                "inf", "-inf",
                NSNull(),
                true,
            ]
            return numbers.randomElement(using: &random)!
        }
    }
}
