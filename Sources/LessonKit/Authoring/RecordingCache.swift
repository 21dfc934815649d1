import Exhibits
import Foundation

/// Keeps each lesson's last recording, to be used again while all that it depends on is unchanged.
package struct RecordingCache: Sendable {
    private let folder: URL
    /// Not where every lesson is to run: then what is kept is only replaced.
    private let isRead: Bool

    /// nil when nothing can be kept, which only costs time.
    package init?(isRead: Bool = true) {
        guard let folder = CacheFolder.recordings.made else { return nil }
        self.folder = folder
        self.isRead = isRead
    }

    private struct Entry: Codable {
        var key: RecordingKey
        var recording: Recording
        /// The compiler's, told again with every build.
        var warnings: [Problem]
        var isConfined: Bool
    }

    /// What is kept of a lesson, or why that cannot be used.
    enum Answer {
        case recording(LessonRunner.Result)
        case none(RunReason)
    }

    func recording(of lesson: Lesson, key: RecordingKey, sandbox: Sandbox.Demand) -> Answer {
        guard isRead else { return .none(.asked) }
        let file = file(for: lesson)
        guard let contents = try? Data(contentsOf: file) else { return .none(.nothingKept) }
        guard let text = CacheEntry.text(of: Array(contents)),
            let entry = try? JSONDecoder.ofExhibits.decode(Entry.self, from: text)
        else { return .none(.damaged) }
        guard entry.key == key else { return .none(.changed(key.changes(since: entry.key))) }
        guard entry.isConfined || sandbox == .preferred else { return .none(.unconfined) }
        CacheFolder.use(file)
        // The lesson may be named by another path now.
        let warnings = entry.warnings.map { warning in
            var warning = warning
            if let file = warning.file { warning.file = lesson.path(ofWarning: file) }
            return warning
        }
        return .recording(LessonRunner.Result(recording: entry.recording, warnings: warnings, isConfined: entry.isConfined))
    }

    /// A cache that cannot be written only costs time, so errors are no one's concern.
    func keep(_ result: LessonRunner.Result, of lesson: Lesson, key: RecordingKey) {
        let entry = Entry(key: key, recording: result.recording, warnings: result.warnings, isConfined: result.isConfined)
        guard let text = try? JSONText.encode(entry) else { return }
        try? Replacement.write(CacheEntry.bytes(of: text), to: file(for: lesson).filePath)
    }

    /// Forgets what is beyond the bounds of the cache.
    func trim() { CacheFolder.trim() }

    /// One entry for each lesson's absolute path, so that the cache does not grow with every edit.
    private func file(for lesson: Lesson) -> URL {
        let path = URL(filePath: lesson.path).standardizedFileURL.filePath
        return folder.appending(path: "\(lesson.slug.prefix(40))-\(path.fingerprint).recording")
    }
}

extension Lesson {
    /// Of a file that a warning named, perhaps in another way.
    fileprivate func path(ofWarning file: String) -> String {
        func ends(_ path: String, _ count: Int) -> Bool {
            path.split(separator: "/").suffix(count) == file.split(separator: "/").suffix(count)
        }
        // A translation is called as its original, and stands in another folder.
        return shared.first { ends($0.path, 1) }?.path ?? values.compactMap(\.path).first { ends($0, 2) && !ends(path, 2) } ?? path
    }
}

/// An entry as it is written: a line with its fingerprint, by which one that was changed or cut off is known, and JSON.
private enum CacheEntry {
    static func bytes(of text: String) -> [UInt8] {
        Array("\(text.fingerprint)\n".utf8) + Array(text.utf8)
    }

    /// nil for bytes that were not written so.
    static func text(of bytes: [UInt8]) -> Data? {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let text = bytes[(end + 1)...]
        return Array(text.fingerprint.utf8) == Array(bytes[..<end]) ? Data(text) : nil
    }
}

/// Why a lesson ran and was not taken from the cache.
package enum RunReason: Hashable, Sendable, CustomStringConvertible {
    /// `--no-cache`.
    case asked
    case noCache
    case nothingKept
    case damaged
    case unconfined
    case changed([String])

    package var description: String {
        switch self {
        case .asked: "every lesson is to"
        case .noCache: "nothing can be kept on this machine"
        case .nothingKept: "nothing is kept of it"
        case .damaged: "what is kept of it is damaged, or of another version"
        case .unconfined: "what is kept of it was recorded unconfined"
        case .changed(let parts): parts.joined(separator: ", ")
        }
    }
}
