#if !hasFeature(Embedded)
/// Ends a lesson's program that uses one of its variables before the variable's declaration ran.
///
/// `unroll` has the lessons that it runs call this; a program that a reader compiles never does.
///
/// - Parameters:
///   - name: The variable's.
///   - line: Where the lesson declares it.
@_cdecl("_unroll_early_use")
public func _earlyUse(_ name: UnsafePointer<CChar>, _ line: Int) -> Never {
    EarlyUse(name: String(cString: name), line: line).end()
}

/// A variable that a lesson's program used before the variable had a value, and the line that declares it.
package struct EarlyUse: Equatable {
    package var name: String
    package var line: Int

    package init(name: String, line: Int) {
        (self.name, self.line) = (name, line)
    }

    private static let reason = "early use, line "

    func end() -> Never {
        CrashReport.endEarly(reason: "\(Self.reason)\(line): \(name)")
    }

    /// What a program that ended so has written; nil for all others.
    package init?(in standardError: String) {
        guard let reason = standardError.firstRange(of: CrashReport.marker + Self.reason)?.upperBound else { return nil }
        let words = standardError[reason...].prefix { !$0.isNewline }.split(separator: ": ", maxSplits: 1)
        guard words.count == 2, let line = Int(words[0]) else { return nil }
        self.init(name: String(words[1]), line: line)
    }
}
#endif
