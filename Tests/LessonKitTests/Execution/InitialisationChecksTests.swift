import Foundation
import LessonKit
import Testing

/// Texts as the compiler writes them, cut down to what counts.
@Suite("Checks of initialisation, in LLVM's text")
struct InitialisationChecksTests {
    private static let late = #"@"$s6lesson4lateSivp""#

    /// A module with the variable `late` of line 9, and locations `!10` for line 0, and `!11` on for the lines 1, 2, ….
    private func module(_ code: String) -> String {
        let locations = (0..<20).map { "!\($0 + 10) = !DILocation(line: \($0), column: \($0 + 1), scope: !4)" }
        return """
            \(Self.late) = hidden global %TSi zeroinitializer, align 8, !dbg !0
            @.str = private constant [23 x i8] c"@\\22$s6lesson4lateSivp\\22\\0A}\\00"
            \(code.replacing("LATE", with: Self.late))
            !1 = distinct !DIGlobalVariable(name: "late", linkageName: "$s6lesson4lateSivp", scope: !2, file: !3, line: 9, type: !4)
            !4 = distinct !DISubprogram(linkageName: "f")
            \(locations.joined(separator: "\n"))

            """
    }

    /// The lines of the code afterwards, what was added marked and shortened.
    private func checked(_ code: String) throws -> [String] {
        let text = module(code)
        let result = InitialisationChecks.added(to: text)
        #expect(result.hasSuffix("declare void @_unroll_early_use(ptr, i64)\n"))
        let lines = result.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let kept = lines.filter { !isAdded($0) }.joined(separator: "\n")
        #expect(kept.hasPrefix(text), "nothing else changes")
        let end = try #require(lines.firstIndex { $0.hasPrefix("!1 = ") })
        return lines[2..<end].map(shortened)
    }

    private func isAdded(_ line: String) -> Bool { line.contains("@unroll.") && line.hasPrefix("  ") }

    private func shortened(_ line: String) -> String {
        switch line {
        case "  store atomic i8 1, ptr @unroll.known.0 release, align 1": "SET"
        case _ where isAdded(line):
            line.replacing("  call void @unroll.check(ptr @unroll.known.0, ptr @unroll.name.0, i64 9)", with: "CHECK").replacing(
                ", !dbg ", with: " ")
        default: line.replacing(Self.late, with: "LATE")
        }
    }

    private func expect(_ code: String, becomes expected: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(try checked(code).joined(separator: "\n") == expected, sourceLocation: sourceLocation)
    }

    // MARK: Functions

    @Test("a function asks before its first use of each block, at the place of the use")
    func function() throws {
        try expect(
            """
            define hidden swiftcc i64 @"$s6lesson1fSiyF"(i1 %c) #0 !dbg !4 {
            entry:
              %0 = load i64, ptr LATE, align 8, !dbg !13
              store i64 %0, ptr LATE, align 8, !dbg !14
              br i1 %c, label %1, label %2, !dbg !14

            1:                                                ; preds = %entry
              %3 = load i64, ptr getelementptr inbounds (%TSi, ptr LATE, i32 0, i32 1), align 8, !dbg !15
              br label %2

            2:
              %4 = phi ptr [ LATE, %entry ], [ null, %1 ]
              %5 = phi i64 [ 0, %entry ], [ %3, %1 ]
              ret i64 %5, !dbg !16
            }
            """,
            becomes: """
                define hidden swiftcc i64 @"$s6lesson1fSiyF"(i1 %c) #0 !dbg !4 {
                entry:
                CHECK !13
                  %0 = load i64, ptr LATE, align 8, !dbg !13
                  store i64 %0, ptr LATE, align 8, !dbg !14
                  br i1 %c, label %1, label %2, !dbg !14

                1:                                                ; preds = %entry
                CHECK !15
                  %3 = load i64, ptr getelementptr inbounds (%TSi, ptr LATE, i32 0, i32 1), align 8, !dbg !15
                  br label %2

                2:
                  %4 = phi ptr [ LATE, %entry ], [ null, %1 ]
                  %5 = phi i64 [ 0, %entry ], [ %3, %1 ]
                CHECK !16
                  ret i64 %5, !dbg !16
                }
                """)
    }

