import Recurrent
import Testing

@Suite("Tensors print as PyTorch prints them")
struct PrintingTests {
    struct Printed: Decodable {
        let shape: [Int]
        let values: [String]
        let text: String
    }

    @Test("to the letter, for every golden")
    func goldens() throws {
        let goldens = try Golden.load("printing", as: [Printed].self)
        #expect(goldens.count >= 80)
        for golden in goldens {
            let values = try golden.values.map { try #require(Double($0)) }
            #expect("\(Tensor(shape: Shape(golden.shape), values: values))" == golden.text)
        }
    }
}
