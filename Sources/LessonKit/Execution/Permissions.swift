import Foundation

/// What the process of a lesson may touch, written down for the library that confines it, CSandbox.
struct Permissions {
    /// Names the file of rules in the process's environment.
    static let variable = "UNROLL_SANDBOX"

    /// Files, and folders with all that is below them.
    var readable: [String]
    /// Folders whose names may be read, and those of all below them.
    var listable: [String]
    var writable: [String]
    let temporaryFolder: URL
    /// Where the process tells what it was refused.
    let records: URL
    private let rules: URL
    private let log: URL

    /// `folder` is that of the run, of which the lesson's own temporary folder is a part; `inputs` cover the attachments.
    init(of lesson: Lesson, inputs: [String], in folder: URL, log: URL, toolchain: Toolchain) {
        let lessons = URL(filePath: lesson.path).deletingLastPathComponent().resolvingSymlinksInPath().filePath
        temporaryFolder = folder.appending(path: "tmp")
        records = folder.appending(path: "refusals")
        rules = folder.appending(path: "rules")
        self.log = log
        readable =
            inputs + Self.system + [toolchain.runtime, toolchain.libraries + "/libExhibits.so"]
            + [folder.appending(path: "lesson").filePath]
        listable = [lessons, folder.filePath]
        writable = [temporaryFolder.filePath, log.filePath, "/dev/null"]
    }

    /// Libraries, and what the C library and Foundation read of the system: time zones, languages, how many processors there are.
    private static let system = [
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/etc/ld.so.cache", "/etc/ld.so.preload",
        "/etc/localtime", "/etc/nsswitch.conf", "/etc/os-release", "/usr/share/zoneinfo", "/usr/share/locale", "/usr/share/i18n",
        "/dev/random", "/dev/urandom", "/dev/zero", "/proc/self",
        "/sys/devices/system/cpu",
    ]

    /// Makes the files and folders that the rules speak of, and returns the file of rules.
    func write(_ limits: Limits, _ conditions: RunConditions) throws -> URL {
        try FileManager.default.createDirectory(at: temporaryFolder, withIntermediateDirectories: true)
        try Data().write(to: log)
        let lines =
            [
                "parent \(ProcessInfo.processInfo.processIdentifier)", "sandbox \(limits.sandbox.demand.rawValue)",
                "landlock \(limits.sandbox.landlock)", "records \(records.filePath)", "recording \(log.filePath)",
                "memory \(limits.memory)",
                "filesize \(limits.output)", "openfiles \(limits.openFiles)", "cpu \(limits.processorTime)",
                "processors \(conditions.processors)",
            ]
            + readable.map { "read \($0)" } + listable.map { "list \($0)" } + writable.map { "write \($0)" }
        try Data(lines.joined(separator: "\0").utf8 + [0]).write(to: rules)
        return rules
    }
}

extension Toolchain {
    /// The folder of Swift's own libraries, which programs load.
    fileprivate var runtime: String {
        URL(filePath: swiftc).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "lib/swift").filePath
    }
}
