#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The elementary functions that every layer is built of.
package enum Elementary {
    package static func exp(_ x: Double) -> Double { _exp(x) }
    package static func tanh(_ x: Double) -> Double { _tanh(x) }
    package static func log(_ x: Double) -> Double { _log(x) }
    package static func sqrt(_ x: Double) -> Double { x.squareRoot() }
    package static func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

#if canImport(Glibc)
private func _exp(_ x: Double) -> Double { Glibc.exp(x) }
private func _tanh(_ x: Double) -> Double { Glibc.tanh(x) }
private func _log(_ x: Double) -> Double { Glibc.log(x) }
#elseif canImport(Darwin)
private func _exp(_ x: Double) -> Double { Darwin.exp(x) }
private func _tanh(_ x: Double) -> Double { Darwin.tanh(x) }
private func _log(_ x: Double) -> Double { Darwin.log(x) }
#else
private func _exp(_ x: Double) -> Double { x }
private func _tanh(_ x: Double) -> Double { x }
private func _log(_ x: Double) -> Double { x }
#endif
