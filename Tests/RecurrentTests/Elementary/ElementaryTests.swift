import Foundation
import Recurrent
import Samples
import Testing

@Suite("Elementary functions")
struct ElementaryTests {
    #if arch(x86_64)
    /// A function with a reference of 64 bits of precision, whose own error is about 2⁻¹¹ of the unit that is judged.
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var function: @Sendable (Double) -> Double
        var reference: @Sendable (Float80) -> Float80
        /// Where most of the points lie.
        var range: ClosedRange<Double>

        var testDescription: String { name }
    }

    static let cases = [
        Case(name: "exp", function: { Elementary.exp($0) }, reference: { expl($0) }, range: -746...710),
        Case(name: "tanh", function: { Elementary.tanh($0) }, reference: { tanhl($0) }, range: -20...20),
        Case(
            name: "sigmoid", function: { Elementary.sigmoid($0) },
            reference: { $0 < 0 ? expl($0) / (1 + expl($0)) : 1 / (1 + expl(-$0)) }, range: -746...40
        ),
        Case(name: "log", function: { Elementary.log($0) }, reference: { logl($0) }, range: 0...4),
        Case(name: "sin", function: { Elementary.sin($0) }, reference: { sinl($0) }, range: -100...100),
        Case(name: "cos", function: { Elementary.cos($0) }, reference: { cosl($0) }, range: -100...100),
    ]

    @Test("two million points lie within 0.9 units in the last place of the true value", arguments: cases)
    func accuracy(of function: Case) {
        var random = SplitMix(state: 1)
        var worst = (error: 0.0, x: 0.0)
        for index in 0..<2_000_000 {
            let x: Double
            switch index % 4 {
            case 0: x = Double.random(in: function.range, using: &random)
            case 1: x = Double.random(in: -3...3, using: &random)
            case 2: x = Double.random(in: -1...1, using: &random) * Double(sign: .plus, exponent: -(index % 60), significand: 1)
            default: x = Double(bitPattern: random.next())
            }
            let error = errorInUnits(of: function.function(x), function.reference(Float80(x)))
            if !(error <= worst.error) { worst = (error, x) }
        }
        #expect(worst.error < 0.9, "\(function.name)(\(worst.x)) is off by \(worst.error) units")
    }

    @Test("special values, and the neighbours of every bound, lie within 0.9 units of the true value", arguments: cases)
    func bounds(of function: Case) {
        let bounds: [Double] = [
            0, .leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-54, 0x1p-53, 0x1p-28, 0x1p-27, 0x1p-26, 0.5.squareRoot(),
            1, 2.0.squareRoot(), 0.34657359027997264, 0.785, .pi / 4, .pi / 2, .pi, 18.714973875118524, 20, 22,
            36.7368005696771, 708.3964185322641, 709.782712893384, 720, 744.4400719213812, 745.1332191019412, 760, 0x1p20,
            0x1p52, 0x1p53, .greatestFiniteMagnitude, .infinity, .nan,
        ]
        for bound in bounds + bounds.map({ -$0 }) {
            var (below, above) = (bound, bound)
            for _ in 0..<500 {
                for x in [below, above] {
                    let (value, truth) = (function.function(x), function.reference(Float80(x)))
                    #expect(errorInUnits(of: value, truth) < 0.9, "\(function.name)(\(x)) is \(value)")
                    // σ and exp are never −0; an odd function of ±0 keeps the sign.
                    #expect(value.isNaN || value.sign == truth.sign, "\(function.name)(\(x)) is \(value)")
                }
                (below, above) = (below.nextDown, above.nextUp)
            }
        }
    }

    @Test("angles next to multiples of π/2, small and huge, keep full precision")
    func anglesNextToZerosOfTheSine() {
        for exponent in 0..<1020 {
            for multiple in 1...20 {
                let near = Double(Float80.pi / 2 * Float80(multiple)) * Double(sign: .plus, exponent: exponent, significand: 1)
                for x in [near.nextDown, near, near.nextUp] where x.isFinite {
                    #expect(errorInUnits(of: Elementary.sin(x), sinl(Float80(x))) < 0.9)
                    #expect(errorInUnits(of: Elementary.cos(x), cosl(Float80(x))) < 0.9)
                }
            }
        }
    }

    /// The distance from the true value in units of the last place that a double has there; 0 where both are the same.
    private func errorInUnits(of value: Double, _ truth: Float80) -> Double {
        if truth.isNaN || value.isNaN { return truth.isNaN && value.isNaN ? 0 : .infinity }
        let rounded = Double(truth)
        if value == rounded { return rounded.isInfinite ? 0 : Double(abs(Float80(value) - truth) / Float80(rounded.ulp)) }
        if rounded.isInfinite || value.isInfinite { return .infinity }
        return Double(abs(Float80(value) - truth) / Float80(rounded.ulp))
    }
    #endif

    @Test("special values of exp")
    func specialValuesOfExp() {
        #expect(Elementary.exp(0) == 1 && Elementary.exp(-0.0) == 1)
        #expect(Elementary.exp(.infinity) == .infinity && Elementary.exp(-.infinity) == 0)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.exp(709.782712893384) == 0x1.fffffffffff2ap1023)
        #expect(Elementary.exp(709.7827128933841) == .infinity)
        #expect(Elementary.exp(-745.1332191019411) == .leastNonzeroMagnitude)
        #expect(Elementary.exp(-745.1332191019412) == 0)
        #expect(Elementary.exp(.leastNonzeroMagnitude) == 1 && Elementary.exp(1e300) == .infinity && Elementary.exp(-1e300) == 0)
    }

    @Test("special values of tanh")
    func specialValuesOfTanh() {
        #expect(Elementary.tanh(0) == 0 && Elementary.tanh(-0.0).sign == .minus)
        #expect(Elementary.tanh(.infinity) == 1 && Elementary.tanh(-.infinity) == -1)
        #expect(Elementary.tanh(.nan).isNaN)
        #expect(Elementary.tanh(20) == 1 && Elementary.tanh(-1e300) == -1)
        for tiny in [Double.leastNonzeroMagnitude, -.leastNormalMagnitude, 1e-20] { #expect(Elementary.tanh(tiny) == tiny) }
    }

    @Test("special values of the logistic function")
    func specialValuesOfSigmoid() {
        #expect(Elementary.sigmoid(0) == 0.5 && Elementary.sigmoid(-0.0) == 0.5)
        #expect(Elementary.sigmoid(.infinity) == 1 && Elementary.sigmoid(-.infinity) == 0)
        #expect(Elementary.sigmoid(.nan).isNaN)
        #expect(Elementary.sigmoid(40) == 1 && Elementary.sigmoid(-1e300) == 0)
        #expect(Elementary.sigmoid(-745) == .leastNonzeroMagnitude && Elementary.sigmoid(-720) > 0)
    }

    @Test("special values of log")
    func specialValuesOfLog() {
        #expect(Elementary.log(1) == 0 && Elementary.log(1).sign == .plus)
        #expect(Elementary.log(0) == -.infinity && Elementary.log(-0.0) == -.infinity)
        #expect(Elementary.log(.infinity) == .infinity)
        for undefined: Double in [-1, -.infinity, -.leastNonzeroMagnitude, .nan] { #expect(Elementary.log(undefined).isNaN) }
        #expect(Elementary.log(.leastNonzeroMagnitude) == -744.4400719213812)
        #expect(Elementary.log(.greatestFiniteMagnitude) == 709.782712893384)
    }

    @Test("special values of sine and cosine")
    func specialValuesOfSineAndCosine() {
        #expect(Elementary.sin(0) == 0 && Elementary.sin(-0.0).sign == .minus && Elementary.cos(0) == 1)
        for undefined: Double in [.infinity, -.infinity, .nan] {
            #expect(Elementary.sin(undefined).isNaN && Elementary.cos(undefined).isNaN)
        }
        #expect(Elementary.sin(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
        #expect(Elementary.sin(.pi) == 1.2246467991473532e-16)
        #expect(Elementary.cos(.pi / 2) == 6.123233995736766e-17)
        // The double that comes closest to a multiple of π/2 (Kahan): 6381956970095103 · 2⁷⁹⁷.
        #expect(Elementary.cos(0x1.6ac5b262ca1ffp849).magnitude < 1e-18)
    }

    @Test("a million square roots are the correctly rounded ones")
    func squareRoots() {
        var random = SplitMix(state: 4)
        for index in 0..<1_000_000 {
            let x = Double.random(in: 1..<4, using: &random) * Double(sign: .plus, exponent: index % 400 - 200, significand: 1)
            let root = Elementary.sqrt(x)
            // √x lies within half a unit u of r if −r u < x − r² ≤ r u: the fused operation gives x − r² exactly.
            let rest = x.addingProduct(-root, root)
            guard -root * root.ulp < rest, rest <= root * root.ulp else {
                Issue.record("the square root of \(x) is not \(root)")
                return
            }
        }
    }

    @Test("special values of the square root")
    func specialValuesOfSquareRoot() {
        #expect(Elementary.sqrt(0).bitPattern == 0 && Elementary.sqrt(-0.0).bitPattern == (-0.0).bitPattern)
        #expect(Elementary.sqrt(.infinity) == .infinity)
        for undefined: Double in [-1, -.infinity, -.leastNonzeroMagnitude, .nan] { #expect(Elementary.sqrt(undefined).isNaN) }
        #expect(Elementary.sqrt(.leastNonzeroMagnitude) == 0x1p-537 && Elementary.sqrt(.leastNormalMagnitude) == 0x1p-511)
        #expect(Elementary.sqrt(.greatestFiniteMagnitude) == 0x1.fffffffffffffp511)
    }

    @Test("arrays give the bits of single numbers, with every set of instructions", arguments: InstructionSet.available)
    func arraysEqualSingleNumbers(_ instructions: InstructionSet) {
        var random = SplitMix(state: 2)
        for count in [0, 1, 7, 8, 1_001] {
            let numbers = (0..<count).map { index in
                index % 3 == 0 ? Double(bitPattern: random.next()) : Double.random(in: -30...30, using: &random)
            }
            expectSameBits(numbers, Elementary.exp) { Elementary.exp($0, using: instructions) }
            expectSameBits(numbers, Elementary.tanh) { Elementary.tanh($0, using: instructions) }
            expectSameBits(numbers, Elementary.sigmoid) { Elementary.sigmoid($0, using: instructions) }
        }
    }

    @Test("a file that imports Foundation too may call exp and tanh without naming the module")
    func foundationBesideRecurrent() {
        #expect(abs(exp(1.0) - Foundation.exp(1.0)) < 1e-15 && abs(tanh(0.5) - Foundation.tanh(0.5)) < 1e-15)
        #expect(sigmoid(0) == 0.5)
    }

    private func expectSameBits(
        _ numbers: [Double], _ single: (Double) -> Double, _ inPlace: (UnsafeMutableBufferPointer<Double>) -> Void
    ) {
        var array = numbers
        array.withUnsafeMutableBufferPointer { inPlace($0) }
        let differing = zip(numbers, array).first { number, value in
            let expected = single(number)
            return value.bitPattern != expected.bitPattern && !(value.isNaN && expected.isNaN)
        }
        #expect(differing == nil)
    }
}
