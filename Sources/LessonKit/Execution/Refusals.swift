import Foundation

/// What a lesson asked for and did not get, as its process told it: a page must not build on what was silently missing.
struct Refusals {
    struct Refusal: Hashable {
        var verb: Substring
        /// How long the lesson's log was.
        var logged: Int
        var object: Substring
        var frames: Substring
    }

    /// Whether the kernel refuses what the rules do not grant.
    private(set) var isConfined = false
    private(set) var all: [Refusal] = []

    /// Records ended by zero bytes: a verb, the length of the log and an object, and behind each refusal its frames.
    init(records: Data) {
        var texts = records.split(separator: 0).map { String(decoding: $0, as: UTF8.self)[...] }.makeIterator()
        while let text = texts.next() {
            let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
            guard words.count == 3, let logged = Int(words[1]) else { return }
            if words[0] == "landlock" {
                isConfined = words[2] != "0"
            } else if let frames = texts.next() {
                all.append(Refusal(verb: words[0], logged: logged, object: words[2], frames: frames))
            }
        }
    }

    /// Each is to be found in the lesson by a tool of its own.
    private static let most = 20

    /// None for cells that must trap: their page shows what came of it.
    func problems(
        _ lesson: Lesson, _ run: RecordedRun, places: (Substring) async throws -> [SourcePlace]
    ) async throws -> [Problem] {
        var told: [SourcePlace: [Refusal]] = [:]
        for refusal in unique.prefix(Self.most) {
            let lines = try await places(refusal.frames)
            // What libraries do on threads of their own, or before the first cell, stands in no line.
            guard !lines.isEmpty || !refusal.isOfLibraries, let place = lines.first ?? run.place(atByte: refusal.logged),
                !(lines + [place]).contains(where: lesson.isInTrappingCell)
            else { continue }
            told[place, default: []].append(refusal)
        }
        return told.sorted { $0.key < $1.key }.flatMap { place, refusals in
            let weight = refusals.map(\.weight).max()
            var messages: Set<String> = []
            return refusals.filter { $0.weight == weight && messages.insert($0.message).inserted }.map { refusal in
                Problem(at: place, refusal.message, hint: refusal.hint)
            }
        }
    }

    /// What a loop asks for again and again counts once.
    private var unique: [Refusal] {
        var seen: Set<Refusal> = []
        return all.filter { refusal in
            var refusal = refusal
            refusal.logged = 0
            return seen.insert(refusal).inserted
        }
    }
}

extension Refusals.Refusal {
    /// What libraries look up about the machine is not for the lesson to mend.
    fileprivate var isOfLibraries: Bool {
        verb == "read" && ["/proc/", "/sys/", "/etc/", "/dev/"].contains { object.hasPrefix($0) }
    }

    /// Of several refusals at one place, the one that says what the lesson wanted: the C library asks a service for what it then
    /// looks for in a file, and what opens a connection first looks for certificates.
    fileprivate var weight: Int {
        verb != "connect" ? 1 : object == "network" ? 2 : 0
    }

    fileprivate var message: String {
        switch kind {
        case "read": "this cell reads \(object), which is no input of the lesson"
        case "write": "this cell writes to \(place)"
        case "connect": object == "network" ? "this cell opens a network connection" : "this cell connects to another program"
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
            "put the file beside the lessons, and name it by its path from there; what begins with . or _, and links that lead elsewhere, are no inputs"
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
