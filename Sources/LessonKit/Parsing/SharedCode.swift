/// Swift that several lessons of a folder are compiled with: `_shared/corpus.swift`, which lessons name `corpus`.
package struct SharedCode: Hashable, Sendable {
    /// Below the lessons' folder: `_shared/corpus.swift`.
    package var name: String
    /// As the person named it.
    package var path: String
    package var lines: [String]

    package var code: String { lines.map { $0 + "\n" }.joined() }

    fileprivate init(name: String, path: String, code: [UInt8]) throws(Problem) {
        (self.name, self.path) = (name, path)
        do {
            lines = try SourceText(code).lines.map { String(decoding: $0, as: UTF8.self) }
        } catch {
            throw Problem(file: path, at: error.position, error.message, hint: error.hint)
        }
    }

    /// How the site names the file: by its folders from that of the lessons on.
    func source(besides lesson: Lesson) -> String {
        (lesson.source.split(separator: "/").dropLast().map(String.init) + [name]).joined(separator: "/")
    }
}

/// All of `_shared`, as far as lessons can name it.
package struct SharedFolder: Sendable {
    package static let name = "_shared"
    package static let empty = SharedFolder(files: [:], path: "")

    private static let suffix = ".swift"
    /// By what lessons name them.
    private let files: [String: [UInt8]]
    private let path: String

    /// - Parameters:
    ///   - files: The contents by the paths below the folder; only Swift can be named.
    ///   - path: The folder as the person named it.
    package init(files: [String: [UInt8]], path: String) {
        let swift = files.filter { $0.key.hasSuffix(Self.suffix) }
        self.files = Dictionary(uniqueKeysWithValues: swift.map { (String($0.key.dropLast(Self.suffix.count)), $0.value) })
        self.path = path
    }

    /// What a lesson names, each once, in the order in which it names them.
    func code(named uses: [FrontMatter.Name], problems: inout [Problem]) -> [SharedCode] {
        var seen: Set<String> = []
        return uses.filter { seen.insert($0.text).inserted }.compactMap { use in
            let file = use.text + Self.suffix
            guard let code = files[use.text] else {
                let names = files.keys.sorted()
                problems.append(
                    Problem(
                        at: use.position, "there is no \(Self.name)/\(file) beside the lessons",
                        hint: nearestName(to: use.text, among: names).map { "did you mean \($0)?" }
                            ?? (names.isEmpty ? "write it there" : "there are " + names.joined(separator: ", "))))
                return nil
            }
            do throws(Problem) {
                return try SharedCode(name: "\(Self.name)/\(file)", path: "\(path)/\(file)", code: code)
            } catch {
                problems.append(error)
                return nil
            }
        }
    }
}
