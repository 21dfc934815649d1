/// The labels that a lesson defines and refers to, and what is wrong with them.
struct LabelRegister {
    private(set) var definitions: [Label] = []
    private(set) var references: [Label] = []

    mutating func define(_ label: Label) { definitions.append(label) }
    mutating func refer(to label: Label) { references.append(label) }

    /// Labels defined twice and references to none, once the whole lesson is read.
    var problems: [Problem] {
        var first = [String: Label]()
        var problems = [Problem]()
        for label in definitions.sorted(by: { $0.position < $1.position }) {
            if let earlier = first[label.name] {
                problems.append(
                    Problem(
                        at: label.position, "label \(label.name) is already taken",
                        notes: ["first used in line \(earlier.position.line)"],
                        hint: "give one of the two another name"))
            } else {
                first[label.name] = label
            }
        }
        let names = first.values.filter(\.kind.isNumbered).map(\.name).sorted()
        return problems + references.filter { first[$0.name] == nil || !$0.kind.isNumbered }.map { dangling($0, names: names) }
    }

    private func dangling(_ reference: Label, names: [String]) -> Problem {
        guard reference.kind.isNumbered else {
            return Problem(
                at: reference.position, "@\(reference.name) refers to a cell without a number",
                hint: "give the cell a label that begins with fig- or tbl-, or link to it: [the cell](#\(reference.name))")
        }
        let ofItsKind = names.filter { $0.hasPrefix(reference.kind.rawValue + "-") }
        let hint =
            if let nearest = nearestName(to: reference.name, among: names) {
                "did you mean @\(nearest)?"
            } else if ofItsKind.isEmpty {
                "nothing in this lesson has a label that begins with \(reference.kind.rawValue)-"
            } else {
                "this lesson has " + ofItsKind.joined(separator: ", ")
            }
        return Problem(
            at: reference.position, "@\(reference.name) refers to a label that this lesson does not have", hint: hint)
    }
}
