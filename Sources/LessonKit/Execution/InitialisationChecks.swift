/// Has every use of a lesson's top-level variable ask first whether the variable has a value yet: LLVM's text in, LLVM's text out.
///
/// Swift lets functions speak of what is declared below them, and a use before the declaration ran gives zeros: a number on
/// the page that nothing computed. So each variable gets a flag. The top-level code sets it where it gives the variable its
/// value; every other use, in whatever function, method, closure or witness, goes by `unroll.check`, which ends the program
/// through the Exhibits library as long as the flag is not set. What is used in time is never refused, and nothing else passes.
package struct InitialisationChecks {
    private let module: IRModule
    private var edits = IREdits()
    /// Metadata that the module lacks.
    private var places: [String] = []

    /// - Parameter text: A module as `swiftc -g -emit-ir` writes it: without `-g` the variables' lines are missing.
    package static func added(to text: String) -> String {
        let module = IRModule(text)
        guard !module.variables.isEmpty else { return text }
        var checks = InitialisationChecks(module: module)
        for function in module.functions { checks.add(to: function) }
        return module.editing(checks.edits) + checks.declarations
    }

    private init(module: IRModule) {
        self.module = module
    }

    private mutating func add(to function: IRFunction) {
        if function.isTopLevel {
            for block in function.blocks.indices { addToTopLevel(function, block) }
        } else {
            for block in function.blocks { addToBody(of: function, block) }
        }
    }

    // MARK: Functions

    /// One check a block is enough: a variable that has a value keeps it.
    private mutating func addToBody(of function: IRFunction, _ block: IRBlock) {
        var checked: Set<Int> = []
        for (index, reference) in block.references.enumerated() where checked.insert(reference.variable).inserted {
            addCheck(reference, at: location(of: reference, in: block.references[index...], of: function))
        }
    }

    /// The beginning of an access may have no line; what it is for has.
    private mutating func location(of reference: IRReference, in later: some Sequence<IRReference>, of function: IRFunction)
        -> Substring?
    {
        if let located = later.first(where: { $0.variable == reference.variable && module.line(of: $0) > 0 }) {
            return located.location
        }
        return module.nearestLocation(to: reference.line, in: function) ?? placeOfMaking(
            function, file: module.variables[reference.variable].file)
            ?? reference.location
    }

    /// An autoclosure has no lines: what it computes stands where it is made.
    private mutating func placeOfMaking(_ function: IRFunction, file: Substring) -> Substring? {
        guard let scope = function.scope, let place = module.placeOfMaking(function) else { return nil }
        // The compiler numbers its own without gaps.
        let (block, location) = (1_000_000 + places.count, 1_000_001 + places.count)
        places.append("!\(block) = distinct !DILexicalBlock(scope: \(scope), file: \(file), line: \(place.line))\n")
        places.append("!\(location) = !DILocation(line: \(place.line), column: \(place.column), scope: !\(block))\n")
        return "!\(location)"
    }

    private mutating func addCheck(_ reference: IRReference, at location: Substring?) {
        let (variable, line) = (reference.variable, module.variables[reference.variable].line)
        let call = "  call void @unroll.check(ptr @unroll.known.\(variable), ptr @unroll.name.\(variable), i64 \(line))"
        edits.insert(call + (location.map { ", !dbg \($0)" } ?? ""), before: reference.insertion)
    }

    // MARK: Top-level code

    /// The compiler has seen to the order there, but for what stands above the declaration or in the value itself.
    private mutating func addToTopLevel(_ function: IRFunction, _ block: Int) {
        for (index, reference) in function.blocks[block].references.enumerated() {
            let isAbove = (1..<max(1, module.variables[reference.variable].line)).contains(module.line(of: reference))
            switch reference.role {
            case .reading: addCheck(reference, at: reference.location)
            case _ where isAbove && reference.role != .initialisation: addCheck(reference, at: reference.location)
            case .access, .assignment: break
            case .initialisation where function.initialisesFurther(after: index, in: block): break
            case .initialisation, .unclear: addFlag(reference, in: function, block)
            }
        }
    }

    private mutating func addFlag(_ reference: IRReference, in function: IRFunction, _ block: Int) {
        let store = "  store atomic i8 1, ptr @unroll.known.\(reference.variable) release, align 1"
        if reference.isLastCall {
            // The callee fills the variable, and the top-level code goes on in a function of its own.
            let next = function.continuation(before: reference.line).flatMap { module.firstInstruction(of: $0) }
            edits.insert(store, before: next ?? reference.line)
        } else {
            edits.insert(store, before: endOfExpression(reference, in: function.blocks[block]) + 1)
        }
    }

    /// Of a value that is computed in its place, the type is written there first: the variable has its value when the whole
    /// expression has run, which is all that has the same location.
    private func endOfExpression(_ reference: IRReference, in block: IRBlock) -> Int {
        guard module.line(of: reference) > 0 else { return reference.line }
        let next = block.references.first { $0.variable == reference.variable && $0.line > reference.line }
        let end = min(next?.line ?? block.terminator, block.terminator)
        return (reference.line..<end).last { module.location(ofLine: $0) == reference.location } ?? reference.line
    }

    // MARK: What the checks refer to

    private var declarations: String {
        let variables = module.variables.enumerated().map { index, variable in
            """
            @unroll.known.\(index) = internal global i8 0, align 1
            @unroll.name.\(index) = private constant [\(variable.nameLength + 1) x i8] c"\(variable.name)\\00"

            """
        }
        return places.joined() + variables.joined() + """
            define internal void @unroll.check(ptr %known, ptr %name, i64 %line) alwaysinline {
              %flag = load atomic i8, ptr %known acquire, align 1
              %isSet = icmp ne i8 %flag, 0
              br i1 %isSet, label %on, label %early
            early:
              call void @_unroll_early_use(ptr %name, i64 %line) noreturn
              unreachable
            on:
              ret void
            }
            declare void @_unroll_early_use(ptr, i64)

            """
    }
}
