#if canImport(Glibc)
    import Glibc
#endif

package enum Elementary {
    package static func exp(_ x: Double) -> Double { Glibc.exp(x) }
    package static func log(_ x: Double) -> Double { Glibc.log(x) }
    package static func sin(_ x: Double) -> Double { Glibc.sin(x) }
    package static func cos(_ x: Double) -> Double { Glibc.cos(x) }
    package static func sqrt(_ x: Double) -> Double { x.squareRoot() }
    package static func tanh(_ x: Double) -> Double { Glibc.tanh(x) }
    package static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}
