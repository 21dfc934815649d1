/// A cell that uses all of its variables in time, and what it prints. `°` in a name makes it the cell's own.
struct TimelyUseProgram: Sendable {
    let what: String
    let code: String
    let prints: String

    init(_ what: String, prints: String, _ code: String) {
        (self.what, self.code, self.prints) = (what, code, prints)
    }
}

extension TimelyUseProgram {
    static let synchronous = inFunctions + inTypes + inWitnesses + ofValues + inInitialisers + ofOtherNames

    private static let inFunctions: [TimelyUseProgram] = [
        .init("a function above", prints: "3", "func f°() -> Int { late° }\nlet late° = 3\nprint(f°())"),
        .init("a function below", prints: "3", "let late° = 3\nprint(f°())\nfunc f°() -> Int { late° }"),
        .init("a function that nothing calls", prints: "1", "func f°() -> Int { late° }\nprint(1)\nlet late° = 3"),
        .init(
            "a branch that is not taken", prints: "1",
            "func f°(_ x: Bool) -> Int { x ? late° : 1 }\nprint(f°(false))\nlet late° = 3"),
        .init(
            "functions of each other", prints: "true",
            "func even°(_ n: Int) -> Bool { n == zero° || odd°(n - 1) }\nfunc odd°(_ n: Int) -> Bool { n != zero° && even°(n - 1) }\nlet zero° = 0\nprint(even°(4))"
        ),
        .init(
            "a nested function", prints: "4",
            "func f°() -> Int {\n  func g() -> Int { late° + 1 }\n  return g()\n}\nlet late° = 3\nprint(f°())"),
        .init("a default argument", prints: "3", "func f°(_ x: Int = late°) -> Int { x }\nlet late° = 3\nprint(f°())"),
        .init(
            "a change in place", prints: "5",
            "func f°() { late° += 1 }\nfunc add°(_ x: inout Int) { x += 1 }\nvar late° = 3\nf°()\nadd°(&late°)\nprint(late°)"),
        .init("a swap", prints: "2 1", "var a° = 1, b° = 2\nfunc f°() { swap(&a°, &b°) }\nf°()\nprint(a°, b°)"),
        .init("a defer", prints: "1\n3", "func f°() {\n  defer { print(late°) }\n  print(1)\n}\nlet late° = 3\nf°()"),
        .init("a defer of the top level", prints: "1\n3", "let late° = 3\ndo {\n  defer { print(late°) }\n  print(1)\n}"),
        .init(
            "an operator", prints: "6",
            "infix operator +>>+: AdditionPrecedence\nfunc +>>+ (a: Int, b: Int) -> Int { a + b + late° }\nlet late° = 3\nprint(1 +>>+ 2)"
        ),
        .init("a computed variable", prints: "6", "var twice°: Int { late° * 2 }\nlet late° = 3\nprint(twice°)"),
        .init(
            "a variable with set and get", prints: "7",
            "var both°: Int { get { late° } set { late° = newValue } }\nvar late° = 3\nboth° = 7\nprint(both°)"),
        .init("an observer", prints: "3 4", "var seen° = 3 { didSet { print(oldValue, seen°) } }\nseen° = 4"),
        .init(
            "an observer that reads another", prints: "9", "var seen° = 3 { willSet { print(other°) } }\nlet other° = 9\nseen° = 4"),
        .init(
            "an observed variable in a function", prints: "4\n4",
            "func f°() { seen° += 1; print(seen°) }\nvar seen° = 3 { didSet { print(seen°) } }\nf°()"),
        .init(
            "a recursion", prints: "24", "func f°(_ n: Int) -> Int { n <= one° ? 1 : n * f°(n - one°) }\nlet one° = 1\nprint(f°(4))"
        ),
        .init(
            "a generic function", prints: "3.0",
            "func f°<T: Numeric>(_ t: T) -> T { t * T(exactly: late°)! }\nlet late° = 3\nprint(f°(1.0))"),
        .init("a loop", prints: "6", "var sum° = 0\nfunc add°(_ x: Int) { sum° += x }\nfor i in 1...3 { add°(i) }\nprint(sum°)"),
        .init(
            "an error that is caught", prints: "3",
            "struct E°: Error {}\nfunc f°() throws -> Int { if late° > 2 { throw E°() }; return 1 }\nlet late° = 3\ndo { print(try f°()) } catch { print(late°) }"
        ),
    ]

