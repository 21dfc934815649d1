/// The sets of vector instructions for which the inner loops were compiled.
///
/// Which one runs changes the time that a result takes, never a bit of it.
package enum InstructionSet: Int32, CaseIterable, Sendable {
    /// What every CPU of the platform has.
    case baseline
    case avx2
    case avx512

    /// The widest one of this CPU.
    package static let best = InstructionSet(rawValue: unroll_best_variant()) ?? .baseline

    /// Those that this CPU can run.
    package static var available: [InstructionSet] {
        allCases.filter { $0.rawValue <= best.rawValue }
    }
}
