import Recurrent

/// Which query attends to which part of the memory, and how one query comes to its output: `show(attention: trace)`.
package struct AttentionExhibit: Codable, Hashable, Sendable {
    /// A name for each query, such as the words of the translation.
    package var queries: [String]
    /// A name for each place of the memory, such as the words of the source sentence.
    package var keys: [String]
    /// α: for each query its weights over the memory, which add up to 1.
    package var weights: [[Double]]
    /// The query that is worked out.
    package var query: Int
    /// s: that query's score for each place.
    package var scores: [Double]
    /// e^(s − max s), which α is in proportion to; 0 where a mask forbids to look.
    package var exponentials: [Double]
    /// v: what is weighted, for each place.
    package var values: [[Double]]
    /// Σ α v of that query.
    package var output: [Double]

    package init(
        queries: [String], keys: [String], weights: [[Double]], query: Int, scores: [Double],
        exponentials: [Double], values: [[Double]], output: [Double]
    ) {
        self.queries = queries
        self.keys = keys
        self.weights = weights
        self.query = query
        self.scores = scores
        self.exponentials = exponentials
        self.values = values
        self.output = output
    }
}

extension AttentionExhibit {
    /// How the worked query comes to its weights and from them to its output, as TeX; j is a place of the memory.
    package enum Equation {
        package static let score = "a_j"
        package static let exponential = #"e^{a_j - \max a}"#
        package static let weight = #"\alpha_j"#
        package static let weightedValue = #"\alpha_j v_j"#
        package static let softmax = #"\frac{e^{a_j - \max a}}{\sum_i e^{a_i - \max a}}"#
        package static let output = #"\sum_j \alpha_j v_j"#
    }
}

extension AttentionExhibit: ExhibitContent {
    package static var kind: String { "attention" }

    /// The weights, a query a line, then the worked query.
    package var terminalText: String {
        let rows = zip(queries, weights).map { "\($0): \($1)" }
        let places = keys.indices.map { "  \(keys[$0]): score \(scores[$0]), weight \(weights[query][$0])" }
        return (rows + ["\(queries[query]) = \(output)"] + places).joined(separator: "\n")
    }
}

// MARK: - Showing

/// Shows the weights of an attention as a heat map, and one query worked out from scores to output.
///
/// - Parameters:
///   - trace: of one sequence: scores (queries, memory), or with axes of length 1 before these.
///   - queries: a name for each query; 0, 1, 2 … if left out.
///   - keys: a name for each place of the memory.
///   - query: the one that is worked out.
public func show(
    attention trace: AttentionTrace, queries: [String]? = nil, keys: [String]? = nil, query: Int = 0
) {
    show { () throws(ShowMisuse) in try AttentionExhibit(trace, queries: queries, keys: keys, query: query) }
}

/// Shows the weights of S0.3's ``Attention`` as a heat map, and one query worked out from scores to what is applied.
public func show(
    attention trace: ConcatenatingAttentionTrace, queries: [String]? = nil, keys: [String]? = nil, query: Int = 0
) {
    show { () throws(ShowMisuse) in
        try AttentionExhibit(
            scores: trace.scores, weights: trace.weights, values: trace.values, output: trace.applied,
            queries: queries, keys: keys, query: query)
    }
}

/// Shows the weights of one head of a ``MultiheadAttention`` as a heat map, and one query worked out from scores to what
/// the head gives out.
///
/// - Parameters:
///   - trace: of one sequence. Scores are shown with what masks add to them.
///   - head: counts from 0.
///   - keys: a name for each place of the memory; those that the attention adds come last.
public func show(
    attention trace: MultiheadAttentionTrace, head: Int = 0, queries: [String]? = nil, keys: [String]? = nil, query: Int = 0
) {
    show { () throws(ShowMisuse) in try AttentionExhibit(trace, head: head, queries: queries, keys: keys, query: query) }
}

/// Shows which words of the source each step of a translation attended to, and one step worked out.
public func show(attention translation: Translation, query: Int = 0) {
    let ending = translation.weights.shape[0] > translation.words.count ? ["⟨boundary⟩"] : []
    show(
        attention: translation.attention, queries: translation.words + ending, keys: translation.source, query: query)
}

@available(
    *, unavailable,
    message: """
        an attention is shown of its trace: show(attention: attention.trace(q, k, v)); of weights alone: show(heatmap: weights)
        """
)
public func show(attention weights: Tensor, queries: [String]? = nil, keys: [String]? = nil, query: Int = 0) { fatalError() }

private func show(_ exhibit: () throws(ShowMisuse) -> AttentionExhibit) {
    do {
        Recorder.current.show(try exhibit())
    } catch {
        fatalError("show(attention:) \(error)")
    }
}

extension AttentionExhibit {
    package init(_ trace: AttentionTrace, queries: [String]?, keys: [String]?, query: Int) throws(ShowMisuse) {
        try self.init(
            scores: trace.scores, weights: trace.weights, values: trace.values, output: trace.output,
            queries: queries, keys: keys, query: query)
    }

    package init(
        _ trace: MultiheadAttentionTrace, head: Int, queries: [String]?, keys: [String]?, query: Int
    ) throws(ShowMisuse) {
        let (sequences, heads) = (trace.scores.shape[0], trace.scores.shape[1])
        guard sequences == 1 else {
            throw ShowMisuse(description: "shows one sequence; got \(sequences). Trace one of them: without the axis N")
        }
        guard (0..<heads).contains(head) else {
            throw ShowMisuse(description: "shows one of the \(heads) heads, counted from 0; got \(head)")
        }
        // Where a query may not look the score stays as it is; its weight is 0.
        let scores = trace.masks.map { Tensor.where($0 .== -.infinity, trace.scores, trace.scores + $0) } ?? trace.scores
        try self.init(
            scores: scores[0, head], weights: trace.headWeights[0, head], values: trace.headValues[0, head],
            output: trace.headOutputs[0, head], queries: queries, keys: keys, query: query)
    }

    fileprivate init(
        scores: Tensor, weights: Tensor, values: Tensor, output: Tensor, queries: [String]?, keys: [String]?, query: Int
    ) throws(ShowMisuse) {
        let (scores, weights) = (try Self.rows(of: scores), try Self.rows(of: weights))
        guard scores.indices.contains(query) else {
            throw ShowMisuse(description: "works out one of the \(scores.count) queries, counted from 0; got \(query)")
        }
        self.init(
            queries: try names(queries, of: "query", count: weights.count),
            keys: try names(keys, of: "place of the memory", count: weights[0].count),
            weights: weights, query: query, scores: scores[query],
            exponentials: Self.exponentials(of: scores[query], weights[query]),
            values: try Self.rows(of: values), output: try Self.rows(of: output)[query])
    }

    private static func exponentials(of scores: [Double], _ weights: [Double]) -> [Double] {
        let largest = zip(scores, weights).filter { $1 > 0 }.map { $0.0 }.max() ?? 0
        return zip(scores, weights).map { $1 > 0 ? exp($0 - largest) : 0 }
    }

    /// The rows of the last two axes; all axes before them must have length 1.
    private static func rows(of tensor: Tensor) throws(ShowMisuse) -> [[Double]] {
        guard tensor.shape.count >= 2, tensor.shape.dropLast(2).allSatisfy({ $0 == 1 }) else {
            throw ShowMisuse(description: "shows one sequence; got shape \(tensor.shape). Trace one of them: q[0], k[0], v[0]")
        }
        return tensor.matrixRows
    }
}