    private static let inTypes: [TimelyUseProgram] = [
        .init("a method", prints: "3", "class C° { func f() -> Int { late° } }\nlet c° = C°()\nlet late° = 3\nprint(c°.f())"),
        .init("a stored property", prints: "3", "struct S° { var x = late° }\nlet late° = 3\nprint(S°().x)"),
        .init("a lazy property", prints: "3", "class C° { lazy var x = late° }\nlet c° = C°()\nlet late° = 3\nprint(c°.x)"),
        .init(
            "a static property", prints: "4 5",
            "enum E° { static let x = late° + 1; static var y = 4 }\nlet late° = 3\nE°.y += 1\nprint(E°.x, E°.y)"),
        .init("a deinit", prints: "3", "class C° { deinit { print(late°) } }\nvar c°: C°? = C°()\nlet late° = 3\nc° = nil"),
        .init(
            "a deinit after an initialisation", prints: "3 1",
            "class C° { var n: Int { 1 }; deinit { print(late°, terminator: \" \") } }\nlet late° = 3\nlet n° = C°().n\nprint(n°)"),
        .init(
            "a deinit that reads what its object has given", prints: "",
            "class C° { var n: Int { 1 }; deinit { _ = n° } }\nlet n° = C°().n"),
        .init(
            "a property wrapper", prints: "3",
            "@propertyWrapper struct W° { var wrappedValue: Int { late° } }\nstruct S° { @W° var x }\nlet late° = 3\nprint(S°().x)"),
        .init(
            "a member by name", prints: "x3",
            "@dynamicMemberLookup struct S° { subscript(dynamicMember name: String) -> String { name + \"\\(late°)\" } }\nlet late° = 3\nprint(S°().x)"
        ),
        .init(
            "a key path", prints: "[3] 3",
            "struct S° { var x: Int { late° } }\nlet path° = \\S°.x\nlet late° = 3\nprint([S°()].map(\\.x), S°()[keyPath: path°])"),
        .init("a subscript", prints: "4", "struct S° { subscript(i: Int) -> Int { i + late° } }\nlet late° = 3\nprint(S°()[1])"),
    ]

    private static let inWitnesses: [TimelyUseProgram] = [
        .init(
            "a protocol's method", prints: "3",
            "protocol P° { func f() -> Int }\nextension P° { func f() -> Int { late° } }\nstruct S°: P° {}\nlet p°: any P° = S°()\nlet late° = 3\nprint(p°.f())"
        ),
        .init(
            "an opaque value", prints: "3",
            "protocol P° { var x: Int { get } }\nstruct S°: P° { var x: Int { late° } }\nfunc make°() -> some P° { S°() }\nlet p° = make°()\nlet late° = 3\nfunc f°() -> Int { p°.x }\nprint(f°())"
        ),
        .init(
            "a description", prints: "S3",
            "struct S°: CustomStringConvertible { var description: String { \"S\\(late°)\" } }\nlet s° = S°()\nlet late° = 3\nprint(s°)"
        ),
        .init(
            "comparisons", prints: "[-2, -1]", "let sign° = -1\nprint([1, 2].map { $0 * sign° }.sorted { $0 * sign° > $1 * sign° })"
        ),
        .init(
            "a set", prints: "1",
            "struct S°: Hashable { func hash(into h: inout Hasher) { h.combine(late°) } }\nlet late° = 3\nlet set°: Set<S°> = [S°()]\nprint(set°.count)"
        ),
        .init(
            "a sequence", prints: "[1, 2, 3]",
            "struct S°: Sequence, IteratorProtocol { var n = 0; mutating func next() -> Int? { n += 1; return n > late° ? nil : n } }\nlet late° = 3\nprint(Array(S°()))"
        ),
        .init(
            "a result builder", prints: "6",
            "@resultBuilder enum B° { static func buildBlock(_ x: Int...) -> Int { x.reduce(late°, +) } }\n@B° func f°() -> Int { 1; 2 }\nlet late° = 3\nprint(f°())"
        ),
        .init(
            "an autoclosure", prints: "3 3 true",
            "func f°(_ x: @autoclosure () -> Int) -> Int { x() }\nlet late° = 3, none°: Int? = nil\nfunc g°() -> Int { none° ?? late° }\nprint(f°(late°), g°(), [false][0] || late° > 1)"
        ),
        .init(
            "closures", prints: "[1, 3] 4",
            "let all°: [() -> Int] = [{ 1 }, { late° }], more° = [1].lazy.map { $0 + late° }\nlet late° = 3\nprint(all°.map { $0() }, more°[0])"
        ),
        .init(
            "a closure that changes", prints: "2", "var count° = 0\nlet next° = { count° += 1 }\nnext°(); next°()\nprint(count°)"),
        .init(
            "what is encoded", prints: "{\"x\":3}",
            "struct S°: Codable { var x = late° }\nlet late° = 3\nprint(String(decoding: try JSONEncoder().encode(S°()), as: UTF8.self))"
        ),
    ]

