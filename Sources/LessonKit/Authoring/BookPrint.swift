import Foundation

/// The whole course as a PDF, printed by Chromium.
package struct BookPrint: Sendable {
    package let pdf: [UInt8]
    /// What is not as it should be, such as a font that this machine has not.
    package let warning: Problem?

    /// - Parameter language: nil for the site's own.
    /// - Throws: `MissingTool` without Chromium, and a `Problem` where it fails, or where no lesson is in that language.
    package init(of site: BuiltSite, in language: String? = nil) async throws {
        guard let course = site.site else { preconditionFailure("BookPrint: expected a site that a build made") }
        if let language, !course.languages.contains(language) {
            throw Problem(
                .error, "no lesson is in the language “\(language)”; there are \(course.languages.joined(separator: ", "))",
                hint: "translations are in a folder of that name")
        }
        let book = Book(course, edition: language == course.configuration.language ? nil : language)
        guard let browser = Self.names.lazy.compactMap({ Tool($0) }).first else {
            throw MissingTool("chromium", remedy: "install it with `apt-get install chromium`")
        }
        (pdf, warning) = try await withTemporaryFolder { folder in
            let output = OutputFolder(path: folder.filePath)
            try output.replace(with: site)
            try output.write(SiteFile(path: Self.page, text: book.html()))
            let warning = try await output.writeMathFont()
            let file = folder.appending(path: ".book.pdf")
            let result = try await browser.run(
                Self.arguments(page: folder.appending(path: Self.page), to: file), processorTime: 600)
            guard case .exited(0) = result.status, let pdf = try? Data(contentsOf: file) else {
                throw Problem(.error, "Chromium could not print the course", notes: [result.messages])
            }
            return (Array(pdf), warning)
        }
    }

    package func write(to file: String) throws {
        do {
            try Data(pdf).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Problem(file: file, "the PDF cannot be written: \(error.reason)", hint: "name a file in a folder that is there")
        }
    }

    private static let names = ["chromium", "chromium-browser", "google-chrome"]
    /// Hidden, as no lesson's page and no attachment is.
    private static let page = ".book.html"

    private static func arguments(page: URL, to file: URL) -> [String] {
        let profile = file.deletingLastPathComponent().appending(path: ".profile").filePath
        return [
            "--headless", "--disable-gpu", "--no-first-run", "--user-data-dir=" + profile, "--no-pdf-header-footer",
            "--generate-pdf-document-outline", "--print-to-pdf=" + file.filePath, page.absoluteString,
        ] + (geteuid() == 0 ? ["--no-sandbox"] : [])  // Chromium has no sandbox for the administrator, and the page has no script.
    }
}
