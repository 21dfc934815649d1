import Recurrent
import Testing

@Suite("PyTorch's names do what they do in PyTorch")
struct PyTorchNamesTests {
    struct Case: Decodable {
        let name: String
        let operands: [Golden.Array]
        let result: Golden.Array
        let weight: Golden.Array?
        let gradients: [Golden.Array]?
    }

    private static var mask: Tensor { Tensor([[1, 0, 1], [0, 0, 1]]) }

    /// What is written here for a golden of tensors.json.
    private static func operation(_ name: String) -> (([Tensor]) -> Tensor)? {
        if name.hasPrefix("einsum ") { return { einsum(String(name.dropFirst(7)), $0[0], $0[1]) } }
        if let exponent = [
            "pow 2", "pow 3", "pow 0", "pow 1", "pow -1", "pow -2", "pow 0.5", "pow 7", "pow 10", "pow 2.5", "pow -1.3",
        ]
        .first(where: { $0 == name }).flatMap({ Double($0.dropFirst(4)) }) {
            return { pow($0[0], exponent) }
        }
        return switch name {
        case "view(3, 2)": { $0[0].view(3, 2) }
        case "view(-1)": { $0[0].view(-1) }
        case "squeeze": { $0[0].squeeze() }
        case "squeeze(0)": { $0[0].squeeze(0) }
        case "squeeze(-1)": { $0[0].squeeze(-1) }
        case "squeeze(1) of 3": { $0[0].squeeze(1) }
        case "unsqueeze(0)": { $0[0].unsqueeze(0) }
        case "unsqueeze(1)": { $0[0].unsqueeze(1) }
        case "unsqueeze(-1)": { $0[0].unsqueeze(-1) }
        case "cat": { cat($0) }
        case "cat, axis 1": { cat($0, axis: 1) }
        case "cat, axis -1": { cat($0, axis: -1) }
        case "stack": { stack($0) }
        case "stack, axis 1": { stack($0, axis: 1) }
        case "stack, axis -1": { stack($0, axis: -1) }
        case "arange(5)": { _ in .arange(5) }
        case "arange(1, 2.5)": { _ in .arange(1, 2.5) }
        case "arange(1, 2.5, 0.5)": { _ in .arange(1, 2.5, step: 0.5) }
        case "arange(5, 0, -2)": { _ in .arange(5, 0, step: -2) }
        case "arange(0)": { _ in .arange(0) }
        case "linspace(-10, 10, 5)": { _ in .linspace(-10, 10, 5) }
        case "linspace(0, 1, 11)": { _ in .linspace(0, 1, 11) }
        case "linspace(3, 1, 4)": { _ in .linspace(3, 1, 4) }
        case "linspace(3, 1, 1)": { _ in .linspace(3, 1, 1) }
        case "eye(3)": { _ in .eye(3) }
        case "eye(2, 4)": { _ in .eye(2, 4) }
        case "full": { _ in .full([2, 3], 1.5) }
        case "abs": { abs($0[0]) }
        case "pow 2 of tensor": { pow(2, $0[0]) }
        case "pow of tensors": { pow($0[0], $0[1]) }
        case "clamp": { clamp($0[0], min: -1, max: 0.75) }
        case "clamp min": { $0[0].clamp(min: 0) }
        case "clamp max": { $0[0].clamp(max: 0.5) }
        case "clamp crossed": { $0[0].clamp(min: 1, max: -1) }
        case "std", "std of equals": { $0[0].std() }
        case "var": { $0[0].var() }
        case "std, biased": { $0[0].std(unbiased: false) }
        case "var, biased": { $0[0].var(unbiased: false) }
        case "std, axis 0": { $0[0].std(axis: 0) }
        case "std, axis 1": { $0[0].std(axis: 1) }
        case "std, axis -1": { $0[0].std(axis: -1) }
        case "var, axis 0": { $0[0].var(axis: 0) }
        case "var, axis 1": { $0[0].var(axis: 1) }
        case "var, axis -1": { $0[0].var(axis: -1) }
        case "std, axis 0, biased": { $0[0].std(axis: 0, unbiased: false) }
        case "std, axis 1, biased": { $0[0].std(axis: 1, unbiased: false) }
        case "std, axis -1, biased": { $0[0].std(axis: -1, unbiased: false) }
        case "var, axis 0, biased": { $0[0].var(axis: 0, unbiased: false) }
        case "var, axis 1, biased": { $0[0].var(axis: 1, unbiased: false) }
        case "var, axis -1, biased": { $0[0].var(axis: -1, unbiased: false) }
        case "std, axis 1 kept": { $0[0].std(axis: 1, keepingAxis: true) }
        case "var, axis 0 kept": { $0[0].var(axis: 0, keepingAxis: true) }
        case "cumsum, axis 0", "cumsum of a vector": { $0[0].cumsum(axis: 0) }
        case "cumsum, axis 1": { $0[0].cumsum(axis: 1) }
        case "cumsum, axis 2": { $0[0].cumsum(axis: 2) }
        case "cumsum, axis -1": { $0[0].cumsum(axis: -1) }
        case "topk 2 #0": { $0[0].topk(2).values }
        case "topk 2 #1": { $0[0].topk(2).indices }
        case "topk 3, axis 0 #0": { $0[0].topk(3, axis: 0).values }
        case "topk 3, axis 0 #1": { $0[0].topk(3, axis: 0).indices }
        case "topk 2 smallest #0": { $0[0].topk(2, largest: false).values }
        case "topk 2 smallest #1": { $0[0].topk(2, largest: false).indices }
        case "topk of all #0": { $0[0].topk(4).values }
        case "topk of all #1": { $0[0].topk(4).indices }
        case "where", "where, stretched": { Tensor.where(mask, $0[0], $0[1]) }
        case "where with a number": { Tensor.where($0[0] .> 0, $0[0], 0.5) }
        case "where of a method": { $0[0].where(mask, $0[1]) }
        case "maskedFill": { $0[0].maskedFill(mask, -3.5) }
        case ".>": { $0[0] .> $0[1] }
        case ".>=": { $0[0] .>= $0[1] }
        case ".<": { $0[0] .< $0[1] }
        case ".<=": { $0[0] .<= $0[1] }
        case ".==": { $0[0] .== $0[1] }
        case ".!=": { $0[0] .!= $0[1] }
        case ".> 1": { $0[0] .> 1 }
        case ".>= 1": { $0[0] .>= 1 }
        case ".< 1": { $0[0] .< 1 }
        case ".<= 1": { $0[0] .<= 1 }
        case ".== 1": { $0[0] .== 1 }
        case ".!= 1": { $0[0] .!= 1 }
        case "1 .>": { 1 .> $0[0] }
        case "1 .>=": { 1 .>= $0[0] }
        case "1 .<": { 1 .< $0[0] }
        case "1 .<=": { 1 .<= $0[0] }
        case "1 .==": { 1 .== $0[0] }
        case "1 .!=": { 1 .!= $0[0] }
        case "oneHot": { _ in oneHot([2, 0, 1]) }
        case "oneHot of 5": { _ in oneHot(Tensor([[2, 0], [1, 4]]), classes: 5) }
        case "padSequence": { padSequence($0) }
        case "padSequence, batch first": { padSequence($0, batchFirst: true, padding: -1) }
        case "gather, axis 1": { $0[0].gather(1, Tensor([[0, 3], [2, 2], [1, 0]])) }
        case "gather, axis 0": { $0[0].gather(0, Tensor([[0, 2, 2], [1, 1, 0]])) }
        case "gather, axis -1": { $0[0].gather(-1, Tensor([[[2], [0]], [[1], [1]]])) }
        case "sort #0": { $0[0].sort().values }
        case "sort #1": { $0[0].sort().indices }
        case "sort, axis 0 #0": { $0[0].sort(axis: 0).values }
        case "sort, axis 0 #1": { $0[0].sort(axis: 0).indices }
        case "sort descending #0": { $0[0].sort(descending: true).values }
        case "sort descending #1": { $0[0].sort(descending: true).indices }
        case "argsort": { $0[0].argsort() }
        case "flip": { $0[0].flip(axis: 0) }
        case "flip of two axes": { $0[0].flip(0, -1) }
        case "roll 1": { $0[0].roll(1, axis: 0) }
        case "roll -5": { $0[0].roll(-5, axis: 1) }
        case "diag of a vector", "diag of a matrix": { $0[0].diag() }
        case "tril": { $0[0].tril() }
        case "tril 1": { $0[0].tril(1) }
        case "triu -1": { $0[0].triu(-1) }
        case "split #0", "split #1", "split #2": { $0[0].split(2)[part(of: name)] }
        case "chunk #0", "chunk #1", "chunk #2": { $0[0].chunk(3, axis: 1)[part(of: name)] }
        case "unbind #0", "unbind #1", "unbind #2": { $0[0].unbind(axis: 1)[part(of: name)] }
        case "expand": { $0[0].expand(2, -1, 4) }
        case "repeat": { $0[0].repeat(2, 1, 2) }
        case "outer": { outer($0[0], $0[1]) }
        case "sum of axes": { $0[0].sum(axes: [0, 2]) }
        case "sum of axes kept": { $0[0].sum(axes: [0, -1], keepingAxes: true) }
        case "mean of axes": { $0[0].mean(axes: [1, 2]) }
        case "norm, axis 1": { $0[0].norm(axis: 1) }
        case "norm, axis 0 kept": { $0[0].norm(axis: 0, keepingAxis: true) }
        case "round": { $0[0].round() }
        case "floor": { $0[0].floor() }
        case "ceil": { $0[0].ceil() }
        case "sign": { $0[0].sign() }
        case "x.sin()": { $0[0].sin() }
        case "x.cos()": { $0[0].cos() }
        case "x.tanh()": { $0[0].tanh() }
        case "x.sigmoid()": { $0[0].sigmoid() }
        case "x.relu()": { $0[0].relu() }
        case "x.exp()": { $0[0].exp() }
        case "x.log()": { $0[0].log() }
        case "x.sqrt()": { $0[0].sqrt() }
        case "x.softmax": { $0[0].softmax(axis: 0) }
        case "x.logSoftmax": { $0[0].logSoftmax(axis: 1) }
        case "in place": inPlace
        case "assigned parts": assigned
        case "overwritten result": overwritten
        default: nil
        }
    }

