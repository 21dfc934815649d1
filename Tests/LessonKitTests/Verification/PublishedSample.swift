import Foundation

/// The pages that the repository publishes, and their numbers one by one.
struct PublishedSample {
    struct Number {
        var range: Range<Int>
        var literal: String
        /// The key that it stands under, and the page's own key above it.
        var key: String
        var section: String
    }

    let name: String
    let bytes: [UInt8]
    private(set) var numbers: [Number] = []

    static let all: [PublishedSample] = {
        let output = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../output")
        let files = (try? FileManager.default.contentsOfDirectory(at: output, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "json" }.sorted { $0.path() < $1.path() }.compactMap(PublishedSample.init)
    }()

    private init?(_ file: URL) {
        guard let data = try? Data(contentsOf: file) else { return nil }
        (name, bytes) = (file.lastPathComponent, Array(data))
        var (index, depth, keys) = (0, 0, ["", ""])
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                let start = index + 1
                index = start
                while bytes[index] != UInt8(ascii: "\"") { index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1 }
                if bytes[index + 1] == UInt8(ascii: ":") {
                    let key = String(decoding: bytes[start..<index], as: UTF8.self)
                    if depth == 1 { keys[0] = key }
                    keys[1] = key
                }
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                let literal = bytes[index...].prefix { "+-.e0123456789".utf8.contains($0) }
                numbers.append(
                    Number(
                        range: literal.indices, literal: String(decoding: literal, as: UTF8.self), key: keys[1], section: keys[0]))
                index = literal.endIndex - 1
            default: break
            }
            index += 1
        }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Those that are values: the others say where something stands, or how many values follow.
    var values: [Number] { numbers.filter { !["index", "line", "column", "shape", "t"].contains($0.key) } }

    /// With other numbers in the places of some.
    func text(changing numbers: [Number], to literal: (Number) -> String) -> String {
        var changed = bytes
        for number in numbers.reversed() { changed.replaceSubrange(number.range, with: Array(literal(number).utf8)) }
        return String(decoding: changed, as: UTF8.self)
    }
}
