import Drawing

/// Exhibits drawn for the tests.
enum Drawn {
    static func markup(_ exhibit: some Drawable, words: ExhibitVocabulary = .english) -> String {
        exhibit.html(ExhibitStyle(words: words, typesetting: Typesetting(mathML: [:]))).markup
    }
}