    /// `chunk #2` → 2
    private static func part(of name: String) -> Int { Int(name.suffix(1))! }

    private static func inPlace(_ operands: [Tensor]) -> Tensor {
        let (x, w) = (operands[0], operands[1])
        var y = x * 2
        y += w
        y *= y[0] + 1
        y[1] -= w * w
        return y / 2
    }

    private static func assigned(_ operands: [Tensor]) -> Tensor {
        let (x, w) = (operands[0], operands[1])
        let y = Tensor.zeros(2, 3)
        y[0] = w * 5
        y[1, 2] = x[0, 1] * x[1, 1]
        y[.all, 0] = y[.all, 1] * 2
        return y
    }

    private static func overwritten(_ operands: [Tensor]) -> Tensor {
        let (x, w) = (operands[0], operands[1])
        let y = x * x
        let z = y[0] * 3
        y[0] = w
        y[1] = 7
        return y * 2 + z
    }

    /// A layer with the golden's operands behind the first as its parameters, and the parameters' own gradients.
    private func layer(_ name: String) -> (any TensorLayer)? {
        switch name {
        case "layerNorm": LayerNorm(4)
        case "layerNorm without bias": LayerNorm(4, bias: false)
        case "layerNorm, plain": LayerNorm(4, elementwiseAffine: false)
        case "layerNorm, two axes": LayerNorm([2, 4], epsilon: 1e-3)
        case "sequential": Sequential(Linear(3, 4), Tanh(), Linear(4, 2))
        default: nil
        }
    }

