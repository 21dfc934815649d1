/// How far lessons are held to what they may touch.
package struct Sandbox: Hashable, Sendable {
    package enum Demand: String, CaseIterable, Sendable {
        /// Where the kernel cannot hold a lesson, it runs all the same, and that is told.
        case preferred
        /// There it does not run.
        case required
    }

    package var demand: Demand
    /// The highest ABI of Landlock to use: a lower one shows what an older kernel holds, 0 what one without it does.
    package var landlock: Int

    package init(_ demand: Demand = .preferred, landlock: Int = 100) {
        self.demand = demand
        self.landlock = landlock
    }

    /// Why nothing runs where confinement is required.
    static let missing = MissingTool(
        "Landlock, by which the kernel confines lessons,",
        remedy: "use Linux 5.13 or newer with Landlock among its security modules, or leave out `--sandbox required`")

    /// Told once, however many lessons ran.
    package static let warning = Problem(
        .warning, "the lessons ran unconfined: this kernel has no Landlock to hold them to their inputs",
        hint: "do not run strangers' lessons here; `--sandbox required` refuses to")
}
