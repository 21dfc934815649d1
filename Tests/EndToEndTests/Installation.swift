import Foundation

/// What depends on the installation alone, made once for all courses: the reference takes longer than most lessons.
struct Installation {
    private let folder: URL

    /// Beside the program, where the next run of the tests finds it.
    static let cache = Result { try Installation(folder: Course.program.deletingLastPathComponent().appending(path: "test-cache")) }

    private init(folder: URL) throws {
        self.folder = folder
        let course = FileManager.default.temporaryDirectory.appending(path: "course-\(UUID().uuidString)")
        let lessons = course.appending(path: "lessons")
        try FileManager.default.createDirectory(at: lessons, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: course) }
        try Data(cell("print(1)").utf8).write(to: lessons.appending(path: "01-first.md"))
        let build = Process()
        build.executableURL = Course.program
        build.arguments = ["build", "--no-cache", "--quiet"]
        build.currentDirectoryURL = course
        build.environment = ProcessInfo.processInfo.environment.merging(["XDG_CACHE_HOME": folder.path()]) { $1 }
        try build.run()
        build.waitUntilExit()
    }

    /// As a link to its file, which is replaced and never written into: to the last one, for others are of earlier builds.
    func copy(to cache: URL) throws {
        let references = folder.appending(path: "unroll/references"), copies = cache.appending(path: "unroll/references")
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        let files = try FileManager.default.contentsOfDirectory(
            at: references, includingPropertiesForKeys: [.contentModificationDateKey])
        func used(_ file: URL) throws -> Date {
            try file.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate ?? .distantPast
        }
        guard let last = try files.max(by: { try used($0) < used($1) }) else { return }
        try FileManager.default.linkItem(at: last, to: copies.appending(path: last.lastPathComponent))
    }
}