    private static let ofValues: [TimelyUseProgram] = [
        .init("an optional without a value", prints: "nil", "var none°: Int?\nfunc f°() -> Int? { none° }\nprint(f°() as Any)"),
        .init("an optional", prints: "3", "var some°: Int? = nil\nfunc f°() -> Int { some°! }\nsome° = 3\nprint(f°())"),
        .init(
            "existential values", prints: "1 3 x",
            "protocol P° { var x: Int { get } }\nstruct S°: P° { var x = 1 }\nstruct E°: P° { var x: Int { 3 } }\nlet s°: any P° = S°(), e°: any P° = E°(), a°: Any = \"x\"\nfunc f°() { print(s°.x, e°.x, a°) }\nf°()"
        ),
        .init(
            "a value without a size", prints: "E ()",
            "struct E°: CustomStringConvertible { var description: String { \"E\" } }\nlet e° = E°(), v°: Void = ()\nfunc f°() { print(e°, v°) }\nf°()"
        ),
        .init(
            "a value without a size, handed on", prints: "E",
            "struct E°: CustomStringConvertible { var description: String { \"E\" } }\nfunc id°<T>(_ t: T) -> T { t }\nlet e° = id°(E°())\nfunc f°() { print(id°(e°)) }\nf°()\n_ = id°(e°)"
        ),
        .init(
            "a pair with a part without a size", prints: "E°1",
            "struct E° {}\nlet pair° = (E°(), 1)\nfunc f°() { print(type(of: pair°.0), pair°.1, separator: \"\") }\nf°()"),
        .init(
            "tensors", prints: "(2) 3.0",
            "let weights° = Tensor([1, 2])\nvar sum°: Tensor\nsum° = weights°.sum()\nfunc f°() { print(weights°.shape, sum°.item) }\nf°()"
        ),
        .init(
            "collections", prints: "[1, 2] [\"a\": 1] [3] 0..<2",
            "var list° = [1]\nlet map° = [\"a\": list°[0]], set°: Set = [3], range° = 0..<2\nfunc f°() { list°.append(2); print(list°, map°, set°, range°) }\nf°()"
        ),
        .init(
            "pairs", prints: "3 4 1 2",
            "let (a°, b°) = (3, 4), pair° = (1, two°())\nfunc two°() -> Int { 2 }\nfunc f°() { print(a°, b°, pair°.0, pair°.1) }\nf°()"
        ),
        .init(
            "a structure of many parts", prints: "6",
            "struct S° { var a = 1, b = 2, c = 3, d = [4], e = \"5\", f = 6.0 }\nvar s° = S°()\nfunc f°() -> Int { s°.a + s°.b + s°.c }\nprint(f°())"
        ),
        .init(
            "enumerations", prints: "leaf(3) 3",
            "indirect enum T° { case leaf(Int), node(T°, T°) }\nlet t° = T°.leaf(3)\nfunc f°() { if case .leaf(let n) = t° { print(t°, n) } }\nf°()"
        ),
        .init(
            "types and functions", prints: "Int 4",
            "let type° = Int.self, negate° = { (x: Int) in -x }, half° = Swift.abs as (Int) -> Int\nfunc f°() { print(type°, half°(negate°(4))) }\nf°()"
        ),
        .init(
            "a weak reference", prints: "1 true",
            "class C° { var x = 1 }\nvar kept°: C°? = C°()\nweak var loose° = kept°\nfunc f°() { print(loose°!.x, terminator: \" \"); kept° = nil; print(loose° == nil) }\nf°()"
        ),
        .init(
            "a value that is not copied", prints: "3",
            "struct N°: ~Copyable { var x = 3 }\nlet n° = N°()\nfunc f°() -> Int { n°.x }\nprint(f°())"),
        .init(
            "a date and an address", prints: "x.org 0.0",
            "let url° = URL(string: \"http://x.org\")!, date°: Date\ndate° = Date(timeIntervalSince1970: 0)\nfunc f°() { print(url°.host!, date°.timeIntervalSince1970) }\nf°()"
        ),
        .init(
            "a large number of lanes", prints: "10.0",
            "let lanes° = SIMD4<Double>(1, 2, 3, 4)\nfunc f°() -> Double { lanes°.sum() }\nprint(f°())"),
        .init(
            "a generic value", prints: "[3]",
            "struct Stack°<T> { var items: [T] = []; mutating func push(_ t: T) { items.append(t) } }\nvar stack° = Stack°<Int>()\nfunc f°() { stack°.push(3); print(stack°.items) }\nf°()"
        ),
    ]

