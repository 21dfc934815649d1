import Foundation

extension Error {
    /// Why a file could not be read or written, in the system's own words where it has some.
    var reason: String {
        if let fault = self as? SystemFault { return String(cString: strerror(fault.code)) }
        let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
        return underlying.map { String(cString: strerror(Int32(($0 as NSError).code))) }
            ?? (self as NSError).localizedDescription
    }
}
