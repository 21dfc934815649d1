import Exhibits
import Foundation

/// Keeps each lesson's last recording, to be used again while its program and the tools are unchanged.
package struct RecordingCache: Sendable {
    private let folder: URL
    /// Not where every lesson is to run: then what is kept is only replaced.
    private let isRead: Bool

    /// nil when nothing can be kept, which only costs time.
    package init?(isRead: Bool = true) {
        guard let folder = CacheFolder.named("recordings") else { return nil }
        self.folder = folder
        self.isRead = isRead
    }

    private struct Entry: Codable {
        var key: String
        var recording: Recording
        /// The compiler's, told again with every build.
        var warnings: [Problem]
        var isConfined: Bool
    }

    func recording(of lesson: Lesson, key: String) -> LessonRunner.Result? {
        guard isRead, let data = try? Data(contentsOf: file(for: lesson)),
            let entry = try? JSONDecoder.ofExhibits.decode(Entry.self, from: data), entry.key == key,
            entry.recording.cells.count == lesson.cells.count, entry.recording.values.count == lesson.values.count
        else { return nil }
        // The lesson may be named by another path now.
        let warnings = entry.warnings.map { warning in
            var warning = warning
            if warning.file != nil { warning.file = lesson.path }
            return warning
        }
        return LessonRunner.Result(recording: entry.recording, warnings: warnings, isConfined: entry.isConfined)
    }

    /// A cache that cannot be written only costs time, so errors are no one's concern.
    func keep(_ result: LessonRunner.Result, of lesson: Lesson, key: String) {
        let entry = Entry(key: key, recording: result.recording, warnings: result.warnings, isConfined: result.isConfined)
        guard let text = try? JSONText.encode(entry) else { return }
        try? Data(text.utf8).write(to: file(for: lesson), options: .atomic)
    }

    /// One entry for each lesson's absolute path, so that the cache does not grow with every edit.
    private func file(for lesson: Lesson) -> URL {
        let path = URL(filePath: lesson.path).standardizedFileURL.filePath
        return folder.appending(path: "\(lesson.slug)-\(path.fingerprint).json")
    }
}
