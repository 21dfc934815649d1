/// The parameters of a layer or model, in the order and under the names that PyTorch gives them.
///
///     for (name, tensor) in lstm.parameters { print(name, tensor.shape) }
///     lstm.parameters["weight_ih_l0"].shape
///
/// Tensors of your own are handed to an optimiser as `["w": w, "b": b]`.
public struct Parameters: RandomAccessCollection, ExpressibleByDictionaryLiteral {
    /// A parameter under its name: `weight_ih_l0`.
    public typealias Element = (name: String, tensor: Tensor)
    private var entries: [Element]

    /// In this order. No name should come twice.
    public init(_ entries: [Element] = []) {
        self.entries = entries
    }

    public init(dictionaryLiteral elements: (String, Tensor)...) {
        self.init(elements.map { (name: $0.0, tensor: $0.1) })
    }

    /// The parameters of a model's layers, each name led by its layer's: `lstm.weight_ih_l0`.
    ///
    /// A tensor that two layers share stands under both names, for `load`; it counts, and an optimiser moves it, once.
    ///
    ///     var parameters: Parameters { Parameters(of: ["lstm": lstm.parameters, "fc": fc.parameters]) }
    public init(of layers: KeyValuePairs<String, Parameters>) {
        entries = []
        for (prefix, parameters) in layers {
            for (name, tensor) in parameters { entries.append((prefix + "." + name, tensor)) }
        }
    }

    /// The parameters of a list of layers, led by their numbers as in PyTorch's `ModuleList`: `0.weight_ih_l0`.
    ///
    ///     Parameters(of: cells.map { $0.parameters })
    public init(of layers: [Parameters]) {
        entries = layers.enumerated().flatMap { index, parameters in parameters.map { ("\(index).\($0.name)", $0.tensor) } }
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { entries.count }
    public subscript(position: Int) -> Element {
        require(entries.indices.contains(position), "parameters[…]", "the position must be in 0..<\(count)", got: "\(position)")
        return entries[position]
    }

    /// The names, in the order of the parameters.
    public var names: [String] { entries.map { $0.name } }
    /// The tensors, in the order of the parameters.
    public var tensors: [Tensor] { entries.map { $0.tensor } }

    /// How many numbers all parameters hold together.
    public var elementCount: Int { distinct.reduce(0) { $0 + $1.tensor.shape.elementCount } }

    /// Every tensor once, under the first of its names.
    var distinct: Parameters {
        var seen: Set<ObjectIdentifier> = []
        return Parameters(entries.filter { seen.insert(ObjectIdentifier($0.tensor)).inserted })
    }

    /// The parameter of that name. Ends the program if there is none.
    public subscript(name: String) -> Tensor {
        for entry in entries where entry.name == name { return entry.tensor }
        fail("parameters[\"\(name)\"]", "the name must be one of \(names.joined(separator: ", "))", got: name)
    }

    /// The parameter of that name, or nil: for a program that unwraps, `parameters["weight_ih_l0"]!`.
    @_disfavoredOverload
    public subscript(name: String) -> Tensor? { tensor(named: name) }

    /// The parameter of that name, or nil where the layer was made without it.
    func tensor(named name: String) -> Tensor? {
        for entry in entries where entry.name == name { return entry.tensor }
        return nil
    }

    /// The parameters as they are now: training that goes on does not change them.
    var snapshot: Parameters { Parameters(entries.map { ($0.name, $0.tensor.detached()) }) }

    /// Forgets all gradients, so that the next `backward()` starts afresh.
    public func zeroGradients() {
        for entry in entries { entry.tensor.gradient = nil }
    }
}

/// A tensor that is trained: a copy of `values` that asks for a gradient, PyTorch's `nn.Parameter`.
///
///     let w = Parameter(.randn(3, 4))
///     var parameters: Parameters { ["w": w] }
public func Parameter(_ values: Tensor) -> Tensor {
    let parameter = values.detached()
    parameter.requiresGradient = true
    return parameter
}

extension Parameters: CustomStringConvertible {
    /// A line for each: its name and shape.
    public var description: String { entries.map { "\($0.name) \($0.tensor.shape)" }.joined(separator: "\n") }
}

/// Tensors under names: the states that a ``CustomCell`` ends with.
public typealias NamedTensors = Parameters

/// Why tensors could not be loaded into a layer: every name that is missing, extra or of another shape.
public struct LoadingError: Error, Equatable {
    /// A tensor that has the name of a parameter, but not its shape.
    public struct Misshapen: Equatable, Sendable {
        /// The name of both.
        public let name: String
        /// The parameter's shape.
        public let expected: Shape
        /// The tensor's shape.
        public let got: Shape

        package init(name: String, expected: Shape, got: Shape) {
            self.name = name
            self.expected = expected
            self.got = got
        }
    }

    /// The parameters for which no tensor came.
    public let missing: [String]
    /// The tensors that have the name of no parameter, in alphabetical order.
    public let extra: [String]
    /// The tensors whose shapes do not fit.
    public let misshapen: [Misshapen]
}

extension LoadingError: CustomStringConvertible {
    public var description: String {
        var faults: [String] = []
        if !missing.isEmpty { faults.append("missing: " + missing.joined(separator: ", ")) }
        if !extra.isEmpty { faults.append("not parameters of this layer: " + extra.joined(separator: ", ")) }
        for fault in misshapen {
            faults.append("\(fault.name) must have shape \(fault.expected); got \(fault.got)")
        }
        return "these tensors do not fit the layer. " + faults.joined(separator: ". ")
    }
}

extension Parameters {
    /// Copies another model's parameters into those of the same names.
    ///
    /// Throws one error that names every tensor missing, extra or of another shape; then nothing is copied.
    public func load(_ parameters: Parameters) throws(LoadingError) {
        var tensors: [String: Tensor] = [:]
        for (name, tensor) in parameters { tensors[name] = tensor }
        try load(tensors)
    }

    /// Copies the values of `tensors` into the parameters of the same names.
    ///
    /// Throws one error that names every tensor missing, extra or of another shape; then nothing is copied.
    public func load(_ tensors: [String: Tensor]) throws(LoadingError) {
        var missing: [String] = []
        var misshapen: [LoadingError.Misshapen] = []
        for (name, parameter) in entries {
            guard let tensor = tensors[name] else {
                missing.append(name)
                continue
            }
            if tensor.shape != parameter.shape {
                misshapen.append(.init(name: name, expected: parameter.shape, got: tensor.shape))
            }
        }
        let known = Set(names)
        let extra = tensors.keys.filter { !known.contains($0) }.sorted()
        guard missing.isEmpty, extra.isEmpty, misshapen.isEmpty else {
            throw LoadingError(missing: missing, extra: extra, misshapen: misshapen)
        }
        for (name, parameter) in entries { parameter.values = tensors[name]!.values }
    }
}