    @Test("an access without a line is told at the line of what it is for")
    func access() throws {
        try expect(
            """
            define void @f() {
            entry:
              call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !10
              store i64 1, ptr LATE, align 8, !dbg !15
              ret void
            }
            """,
            becomes: """
                define void @f() {
                entry:
                CHECK !15
                  call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !10
                  store i64 1, ptr LATE, align 8, !dbg !15
                  ret void
                }
                """)
    }

    @Test("a function without lines, an autoclosure's, is told where it is made")
    func autoclosure() throws {
        let lines = try checked(
            """
            define internal i64 @"fu_"() !dbg !4 {
            entry:
              %0 = load i64, ptr LATE, align 8, !dbg !10
              ret i64 %0, !dbg !10
            }
            define i32 @g() !dbg !5 {
            entry:
              %0 = call i64 @h(ptr @"fu_"), !dbg !17
              ret i32 0
            }
            """)
        #expect(lines[2] == "CHECK !1000001")
    }

    @Test("calls at a function's end, cases of a switch and records of debug information keep their places")
    func shapes() throws {
        try expect(
            """
            define swifttailcc void @f(i64 %0) {
            entry:
                #dbg_value(ptr LATE, !1, !DIExpression(), !11)
              switch i64 %0, label %1 [
                i64 0, label %2
              ]

            1:
              unreachable

            2:
              musttail call swifttailcc void @g(ptr LATE), !dbg !12
              ret void
            }
            """,
            becomes: """
                define swifttailcc void @f(i64 %0) {
                entry:
                    #dbg_value(ptr LATE, !1, !DIExpression(), !11)
                  switch i64 %0, label %1 [
                    i64 0, label %2
                  ]

                1:
                  unreachable

                2:
                CHECK !12
                  musttail call swifttailcc void @g(ptr LATE), !dbg !12
                  ret void
                }
                """)
    }

    // MARK: Top-level code

    private func main(_ body: String) -> String {
        "define protected i32 @main(i32 %0, ptr %1) #0 {\nentry:\n\(body)\n}"
    }

    @Test("the top-level code sets the flag when the value is there")
    func initialisation() throws {
        try expect(
            main("  store i64 3, ptr LATE, align 8, !dbg !19\n  ret i32 0"),
            becomes: main("  store i64 3, ptr LATE, align 8, !dbg !19\nSET\n  ret i32 0"))
    }

    @Test("a value of several parts is there when the last of them is, also behind a check of an overflow")
    func parts() throws {
        let body = """
              store i64 3, ptr LATE, align 8, !dbg !19
              br i1 %c, label %2, label %1

            1:
              store i8 0, ptr getelementptr inbounds (%T, ptr LATE, i32 0, i32 1), align 8, !dbg !20
            HERE
              ret i32 0

            2:
              call void @llvm.trap()
              unreachable
            """
        try expect(main(body.replacing("HERE\n", with: "")), becomes: main(body.replacing("HERE", with: "SET")))
    }

    @Test("a program that ends without returning has its values all the same")
    func noReturn() throws {
        try expect(
            main("  store i64 3, ptr LATE, align 8, !dbg !19\n  call void @f()\n  unreachable"),
            becomes: main("  store i64 3, ptr LATE, align 8, !dbg !19\nSET\n  call void @f()\n  unreachable"))
    }

    @Test("a value that is given in branches is there in each of them")
    func branches() throws {
        let body = """
              br i1 %c, label %1, label %2

            1:
              store i64 1, ptr LATE, align 8, !dbg !20
            HERE
              br label %3

            2:
              store i64 2, ptr LATE, align 8, !dbg !21
            HERE
              br label %3

            3:
              ret i32 0
            """
        try expect(main(body.replacing("HERE\n", with: "")), becomes: main(body.replacing("HERE", with: "SET")))
    }

