import Foundation

/// How much one lesson's program may take before it is stopped, and whether it must be confined.
package struct Limits: Hashable, Sendable {
    package var time: Duration = .seconds(60)
    /// A slow compiler is not the lesson's fault, so that a short time limit does not hold for it.
    package var compileTime: Duration { max(time, .seconds(60)) }
    /// Address space, in bytes.
    package var memory = 4 << 30
    /// Standard output, recorded exhibits and any other file that it writes, each, in bytes.
    package var output = 64 << 20
    package var openFiles = 256
    /// Of all its threads together, in seconds: an end for a lesson that nothing else ends.
    var processorTime: Int { (Int((time / .seconds(1)).rounded(.up)) + 10) * ProcessInfo.processInfo.activeProcessorCount }
    package var sandbox: Sandbox

    /// What a recording may depend on.
    var fingerprint: String { "\(time) \(memory) \(output) \(openFiles)" }

    package init(time: Duration = .seconds(60), sandbox: Sandbox = Sandbox()) {
        self.time = time
        self.sandbox = sandbox
    }
}
