import Exhibits
import Recurrent

/// The words of the exhibits that show a layer: its shapes, parameters, gates and cells.
struct LayerVocabulary: Sendable {
    // Shapes.
    var symbols, axes: String
    var meaning: @Sendable (LayerSize.Meaning) -> String
    /// Tells a flow: what goes in, the layer, what comes out.
    var flow: @Sendable (_ inputs: String, _ layer: String, _ outputs: String) -> String
    // What to look at first.
    /// Which parameter has the most numbers, or how many have so many.
    var largestParameter: @Sendable (_ name: String, _ count: Int, _ total: Int) -> String
    var largestParameters: @Sendable (_ parameters: Int, _ count: Int, _ total: Int) -> String
    /// How many equations read the input, and how many what the step before left.
    var readers: @Sendable (_ ofInput: Int, _ ofBefore: Int, _ all: Int) -> String
    /// To what a unit comes.
    var result: @Sendable (_ unit: Int, _ symbol: String, _ value: String) -> String
    /// Which wires carry the numbers of greatest and of least size.
    var strongestWire: @Sendable (_ symbol: String, _ value: String, _ weakest: String, _ weakestValue: String) -> String
    /// What a state of a cell passes on its way to its next value, at the least; of the first state that is told, or of another.
    var road: @Sendable (_ isFirst: Bool, _ start: String, _ end: String, _ functions: [String], _ operations: [String]) -> String
    // Parameters.
    var parameter, count, formula, total: String
    // Gates and cells.
    var allSteps, previousStep, nextStep: String
    var moreSequences: @Sendable (Int) -> String
    var cellDrawing: @Sendable (_ layer: String) -> String
    /// Where a cell's values are from; t counts from 1, steps from 0.
    var stepAndUnit: @Sendable (_ step: String, _ t: String, _ unit: String) -> String
    /// How many numbers an input is.
    var numbers: @Sendable (Int) -> String
    /// Of a direction that reads a sequence from its end: what its letters and its picture mean.
    var readsBackward: @Sendable (_ before: String) -> String

    /// A cell's name with what tells it from others of its name.
    var variant: @Sendable (_ name: String, _ variants: [CellVariant]) -> String

    /// - Parameter isTraced: Above a trace what is usual, as in PyTorch, goes without saying.
    func name(_ name: String, _ variants: [CellVariant]?, isTraced: Bool = false) -> String {
        let told = (variants ?? []).filter { !isTraced || $0 != .resetAfter }
        return told.isEmpty ? name : variant(name, told)
    }

    func place(_ step: Int, _ unit: Int) -> String { stepAndUnit("\(step)", "\(step + 1)", "\(unit)") }

