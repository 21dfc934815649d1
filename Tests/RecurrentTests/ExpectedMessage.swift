import Testing

/// What a misuse prints on standard error must hold every one of `parts`.
func expectMessage(_ result: ExitTest.Result?, _ parts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for part in parts { #expect(message.contains(part), "\(part) is not in: \(message)", sourceLocation: sourceLocation) }
}
