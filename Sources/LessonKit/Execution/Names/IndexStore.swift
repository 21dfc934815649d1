import Foundation

/// What the compiler saw while it compiled: each name in a program, and which symbol it is.
///
/// The compiler writes it beside what it makes for no time that could be measured. A record is a bitstream whose fields are
/// those of LLVM's `IndexRecordWriter.cpp`; another version's is left unread.
package struct IndexStore {
    package struct Occurrence: Hashable {
        var symbol: IndexSymbol
        var line: Int
        var byteColumn: Int
        var roles: Roles
    }

    struct Roles: OptionSet, Hashable {
        var rawValue: Int
        static let definition = Roles(rawValue: 1 << 1), call = Roles(rawValue: 1 << 5), implicit = Roles(rawValue: 1 << 8)
    }

    /// What tells the compiler to write it, and of what it is not to tell.
    static func arguments(folder: URL) -> [String] {
        [
            "-index-store-path", folder.filePath, "-index-include-locals", "-index-ignore-system-modules",
            "-Xfrontend", "-index-ignore-clang-modules",
        ]
    }

    package private(set) var occurrences: [Occurrence] = []

    /// - Parameters:
    ///   - folder: As it was told to the compiler.
    ///   - file: The name of the file that was compiled.
    init(_ folder: URL, of file: String) {
        let paths = FileManager.default.enumerator(atPath: folder.filePath)?.compactMap { $0 as? String } ?? []
        for path in paths.sorted() where path.contains("/records/") && path.split(separator: "/").last!.hasPrefix(file + "-") {
            read(Array(folder.appending(path: path).bytes))
        }
    }

    package init(record: [UInt8]) { read(record) }

    private static let version = 5, versions = 8, symbols = 9, occurrences = 11

    private mutating func read(_ record: [UInt8]) {
        guard let records = try? Bitstream(record, magic: "IDXR").records,
            records.first(where: { $0.block == Self.versions })?.fields.first == Self.version
        else { return }
        let symbols = records.filter { $0.block == Self.symbols }.map(IndexSymbol.init)
        for record in records where record.block == Self.occurrences && record.fields.count >= 4 {
            // Symbols are counted from 1.
            guard symbols.indices.contains(record.fields[0] - 1), let symbol = symbols[record.fields[0] - 1] else { continue }
            occurrences.append(
                Occurrence(
                    symbol: symbol, line: record.fields[2], byteColumn: record.fields[3],
                    roles: Roles(rawValue: record.fields[1])))
        }
    }
}

/// A symbol that a program names.
struct IndexSymbol: Hashable {
    var name: String
    /// The compiler's unified symbol resolution, the same in symbol graphs.
    var id: String
    /// As `IndexStore` numbers them.
    private var kind: Int

    /// nil where a record is none of a symbol.
    init?(_ record: Bitstream.Record) {
        guard record.fields.count >= 8 else { return nil }
        let (nameLength, idLength) = (record.fields[6], record.fields[7])
        guard nameLength >= 0, idLength >= 0, nameLength + idLength <= record.blob.count else { return nil }
        name = String(decoding: record.blob[..<nameLength], as: UTF8.self)
        id = String(decoding: record.blob[nameLength..<nameLength + idLength], as: UTF8.self)
        kind = record.fields[0]
    }

    var isModule: Bool { kind == 1 }
    /// `struct`, `class`; nil for what is no type.
    var keyword: String? { [5: "enum", 6: "struct", 7: "class", 8: "protocol", 11: "typealias"][kind] }
    /// What the compiler makes of a variable besides.
    var isAccessor: Bool { name.contains(":") && ["getter", "setter", "read", "modify"].contains(name.prefix { $0 != ":" }) }
}
