import Drawing
import Exhibits
import Foundation
import Testing

@Suite("Kinds of exhibits")
struct ExhibitKindTests {
    @Test("exhibits of every kind are read back as they were, NaN and infinities among their numbers")
    func everyKind() throws {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let exhibits = DrawingTests.everyKind()
        #expect(Set(exhibits.map(\.kind)) == Set(ExhibitKind.all.map(\.name)))
        for exhibit in exhibits {
            let text = try JSONText.encode(exhibit)
            let read = try decoder.decode(Exhibit.self, from: Data(text.utf8))
            #expect(read.kind == exhibit.kind)
            #expect(try JSONText.encode(read) == text)
        }
    }

    @Test("an exhibit has its content as the kind that it is, and as no other")
    func roundTrip() throws {
        let tensor = TensorExhibit(name: "hn", shape: [2], values: [1, 2.5])
        let text = try JSONText.encode(Exhibit(tensor))
        #expect(text == #"{"kind": "tensor", "name": "hn", "shape": [2], "values": [1.0, 2.5]}"#)
        let exhibit = try JSONDecoder().decode(Exhibit.self, from: Data(text.utf8))
        #expect(exhibit.content(as: TensorExhibit.self) == tensor)
        #expect(exhibit.content(as: ClaimExhibit.self) == nil)
        #expect(exhibit.html(ExhibitStyle(words: .english)).markup == Drawn.markup(tensor))
    }

    @Test("no two kinds share a name")
    func names() {
        #expect(Set(ExhibitKind.all.map(\.name)).count == ExhibitKind.all.count)
    }

    @Test("a kind that is not in the table is told, and which are")
    func unknown() {
        let error = #expect(throws: UnknownExhibitKind.self) {
            try JSONDecoder().decode(Exhibit.self, from: Data(#"{"kind": "fresco"}"#.utf8))
        }
        #expect(error?.description.hasPrefix("no exhibit is of the kind “fresco”; there are tensor, shapes, ") == true)
    }
}
