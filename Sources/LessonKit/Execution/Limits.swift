/// How much one lesson's program may take before it is stopped.
package struct Limits: Hashable, Sendable {
    package var time: Duration = .seconds(60)
    /// A slow compiler is not the lesson's fault, so that a short time limit does not hold for it.
    package var compileTime: Duration { max(time, .seconds(60)) }
    /// Address space, in bytes.
    package var memory = 4 << 30
    /// Standard output and recorded exhibits, each, in bytes.
    package var output = 64 << 20

    package init(time: Duration = .seconds(60)) {
        self.time = time
    }
}
