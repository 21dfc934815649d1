import Foundation

/// Whether a text is a BCP 47 tag, such as `en` or `zh-Hans`.
enum LanguageTag {
    /// What is wrong with the tag; nil where it is one.
    static func fault(in tag: String) -> (message: String, hint: String)? {
        guard tag.wholeMatch(of: wellFormed) != nil else {
            return ("\(tag) is no language tag", "write one such as en, de or zh-Hans")
        }
        let parts = tag.split(separator: "-").map(String.init)
        guard parts[0].lowercased() != "x" else { return nil }
        // ISO 639 has too many languages of three letters for Foundation to know them all.
        if parts[0].count == 2, !Locale.LanguageCode(parts[0].lowercased()).isISOLanguage {
            let isRegion = Locale.Region(parts[0].uppercased()).isISORegion
            return (
                "there is no language \(parts[0])",
                isRegion ? "that is a region; write its language, such as zh for Chinese" : "write one such as en, de or zh-Hans"
            )
        }
        let subtags = parts.dropFirst().prefix { $0.count > 1 }
        if let script = subtags.first(where: { $0.count == 4 && $0.first?.isLetter == true }),
            !Locale.Script(script.capitalized).isISOScript
        {
            return ("there is no script \(script)", "write one such as Hans, Hant or Latn")
        }
        if let region = subtags.first(where: { $0.count == 2 }), !Locale.Region(region.uppercased()).isISORegion {
            return ("there is no region \(region)", "write one such as CN, GB or US")
        }
        return nil
    }

    /// Whether a folder that is called so is one of lessons in that language.
    static func isOfEdition(_ folder: String) -> Bool {
        let language = folder.lowercased().split(separator: "-").first.map(String.init) ?? ""
        return fault(in: folder) == nil && language.count <= 3 && Locale.LanguageCode(language).isISOLanguage
    }

    /// What those call a language who speak it; the tag itself where that is not known.
    static func name(of tag: String) -> String {
        Locale(identifier: tag).localizedString(forIdentifier: tag).map { $0.prefix(1).uppercased() + $0.dropFirst() } ?? tag
    }

    /// RFC 5646: language, script, region, variants, extensions, private use.
    private static var wellFormed: Regex<Substring> {
        #/
        (?: [a-z]{2,3} (?: -[a-z]{3} ){0,3} | [a-z]{4,8} )
        (?: -[a-z]{4} )? (?: -(?: [a-z]{2} | [0-9]{3} ) )? (?: -(?: [a-z0-9]{5,8} | [0-9][a-z0-9]{3} ) )*
        (?: -[0-9a-wy-z] (?: -[a-z0-9]{2,8} )+ )* (?: -x (?: -[a-z0-9]{1,8} )+ )?
        | x (?: -[a-z0-9]{1,8} )+
        /#.ignoresCase()
    }
}
