import Drawing
import Samples
import Testing

@Suite("Numbers without the C library")
struct PrintedNumberTests {
    @Test("what Swift prints is read back to the bit")
    func roundTrip() {
        var generator = SplitMix(state: 9)
        let edges: [Double] = [
            0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 9007199254740992, 1e22, 1e23,
        ]
        let values = edges + (0..<20_000).map { _ in Double(bitPattern: generator.next()) }.filter { !$0.isNaN }
        #expect(values.filter { Double(printed: $0.description)?.bitPattern != $0.bitPattern } == [])
    }

    @Test(
        "other numbers are read as well, and nothing else",
        arguments: [
            ("1.50", 1.5), ("-12", -12), ("1e5", 1e5), ("2.5e-07", 2.5e-7), ("inf", .infinity), ("-inf", -.infinity), ("", nil),
            ("1.", nil),
            (".5", nil), ("-", nil), ("1.2.3", nil), ("1e", nil), ("1e2e3", nil), ("one", nil), ("0x10", nil), ("[1]", nil),
        ] as [(String, Double?)])
    func others(text: String, value: Double?) {
        #expect(Double(printed: text) == value)
    }

    @Test("powers of ten are exact where they can be, and else next to it")
    func powers() throws {
        for power in -323...308 {
            let exact = try #require(Double("1e\(power)"))
            let distance = (Double.powerOfTen(power) - exact).magnitude
            #expect(distance <= ((0...22).contains(power) ? 0 : 8 * exact.ulp), "\(power)")
        }
    }

    @Test("halves are rounded away from zero")
    func rounding() {
        for value in [0.5, 1.5, -0.5, -2.5, 0.49999999999999994, 4503599627370497.5, 1e300, -3.2, 7] {
            #expect(value.nearestInteger == value.rounded())
        }
    }
}
