import Foundation

extension SiteVerification {
    /// Writes what moved as one page for a reviewer.
    package func writeReport(to file: String) throws {
        let report = ReviewReport(pages: movedPages, problems: findings.problems, attachments: changedAttachments)
        do {
            try Data(try report.html().utf8).write(to: URL(filePath: file), options: .atomic)
        } catch {
            throw Problem(
                file: file, "the report cannot be written: \(error.reason)", hint: "name a file in a folder that is there")
        }
    }
}

extension Findings {
    /// Adds a table of all to the file that a GitHub job shows at its end.
    package func addSummary(to file: String) throws {
        guard !summary.isEmpty else { return }
        do {
            let before = (try? Data(contentsOf: URL(filePath: file))) ?? Data()
            try (before + Data(summary.utf8)).write(to: URL(filePath: file))
        } catch {
            throw Problem(file: file, "the job's summary cannot be written: \(error.reason)")
        }
    }
}
