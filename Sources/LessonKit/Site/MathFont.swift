import Drawing
import Foundation

/// The font of the site's formulas: TeX Gyre Pagella Math, cut down to the characters that the pages' MathML has.
///
/// Its MATH table stays whole: large parentheses and roots are built from the variants of glyphs that it names.
struct MathFont: Sendable {
    /// In the output folder.
    static let path = "assets/math.woff2"
    private static let source = "/usr/share/texmf/fonts/opentype/public/tex-gyre-math/texgyrepagella-math.otf"
    private static let installation = "install it with `apt-get install fonts-texgyre-math libharfbuzz-bin woff2`"

    let characters: Set<Unicode.Scalar>

    /// Of no characters where the reference alone has formulas: every site has that, and a font for it would be all that a site
    /// of plain text waits for.
    ///
    /// - Parameter pages: The names of whole pages, and their HTML.
    init(pages: [(name: String, text: String)]) {
        let found = pages.map { (name: $0.name, characters: MathCharacters(of: $0.text).characters) }
        let isNeeded = found.contains { !ReferencePage.isPage($0.name) && !$0.characters.isEmpty }
        characters = isNeeded ? found.reduce(into: []) { $0.formUnion($1.characters) } : []
    }

    private var unicodes: String {
        characters.map { String($0.value, radix: 16) }.sorted().joined(separator: ",")
    }

    /// From the cache, or made anew.
    ///
    /// - Throws: `MissingTool` where a program or the whole font is missing.
    func woff2() async throws -> [UInt8] {
        let kept = CacheFolder.fonts.made?.appending(path: "\(unicodes.fingerprint).woff2")
        if let kept, let data = try? Data(contentsOf: kept) {
            CacheFolder.use(kept)
            return Array(data)
        }
        guard FileManager.default.fileExists(atPath: Self.source) else {
            throw MissingTool(Self.source, remedy: Self.installation)
        }
        let font = try await withTemporaryFolder { folder in
            let subset = folder.appending(path: "math.ttf").filePath
            try await run("hb-subset", ["--unicodes=" + unicodes, "--layout-features=*", "--output-file=" + subset, Self.source])
            try await run("woff2_compress", [subset])
            return Array(try Data(contentsOf: folder.appending(path: "math.woff2")))
        }
        if let kept { try? Replacement.write(font, to: kept.filePath) }
        return font
    }

    private func run(_ program: String, _ arguments: [String]) async throws {
        guard let tool = Tool(program) else { throw MissingTool(program, remedy: Self.installation) }
        let result = try await tool.run(arguments, processorTime: 60)
        guard case .exited(0) = result.status else {
            throw Problem(.error, "\(program) failed while it made the font of the formulas", notes: [result.messages])
        }
    }
}

/// The characters that a page's formulas need.
package struct MathCharacters {
    package private(set) var characters: Set<Unicode.Scalar> = []

    package init(of page: String) {
        var rest = page[...]
        while let start = rest.range(ofBytes: "<math") {
            rest = rest[start.upperBound...]
            let formula = rest[..<(rest.range(ofBytes: "<math")?.lowerBound ?? rest.endIndex)]
            add(String(formula[..<(formula.range(ofBytes: "<annotation")?.lowerBound ?? formula.endIndex)]))
        }
    }

    private mutating func add(_ formula: String) {
        // What no character stands for: the sign of a root is drawn.
        if formula.contains("<msqrt") || formula.contains("<mroot") { characters.insert("√") }
        var isTag = true  // The first tag's name was cut off.
        let text = formula.unicodeScalars.filter { scalar in
            defer { if scalar == ">" { isTag = false } }
            if scalar == "<" { isTag = true }
            return !isTag
        }
        for scalar in HTML.unescaped(String(String.UnicodeScalarView(text))).unicodeScalars where scalar > " " {
            characters.insert(scalar)
            characters.formUnion(Self.alsoDrawn(scalar))
        }
    }

    /// What browsers draw in its place: a slanted letter for a name of one, the true minus, wide accents.
    private static func alsoDrawn(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        func slanted(_ first: Unicode.Scalar, _ start: UInt32) -> [Unicode.Scalar] {
            Unicode.Scalar(start + scalar.value - first.value).map { [$0] } ?? []
        }
        return switch scalar {
        case "h": ["ℎ"]
        case "A"..."Z": slanted("A", 0x1D434)
        case "a"..."z": slanted("a", 0x1D44E)
        case "Α"..."Ω": slanted("Α", 0x1D6E2)
        case "α"..."ω": slanted("α", 0x1D6FC)
        case "∂": ["\u{1D715}"]
        case "-": ["−"]
        case "^": ["ˆ", "\u{302}"]
        case "~": ["˜", "\u{303}"]
        case "ˉ": ["¯", "\u{304}"]
        default: []
        }
    }
}

extension HTML {
    /// Text in which `&lt;` and its like are the characters again.
    fileprivate static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
}
