/// The elementary functions that every layer is built of, the same to the last bit on every machine.
///
/// A C library's exp or tanh may change with its version and with the CPU; these do not. Every
/// result lies within one unit in the last place of the correctly rounded one. They use the four
/// operations and the square root of IEEE 754 alone, each rounded on its own. exp, tanh and σ fill the
/// time of a recurrent layer, so they stand in the C target CKernels, which can run several numbers
/// side by side; log, sin and cos are in this folder.
package enum Elementary {
    /// e^x.
    package static func exp(_ x: Double) -> Double { unroll_exp(x) }

    /// The hyperbolic tangent (e^x − e^−x) / (e^x + e^−x).
    package static func tanh(_ x: Double) -> Double { unroll_tanh(x) }

    /// The logistic function σ(x) = 1 / (1 + e^−x).
    package static func sigmoid(_ x: Double) -> Double { unroll_sigmoid(x) }

    /// The square root; IEEE 754 demands the correctly rounded one.
    package static func sqrt(_ x: Double) -> Double { x.squareRoot() }
}

// MARK: - Arrays in place, with the bits of the functions of one number

extension Elementary {
    package static func exp(_ values: UnsafeMutableBufferPointer<Double>, using instructions: InstructionSet = .best) {
        guard let start = values.baseAddress else { return }
        unroll_exp_array(instructions.rawValue, start, values.count)
    }

    package static func tanh(_ values: UnsafeMutableBufferPointer<Double>, using instructions: InstructionSet = .best) {
        guard let start = values.baseAddress else { return }
        unroll_tanh_array(instructions.rawValue, start, values.count)
    }

    package static func sigmoid(_ values: UnsafeMutableBufferPointer<Double>, using instructions: InstructionSet = .best) {
        guard let start = values.baseAddress else { return }
        unroll_sigmoid_array(instructions.rawValue, start, values.count)
    }
}
