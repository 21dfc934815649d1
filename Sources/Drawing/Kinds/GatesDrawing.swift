import Exhibits

/// For each layer, direction and sequence of the batch: what to look at first, every step at one glance, the cell with the
/// values of one step, and all numbers; then the layer's equations. The page's script moves ribbon, cell and table from
/// step to step together; without it all steps are in the ribbon and in the table.
extension GatesExhibit: Drawable {
    private static let sequenceLimit = 4
    /// Of more units all are in an overview, and the ribbon has those that move most.
    private static let unitLimit = 6
    private static let ribbonUnits = 3
    /// More numbers than this are folded.
    private static let openNumbers = 150

    /// Of a longer trace paper has the ribbon, for its table is wider than any sheet.
    private static let printedSteps = 12

    package var flaw: String? {
        let named = tracks.flatMap { track in track.steps.flatMap { $0.quantities } + track.initial }
        let all = named + tracks.flatMap { track in track.steps.flatMap { $0.carried } }
        let isUniform = tracks.allSatisfy { track in
            track.steps.allSatisfy {
                $0.quantities.map { $0.symbol } == track.quantities.map { $0.symbol }
                    && $0.carried.map { $0.symbol } == track.steps[0].carried.map { $0.symbol }
            }
        }
        return Rule.broken(
            (isUniform, "the steps have not the same quantities"),
            (all.allSatisfy { $0.isMatrix }, "a quantity has not as many units in each sequence"),
            (tracks.allSatisfy { $0.hasEvenInput }, "the steps have not the same input"),
            (named.allSatisfy { $0.isNamed }, "a quantity’s symbol is no name"),
            (
                stepNames.map { names in tracks.allSatisfy { $0.steps.count == names.count } } ?? true,
                "there are not as many names as steps"
            ),
            ((units ?? []).allSatisfy { Rule.counts($0) }, "there is no such unit"),
            (
                bounds.allSatisfy { $0.lower.isFinite && $0.upper.isFinite && $0.lower < $0.upper },
                "a quantity lies between no such numbers"
            ),
            Rule.formulas(equations + named.compactMap { $0.tex })
        ) ?? diagram?.flaw
    }

    package var quantities: [QuantitySymbol] {
        [QuantitySymbol("x")] + (tracks.first?.quantities ?? []).map { QuantitySymbol($0.symbol, tex: $0.tex) }
    }

    package mutating func reword(_ words: (String) -> String) {
        stepNames = stepNames?.map(words)
    }

    package func html(_ style: ExhibitStyle) -> HTML {
        let views = views
        return HTML(.div, .class("exhibit", "gates")) {
            zip(0..., views).map { index, view in
                let title = title(of: view, style.words)
                let parts = parts(of: view, title, viewCount: views.count, style.words)
                if views.count == 1 {
                    return HTML {
                        HTML(.p, .class("exhibit-title")) { title }; parts
                    }
                }
                // One of many is open: the others are a press away.
                return HTML(.details, .class("track"), index == 0 ? .attribute("open", "") : nil) {
                    HTML(.summary) { title }
                    parts
                }
            }
            let hidden = tracks.map { $0.sequenceCount }.max() ?? 0
            if hidden > Self.sequenceLimit + 1 {
                HTML(.p, .class("picture-note")) { style.words.layers.moreSequences(hidden - Self.sequenceLimit) }
            }
            equations(style.words)
        }
    }

    private var isBidirectional: Bool { tracks.contains { $0.isReverse } }

    /// In both directions where it reads both ways.
    private func equations(_ words: ExhibitVocabulary) -> HTML? {
        guard !equations.isEmpty else { return nil }
        return HTML {
            for isBackward in isBidirectional ? [false, true] : [false] {
                if isBidirectional {
                    HTML(.p, .class("picture-note")) { words.gates.equations(isBackward ? words.backward : words.forward) }
                }
                HTML.scrollable(named: words.equation) {
                    Formula.aligned(equations: equations.map { $0.reading(backward: isBackward) }).html
                }
            }
        }
    }

    private var views: [GatesView] {
        tracks.flatMap { track in
            Elision.indices(of: track.sequenceCount, limit: Self.sequenceLimit).compactMap { $0.index }
                .map { GatesView(self, track, sequence: $0) }
        }
    }

