import Foundation

/// How a symbol is called elsewhere: PyTorch's spellings, which the library declares as unavailable so that the compiler can tell
/// the right one. A symbol graph leaves out what is unavailable, so they are read from the sources.
package struct OtherSpelling: Hashable, Sendable {
    /// `Tensor`, `torch`; nil for a function by itself.
    package var owner: String?
    package var name: String
    /// Of its arguments; `_` for none.
    var labels: [String]
    /// What it is here, as `renamed:` has it: `sum(axis:keepingAxis:)`.
    package var renamed: String?
    /// What else is said of it.
    package var message: String?

    /// As a reader of PyTorch's programs knows it, with those of its arguments' names that are others here:
    /// `torch.cat`, `Tensor.sum(dim=, keepdim=)`; nil for what is no spelling of PyTorch's.
    package var text: String? {
        let (here, known) = (renamed?.prefix { $0 != "(" }.description, Set(renamed?.labels ?? []))
        let isCalledAlike = name == here
        let others = labels.filter { $0 != "_" && !known.contains($0) && !$0.isCamelCase }
        guard !name.isCamelCase, name.first?.isLetter == true, !isCalledAlike || !others.isEmpty || owner == "torch" else {
            return nil
        }
        let arguments = isCalledAlike && !others.isEmpty ? "(" + others.map { $0 + "=" }.joined(separator: ", ") + ")" : ""
        let called = name == "init" ? nil : name
        return [owner, called].compactMap(\.self).joined(separator: ".") + arguments
    }

    /// Those that a file of Swift declares.
    package static func all(in source: String) -> [OtherSpelling] {
        var (owner, found, waiting): (String?, [OtherSpelling], String?) = (nil, [], nil)
        for statement in source.statements {
            if statement.hasPrefix("extension ") || statement.contains(" enum ") {
                owner = statement.prefix { $0 != "{" }.split(separator: " ").last.map(String.init)
            } else if statement == "}" {
                owner = nil
            } else if statement.hasPrefix("@available("), statement.contains("unavailable") {
                waiting = statement
            } else if let attribute = waiting {
                waiting = nil
                if let spelling = OtherSpelling(statement, attribute: attribute, owner: owner) { found.append(spelling) }
            }
        }
        return found
    }

    private init?(_ declaration: String, attribute: String, owner: String?) {
        let pattern = /(?:func|var|typealias) `?(?<name>\w+)`?|(?<initialiser>\binit)(?=\()/
        guard let match = declaration.firstMatch(of: pattern) else { return nil }
        self.owner = owner
        name = String(match.name ?? match.initialiser ?? "")
        labels = declaration[match.range.upperBound...].first == "(" ? declaration[match.range.upperBound...].parameterLabels : []
        renamed = (attribute.firstMatch(of: /renamed:\s*"(.+?)"/)?.1).map(String.init)
        message = (attribute.firstMatch(of: /message:\s*"(.+?)"/)?.1).map(String.init)
    }
}

extension String {
    /// Written with capitals inside, which PyTorch's functions and arguments are not.
    fileprivate var isCamelCase: Bool { first?.isLowercase == true && dropFirst().contains(where: \.isUppercase) }

    /// `["axis", "keepingAxis"]` of `sum(axis:keepingAxis:)`
    fileprivate var labels: [String] {
        guard let start = firstIndex(of: "(") else { return [] }
        return self[index(after: start)...].split(separator: ":").map(String.init).filter { $0 != ")" }
    }

    /// The lines of a file, those within parentheses put together.
    fileprivate var statements: [String] {
        var (statements, open, depth): ([String], [String], Int) = ([], [], 0)
        for line in split(separator: "\n") where !line.trimmingPrefix(" ").hasPrefix("//") {
            open.append(line.trimmingCharacters(in: .whitespaces))
            depth += line.count { $0 == "(" } - line.count { $0 == ")" }
            guard depth <= 0 else { continue }
            // What stands in a body closes nothing.
            statements.append(line.hasPrefix("    }") ? "" : open.joined(separator: " "))
            (open, depth) = ([], 0)
        }
        return statements
    }
}

extension Substring {
    /// The labels of a parameter list that begins here.
    fileprivate var parameterLabels: [String] {
        var (labels, depth, isStart): ([String], Int, Bool) = ([], 0, false)
        for index in indices {
            switch self[index] {
            case "(", "[":
                depth += 1
                isStart = depth == 1
            case ")", "]":
                depth -= 1
                if depth == 0 { return labels }
            case "," where depth == 1: isStart = true
            case " ": break
            default:
                if isStart { labels.append(String(self[index...].prefix { $0 == "_" || $0.isLetter || $0.isNumber })) }
                isStart = false
            }
        }
        return labels
    }
}
