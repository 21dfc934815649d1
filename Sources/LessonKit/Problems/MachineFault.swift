/// What this machine, as it stands, does not let Unroll do: no lesson is at fault.
package struct MachineFault: Error, CustomStringConvertible {
    let message: String
    let remedy: String

    package init(_ message: String, remedy: String) {
        self.message = message
        self.remedy = remedy
    }

    package var description: String { "error: \(message): \(remedy)" }
}
