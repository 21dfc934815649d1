import Exhibits
import Recurrent

/// What a table of columns says at once: how its most uneven column runs down the rows, or where it is greatest and least.
extension WayIn {
    init(_ table: TableExhibit, _ words: WayInVocabulary) {
        let named = table.columns.map { $0.name.quotedAsName }
        guard table.rowCount > 0 else { parts = [words.noRows]; return }
        guard table.rowCount > 1, let told = table.mostUneven else {
            parts = [table.shares(words) ?? words.rowsTell(table.rowCount, named)]
            return
        }
        let column = table.columns[told], name = named[told]
        let rows = (0..<table.rowCount).filter { column.numbers?[$0].isFinite ?? false }
        defer { leaveOut(rows.count < table.rowCount, words.leavesOutNonfinite) }
        let numbers = rows.map { column.numbers?[$0] ?? 0 }
        let cells = column.texts, texts = rows.map { cells[$0] }
        guard let least = numbers.min(), let greatest = numbers.max(), Set(texts).count > 1 else {
            parts = [words.inEveryRow(name, texts[0])]
            return
        }
        let steps = Array(zip(numbers, numbers.dropFirst()))
        if numbers.count >= table.fewestToRun, steps.allSatisfy({ $0 >= $1 }) {
            parts = [words.fallsDownwards(name, texts[0], texts[rows.count - 1])]
        } else if numbers.count >= table.fewestToRun, steps.allSatisfy({ $0 <= $1 }) {
            parts = [words.risesDownwards(name, texts[0], texts[rows.count - 1])]
        } else {
            func end(_ value: Double) -> (text: String, place: String) {
                let text = texts[numbers.firstIndex(of: value) ?? 0]
                return (text, table.place(of: rows.indices.filter { texts[$0] == text }.map { rows[$0] }, words))
            }
            let (high, low) = (end(greatest), end(least))
            parts = [words.greatestWhere(name, high.text, high.place), words.leastWhere(low.text, low.place)]
        }
    }
}

extension TableExhibit {
    /// Rows that a sentence may speak of, lest they be left out of a long table.
    var toldRows: [Int] {
        mostUneven.flatMap { columns[$0].numbers }?.placesOfExtremes ?? []
    }

    /// The column of numbers whose rows differ most for their size: none that merely names or counts the rows,
    /// but where it stands alone.
    fileprivate var mostUneven: Int? {
        let numeric = columns.indices.filter { columns[$0].numbers?.contains { $0.isFinite } ?? false }
        let telling = numeric.filter { !($0 == 0 && rowNames != nil) && !columns[$0].counts }
        let candidates = telling.isEmpty && columns.count == 1 ? numeric : telling
        return candidates.max { contrast($0) < contrast($1) || contrast($0) == contrast($1) && $0 > $1 }
    }

    /// How far apart a column's numbers are, against the size of the largest.
    private func contrast(_ column: Int) -> Double {
        let numbers = (columns[column].numbers ?? []).filter { $0.isFinite }
        let size = numbers.map { $0.magnitude }.max() ?? 0
        return size > 0 ? (numbers.max() ?? 0) / size - (numbers.min() ?? 0) / size : 0
    }

    /// How many rows make a course; a few with names of their own are in no order.
    fileprivate var fewestToRun: Int { columns[0].words == nil ? 3 : 6 }

    /// The first column where it tells the rows apart and there are others.
    private var rowNames: Column? {
        guard columns.count > 1, rowCount > 0 else { return nil }
        return Set(columns[0].texts).count == rowCount ? columns[0] : nil
    }

    /// Of several rows how many they are.
    fileprivate func place(of rows: [Int], _ words: WayInVocabulary) -> String {
        if rows.count > 1 { return words.inRows(rows.count, rowCount) }
        guard let names = rowNames, !names.name.isEmpty, case let name = names.texts[rows[0]], !name.isEmpty else {
            return words.inRow(rows[0] + 1)
        }
        return words.whereColumnIs(names.name.quotedAsName, names.words == nil ? name : "“\(name)”")
    }

    /// Of a column that has one of two words in each row: in how many rows it has which.
    fileprivate func shares(_ words: WayInVocabulary) -> String? {
        guard rowCount > 2 else { return nil }
        for column in columns {
            guard let first = column.words?.first, let other = column.words?.first(where: { $0 != first }) else { continue }
            let count = column.words?.count { $0 == first } ?? 0
            guard column.words?.allSatisfy({ $0 == first || $0 == other }) ?? false, !first.isEmpty, !other.isEmpty else {
                continue
            }
            let (often, seldom) = count * 2 < rowCount ? (other, first) : (first, other)
            return words.wordInRows(column.name.quotedAsName, "“\(often)”", max(count, rowCount - count), rowCount, "“\(seldom)”")
        }
        return nil
    }
}

extension TableExhibit.Column {
    /// Whether its numbers are a count, up or down by one.
    fileprivate var counts: Bool {
        guard let numbers, numbers.count > 1 else { return false }
        let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
        return steps.allSatisfy { $0 == 1 } || steps.allSatisfy { $0 == -1 }
    }

    /// Its cells as a sentence tells them.
    fileprivate var texts: [String] {
        guard let numbers else { return words ?? [] }
        let isWhole = isWhole
        return numbers.map { (isWhole ? $0.asWhole : NumberFormat.brief.format($0)).plainText }
    }

    /// Whether it has nothing but whole numbers, which are written with all their digits.
    var isWhole: Bool { numbers?.allSatisfy { $0.isWhole } ?? false }
}

extension Double {
    /// Beyond this size not every whole number is a Double.
    fileprivate var isWhole: Bool { magnitude < 1 / .ulpOfOne && rounded(.towardZero) == self }

    var asWhole: FormattedNumber { FormattedNumber(value: self, text: DecimalNumber(shortest: self).written, power: nil) }
}