    @Test("result and gradients, to 10⁻¹²")
    func goldens() throws {
        let goldens = try Golden.load("tensors", as: [Case].self)
        #expect(goldens.count == 182)
        for golden in goldens {
            var operands = golden.operands.map(\.variable)
            let result: Tensor
            if let layer = layer(golden.name) {
                let parameters = layer.parameters
                try layer.load(Dictionary(uniqueKeysWithValues: zip(parameters.names, operands.dropFirst())))
                operands = [operands[0]] + parameters.tensors
                result = layer(operands[0])
            } else if let operation = Self.operation(golden.name) {
                result = operation(operands)
            } else {
                Issue.record("nothing stands for \(golden.name)")
                continue
            }
            expectClose(result, golden.result.tensor, within: 1e-12, "\(golden.name)")
            guard let weight = golden.weight, let gradients = golden.gradients else {
                #expect(!result.requiresGradient, "\(golden.name)")
                continue
            }
            (weight.tensor * result).sum().backward()
            for (operand, gradient) in zip(operands, gradients) {
                expectClose(operand.gradient ?? .zeros(operand.shape), gradient.tensor, within: 1e-12, "\(golden.name), gradient")
            }
        }
    }

    private func withSeed<Result>(_ seed: UInt64, _ body: () throws -> Result) rethrows -> Result {
        try Generator.$current.withValue(Generator(seed: seed), operation: body)
    }

    struct Draw: Decodable {
        let seed: UInt64
        let call: String
        let operands: [Golden.Array]
        let result: Golden.Array
        let next: Golden.Array
    }

