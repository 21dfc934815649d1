/// The words of exhibits, in the page's language.
package struct ExhibitVocabulary: Sendable {
    // What a box in which something is scrolled is called.
    package var equation: String
    // Claims.
    var holds, doesNotHold, difference, tolerance: String
    // Tables.
    var table, name, shape, unit, step, layer, sequence, forward, backward, noElements: String
    var elements: @Sendable (Int) -> String
    /// Between the parts of a title, and of what a claim tells.
    var comma: String
    /// What stands where so many rows, columns or slices were left out.
    var leftOut: @Sendable (Int) -> String
    var pictures: PictureVocabulary
    var heat: HeatVocabulary
    var layers: LayerVocabulary
    var gates: GatesVocabulary
    var networks: NetworkVocabulary
    var gradients: GradientVocabulary
    var claims: ClaimVocabulary
    var wayIn: WayInVocabulary

    package static let english = ExhibitVocabulary(
        equation: "Equation",
        holds: "holds", doesNotHold: "does not hold", difference: "largest difference", tolerance: "allowed",
        table: "Table", name: "name", shape: "shape", unit: "unit", step: "Step", layer: "Layer", sequence: "Sequence",
        forward: "forward", backward: "backward", noElements: "no elements",
        elements: { "\($0) elements" }, comma: ", ", leftOut: { "\($0) more" },
        pictures: .english, heat: .english, layers: .english, gates: .english, networks: .english, gradients: .english,
        claims: .english,
        wayIn: .english
    )

    package static let chinese = ExhibitVocabulary(
        equation: "式",
        holds: "成立", doesNotHold: "不成立", difference: "最大差", tolerance: "容差",
        table: "表", name: "名称", shape: "形状", unit: "单元", step: "时间步", layer: "层", sequence: "序列",
        forward: "正向", backward: "反向", noElements: "没有元素",
        elements: { "\($0) 个元素" }, comma: "，", leftOut: { "还有 \($0) 个" },
        pictures: .chinese, heat: .chinese, layers: .chinese, gates: .chinese, networks: .chinese, gradients: .chinese,
        claims: .chinese,
        wayIn: .chinese
    )
}
