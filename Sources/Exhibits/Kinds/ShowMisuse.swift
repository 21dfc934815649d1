import Recurrent

/// What an exhibit cannot show, and what it could.
package struct ShowMisuse: Error, CustomStringConvertible {
    package let description: String
}

/// The names of an axis: 0, 1, 2 … if left out.
func names(_ names: [String]?, of axis: String, count: Int) throws(ShowMisuse) -> [String] {
    guard let names else { return (0..<count).map(String.init) }
    guard names.count == count else {
        throw ShowMisuse(description: "needs a name for each \(axis), \(count) in all; got \(names.count)")
    }
    return names
}
