/// A lesson that uses a variable before its declaration ran. `//!` marks the line that is at fault, `//=` the declaration.
struct EarlyUseProgram: Sendable {
    let what: String
    let variable: String
    let body: String

    init(_ what: String, _ code: String) {
        self.init(what, "late", code)
    }

    init(_ what: String, _ variable: String, _ code: String) {
        (self.what, self.variable) = (what, variable)
        body = code.contains("```") ? code : "```{swift}\n\(code)\n```"
    }

    /// In the Markdown file, whose first line of the body is line 4.
    func line(of mark: String) -> Int? {
        body.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.hasSuffix(mark) }.map { $0 + 4 }
    }
}

extension EarlyUseProgram {
    static let all = inFunctions + inTypes + inWitnesses + inClosures + ofValues + inInitialisers + inCells + asynchronous

    private static let inFunctions: [EarlyUseProgram] = [
        .init("top-level code", "print(late) //!\nlet late = 3 //="),
        .init("top-level code in a loop", "for i in 0..<2 {\n  print(i + late) //!\n}\nvar late = 3 //="),
        .init("a change by top-level code", "late += 1 //!\nvar late = 3 //=\nprint(late)"),
        .init("an assignment by top-level code", "late = 1 //!\nvar late = 3 //=\nprint(late)"),
        .init("a function", "func f() -> Int { late } //!\nprint(f())\nlet late = 3 //="),
        .init("a function below the declaration", "print(f())\nlet late = 3 //=\nfunc f() -> Int { late } //!"),
        .init("a function of a function", "func f() -> Int { g() }\nfunc g() -> Int { late } //!\nprint(f())\nlet late = 3 //="),
        .init(
            "a recursion",
            """
            func f(_ n: Int) -> Int {
              n == 0
                ? late //!
                : f(n - 1)
            }
            print(f(3))
            let late = 3 //=
            """),
        .init(
            "a nested function", "func f() -> Int {\n  func g() -> Int { late } //!\n  return g()\n}\nprint(f())\nlet late = 3 //="),
        .init("a default argument", "func f(_ x: Int = late) -> Int { x } //!\nprint(f())\nlet late = 3 //="),
        .init("an argument in place", "func add(_ x: inout Int) { x += 1 }\nfunc f() { add(&late) } //!\nf()\nvar late = 3 //="),
        .init("an assignment", "func f() { late = 5 } //!\nf()\nvar late = 3 //="),
        .init("a change", "func f() {\n  late += 1 //!\n}\nf()\nvar late = 3 //="),
        .init("a defer", "func f() {\n  defer {\n    print(late) //!\n  }\n  print(1)\n}\nf()\nlet late = 3 //="),
        .init(
            "a throwing function",
            "struct E: Error {}\nfunc f() throws -> Int { if late == 0 { throw E() }; return 1 } //!\nprint((try? f()) ?? 0)\nlet late = 3 //="
        ),
        .init(
            "a pattern",
            "func f(_ x: Int) -> Bool {\n  switch x { //!\n  case late: true\n  default: false\n  }\n}\nprint(f(0))\nlet late = 3 //="
        ),
        .init("an element of a literal", "func f() -> [Int] {\n  [\n    1,\n    late, //!\n  ]\n}\nprint(f())\nlet late = 3 //="),
        .init("text with a value", "func f() -> String { \"is \\(late)\" } //!\nprint(f())\nlet late = 3 //="),
        .init("a pointer", "func f() -> Int { withUnsafePointer(to: &late) { $0.pointee } } //!\nprint(f())\nvar late = 3 //="),
        .init(
            "an operator",
            "infix operator +++\nfunc +++ (a: Int, b: Int) -> Int { a + b + late } //!\nprint(1 +++ 2)\nlet late = 3 //="),
        .init(
            "a generic function", "func f<T: Numeric>(_ t: T) -> T { t * T(exactly: late)! } //!\nprint(f(2.0))\nlet late = 3 //="),
        .init(
            "a local type",
            "func f() -> Int {\n  struct S { func g() -> Int { late } } //!\n  return S().g()\n}\nprint(f())\nlet late = 3 //="),
        .init("a computed variable", "var twice: Int { late * 2 } //!\nprint(twice)\nlet late = 3 //="),
        .init("an observer", "var seen = 1 {\n  didSet { print(late) } //!\n}\nseen = 2\nlet late = 3 //="),
    ]

