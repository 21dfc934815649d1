/// What the folder `_theme` has of a site's own: a style behind the built-in one, templates in the place of built-in ones, and
/// files that these refer to.
package struct Theme: Sendable {
    /// By their paths on the site: `theme/logo.svg`.
    package let files: [SiteFile]
    let template: PageTemplate
    /// Where the files stand on the site.
    private static let folder = "theme/"

    /// - Parameters:
    ///   - files: By their paths below the folder.
    ///   - path: The folder as the person named it.
    /// - Throws: `Problems` of its templates.
    package init(files: [SiteFile] = [], path: String = "") throws {
        let templates = files.compactMap { TemplateSource($0, in: path) }
        self.files = files.filter { TemplateSource($0, in: path) == nil }.map {
            SiteFile(path: Self.folder + $0.path, contents: $0.contents)
        }
        template = try PageTemplate(replacing: templates)
    }

    /// nil where the theme has none.
    var style: String? { first(of: ["style.css"]) }
    var favicon: String? { first(of: ["favicon.svg", "favicon.ico", "favicon.png"]) }

    private func first(of names: [String]) -> String? {
        names.map { Self.folder + $0 }.first { name in files.contains { $0.path == name } }
    }
}
