import Mustache

/// A Mustache template as it is written, and the places of its tags, by which mistakes in it are told.
struct TemplateSource {
    /// What others include it as: `head`.
    let name: String
    /// As the person named it.
    let path: String
    let text: String

    init(_ resource: Resource) throws {
        (path, text) = (resource.rawValue, try resource.text)
        name = String(path.dropLast(Self.suffix.count))
    }

    /// nil for a file of a theme that is none.
    init?(_ file: SiteFile, in folder: String) {
        guard file.path.hasSuffix(Self.suffix) else { return nil }
        name = String(file.path.dropLast(Self.suffix.count))
        path = "\(folder)/\(file.path)"
        text = String(decoding: file.contents, as: UTF8.self)
    }

    private static let suffix = ".mustache"

    struct Tag {
        /// `>` of what includes a template, `#`, `^`, `/` or `&`; empty for a value.
        var sign: Substring
        var name: String
        var position: SourcePosition
    }

    /// Comments, blocks and changed delimiters are left to Mustache.
    var tags: [Tag] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            line.matches(of: /\{\{\{?\s*([#^\/&>]?)\s*([\w.\/-]+)\s*\}?\}\}/).map { match in
                let column = line.distance(from: line.startIndex, to: match.range.lowerBound) + 1
                return Tag(sign: match.1, name: String(match.2), position: SourcePosition(line: index + 1, column: column))
            }
        }
    }

    /// Names of templates that it includes.
    var includes: [Tag] { tags.filter { $0.sign == ">" } }
    /// Names of what is put in their places.
    var values: [Tag] { tags.filter { $0.sign != ">" } }

    func problem(at position: SourcePosition?, _ message: String, notes: [String] = [], hint: String?) -> Problem {
        Problem(file: path, at: position, message, notes: notes, hint: hint)
    }

    /// - Throws: `Problem` where it is not Mustache.
    func parsed() throws -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: text)
        } catch let error as MustacheTemplate.ParserError {
            let place = SourcePosition(line: error.context.lineNumber, column: error.context.columnNumber)
            let (message, hint) = Self.explanation(of: error.error as? MustacheTemplate.Error)
            throw problem(at: place, message, hint: hint)
        }
    }

    private static func explanation(of error: MustacheTemplate.Error?) -> (message: String, hint: String?) {
        switch error {
        case .sectionCloseNameIncorrect:
            ("a section is closed here that is not the one open", "close them in turn: {{#a}}{{#b}}{{/b}}{{/a}}")
        case .expectedSectionEnd:
            ("a section is not closed by the end of the template", "put {{/name}} behind what {{#name}} begins")
        case .unfinishedName: ("a tag is not closed", "write it as {{name}}")
        case .invalidSetDelimiter: ("this changes no delimiters", "write it as {{=<% %>=}}")
        case let error?: ("is not Mustache: \(error)", nil)
        case nil: ("the template ends within a tag", "close it: {{name}}")
        }
    }
}