    private static let inTypes: [EarlyUseProgram] = [
        .init("a method of a class", "class C { func f() -> Int { late } } //!\nprint(C().f())\nlet late = 3 //="),
        .init(
            "a method that a subclass overrides",
            "class C { func f() -> Int { 1 } }\nclass D: C { override func f() -> Int { late } } //!\nlet c: C = D()\nprint(c.f())\nlet late = 3 //="
        ),
        .init("a computed property", "struct S { var x: Int { late } } //!\nprint(S().x)\nlet late = 3 //="),
        .init("a stored property's value", "struct S { var x = late } //!\nprint(S().x)\nlet late = 3 //="),
        .init("an initialiser", "class C {\n  let x: Int\n  init() { x = late } //!\n}\nprint(C().x)\nlet late = 3 //="),
        .init("a lazy property", "class C { lazy var x = late } //!\nprint(C().x)\nlet late = 3 //="),
        .init("a static property", "enum E { static let x = late + 1 } //!\nprint(E.x)\nlet late = 3 //="),
        .init("a static method", "enum E { static func f() -> Int { late } } //!\nprint(E.f())\nlet late = 3 //="),
        .init(
            "a property of an enum", "enum E { case a; var x: Int { self == .a ? late : 0 } } //!\nprint(E.a.x)\nlet late = 3 //="),
        .init("a subscript", "struct S { subscript(i: Int) -> Int { i + late } } //!\nprint(S()[1])\nlet late = 3 //="),
        .init("a deinit", "class C { deinit { print(late) } } //!\nfunc f() { _ = C() }\nf()\nlet late = 3 //="),
        .init("an extension of Int", "extension Int { var more: Int { self + late } } //!\nprint(2.more)\nlet late = 3 //="),
        .init(
            "a property wrapper",
            "@propertyWrapper struct W { var wrappedValue: Int { late } } //!\nstruct S { @W var x }\nprint(S().x)\nlet late = 3 //="
        ),
        .init(
            "a property wrapper's argument",
            "@propertyWrapper struct W { var wrappedValue: Int }\nstruct S { @W(wrappedValue: late) var x } //!\nprint(S().x)\nlet late = 3 //="
        ),
        .init(
            "a member looked up by name",
            "@dynamicMemberLookup struct S { subscript(dynamicMember name: String) -> Int { late } } //!\nprint(S().anything)\nlet late = 3 //="
        ),
        .init("a call of a value", "struct S { func callAsFunction() -> Int { late } } //!\nprint(S()())\nlet late = 3 //="),
        .init("a key path", "struct S { var x: Int { late } } //!\nlet path = \\S.x\nprint(S()[keyPath: path])\nlet late = 3 //="),
        .init("a key path as a function", "struct S { var x: Int { late } } //!\nprint([S()].map(\\.x))\nlet late = 3 //="),
    ]

    private static let inWitnesses: [EarlyUseProgram] = [
        .init(
            "a method of a protocol",
            "protocol P { func f() -> Int }\nstruct S: P { func f() -> Int { late } } //!\nlet p: any P = S()\nprint(p.f())\nlet late = 3 //="
        ),
        .init(
            "an extension of a protocol",
            "protocol P {}\nextension P { func f() -> Int { late } } //!\nstruct S: P {}\nprint(S().f())\nlet late = 3 //="),
        .init(
            "a generic function's witness",
            "protocol P { static var x: Int { get } }\nenum E: P { static var x: Int { late } } //!\nfunc f<T: P>(_: T.Type) -> Int { T.x }\nprint(f(E.self))\nlet late = 3 //="
        ),
        .init(
            "an opaque result",
            "protocol P { var x: Int { get } }\nstruct S: P { var x: Int { late } } //!\nfunc f() -> some P { S() }\nprint(f().x)\nlet late = 3 //="
        ),
        .init(
            "a description",
            "struct S: CustomStringConvertible { var description: String { \"S\\(late)\" } } //!\nprint(S())\nlet late = 3 //="),
        .init(
            "==",
            "struct S: Equatable { static func == (a: S, b: S) -> Bool { late == 0 } } //!\nprint([S()].contains(S()))\nlet late = 3 //="
        ),
        .init(
            "a hash",
            "struct S: Hashable { func hash(into h: inout Hasher) { h.combine(late) } } //!\nprint(Set([S()]).count)\nlet late = 3 //="
        ),
        .init(
            "a comparison",
            "struct S: Comparable { static func < (a: S, b: S) -> Bool { late > 0 } } //!\nprint([S(), S()].max() != nil)\nlet late = 3 //="
        ),
        .init(
            "what is encoded",
            """
            import Foundation
            struct S: Encodable {
              func encode(to e: any Encoder) throws {
                var c = e.singleValueContainer()
                try c.encode(late) //!
              }
            }
            print(try JSONEncoder().encode(S()).count)
            let late = 3 //=
            """),
        .init(
            "a sequence",
            "struct S: Sequence, IteratorProtocol { mutating func next() -> Int? { late == 0 ? nil : 1 } } //!\nfor x in S() { print(x) }\nlet late = 3 //="
        ),
        .init(
            "a result builder",
            "@resultBuilder enum B { static func buildBlock(_ x: Int...) -> Int { x.reduce(late, +) } } //!\n@B func f() -> Int { 1; 2 }\nprint(f())\nlet late = 3 //="
        ),
        .init(
            "a literal's type",
            "struct S: ExpressibleByIntegerLiteral {\n  let x: Int\n  init(integerLiteral v: Int) { x = v + late } //!\n}\nlet s: S = 4\nprint(s.x)\nlet late = 3 //="
        ),
        .init(
            "all cases",
            "enum E: CaseIterable { case a; static var allCases: [E] { late == 0 ? [] : [.a] } } //!\nprint(E.allCases)\nlet late = 3 //="
        ),
        .init(
            "an interpolation of one's own",
            "extension String.StringInterpolation { mutating func appendInterpolation(n: Int) { appendLiteral(\"\\(n + late)\") } } //!\nprint(\"\\(n: 2)\")\nlet late = 3 //="
        ),
    ]

