/// What `unroll verify` found: what a person has to mend, and which published values moved.
package struct Findings: Sendable {
    package var problems: [Problem] = []
    /// In the order of the lessons; those of a cell together, the largest first.
    package var differences: [Difference] = []

    /// How many of a cell's differences are told at once.
    static let told = 10

    /// The command that writes the site as the lessons make it.
    package var mend = "unroll build"

    package init(problems: [Problem] = [], differences: [Difference] = []) {
        self.problems = problems
        self.differences = differences
    }

    package var hasFailed: Bool { !differences.isEmpty || problems.contains { $0.severity == .error } }

    /// Each cell's differences.
    var cells: [ArraySlice<Difference>] {
        differences.indices.reduce(into: []) { cells, index in
            if let cell = cells.last, let first = cell.first, differences[index].isOfTheSameCell(as: first) {
                cells[cells.count - 1] = differences[cell.startIndex...index]
            } else {
                cells.append(differences[index...index])
            }
        }
    }
}

extension Difference {
    fileprivate func isOfTheSameCell(as other: Difference) -> Bool { (file, label) == (other.file, other.label) }
}
