import Foundation

extension URL {
    /// The path as the file system knows it: `path()` would write a space as `%20`.
    var filePath: String { path(percentEncoded: false) }
}
