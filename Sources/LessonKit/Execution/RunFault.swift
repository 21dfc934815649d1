import Exhibits
import Foundation

/// Why a lesson's program did not run to its end, and at which line of the lesson, or of the code that it uses.
struct RunFault {
    var ending: ChildProcess.Ending
    var standardError: String
    /// Where it was, the innermost first.
    var places: [SourcePlace]
    var program: Program
    var lesson: Lesson
    var limits: Limits

    var problem: Problem {
        if ending == .signalled(Int(CrashReport.earlyUseSignal)), let use = EarlyUse(in: standardError) { return problem(of: use) }
        if let fault = EquationFault(trap: Recorder.trapMessage(in: standardError)) {
            return problem(at: place.flatMap { fault.place(in: lesson, from: $0) } ?? place, fault.message, hint: fault.hint)
        }
        let (message, hint) = explanation
        return problem(at: place, message, hint: hint)
    }

    private var place: SourcePlace? { places.first }

    /// In shared code, with the cell that called it.
    private func problem(at place: SourcePlace?, _ message: String, hint: String?) -> Problem {
        let call = place?.file == lesson.path ? nil : places.first { $0.file == lesson.path }
        return Problem(
            file: place?.file ?? lesson.path, at: place?.position, message,
            notes: call.map { ["\($0): called from here"] } ?? [], hint: hint)
    }

    private func problem(of use: EarlyUse) -> Problem {
        // A function that stands below the declaration can still be called above it.
        let declaration = program.place(line: use.line, byteColumn: 1)
        let isInFile = declaration.file == (place?.file ?? lesson.path)
        let line = "line \(declaration.position.line)" + (isInFile ? "" : " of \(declaration.file)")
        let isBelow = isInFile && place.map { declaration.position.line > $0.position.line } ?? false
        let hint =
            isBelow ? "it gets one below, in \(line): move that up" : "it gets one in \(line), which runs later: move that up"
        return problem(at: place, "\(use.name) is used before it has a value", hint: hint)
    }

    private var explanation: (message: String, hint: String?) {
        if ending == .timedOut {
            return (
                "still running after \(limits.time.inWords)",
                "end the loop, or allow more time with `--time-limit SECONDS`"
            )
        }
        if standardError.contains(CrashReport.marker + CrashReport.exitReason) {
            return ("exit() ended the lesson's program before its last cell", "remove the call: a lesson runs to its end")
        }
        if ending == .signalled(Int(SIGXFSZ)) {
            return ("printed, showed or wrote more than \(limits.output >> 20) MB", "print less, or show a slice")
        }
        if standardError.contains("failed to allocate") || standardError.contains("Could not allocate memory") {
            return ("needs more memory than the \(limits.memory >> 30) GB that a lesson may use", "keep less at once")
        }
        let message = Self.told(Recorder.trapMessage(in: standardError))
        switch ending {
        case .exited(let code): return ("the lesson's program ended with status \(code) before its last cell", nil)
        case .signalled(let signal) where message.isEmpty: return ("the program crashed (\(Self.name(ofSignal: signal)))", nil)
        case .signalled, .timedOut: return (message, nil)
        }
    }

    /// `Error raised at top level: lesson.Broken()` → `uncaught error: Broken()`
    private static func told(_ message: String) -> String {
        let mark = "Error raised at top level: "
        guard message.hasPrefix(mark) else { return message }
        let error = message.dropFirst(mark.count)
        return "uncaught error: " + (error.hasPrefix("lesson.") ? error.dropFirst("lesson.".count) : error)
    }

    private static func name(ofSignal signal: Int) -> String {
        switch Int32(signal) {
        case SIGILL, SIGTRAP: "a trap, as of an arithmetic overflow"
        case SIGSEGV, SIGBUS: "bad memory access, as of an endless recursion"
        case SIGABRT: "abort"
        case SIGFPE: "arithmetic error"
        case SIGKILL: "killed"
        default: "signal \(signal)"
        }
    }
}
