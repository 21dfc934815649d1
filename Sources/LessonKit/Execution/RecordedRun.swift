import Exhibits
import Foundation

/// A program's log and its standard output, put together again: what each cell and value did.
struct RecordedRun {
    private(set) var recording: Recording
    /// The program reached its last line.
    private(set) var hasEnded = false
    /// Of the last cell or value that began.
    private(set) var lastPosition: SourcePosition?
    private var untrapped: [Int] = []
    private let lesson: Lesson

    init(log: Data, printed: Data, lesson: Lesson) throws {
        self.lesson = lesson
        recording = Recording(cells: lesson.cells.map { _ in CellRecording() }, values: [])
        let decoder = JSONDecoder.ofExhibits
        var cell: Int?
        var taken = 0
        for line in log.split(separator: UInt8(ascii: "\n")) {
            // A program that was stopped may leave a half-written last line.
            guard let event = try? decoder.decode(RecordedEvent.self, from: line) else { break }
            let end = min(event.printed, printed.count)
            if let cell, end > taken {
                append(.text(String(decoding: printed[taken..<end], as: UTF8.self)), to: cell)
            }
            taken = max(taken, end)
            switch event.kind {
            case .cell(let index):
                cell = index
                lastPosition = lesson.cells[index].firstCode
            case .exhibit(let exhibit): if let cell { append(.exhibit(exhibit), to: cell) }
            case .trap(let message): if let cell { append(.trap(message), to: cell) }
            case .noTrap: if let cell { untrapped.append(cell) }
            case .value(let text, let number):
                lastPosition = lesson.values[recording.values.count].position
                recording.values.append(ValueRecording(text: text, number: number))
            case .end: hasEnded = true
            }
        }
    }

    /// What makes a run that reached its end a fault all the same.
    func problems(_ program: Program) -> [Problem] {
        let untrapped = untrapped.map { index in
            Problem(
                file: lesson.path, at: lesson.cells[index].position,
                "this cell has `error: true`, but it ran to its end",
                hint: "remove the option, or let the cell fail")
        }
        return (untrapped + falseClaims(program)).sorted { $0.position! < $1.position! }
    }

    private func falseClaims(_ program: Program) -> [Problem] {
        recording.cells.flatMap(\.exhibits).compactMap { exhibit in
            guard case .claim(let claim) = exhibit, !claim.holds else { return nil }
            return Problem(
                file: lesson.path, at: program.position(line: claim.line, byteColumn: claim.column),
                "the claim “\(claim.text)” does not hold",
                notes: claim.difference.map {
                    ["the largest difference is \($0); \(claim.tolerance ?? 0) was allowed"]
                } ?? [])
        }
    }

    private mutating func append(_ output: CellOutput, to cell: Int) {
        recording.cells[cell].outputs.append(output)
    }
}