    private func title(of view: GatesView, _ words: ExhibitVocabulary) -> String {
        return [
            words.layers.name(layer, variants, isTraced: true) + words.comma + "\(words.layer) \(view.track.layer)",
            isBidirectional ? (view.track.isReverse ? words.backward : words.forward) : nil,
            view.track.sequenceCount > 1 ? "\(words.sequence) \(view.sequence)" : nil,
        ].compactMap { $0 }.joined(separator: words.comma)
    }

    // MARK: One view

    private func parts(of view: GatesView, _ title: String, viewCount: Int, _ words: ExhibitVocabulary) -> HTML {
        guard !view.isEmpty else { return .empty }
        let table = GatesTable(view, diagram, viewCount: viewCount, words)
        let telling = view.units.count > Self.unitLimit ? view.tellingUnits(limit: Self.ribbonUnits) : view.units
        return HTML(.div, stepWords(words)) {
            HTML.wayIn(readingOrder(view, words) + wayIn(view, words), isChinese: words.wayIn.isChinese)
            HTML(.div, .class("track-ribbon")) {
                if telling.count < view.units.count { overview(view, title, words) }
                let ribbon = ribbon(view, title, telling, words)
                ribbon.picture.html("ribbon")
                let notes = [telling.count < view.units.count ? chosen(telling, words) : nil, ribbon.note].compactMap { $0 }
                if !notes.isEmpty { HTML(.p, .class("picture-note")) { notes.joined(separator: words.gates.space) } }
            }
            cell(view, words)
            HTML(
                .details, .class(view.stepCount > Self.printedSteps ? "track-numbers long" : "track-numbers"),
                table.numberCount <= Self.openNumbers ? .attribute("open", "") : nil
            ) {
                HTML(.summary) { words.gates.numbers(view.units.count, view.stepCount) }
                HTML(.label, .class("heat-switch")) {
                    HTML(.input, .attribute("type", "checkbox"))
                    " " + words.gates.asHeatMap
                }
                HTML.scrollable(named: title) { table.html }
                if let omission = table.omission { HTML(.p, .class("picture-note")) { omission } }
            }
        }
    }

    private func chosen(_ units: [Int], _ words: ExhibitVocabulary) -> String {
        words.gates.chosenUnits(units.map(String.init).joined(separator: words.pictures.comma), units.count)
    }

    private func overview(_ view: GatesView, _ title: String, _ words: ExhibitVocabulary) -> HTML {
        let overview = GatesOverview(view, words)
        return HTML {
            overview.picture(
                title: words.gates.overview(title, view.stepCount, view.track.unitCount), description: overview.note
            ).html("overview")
            HTML(.p, .class("picture-note")) { overview.note }
        }
    }

    /// Said once of a direction that reads from the end.
    private func readingOrder(_ view: GatesView, _ words: ExhibitVocabulary) -> String {
        guard view.track.isReverse else { return "" }
        let states = (view.track.initial.isEmpty ? view.quantities.suffix(1) : view.track.initial[...])
            .map { "\($0.symbol)_{t+1}".subscriptedText }
        return words.layers.readsBackward(states.joined(separator: words.pictures.comma)) + words.gates.space
    }

    /// The words that the page's script needs for the step control.
    private func stepWords(_ words: ExhibitVocabulary) -> [Attribute?] {
        [
            .class("track-parts"), .attribute("data-step-word", words.layers.allSteps), .attribute("data-unit-word", words.unit),
            .attribute("data-back-word", words.layers.previousStep), .attribute("data-on-word", words.layers.nextStep),
            .attribute("data-place", words.layers.stepAndUnit("{step}", "{t}", "{unit}")),
        ]
    }

