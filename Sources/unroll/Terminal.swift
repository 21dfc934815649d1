import Foundation
import LessonKit

/// Standard error: a live bar on a terminal, plain lines elsewhere.
struct Terminal {
    private static let isInteractive = isatty(STDERR_FILENO) == 1

    static func write(_ line: String) {
        tell(line + "\n")
    }

    /// Where standard error is closed or full, what there is to say goes unsaid: the status tells the outcome.
    private static func tell(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Shows how far a build is; nothing when quiet.
    static func progress(quiet: Bool) -> @Sendable (BuildProgress) -> Void {
        { progress in
            guard !quiet else { return }
            let line = "\(progress.finished)/\(progress.total)  \(progress.lesson)  \(progress.outcome.rawValue)"
            guard isInteractive else { return write(line) }
            let width = 20
            let filled = width * progress.finished / max(1, progress.total)
            let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
            let end = progress.finished == progress.total ? "\r\u{1B}[K" : ""
            tell("\r\u{1B}[K\(bar) \(line)\(end)")
        }
    }
}
