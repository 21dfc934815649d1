/// What `site.yml` says of a whole folder of lessons; without one, every site's defaults.
package struct SiteConfiguration: Hashable, Sendable {
    /// What the site calls itself; nil to be called as its front page is.
    package var title: String?
    package var description: String?
    package var author: String?
    /// Of pages that do not say, a BCP 47 tag.
    package var language = "en"
    /// Where the site will stand, without a slash at its end.
    package var url: String?
    /// What stands for a page without an image of its own: a file of the site, or an address.
    package var image: Link?
    package var repository: Repository?
    /// Whether HTML in lessons is HTML on their pages, as the front page says.
    package var rawHTML = true

    package init() {}

    /// Where the lessons' sources are kept.
    package struct Repository: Hashable, Sendable {
        /// Without a slash at its end.
        package var address: String
        package var branch: String
        /// That of the lessons in it; nil where it is called as the folder of lessons is.
        package var folder: String?
    }
}

extension SiteConfiguration {
    /// The address of a file of the site; nil where nobody knows where the site will stand.
    func address(of file: String) -> String? { url.map { "\($0)/\(file)" } }

    /// Of a picture that a lesson or the configuration names.
    func address(ofImage link: String) -> String? {
        guard case .local(let path, _) = LinkTarget(link, isImage: true) else { return link }
        return LinkTarget.file(at: path).flatMap { address(of: $0.percentEncoded) }
    }
}

extension SiteConfiguration.Repository {
    /// Where a lesson can be edited, in the way of GitHub, GitLab or Forgejo.
    ///
    /// - Parameter source: The lesson's name below the folder of lessons, and that before it.
    func editAddress(of source: String) -> String {
        let parts = source.split(separator: "/")
        let path = ([folder ?? parts.first.map(String.init) ?? ""] + parts.dropFirst().map(String.init)).joined(separator: "/")
        let host = address.split(separator: "/").dropFirst().first ?? ""
        let edit = host.contains("gitlab") ? "-/edit" : host.contains("codeberg") || host.contains("forgejo") ? "_edit" : "edit"
        return "\(address)/\(edit)/\(branch)/\(path.percentEncoded)"
    }
}
