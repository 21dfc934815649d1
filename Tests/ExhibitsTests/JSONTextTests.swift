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

    @Test("an exhibit's kind stands among its own keys")
    func kind() throws {
        let exhibit = Exhibit(TensorExhibit(name: "hn", shape: [2], values: [1, 2]))
        #expect(try JSONText.encode(exhibit) == #"{"kind": "tensor", "name": "hn", "shape": [2], "values": [1.0, 2.0]}"#)
    }
}
