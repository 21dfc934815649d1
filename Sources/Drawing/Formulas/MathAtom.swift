/// What TeX takes a part of a formula for when it decides on the room before and behind it (TeXbook, chapter 18).
enum MathAtom: Int, Hashable, Sendable {
    case ordinary, largeOperator, binary, relation, opening, closing, punctuation, inner

    /// The room between two neighbours, in eighteenths of an em.
    ///
    /// - Parameter isScript: In scripts, and in the fractions of a line of text, TeX leaves only the room at operators such as `log`.
    static func room(between left: MathAtom, _ right: MathAtom, isScript: Bool) -> Int {
        let room = table[left.rawValue][right.rawValue]
        return room < 0 ? (isScript ? 0 : -room) : room
    }

    /// A row for what stands left; negative where there is none in scripts.
    private static let table = [
        [0, 3, -4, -5, 0, 0, 0, -3],
        [3, 3, 0, -5, 0, 0, 0, -3],
        [-4, -4, 0, 0, -4, 0, 0, -4],
        [-5, -5, 0, 0, -5, 0, 0, -5],
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 3, -4, -5, 0, 0, 0, -3],
        [-3, -3, 0, -3, -3, -3, -3, -3],
        [-3, 3, -4, -5, -3, 0, -3, -3],
    ]

    /// A sign between two sides is one only where it has both: `a - b`, but not `= -b` or `(-b)`.
    static func isBinary(after left: MathAtom?) -> Bool {
        switch left {
        case nil, .binary, .largeOperator, .relation, .opening, .punctuation: false
        case .ordinary, .closing, .inner: true
        }
    }

    static func isBinary(before right: MathAtom?) -> Bool {
        switch right {
        case nil, .relation, .closing, .punctuation: false
        case .ordinary, .largeOperator, .binary, .opening, .inner: true
        }
    }
}

extension MathAtom {
    /// By the text of an `<mo>`.
    init(sign text: String) {
        self =
            switch text {
            case "+", "−", "±", "∓", "×", "⋅", "∗", "⋆", "∘", "∙", "÷", "⊕", "⊖", "⊗", "⊘", "⊙", "∩", "∪", "∧", "∨", "∖", "⊎", "⊓",
                "⊔",
                "⋄", "†", "‡", "≀", "◯", "△", "▽", "⊲", "⊳", "∔", "⋉", "⋊":
                .binary
            case "∑", "∏", "∐", "∫", "∬", "∭", "∮", "⋂", "⋃", "⋀", "⋁", "⨀", "⨁", "⨂", "⨄", "⨆": .largeOperator
            case "(", "[", "{", "⟨", "⌊", "⌈", "⟮", "⟦": .opening
            case ")", "]", "}", "⟩", "⌋", "⌉", "⟯", "⟧", "!", "?": .closing
            case ",", ";": .punctuation
            case "…", "⋯", "⋱": .inner
            case "′", "|", "‖": .ordinary
            default: .relation
            }
    }
}
