/// The words of traces: what to look at first, the ribbon, the numbers.
struct GatesVocabulary: Sendable {
    /// A quantity as a reader calls it: `forgetGate` is “forget gate”.
    var role: @Sendable (_ name: String) -> String
    /// Tells the largest change of any gate from one step to the next.
    var move:
        @Sendable (_ quantity: String, _ unit: Int, _ from: String, _ to: String, _ rises: Bool, _ step: Int, _ read: String?)
            -> String
    /// Tells the first value that is no finite number, and how many there are.
    var broken: @Sendable (_ quantity: String, _ unit: Int, _ value: String, _ step: Int, _ read: String?, _ count: Int) -> String
    /// Of a trace whose gates stay as they are, or that has one step.
    var still, oneStep: String
    /// Names the ribbon.
    var ribbon: @Sendable (_ title: String, _ steps: Int, _ units: Int) -> String
    /// From where to where a quantity goes.
    var range: @Sendable (_ symbol: String, _ least: String, _ greatest: String) -> String
    /// Tells which units the ribbon has.
    var chosenUnits: @Sendable (_ units: String, _ count: Int) -> String
    /// Names the overview; which units its lines are; what a column of several steps shows of them, and what a column of bars.
    var overview: @Sendable (_ title: String, _ steps: Int, _ units: Int) -> String
    var rows: @Sendable (_ units: Int, _ allUnits: Int) -> String
    var strongest, reaches: @Sendable (_ steps: Int) -> String
    /// Above the steps of a picture, with the way in which they are read.
    var axis: @Sendable (_ step: String, _ isBackward: Bool) -> String
    /// Heads the equations of a direction.
    var equations: @Sendable (_ direction: String) -> String
    /// Between sentences.
    var space: String
    /// What the table leaves out.
    var omitted: @Sendable (_ units: Int, _ allUnits: Int, _ steps: Int, _ allSteps: Int) -> String
    /// Heads the states before the first step, and the input.
    var before, input: String
    /// Opens the table.
    var numbers: @Sendable (_ units: Int, _ steps: Int) -> String
    var asHeatMap: String

    static let english = GatesVocabulary(
        role: { name in
            name.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
        },
        move: { quantity, unit, from, to, rises, step, read in
            "Look first at the \(quantity) of unit \(unit): it \(rises ? "rises" : "falls") from \(from) to \(to) at "
                + place(step, read) + ", the largest change of a gate from one step to the next."
        },
        broken: { quantity, unit, value, step, read, count in
            "Look first at \(place(step, read)): there the \(quantity) of unit \(unit) is \(value), the "
                + (count == 1 ? "only value that is no finite number." : "first of \(count) values that are no finite numbers.")
        },
        still: "Nothing changes here from one step to the next.", oneStep: "There is only one step here.",
        ribbon: { "Every step of \($0): \($1) steps, \($2) units, bars from zero to each value." },
        range: { "\($0) from \($1) to \($2)" },
        chosenUnits: { "The bars are of the \($1) units that move most: \($0)." },
        overview: { "All of \($0): \($1) steps, \($2) units, a line of tints for each unit." },
        rows: {
            "A line for each " + ($0 < $1 ? "of the \($0) units that move most, of \($1)" : "of all \($0) units")
                + ", the one that moves most at the top."
        },
        strongest: { "A column is \($0) steps, with the value of greatest size among them." },
        reaches: { "A bar is \($0) steps and reaches from their least value to their greatest." },
        axis: { $1 ? "← \($0), read from right to left" : "\($0) →" },
        equations: { "The equations, \($0)" },
        space: " ",
        omitted: { units, allUnits, steps, allSteps in
            let kept = [
                units < allUnits ? "\(units) of \(allUnits) units" : nil, steps < allSteps ? "\(steps) of \(allSteps) steps" : nil,
            ]
            return "The table has " + kept.compactMap { $0 }.joined(separator: " and ") + "; every value is in the page’s data."
        },
        before: "before", input: "input",
        numbers: { "The numbers: \($0) \($0 == 1 ? "unit" : "units"), \($1) \($1 == 1 ? "step" : "steps")" },
        asHeatMap: "as a heat map"
    )

    /// `step 3 (“word”, t = 4)`: traces count from 0, formulas from 1.
    private static func place(_ step: Int, _ read: String?) -> String {
        "step \(step) (" + (read.map { "“\($0)”, " } ?? "") + "t\u{A0}=\u{A0}\(step + 1))"
    }

    private static func chinesePlace(_ step: Int, _ read: String?) -> String {
        "时间步 \(step)（" + (read.map { "“\($0)”，" } ?? "") + "t\u{A0}=\u{A0}\(step + 1)）"
    }

    static let chinese = GatesVocabulary(
        role: { name in
            [
                "inputGate": "输入门", "forgetGate": "遗忘门", "cellGate": "候选值", "outputGate": "输出门", "cellState": "细胞状态",
                "hiddenState": "隐藏状态", "resetGate": "重置门", "updateGate": "更新门", "candidate": "候选值",
            ][name] ?? name
        },
        move: { quantity, unit, from, to, rises, step, read in
            "先看单元 \(unit) 的\(quantity)：在" + chinesePlace(step, read) + "由 \(from) \(rises ? "升" : "降")到 \(to)，是各门在相邻两步间最大的变化。"
        },
        broken: { quantity, unit, value, step, read, count in
            "先看" + chinesePlace(step, read) + "：单元 \(unit) 的\(quantity)在此为 \(value)，"
                + (count == 1 ? "是唯一一个非有限的数。" : "是 \(count) 个非有限的数中的第一个。")
        },
        still: "各步之间没有变化。", oneStep: "这里只有一步。",
        ribbon: { "\($0) 的全部时间步：\($1) 步，\($2) 个单元，柱自零至各值。" },
        range: { "\($0) 由 \($1) 到 \($2)" },
        chosenUnits: { "柱图中是变化最大的 \($1) 个单元：\($0)。" },
        overview: { "\($0) 的全貌：\($1) 步，\($2) 个单元，每个单元一行色块。" },
        rows: { "每行一个单元，" + ($0 < $1 ? "取 \($1) 个单元中变化最大的 \($0) 个" : "共 \($0) 个") + "，变化最大的在最上。" },
        strongest: { "每列为 \($0) 步，取其中绝对值最大的值。" },
        reaches: { "每柱为 \($0) 步，自其中最小值到最大值。" },
        axis: { $1 ? "← \($0)，从右向左读" : "\($0) →" },
        equations: { "\($0)的方程" },
        space: "",
        omitted: { units, allUnits, steps, allSteps in
            let kept = [
                units < allUnits ? "\(allUnits) 个单元中的 \(units) 个" : nil, steps < allSteps ? "\(allSteps) 步中的 \(steps) 步" : nil,
            ]
            return "表中为" + kept.compactMap { $0 }.joined(separator: "、") + "；全部数值见本页数据。"
        },
        before: "之前", input: "输入",
        numbers: { "数值：\($0) 个单元，\($1) 步" },
        asHeatMap: "显示为热力图"
    )
}
