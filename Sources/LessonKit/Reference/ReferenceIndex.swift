/// Where the reference has each symbol: a page for each part of a library, which is a folder of its sources, or all of a small one.
package struct ReferenceIndex: Sendable {
    /// A part of a library.
    struct Room: Hashable, Sendable {
        var module: String
        var title: String
        var slug: String
        var sections: [Section] = []
    }

    /// A type with its members, what a room adds to a type of elsewhere, or its functions.
    struct Section: Hashable, Sendable {
        var id: String
        var title: String
        /// nil for functions and for what is added.
        var type: Symbol?
        var groups: [Group]
    }

    /// What stands under one heading, or under none.
    struct Group: Hashable, Sendable {
        var title: String?
        /// Each is a symbol, or several of one name and one documentation.
        var entries: [[Symbol]]
    }

    let graph: SymbolGraph
    private(set) var rooms: [Room] = []
    /// The page and the place on it of each symbol.
    private(set) var places: [Symbol.ID: (slug: String, id: String)] = [:]
    private let byID: [Symbol.ID: Symbol]
    private var byName: [String: [Symbol]] = [:]

    /// What is larger has a page for each folder of its sources.
    private static let smallModule = 200

    package init(_ graph: SymbolGraph) {
        self.graph = graph
        byID = Dictionary(graph.symbols.map { ($0.id, $0) }) { first, _ in first }
        for symbol in graph.symbols {
            for name in [symbol.qualifiedName, symbol.qualifiedName.prefix { $0 != "(" }.description] {
                byName[name, default: []].append(symbol)
            }
        }
        let types = Set(graph.symbols.filter(\.isType).map { $0.place.module + "/" + $0.qualifiedName })
        let homes = Dictionary(
            graph.symbols.filter { $0.path.count == 1 }.map { ("\($0.place.module)/\($0.name)", $0.place) }
        ) { first, _ in first }
        let large = Dictionary(grouping: graph.symbols, by: \.place.module).filter { $1.count > Self.smallModule }
        // A type's members stand with it, wherever they are declared.
        let folders = Dictionary(grouping: graph.symbols) { symbol -> [String] in
            let place = homes["\(symbol.place.module)/\(symbol.path[0])"] ?? symbol.place
            return large[place.module] == nil ? [place.module] : [place.module, place.topFolder]
        }
        rooms = folders.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { folder, symbols in
            Room(
                module: folder[0], title: folder.last!, slug: "\(ReferencePage.overview)-\(folder.last!.lowercased())",
                sections: Self.sections(of: symbols, types: types))
        }
        for room in rooms { note(room) }
    }

    // MARK: Order

    private static func sections(of symbols: [Symbol], types: Set<String>) -> [Section] {
        let functions = symbols.filter { $0.path.count == 1 && !$0.isType }
        let members = symbols.filter { $0.path.count > 1 && !$0.isType }
        let owned = Dictionary(grouping: members) { $0.path.dropLast().joined(separator: ".") }
        let declared = symbols.filter(\.isType).map { type in
            Section(
                id: type.qualifiedName, title: type.qualifiedName, type: type,
                groups: groups(of: owned[type.qualifiedName] ?? [], home: type.place.file))
        }
        let added = owned.sorted { $0.key < $1.key }
            .filter { owner, members in !types.contains("\(members[0].place.module)/\(owner)") }
            .map { owner, members in
                Section(id: "on-" + owner, title: owner, type: nil, groups: groups(of: members, home: ""))
            }
        let free = Section(id: "functions", title: "Functions", type: nil, groups: groups(of: functions, home: ""))
        if functions.isEmpty { return declared + added }
        // Where a part is of functions, its types are what they take.
        return functions.count > declared.count ? [free] + declared + added : declared + [free] + added
    }

    /// By the files where so many of them tell of so many things; else by their kinds.
    private static func groups(of symbols: [Symbol], home: String) -> [Group] {
        let files = Dictionary(grouping: symbols, by: \.place.file)
        guard files.count < 5 else {
            return files.sorted { ($0.key == home ? "" : $0.key) < ($1.key == home ? "" : $1.key) }.map { file, symbols in
                Group(title: file.fileTitle, entries: entries(of: symbols))
            }
        }
        let kinds = Dictionary(grouping: symbols, by: \.kind.heading).sorted { $0.key < $1.key }
        return kinds.map { Group(title: kinds.count > 1 ? $0.key.rawValue : nil, entries: entries(of: $0.value)) }
    }

    /// Overloads that are told of in the same words stand together.
    private static func entries(of symbols: [Symbol]) -> [[Symbol]] {
        symbols.reduce(into: []) { entries, symbol in
            if let last = entries.last?.first, last.baseName == symbol.baseName, last.documentation == symbol.documentation {
                entries[entries.count - 1].append(symbol)
            } else {
                entries.append([symbol])
            }
        }
    }

    private mutating func note(_ room: Room) {
        var taken: [String: Int] = [:]
        for section in room.sections {
            for symbol in [section.type].compactMap(\.self) + section.groups.flatMap(\.entries).flatMap(\.self) {
                let name = symbol.qualifiedName
                taken[name, default: 0] += 1
                places[symbol.id] = (room.slug, taken[name] == 1 ? name : "\(name)-\(taken[name]!)")
            }
        }
    }

    // MARK: Looking up

    package func symbol(_ id: Symbol.ID) -> Symbol? { byID[id] }

    /// The address of a symbol, from any page.
    package func href(of id: Symbol.ID) -> String? {
        places[id].map { "\($0.slug).html#\($0.id.urlFragment)" }
    }

    /// A symbol by its name, as documentation has it: of the type that it is about, or any; `sum(axis:)`, `sum`, `Tensor.sum`.
    package func symbol(named name: String, within owner: [String] = []) -> Symbol? {
        for depth in stride(from: owner.count, through: 0, by: -1) {
            let path = (owner.prefix(depth) + [name]).joined(separator: ".")
            if let found = byName[path]?.first { return found }
        }
        return nil
    }
}

extension Symbol.Kind {
    /// What members of a kind stand under, in this order.
    fileprivate enum Heading: String, Comparable {
        case cases = "Cases", making = "Making one", properties = "Properties", methods = "Methods", subscripts = "Subscripts"
        case operators = "Operators"

        private var order: Int { [.cases, .making, .properties, .methods, .subscripts, .operators].firstIndex(of: self)! }

        static func < (a: Heading, b: Heading) -> Bool { a.order < b.order }
    }

    fileprivate var heading: Heading {
        switch self {
        case .case: .cases
        case .`init`, .typeMethod: .making
        case .property, .typeProperty, .variable, .associatedtype, .typealias: .properties
        case .subscript, .typeSubscript: .subscripts
        case .operator: .operators
        case .method, .function, .class, .struct, .enum, .protocol: .methods
        }
    }
}

extension Symbol.Place {
    fileprivate var topFolder: String { file.contains("/") ? String(file.prefix { $0 != "/" }) : module }
}

extension String {
    /// `Matrix product` of `Tensor/MatrixProduct.swift`
    fileprivate var fileTitle: String {
        let name = split(separator: "/").last!.prefix { $0 != "." && $0 != "+" }
        let words = name.reduce(into: "") { words, letter in
            words +=
                letter.isUppercase && !words.isEmpty && words.last?.isUppercase == false
                ? " \(letter.lowercased())" : String(letter)
        }
        return words
    }

    /// As a link has it behind `#`.
    var urlFragment: String {
        addingPercentEncoding(withAllowedCharacters: .urlFragmentAllowed) ?? self
    }
}