    private static let inClosures: [EarlyUseProgram] = [
        .init("a closure that is kept", "let f = { late } //!\nprint(f())\nlet late = 3 //="),
        .init("a closure that is called at once", "print({ late }()) //!\nlet late = 3 //="),
        .init("closures in an array", "let all: [() -> Int] = [{ 1 }, { late }] //!\nprint(all.map { $0() })\nlet late = 3 //="),
        .init(
            "a closure in a class",
            "class C { var f: () -> Int = { 0 } }\nlet c = C()\nc.f = { late } //!\nprint(c.f())\nlet late = 3 //="),
        .init("an order", "print([2, 1].sorted { $0 * late < $1 * late }) //!\nlet late = -1 //="),
        .init("a lazy map", "let l = [1].lazy.map { $0 + late } //!\nprint(Array(l))\nlet late = 3 //="),
        .init("an autoclosure", "func f(_ x: @autoclosure () -> Int) -> Int { x() }\nprint(f(late)) //!\nlet late = 3 //="),
        .init("the second side of ||", "print([false][0] || late > 1) //!\nlet late = 3 //="),
        .init(
            "a closure with a list of captures", "func f() -> () -> Int { { [late] in late } } //!\nprint(f()())\nlet late = 3 //="),
    ]

    private static let ofValues: [EarlyUseProgram] = [
        .init("a tensor", "weights", "func f() -> Shape { weights.shape } //!\nprint(f())\nlet weights = Tensor([1, 2]) //="),
        .init("a tensor in top-level code", "weights", "print(weights) //!\nlet weights = Tensor([1, 2]) //="),
        .init("an array", "func f() -> Int { late.count } //!\nprint(f())\nvar late = [1, 2] //="),
        .init("an optional", "func f() -> Bool { late == nil } //!\nprint(f())\nvar late: Int? = 3 //="),
        .init("a string", "func f() -> String { late } //!\nprint(f())\nlet late = \"three\" //="),
        .init("any value", "func f() -> Any { late } //!\nprint(f())\nlet late: Any = 3 //="),
        .init(
            "an existential value",
            "protocol P { var x: Int { get } }\nstruct S: P { var x = 1 }\nfunc f() -> Int { late.x } //!\nprint(f())\nlet late: any P = S() //="
        ),
        .init("a function", "func f() -> Int { late() } //!\nprint(f())\nlet late = { 3 } //="),
        .init("a part of a pair", "b", "func f() -> Int { b } //!\nprint(f())\nlet (a, b) = (3, 4) //=\nprint(a)"),
        .init("a pair", "func f() -> Int { late.1 } //!\nprint(f())\nlet late = (3, 4) //="),
        .init("a structure", "struct S { var x = 1, y = 2 }\nfunc f() -> Int { late.y } //!\nprint(f())\nvar late = S() //="),
        .init("a name beyond ASCII", "权重", "func f() -> Int { 权重 } //!\nprint(f())\nlet 权重 = 3 //="),
        .init("a name in backticks", "default", "func f() -> Int { `default` } //!\nprint(f())\nlet `default` = 3 //="),
        .init(
            "a name with the module's in it", "lessonLate", "func f() -> Int { lessonLate } //!\nprint(f())\nlet lessonLate = 3 //="
        ),
        .init("a private variable", "func f() -> Int { late } //!\nprint(f())\nprivate let late = 3 //="),
        .init("an observed variable", "func f() -> Int { late } //!\nprint(f())\nvar late = 3 { didSet { print(1) } } //="),
        .init(
            "a name that is a local's too",
            "func f() -> Int {\n  do { let late = 1; _ = late }\n  return late //!\n}\nprint(f())\nlet late = 3 //="),
    ]

