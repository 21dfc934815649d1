/// A program or file that Unroll needs and this machine lacks.
package struct MissingTool: Error, CustomStringConvertible {
    let what: String
    let remedy: String

    package init(_ what: String, remedy: String) {
        self.what = what
        self.remedy = remedy
    }

    package var description: String { "error: \(what) was not found: \(remedy)" }
}
