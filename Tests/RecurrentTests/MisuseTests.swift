import Recurrent
import Testing

@Suite("A misuse says who was misused, what was expected and what came")
struct MisuseTests {
    @Test("states of another batch: S4.2's program")
    func wrongBatch() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
            _ = lstm(Tensor.randn(3, 5, 5), (Tensor.randn(2, 3, 6), Tensor.randn(2, 3, 6)))
        }
        expectMessage(
            result,
            "LSTM(5, 6, num_layers=2): h0 must have shape (2, 5, 6) = (num_layers × directions, batch, hidden_size); got (2, 3, 6)",
            "its batch is 5"
        )
    }

    @Test("a wrong rank")
    func wrongRank() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6)(Tensor.zeros(5))
        }
        expectMessage(
            result, "RNN(5, 6): input must have 3 axes (L, N, input_size), or 2 for one sequence (L, input_size); got 1 axis (5)",
            "Make one step a sequence: input.expandingAxis(0)"
        )
        let four = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6, batchFirst: true)(Tensor.zeros(1, 2, 3, 5))
        }
        expectMessage(
            four, "input must have 3 axes (N, L, input_size), or 2 for one sequence (L, input_size); got 4 axes (1, 2, 3, 5)")
    }

    @Test("states of a batch for one sequence, and the other way round")
    func unbatchedStates() async {
        let batched = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 6)(Tensor.zeros(3, 5), Tensor.zeros(1, 1, 6))
        }
        expectMessage(
            batched, "GRU(5, 6): h0 must have shape (1, 6) = (num_layers × directions, hidden_size); got (1, 1, 6)",
            "The input (3, 5) is read as (L, input_size), one sequence without an axis N; so are its states: take state[.all, 0]"
        )
        let unbatched = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let lstm = LSTM(inputSize: 5, hiddenSize: 6, numLayers: 2)
            _ = lstm(Tensor.zeros(3, 1, 5), (Tensor.zeros(2, 6), Tensor.zeros(2, 6)))
        }
        expectMessage(
            unbatched, "h0 must have shape (2, 1, 6) = (num_layers × directions, batch, hidden_size); got (2, 6)",
            "Put in the axis of sequences: expandingAxis(1)"
        )
        let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRUCell(inputSize: 5, hiddenSize: 6)(Tensor.zeros(5), Tensor.zeros(1, 6))
        }
        expectMessage(
            cell, "GRUCell(5, 6): h must have shape (6) = (hidden_size); got (1, 6)",
            "The input (5) is read as (input_size), without an axis N; so are its states"
        )
        let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 6, batchFirst: true)(Tensor.zeros(3, 4))
        }
        expectMessage(features, "input must have 5 features on its last axis (L, input_size); got 4 in (3, 4)")
    }

    @Test("a projection that does not make the hidden state smaller, and a state that is not projected")
    func projection() async {
        let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 5, hiddenSize: 6, projSize: 6)
        }
        expectMessage(size, "LSTM: projSize must be 0 for none, or less than hiddenSize 6; got 6")
        let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 5, hiddenSize: 6, projSize: 2)(Tensor.zeros(3, 5), (Tensor.zeros(1, 6), Tensor.zeros(1, 6)))
        }
        expectMessage(
            state, "LSTM(5, 6, proj_size=2): h0 must have shape (1, 2) = (num_layers × directions, proj_size); got (1, 6)")
    }

    @Test("a wrong number of features")
    func wrongFeatures() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 6, batchFirst: true)(Tensor.zeros(1, 3, 4))
        }
        expectMessage(
            result,
            "GRU(5, 6, batch_first=True): input must have 5 features on its last axis (N, L, input_size); got 4 in (1, 3, 4)")
    }

    @Test("an empty sequence")
    func emptySequence() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 5, hiddenSize: 6)(Tensor.zeros(0, 3, 5))
        }
        expectMessage(result, "LSTM(5, 6): input must have at least one time step (L); got an empty sequence (0, 3, 5)")
    }

    @Test("a size of zero")
    func zeroSize() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 0)
        }
        expectMessage(result, "GRU: hiddenSize must be at least 1; got 0")
    }

    @Test("NaN where a probability is due")
    func nanProbability() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6, dropout: .nan)
        }
        expectMessage(result, "RNN: dropout must be a probability from 0 to 1; got nan")
    }

    @Test("lengths that do not fit the batch")
    func wrongLengths() async {
        let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6)(Tensor.zeros(4, 3, 5), lengths: [4, 2])
        }
        expectMessage(count, "lengths must tell one length for each of the 3 sequences; got 2")
        let tooLong = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6)(Tensor.zeros(4, 3, 5), lengths: [4, 5, 1])
        }
        expectMessage(tooLong, "the length of sequence 1 must be from 1 to 4, the input's L; got 5")
    }

    @Test("a whole sequence given to a cell")
    func sequenceForCell() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTMCell(inputSize: 5, hiddenSize: 6)(Tensor.zeros(4, 3, 5))
        }
        expectMessage(
            result,
            "LSTMCell(5, 6): input must have 2 axes (N, input_size), or 1 for one sequence (input_size); got 3 axes (4, 3, 5)",
            "input[t]")
    }

    @Test("an unknown parameter: the message lists the known ones")
    func unknownParameter() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNN(inputSize: 5, hiddenSize: 6, bias: false).parameters["weights"] as Tensor
        }
        expectMessage(result, "parameters[\"weights\"]: the name must be one of weight_ih_l0, weight_hh_l0; got weights")
    }

    @Test("an unknown symbol of a step: the message lists the known ones")
    func unknownSymbol() async {
        let quantity = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 5, hiddenSize: 6).trace(Tensor.zeros(4, 3, 5)).steps[0]["z"]
        }
        expectMessage(quantity, "step[\"z\"]: the symbol must be one of i, f, g, o, c, h; got z")
        let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 6).trace(Tensor.zeros(4, 3, 5)).steps[0].previous("c")
        }
        expectMessage(state, "step.previous(\"c\"): the symbol must be one of h; got c")
    }

    @Test("matrices that cannot be multiplied")
    func matrixProduct() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = matmul(Tensor.zeros(2, 3), Tensor.zeros(2, 3))
        }
        expectMessage(result, "matmul", "(2, 3) and (2, 3): 3 and 2")
    }

    @Test("shapes that do not go together")
    func broadcasting() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3) + Tensor.zeros(2)
        }
        expectMessage(result, "Tensor +", "got (2, 3) and (2)")
    }

    @Test("an index out of range")
    func index() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3)[0, 3]
        }
        expectMessage(result, "Tensor(2, 3)[…]: the index on axis 1 must be in -3..<3; got 3")
    }

    @Test("a label that is no class")
    func label() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(1, 2), [2])
        }
        expectMessage(result, "crossEntropy: a label must be a class in 0..<2; got 2")
    }

    @Test("a cell traced or derived tells of the cell's own shapes")
    func tracedCells() async {
        let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRUCell(inputSize: 5, hiddenSize: 3).trace(.zeros(2, 4))
        }
        expectMessage(input, "GRUCell(5, 3): input must have 5 features on its last axis (N, input_size); got 4 in (2, 4)")
        let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNNCell(inputSize: 5, hiddenSize: 3).trace(.zeros(2, 5), .zeros(3))
        }
        expectMessage(state, "RNNCell(5, 3): h must have shape (2, 3) = (batch, hidden_size); got (3)")
        let batch = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = RNNCell(inputSize: 5, hiddenSize: 3).derivation(.zeros(2, 5)) { $0.sum() }
        }
        expectMessage(batch, "RNNCell(5, 3).derivation: follows one sequence, N = 1; got 2 in (2, 5). Take one of them: x[0]")
    }

    @Test("targets, weights and a smoothing of cross entropy that do not fit the logits")
    func crossEntropyOptions() async {
        let target = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(2, 3, 4), Tensor.zeros(2, 3))
        }
        expectMessage(target, "crossEntropy: the target must be labels (2, 4), or probabilities (2, 3, 4); got (2, 3)")
        let ignoredProbabilities = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(2, 3), Tensor.zeros(2, 3), ignoreIndex: 1)
        }
        expectMessage(
            ignoredProbabilities, "crossEntropy: ignoreIndex 1 must be left out where the target is probabilities; got (2, 3)")
        let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(2, 3), [0, 1], weight: .ones(2))
        }
        expectMessage(weight, "weight must have one number for each class, (3); got (2)")
        let smoothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(2, 3), [0, 1], labelSmoothing: 1.5)
        }
        expectMessage(smoothing, "labelSmoothing must be from 0 to 1; got 1.5")
        let ignored = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(2, 3), [0, 4], ignoreIndex: 3)
        }
        expectMessage(ignored, "a label must be a class in 0..<3; got 4. 3 is ignored")
    }

    @Test("labels in a row for logits of more axes, as where squeeze(0) was forgotten")
    func labelsInARow() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = crossEntropy(Tensor.zeros(1, 2, 2), [0, 1])
        }
        expectMessage(
            result,
            "labels must have the shape (1, 2) of logits (1, 2, 2); got 2 in a row. Take one example: logits[0] or logits.squeeze(0)"
        )
    }

    @Test("changes in place that would be lost, or would lose a gradient")
    func inPlace() async {
        let part = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let row = Tensor.zeros(2, 3)[0]
            row += 1
        }
        expectMessage(part, "Tensor(3) +=: a part is a copy, unlike PyTorch's: change the tensor that it was taken from")
        let variable = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let w = Parameter(.ones(2))
            w -= 0.1 * w
        }
        expectMessage(variable, "Tensor(2) -=: a tensor whose own gradient is asked for changes inside noGrad { } only")
        let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let sum = Tensor(0.0)
            sum += Tensor([1, 2])
        }
        expectMessage(shape, "Tensor() +=: changes the tensor in place, so the result must have its shape; got (2)")
        let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let t = Tensor.zeros(2), number: Double? = nil
            t[0] = number
        }
        expectMessage(nothing, "Tensor(2)[…] =: takes a tensor or a number; got nil")
    }

    @Test("a second backward through a computation, as where a state was handed on without detach()")
    func secondBackward() async {
        let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let w = Parameter(.ones(2))
            let h = w * 2
            h.sum().backward()
            (h * w).sum().backward()
        }
        expectMessage(
            twice, "backward(): goes through every operation once; got a computation that an earlier backward() went through")
        let w = Parameter(.ones(2)), h = w * 2
        h.sum().backward(retainGraph: true)
        (h.detach() * w).sum().backward()
        h.sum().backward()
        #expect(w.gradient == Tensor([6, 6]))
    }

    @Test("choices that are not there")
    func selection() async {
        let gather = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).gather(1, Tensor([[3]]))
        }
        expectMessage(gather, "gather: an index must be a whole number in 0..<3; got 3.0")
        let axes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).gather(1, Tensor([[0], [1], [2]]))
        }
        expectMessage(
            axes, "gather: the index must have as many axes as the tensor, (2, 3), and be no longer on any but axis 1; got (3, 1)")
        let expand = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).expand(4, 3)
        }
        expectMessage(expand, "expand: only axes of length 1 can be made longer; got [4, 3] for shape (2, 3)")
        let range = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3)[.all, 4...]
        }
        expectMessage(range, "the range on axis 1 must lie in 0..<3; got 4..<4")
    }

    @Test("a row of padding that is not in the table")
    func paddingIndex() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Embedding(5, 3, paddingIndex: 5)
        }
        expectMessage(result, "Embedding: paddingIndex must be in -5..<5; got 5")
    }

    @Test("backward from many values")
    func backwardFromMany() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            RNN(inputSize: 5, hiddenSize: 6)(Tensor.zeros(4, 3, 5)).output.backward()
        }
        expectMessage(result, "backward(): starts at a tensor of one value, a loss; got shape (4, 3, 6)", "sum()")
    }

    @Test("a mask of the wrong shape, of other numbers, or that leaves nothing to look at")
    func masks() async {
        let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(3, 4)
            _ = scaledDotProductAttention(x, x, x, mask: .zeros(2, 3, 3))
        }
        expectMessage(shape, "scaledDotProductAttention: mask must fit the scores' shape (3, 3); got (2, 3, 3)")
        let numbers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(2, 4)
            _ = scaledDotProductAttention(x, x, x, mask: Tensor([[1, 0.5], [1, .nan]]))
        }
        expectMessage(numbers, "mask must hold 1 where a query may look and 0 where not; got 0.5")
        let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(2, 4)
            _ = scaledDotProductAttention(x, x, x, mask: Tensor([[1, 0], [0, 0]]))
        }
        expectMessage(nothing, "mask must leave every query something to look at; got nothing for query 1")
    }

    @Test("queries, keys and values that do not go together")
    func attentionShapes() async {
        let lengths = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = scaledDotProductAttention(.zeros(2, 4), .zeros(3, 5), .zeros(3, 4))
        }
        expectMessage(lengths, "queries and keys must have one length; got 4 in (2, 4) and 5 in (3, 5)")
        let values = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = AdditiveAttention(querySize: 4, keySize: 5, hiddenSize: 6)(.zeros(2, 4), .zeros(3, 5), .zeros(2, 4))
        }
        expectMessage(values, "AdditiveAttention(4, 5, 6): there must be a value for each key; got 3 keys and 2 values")
        let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = AdditiveAttention(querySize: 4, keySize: 5, hiddenSize: 6)(.zeros(2, 4), .zeros(3, 4), .zeros(3, 4))
        }
        expectMessage(features, "AdditiveAttention(4, 5, 6): keys must have 5 features; got (3, 4)")
        let memory = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = scaledDotProductAttention(.zeros(2, 4), .zeros(0, 4), .zeros(0, 4))
        }
        expectMessage(memory, "the memory must hold at least one key; got (0, 4)")
        let ranks = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(4)
            _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x)
        }
        expectMessage(ranks, "MultiheadAttention(4, 2): queries must have shape (L, N, 4), or (L, 4) for one sequence; got (4)")
        let mixed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = MultiheadAttention(embedDim: 4, numHeads: 2)(.zeros(3, 4), .zeros(3, 1, 4), .zeros(3, 1, 4))
        }
        expectMessage(mixed, "queries, keys and values must all have an axis N, or none; got (3, 4), (3, 1, 4) and (3, 1, 4)")
        let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(3, 4)
            _ = MultiheadAttention(embedDim: 4, numHeads: 2, keyDim: 5)(x, x, x)
        }
        expectMessage(sizes, "keys must have shape (L, N, 5), or (L, 5) for one sequence; got (3, 4)")
        let padding = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(3, 2, 4)
            _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x, keyPaddingMask: .excluding(.zeros(3, 2)))
        }
        expectMessage(padding, "keyPaddingMask must have shape (2, 3) = (N, memory); got (3, 2)")
        let all = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(2, 4)
            _ = MultiheadAttention(embedDim: 4, numHeads: 2)(x, x, x, attentionMask: .excluding(.ones(2, 2)))
        }
        expectMessage(all, "mask must leave every query something to look at; got nothing for query 0")
        let batches = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = MultiheadAttention(embedDim: 4, numHeads: 2)(.zeros(3, 1, 4), .zeros(3, 2, 4), .zeros(3, 2, 4))
        }
        expectMessage(
            batches, "queries, keys and values must have one batch size N; got (3, 1, 4), (3, 2, 4) and (3, 2, 4)", "(L, N, E)"
        )
        let noFeatures = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = scaledDotProductAttention(.zeros(2, 0), .zeros(3, 0), .zeros(3, 4))
        }
        expectMessage(noFeatures, "queries must have at least one feature; got (2, 0)")
        let s03 = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Attention(querySize: 4, keySize: 4, valueSize1: 5, valueSize2: 3, outputSize: 6)(
                .zeros(1, 1, 4), .zeros(1, 1, 4), .zeros(1, 3, 5)
            )
        }
        expectMessage(s03, "Attention(4, 4, 5, 3, 6): V must have shape (1, 5, 3); got (1, 3, 5)")
    }

    @Test("attention of impossible sizes")
    func attentionSizes() async {
        let heads = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = MultiheadAttention(embedDim: 6, numHeads: 4)
        }
        expectMessage(heads, "MultiheadAttention: numHeads must divide embedDim 6; got 4")
        let zero = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Attention(querySize: 4, keySize: 0, valueSize1: 5, valueSize2: 3, outputSize: 6)
        }
        expectMessage(zero, "Attention: keySize must be at least 1; got 0")
    }

    @Test("ElmanNetwork: empty sequences, other features, labels that do not fit")
    func elmanNetwork() async {
        let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 4)(.zeros(0, 2))
        }
        expectMessage(empty, "ElmanNetwork(2, 3, 4): x must have at least one time step (L); got an empty sequence (0, 2)")
        let features = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 4)(.zeros(5, 1, 2))
        }
        expectMessage(features, "ElmanNetwork(2, 3, 4): x must have shape (L, 2): one sequence; got (5, 1, 2)")
        let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 4).derivation(.zeros(5, 2), labels: [0, 1])
        }
        expectMessage(count, "labels must tell one class for each of the 5 steps; got 2")
        let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 4).derivation(.zeros(1, 2), labels: [4])
        }
        expectMessage(label, "the label of step 0 must be a class in 0..<4; got 4")
        let steps = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = ElmanNetwork(inputSize: 2, hiddenSize: 3, outputSize: 4).derivation(.zeros(2, 2), labels: [0, 1]).jacobian(
                of: 0, by: 1)
        }
        expectMessage(steps, "needs steps 0 ≤ k ≤ t < 2; got t = 0, k = 1")
    }

    @Test("a derivation of several layers, of several sequences, of a loss of several numbers")
    func derivations() async {
        let layers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = LSTM(inputSize: 2, hiddenSize: 3, bidirectional: true).derivation(.zeros(5, 1, 2)) { $0.sum() }
        }
        expectMessage(layers, "LSTM(2, 3, bidirectional=True).derivation: follows one layer in one direction; got 2 of them")
        let sequences = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 2, hiddenSize: 3).derivation(.zeros(5, 4, 2)) { $0.sum() }
        }
        expectMessage(sequences, "GRU(2, 3).derivation: follows one sequence, N = 1; got 4 in (5, 4, 2)", "input[.all, 0..<1]")
        let loss = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 2, hiddenSize: 3).derivation(.zeros(5, 1, 2)) { $0 * 2 }
        }
        expectMessage(loss, "GRU(2, 3).derivation: the loss must be one number; got shape (5, 1, 3)", "sum()")
    }

    @Test("EncoderDecoder: empty sentences and words that are not known")
    func sentences() async {
        let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EncoderDecoder(source: Vocabulary(["a"]), target: Vocabulary(["b"])).translate([])
        }
        expectMessage(empty, "EncoderDecoder(1, 1, 8, 16): the source sentence must have at least one word; got an empty sentence")
        let unknown = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = EncoderDecoder(source: Vocabulary(["a", "c"]), target: Vocabulary(["b"])).loss(["d"], ["b"])
        }
        expectMessage(unknown, "Vocabulary: the word must be one of the 2 known ones, a, c; got d")
        let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Vocabulary(["a", "b", "a"])
        }
        expectMessage(twice, "Vocabulary: each word must come once; got a twice")
    }

    @Test("a state without the axis of layers")
    func stateOfACell() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = GRU(inputSize: 5, hiddenSize: 6)(Tensor.zeros(4, 3, 5), Tensor.zeros(3, 6))
        }
        expectMessage(
            result, "GRU(5, 6): h0 must have shape (1, 3, 6)", "got (3, 6). Put the axis of layers in front: expandingAxis(0)")
    }

    @Test("a learning rate that is no number, from the start or later")
    func learningRates() async {
        let start = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Adam(Linear(1, 1).parameters, learningRate: .nan)
        }
        expectMessage(start, "Adam: learningRate must be a finite number, 0 or more; got nan")
        let later = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let optimizer = SGD(Linear(1, 1).parameters, learningRate: 1)
            optimizer.learningRate = -1
        }
        expectMessage(later, "SGD: learningRate must be a finite number, 0 or more; got -1.0")
    }

    @Test("an optimiser with nothing to move")
    func nothingToTrain() async {
        let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Adam(["x": Tensor.zeros(2)])
        }
        expectMessage(none, "Adam: at least one parameter must ask for a gradient; got none of 1. Set requiresGradient = true")
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            let x = Tensor.zeros(2)
            x.requiresGradient = true
            _ = SGD(["x": 2 * x], learningRate: 1)
        }
        expectMessage(result, "SGD: parameters must be tensors made by hand; got x, the result of an operation")
        let early = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            Adam(Linear(1, 1).parameters).step()
        }
        expectMessage(
            early, "Adam.step(): at least one parameter must have a gradient; got none of 2. Call backward() on the loss first")
    }

    @Test("an axis that is not there")
    func axes() async {
        let new = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).expandingAxis(4)
        }
        expectMessage(new, "expandingAxis: the new axis must be in -3..<3 for shape (2, 3); got 4")
        let joined = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = stacked([Tensor.zeros(2)], axis: 3)
        }
        expectMessage(joined, "stacked: the new axis must be in -2..<2 for shape (2); got 3")
        let mean = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).mean(axis: 2)
        }
        expectMessage(mean, "mean: axis must be in -2..<2 for shape (2, 3); got 2")
        let single = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = softmax(Tensor(1))
        }
        expectMessage(single, "softmax: needs a tensor with an axis; got a single value, of shape ()")
    }

    @Test("nothing to join or to choose from")
    func nothing() async {
        let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = stacked([])
        }
        expectMessage(none, "stacked: needs at least one tensor; got none")
        let smallest = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 0).min(axis: 1)
        }
        expectMessage(smallest, "min(): needs at least one value; got shape (2, 0)")
    }

    @Test("shapes that do not hold the values, or that nothing could hold")
    func shapes() async {
        let open = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).reshaped(-1, -1)
        }
        expectMessage(open, "reshaped: only one length can be −1: what is left; got [-1, -1]")
        let rest = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Tensor.zeros(2, 3).reshaped(-1, 4)
        }
        expectMessage(rest, "reshaped: the lengths beside −1 must divide the number of values, 6 of shape (2, 3); got [-1, 4]")
        let huge = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Linear(1 << 40, 1 << 40)
        }
        expectMessage(huge, "Shape: a tensor can have at most 9223372036854775807 places; got (1099511627776, 1099511627776)")
    }

    @Test("a vector of the wrong length for a matrix: the message has the shapes that were given")
    func matrixVectorProduct() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = matmul(Tensor.zeros(2, 3), Tensor([1, 2]))
        }
        expectMessage(result, "matmul: ", "(or the only one) of the right; got (2, 3) and (2): 3 and 2")
    }

    @Test("an average of moments that would not forget")
    func betas() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Adam(Linear(1, 1).parameters, betas: (0.9, 1))
        }
        expectMessage(result, "Adam: betas must be from 0 to below 1; got 1.0")
    }

    @Test("a word of a large vocabulary: the message names the first known ones and that there are more")
    func unknownWord() async {
        let many = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Vocabulary((0..<21).map { "w\($0)" }).number(of: "x")
        }
        expectMessage(many, "w18, w19, …; got x")
        let few = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Vocabulary((0..<20).map { "w\($0)" }).number(of: "x")
        }
        expectMessage(few, "w18, w19; got x")
    }

    @Test("a parameter by a position that is not there")
    func parameterPosition() async {
        let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
            _ = Linear(1, 1).parameters[2]
        }
        expectMessage(result, "parameters[…]: the position must be in 0..<2; got 2")
    }
}