    static let english = LayerVocabulary(
        symbols: "in symbols", axes: "axes",
        meaning: { meaning in
            switch meaning {
            case .steps: "time steps"
            case .sequences: "sequences of the batch"
            case .features: "features of the input"
            case .units: "hidden units"
            case .directions: "directions"
            case .layers: "layers"
            case .directionsOfLayers: "directions of each layer"
            case .unitsOfDirections: "hidden units of each direction"
            case .projection: "units of the projection"
            case .projectionOfDirections: "units of each direction’s projection"
            }
        },
        flow: { "\($1) takes \($0) and gives \($2)." },
        largestParameter: { "\($0) is the largest: \($1) of all \($2) numbers." },
        largestParameters: { "\($0) parameters are the largest, with \($1) of all \($2) numbers each." },
        readers: { ofInput, ofBefore, all in
            "Of \(all) \(all == 1 ? "equation" : "equations") \(ofInput) \(ofInput == 1 ? "reads" : "read") the input, "
                + "\(ofBefore) what the step before left."
        },
        result: { "Read downwards, equation by equation: unit \($0) comes to \($1) = \($2)." },
        strongestWire: {
            "Apart from the input, the number of greatest size on a wire is \($0), \($1); that of least size is \($2), \($3)."
        },
        road: { isFirst, start, end, functions, operations in
            let way = (isFirst ? "The way" : "that") + " from \(start) to \(end)"
            guard functions.isEmpty else { return way + " passes at least \(functions.joined(separator: ", "))" }
            return operations.isEmpty
                ? way + " passes nothing" : way + " can pass \(operations.joined(separator: ", ")) alone, past every function"
        },
        parameter: "parameter", count: "count", formula: "formula", total: "total",
        allSteps: "Time step", previousStep: "Step back", nextStep: "Step on",
        moreSequences: {
            "\($0) more \($0 == 1 ? "sequence" : "sequences") of the batch not shown; every value is in the page’s data."
        },
        cellDrawing: { "Drawing of the \($0) cell." },
        stepAndUnit: { "Step \($0) (t\u{A0}=\u{A0}\($1)), unit \($2)" },
        numbers: { "\($0) numbers" },
        readsBackward: {
            "This direction reads from right to left: at step t it has read t+1 just before, and what that left, \($0), comes from the right."
        },
        variant: { name, variants in
            let parts = variants.compactMap { variant -> String? in
                switch variant {
                case .peepholes: "peepholes"
                case .projection: "a projection"
                case .relu: "relu"
                case .resetAfter, .resetBefore, .takesCandidate, .withoutBias: nil
                }
            }
            let others = variants.compactMap { variant -> String? in
                switch variant {
                case .resetAfter: "reset after"
                case .resetBefore: "reset before"
                case .takesCandidate: "update gate for the candidate"
                case .withoutBias: "without biases"
                case .peepholes, .projection, .relu: nil
                }
            }
            let whole = parts.isEmpty ? name : name + " with " + parts.joined(separator: " and ")
            return ([whole] + others).joined(separator: ", ")
        }
    )

    static let chinese = LayerVocabulary(
        symbols: "符号", axes: "各轴含义",
        meaning: { meaning in
            switch meaning {
            case .steps: "时间步"
            case .sequences: "批中的序列"
            case .features: "输入特征"
            case .units: "隐藏单元"
            case .directions: "方向"
            case .layers: "层"
            case .directionsOfLayers: "各层的方向"
            case .unitsOfDirections: "各方向的隐藏单元"
            case .projection: "投影单元"
            case .projectionOfDirections: "各方向的投影单元"
            }
        },
        flow: { "\($0) 进入 \($1)，得到 \($2)。" },
        largestParameter: { "\($0) 最大：占全部 \($2) 个数中的 \($1) 个。" },
        largestParameters: { "\($0) 个参数并列最大，各占全部 \($2) 个数中的 \($1) 个。" },
        readers: { "\($2) 个方程中，\($0) 个读取输入，\($1) 个读取上一步所留。" },
        result: { "自上而下逐式阅读：单元 \($0) 得到 \($1) = \($2)。" },
        strongestWire: { "除输入外，各线上绝对值最大的是 \($0)，为 \($1)；最小的是 \($2)，为 \($3)。" },
        road: { _, start, end, functions, operations in
            let way = "从 \(start) 到 \(end) "
            guard functions.isEmpty else { return way + "至少经过 \(functions.joined(separator: "、"))" }
            return operations.isEmpty ? way + "直通" : way + "可只经过 \(operations.joined(separator: "、"))，避开所有函数"
        },
        parameter: "参数", count: "个数", formula: "公式", total: "合计",
        allSteps: "时间步", previousStep: "上一步", nextStep: "下一步",
        moreSequences: { "批中另有 \($0) 个序列未显示；全部数值见本页数据。" },
        cellDrawing: { "\($0) 单元图。" },
        stepAndUnit: { "时间步 \($0)（t\u{A0}=\u{A0}\($1)），单元 \($2)" },
        numbers: { "\($0) 个数" },
        readsBackward: { "这个方向从右向左读：读第 t 步之前，刚读过第 t+1 步，所以 \($0) 来自右边。" },
        variant: { name, variants in
            let parts = variants.map { variant in
                switch variant {
                case .peepholes: "带窥视孔"
                case .projection: "带投影"
                case .relu: "relu"
                case .resetAfter: "乘矩阵之后重置"
                case .resetBefore: "乘矩阵之前重置"
                case .takesCandidate: "更新门乘候选值"
                case .withoutBias: "无偏置"
                }
            }
            return name + "（" + parts.joined(separator: "，") + "）"
        }
    )
}
