import Foundation

/// What a library declares for everyone to use, as `swift symbolgraph-extract` tells it.
package struct SymbolGraph: Sendable {
    /// What a reader finds: each symbol once, where it is declared, in the order of modules, files and lines.
    package private(set) var symbols: [Symbol] = []
    /// The folder of each module's sources, where they are on this machine.
    private(set) var folders: [String: String] = [:]
    /// What each type inherits or conforms to, by its identifier.
    private(set) var supertypes: [String: [Supertype]] = [:]
    /// What each type has from the extensions of its protocols, by its identifier.
    private(set) var inherited: [String: [Symbol.ID]] = [:]

    struct Supertype: Hashable, Sendable {
        var id: Symbol.ID
        /// `Recurrent.Layer`, where the graph has no symbol of it.
        var fallback: String?
    }

    /// - Parameter files: Of all modules, each as the extractor wrote it.
    package init(_ files: some Sequence<Data>) throws {
        for file in files { add(try JSONDecoder().decode(File.self, from: file)) }
        symbols.sort { $0.place < $1.place }
        let known = Set(symbols.map(\.id))
        inherited = inherited.mapValues { $0.filter(known.contains) }
        supertypes = supertypes.mapValues { $0.filter { known.contains($0.id) || $0.fallback != nil } }
    }

    private mutating func add(_ file: File) {
        for symbol in file.symbols where !symbol.identifier.precise.isSynthesized {
            // What has no place was written by the compiler or is of Swift's own library.
            guard let symbol = Symbol(symbol, module: file.module.name) else { continue }
            symbols.append(symbol)
            folders[file.module.name] = symbol.place.folder
        }
        for relation in file.relationships {
            switch relation.kind {
            case "conformsTo", "inheritsFrom":
                supertypes[relation.source, default: []].append(.init(id: relation.target, fallback: relation.targetFallback))
            case "memberOf" where relation.source.isSynthesized:
                inherited[relation.target, default: []].append(relation.source.declared)
            default: break
            }
        }
    }
}

/// One declaration.
package struct Symbol: Hashable, Sendable {
    package typealias ID = String

    package enum Kind: String, Hashable, Sendable {
        case `class`, `struct`, `enum`, `protocol`, `typealias`, `associatedtype`
        case `init`, `case` = "enum.case", property, typeProperty = "type.property", `subscript`, typeSubscript = "type.subscript"
        case method, typeMethod = "type.method", function = "func", `operator` = "func.op", variable = "var"
    }

    struct Fragment: Hashable, Sendable, Decodable {
        var kind: String
        var spelling: String
        var preciseIdentifier: String?
    }

    /// The compiler's unified symbol resolution, the same in its index.
    package var id: ID
    package var kind: Kind
    /// `["Tensor", "sum(axis:keepingAxis:)"]`
    package var path: [String]
    var declaration: [Fragment]
    /// Markdown.
    package var documentation: String
    var place: Place

    struct Place: Hashable, Comparable, Sendable {
        var module: String
        /// Where the module's sources are.
        var folder: String
        /// `Tensor/Reductions.swift`, from there.
        var file: String
        var line: Int

        static func < (a: Place, b: Place) -> Bool { (a.module, a.file, a.line) < (b.module, b.file, b.line) }
    }

    package var name: String { path[path.count - 1] }
    /// `Tensor.sum(axis:keepingAxis:)`
    package var qualifiedName: String { path.joined(separator: ".") }
    /// The name without its arguments' labels.
    var baseName: String { String(name.prefix { $0 != "(" }) }
    /// The declaration on one line.
    package var declarationText: String { declaration.map(\.spelling).joined() }

    var isType: Bool {
        switch kind {
        case .class, .struct, .enum, .protocol, .typealias: true
        default: false
        }
    }
}

// MARK: - The files

private struct File: Decodable {
    struct Module: Decodable { var name: String }
    struct Relation: Decodable {
        var kind, source, target: String
        var targetFallback: String?
    }

    struct Written: Decodable {
        struct Named: Decodable { var identifier: String }
        struct Identifier: Decodable { var precise: String }
        struct Comment: Decodable {
            struct Line: Decodable { var text: String }
            var lines: [Line]
            /// Whose it is: that of another module is of the requirement that the symbol fulfils.
            var module: String?

            /// Of another module's its first paragraph, for the rest speaks to whoever uses the protocol.
            func text(in own: String) -> String {
                let texts = lines.map(\.text)
                return (module == nil || module == own ? texts : Array(texts.prefix { !$0.isEmpty })).joined(separator: "\n")
            }
        }
        struct Location: Decodable {
            struct Position: Decodable { var line: Int }
            var uri: String
            var position: Position
        }

        var kind: Named
        var identifier: Identifier
        var pathComponents: [String]
        var declarationFragments: [Symbol.Fragment]
        var docComment: Comment?
        var location: Location?
    }

    var module: Module
    var symbols: [Written]
    var relationships: [Relation]
}

extension Symbol {
    /// nil for what stands in no file of the module's, and for kinds that are none of a reader's.
    fileprivate init?(_ written: File.Written, module: String) {
        guard let location = written.location, let file = URL(string: location.uri)?.filePath,
            let kind = Kind(rawValue: String(written.kind.identifier.dropFirst("swift.".count)))
        else { return nil }
        let split = file.range(of: "/\(module)/", options: .backwards)
        self.init(
            id: written.identifier.precise, kind: kind, path: written.pathComponents, declaration: written.declarationFragments,
            documentation: written.docComment?.text(in: module) ?? "",
            place: Place(
                module: module, folder: split.map { String(file[..<$0.upperBound]) } ?? "",
                file: split.map { String(file[$0.upperBound...]) } ?? file, line: location.position.line + 1))
    }
}

extension String {
    /// Marks in an identifier what a type has from an extension of its protocol.
    private static let synthesized = "::SYNTHESIZED::"

    fileprivate var isSynthesized: Bool { contains(Self.synthesized) }

    /// The identifier of what was declared, of that which a type has from it.
    fileprivate var declared: String { components(separatedBy: Self.synthesized)[0] }
}
