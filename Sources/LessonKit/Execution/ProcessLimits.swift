import Foundation

/// What the system lets this process have, and how little is too little: with less, it would wait for ever or crash.
package enum ProcessLimits {
    private static let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue), memory = __rlimit_resource_t(RLIMIT_AS.rawValue)
    private static let leastFiles = 96
    private static let filesOfLesson = 16
    private static let leastMemory = 1 << 30

    /// Takes as many open files as it may have.
    package static func check() throws {
        var open = limit(files)
        open.rlim_cur = open.rlim_max
        setrlimit(files, &open)
        guard open.rlim_max >= leastFiles else {
            throw MachineFault(
                "only \(open.rlim_max) files may be open at once, and \(leastFiles) are needed",
                remedy: "allow more with `ulimit -n`")
        }
        let space = limit(memory).rlim_cur
        guard space >= leastMemory else {
            throw MachineFault(
                "only \(space >> 20) MB of memory may be used, and 1 GB is needed", remedy: "allow more with `ulimit -v`")
        }
    }

    /// How many lessons there are files for at once.
    static var jobs: Int { max(1, (Int(min(limit(files).rlim_cur, 1 << 20)) - 64) / filesOfLesson) }

    private static func limit(_ resource: __rlimit_resource_t) -> rlimit {
        var limit = rlimit()
        getrlimit(resource, &limit)
        return limit
    }
}
