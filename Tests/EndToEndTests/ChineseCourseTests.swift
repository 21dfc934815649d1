import Foundation
import Testing

/// What a page publishes, as far as both editions must have it alike.
private struct PublishedValues: Decodable, Equatable {
    struct Cell: Decodable, Equatable {
        var label: String?
        var stdout: String
        var trap: String?
        var exhibits: [Figures]
    }

    struct Inline: Decodable, Hashable, Comparable {
        var expression: String
        var text: String

        static func < (left: Self, right: Self) -> Bool { (left.expression, left.text) < (right.expression, right.text) }
    }

    struct Claim: Decodable, Equatable {
        struct Comparison: Decodable, Equatable {
            var relation: String
            var value: String
            var claimed: String
        }

        var text: String
        var holds: Bool
        var difference: Double?
        var comparison: Comparison?
    }

    /// An exhibit without its words: what it is made of, and its numbers.
    indirect enum Figures: Decodable, Equatable {
        case object([String: Figures]), list([Figures]), number(Double), words

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let object = try? value.decode([String: Figures].self) {
                // A translation tells in which file a claim of its original stands.
                self = .object(object.filter { $0.key != "file" })
            } else if let list = try? value.decode([Figures].self) {
                self = .list(list)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else {
                self = .words
            }
        }
    }

    var cells: [Cell]
    var inline: [Inline]
    var claims: [Claim]
}

@Suite("The course in Chinese")
struct ChineseCourseTests {
    private func values(_ data: String) throws -> PublishedValues {
        try JSONDecoder().decode(PublishedValues.self, from: Data(data.utf8))
    }

    @Test("both editions have the same cells, numbers and claims", arguments: CourseTests.lessons)
    func sameValues(_ lesson: WrittenLesson) throws {
        let (english, chinese) = (try values(lesson.data), try values(lesson.chineseData))
        #expect(english.cells.map(\.label) == chinese.cells.map(\.label))
        #expect(english.cells == chinese.cells)
        #expect(english.inline.sorted() == chinese.inline.sorted())
        #expect(english.claims.count == chinese.claims.count)
        for (one, other) in zip(english.claims, chinese.claims) {
            #expect((one.holds, one.difference, one.comparison) == (other.holds, other.difference, other.comparison))
        }
    }

    @Test("both editions have the same formulas, sections, sources, exercises and programs", arguments: CourseTests.lessons)
    func sameParts(_ lesson: WrittenLesson) {
        func parts(_ text: String) -> [String: [String]] {
            let text = WrittenLesson.unquoted(text)
            let blocks = text.matches(of: /(?m)^```(\w+[^\n]*)\n([\s\S]*?)\n```$/).map { String($0.1 + "\n" + $0.2) }
            let captions = text.matches(of: /(?m)^\/\/\| caption: (.*)$/).map { String($0.1) }
            let prose = text.replacing(/(?m)^(`{3,})[^\n]*\n[\s\S]*?\n\1$/, with: "") + captions.joined(separator: "\n")
            func found<Output>(_ pattern: Regex<Output>, in text: String = prose) -> [String] {
                text.matches(of: pattern).map {
                    String(text[$0.range]).replacing(/\\text\{[^}]*\}/, with: "").replacing(/\s+/, with: " ")
                }
            }
            return [
                "blocks": blocks,
                "formulas": found(/\$\$[^$]+\$\$/), "names": found(/\{#[\w-]+/), "links": found(/\]\([^)\s]+\)/).sorted(),
                "citations": found(/\[@[^\]]+\]/).flatMap { $0.matches(of: /@\w+/).map { String($0.0) } }.sorted(),
                "alerts": found(/\[![A-Z]+\]/), "headings": found(/(?m)^#+[ ]/),
            ]
        }
        let (english, chinese) = (parts(lesson.text), parts(lesson.chinese))
        for (part, found) in english { #expect(found == chinese[part], "\(part)") }
    }

    /// Cells and what their exhibits say.
    private struct SaidData: Decodable {
        struct Cell: Decodable {
            var label: String?
            var exhibits: [Exhibit]
        }

        struct Exhibit: Decodable {
            var kind: String
            var text: String?
        }

        var cells: [Cell]
    }

    @Test("whatever a Chinese page claims in words it claims in Chinese", arguments: CourseTests.lessons)
    func language(_ lesson: WrittenLesson) throws {
        let cells = try JSONDecoder().decode(SaidData.self, from: Data(lesson.chineseData.utf8)).cells
        let hidden = lesson.cells.filter { $0.contains("//| output: false") }
        for cell in cells where !hidden.contains(where: { $0.contains("//| label: \(cell.label ?? "")\n") }) {
            for claim in cell.exhibits.filter({ $0.kind == "claim" }).compactMap(\.text)
            where claim.contains(/[a-z]{3,} [a-z]{2,}/) {
                #expect(claim.contains(/\p{Han}/), "\(claim)")
            }
        }
    }
}
