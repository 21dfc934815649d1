import Foundation

/// Why the system refused something.
struct SystemFault: Error {
    let code = errno

    var isFullDisk: Bool { code == ENOSPC || code == EDQUOT }
}
