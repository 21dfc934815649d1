#if !hasFeature(Embedded)
@preconcurrency import Glibc
import Synchronization

/// Where a lesson's program keeps what its cells show.
///
/// Under `unroll` the environment names a file, and every event becomes a line of it. A program that
/// is run by hand has no such file and prints its exhibits instead.
package final class Recorder: Sendable {
    package static let recordingVariable = "UNROLL_RECORDING"

    static let current = Recorder()

    private let file: Int32?
    private let hasEnded = Mutex(false)
    /// Whether this is the copy of a lesson's process in which a cell is to trap.
    private let isCopy = Mutex(false)

    private init() {
        file = getenv(Self.recordingVariable).map { open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600) }
        guard file != nil else { return }
        unsetenv(Self.recordingVariable)  // What the lesson starts is not to write into its recording.
        setvbuf(stdout, nil, _IOLBF, 0)
        CrashReport.install()
        atexit { if !Recorder.current.hasEnded.withLock({ $0 }) { CrashReport.exitWasCalled() } }
    }

    var isRecording: Bool { file != nil }

    /// Records an exhibit, or prints it when the program runs by hand.
    func show(_ content: some ExhibitContent) {
        if isRecording { record(.exhibit(Exhibit(content))) } else { print(content.terminalText) }
    }

    func record(_ kind: RecordedEvent<Exhibit>.Kind) {
        guard let file else { return }
        fflush(stdout)
        let printed = lseek(STDOUT_FILENO, 0, SEEK_CUR)
        let event = RecordedEvent(kind: kind, printed: max(0, printed))
        guard var line = try? JSONText.encode(event) else { fatalError("cannot encode \(kind)") }
        line += "\n"
        line.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let start = rest.baseAddress, !rest.isEmpty {
                let count = write(file, start, rest.count)
                guard count > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
        }
    }

    func end() {
        record(.end)
        hasEnded.withLock { $0 = true }
    }

    /// Runs a body that must trap in a copy of the process, so that the lesson goes on after it
    /// with everything as it was before.
    func expectTrap(_ expected: String, _ body: () throws -> Void) {
        guard !isCopy.withLock({ $0 }) else { fatalError("expectTrap: a trap that is wanted cannot stand inside another") }
        fflush(stdout)
        var pipeEnds: [Int32] = [0, 0]
        pipe(&pipeEnds)
        let child = copyOfProcess()
        guard child >= 0 else { fatalError("expectTrap: the program could not be copied: \(String(cString: strerror(errno)))") }
        if child == 0 {
            runUntilTrap(body, messagesTo: pipeEnds[1])
        }
        close(pipeEnds[1])
        let message = Self.readAll(pipeEnds[0])
        var status: Int32 = 0
        waitpid(child, &status, 0)
        let signal = status & 0x7F
        if signal == CrashReport.earlyUseSignal { CrashReport.endEarly(as: message) }
        let wasSignalled = signal != 0
        if !isRecording {
            let told = Self.trapMessage(in: message)
            let isExpected = expected.isEmpty || told.firstRange(of: expected) != nil
            print(!wasSignalled ? "did not trap" : isExpected ? "trapped: \(told)" : "trapped, not with “\(expected)”: \(told)")
        } else {
            record(wasSignalled ? .trap(Self.trapMessage(in: message)) : .noTrap)
        }
    }

    private func runUntilTrap(_ body: () throws -> Void, messagesTo messages: Int32) -> Never {
        isCopy.withLock { $0 = true }
        dup2(messages, STDERR_FILENO)
        close(messages)
        setvbuf(stdout, nil, _IONBF, 0)
        CrashReport.remove()  // This trap is wanted.
        do { try body() } catch { fatalError("\(error)") }
        _exit(0)
    }

    /// A confined lesson has one way to a copy of itself, in the library that confines it.
    private func copyOfProcess() -> pid_t {
        typealias Fork = @convention(c) () -> pid_t
        guard let confined = dlsym(nil, "unroll_fork") else { return fork() }
        return unsafeBitCast(confined, to: Fork.self)()
    }

    private static func readAll(_ descriptor: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        close(descriptor)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func beforeReport(_ text: Substring) -> String {
        let ends = [CrashReport.marker, "\nCurrent stack trace:", "\nPrevious access ("].compactMap {
            text.firstRange(of: $0)?.lowerBound
        }
        return String(text[..<(ends.min() ?? text.endIndex)].trimmingSuffix(while: \.isWhitespace))
    }

    /// `Swift/Array.swift:692: Fatal error: Index out of range` → `Index out of range`
    package static func trapMessage(in standardError: String) -> String {
        for marker in ["Fatal error: ", "Precondition failed: ", "Assertion failed: "] {
            guard let start = standardError.firstRange(of: marker)?.upperBound else { continue }
            let rest = standardError[start...]
            return beforeReport(rest)
        }
        let message = beforeReport(standardError[...])
        // The runtime names the variable by its address, which is another in every run.
        return message.hasPrefix("Simultaneous accesses to 0x")
            ? "Simultaneous accesses" + message.drop { $0 != "," } : message
    }
}

extension StringProtocol {
    func trimmingSuffix(while predicate: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, predicate(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
#endif
