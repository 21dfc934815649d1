import Foundation
import Testing

/// A spelling of PyTorch that is another here is told at its line, with the one that is right; and that one compiles and runs.
@Suite("PyTorch's spellings")
struct PyTorchSpellingTests {
    private static let spellings: [(wrong: String, told: String, right: String)] = [
        ("x.reshape(3, 2)", "reshaped(_:)", "x.reshaped([3, 2])"),
        ("x.permute(1, 0)", "permuted(_:)", "x.permuted([1, 0])"),
        ("x.transpose(0, 1)", "transposed(_:_:)", "x.transposed(0, 1)"),
        ("x.t()", "transposed()", "x.transposed()"),
        ("x.T", "transposed()", "x.transposed()"),
        ("x.flatten()", "flattened()", "x.flattened()"),
        ("x.contiguous()", "leave contiguous() out", "x"),
        ("x.tolist()", "values", "x.values"),
        ("x.numpy()", "values", "x.values"),
        ("x.size(0)", "x.shape[0]", "x.shape[0]"),
        ("x.dim()", "x.shape.count", "x.shape.count"),
        ("x.numel()", "shape.elementCount", "x.shape.elementCount"),
        ("x.grad", "gradient", "x.gradient as Any"),
        ("x.requires_grad", "requiresGradient", "x.requiresGradient"),
        ("x.requires_grad_()", "x.requiresGradient = true", "x.requiresGradient"),
        ("x.masked_fill(x .> 0, 1)", "maskedFill(_:_:)", "x.maskedFill(x .> 0, 1)"),
        ("x.sum(dim: 0)", "sum(axis:keepingAxis:)", "x.sum(axis: 0, keepingAxis: false)"),
        ("x.mean(dim: 0, keepdim: true)", "mean(axis:keepingAxis:)", "x.mean(axis: 0, keepingAxis: true)"),
        ("x.std(dim: 0)", "std(axis:unbiased:keepingAxis:)", "x.std(axis: 0, unbiased: true, keepingAxis: false)"),
        ("x.var(dim: 0)", "var(axis:unbiased:keepingAxis:)", "x.var(axis: 0, unbiased: true, keepingAxis: false)"),
        ("x.max(dim: 0)", "max(axis:)", "x.max(axis: 0)"),
        ("x.argmax(dim: 0)", "argmax(axis:)", "x.argmax(axis: 0)"),
        ("x.cumsum(dim: 0)", "cumsum(axis:)", "x.cumsum(axis: 0)"),
        ("x.topk(1, dim: 0)", "topk(_:axis:largest:)", "x.topk(1, axis: 0, largest: true)"),
        ("x.squeeze(dim: 0)", "squeeze(_:)", "x.squeeze(0)"),
        ("x.unsqueeze(dim: 0)", "unsqueeze(_:)", "x.unsqueeze(0)"),
        ("x > 0.5", "x .> y", "x .> 0.5"),
        ("x <= x", "x .<= y", "x .<= x"),
        ("x ** 2", "pow(x, 2)", "pow(x, 2)"),
        ("Tensor.randint(5, (2, 3))", "[2, 3]", "Tensor.randint(5, [2, 3])"),
        ("cat([x, x], dim: 0)", "cat(_:axis:)", "cat([x, x], axis: 0)"),
        ("stack([x, x], dim: 0)", "stack(_:axis:)", "stack([x, x], axis: 0)"),
        ("softmax(x, dim: 1)", "softmax(_:axis:)", "softmax(x, axis: 1)"),
        ("log_softmax(x, dim: 1)", "logSoftmax(_:axis:)", "logSoftmax(x, axis: 1)"),
        ("cross_entropy(x, labels)", "crossEntropy(_:_:reduction:)", "crossEntropy(x, labels, reduction: .mean)"),
        ("mse_loss(x, x)", "meanSquaredError(_:_:reduction:)", "meanSquaredError(x, x, reduction: .mean)"),
        ("one_hot(labels, num_classes: 3)", "oneHot(_:classes:)", "oneHot(labels, classes: 3)"),
        ("multinomial(x, num_samples: 1)", "multinomial(_:_:replacement:)", "multinomial(x, 1, replacement: false)"),
        ("pad_sequence([x, x])", "padSequence(_:batchFirst:padding:)", "padSequence([x, x], batchFirst: false, padding: 0)"),
        ("no_grad { x + 1 }", "noGrad(_:)", "noGrad { x + 1 }"),
        ("manual_seed(0)", "manualSeed(_:)", "manualSeed(0)"),
        ("clip_grad_norm_(layer.parameters, 1)", "clipGradientNorm(_:_:)", "clipGradientNorm(layer.parameters, 1)"),
        ("zeros(2, 3)", "Tensor.zeros", "Tensor.zeros(2, 3)"),
        ("randn(2, 3)", "Tensor.randn", "Tensor.randn(2, 3)"),
        ("arange(3)", "Tensor.arange", "Tensor.arange(3)"),
        ("torch.zeros(2, 3)", "Tensor.zeros", "Tensor.zeros(2, 3)"),
        ("torch.tensor([1, 2, 3])", "Tensor([1, 2, 3])", "Tensor([1, 2, 3])"),
        ("torch.cat([x, x])", "cat(_:axis:)", "cat([x, x], axis: 0)"),
        ("torch.tanh(x)", "tanh(_:)", "tanh(x)"),
        ("nn.LSTM(2, 3)", "here every name stands by itself", "LSTM(inputSize: 2, hiddenSize: 3)"),
        ("F.softmax(x, dim: 1)", "softmax(_:axis:)", "softmax(x, axis: 1)"),
        ("layer.zero_grad()", "zeroGrad()", "layer.zeroGrad()"),
        ("layer.state_dict()", "parameters", "layer.parameters"),
        ("layer.parameters.zero_grad()", "zeroGrad()", "layer.parameters.zeroGrad()"),
        ("x.sum().item()", "leave the parentheses out", "x.sum().item"),
        ("layer.parameters()", "leave the parentheses out", "layer.parameters"),
        ("layer.named_parameters()", "parameters", "layer.parameters"),
        ("layer.load_state_dict(layer.parameters)", "load(_:)", "try layer.load(layer.parameters)"),
        ("x.retain_grad()", "leave retain_grad() out", "x.gradient as Any"),
        ("x.add_(x)", "x += y", "{ x += x }()"),
        ("x.zero_()", "x[.all] = 0", "{ x[.all] = 0 }()"),
        ("x[x .> 0]", "x.maskedFill(mask, v)", "x.maskedFill(x .> 0, 0)"),
        ("cat(x, x)", "cat([a, b])", "cat([x, x])"),
        ("Tensor.stack([x, x])", "stack(_:axis:)", "stack([x, x], axis: 0)"),
        ("Tensor.multinomial(p, 1)", "multinomial(_:_:replacement:)", "multinomial(p, 1, replacement: false)"),
        ("x.norm(dim: 1)", "norm(axis:keepingAxis:)", "x.norm(axis: 1, keepingAxis: false)"),
        ("x.all(dim: 1)", "all(axis:)", "x.all(axis: 1)"),
        ("StepLR(1, step_size: 2)", "optimizer.learningRate *= 0.5", "1"),
        ("oneHot(labels, numClasses: 3)", "oneHot(_:classes:)", "oneHot(labels, classes: 3)"),
        (
            "pack_padded_sequence(x, [2, 3])", "lengths: [3, 2]",
            "LSTM(inputSize: 2, hiddenSize: 3)(.zeros(3, 2, 2), lengths: [3, 2])"
        ),
        ("Module.self", "conforms to Layer", "Layer.self"),
        (
            "LayerNorm(3, eps: 1e-5)", "init(_:epsilon:elementwiseAffine:bias:)",
            "LayerNorm(3, epsilon: 1e-5, elementwiseAffine: true, bias: true)"
        ),
        ("SGD(layer.parameters, lr: 0.1)", "learningRate", "SGD(layer.parameters, learningRate: 0.1, momentum: 0, weightDecay: 0)"),
        (
            "Adam(layer.parameters, lr: 0.1)", "learningRate",
            "Adam(layer.parameters, learningRate: 0.1, betas: (0.9, 0.999), epsilon: 1e-8)"
        ),
        (
            "AdamW(layer.parameters, lr: 0.1)", "learningRate",
            "AdamW(layer.parameters, learningRate: 0.1, betas: (0.9, 0.999), epsilon: 1e-8, weightDecay: 0.01)"
        ),
        (
            "RMSprop(layer.parameters, lr: 0.1)", "learningRate",
            "RMSprop(layer.parameters, learningRate: 0.1, alpha: 0.99, epsilon: 1e-8, weightDecay: 0, momentum: 0, centered: false)"
        ),
    ]

    private func program(_ lines: [String]) -> String {
        cell(
            (["let x = Tensor([[1, 2, 3], [4, 5, 6]]), p = Tensor([0.5, 0.5]), labels = Tensor([0, 1]), layer = Linear(3, 2)"]
                + lines.map { "_ = \($0)" })
                .joined(separator: "\n"))
    }

    @Test("each wrong one is told at its line, with the right one")
    func wrong() throws {
        let course = try Course(["01-x.md": program(Self.spellings.map { $0.wrong })])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 1)
        let problems = outcome.errors.components(separatedBy: "lessons/01-x.md:")
        for (index, spelling) in Self.spellings.enumerated() {
            let told = problems.filter { $0.hasPrefix("\(6 + index):") }
            #expect(told.contains { $0.contains(spelling.told) }, "\(spelling.wrong) is told as \(told)")
        }
    }

    @Test("each right one compiles and runs")
    func right() throws {
        let course = try Course(["01-x.md": program(Self.spellings.map { $0.right })])
        let outcome = try course.unroll("build", "--quiet")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
