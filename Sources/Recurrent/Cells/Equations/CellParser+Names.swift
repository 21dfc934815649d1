/// What a name in an equation is: the input, a quantity at a step, a parameter; and whether its size fits.
extension CellParser {
    /// `c_{k,t}`, as it may be written.
    static func told(_ name: CellName, _ time: CellTime = .now) -> String { CellWriter.text.quantity(name, time) }
    func told(_ name: CellName, _ time: CellTime = .now) -> String { Self.told(name, time) }

    mutating func named(_ name: CellName, _ time: CellTime?, _ token: Token) throws(CellError) -> Part {
        guard let time else { return try vector(name, token) }
        if name == CellName("x") {
            guard time == .now else {
                throw CellError(
                    at: token.place, "x_{t-1} is not there any more: of the step before only quantities are remembered",
                    hint: "Remember it in an equation of its own, v_t = x_t, and read v_{t-1}"
                )
            }
            return Part(
                expression: .input, size: CellSizes.input, place: token.place, text: "x_t",
                settler: settler("x_t", token.place, CellSizes.input)
            )
        }
        let text = told(name, time)
        guard let definition = order[name] else {
            throw CellError(
                at: token.place, "\(text) is not known: no equation defines it",
                hint: "Quantities are \(lines.map { told($0.name) }.joined(separator: ", ")) and the input x_t; "
                    + "a parameter has no step, \(CellWriter.text.name(name))"
            )
        }
        if time == .before { states.insert(name) }
        if time == .now, definition >= current { throw early(name, definition, token.place) }
        let size = sizes.variable(of: name)
        return Part(
            expression: .quantity(name, time), size: size, place: token.place, text: text, settler: settler(text, token.place, size)
        )
    }

    mutating func vector(_ name: CellName, _ token: Token) throws(CellError) -> Part {
        if order[name] != nil || name == CellName("x") {
            throw CellError(
                at: token.place, "\(CellWriter.text.name(name)) has no step",
                hint: name == CellName("x") ? "Write x_t" : "Write \(told(name)) or \(told(name, .before))"
            )
        }
        let isKnown = places[name] != nil
        let size = try use(name, at: token.place, columns: nil)
        let text = CellWriter.text.name(name)
        return Part(
            expression: .vector(name), size: size, place: token.place, text: text,
            settler: isKnown ? settler(text, token.place, size) : nil
        )
    }

    /// A quantity that is read before it is there: because its equation comes later, or because each needs the other.
    func early(_ name: CellName, _ definition: Int, _ place: CellPlace) -> CellError {
        let reader = lines[current].name
        if definition == current {
            return CellError(
                at: place, "\(told(name)) needs itself at the same step, a cycle",
                hint: "Read the step before: \(told(name, .before))"
            )
        }
        if let path = path(from: definition, to: reader) {
            let names = [reader] + path.map { lines[$0].name } + [reader]
            let needs =
                path.count > 4
                ? "\(told(reader)) needs \(told(name)), which needs \(told(reader)) by way of \(path.count - 1) others"
                : zip(names, names.dropFirst()).map { "\(told($0)) needs \(told($1))" }.joined(separator: ", ")
            return CellError(
                at: place, needs + " at the same step: a cycle",
                hint: "Let one of them read another at the step before, \(told(name, .before))"
            )
        }
        return CellError(
            at: place, "\(told(name)) is used before its equation", hint: "Move the equation of \(told(name)) above this one")
    }

    /// The equations from one to one that reads `name`, each of which reads the next one's quantity at the same step; the shortest way.
    func path(from equation: Int, to name: CellName) -> [Int]? {
        var (found, seen) = ([(equation: equation, before: -1)], Set([equation]))
        var next = 0
        while next < found.count {
            for token in lines[found[next].equation].tokens {
                guard case .name(let other, .now) = token.kind else { continue }
                if other == name {
                    var (path, place) = ([Int](), next)
                    while place >= 0 {
                        path.insert(found[place].equation, at: 0)
                        place = found[place].before
                    }
                    return path
                }
                if let further = order[other], seen.insert(further).inserted { found.append((further, next)) }
            }
            next += 1
        }
        return nil
    }

    // MARK: Parameters and sizes

    /// Notes that a parameter stands here, and gives the size of its rows.
    mutating func use(_ name: CellName, at place: CellPlace, columns: CellSizes.Variable?) throws(CellError) -> CellSizes.Variable {
        guard let known = places[name] else {
            let rows = sizes.newVariable()
            places[name] = parameters.count
            parameters.append((name, rows, columns))
            return rows
        }
        guard shared.contains(name.text) else {
            throw CellError(
                at: place, "the parameter \(CellWriter.text.name(name)) stands in two places",
                hint: "Give each place a parameter of its own, or say that it is meant: shared: [\"\(name.text)\"]"
            )
        }
        return parameters[known].rows
    }

    func settler(_ text: String, _ place: CellPlace, _ size: CellSizes.Variable) -> Settler {
        Settler(text: text, place: place, size: size, isKnown: sizes.isKnown(size))
    }

    /// Two operands of a sum, product or quotient, which must have one size.
    mutating func joined(_ part: Part, with other: Part) throws(CellError) -> Part {
        if part.size != nil, other.size != nil { try fit(part, other) }
        var result = part
        result.size = part.size ?? other.size
        let isBetter = !(part.settler?.isKnown ?? false) && other.settler?.isKnown ?? false
        result.settler = isBetter ? other.settler : part.settler ?? other.settler
        result.height = max(part.height, other.height)
        return result
    }

    /// Makes two sizes one. Where one is the input's and one the output's, a matrix is missing: before what has the input's,
    /// unless that is the quantity `other` that `part` defines.
    mutating func fit(_ part: Part, _ other: Part, isDefinition: Bool = false) throws(CellError) {
        guard let size = part.size, let otherSize = other.size, !sizes.unify(size, otherSize) else { return }
        let isWide = sizes.areEqual(size, CellSizes.input)
        let (here, there) = isWide || isDefinition ? (part, other) : (other, part)
        let (first, second) = (
            here.settler ?? settler(here.text, here.place, size), there.settler ?? settler(there.text, there.place, size)
        )
        let sizes = ["d numbers, the input's size", "h numbers, the output's size"]
        let (own, wanted) = isWide || !isDefinition ? (sizes[0], sizes[1]) : (sizes[1], sizes[0])
        throw CellError(
            at: first.place, "\(first.text) has \(own), and \(second.text) has \(wanted): they do not fit together",
            hint: "Bring \(first.text) to \(wanted.first!) numbers with a matrix of its own, \(freshMatrix) \(first.text)"
        )
    }

    /// A capital that stands nowhere in the equations.
    var freshMatrix: String {
        let used = lines.flatMap { line in
            line.tokens.compactMap { token in if case .name(let name, _) = token.kind { name.text } else { nil } }
        }
        return ["W", "U", "V", "A", "B", "C", "D", "M", "R"].first { !used.contains($0) } ?? "W_{new}"
    }
}
