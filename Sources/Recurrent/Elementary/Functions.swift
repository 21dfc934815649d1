/// The elementary functions under their everyday names, for lessons.
///
/// They give way where a cell also imports Foundation, whose functions have the same names.

/// e^x, the same bits on every machine.
@_disfavoredOverload public func exp(_ x: Double) -> Double { Elementary.exp(x) }

/// The natural logarithm, the same bits on every machine.
@_disfavoredOverload public func log(_ x: Double) -> Double { Elementary.log(x) }

/// The hyperbolic tangent, the same bits on every machine.
@_disfavoredOverload public func tanh(_ x: Double) -> Double { Elementary.tanh(x) }

/// The logistic function σ(x) = 1 / (1 + e^−x), the same bits on every machine.
@_disfavoredOverload public func sigmoid(_ x: Double) -> Double { Elementary.sigmoid(x) }

/// The sine of an angle in radians, the same bits on every machine.
@_disfavoredOverload public func sin(_ x: Double) -> Double { Elementary.sin(x) }

/// The cosine of an angle in radians, the same bits on every machine.
@_disfavoredOverload public func cos(_ x: Double) -> Double { Elementary.cos(x) }

/// The square root, the same bits on every machine.
@_disfavoredOverload public func sqrt(_ x: Double) -> Double { Elementary.sqrt(x) }

/// xʸ, the same bits on every machine.
@_disfavoredOverload public func pow(_ x: Double, _ y: Double) -> Double { Elementary.pow(x, y) }

/// The nearest whole number, of two as near the even one, as PyTorch's and Python's.
@_disfavoredOverload public func round(_ x: Double) -> Double { x.rounded(.toNearestOrEven) }
