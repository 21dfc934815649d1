import LessonKit
import Testing

@Suite("Blocks within blocks")
struct BlockChildrenTests {
    private static let html = Block.html(RawHTML("b", lines: [at(1, 1)]))
    private static let text = Block.paragraph([.text("a")])
    private static let list = Block.list(List(start: nil, isTight: true, items: [[text, .thematicBreak], [.quote([Self.html])]]))

    @Test("every block comes before those within it, in the order of the document")
    func descendants() {
        let alert = Block.alert(Alert(kind: .note, content: [Self.list]))
        #expect(
            [alert, .thematicBreak].withDescendants
                == [alert, Self.list, Self.text, .thematicBreak, .quote([Self.html]), Self.html, .thematicBreak])
    }

    @Test("blocks can be put in the place of those within one")
    func replacing() {
        for var block in [Self.list, .quote([Self.text]), .alert(Alert(kind: .tip, content: [Self.text])), Self.text] {
            let children = block.children
            block.children = children.map { $0 + [.thematicBreak] }
            #expect(block.children == children.map { $0 + [.thematicBreak] })
        }
    }
}
