import Foundation

/// A program that did not do what it was run for, and what it said.
private struct ProgramFailure: Error, CustomStringConvertible {
    var description: String
}

/// Runs a program to its end and gives what it printed.
@discardableResult
package func run(_ program: URL, _ arguments: [String], _ environment: [String: String] = [:]) throws -> String {
    let process = Process()
    let (output, errors) = (Pipe(), FileManager.default.temporaryDirectory.appending(path: UUID().uuidString))
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.executableURL = program
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
        let said = try String(contentsOf: errors, encoding: .utf8)
        throw ProgramFailure(description: "\(program.lastPathComponent) \(arguments.joined(separator: " ")): \(said)")
    }
    return String(decoding: printed, as: UTF8.self)
}
