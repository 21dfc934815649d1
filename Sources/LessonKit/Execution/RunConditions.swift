/// What no value of a lesson may depend on: `verify` runs every lesson under both, and what they do not agree on is of chance.
package enum RunConditions: Sendable {
    case usual
    /// One processor in place of all, so that threads meet otherwise; memory that is not empty when it is handed out;
    /// the lessons in the reverse order.
    case other

    /// By which of its processors the process runs, as CSandbox has it.
    var processors: String { self == .usual ? "all" : "one" }

    /// glibc fills with it what it hands out.
    var environment: [String: String] { self == .usual ? [:] : ["MALLOC_PERTURB_": "165"] }
}
