/// How wide an image is to be: `{width=50%}` of the text's width, `{width=300px}`.
package struct ImageWidth: Hashable, Sendable {
    /// As a style sheet has it: `50%`, `300px`.
    package let css: String

    /// nil for what is no width; a number by itself counts pixels.
    package init?(_ text: String) {
        guard let match = text.wholeMatch(of: /([0-9]+(?:\.[0-9]+)?)(%|px)?/), let number = Double(match.1), number > 0
        else { return nil }
        let unit = match.2 ?? "px"
        guard unit == "px" || number <= 100 else { return nil }
        css = String(match.1 + unit)
    }
}

extension LessonBuilder {
    /// What attributes say of an image; its label is told by a piece of its own.
    mutating func width(_ attributes: WrittenAttributes) -> ImageWidth? {
        var width: ImageWidth?
        if attributes.parts.isEmpty {
            problems.append(
                Problem(at: attributes.position, "there is nothing in these braces", hint: "write {#fig-name width=50%}"))
        }
        for part in attributes.parts {
            switch part {
            case .id: break
            case .pair(let key, let value) where key.name == "width":
                width = ImageWidth(value.name)
                guard width == nil else { continue }
                problems.append(
                    Problem(
                        at: value.position, "\(value.name) is no width",
                        hint: "write a part of the text's width, up to 100%, or pixels: width=50%, width=300px"))
            case .pair(let word, _), .other(let word):
                let isWidth = nearestName(to: word.name, among: ["width"]) != nil
                problems.append(
                    Problem(
                        at: word.position, "an image has no attribute \(word.name)",
                        notes: ["an image has a label and a width: {#fig-name width=50%}"],
                        hint: isWidth ? "did you mean width?" : nil))
            }
        }
        return width
    }
}

extension WrittenAttributes {
    var ids: [Masks.Written] { parts.compactMap { if case .id(let id) = $0 { id } else { nil } } }
}
