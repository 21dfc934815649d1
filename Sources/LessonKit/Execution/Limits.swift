/// How much one lesson's program may take before it is stopped.
package struct Limits: Hashable, Sendable {
    /// For compiling and for running, each.
    package var time: Duration = .seconds(60)
    /// Address space, in bytes.
    package var memory = 4 << 30
    /// Standard output and recorded exhibits, each, in bytes.
    package var output = 64 << 20

    package init(time: Duration = .seconds(60)) {
        self.time = time
    }
}