    private static let inInitialisers: [EarlyUseProgram] = [
        .init("its own value", "let late: Int = late + 1 //!=\nprint(late)"),
        .init("its own value, by a function", "func f() -> Int { late } //!\nlet late: Int = f() //="),
        .init("its own second part, by a function", "func f() -> Int { late.1 } //!\nlet late: (Int, Int) = (1, f()) //="),
        .init(
            "its own second part, after an object",
            "func f() -> Int { late.1 } //!\nlet late: (Tensor, Int, Tensor) = (Tensor([1]), f() + 1, Tensor([f() + 2])) //="),
        .init(
            "itself, where it is built in its place",
            """
            protocol P { var x: Int { get } }
            struct S<T>: P { var t: T; var x: Int }
            func make<T>(_ t: T) -> S<T> { S(t: t, x: late.x) } //!
            let t: any P = S(t: 1, x: 2)
            let late: any P = make(t) //=
            """),
        .init("one declared with it", "func f() -> Int { late } //!\nlet a = f(), late = 3 //=\nprint(a)"),
        .init("one on the same line", "print(late); let late = 3 //!="),
    ]

    private static let inCells: [EarlyUseProgram] = [
        .init(
            "a later cell's",
            "```{swift}\nfunc f() -> Int { late } //!\nprint(f())\n```\n\nText.\n\n```{swift}\nlet late = 3 //=\n```"),
        .init(
            "an inline value",
            "```{swift}\nfunc f() -> Int { late } //!\n```\n\nIt is `{swift} f()`.\n\n```{swift}\nlet late = 3 //=\n```"),
        .init("a cell in a list", "- item\n\n  ```{swift}\n  print(late) //!\n  ```\n\n> ```{swift}\n> let late = 3 //=\n> ```"),
        .init("a cell that must trap", "```{swift}\n//| error: true\nprint(late) //!\n```\n\n```{swift}\nlet late = 3 //=\n```"),
        .init(
            "a function that a cell which must trap calls",
            "```{swift}\nfunc f() -> Int { 1 / late } //!\n```\n\n```{swift}\n//| error: true\nprint(f())\n```\n\n```{swift}\nlet late = 3 //=\n```"
        ),
        .init(
            "a trap that comes before",
            "expectTrap { fatalError(\"wanted\") }\nfunc f() -> Int { late } //!\nprint(f())\nlet late = 3 //="),
    ]

    private static let asynchronous: [EarlyUseProgram] = [
        .init("awaiting code", "func f() async -> Int { 1 }\nprint(await f() + late) //!\nlet late = 3 //="),
        .init("an awaited function", "func f() async -> Int { late } //!\nprint(await f())\nlet late = 3 //="),
        .init("a task", "let t = Task { late } //!\nprint(await t.value)\nlet late = 3 //="),
        .init("an actor", "actor A { func f() -> Int { late } } //!\nprint(await A().f())\nlet late = 3 //="),
        .init(
            "a child task",
            "func f() async -> Int { late } //!\nfunc g() async -> Int { async let x = f(); return await x }\nprint(await g())\nlet late = 3 //="
        ),
        .init(
            "an asynchronous sequence",
            "for await x in AsyncStream<Int>(unfolding: { late == 0 ? nil : 1 }) { print(x) } //!\nlet late = 3 //="),
        .init(
            "its own value, awaited in its place",
            "func id<T>(_ f: () -> T) async -> T { f() }\nlet late: Int = await id { late + 1 } //!=\nprint(late)"),
        .init("another thread", "import Foundation\nDispatchQueue.global().sync {\n  print(late) //!\n}\nlet late = 3 //="),
    ]
}
