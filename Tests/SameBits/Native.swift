/// Prints the bits of everything that is computed; with the argument `instructions` the variant of the kernels that runs.
@main
struct Native {
    static func main() {
        if CommandLine.arguments.dropFirst() == ["instructions"] {
            print(unroll_best_variant())
            return
        }
        computeEverything { name, values in
            for (index, value) in values.enumerated() { print(line(name, index, value)) }
        }
    }
}

@_extern(c) func unroll_best_variant() -> Int32
