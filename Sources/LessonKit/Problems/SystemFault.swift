import Foundation

/// Why the system refused something.
struct SystemFault: Error {
    let code = errno
}
