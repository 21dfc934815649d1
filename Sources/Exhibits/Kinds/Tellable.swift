import Recurrent

#if hasFeature(Embedded)
/// A value that a claim can tell: Embedded Swift prints only what says how.
public protocol Tellable {
    /// In one line; text in quotation marks.
    var told: String { get }
}

extension Int: Tellable { public var told: String { description } }
extension Double: Tellable { public var told: String { description } }
extension Float: Tellable { public var told: String { description } }
extension Bool: Tellable { public var told: String { description } }
extension Shape: Tellable { public var told: String { description } }
extension String: Tellable { public var told: String { debugDescription } }
extension Array: Tellable where Element: Tellable {
    public var told: String { "[" + map { $0.told }.joined(separator: ", ") + "]" }
}

func told(_ value: some Tellable) -> String { value.told }
#else
/// A value that a claim can tell.
public typealias Tellable = Any

/// A value in one line; text in quotation marks.
func told(_ value: some Any) -> String {
    let text = value is any StringProtocol ? String(reflecting: value) : String(describing: value)
    return text.split { $0.isNewline }.map { $0.drop { $0 == " " } }.joined(separator: " ")
}
#endif
