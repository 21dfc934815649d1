import Exhibits

/// The words of the exhibits that show a layer: its shapes, parameters, gates and cells.
struct LayerVocabulary: Sendable {
    // Shapes.
    var symbols, axes: String
    var meaning: @Sendable (LayerSize.Meaning) -> String
    /// Tells a flow: what goes in, the layer, what comes out.
    var flow: @Sendable (_ inputs: String, _ layer: String, _ outputs: String) -> String
    // Parameters.
    var parameter, count, formula, total: String
    // Gates and cells.
    var allSteps, previousStep, nextStep: String
    var moreSequences: @Sendable (Int) -> String
    var cellDrawing: @Sendable (_ layer: String) -> String
    var place: @Sendable (_ step: Int, _ unit: Int) -> String

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
        flow: { "\($0) go into \($1); \($2) come out." },
        parameter: "parameter", count: "count", formula: "formula", total: "total",
        allSteps: "Time step", previousStep: "Step back", nextStep: "Step on",
        moreSequences: {
            "\($0) more \($0 == 1 ? "sequence" : "sequences") of the batch not shown; every value is in the page’s data."
        },
        cellDrawing: { "Drawing of the \($0) cell." },
        place: { "Step \($0), unit \($1)" }
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
        parameter: "参数", count: "个数", formula: "公式", total: "合计",
        allSteps: "时间步", previousStep: "上一步", nextStep: "下一步",
        moreSequences: { "批中另有 \($0) 个序列未显示；全部数值见本页数据。" },
        cellDrawing: { "\($0) 单元图。" },
        place: { "时间步 \($0)，单元 \($1)" }
    )
}
