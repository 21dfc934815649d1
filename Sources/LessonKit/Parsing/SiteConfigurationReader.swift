import Yams

extension SiteConfiguration {
    /// The file of the lessons' folder that it is read from.
    package static let fileName = "site.yml"

    /// Reads `site.yml`.
    ///
    /// - Throws: All that is wrong with it, in the order of the places.
    package static func parse(_ bytes: [UInt8], path: String) throws(Problems) -> SiteConfiguration {
        var problems: [Problem]
        do throws(Problem) {
            var reader = SiteConfigurationReader(try SourceText(bytes))
            reader.read()
            problems = reader.problems
            if problems.isEmpty { return reader.configuration }
        } catch {
            problems = [error]
        }
        for index in problems.indices { problems[index].file = path }
        throw Problems(problems.inOrder)
    }
}

/// Reads the keys of `site.yml`.
private struct SiteConfigurationReader {
    private(set) var configuration = SiteConfiguration()
    private var yaml: YAMLReader

    private enum Key: String, CaseIterable {
        case title, description, author, lang, url, image, repository, branch, folder
    }

    init(_ source: SourceText) {
        yaml = YAMLReader(source, lines: source.lines.indices, name: SiteConfiguration.fileName)
    }

    var problems: [Problem] { yaml.problems }

    mutating func read() {
        var branch = "main", folder: String?, ofRepository: [Node] = []
        for (key, value) in yaml.mapping(example: "title: The course's title") ?? [:] {
            guard let name = key.scalar?.string, let known = Key(rawValue: name) else {
                yaml.unknownKey(key, among: Key.allCases.map(\.rawValue))
                continue
            }
            switch known {
            case .title: configuration.title = yaml.text(value, for: name)
            case .description: configuration.description = yaml.text(value, for: name)
            case .author: configuration.author = yaml.text(value, for: name)
            case .lang: configuration.language = yaml.language(value, for: name) ?? configuration.language
            case .url: configuration.url = address(value, for: name, example: "https://example.org/course")
            case .image:
                configuration.image = yaml.text(value, for: name).map { Link($0, at: yaml.position(value), isImage: true) }
            case .repository:
                configuration.repository = address(value, for: name, example: "https://github.com/owner/course").map {
                    .init(address: $0, branch: branch)
                }
            case .branch:
                branch = yaml.text(value, for: name) ?? branch
                ofRepository.append(key)
            case .folder:
                folder = yaml.text(value, for: name)?.trimmingSlashes
                ofRepository.append(key)
            }
        }
        configuration.repository?.branch = branch
        configuration.repository?.folder = folder
        guard configuration.repository == nil, problems.isEmpty else { return }
        for key in ofRepository {
            yaml.fail(
                key, "\(key.scalar?.string ?? "") is of a repository, and there is none",
                hint: "add its address: repository: https://github.com/owner/course")
        }
    }

    /// A whole address of the web to which paths can be added.
    private mutating func address(_ node: Node, for key: String, example: String) -> String? {
        guard let text = yaml.text(node, for: key) else { return nil }
        guard let address = text.wholeMatch(of: #/(https?://[^/\s?#]+(?:/[^\s?#]*?)?)/*/#)?.1 else {
            yaml.fail(node, "\(text) is no address that paths can be added to", hint: "write it whole: \(key): \(example)")
            return nil
        }
        return String(address)
    }
}

extension String {
    fileprivate var trimmingSlashes: String { split(separator: "/").joined(separator: "/") }
}
