import Foundation

/// One deliberate mistake: an expression of the sources, and what stands in its place.
struct Mutant {
    var number: Int
    var file: String
    var fragment: String
    /// Empty where a statement is left out.
    var replacement: String
    /// Why no test is expected to see it.
    var reason: String?
}

/// A text that cannot be used, and why.
struct Unusable: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) {
        self.description = description
    }
}

// MARK: The list

/// Reads the list: headings and notes behind `#`, a file's path, then pairs of lines, `- ` what stands there and `+ ` the mistake,
/// followed by `? ` and a reason where the mistake is known to survive.
func mutants(of list: String) throws -> [Mutant] {
    var found: [Mutant] = [], file = "", fragment: String?
    for (index, line) in list.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let text = String(line.dropFirst(2))
        switch line.prefix(2) {
        case "", "# ": break
        case "- ": fragment = text
        case "+ ", "+":
            guard let original = fragment else {
                throw Unusable("line \(index + 1) of the list: a mistake without what it replaces")
            }
            found.append(Mutant(number: found.count + 1, file: file, fragment: original, replacement: text))
        case "? ":
            guard !found.isEmpty else { throw Unusable("line \(index + 1) of the list: a reason without a mistake") }
            found[found.count - 1].reason = text
        default: file = String(line)
        }
    }
    return found
}

// MARK: The sources with every mistake in them

/// A source file in which each mistake can be switched on when the program starts, so that one build serves all of them.
func source(of text: String, with mutants: [Mutant]) throws -> String {
    let sites = try Dictionary(grouping: mutants, by: \.fragment).map { fragment, mutants in
        let ranges = text.ranges(of: fragment)
        guard ranges.count == 1 else {
            throw Unusable("\(mutants[0].file): “\(fragment)” occurs \(ranges.count) times; a fragment occurs once")
        }
        return (range: ranges[0], mutants: mutants)
    }.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for (one, next) in zip(sites, sites.dropFirst()) where one.range.upperBound > next.range.lowerBound {
        throw Unusable("\(mutants[0].file): “\(text[one.range])” and “\(text[next.range])” overlap")
    }
    return sites.reversed().reduce(into: text) { text, site in
        text.replaceSubrange(site.range, with: switched(String(text[site.range]), site.mutants))
    }
}

func switched(_ fragment: String, _ mutants: [Mutant]) -> String {
    mutants.reduce(fragment) { rest, mutant in
        mutant.replacement.isEmpty
            ? "if !mutant(\(mutant.number)) { \(rest) }"
            : "(mutant(\(mutant.number)) ? \(mutant.replacement) : \(rest))"
    }
}

/// What a module's sources ask; beside the module's own files. A module for the browser has none of the mistakes.
let chosenMutant = """
    #if hasFeature(Embedded)
        func mutant(_ number: Int) -> Bool { false }
    #else
        import Foundation

        func mutant(_ number: Int) -> Bool { number == chosen }

        private let chosen: Int? = {
            let argument = CommandLine.arguments.last { $0.hasPrefix("UNROLL_MUTANT=") }.map { String($0.dropFirst(14)) }
            return (argument ?? ProcessInfo.processInfo.environment["UNROLL_MUTANT"]).flatMap { Int($0) }
        }()
    #endif

    """

/// Makes a copy of the package with the mistakes in it; answers whether anything has changed since the last time.
func compose(_ mutants: [Mutant], from package: URL, in copy: URL) throws -> Bool {
    let fresh = copy.deletingLastPathComponent().appending(path: "fresh"), files = FileManager.default
    try? files.removeItem(at: fresh)
    try files.createDirectory(at: fresh, withIntermediateDirectories: true)
    for part in ["Package.swift", "Package.resolved", "Sources", "Tests", "lessons", "output", "README.md"] {
        guard files.fileExists(atPath: package.appending(path: part).path()) else { continue }
        try files.copyItem(at: package.appending(path: part), to: fresh.appending(path: part))
    }
    for (file, mutants) in Dictionary(grouping: mutants, by: \.file) {
        let text = try String(contentsOf: fresh.appending(path: file), encoding: .utf8)
        try source(of: text, with: mutants).write(to: fresh.appending(path: file), atomically: true, encoding: .utf8)
    }
    // A lesson's process has nothing of the environment but what it is given: the choice comes with its arguments.
    try replace(
        "arguments: [],", by: #"arguments: ["UNROLL_MUTANT=\(ProcessInfo.processInfo.environment["UNROLL_MUTANT"] ?? "")"],"#,
        in: fresh.appending(path: "Sources/LessonKit/Execution/LessonRunner.swift"))
    for module in modules {
        try chosenMutant.write(to: fresh.appending(path: "Sources/\(module)/Mutant.swift"), atomically: true, encoding: .utf8)
    }
    let builds = copy.appending(path: ".build")
    if (try? run("diff", "-r", "--exclude", ".build", fresh.path(), copy.path())) != nil { return false }
    // What it depends on need not be compiled again.
    if files.fileExists(atPath: builds.path()) { try files.moveItem(at: builds, to: fresh.appending(path: ".build")) }
    try? files.removeItem(at: copy)
    try files.moveItem(at: fresh, to: copy)
    return true
}

