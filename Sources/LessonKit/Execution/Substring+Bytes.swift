import Foundation

/// Search by bytes: a program in LLVM's form is a megabyte, and characters take a hundred times as long to compare.
extension Substring {
    /// What stands between a word and the next such sign, or the end.
    func field(_ start: Substring, upTo end: Unicode.Scalar) -> Substring? {
        guard let start = range(ofBytes: start)?.upperBound else { return nil }
        return self[start..<(utf8[start...].firstIndex(of: UInt8(ascii: end)) ?? endIndex)]
    }

    /// The number behind a word.
    func number(_ start: Substring) -> Int? {
        range(ofBytes: start).flatMap { Int(self[$0.upperBound...].prefix { $0.isNumber }) }
    }

    func contains(bytes word: Substring) -> Bool {
        range(ofBytes: word) != nil
    }

    func range(ofBytes word: Substring) -> Range<Index>? {
        let start = utf8.withContiguousStorageIfAvailable { text in
            word.utf8.withContiguousStorageIfAvailable { word in Self.offset(of: word, in: text) }
        }
        guard let offset = start??.flatMap({ $0 }) else { return nil }
        let lower = utf8.index(startIndex, offsetBy: offset)
        return lower..<utf8.index(lower, offsetBy: word.utf8.count)
    }

    private static func offset(of word: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let first = word.first, text.count >= word.count else { return nil }
        return (0...text.count - word.count).first { start in
            text[start] == first && memcmp(text.baseAddress! + start, word.baseAddress!, word.count) == 0
        }
    }
}
