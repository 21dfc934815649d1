import Exhibits

/// The words of unrolled networks.
struct NetworkVocabulary: Sendable {
    /// Names the picture.
    var picture: @Sendable (_ network: NetworkExhibit) -> String
    /// Tells how the picture is read.
    var wayIn: @Sendable (_ network: NetworkExhibit) -> String
    /// Tells how many steps the dots stand for; nothing where there are none.
    var hidden: @Sendable (_ steps: Int) -> String
    var encoder, decoder: String
    /// Tells the name of the cells in full.
    var cell: @Sendable (_ name: String) -> String

    static let english = NetworkVocabulary(
        picture: { network in
            let layers = network.layers == 1 ? "one layer" : "\(network.layers) layers"
            let form =
                switch network.arrangement {
                case .manyToMany: "\(network.inputs) inputs, an output at every step"
                case .manyToOne: "\(network.inputs) inputs, one output from the last states"
                case .oneToMany: "one input, \(network.outputs) outputs, each fed back as the next input"
                case .encoderDecoder: "an encoder reads \(network.inputs) inputs, a decoder writes \(network.outputs) outputs"
                }
            return
                "\(network.cell) unrolled over time: \(form); \(layers)\(network.isBidirectional ? ", read in both directions" : "")."
        },
        wayIn: { network in
            let layers = network.layers == 1 ? "one layer" : "\(network.layers) layers"
            let inputs = network.inputs == 1 ? "the one input" : "each of the \(network.inputs) inputs"
            let again = network.outputs == 1 ? "" : ", each of which goes in again as the next input (dashed)"
            let come = network.outputs == 1 ? "one output comes" : "\(network.outputs) outputs come"
            let way =
                switch network.arrangement {
                case .manyToMany: "Read upwards: \(inputs) goes through \(layers) to an output of its own"
                case .manyToOne: "Read upwards: \(inputs) goes through \(layers); the one output is made of the last states"
                case .oneToMany:
                    "Read from the left: one input goes in at the first step, up through \(layers); \(come) out\(again)"
                case .encoderDecoder:
                    "Read from the left: the encoder takes in \(inputs); all that the decoder (bold) gets of "
                        + (network.inputs == 1 ? "it" : "them") + " is the encoder’s last state"
                        + (network.layers == 1 ? "" : " in each of \(network.layers) layers")
                        + ", and out of that \(come)\(again)"
                }
            let states =
                network.isBidirectional
                ? "; states go to the right, and in the dashed cells to the left. [h→; h←] is both directions’ states, joined."
                : "; states go to the right."
            return way + states
        },
        hidden: { $0 == 0 ? "" : " ⋯ stands for \($0) more step\($0 == 1 ? "" : "s")." },
        encoder: "encoder", decoder: "decoder", cell: { "Each box is one “\($0)”." }
    )

    static let chinese = NetworkVocabulary(
        picture: { network in
            let form =
                switch network.arrangement {
                case .manyToMany: "\(network.inputs) 个输入，每步一个输出"
                case .manyToOne: "\(network.inputs) 个输入，由最后的状态得一个输出"
                case .oneToMany: "一个输入，\(network.outputs) 个输出，每个输出作为下一步的输入"
                case .encoderDecoder: "编码器读 \(network.inputs) 个输入，解码器写 \(network.outputs) 个输出"
                }
            return "\(network.cell) 按时间展开：\(form)；\(network.layers) 层\(network.isBidirectional ? "，双向" : "")。"
        },
        wayIn: { network in
            let inputs = network.inputs == 1 ? "唯一的输入" : "\(network.inputs) 个输入各自"
            let again = network.outputs == 1 ? "" : "，每个输出又作为下一步的输入（虚线）"
            let way =
                switch network.arrangement {
                case .manyToMany: "自下而上读：\(inputs)经过 \(network.layers) 层，得到自己的输出"
                case .manyToOne: "自下而上读：\(inputs)经过 \(network.layers) 层，唯一的输出由最后的状态得到"
                case .oneToMany: "自左向右读：第一步有一个输入，经过 \(network.layers) 层，得到 \(network.outputs) 个输出\(again)"
                case .encoderDecoder:
                    "自左向右读：编码器读入 \(network.inputs) 个输入，解码器（粗框）只得到编码器"
                        + "\(network.layers == 1 ? "" : " \(network.layers) 层各自")最后的状态，由此写出 \(network.outputs) 个输出\(again)"
                }
            let states =
                network.isBidirectional ? "；状态向右传，虚线框的单元中向左传。[h→; h←] 是两个方向的状态拼接。" : "；状态向右传。"
            return way + states
        },
        hidden: { $0 == 0 ? "" : "⋯ 代表其余 \($0) 步。" },
        encoder: "编码器", decoder: "解码器", cell: { "每个框是一个“\($0)”。" }
    )
}