private func replace(_ fragment: String, by replacement: String, in file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    guard text.ranges(of: fragment).count == 1 else {
        throw Unusable("\(file.lastPathComponent): “\(fragment)” occurs once no more")
    }
    try text.replacing(fragment, with: replacement).write(to: file, atomically: true, encoding: .utf8)
}

/// The modules that may hold mistakes, each before those that use it.
let modules = ["Recurrent", "Exhibits", "Drawing", "LessonKit"]

// MARK: Runs

/// Runs a command and gives what it prints.
@discardableResult
func run(_ words: String..., in folder: URL? = nil) throws -> String {
    let process = Process(), output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Unusable("\(words.joined(separator: " ")) failed\n\(text)") }
    return text
}

/// Builds the copy anew. Objects of another composition are not mixed with it.
func build(_ copy: URL) throws {
    let products = copy.appending(path: ".build/release").resolvingSymlinksInPath()
    for module in modules + ["CKernels", "unroll"] {
        try? FileManager.default.removeItem(at: products.appending(path: "\(module).build"))
    }
    try run("swift", "build", "-c", "release", "--build-tests", in: copy)
}

/// What sees a mistake first: a test by its name, or a run that ends badly. `nil`: nothing does.
func catcher(of mutant: Mutant?, in copy: URL) throws -> String? {
    let module = mutant.flatMap { mutant in modules.firstIndex { mutant.file.hasPrefix("Sources/\($0)/") } } ?? 0
    for suite in modules[module...] + ["EndToEnd"] {
        if let seen = try firstIssue(of: "\(suite)Tests", under: mutant, in: copy) { return seen }
    }
    return nil
}

/// Runs one target's tests up to the first that fails.
///
/// Left out is what compares these modules with themselves, compiled for a browser: the mistakes are not in there.
func firstIssue(of target: String, under mutant: Mutant?, in copy: URL) throws -> String? {
    let process = Process(), output = Pipe()
    // What is stopped may leave files, or be writing them still.
    let temporary = FileManager.default.temporaryDirectory.appending(path: "mutant-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: temporary) }
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
        "timeout", "600", copy.path() + "/.build/release/UnrollPackageTests.xctest", "--testing-library", "swift-testing",
        "--filter", "^\(target)\\.", "--skip", "SamePagesTests", "--skip", "SameBitsTests",
    ]
    process.environment = ProcessInfo.processInfo.environment
        .merging(["UNROLL_MUTANT": "\(mutant?.number ?? 0)", "TMPDIR": temporary.path(), "NO_COLOR": "1"]) { $1 }
    process.currentDirectoryURL = copy
    process.standardOutput = output
    process.standardError = output
    try process.run()
    var line = Data()
    while case let part = output.fileHandleForReading.availableData, !part.isEmpty {
        for byte in part {
            guard byte == UInt8(ascii: "\n") else { line.append(byte); continue }
            defer { line = Data() }
            guard let text = String(data: line, encoding: .utf8), let issue = text.firstRange(of: " recorded an issue") else {
                continue
            }
            // The time limit's process hands the signal on to the tests and to what they have started.
            process.terminate()
            process.waitUntilExit()
            return "\(target): " + String(text[..<issue.lowerBound].drop { $0 != "T" })
        }
    }
    process.waitUntilExit()
    guard process.terminationReason != .exit || process.terminationStatus != 0 else { return nil }
    return process.terminationStatus == 124
        ? "\(target): no end within 600 s" : "\(target): ended with \(process.terminationStatus)"
}

// MARK: The whole

@main
enum Mutants {
    /// How many of the mistakes must be seen.
    static let least = 76

    static func main() throws {
        setlinebuf(stdout)
        let package = URL(filePath: FileManager.default.currentDirectoryPath), work = package.appending(path: ".build-mutants")
        let copy = work.appending(path: "copy")
        let all = try mutants(of: String(contentsOf: package.appending(path: "Tests/Mutants/mutants.txt"), encoding: .utf8))
        let asked = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        if try compose(all, from: package, in: copy)
            || !FileManager.default.fileExists(atPath: copy.path() + "/.build/release/unroll")
        {
            print("building \(all.count) mistakes at once")
            try build(copy)
        }
        if asked.isEmpty, let issue = try catcher(of: nil, in: copy) { throw Unusable("without any mistake, \(issue)") }
        var caught = 0, unexpected = 0
        for mutant in all where asked.isEmpty || asked.contains(mutant.number) {
            let seen = try catcher(of: mutant, in: copy)
            caught += seen == nil ? 0 : 1
            unexpected += (seen == nil) == (mutant.reason == nil) ? 1 : 0
            print(
                """
                \(mutant.number) \(seen.map { "seen by \($0)" } ?? "SURVIVES\(mutant.reason.map { ": \($0)" } ?? "")")
                    \(mutant.file)
                    - \(mutant.fragment)
                    + \(mutant.replacement)
                """)
        }
        print("\(caught) of \(asked.isEmpty ? all.count : asked.count) are seen; \(unexpected) otherwise than the list says")
        if unexpected > 0 || (asked.isEmpty && caught < least) { exit(1) }
    }
}
