import Drawing
import Exhibits

extension Recording {
    /// What the page of each has.
    ///
    /// - Parameter lessons: One and its translations, in the order in which they were joined.
    func parts(of lessons: [Lesson]) -> [Recording] {
        var first = 0
        return lessons.map { lesson in
            defer { first += lesson.values.count }
            return part(of: lesson, valuesFrom: first)
        }
    }

    /// What the page of a lesson, or of a translation of it, has of what both did as one program.
    ///
    /// - Parameter first: The first of its values among all of them.
    package func part(of lesson: Lesson, valuesFrom first: Int) -> Recording {
        var part = self
        part.values = Array(values.dropFirst(first).prefix(lesson.values.count))
        guard let translation = lesson.translation else { return part }
        part.cells = translation.embeds.map { embed in
            let words = Dictionary(embed.texts.map { ($0.original, $0.translated) }) { first, _ in first }
            return CellRecording(
                outputs: cells[embed.index].outputs.map { output in
                    guard case .exhibit(let exhibit) = output else { return output }
                    return .exhibit(exhibit.reworded { words[$0] ?? $0 })
                })
        }
        return part
    }
}

extension Lesson {
    /// What is wrong with how a translation says what its cells say.
    ///
    /// - Parameter recording: What the original's cells did, in its words.
    package func problemsOfTexts(_ recording: Recording) -> [Problem] {
        guard let translation else { return [] }
        return zip(translation.embeds, cells).flatMap { embed, cell in
            let exhibits = recording.cells[embed.index].exhibits
            let said = exhibits.flatMap(\.words), known = Set(embed.texts.map(\.original))
            let unsaid = embed.texts.filter { !said.contains($0.original) }.map { text in
                Problem(
                    file: path, at: text.position, "the cell does not say “\(text.original)”",
                    hint: nearestName(to: text.original, among: said).map { "it says “\($0)”" } ?? "remove the line")
            }
            let claims = cell.options.output ? exhibits.compactMap { $0.content(as: ClaimExhibit.self)?.text } : []
            let untranslated = claims.filter { !known.contains($0) && $0.hasWords }.map { claim in
                Problem(
                    .warning, file: path, at: embed.position, "the claim “\(claim)” is not translated",
                    hint: "write below this line a block ```{texts} with a line \"\(claim)\": \"…\"")
            }
            return unsaid + untranslated
        }
    }
}

extension String {
    /// Whether it is more than a formula.
    fileprivate var hasWords: Bool { contains(/[\p{Lu}\p{Ll}\p{Lo}]{2}/) }
}

extension Exhibit {
    /// Those that the lesson's author wrote.
    fileprivate var words: [String] {
        var words: [String] = []
        _ = reworded { word in
            words.append(word)
            return word
        }
        return words.filter { !$0.isEmpty }
    }
}
