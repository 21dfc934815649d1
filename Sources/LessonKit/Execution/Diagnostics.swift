/// The compiler's messages about a lesson's program, as problems of the Markdown file.
struct Diagnostics {
    let problems: [Problem]

    /// Reads `path:line:column: error: message` lines; their notes are attached to them.
    init(_ text: String, program: Program, lesson: Lesson) {
        var problems: [Problem] = []
        for line in text.split(separator: "\n") {
            guard let diagnostic = Diagnostic(line) else { continue }
            let place =
                diagnostic.file == lesson.source ? program.place(line: diagnostic.line, byteColumn: diagnostic.column) : nil
            switch diagnostic.kind {
            case "note" where !problems.isEmpty:
                // An unclosed brace is missed at the end of the program; its opening is in the lesson.
                if problems[problems.count - 1].position == nil, let place {
                    (problems[problems.count - 1].file, problems[problems.count - 1].position) = (place.file, place.position)
                }
                problems[problems.count - 1].notes.append((place.map { "\($0): " } ?? "") + diagnostic.message)
            case "error", "warning":
                problems.append(
                    Problem(
                        diagnostic.kind == "error" ? .error : .warning,
                        file: place?.file ?? lesson.path, at: place?.position, diagnostic.message,
                        hint: Self.hint(for: diagnostic.message)
                    ))
            default: break
            }
        }
        var seen: Set<Problem> = []
        self.problems = problems.filter { seen.insert($0).inserted }
    }

    private static func hint(for message: String) -> String? {
        if message.hasPrefix("invalid redeclaration") {
            return "the cells of a lesson are one program: choose another name, or wrap the cell in `do { … }`"
        }
        if message == "declaration is only valid at file scope" {
            return "what a cell with `error: true` declares stays inside it: put this into a cell before it"
        }
        if message.hasSuffix("are not allowed at the top level") {
            return "shared code is declarations: put what is to run into a function, and call that in a cell"
        }
        if message == "'/' is not a prefix unary operator" { return "write a regular expression as #/…/#" }
        return nil
    }
}

private struct Diagnostic {
    let file: String
    let line: Int
    let column: Int
    let kind: String
    let message: String

    /// nil for source excerpts and carets.
    init?(_ text: Substring) {
        for kind in ["error", "warning", "note"] {
            guard let range = text.firstRange(of: ": \(kind): ") else { continue }
            let place = text[..<range.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
            guard place.count >= 3, let line = Int(place[place.count - 2]), let column = Int(place[place.count - 1])
            else { continue }
            self.file = place.dropLast(2).joined(separator: ":")
            self.line = line
            self.column = column
            self.kind = kind
            self.message = String(text[range.upperBound...])
            return
        }
        return nil
    }
}