    @Test("every draw equals PyTorch's for the same seed, and so does the next")
    func draws() throws {
        let goldens = try Golden.load("draws", as: [Draw].self)
        #expect(goldens.count == 69)
        for golden in goldens {
            let words = golden.call.split(separator: " ").map(String.init)
            let numbers = words.dropFirst().compactMap(Int.init)
            let shape = Shape(golden.result.shape)
            let operands = golden.operands.map(\.tensor)
            withSeed(golden.seed) {
                let drawn: Tensor =
                    switch words[0] {
                    case "randint" where words[1].hasPrefix("2^"): .randint(1 << Int(words[1].dropFirst(2))!, shape)
                    case "randint" where numbers.count == 2: .randint(numbers[0], numbers[1], shape)
                    case "randint": .randint(numbers[0], shape)
                    case "randperm": .randperm(numbers[0])
                    case "multinomial": multinomial(operands[0], numbers[0], replacement: words.last == "again")
                    case "orthogonal": .orthogonal(numbers[0], numbers[1], gain: words.last == "gain" ? 1.5 : 1)
                    default: .zeros(0)
                    }
                // PyTorch orthogonalises in single precision.
                let tolerance = words[0] == "orthogonal" ? 1e-5 : 1e-6
                expectClose(drawn, golden.result.tensor, within: tolerance, "\(golden.call), seed \(golden.seed)")
                #expect(Tensor.rand(2) == golden.next.tensor, "after \(golden.call), seed \(golden.seed)")
            }
        }
    }

    @Test("orthogonal rows, or columns, to the last digits")
    func orthogonality() {
        for (rows, columns) in [(5, 5), (3, 7), (32, 8)] {
            let matrix = withSeed(3) { Tensor.orthogonal(rows, columns, gain: 2) }
            let product = rows <= columns ? matmul(matrix, matrix.transposed()) : matmul(matrix.transposed(), matrix)
            expectClose(product, 4 * .eye(min(rows, columns)), within: 1e-14)
        }
    }

    struct Path: Decodable {
        let name: String
        let gradients: [[Double]]
        let path: [[Double]]
    }

    @Test("SGD, AdamW and RMSprop go where torch.optim's go")
    func optimizers() throws {
        let goldens = try Golden.load("optimizers", as: [Path].self)
        #expect(goldens.count == 9)
        for golden in goldens {
            let x = Tensor([1, 2, -1])
            x.requiresGradient = true
            let parameters: Parameters = ["x": x]
            let step: () -> Void =
                switch golden.name {
                case "SGD decayed": SGD(parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 0.2).step
                case "AdamW": AdamW(parameters).step
                case "AdamW 0.1": AdamW(parameters, learningRate: 0.1, betas: (0.8, 0.99), epsilon: 1e-3, weightDecay: 0.2).step
                case "AdamW without decay": AdamW(parameters, learningRate: 0.1, weightDecay: 0).step
                case "RMSprop": RMSprop(parameters).step
                case "RMSprop 0.1": RMSprop(parameters, learningRate: 0.1, alpha: 0.9, epsilon: 1e-3).step
                case "RMSprop momentum": RMSprop(parameters, learningRate: 0.05, momentum: 0.9).step
                case "RMSprop centered": RMSprop(parameters, learningRate: 0.05, weightDecay: 0.1, centered: true).step
                case "RMSprop all":
                    RMSprop(parameters, learningRate: 0.05, alpha: 0.8, weightDecay: 0.1, momentum: 0.5, centered: true).step
                default: { Issue.record("nothing stands for \(golden.name)") }
                }
            for (gradient, place) in zip(golden.gradients, golden.path) {
                x.gradient = Tensor(gradient)
                step()
                expectClose(x, Tensor(place), within: 1e-12, "\(golden.name)")
            }
        }
    }

    @Test("rows in another order, and their gradients")
    func rowsByNumber() {
        let x = Tensor([[1, 2], [3, 4], [5, 6]])
        x.requiresGradient = true
        let picked = x[[2, 0, 2]]
        #expect(picked == Tensor([[5, 6], [1, 2], [5, 6]]))
        picked.sum().backward()
        #expect(x.gradient == Tensor([[1, 1], [0, 0], [2, 2]]))
        #expect(x[Tensor([1]).integers] == Tensor([[3, 4]]))
    }

    @Test("Sequential names its parameters, prints and hands eval on as PyTorch's does")
    func sequential() {
        let model = Sequential(Linear(2, 3), Tanh(), Sequential(LayerNorm(3), Dropout(0.5)))
        #expect(model.parameters.names == ["0.weight", "0.bias", "2.0.weight", "2.0.bias"])
        #expect(
            "\(model)" == """
                Sequential(
                  (0): Linear(in_features=2, out_features=3, bias=True)
                  (1): Tanh()
                  (2): Sequential(
                    (0): LayerNorm((3,), eps=1e-05, elementwise_affine=True, bias=True)
                    (1): Dropout(p=0.5)
                  )
                )
                """)
        model.eval()
        let x = Tensor([[1, 2]])
        #expect(model(x) == model(x))
        (model(x) * Tensor([1, 2, 3])).sum().backward()
        #expect(model.parameters["0.weight"].gradient != nil)
        model.zeroGrad()
        #expect(model.parameters["0.weight"].gradient == nil)
    }
}
