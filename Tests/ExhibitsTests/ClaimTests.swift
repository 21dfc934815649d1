import Exhibits
import Recurrent
import Testing

/// Run by hand a program prints each claim with its outcome; these run in a process of their own.
@Suite("What claims hold")
struct ClaimTests {
    private func outcomes(_ result: ExitTest.Result?) -> [String] {
        String(decoding: result?.standardOutputContent ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.hasPrefix("✓ ") || $0.hasPrefix("✗ ") }
    }

    @Test("a difference that equals the tolerance holds, a larger one does not")
    func tolerance() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            claim("a", 1.5, equals: 1, within: 0.5)
            claim("b", 1, equals: 1.5, within: 0.5)
            claim("c", Tensor([1, 2]), equals: Tensor([1.5, 1.5]), within: 0.5)
            claim("d", Tensor([1, 2]), equals: 1.5, within: 0.5)
            claim("e", 3, equals: 5, within: 2)
            claim("f", 5, equals: 3, within: 2)
            claim("g", 1.5, equals: 1, within: 0.25)
            claim("h", Tensor([1, 2]), equals: Tensor([1, 1.5]), within: 0.25)
            claim("i", 3, equals: 5, within: 1)
            claim("j", 5, equals: 3, within: 1)
        }
        #expect(
            outcomes(result) == [
                "✓ a", "✓ b", "✓ c", "✓ d", "✓ e", "✓ f", "✗ g (was 1.5, 1.0 was claimed)", "✗ h (was 2.0 at [1], 1.5 was claimed)",
                "✗ i (was 3, 5 was claimed)", "✗ j (was 5, 3 was claimed)",
            ])
    }

    @Test("what equals a bound is at most and at least that, and neither less nor more")
    func bounds() async {
        let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            claim("a", 2, isAtMost: 2)
            claim("b", 2, isAtLeast: 2)
            claim("c", 2, isLessThan: 2)
            claim("d", 2, isGreaterThan: 2)
            let two = Tensor([2, 2])
            claim("e", Tensor([1, 2]), isAtMost: two)
            claim("f", Tensor([1, 2]), isAtMost: 2)
            claim("g", Tensor([3, 2]), isAtLeast: two)
            claim("h", Tensor([3, 2]), isAtLeast: 2)
            claim("i", Tensor([1, 2]), isLessThan: two)
            claim("j", Tensor([3, 2]), isGreaterThan: two)
            claim("k", Tensor([1, 3]), isAtMost: two)
            claim("l", Tensor([3, 1]), isAtLeast: two)
        }
        #expect(
            outcomes(result) == [
                "✓ a", "✓ b", "✗ c (was 2, less than 2 was claimed)", "✗ d (was 2, more than 2 was claimed)", "✓ e", "✓ f", "✓ g",
                "✓ h", "✗ i (was 2.0 at [1], less than 2.0 was claimed)", "✗ j (was 2.0 at [1], more than 2.0 was claimed)",
                "✗ k (was 3.0 at [1], at most 2.0 was claimed)", "✗ l (was 1.0 at [1], at least 2.0 was claimed)",
            ])
    }
}
