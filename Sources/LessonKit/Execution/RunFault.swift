import Exhibits

/// Why a lesson's program did not run to its end, and at which line of the lesson.
struct RunFault {
    var ending: ChildProcess.Ending
    var standardError: String
    /// Of the last cell or value that began.
    var lastPosition: SourcePosition?
    var lesson: Lesson
    var program: Program
    var limits: Limits

    var problem: Problem {
        let (message, hint) = explanation
        return Problem(file: lesson.path, at: faultPosition ?? lastPosition, message, hint: hint)
    }

    private var explanation: (message: String, hint: String?) {
        if ending == .timedOut {
            return (
                "still running after \(limits.time.inWords)",
                "end the loop, or allow more time with `--time-limit SECONDS`"
            )
        }
        if standardError.contains(Recorder.exitMessage) {
            return ("exit() ended the lesson's program before its last cell", "remove the call: a lesson runs to its end")
        }
        if standardError.contains(Recorder.outputLimitMessage) {
            return ("printed or showed more than \(limits.output >> 20) MB", "print less, or show a slice")
        }
        if standardError.contains("Could not allocate memory") || standardError.contains("Cannot allocate memory") {
            return ("needs more memory than the \(limits.memory >> 30) GB that a lesson may use", nil)
        }
        let message = Recorder.trapMessage(in: standardError)
        switch ending {
        case .exited(let code): return ("the lesson's program ended with status \(code) before its last cell", nil)
        case .signalled where message.isEmpty || message.hasPrefix("\n*** Signal") || message.hasPrefix("*** Signal"):
            return ("the program crashed (\(signalName))", nil)
        case .signalled, .timedOut: return (message, nil)
        }
    }

    private var signalName: String {
        guard case .signalled(let signal) = ending else { return "" }
        return [4: "illegal instruction", 5: "trap", 6: "abort", 8: "arithmetic error", 9: "killed", 11: "bad memory access"][signal]
            ?? "signal \(signal)"
    }

    /// From the backtrace: the innermost frame that stands in the lesson, `… in lesson at lessons/x.md:12:6`.
    private var faultPosition: SourcePosition? {
        let marker = " at \(lesson.path):"
        for line in standardError.split(separator: "\n") {
            guard let start = line.firstRange(of: marker)?.upperBound else { continue }
            let numbers = line[start...].split(separator: ":").prefix(2).map { Int($0.prefix { $0.isNumber }) }
            guard let first = numbers.first, let number = first else { continue }
            let column = numbers.count > 1 ? numbers[1] ?? 1 : 1
            return program.position(line: number, byteColumn: column)
        }
        return nil
    }
}
