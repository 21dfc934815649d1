// How these pages are held true
//
// The program of lessons/how-these-pages-are-held-true.md. Against the library Exhibits, in the folder where that is built:
//
//     swiftc -I .build/release/Modules -L .build/release -lExhibits \
//            -Xlinker -rpath -Xlinker .build/release how-these-pages-are-held-true.swift -o lesson
//     ./lesson

import Recurrent
import Exhibits

// lessons/how-these-pages-are-held-true.md:18
let x = [3.0, 1, 2], w = 0.9
var m = [0.0]
for input in x { m.append(w * m.last! + input) }
show(Tensor(m), "m")
claim(
    "both forms of the equation agree",
    m[3], equals: w * w * x[0] + w * x[1] + x[2], within: 1e-15)
print(m[3])
print(x.count)
