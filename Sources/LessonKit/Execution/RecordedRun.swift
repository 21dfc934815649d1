import Drawing
import Exhibits
import Foundation

/// A program's log and its standard output, put together again: what each cell and value did.
package struct RecordedRun {
    package private(set) var recording: Recording
    /// The program reached its last line.
    private(set) var hasEnded = false
    /// Of the last cell or value that began.
    var lastPlace: SourcePlace? { beginnings.last?.place }
    /// Where in the log which cell or value began.
    private var beginnings: [(byte: Int, place: SourcePlace)] = []
    /// Of the log, up to the event that is being taken.
    private var read = 0
    private let program: Program
    private let lesson: Lesson
    /// How many of the lesson's snippets began, in their order.
    private var begun = 0
    private var cell: Int?
    /// The inline value that is being computed.
    private var value: Int?
    /// By their indices: those of translations are computed between those of the lesson.
    private var values: [Int: ValueRecording] = [:]
    private var isOutOfOrder = false
    private var faults: [Problem] = []
    private var falseClaims: [Problem] = []

    package init(log: Data, printed: Data, program: Program, lesson: Lesson) {
        (self.program, self.lesson) = (program, lesson)
        recording = Recording(nothingOf: lesson)
        let decoder = JSONDecoder.ofExhibits
        var taken = 0
        for line in log.split(separator: UInt8(ascii: "\n")) {
            let event: RecordedEvent<Exhibit>
            do {
                event = try decoder.decode(RecordedEvent<Exhibit>.self, from: line)
            } catch let unknown as UnknownExhibitKind {
                fail(unknown)
                continue
            } catch let impossible as ImpossibleExhibit {
                failRecord(impossible.description)
                continue
            } catch {
                // A program that was stopped may leave a half-written last line; of another, all behind it is nothing to go by.
                if line.endIndex < log.endIndex {
                    failRecord("its record cannot be read")
                    hasEnded = true
                }
                break
            }
            read = line.startIndex - log.startIndex
            let end = max(taken, min(event.printed, printed.count))
            print(printed[taken..<end])
            taken = end
            take(event.kind)
        }
        // What a `defer` prints comes after the last line; and a teacher looks for a fault by what is printed before it.
        print(printed[taken...])
        recording.values = lesson.values.indices.map { values[$0] }.prefix { $0 != nil }.compactMap(\.self)
    }

    private mutating func take(_ event: RecordedEvent<Exhibit>.Kind) {
        switch event {
        case .cell(let index):
            guard lesson.cells.indices.contains(index) else { return failOrder(nil) }
            begin(.cell(index), at: SourcePlace(file: lesson.path, position: lesson.cells[index].firstCode))
            cell = index
        case .inline(let index):
            guard lesson.values.indices.contains(index) else { return failOrder(nil) }
            begin(.value(index), at: lesson.place(of: lesson.values[index]))
            value = index
        case .value(let text, let number):
            guard let index = value else {
                return fail(place, "this cell ends an inline value that did not begin", hint: Self.notForLessons)
            }
            if text == "()" { failValue("has no value", hint: "write an expression that has one; statements belong into a cell") }
            value = nil
            values[index] = ValueRecording(text: text, number: number)
        case .exhibit(let exhibit):
            if let claim = exhibit.content(as: ClaimExhibit.self) { take(claim) } else { append(.exhibit(exhibit)) }
        case .trap(let message):
            append(.trap(message))
            check(message)
        case .noTrap:
            guard let cell else { return }
            fail(
                place(of: cell), "this cell has `error: true`, but it ran to its end",
                hint: "remove the option, or let the cell fail")
        case .end:
            hasEnded = true
            if value != nil { failValue("has no value", hint: "let it run to its end") }
            if begun < lesson.snippets.count { failOrder(nil) }
        }
    }

    /// The cell or value that was running when the log was so long.
    func place(atByte byte: Int) -> SourcePlace? {
        beginnings.last { $0.byte < byte }?.place
    }

    private func place(of cell: Int) -> SourcePlace {
        SourcePlace(file: lesson.path, position: lesson.cells[cell].position)
    }

    /// The page tells the line of shared code as that stands in its file, not as the program has it.
    private mutating func take(_ claim: ClaimExhibit) {
        let place = program.place(line: claim.line, byteColumn: claim.column)
        if !claim.holds {
            let hint = "a comparison tells its sides as claim(_, a, isAtLeast: b); also equals:, isLessThan: and their like"
            falseClaims.append(
                Problem(
                    at: place, "the claim “\(claim.text)” does not hold", notes: claim.measures,
                    hint: claim.measures.isEmpty ? hint : nil))
        }
        var told = claim
        if let shared = lesson.shared.first(where: { $0.path == place.file }) {
            (told.file, told.line) = (shared.source(besides: lesson), place.position.line)
        }
        append(.exhibit(Exhibit(told)))
    }

    /// Cells and values run once each, top to bottom, unless an earlier cell has swallowed them.
    private mutating func begin(_ snippet: Snippet, at place: SourcePlace) {
        beginnings.append((read, place))
        if begun < lesson.snippets.count, lesson.snippets[begun] == snippet {
            begun += 1
        } else {
            failOrder(snippet)
        }
    }

    private mutating func print(_ bytes: Data) {
        if !bytes.isEmpty { append(.text(String(decoding: bytes, as: UTF8.self))) }
    }

    private mutating func append(_ output: CellOutput) {
        if value != nil {
            failValue("prints or shows something", hint: "do that in a cell: in a sentence only the value appears")
        } else if let cell {
            recording.cells[cell].outputs.append(output)
        } else if let shared = lesson.shared.first {
            failShared(shared)
        }
    }

    // MARK: Faults

    /// What makes a run that reached its end a fault all the same.
    package var problems: [Problem] { (faults + falseClaims).inOrder }

    /// At the cell or value whose turn it was; where all had theirs, at this one.
    private mutating func failOrder(_ began: Snippet?) {
        let due = begun < lesson.snippets.count ? lesson.snippets[begun] : nil
        guard !isOutOfOrder, let snippet = due ?? began ?? lesson.snippets.last else { return }
        isOutOfOrder = true
        let (what, place) =
            switch snippet {
            case .cell(let index): ("cell", place(of: index))
            case .value(let index): ("inline value", lesson.place(of: lesson.values[index]))
            }
        fail(
            place, "this \(what) did not run once in its turn, top to bottom",
            hint: "close what the cells before it open: a brace, a text in \"\"\", an #if")
    }

    /// Variables of shared code get their values before the first cell, where no page has room for what is shown.
    private mutating func failShared(_ code: SharedCode) {
        guard !faults.contains(where: { $0.file == code.path }) else { return }
        faults.append(
            Problem(
                file: code.path, "shared code prints or shows something before the lesson's first cell",
                hint: "let a function do that, and call it in a cell"))
    }

    private mutating func failValue(_ message: String, hint: String) {
        guard let value else { return }
        fail(lesson.place(of: lesson.values[value]), "this inline value \(message)", hint: hint)
    }

    /// A trap that is not the one that the lesson is about.
    private mutating func check(_ message: String) {
        guard let cell, let expected = lesson.cells[cell].options.errorMessage, !message.contains(expected.text) else { return }
        faults.append(
            Problem(
                file: lesson.path, at: expected.position, "this cell fails with another message",
                notes: ["expected: \(expected.text)", "came: \(message)"],
                hint: "write a part of the message that came, or mend the cell so that it fails as it should"))
    }

    /// The library of lessons can show what this program cannot draw.
    private mutating func fail(_ unknown: UnknownExhibitKind) {
        guard let cell else { return }
        fail(
            place(of: cell), "what this cell shows cannot be drawn: \(unknown)",
            hint: "add it to the table of kinds, ExhibitKind.all")
    }

    /// What is no line of a log, or an exhibit that no `show` makes.
    private mutating func failRecord(_ flaw: String) {
        fail(place, "this cell recorded what no exhibit can be: \(flaw)", hint: Self.notForLessons)
    }

    private static let notForLessons = "leave the recording to `show`, `claim` and `print`"

    /// Of the cell or value that runs.
    private var place: SourcePlace {
        value.map { lesson.place(of: lesson.values[$0]) } ?? cell.map(place(of:))
            ?? SourcePlace(file: lesson.path, position: .start)
    }

    private mutating func fail(_ place: SourcePlace, _ message: String, hint: String) {
        guard !faults.contains(where: { $0.sourcePlace == place }) else { return }
        faults.append(Problem(at: place, message, hint: hint))
    }
}

extension ClaimExhibit {
    /// What was found and what was claimed, in sentences.
    fileprivate var measures: [String] {
        let sides = comparison.map(\.sentence)
        let largest = difference.map { "the largest difference is \($0); \(tolerance ?? 0) was allowed" }
        return [sides, largest].compactMap(\.self)
    }
}
