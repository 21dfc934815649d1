import Exhibits
import Foundation
import Testing

@Suite("JSON text")
struct JSONTextTests {
    struct Nested: Codable, Equatable {
        var zeta: Int
        var alpha: [Double]
        var text: String?
        var map: [String: Bool]
    }

    @Test("keys keep the order in which a type declares them")
    func order() throws {
        let text = try JSONText.encode(Nested(zeta: 1, alpha: [0.5], text: "x", map: [:]))
        #expect(text == #"{"zeta": 1, "alpha": [0.5], "text": "x", "map": {}}"#)
    }

    @Test(
        "Foundation reads back what was written",
        arguments: [
            Nested(zeta: -3, alpha: [], text: nil, map: ["a": true]),
            Nested(
                zeta: .max, alpha: [.leastNonzeroMagnitude, -0.0, 1e300, 0.1],
                text: "quote \" slash \\ line\n return\r both\r\n tab\t nul\u{0} 中文 🙂",
                map: [:]),
        ])
    func roundTrip(value: Nested) throws {
        let text = try JSONText.encode(value)
        #expect(try JSONDecoder().decode(Nested.self, from: Data(text.utf8)) == value)
    }

    @Test("NaN and the infinities become strings")
    func nonFinite() throws {
        #expect(try JSONText.encode([Double.nan, .infinity, -.infinity]) == #"["nan", "inf", "-inf"]"#)
    }

    @Test("in lines each value has its own, a tensor's row one, and Foundation reads the same")
    func lines() throws {
        let exhibits = [
            Exhibit(TensorExhibit(name: "hn", shape: [2, 3], values: [1, 2, 3, 4.5, .nan, 6])),
            Exhibit(TensorExhibit(name: "losses", shape: [3], values: [0, 1, 2])),
        ]
        let text = try JSONText.encodeInLines(exhibits)
        #expect(
            text == """
                [
                  {
                    "kind": "tensor",
                    "name": "hn",
                    "shape": [2, 3],
                    "values": [
                      1.0, 2.0, 3.0,
                      4.5, "nan", 6.0
                    ]
                  },
                  {
                    "kind": "tensor",
                    "name": "losses",
                    "shape": [3],
                    "values": [0.0, 1.0, 2.0]
                  }
                ]
                """)
        let long = try JSONText.encodeInLines(Nested(zeta: 1, alpha: Array(repeating: 0.5, count: 9), text: nil, map: ["a": true]))
        #expect(long.split(separator: "\n").count == 1 + 1 + 11 + 1 + 1 && long.hasSuffix("\"map\": {\"a\": true}\n}"))
        #expect(try JSONText.encodeInLines([Int]()) == "[]")
    }

    @Test("a number that changes changes its own line and no other", arguments: 0..<40)
    func oneLine(place: Int) throws {
        struct Values: Encodable { var shape: [Int]?, values: [Double], rows: [[Double]] }
        func lines(_ changed: Bool, shape: [Int]?) throws -> [Substring] {
            var values = (0..<40).map { Double($0) / 8 }
            if changed { values[place] += 1000 }
            let rows = (0..<10).map { Array(values[$0 * 4..<$0 * 4 + 4]) }
            return try JSONText.encodeInLines(Values(shape: shape, values: values, rows: rows))
                .split(separator: "\n", omittingEmptySubsequences: false)
        }
        for shape in [nil, [40], [10, 4], [4, 10]] {
            let (before, after) = (try lines(false, shape: shape), try lines(true, shape: shape))
            #expect(before.count == after.count && zip(before, after).count { $0 != $1 } == 2)
        }
    }

    @Test("an exhibit's kind stands among its own keys")
    func kind() throws {
        let exhibit = Exhibit(TensorExhibit(name: "hn", shape: [2], values: [1, 2]))
        #expect(try JSONText.encode(exhibit) == #"{"kind": "tensor", "name": "hn", "shape": [2], "values": [1.0, 2.0]}"#)
    }
}
