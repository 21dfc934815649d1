#if !hasFeature(Embedded)
@preconcurrency import Glibc

// <execinfo.h>, which the Glibc module leaves out.
@_extern(c) private func backtrace(_ frames: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ depth: Int32) -> Int32
@_extern(c) private func backtrace_symbols_fd(
    _ frames: UnsafeMutablePointer<UnsafeMutableRawPointer?>, _ count: Int32, _ descriptor: Int32)

/// Where a lesson's program stopped, written to standard error when it crashes, is stopped or exits early.
///
/// Swift's own backtraces follow frame pointers and end at the first function of the C library, as in
/// `exit` or `write`; the C library's `backtrace` goes all the way. It writes addresses only, which
/// `unroll` turns into lines of the lesson.
package enum CrashReport {
    /// Begins a report: the marker, the reason, then one frame a line.
    package static let marker = "\nunroll stopped by "
    /// The reason of a report that `exit()` caused; signals are given by number.
    package static let exitReason = "exit"
    /// Begins the frames of the last error thrown, which is where an uncaught one came from.
    package static let throwMarker = "\nunroll thrown at\n"

    /// Without SIGSYS: by it CSandbox tells what is refused.
    private static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGXFSZ, SIGQUIT]
    private static let depth: Int32 = 128

    static func install() {
        rememberThrows()
        // The first call loads the unwinder, which a signal handler must not do.
        let frames = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: Int(depth))
        _ = backtrace(frames, depth)
        frames.deallocate()
        // A stack of its own for the handler: endless recursion leaves none.
        var stack = stack_t()
        stack.ss_size = 1 << 18
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stack.ss_size, alignment: 16)
        sigaltstack(&stack, nil)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            CrashReport.remove()
            CrashReport.write(CrashReport.marker)
            CrashReport.write(number: number)
            CrashReport.writeFrames()
            raise(number)
        }
        action.sa_flags = SA_ONSTACK | SA_NODEFER
        for number in signals { sigaction(number, &action, nil) }
    }

    static func remove() {
        for number in signals { signal(number, SIG_DFL) }
    }

    /// Ends the program: `exit()` was called before its last line.
    static func exitWasCalled() -> Never {
        remove()
        write(marker)
        write(exitReason)
        writeFrames()
        _exit(70)
    }

    /// The signal that ends a program which used a variable too early: no trap raises it, so that where a trap is wanted
    /// this is not taken for one.
    package static let earlyUseSignal = SIGUSR2

    /// Ends the program: it used a variable too early. Inside `expectTrap` this is in a copy of the process, and the report
    /// goes to the process that waits for the copy.
    static func endEarly(reason: String) -> Never {
        remove()
        write(marker)
        write(reason)
        writeFrames()
        raiseEarlyUse()
    }

    /// Ends the program as its copy ended, and hands the copy's report on.
    static func endEarly(as report: String) -> Never {
        remove()
        write(report)
        raiseEarlyUse()
    }

    private static func raiseEarlyUse() -> Never {
        signal(earlyUseSignal, SIG_DFL)
        // The threads of tasks and queues keep signals back.
        var unblocked = sigset_t()
        sigemptyset(&unblocked)
        sigaddset(&unblocked, earlyUseSignal)
        pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
        raise(earlyUseSignal)
        _exit(70)
    }

    private static func writeFrames() {
        // A line that is not whole yet: last of all, for that may end the program; the stopped thread may hold the lock.
        defer { fflush_unlocked(stdout) }
        write("\n")
        withUnsafeTemporaryAllocation(of: UnsafeMutableRawPointer?.self, capacity: Int(depth)) { frames in
            backtrace_symbols_fd(frames.baseAddress!, backtrace(frames.baseAddress!, depth), STDERR_FILENO)
        }
        guard thrownCount > 0 else { return }
        write(throwMarker)
        backtrace_symbols_fd(thrownFrames, thrownCount, STDERR_FILENO)
    }

    private static func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static func write(number: Int32) {
        write(String(number))
    }

    // MARK: Throws

    nonisolated(unsafe) private static let thrownFrames =
        UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 128)
    nonisolated(unsafe) private static var thrownCount: Int32 = 0

    /// The runtime calls this hook at every `throw`. An error that nothing catches traps at the end of the
    /// program, where its origin is no longer to be seen.
    private static func rememberThrows() {
        typealias Hook = @convention(c) () -> Void
        for name in ["_swift_willThrow", "_swift_willThrowTypedImpl"] {
            dlsym(nil, name)?.assumingMemoryBound(to: Hook?.self).pointee = {
                CrashReport.thrownCount = backtrace(CrashReport.thrownFrames, CrashReport.depth)
            }
        }
    }
}
#endif
