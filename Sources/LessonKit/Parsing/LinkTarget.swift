import Foundation

/// What the address of a link or image speaks of.
package enum LinkTarget: Hashable, Sendable {
    /// Another site: not Unroll's to check.
    case external
    /// A program in place of an address, such as `javascript:`.
    case program(scheme: String)
    case nowhere
    /// From the root of a host that the site does not know.
    case root
    /// A file beside the lessons by its path from there, empty for the page itself, and a place in it.
    case local(path: String, fragment: String?)

    private static let programs = ["javascript", "vbscript", "data"]

    package init(_ address: String, isImage: Bool = false) {
        let address = address.asBrowsersRead
        if address.isEmpty {
            self = .nowhere
        } else if let scheme = address.scheme {
            let isPicture = isImage && address.lowercased().hasPrefix("data:image/")
            self = Self.programs.contains(scheme) && !isPicture ? .program(scheme: scheme) : .external
        } else if address.hasPrefix("//") {
            self = .external
        } else if address.hasPrefix("/") {
            self = .root
        } else {
            let parts = address.pathAndRest
            let fragment = parts.rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first
            self = .local(
                path: parts.path.percentDecoded, fragment: fragment.map { String($0).withoutTextDirective.percentDecoded })
        }
    }

    /// A link to another lesson's file, which works where the Markdown is read, leads to its page here; one that a translation
    /// has begins at the site's folder.
    static func pageAddress(_ address: String, from edition: String? = nil) -> String {
        guard case .local(let path, _) = LinkTarget(address), !path.isEmpty, let file = Self.file(at: path, from: edition) else {
            return address
        }
        let rest = address.asBrowsersRead.pathAndRest.rest
        if file.lowercased().hasSuffix(".md"), file.count(where: { $0 == "/" }) <= 1 {
            return LessonName(file: file).slug.percentEncoded + ".html" + rest
        }
        return edition == nil ? address : file.percentEncoded + rest
    }

    /// The path below the lessons' folder without `.` and `..`; nil where it leads out of there.
    ///
    /// - Parameter edition: The folder of the translation that names it.
    package static func file(at path: String, from edition: String? = nil) -> String? {
        var steps: [Substring] = edition.map { [$0[...]] } ?? []
        for step in path.split(separator: "/") where step != "." {
            guard step == ".." else {
                steps.append(step)
                continue
            }
            guard steps.popLast() != nil else { return nil }
        }
        return steps.joined(separator: "/")
    }
}

extension String {
    /// Without the line breaks and tabs, and the white space around, that a browser drops from an address.
    fileprivate var asBrowsersRead: String {
        let scalars = unicodeScalars.filter { !["\t", "\n", "\r"].contains($0) }
        let text = scalars.drop { $0.value <= 0x20 }
        return String(String.UnicodeScalarView(text.reversed().drop { $0.value <= 0x20 }.reversed()))
    }

    /// `https` of `HTTPS://host`.
    fileprivate var scheme: String? {
        guard let colon = utf8.firstIndex(of: .colon), utf8.first?.isASCIILetter == true else { return nil }
        let scheme = utf8[..<colon]
        let isScheme = scheme.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || [0x2B, 0x2D, 0x2E].contains($0) }
        return isScheme ? String(self[..<colon]).lowercased() : nil
    }

    /// What is before its query and fragment, and these.
    fileprivate var pathAndRest: (path: String, rest: String) {
        let end = unicodeScalars.firstIndex { $0 == "?" || $0 == "#" } ?? endIndex
        return (String(self[..<end]), String(self[end...]))
    }

    /// What a percent sign that begins no byte stands for is left as it is.
    fileprivate var percentDecoded: String { removingPercentEncoding ?? self }

    package var percentEncoded: String { addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? self }

    /// `a:~:text=word` names a place by its words, which only the reader's browser looks for.
    fileprivate var withoutTextDirective: String { firstRange(of: ":~:").map { String(self[..<$0.lowerBound]) } ?? self }
}