    @Test("a value that is computed in its place is there when its expression has run")
    func builtInPlace() throws {
        let body = """
              store ptr @M, ptr getelementptr inbounds (%P, ptr LATE, i32 0, i32 1), align 8, !dbg !19
              store ptr %6, ptr LATE, align 8, !dbg !19
              call swiftcc void @make(ptr noalias sret(%swift.opaque) %7), !dbg !19
            HERE
              call void @f(), !dbg !20
              ret i32 0
            """
        try expect(main(body.replacing("HERE\n", with: "")), becomes: main(body.replacing("HERE", with: "SET")))
    }

    @Test("a call that gets the variable's place may fill it; a result does; a copy out of it does not")
    func calls() throws {
        let body = """
              call void @f(ptr noalias sret(%T) LATE, ptr %1), !dbg !19
            A
              %2 = call ptr @"$sypWOc"(ptr LATE, ptr %3), !dbg !20
              call void @g(ptr noalias LATE), !dbg !21
            C
              call void @llvm.memcpy.p0.p0.i64(ptr align 8 %3, ptr align 8 LATE, i64 8, i1 false), !dbg !22
              ret i32 0
            """
        let marks = ["A": "SET\nCHECK !20", "C": "SET\nCHECK !22"]
        let lines = body.components(separatedBy: "\n")
        let before = lines.filter { marks[$0] == nil }.joined(separator: "\n")
        let after = lines.map { marks[$0] ?? $0 }.joined(separator: "\n")
        try expect(main(before), becomes: main(after))
    }

    @Test("what stands above the declaration is checked in the top-level code too: a use, a change, an assignment")
    func above() throws {
        try expect(
            main(
                """
                  %2 = load i64, ptr LATE, align 8, !dbg !15
                  call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !10
                  store i64 1, ptr LATE, align 8, !dbg !16
                  call void @f(ptr LATE), !dbg !17
                  call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !20
                  ret i32 0
                """),
            becomes: main(
                """
                CHECK !15
                  %2 = load i64, ptr LATE, align 8, !dbg !15
                  call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !10
                CHECK !16
                  store i64 1, ptr LATE, align 8, !dbg !16
                CHECK !17
                  call void @f(ptr LATE), !dbg !17
                  call void @swift_beginAccess(ptr LATE, ptr %a, i64 33, ptr null) #2, !dbg !20
                  ret i32 0
                """))
    }

    @Test("an awaited value is there where the top-level code goes on")
    func awaited() throws {
        let code = """
            define internal swifttailcc void @async_Main(ptr swiftasync %0) #0 {
            entry:
              store ptr @async_MainTQ0_, ptr %13, align 8, !dbg !19
              musttail call swifttailcc void @id(ptr noalias LATE, ptr swiftasync %10), !dbg !19
              ret void
            }
            define internal swifttailcc void @async_MainTQ0_(ptr swiftasync %0) #0 {
            entryresume.0:
            HERE
              ret void
            }
            """
        try expect(code.replacing("HERE\n", with: ""), becomes: code.replacing("HERE", with: "SET"))
    }

    // MARK: Variables

    @Test("a program without variables of its own stays as it is")
    func noVariables() {
        let text = "define i32 @main() {\nentry:\n  ret i32 0\n}\n"
        #expect(InitialisationChecks.added(to: text) == text)
    }

    @Test("a static variable, which gets its value at its first use, and a library's are left alone")
    func otherVariables() {
        for symbol in ["$s6lesson1SV1xSivpZ", "$s5other4lateSivp"] {
            let text = module("").replacing("$s6lesson4lateSivp", with: symbol)
            #expect(InitialisationChecks.added(to: text) == text)
        }
    }

    @Test("a name beyond ASCII is handed on as its bytes")
    func name() {
        let text = module("").replacing("name: \"late\"", with: "name: \"\\E4\\B8\\AD_1\"")
        #expect(InitialisationChecks.added(to: text).contains("@unroll.name.0 = private constant [6 x i8] c\"\\E4\\B8\\AD_1\\00\""))
    }
}
