import LessonKit
import Testing

@Suite("Numbering")
struct NumberingTests {
    private func heading(_ level: Int, _ id: String, label: String? = nil) -> Block {
        .heading(Heading(level: level, content: [.text(id)], id: id, label: label.map(Sample.label)))
    }

    private func equation(_ name: String) -> Block {
        .math(DisplayMath(tex: TeX(source: "x", position: Sample.origin), label: Sample.label(name)))
    }

    @Test("each kind counts for itself, in the order of the document, nested blocks and cells too")
    func countsByKind() {
        var options = CellOptions()
        options.label = Sample.label("fig-cell")
        let figure = Block.figure(Figure(source: "a.png", caption: [], label: Sample.label("fig-last")))
        let lesson = Sample.lesson(
            [
                .quote([equation("eq-one")]), .list(List(start: nil, isTight: true, items: [[.cell(0)]])),
                .alert(Alert(kind: .note, content: [equation("eq-two")])), figure,
            ],
            cells: [Sample.cell(options: options)])
        #expect(Numbering(lesson).labels == ["eq-one": "1", "eq-two": "2", "fig-cell": "1", "fig-last": "2"])
    }

    @Test("sections count within the lesson's number, whichever level is the highest")
    func countsSections() {
        let blocks = [
            heading(2, "a"), heading(3, "a1"), heading(3, "a2", label: "sec-deep"), heading(2, "b"), heading(3, "b1"),
        ]
        let numbering = Numbering(Sample.lesson(blocks, number: 4))
        #expect(numbering.sections == ["a": "4.1", "a1": "4.1.1", "a2": "4.1.2", "b": "4.2", "b1": "4.2.1"])
        #expect(numbering.labels == ["sec-deep": "4.1.2"])
    }

    @Test("a level that was skipped counts for nothing, and neighbours of several levels go on counting")
    func skippedLevels() {
        let blocks = [
            heading(1, "a"), heading(4, "deep"), heading(2, "b"), heading(3, "b1"), heading(1, "c"), heading(3, "c1"),
            heading(2, "c2"),
        ]
        let numbering = Numbering(Sample.lesson(blocks, number: 4))
        #expect(
            numbering.sections == [
                "a": "4.1", "deep": "4.1.1", "b": "4.1.2", "b1": "4.1.2.1", "c": "4.2", "c1": "4.2.1", "c2": "4.2.2",
            ])
        #expect(numbering.depths == ["a": 0, "deep": 1, "b": 1, "b1": 2, "c": 0, "c1": 1, "c2": 1])
    }

    @Test("a page without a number has numbered sections only where one is labelled")
    func leavesFrontPageUnnumbered() {
        #expect(Numbering(Sample.lesson([heading(2, "a")], number: nil)).sections.isEmpty)
        #expect(Numbering(Sample.lesson([heading(2, "a", label: "sec-a")], number: nil)).sections == ["a": "1"])
    }
}
