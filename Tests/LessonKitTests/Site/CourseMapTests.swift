import Exhibits
import LessonKit
import Testing

@Suite("The map of lessons")
struct CourseMapTests {
    /// A front page before lessons that build on earlier ones, by their names.
    private func front(_ lessons: [(name: String, buildsOn: [String])]) throws -> String {
        let pages = lessons.enumerated().map { index, lesson in
            let sample = Sample.lesson(slug: lesson.name, number: index + 1, title: lesson.name)
            var page = Page(sample, Recording(cells: [], values: []))
            page.buildsOn = lesson.buildsOn
            return page
        }
        let index = Page(Sample.lesson(slug: "index", number: nil), Recording(cells: [], values: []))
        let files = try Site([index] + pages).files()
        return String(decoding: try #require(files.first { $0.path == "index.html" }).contents, as: UTF8.self)
    }

    /// What each lesson builds on, read off the lines as a reader follows them: from the dot upwards.
    private func drawn(_ page: String) throws -> [String: Set<String>] {
        var owners: [Int: String] = [:]
        var result: [String: Set<String>] = [:]
        for stop in page.matches(of: /<li data-lesson="([^"]*)"[^>]*>(.*?)<\/li>/.dotMatchesNewlines()) {
            let name = String(stop.1)
            let parts = stop.2.matches(of: /class="map-line ([a-z -]+)" style="--line: (\d+); --lines: (\d+)"/).map {
                (kind: String($0.1), first: Int($0.2)!, last: Int($0.2)! + Int($0.3)!)
            }
            let own = try #require(parts.first { $0.kind == "stop" }).first
            func reaches(_ line: Int) throws -> String { try #require(owners[line], "a line from nowhere at \(name)") }
            result[name] = []
            for part in parts {
                switch part.kind {
                case "above":
                    #expect(part.first == own)
                    result[name]!.insert(try reaches(part.first))
                case "joint from-left":
                    #expect(part.last == own)
                    result[name]!.insert(try reaches(part.first))
                case "joint from-right":
                    #expect(part.first == own)
                    result[name]!.insert(try reaches(part.last))
                case "through": #expect(part.first != own, "a line runs through the dot of \(name)")
                default: break
                }
            }
            let going = Set(parts.filter { $0.kind == "through" }.map(\.first))
            owners = owners.filter { going.contains($0.key) }
            if parts.contains(where: { $0.kind == "below" && $0.first == own }) { owners[own] = name }
        }
        #expect(owners.isEmpty, "lines that lead to no lesson")
        return result
    }

    /// All that each builds on, directly or not.
    private func closure(_ direct: [String: Set<String>]) -> [String: Set<String>] {
        func all(_ name: String) -> Set<String> { direct[name]!.reduce(into: direct[name]!) { $0.formUnion(all($1)) } }
        return Dictionary(uniqueKeysWithValues: direct.keys.map { ($0, all($0)) })
    }

    @Test("whoever follows the lines upwards comes to all that a lesson builds on, and to nothing else", arguments: 0..<40)
    func lines(seed: Int) throws {
        let names = (0..<14).map { "l\($0)" }
        let lessons = names.indices.map { index in
            (
                name: names[index],
                buildsOn: names[..<index].indices.filter { (seed * 31 + index * 17 + $0 * 7) % 11 < 2 }.map { names[$0] }
            )
        }
        let declared = closure(Dictionary(uniqueKeysWithValues: lessons.map { ($0.name, Set($0.buildsOn)) }))
        #expect(try closure(drawn(front(lessons))) == declared)
    }

    @Test("what another foundation builds on already is not drawn once more, and is said all the same")
    func shortcuts() throws {
        let page = try front([("a", []), ("b", ["a"]), ("c", ["a", "b"])])
        #expect(try drawn(page) == ["a": [], "b": ["a"], "c": ["b"]])
        #expect(page.contains("<p class=\"visually-hidden\">Builds on a, b</p>"))
    }

    @Test("without lessons that build on others there is a list and no map")
    func noMap() throws {
        let page = try front([("a", []), ("b", [])])
        #expect(!page.contains("class=\"course-map\"") && !page.contains("class=\"map-line"))
    }
}
