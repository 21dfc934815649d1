import Foundation

/// What a lesson asked for and did not get, as its process told it: a page must not build on what was silently missing.
struct Refusals {
    /// What was asked for, and the frames in which it was.
    struct Refusal: Hashable {
        var verb: Substring
        var object: Substring
        var frames: Substring
    }

    /// Whether the kernel refuses what the rules do not grant.
    private(set) var isConfined = false
    private(set) var all: [Refusal] = []

    /// Records ended by zero bytes: a verb and its object, and behind each refusal its frames.
    init(records: Data) {
        var texts = records.split(separator: 0).map { String(decoding: $0, as: UTF8.self)[...] }.makeIterator()
        while let text = texts.next() {
            let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
            guard words.count == 2 else { return }
            if words[0] == "landlock" {
                isConfined = (Int(words[1]) ?? 0) > 0
            } else if let frames = texts.next() {
                all.append(Refusal(verb: words[0], object: words[1], frames: frames))
            }
        }
    }

    /// Each is to be found in the lesson by a tool of its own.
    private static let most = 20

    /// What a loop asks for again and again counts once.
    private var unique: [Refusal] {
        var seen: Set<Refusal> = []
        return all.filter { seen.insert($0).inserted }
    }

    /// One problem for each place; none for cells that must trap, whose page shows what came of it.
    func problems(
        _ program: Program, _ lesson: Lesson, executable: URL, toolchain: Toolchain, scratch: URL
    ) async throws -> [Problem] {
        var problems: [Problem] = []
        for refusal in unique.prefix(Self.most) {
            let position = try await CrashLocation(frames: refusal.frames, program: program, lesson: lesson)
                .find(in: executable, toolchain: toolchain, scratch: scratch)
            guard refusal.isOfLesson(at: position), !lesson.isInTrappingCell(position) else { continue }
            let problem = Problem(file: lesson.path, at: position, refusal.message, hint: refusal.hint)
            guard let earlier = problems.firstIndex(where: { $0.position == position && position != nil }) else {
                problems.append(problem)
                continue
            }
            // The C library asks a service for what it then looks for in a file, which says more.
            if problems[earlier].message == Refusal.connection { problems[earlier] = problem }
        }
        return problems.sorted {
            ($0.position?.line ?? 0, $0.position?.column ?? 0) < ($1.position?.line ?? 0, $1.position?.column ?? 0)
        }
    }
}

extension Refusals.Refusal {
    fileprivate static let connection = "this cell connects to another program"

    /// What libraries look up about the machine on their own account is not for the lesson to mend.
    fileprivate func isOfLesson(at position: SourcePosition?) -> Bool {
        position != nil || !(verb == "read" && ["/proc/", "/sys/", "/etc/", "/dev/"].contains { object.hasPrefix($0) })
    }

    fileprivate var message: String {
        switch kind {
        case "read": "this cell reads \(object), which is no input of the lesson"
        case "write": "this cell writes to \(place)"
        case "connect": object == "network" ? "this cell opens a network connection" : Self.connection
        case "start": object.isEmpty || verb != kind ? "this cell starts a process" : "this cell starts the program \(object)"
        case "signal": "this cell sends a signal to another process"
        case "trace": "this cell reaches into another process"
        default: "this cell was refused \(verb) \(object)"
        }
    }

    fileprivate var hint: String {
        switch kind {
        case "read" where Attachments.isLesson(String(object)):
            "a lesson's text is no input: put what several lessons read into a file of another kind"
        case "read":
            "put the file beside the lessons, and name it by its path from there; hidden files and links that lead elsewhere are no inputs"
        case "write": "a lesson may write only into its temporary folder, FileManager.default.temporaryDirectory"
        case "connect": "a lesson has no network: put what it needs into a file beside the lessons"
        default: "a lesson is one process, by itself"
        }
    }

    /// Before Foundation starts a program, it opens sockets for it.
    private var kind: Substring {
        verb == "connect" && frames.contains("10Foundation7ProcessC") ? "start" : verb
    }

    /// What is written whole is first written beside, under a name of chance.
    private var place: Substring {
        guard let mark = object.range(of: "/.dat.nosync") else { return object }
        return object[..<mark.lowerBound]
    }
}