    private static let inInitialisers: [TimelyUseProgram] = [
        .init(
            "a value given in branches", prints: "2",
            "let x°: Int\nif [1].count > 3 { x° = 1 } else { x° = 2 }\nstruct S° { func f() -> Int { x° } }\nprint(S°().f())"),
        .init(
            "a value given in one of three cases", prints: "b",
            "let s°: String\nswitch [2][0] {\ncase 1: s° = \"a\"\ncase 2: s° = \"b\"\ndefault: s° = \"c\"\n}\nstruct S° { func f() -> String { s° } }\nprint(S°().f())"
        ),
        .init(
            "a variable declared without a value", prints: "3 4",
            "var x°: Int\nx° = 3\nstruct S° { func f() -> Int { x° } }\nprint(S°().f(), terminator: \" \")\nx° = 4\nprint(S°().f())"
        ),
        .init(
            "a value that may fail", prints: "nil 3",
            "struct E°: Error {}\nfunc f°(_ x: Int) throws -> Int { if x == 0 { throw E°() }; return x }\nlet none° = try? f°(0), some° = try f°(3)\nfunc g°() { print(none° as Any, some°) }\ng°()"
        ),
        .init(
            "a value given where an error is caught", prints: "7",
            "struct E°: Error {}\nfunc f°() throws -> Int { throw E°() }\nlet x°: Int\ndo { x° = try f°() } catch { x° = 7 }\nstruct S° { func f() -> Int { x° } }\nprint(S°().f())"
        ),
        .init(
            "a conditional value", prints: "1 4",
            "let a° = if [true][0] { 1 } else { 2 }, b° = switch a° { case 2: 3; default: 4 }\nfunc f°() { print(a°, b°) }\nf°()"),
        .init(
            "a closure called at once", prints: "6",
            "let x°: Int = {\n  var sum = 0\n  for i in 1...3 { sum += i }\n  return sum\n}()\nfunc f°() -> Int { x° }\nprint(f°())"
        ),
        .init(
            "a value from a function that uses others", prints: "7",
            "let a° = 3\nfunc f°() -> Int { a° + 1 }\nlet b° = f°() + a°\nfunc g°() -> Int { b° }\nprint(g°())"),
        .init(
            "parts of objects and numbers", prints: "1 2 3",
            "func f°(_ x: Int) -> Int { x + 1 }\nlet t°: (Tensor, Int, Any, Int) = (Tensor([1]), f°(1), f°(2), f°(f°(1)))\nfunc g°() { print(t°.0.values.count, t°.1, t°.2) }\ng°()"
        ),
        .init(
            "a value built in its place", prints: "2 1",
            "protocol P° { var x: Int { get } }\nstruct S°<T>: P° { var t: T; var x: Int }\nfunc make°<T>(_ t: T) -> S°<T> { S°(t: t, x: 2) }\nlet inner°: any P° = S°(t: 0, x: 1), outer°: any P° = make°(inner°)\nfunc f°() { print(outer°.x, inner°.x) }\nf°()"
        ),
        .init(
            "two results at once", prints: "1 1",
            "func two°<T>(_ t: T) -> (T, T) { (t, t) }\nlet (a°, b°) = two°(1)\nfunc f°() { print(a°, b°) }\nf°()"),
    ]

