import Drawing
import Exhibits

/// What a lesson's program did, as plain data: everything that a page needs, so that presentation
/// can change without running anything again.
package struct Recording: Codable, Sendable {
    /// One for each of `Lesson.cells`, in their order.
    package var cells: [CellRecording]
    /// One for each of `Lesson.values`, in their order.
    package var values: [ValueRecording]
    /// Those in the cells' code, in the order of their places.
    package var names: [CodeName]

    package init(cells: [CellRecording], values: [ValueRecording], names: [CodeName] = []) {
        self.cells = cells
        self.values = values
        self.names = names
    }

    /// That of a program which did not run.
    package init(nothingOf lesson: Lesson) {
        self.init(cells: lesson.cells.map { _ in CellRecording() }, values: [])
    }
}

package struct CellRecording: Codable, Sendable {
    /// In the order in which the cell produced them.
    package var outputs: [CellOutput]

    package init(outputs: [CellOutput] = []) {
        self.outputs = outputs
    }

    /// All that the cell printed.
    package var stdout: String {
        outputs.map { if case .text(let text) = $0 { text } else { "" } }.joined()
    }

    package var exhibits: [Exhibit] {
        outputs.compactMap { if case .exhibit(let exhibit) = $0 { exhibit } else { nil } }
    }
}

package enum CellOutput: Codable, Sendable {
    case text(String)
    case exhibit(Exhibit)
    /// The message with which an `error: true` cell trapped.
    case trap(String)
}

package struct ValueRecording: Codable, Sendable {
    /// The value as `print` writes it.
    package var text: String
    /// Set when the value is one number, so that a page can round it.
    package var number: Double?

    package init(text: String, number: Double? = nil) {
        self.text = text
        self.number = number
    }
}
