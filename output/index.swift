// Recurrent networks, number by number
//
// The program of lessons/index.md. Against a built checkout of Unroll:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release index.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/index.md:11
manualSeed(0)
let lstm = LSTM(inputSize: 4, hiddenSize: 3)
let sequences = Tensor.randn(5, 3, 4)
let (output, (hn, cn)) = lstm(sequences)
show(shapes: ["sequences": sequences, "output": output, "hn": hn, "cn": cn])
claim(
    "the output's last step is the final hidden state",
    output[4], equals: hn[0], within: 0)
print(lstm.parameters.count)
print(output.max().item)
