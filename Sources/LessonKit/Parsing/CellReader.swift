import Yams

/// Parts a cell's `//| key: value` lines from its code.
struct CellReader {
    private(set) var options = CellOptions()
    /// The caption as written; it is read with the document.
    private(set) var caption: Passage?
    private(set) var code: [CodeLine] = []
    private(set) var problems: [Problem] = []
    private let lines: [CodeBlock.Line]
    private var seen: [Option: SourcePosition] = [:]

    fileprivate enum Option: String, CaseIterable {
        case label, caption, echo, fold, output, error
    }

    fileprivate static let mark = "//|"

    init(_ block: CodeBlock) {
        lines = block.lines
    }

    mutating func read() {
        let isCode = { (line: CodeBlock.Line) in
            !line.text.allSatisfy(\.isWhitespace) && !line.isOption && line.misspeltOption == nil
        }
        let firstCode = lines.firstIndex(where: isCode) ?? lines.count
        let head = lines[..<firstCode].lastIndex { !$0.text.allSatisfy(\.isWhitespace) }.map { $0 + 1 } ?? 0
        for line in lines[..<head] where !line.text.allSatisfy(\.isWhitespace) {
            if let setting = line.misspeltOption {
                fail(at: line.passage.trimmed, "an option line begins with \(Self.mark)", hint: Self.form(of: setting))
            } else {
                readOption(line.passage)
            }
        }
        for line in lines[head...] {
            code.append(CodeLine(text: line.text, position: line.position))
            if line.isOption || line.misspeltOption != nil { lateOption(line, code: lines[firstCode]) }
        }
    }

    private mutating func lateOption(_ line: CodeBlock.Line, code: CodeBlock.Line) {
        let setting = line.misspeltOption ?? String(line.text.drop(while: \.isWhitespace).dropFirst(Self.mark.count))
        fail(
            at: line.passage.trimmed, "an option line after the cell's code",
            hint: (Self.form(of: setting) ?? "move it") + " above the first line of code, line \(code.position.line)"
                + "; a comment begins with // and no |")
    }

    /// How the option is written that a text such as `Echo = false` means.
    private static func form(of setting: String) -> String? {
        guard let parts = setting.wholeMatch(of: /\s*(?<key>\w+)\s*[:=]?\s*(?<value>.*?)\s*/), !parts.value.isEmpty,
            let option = nearestName(to: String(parts.key), among: Option.allCases.map(\.rawValue))
        else { return nil }
        return "write \(mark) \(option): \(parts.value)"
    }

    /// Reads `//| key: value`.
    private mutating func readOption(_ line: Passage) {
        let setting = line.trimmed.droppingFirst(Self.mark.utf8.count)
        guard !setting.bytes.isEmpty else { return }
        guard let colon = setting.bytes.firstIndex(of: .colon), colon > 0 else {
            let text = setting.text(0..<setting.bytes.count)
            return fail(
                at: setting, "an option line reads //| key: value", hint: Self.form(of: text) ?? "put a colon after the key")
        }
        let key = setting.passage(0..<colon).trimmed
        let value = setting.passage((colon + 1)..<setting.bytes.count).trimmed
        let name = key.text(0..<key.bytes.count)
        guard let option = Option(rawValue: name) else { return unknown(name, at: key) }
        if let first = seen[option] {
            return fail(at: key, "option \(name) is given twice", hint: "line \(first.line) gives it already: keep one")
        }
        seen[option] = key.position(at: 0)
        guard !value.bytes.isEmpty else { return fail(at: key, "option \(name) has no value") }
        let isQuoted = value.isQuoted
        guard let value = unquoted(value) else { return }
        if option == .error, isQuoted { setErrorMessage(value) } else { set(option, to: value) }
    }

    private mutating func unknown(_ name: String, at key: Passage) {
        let names = Option.allCases.map(\.rawValue)
        fail(
            at: key, "unknown option \(name)",
            notes: ["a cell's options are " + names.joined(separator: ", ")],
            hint: nearestName(to: name, among: names).map { "did you mean \($0)?" })
    }

    private mutating func set(_ option: Option, to value: Passage) {
        switch option {
        case .label: setLabel(value)
        case .caption: caption = value
        case .echo: set(\.echo, option, to: value)
        case .fold: set(\.fold, option, to: value)
        case .output: set(\.output, option, to: value)
        case .error: set(\.error, option, to: value)
        }
    }

    private mutating func set(_ property: WritableKeyPath<CellOptions, Bool>, _ option: Option, to value: Passage) {
        let text = value.text(0..<value.bytes.count)
        guard let flag = Bool(text) else {
            return fail(
                at: value, "\(option.rawValue) is true or false, not \(text)",
                hint: option == .error ? "put a part of the message in quotation marks: error: \"\(text)\"" : nil)
        }
        options[keyPath: property] = flag
    }

    private mutating func setErrorMessage(_ value: Passage) {
        let text = value.text(0..<value.bytes.count)
        guard !text.allSatisfy(\.isWhitespace) else {
            return fail(at: value, "the message is empty", hint: "write a part of it, or error: true for any")
        }
        options.error = true
        options.errorMessage = .init(text: text, position: value.position(at: 0))
    }

    private mutating func setLabel(_ value: Passage) {
        let name = value.text(0..<value.bytes.count)
        guard let kind = Label.Kind(prefixOf: name), kind != .section else {
            return fail(
                at: value, "\(name) cannot be the label of a cell",
                hint: "begin it with fig-, tbl-, eq- or, for no number, cell-, and go on with letters, digits, - and _: fig-gates")
        }
        options.label = Label(kind: kind, name: name, position: value.position(at: 0))
    }

    /// The value without its quotation marks; nil, with a problem told, when they are not in order.
    private mutating func unquoted(_ value: Passage) -> Passage? {
        guard value.isQuoted else { return value }
        let text = value.text(0..<value.bytes.count)
        guard let content = try? Yams.compose(yaml: text)?.scalar?.string else {
            fail(
                at: value, "the quotation marks of this value are not in order",
                hint: "close it with the mark that opens it")
            return nil
        }
        let inner = value.bytes.dropFirst().dropLast()
        if inner.elementsEqual(content.utf8) { return value.passage(1..<(value.bytes.count - 1)) }
        return Passage(text: content, at: value.position(at: 0))
    }

    private mutating func fail(at passage: Passage, _ message: String, notes: [String] = [], hint: String? = nil) {
        problems.append(Problem(at: passage.position(at: 0), message, notes: notes, hint: hint))
    }
}

extension Passage {
    fileprivate var isQuoted: Bool { [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes.first) }
}

extension CodeBlock.Line {
    fileprivate var isOption: Bool { text.drop(while: \.isWhitespace).hasPrefix(CellReader.mark) }

    /// What follows the mark of a line that is meant as an option and begins otherwise: `#| echo: false`, `// | echo: false`.
    fileprivate var misspeltOption: String? {
        // Of all lines of code few have a bar, and a regular expression takes long.
        guard text.contains("|"), !isOption,
            let match = text.wholeMatch(of: /\s*(?:[#%]+|\/\/+)\s*\|(?<setting>\s*(?<key>\w+)\s*[:=].*)/),
            nearestName(to: String(match.key), among: CellReader.Option.allCases.map(\.rawValue)) != nil
        else { return nil }
        return String(match.setting)
    }
}

extension Passage {
    /// Without its first bytes and the white space after them.
    fileprivate func droppingFirst(_ count: Int) -> Passage {
        passage(min(count, bytes.count)..<bytes.count).trimmed
    }
}
