/// An encoder–decoder with attention, the N→M network of S4 (Cho et al. 2014; attention: Bahdanau et al. 2015).
///
///     encoder     h_1 … h_S = GRU(embedded source words)
///     decoder     s_0 = h_S, y_0 = ⟨boundary⟩, and for every target word
///                 context_t = Σ_j α_tj h_j,  α_t = softmax_j(w_v · tanh(W_q s_{t−1} + W_k h_j))
///                 s_t = GRU([embedded y_{t−1}; context_t], s_{t−1})
///                 ŷ_t = softmax(W s_t + b)
///
/// The decoder's vocabulary is the target's and one more, ⟨boundary⟩: put in it starts a sentence, predicted it ends one.
///
///     let model = EncoderDecoder(source: Vocabulary(chinese), target: Vocabulary(english), hiddenSize: 16)
///     let optimizer = Adam(model.parameters, learningRate: 0.02)
///     for _ in 0..<100 {
///         let loss = model.loss(["欢迎", "来", "北京"], ["Welcome", "to", "Beijing"])
///         optimizer.zeroGradients()
///         loss.backward()
///         optimizer.step()
///     }
///     let translation = model.translate(["欢迎", "来", "北京"])
///     translation.words                                   // Welcome to Beijing
///     translation.attention.weights                       // (4, 3): what each step attended to
///
/// Parameters are drawn as those of its layers, in the order of ``parameters``. E = `embeddingSize`, H = `hiddenSize`.
public final class EncoderDecoder: Layer {
    /// The words that it reads.
    public let source: Vocabulary
    /// The words that it writes, without ⟨boundary⟩.
    public let target: Vocabulary
    /// E, the features of an embedded word.
    public let embeddingSize: Int
    /// H, the units of the encoder, of the decoder, and of the attention between them.
    public let hiddenSize: Int
    private let sourceEmbedding: Embedding
    private let encoder: GRU
    private let targetEmbedding: Embedding
    private let attention: AdditiveAttention
    private let decoder: GRUCell
    private let output: Linear

    /// Ends the program if a vocabulary is empty or a size below 1.
    public init(source: Vocabulary, target: Vocabulary, embeddingSize: Int = 8, hiddenSize: Int = 16) {
        require(source.count > 0 && target.count > 0, "EncoderDecoder", "both vocabularies must have a word", got: "none")
        for (name, size) in [("embeddingSize", embeddingSize), ("hiddenSize", hiddenSize)] {
            require(size > 0, "EncoderDecoder", "\(name) must be at least 1", got: "\(size)")
        }
        self.source = source
        self.target = target
        self.embeddingSize = embeddingSize
        self.hiddenSize = hiddenSize
        sourceEmbedding = Embedding(source.count, embeddingSize)
        encoder = GRU(inputSize: embeddingSize, hiddenSize: hiddenSize)
        targetEmbedding = Embedding(target.count + 1, embeddingSize)
        attention = AdditiveAttention(querySize: hiddenSize, keySize: hiddenSize, hiddenSize: hiddenSize)
        decoder = GRUCell(inputSize: embeddingSize + hiddenSize, hiddenSize: hiddenSize)
        output = Linear(hiddenSize, target.count + 1)
    }

    public var parameters: Parameters {
        Parameters(of: [
            "source_embedding": sourceEmbedding.parameters, "encoder": encoder.parameters,
            "target_embedding": targetEmbedding.parameters, "attention": attention.parameters,
            "decoder": decoder.parameters, "output": output.parameters,
        ])
    }

    /// The number of ⟨boundary⟩, after all words of the target's vocabulary.
    public var boundary: Int { target.count }
}

extension EncoderDecoder: CustomStringConvertible {
    public var description: String { "EncoderDecoder(\(source.count), \(target.count), \(embeddingSize), \(hiddenSize))" }
}

// MARK: - Training

