/// A place in one of the files that a lesson's program is made of: the lesson itself, or one of `_shared`.
package struct SourcePlace: Hashable, Comparable, Sendable {
    /// As the person named it.
    package var file: String
    package var position: SourcePosition

    package init(file: String, position: SourcePosition) {
        (self.file, self.position) = (file, position)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.file, left.position) < (right.file, right.position)
    }
}

extension SourcePlace: CustomStringConvertible {
    package var description: String { "\(file):\(position.line):\(position.column)" }
}
