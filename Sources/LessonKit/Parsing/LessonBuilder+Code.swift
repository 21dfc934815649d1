/// Reading code blocks: cells that run, and code that is only shown.
extension LessonBuilder {
    /// - Returns: nil for what is no part of the page by itself.
    mutating func code(_ node: MarkdownNode, info: String, text: String) -> Block? {
        let block = CodeBlock(node, info: info, text: text, in: document.source)
        if block.fence != nil, !block.isClosed(in: document.source, otherBlocks: document.codeBlockStarts) {
            let what = info.hasPrefix("{swift") ? "cell" : "code block"
            problems.append(
                Problem(
                    at: block.position, "the \(what) opened here is not closed",
                    hint: "close it with a line \(block.fence ?? "")"))
        }
        guard info.hasPrefix("{") else {
            let language = info.split(separator: " ").first.map(String.init)
            return .code(language: language, text: block.text)
        }
        if info == "{texts}" {
            texts(block)
            return nil
        }
        if info != "{swift}" { problems.append(notACell(info, at: block.position)) }
        if let translates {
            problems.append(
                Problem(
                    at: block.position, "a translation has no cells of its own",
                    hint: "embed that of the original: {{< embed \(translates)#LABEL >}}"))
        }
        return .cell(cell(block))
    }

    private func notACell(_ info: String, at position: SourcePosition) -> Problem {
        let name = info.dropFirst().prefix { $0.isLetter || $0.isNumber }
        if name == "swift" {
            return Problem(
                at: position, "a cell opens with {swift} and nothing else, not with \(info)",
                hint: "put options at the head of the cell, each in a line such as //| echo: false")
        }
        let isMeant = nearestName(to: String(name), among: ["swift"]) != nil
        return Problem(
            at: position, "unknown kind of cell \(info)",
            hint: isMeant
                ? "did you mean {swift}?" : "cells are {swift}; code that is only shown opens with ```\(name)")
    }

    private mutating func cell(_ block: CodeBlock) -> Int {
        if let opening = block.lines.first(where: { block.isOpenedAgain(by: $0.text) }) {
            problems.append(
                Problem(
                    at: block.position, "the cell opened here is not closed before the next one",
                    notes: ["line \(opening.position.line) opens a cell"],
                    hint: "close it with a line \(block.fence ?? ""), or open it with more backticks to have that line in its code")
            )
        }
        var reader = CellReader(block)
        reader.read()
        problems += reader.problems
        var options = reader.options
        if let label = options.label { labels.define(label) }
        let index = cells.count
        cells.append(Cell(index: index, position: block.position, options: options, lines: reader.code))
        snippets.append(.cell(index))
        // A value in the caption runs after the cell, so that it can tell what the cell computed.
        options.caption = reader.caption.map { inlines(pieces(of: $0), in: "a caption") }
        cells[index].options = options
        return index
    }
}
