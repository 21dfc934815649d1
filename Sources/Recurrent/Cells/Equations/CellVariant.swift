/// In what a layer's cell differs from others of its name.
package enum CellVariant: String, Hashable, Sendable {
    case peepholes, projection, relu
    /// The reset gate multiplies W h_{t-1}, or h_{t-1} itself.
    case resetAfter, resetBefore
    /// The update gate is the candidate's share, not the old state's.
    case takesCandidate
    case withoutBias
}

#if !hasFeature(Embedded)
extension CellVariant: Codable {}
#endif