    private static let ofOtherNames: [TimelyUseProgram] = [
        .init(
            "a local of the same name", prints: "1", "func f°() -> Int { let late° = 1; return late° }\nprint(f°())\nlet late° = 3"),
        .init("a parameter of the same name", prints: "1", "func f°(_ late°: Int) -> Int { late° }\nprint(f°(1))\nlet late° = 3"),
        .init(
            "a property of the same name", prints: "1",
            "struct S° { var late° = 1; func f() -> Int { late° } }\nprint(S°().f())\nlet late° = 3"),
        .init(
            "a static property of the same name", prints: "1",
            "enum E° { static let late° = 1; static func f() -> Int { late° } }\nprint(E°.f())\nlet late° = 3"),
        .init(
            "a block's variable of the same name", prints: "1\n3", "do { let late° = 1; print(late°) }\nlet late° = 3\nprint(late°)"
        ),
        .init("a loop's variable of the same name", prints: "0\n1", "for late° in 0..<2 { print(late°) }\nlet late° = 3"),
        .init("a captured variable of the same name", prints: "1", "let f° = { [late° = 1] in late° }\nprint(f°())\nlet late° = 3"),
        .init(
            "names beyond ASCII and in backticks", prints: "3 4 5",
            "let 权重° = 3, `class°` = 4, `a b°` = 5\nfunc f°() { print(权重°, `class°`, `a b°`) }\nf°()"),
        .init("private variables", prints: "3", "private let late° = 3\nfileprivate func f°() -> Int { late° }\nprint(f°())"),
    ]

    /// Of lessons whose top-level code awaits.
    static let asynchronous: [TimelyUseProgram] = [
        .init("an awaited function", prints: "3", "func f°() async -> Int { late° }\nlet late° = 3\nprint(await f°())"),
        .init(
            "an awaited value", prints: "1 2",
            "func f°() async -> Int { 1 }\nlet a° = await f°(), b° = await f°() + 1\nfunc g°() { print(a°, b°) }\ng°()"),
        .init(
            "a value that is awaited in its place", prints: "x [1]",
            "func id°<T>(_ t: T) async -> T { t }\nlet a° = await id°(\"x\"), b°: Any = await id°([1])\nfunc f°() { print(a°, b°) }\nf°()"
        ),
        .init(
            "a large value", prints: "7",
            "struct S° { var a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7 }\nfunc f°() async -> S° { S°() }\nlet s° = await f°()\nfunc g°() { print(s°.g) }\ng°()"
        ),
        .init(
            "a task's value", prints: "4",
            "let t° = Task { 1 + 2 }\nlet v° = await t°.value\nfunc f°() async -> Int { v° + 1 }\nprint(await f°())"),
        .init("a task that reads", prints: "3", "let late° = 3\nlet t° = Task { late° }\nprint(await t°.value)"),
        .init(
            "a group of tasks", prints: "6",
            "let part° = 2\nlet sum° = await withTaskGroup(of: Int.self) { group in\n  for _ in 0..<3 { group.addTask { part° } }\n  var sum = 0\n  for await x in group { sum += x }\n  return sum\n}\nfunc f°() { print(sum°) }\nf°()"
        ),
        .init("an actor", prints: "3", "actor A° { func f() -> Int { late° } }\nlet a° = A°()\nlet late° = 3\nprint(await a°.f())"),
        .init(
            "an asynchronous sequence", prints: "3",
            "let late° = 3\nvar left° = 2\nvar last° = 0\nfor await x in AsyncStream<Int>(unfolding: { left° -= 1; return left° < 0 ? nil : late° }) { last° = x }\nprint(last°)"
        ),
        .init(
            "a pair with an awaited part", prints: "1 2",
            "func f°() async -> Int { 2 }\nlet pair° = (1, await f°())\nfunc g°() { print(pair°.0, pair°.1) }\ng°()"),
        .init(
            "a value given in a branch that awaits", prints: "2",
            "func f°() async -> Int { 2 }\nlet x°: Int\nif [true][0] { x° = await f°() } else { x° = 1 }\nstruct S° { func f() -> Int { x° } }\nprint(S°().f())"
        ),
        .init(
            "an error that is awaited", prints: "nil 3",
            "struct E°: Error {}\nfunc f°(_ x: Int) async throws -> Int { if x == 0 { throw E°() }; return x }\nlet none° = try? await f°(0), some° = try await f°(3)\nfunc g°() { print(none° as Any, some°) }\ng°()"
        ),
    ]
}
