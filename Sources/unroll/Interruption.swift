import Dispatch
import Foundation

/// Ctrl-C and `kill` cancel the work instead of ending the process, so that temporary files are
/// removed and a lesson's program is stopped.
enum Interruption {
    static func cancelling(_ work: @escaping @Sendable () async -> Int32) async -> Int32 {
        let task = Task { await work() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { task.cancel() }
            source.resume()
            return source
        }
        let status = await task.value
        for source in sources { source.cancel() }
        return status
    }
}