    private func wayIn(_ view: GatesView, _ words: ExhibitVocabulary) -> String {
        let number = { (value: Double) in NumberFormat.significant.format(value).plainText }
        func name(_ quantity: GatesExhibit.Quantity) -> String {
            quantity.name == quantity.symbol ? quantity.symbol : "\(words.gates.role(quantity.name)) \(quantity.symbol)"
        }
        if let broken = view.firstBroken {
            return words.gates.broken(
                name(view.quantities[broken.quantity]), broken.unit, number(broken.value), broken.step,
                view.stepNames?[broken.step], broken.count)
        }
        guard view.stepCount > 1 else { return words.gates.oneStep }
        guard let move = view.largestMove else { return words.gates.still }
        return words.gates.move(
            name(view.quantities[move.quantity]), move.unit, number(move.from), number(move.to), move.to > move.from, move.step,
            view.stepNames?[move.step])
    }

    private func ribbon(
        _ view: GatesView, _ title: String, _ units: [Int], _ words: ExhibitVocabulary
    ) -> (picture: Picture, note: String?) {
        let bands = zip(0..., view.quantities).map { index, quantity in
            Ribbon.Band(
                letter: quantity.symbol, symbol: quantity.symbol, bounds: view.bounds[quantity.symbol],
                strips: units.compactMap { unit in
                    let values = (0..<view.stepCount).map { view.value(index, unit: unit, step: $0) }
                    return values.contains { $0 != nil } ? Ribbon.Strip(name: "\(unit)", values: values) : nil
                })
        }
        let number = { (value: Double) in NumberFormat.brief.format(value).plainText }
        let ranges = zip(0..., view.quantities).compactMap { index, quantity -> String? in
            let values = view.values(of: index).filter { $0.isFinite }
            guard let least = values.min(), let greatest = values.max() else { return nil }
            return words.gates.range(quantity.symbol, number(least), number(greatest))
        }
        let ribbon = Ribbon(
            bands: bands, stepNames: (0..<view.stepCount).map(view.name),
            stepTitle: words.gates.axis(words.step, view.track.isReverse))
        let picture = ribbon.picture(
            title: words.gates.ribbon(title, view.stepCount, view.track.unitCount),
            description: ranges.joined(separator: words.pictures.comma))
        return (picture, ribbon.columns.stride > 1 ? words.gates.reaches(ribbon.columns.stride) : nil)
    }

    /// The cell with the values of a unit at the step to look at first.
    private func cell(_ view: GatesView, _ words: ExhibitVocabulary) -> HTML? {
        guard let diagram else { return nil }
        let (unit, step) = view.firstPlace
        let now = view.track.steps[step]
        let current = (now.quantities + now.carried).map { ($0.symbol, $0) }
        let before = view.track.before(step).map { ("previous-" + $0.symbol, $0) }
        let values = (current + before).compactMap { symbol, quantity in
            quantity.value(sequence: view.sequence, unit: unit).map { (symbol, NumberFormat.significant.format($0).plainText) }
        }
        let input = now.input.indices.contains(view.sequence) ? now.input[view.sequence] : []
        return HTML(.div, .class("track-cell"), .attribute("data-step", "\(step)"), .attribute("data-unit", "\(unit)")) {
            HTML(.p, .class("picture-note")) { words.layers.place(step, unit) }
            CellPicture(
                diagram, values: values.reversed().reduce(into: [:]) { $0[$1.0] = $1.1 },
                input: input.isEmpty ? "" : CellPicture.inputText(input, words.layers), readsBackward: view.track.isReverse
            )
            .picture(
                title: words.layers.cellDrawing(words.layers.name(layer, variants, isTraced: true)),
                description: values.map { "\($0.0) \($0.1)" }.joined(separator: words.pictures.comma)
            )
            .html("diagram")
        }
    }
}

extension GatesExhibit.Track {
    /// Whether each step read a row of as many features for each sequence, or none.
    fileprivate var hasEvenInput: Bool {
        steps.allSatisfy { step in
            step.input.count == steps[0].input.count && step.input.allSatisfy { $0.count == steps[0].input[0].count }
        }
    }
}

extension GatesExhibit.Quantity {
    fileprivate var isMatrix: Bool { values.allSatisfy { $0.count == values[0].count } }

    /// The page's script knows it by an attribute of this value.
    fileprivate var isNamed: Bool {
        !symbol.isEmpty && symbol.unicodeScalars.allSatisfy { $0 > " " && !"\"'<>/=".unicodeScalars.contains($0) }
    }
}
