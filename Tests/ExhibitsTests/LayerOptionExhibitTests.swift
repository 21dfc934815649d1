import Exhibits
import Recurrent
import Testing

@Suite("Exhibits of layers with PyTorch's options")
struct LayerOptionExhibitTests {
    @Test("the shapes of one sequence have no axis N, and a projected hidden state has p units")
    func shapes() throws {
        let lstm = LSTM(inputSize: 3, hiddenSize: 4, numLayers: 2, batchFirst: true, bidirectional: true, projSize: 2)
        let x = Tensor.zeros(5, 3)
        let (output, (hn, cn)) = lstm(x)
        let exhibit = try ShapesExhibit(
            lstm, input: x, initial: [], output: output, final: [(symbol: "h", tensor: hn), (symbol: "c", tensor: cn)])
        #expect(exhibit.rows.map(\.name) == ["input", "output", "hn", "cn"])
        #expect(exhibit.rows.map(\.shape) == [[5, 3], [5, 4], [4, 2], [4, 4]])
        #expect(
            exhibit.rows.map(\.axes) == [
                [.steps, .features], [.steps, .projectionOfDirections], [.directionsOfLayers, .projection],
                [.directionsOfLayers, .units],
            ])
        #expect(exhibit.sizes?.contains { $0.meaning == .sequences } == false)
        #expect(exhibit.sizes?.contains(LayerSize(.projection, 2)) == true)
    }
}
