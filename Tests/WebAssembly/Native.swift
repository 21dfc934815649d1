/// Prints every value's bits, as `run.mjs` does for the WebAssembly module.
@main
struct Native {
    static func main() {
        computeEverything { name, values in
            for (index, value) in values.enumerated() {
                let digits = String(value.bitPattern, radix: 16)
                print("\(name)[\(index)]", String(repeating: "0", count: 16 - digits.count) + digits)
            }
        }
    }
}
