import Foundation
import LessonKit
import Testing

@Suite("Comparing two states of a page")
struct PageComparisonTests {
    private func differences(
        _ was: String, _ now: String, programs: (was: String, is: String)? = nil
    ) throws -> [Difference] {
        PageComparison(
            was: try PublishedPage(json: was, program: programs?.was), is: try PublishedPage(json: now, program: programs?.is),
            file: "lessons/01-x.md"
        ).differences
    }

    private func told(_ was: String, _ now: String, programs: (was: String, is: String)? = nil) throws -> [String] {
        try differences(was, now, programs: programs).map(\.description)
    }

    /// A page of cells, each with its exhibits; the first stands in line 10, each next one 10 lines below.
    private func page(_ cells: [String], inline: String = "", claims: String = "") -> String {
        let list = cells.enumerated().map { index, cell in #"{"index": \#(index), "line": \#(index * 10 + 10), \#(cell)}"# }
        return #"{"lesson": "x", "title": "X", "source": "lessons/01-x.md", "cells": [\#(list.joined(separator: ", "))], "#
            + #""inline": [\#(inline)], "claims": [\#(claims)]}"#
    }

    private func cell(label: String? = nil, stdout: String = "", _ exhibits: String...) -> String {
        (label.map { #""label": "\#($0)", "# } ?? "")
            + #""stdout": "\#(stdout)", "exhibits": [\#(exhibits.joined(separator: ", "))]"#
    }

    private func tensor(_ name: String, _ values: String, shape: String = "[2]") -> String {
        #"{"kind": "tensor", "name": "\#(name)", "shape": \#(shape), "values": \#(values)}"#
    }

    // MARK: Numbers of published pages

    @Test("any single number that changes is told, it alone, with what it was and is", arguments: PublishedSample.all.map(\.name))
    func singleNumber(name: String) throws {
        let sample = try #require(PublishedSample.all.first { $0.name == name })
        let published = try PublishedPage(json: sample.text)
        let step = max(1, sample.values.count / 40)
        for number in stride(from: 0, to: sample.values.count, by: step).map({ sample.values[$0] }) {
            let literal = Int(number.literal).map { "\($0 + 1)" } ?? "\(Double(number.literal)! * 1.25 + 0.7071)"
            let changed = try PublishedPage(json: sample.text(changing: [number]) { _ in literal })
            let differences = PageComparison(was: published, is: changed, file: "x.md").differences
            #expect(differences.count == 1, "\(number)")
            guard case .number(let was, let now)? = differences.first?.change else {
                Issue.record("no number: \(number)"); continue
            }
            #expect(was.literal == number.literal && now.literal == literal)
        }
    }

    @Test("when all numbers change, each is told once, and no two at the same place", arguments: PublishedSample.all.map(\.name))
    func allNumbers(name: String) throws {
        let sample = try #require(PublishedSample.all.first { $0.name == name })
        // A claim stands in its cell and in the list of claims, and changes in both.
        let changed = sample.text(changing: sample.values) { "\(Double($0.literal)! * 1.25 + 0.7071)" }
        let differences = PageComparison(
            was: try PublishedPage(json: sample.text), is: try PublishedPage(json: changed), file: "x.md"
        ).differences
        #expect(differences.count == sample.values.filter { $0.section != "claims" }.count)
        #expect(Set(differences.map { "\($0.line) \($0.place)" }).count == differences.count)
    }

    @Test("a page is equal to itself", arguments: PublishedSample.all.map(\.name))
    func itself(name: String) throws {
        let sample = try #require(PublishedSample.all.first { $0.name == name })
        #expect(try differences(sample.text, sample.text).isEmpty)
    }

    @Test("a cell that is inserted anywhere is told, it alone", arguments: PublishedSample.all.map(\.name))
    func insertedCell(name: String) throws {
        let sample = try #require(PublishedSample.all.first { $0.name == name })
        let starts = sample.text.ranges(of: #"{"index": "#).map(\.lowerBound)
        for (place, start) in starts.enumerated() {
            var text = sample.text
            text.insert(
                contentsOf: #"{"index": 99, "line": 9999, "stdout": "what no other cell prints", "exhibits": []}, "#, at: start)
            #expect(try told(sample.text, text) == ["lessons/01-x.md:9999: cell \(place + 1): is new"])
            #expect(try differences(text, sample.text).map(\.place) == ["cell \(place + 1)"])
            #expect(try differences(text, sample.text).map(\.change) == [.gone])
        }
    }

    // MARK: How it is told

    @Test("a number is told by cell, name and subscripts, with its distance in numbers and in per cent")
    func number() throws {
        let was = page([cell(label: "tbl-x", tensor("h", "[1.0, 2.0, 3.0, 0.18342]", shape: "[2, 2]"))])
        let now = page([cell(label: "tbl-x", tensor("h", "[1.0, 2.0, 3.0, 0.18511]", shape: "[2, 2]"))])
        #expect(try told(was, now) == ["lessons/01-x.md:10: tbl-x, h[1, 1]: was 0.18342, is 0.18511 (1.7e-3, 0.9 %)"])
    }

    @Test("a line of a derivation is told by its left side, in plain characters")
    func derivation() throws {
        func exhibit(_ value: String, trail: String = "0.5") -> String {
            #"""
            {"kind": "derivation", "network": "N", "forward": [], "backward": [{"t": 2, "lines": [{"left": "\\delta_2", "right": "V",
            "terms": [], "parts": [], "value": {"shape": [2], "values": [\#(value), 1.0]}}]}], "trail": [{"left": "\\delta_2[0]",
            "right": "", "terms": [], "parts": [], "value": {"shape": [], "values": [\#(trail)]}}], "gradients": []}
            """#
        }
        #expect(
            try told(page([cell(exhibit("0.5"))]), page([cell(exhibit("0.25", trail: "0.25"))])) == [
                "lessons/01-x.md:10: cell 1, δ₂[0]: was 0.5, is 0.25 (0.25, 50 %)",
                "lessons/01-x.md:10: cell 1, trail δ₂[0]: was 0.5, is 0.25 (0.25, 50 %)",
            ])
    }

    @Test("what has the same name at several steps is told with its step")
    func steps() throws {
        func exhibit(_ second: String) -> String {
            let steps = ["0.5", second].map { #"{"quantities": [{"name": "gate", "symbol": "r", "values": [[\#($0), 0.75]]}]}"# }
            return #"{"kind": "gates", "tracks": [{"layer": 0, "steps": [\#(steps.joined(separator: ", "))]}]}"#
        }
        #expect(
            try told(page([cell(exhibit("0.5"))]), page([cell(exhibit("0.375"))])) == [
                "lessons/01-x.md:10: cell 1, step 1, gate[0, 0]: was 0.5, is 0.375 (0.13, 25 %)"
            ])
    }

    @Test("whole numbers, words and shapes are told as they were and are")
    func others() throws {
        func sizes(_ count: String, _ shape: String, _ role: String) -> String {
            page([
                cell(
                    #"{"kind": "shapes", "rows": [{"name": "input", "shape": \#(shape), "role": "\#(role)", "count": \#(count)}]}"#)
            ])
        }
        #expect(
            try told(sizes("12", "[1, 3]", "input"), sizes("13", "[1, 4]", "output")) == [
                "lessons/01-x.md:10: cell 1, input, shape: was (1, 3), is (1, 4)",
                "lessons/01-x.md:10: cell 1, input, role: was “input”, is “output”",
                "lessons/01-x.md:10: cell 1, input, count: was 12, is 13",
            ])
        #expect(
            try told(page([cell(tensor("h", "[1.0, 2.0]"))]), page([cell(tensor("h", "[1.0, 2.0, 3.0]", shape: "[3]"))])) == [
                "lessons/01-x.md:10: cell 1, h, shape: was (2), is (3)"
            ])
    }

    @Test("a number that is not one any more, or was none, comes first")
    func nonfinite() throws {
        let was = page([cell(tensor("h", #"[1.0, "inf"]"#))]), now = page([cell(tensor("h", #"[2.0, "nan"]"#))])
        #expect(
            try told(was, now) == [
                "lessons/01-x.md:10: cell 1, h[1]: was inf, is nan",
                "lessons/01-x.md:10: cell 1, h[0]: was 1, is 2 (1, 100 %)",
            ])
        #expect(try told(now, now).isEmpty)
    }

    @Test("printed numbers are told as numbers, printed words as text")
    func printed() throws {
        #expect(
            try told(page([cell(stdout: #"loss 1: 0.50, 0.25\nend\n"#)]), page([cell(stdout: #"loss 1: 0.50, 0.125\nEND\n"#)])) == [
                "lessons/01-x.md:10: cell 1, printed line 2: was “end”, is “END”",
                "lessons/01-x.md:10: cell 1, printed line 1[2]: was 0.25, is 0.125 (0.13, 50 %)",
            ])
        #expect(
            try told(page([cell(stdout: #"a\nb\nc\n"#)]), page([cell(stdout: #"a\nx\ny\nc\n"#)])) == [
                "lessons/01-x.md:10: cell 1, printed from line 2 on: was “b”, is “x⏎y”"
            ])
    }

    @Test("inline values are told at their own places, matched by their expressions")
    func inline() throws {
        func value(_ line: Int, _ expression: String, _ text: String) -> String {
            #"{"line": \#(line), "column": 5, "expression": "\#(expression)", "text": "\#(text)"}"#
        }
        #expect(
            try told(
                page([], inline: [value(5, "a", "1.5"), value(6, "b", "(2, 3)")].joined(separator: ", ")),
                page([], inline: [value(5, "new", "9"), value(7, "a", "1.75"), value(8, "b", "(2, 4)")].joined(separator: ", ")))
                == [
                    "lessons/01-x.md:5:5: `new`: is new",
                    "lessons/01-x.md:7:5: `a`: was 1.5, is 1.75 (0.25, 16.7 %)",
                    "lessons/01-x.md:8:5: `b`[1]: was 3, is 4",
                ])
    }

    @Test("a claim is told at its own line, and once although a page lists it twice")
    func claims() throws {
        func claim(_ difference: String) -> String {
            #"{"line": 12, "text": "it fits", "holds": true, "difference": \#(difference), "tolerance": 0.5}"#
        }
        func state(_ difference: String, listed: String) -> String {
            page(
                [cell(claim(difference).replacingOccurrences(of: #"{"line""#, with: #"{"kind": "claim", "line""#))],
                claims: claim(listed))
        }
        let expected = ", claim “it fits”, difference: was 0, is 0.25 (0.25)"
        #expect(try told(state("0.0", listed: "0.0"), state("0.25", listed: "0.25")) == ["lessons/01-x.md:12: cell 1" + expected])
        #expect(try told(state("0.0", listed: "0.0"), state("0.0", listed: "0.25")) == ["lessons/01-x.md:12: claims" + expected])
    }

    @Test("numbers that are alike in 12 digits are equal, those that differ in the eleventh are not; whole ones are exact")
    func digits() throws {
        func state(_ number: String) -> String { page([cell(tensor("h", "[\(number)]", shape: "[1]"))]) }
        #expect(try told(state("0.1234567890123"), state("0.1234567890124")).isEmpty)
        #expect(try told(state("1e-300"), state("1.0000000000001e-300")).isEmpty)
        #expect(
            try told(state("0.12345678901"), state("0.12345678902")) == [
                "lessons/01-x.md:10: cell 1, h[0]: was 0.12345678901, is 0.12345678902 (1e-11, 8e-9 %)"
            ])
        #expect(try told(state("12345678901234"), state("12345678901235")).count == 1)
    }

    // MARK: Which cell is which

    @Test("cells keep their partners by label, also past others")
    func labels() throws {
        let one = cell(label: "tbl-one", tensor("h", "[1.0, 2.0]")), two = cell(label: "tbl-two", tensor("h", "[3.0, 4.0]"))
        #expect(try told(page([one, two]), page([two, one])).isEmpty)
        let changed = cell(label: "tbl-two", tensor("h", "[3.0, 5.0]"))
        #expect(try told(page([one, two]), page([changed, one])) == ["lessons/01-x.md:10: tbl-two, h[1]: was 4, is 5 (1, 25 %)"])
    }

    @Test("cells that print alike keep their partners by their code, when all they print has changed")
    func code() throws {
        func program(_ code: String...) -> String {
            code.enumerated().map { "\n// lessons/01-x.md:\($0 * 10 + 10)\n\($1)\n" }.joined()
        }
        let was = page([cell(stdout: #"1.5\n"#), cell(stdout: #"2.5\n"#)])
        let now = page([cell(stdout: #"9.5\n"#), cell(stdout: #"1.25\n"#), cell(stdout: #"2.25\n"#)])
        let programs = (was: program("print(a)", "print(b)"), is: program("print(z)", "print(a)", "print(b)"))
        #expect(
            try told(was, now, programs: programs) == [
                "lessons/01-x.md:10: cell 1: is new",
                "lessons/01-x.md:20: cell 2, printed line 1: was 1.5, is 1.25 (0.25, 16.7 %)",
                "lessons/01-x.md:30: cell 3, printed line 1: was 2.5, is 2.25 (0.25, 10 %)",
            ])
    }

    @Test("a cell that is gone is told where the one before it stands now, and under the name that it had")
    func gone() throws {
        let one = cell(stdout: #"1.5\n"#), two = cell(tensor("h", "[1.0, 2.0]")), three = cell(tensor("g", "[1.0, 2.0]"))
        #expect(try told(page([one, two, three]), page([one, three])) == ["lessons/01-x.md:10: cell 2: is gone"])
        #expect(try told(page([one, two]), page([two])) == ["lessons/01-x.md:1: cell 1: is gone"])
    }

    @Test("an exhibit or a series that is new or gone is told as a whole")
    func wholes() throws {
        let one = cell(tensor("h", "[1.0, 2.0]")), both = cell(tensor("g", "[3.0, 4.0]"), tensor("h", "[1.0, 2.0]"))
        #expect(try told(page([one]), page([both])) == ["lessons/01-x.md:10: cell 1, g: is new"])
        #expect(try told(page([both]), page([one])) == ["lessons/01-x.md:10: cell 1, g: is gone"])
    }

    @Test(
        "what is no JSON is refused",
        arguments: ["", "{", #"{"a": }"#, "[1 2]", #"{"a": 1} x"#, String(repeating: "[", count: 100_000)])
    func malformed(text: String) {
        #expect(throws: MalformedJSON.self) { try PublishedPage(json: text) }
    }
}
