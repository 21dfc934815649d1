import Foundation

extension URL {
    /// The path as the file system knows it: `path()` would write a space as `%20`.
    var filePath: String { path(percentEncoded: false) }

    /// Nothing for a file that is gone: a lesson's program can remove any.
    var bytes: Data { (try? Data(contentsOf: self)) ?? Data() }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension String {
    /// A folder's path as others are appended to it.
    var withoutLastSlash: String { count > 1 && hasSuffix("/") ? String(dropLast()) : self }
}