extension EncoderDecoder {
    /// What the decoder predicts at every step if each word before is the right one (teacher forcing).
    ///
    /// `logits` (M + 1, words + 1), before softmax, for the M target words and ⟨boundary⟩;
    /// `weights` (M + 1, S): what each step attends to.
    public func callAsFunction(_ sourceSentence: [String], _ targetSentence: [String]) -> (logits: Tensor, weights: Tensor) {
        let memory = encode(sourceSentence)
        var (state, logits, weights) = (memory[-1], [Tensor](), [Tensor]())
        for previous in [boundary] + target.numbers(of: targetSentence) {
            let step = decode(previous, state, memory)
            state = step.state
            logits.append(step.logits)
            weights.append(step.attention.weights[0])
        }
        return (stacked(logits), stacked(weights))
    }

    /// The cross entropy of the target's words and ⟨boundary⟩, averaged over them.
    public func loss(_ sourceSentence: [String], _ targetSentence: [String]) -> Tensor {
        crossEntropy(self(sourceSentence, targetSentence).logits, target.numbers(of: targetSentence) + [boundary])
    }

    /// The encoder's states (S, H).
    private func encode(_ sentence: [String]) -> Tensor {
        require(!sentence.isEmpty, description, "the source sentence must have at least one word", got: "an empty sentence")
        let embedded = sourceEmbedding(source.numbers(of: sentence))
        return encoder(embedded.expandingAxis(1)).output[.all, 0]
    }

    /// One step of the decoder: `state` is (H), `logits` (words + 1), the attention that of one query over the memory.
    private func decode(
        _ previous: Int, _ state: Tensor, _ memory: Tensor
    ) -> (state: Tensor, logits: Tensor, attention: AttentionTrace) {
        let query = state.expandingAxis(0)
        let trace = attention.trace(query, memory, memory)
        let input = concatenated([targetEmbedding([previous]), trace.output], axis: 1)
        let next = decoder(input, query)
        return (next[0], output(next)[0], trace)
    }
}

// MARK: - Translation

/// What an ``EncoderDecoder`` makes of a sentence, and every state on the way; plain numbers, which carry no gradient.
///
/// T steps: one for each word, and one for ⟨boundary⟩ if the sentence came to its end. S source words, H = `hiddenSize`.
public struct Translation {
    /// The sentence that was translated.
    public let source: [String]
    /// Without ⟨boundary⟩.
    public let words: [String]
    /// Of each step's word or ⟨boundary⟩: ŷ_t at what was chosen.
    public let probabilities: [Double]
    /// h_1 … h_S (S, H): the memory; the last one is the decoder's first state.
    public let encoderStates: Tensor
    /// s_1 … s_L (L, H)
    public let decoderStates: Tensor
    /// The decoder's steps over the source: scores and weights (L, S), values (S, H), output (L, H), the contexts.
    public let attention: AttentionTrace

    /// (L, S): what each step attended to.
    public var weights: Tensor { attention.weights }
}

extension EncoderDecoder {
    /// The most probable word at every step, each put in at the next, until ⟨boundary⟩ or `maxLength` words.
    public func translate(_ sourceSentence: [String], maxLength: Int = 50) -> Translation {
        require(maxLength > 0, "\(description).translate", "maxLength must be at least 1", got: "\(maxLength)")
        let memory = encode(sourceSentence).detached()
        var (state, previous) = (memory[-1], boundary)
        var (words, probabilities, states, traces) = ([String](), [Double](), [Tensor](), [AttentionTrace]())
        while words.count < maxLength {
            let step = decode(previous, state, memory)
            let distribution = softmax(step.logits).values
            previous = step.logits.argmax()
            state = step.state.detached()
            probabilities.append(distribution[previous])
            states.append(state)
            traces.append(step.attention)
            if previous == boundary { break }
            words.append(target.words[previous])
        }
        func rows(_ part: (AttentionTrace) -> Tensor) -> Tensor { concatenated(traces.map(part), axis: 0).detached() }
        return Translation(
            source: sourceSentence, words: words, probabilities: probabilities, encoderStates: memory,
            decoderStates: stacked(states),
            attention: AttentionTrace(
                scores: rows { $0.scores }, weights: rows { $0.weights }, values: memory, output: rows { $0.output }))
    }
}
