#if hasFeature(Embedded)
/// Keeps what a lesson shows in a page, for it to be drawn there.
package final class Recorder {
    nonisolated(unsafe) package static let current = Recorder()

    /// In the order in which they were shown.
    package var exhibits: [Exhibit] = []

    func show(_ content: some ExhibitContent) {
        exhibits.append(Exhibit(content))
    }
}

/// Embedded Swift codes nothing; the exhibits say all the same that elsewhere they can be coded.
public protocol Codable {}
#endif
