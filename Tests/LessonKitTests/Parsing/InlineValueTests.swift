import LessonKit
import Testing

@Suite struct InlineValueTests {
    @Test(
        "an expression's place is that of its first character, wherever it stands",
        arguments: [
            ("`{swift} a`", at(4, 10)),
            ("one\ntwo `{swift} a`", at(5, 14)),
            ("one\n   two\n   `{swift} a`", at(6, 13)),
            ("# Head `{swift} a`", at(4, 17)),
            ("Head `{swift} a`\n===", at(4, 15)),
            ("- x\n  y `{swift} a`", at(5, 14)),
            ("> x\n> `{swift} a`", at(5, 12)),
            ("> x\nlazy `{swift} a`", at(5, 15)),
            ("> > - x\n> `{swift} a`", at(5, 12)),
            ("> 1. > x\n>    > y `{swift} a`", at(5, 19)),
            ("- x\n\n\t`{swift} a`", at(6, 11)),
            ("*em `{swift} a`*", at(4, 14)),
            ("[link `{swift} a`](x)", at(4, 16)),
            ("中文和 `{swift} a`", at(4, 14)),
            ("é and 👩‍👩‍👧 `{swift} a`", at(4, 18)),
            ("``{swift} a``", at(4, 11)),
            ("` {swift} a `", at(4, 11)),
            ("`{swift}    a`", at(4, 13)),
            ("`{swift}\na`", at(5, 1)),
            ("> `{swift}\n> a`", at(5, 3)),
            ("| a |\n|---|\n| `{swift} a` |", at(6, 12)),
            ("> | a |\n> |---|\n> | b `{swift} a` |", at(6, 16)),
            ("`code` `` ` `` <b title=\"`\"> `{swift} a`", at(4, 39)),
            ("x <!-- ` --> `{swift} a`", at(4, 23)),
            ("\\`x `{swift} a`", at(4, 14)),
            ("![alt `{swift} a`](x.png)", at(4, 16)),
        ])
    func places(text: String, expected: SourcePosition) throws {
        #expect(try parse(text).values == [InlineValue(index: 0, expression: "a", position: expected)])
    }

    @Test(
        "a backtick in what cmark reads as something else opens no code",
        arguments: [
            "x <?php ` ?> ", "x <![CDATA[ ` ]]> ", "x <!ELEMENT ` > ", "x <!-- ` --> ", "x <a b='\"`\"'> ", "<https://a.b/`> ",
            "<a`b@c.de> ",
            "[d]: /u 'a ` b'\n", "[d]: <a`b>\n", "[d`]: /u\n", "> [d]: /u \"`\"\n", "> > x <? `\n> > ?> ",
        ])
    func backticksElsewhere(before: String) throws {
        let lesson = try parse(before + "`{swift} a` and `b`")
        #expect(lesson.values.map(\.expression) == ["a"])
    }

    @Test("the same expression twice in a line has two places")
    func repeated() throws {
        let lesson = try parse("`{swift} a` and `{swift} a`")
        #expect(lesson.values.map(\.position) == [at(4, 10), at(4, 26)])
        #expect(lesson.blocks == [.paragraph([.value(0), .text(" and "), .value(1)])])
    }

    @Test("a span over two lines is one expression")
    func twoLines() throws {
        let lesson = try parse("> `{swift} a +\n> b`")
        #expect(lesson.values == [InlineValue(index: 0, expression: "a + b", position: at(4, 12))])
    }

    @Test("an expression is taken as it is", arguments: ["a * b * c", "x < y && y > z", "s[\"k\"]!", "$0 + $1", "a\\b", "a|b"])
    func untouched(expression: String) throws {
        #expect(try parse("`{swift} \(expression)`").values.map(\.expression) == [expression])
    }

    @Test("backticks within an expression need longer ones around it")
    func backticks() throws {
        #expect(try parse("`` {swift} `class` ``").values.map(\.expression) == ["`class`"])
    }

    @Test("an escaped pipe in a table's cell is a pipe of the expression")
    func pipeInCell() throws {
        let lesson = try parse("| a |\n|---|\n| `{swift} a \\|\\| b` |")
        #expect(lesson.values == [InlineValue(index: 0, expression: "a || b", position: at(6, 12))])
    }

    @Test("other code is shown", arguments: ["hn.shape", "x {swift} y", "{a: 1}", "{}"])
    func shown(code: String) throws {
        #expect(try parse("`\(code)`").blocks == [.paragraph([.code(code)])])
    }

    @Test("a value within doubled backticks is shown as it is written")
    func quoted() throws {
        let lesson = try parse("`` `{swift} hn.shape` ``")
        #expect(lesson.blocks == [.paragraph([.code("`{swift} hn.shape`")])])
        #expect(lesson.values.isEmpty)
    }

    @Test("escaped backticks make no value")
    func escaped() throws {
        #expect(try parse("\\`{swift} a\\`").blocks == [.paragraph([.text("`{swift} a`")])])
    }

    @Test(
        "a value at fault is told at its brace",
        arguments: [
            ("x `{swift}`", "4:4: this inline value has no expression"),
            ("x `{swift} `", "4:4: this inline value has no expression"),
            ("x `{swfit} a`", "4:4: unknown language {swfit} of an inline value"),
            ("x\n> `{Swift} a`", "5:4: unknown language {Swift} of an inline value"),
        ])
    func faults(text: String, expected: String) {
        #expect(problems(in: text) == [expected])
    }
}
