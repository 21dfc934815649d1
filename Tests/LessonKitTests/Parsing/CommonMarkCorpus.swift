/// Markdown of every section of CommonMark's specification, none of it in the lessons' own syntax.
enum CommonMarkCorpus {
    static let blocks = tabs + rules + headings + code + html + definitions + paragraphs + quotes + lists

    static let tabs = [
        "\tone", "\ta\tb\tc", "- x\n\n\ty", "- x\n\n\t\ty", ">\t\tcode", "-\t\tcode", "    a\n\tb", "#\tHead", "*\t*\t*",
        "- a\n\t- b\n\t\t- c",
        "1.\ta\n\n\tb", " \t x", "a\tb\n\tc", "> a\n>\tb", "```\n\tx\n```",
    ]
    static let rules = [
        "***", "---", "___", "**", "+++", " - - -", "   ***", "    ***", "_ _ _ _ _", "-     -      -", "--- x", "*-*-*",
        "a\n***\nb", "- a\n***\n- b",
        "* a\n* * *\n* b", "- a\n- * * *", "***\n***", "--\n", "_____________________", "a\n\n---\n\nb", "> ---\n> a",
    ]
    static let headings = [
        "# one", "## two", "###### six", "####### seven", "#no", "#5 is up", "\\# x", "#   wide   ", "  ## in", "    # code",
        "a\n    # b", "## x ##",
        "# x #####", "### x ### y", "# x#", "# x \\#", "## x #\\##", "#", "##", "### ###", "# *a* `b` [c](d)", "a\n# b\nc",
        "# a\n# b", "Head\n====",
        "Head\n----", "two\nlines\n===", "*a\nb*\n===", "a\n  ===", "a\n    ===", "a\n= =", "a  \n---", "a\\\n---", "`a\n---\nb`",
        "> a\n---", "> a\nb\n===",
        "- a\n---", "a\nb\n---\nc", "---\na\n---\nb", "===", "a\n\n===", "- a\n  ===", "\\> a\n---", "a\n\nb\n===\n\nc\n---",
        "a\n---\n---", "# a\n---",
        "<b\n---\nc>", "a\n===\nb\n===", "> # a\n> b\n> ===\n> c", "- # a\n- b\n  ---\n  c", "# a b  #  ", "#\ta\t#",
        "Head with `code`\n---", "a\n=", "a\n-",
    ]
    static let code = [
        "    a\n      b", "    a\n\n    b", "    a\n   \n\n    b", "a\n    b", "    a\nb", "- a\n\n      b", "1. a\n\n    b",
        "    <a/>\n    *b*", "  - a\n\n        b",
        "        a\n    b", "    a  ", "\n    \n    a\n    \n", "# a\n    b\n===\n    c", "```\n<\n >\n```", "~~~\na\n~~~",
        "``` a b\nx\n```", "````\n```\n````",
        "~~~~\n~~~\n~~~~~", "```\n~~~\n```", "```\n\n  \n```", "```\n```", " ```\n a\nb\n```", "  ```\na\n  a\n  ```",
        "   ```\n   a\n    b\n   ```", "    ```\n    a\n    ```",
        "```\na\n  ```", "``` ```\nx", "a\n```\nb\n```\nc", "a\n---\n~~~\nb\n~~~\n# c", "```swift\nlet a = 1\n```",
        "~~~ a ``` ~~~\nx\n~~~", "```;\n```",
        "> ```\n> a\n> ```", "- ```\n  a\n  ```", "> - ```\n>   a\n>\n>   b\n>   ```", "``\nx\n``", "```a\\*b &amp; c\nx\n```",
        "- a\n\n  ```\n  b\n\n\n  c\n  ```",
        "```\n    a\n```", "1. ```\n   x\n   ```\n2. y", "```\na\n````\nb", "~~~\n```\n~~~\n\nc",
    ]
    static let html = [
        "<table>\n<tr>\n*a*\n</table>\n\nb", " <div>\n  *a*", "</div>\n*a*", "<div id=\"a\"\n  class=\"b\">\n</div>",
        "<div>\n*a*\n\n*b*", "<div\nx", "<div *???-&&&-<---\n*a*",
        "<div><a href=\"b\">*c*</a></div>", "<i class=\"a\">\n*b*\n</i>", "</ins>\n*a*", "<del>\n*a*\n</del>",
        "<del>\n\n*a*\n\n</del>", "<del>*a*</del>",
        "<pre><code>\na\n\nb\n</code></pre>\nc", "<script>\n// *a*\n\nb\n</script>\nc",
        "<style\n  type=\"a\">\nb\n\nc\n</style>\nd", "<textarea>\n*a*\n\nb\n</textarea>",
        "<!-- a\n\nb -->\nc", "<?php\n\n  echo 1;\n?>\na", "<!DOCTYPE html>", "<![CDATA[\nfunction a()\n\n]]>\nb",
        "  <!-- a -->\n\n    <!-- b -->", "  <div>\n\n    <div>",
        "a\n<div>\nb\n</div>", "<div>\nb\n</div>\n*a*", "a\n<i b=\"c\">\nd", "> <div>\n> a\n\nb", "- <div>\n- a", "<a>\n\nb",
        "<a><b>\nc", "<a> b\nc", "<x-y>\n*z*\n</x-y>",
        "<!-- a -->*b*", "<!A>\n*b*", "<div></div>\n\n\n*x*", "<hr/>\na", "<script>a</script>1. *b*", "<style>p{}</style>\n*a*",
    ]
    static let definitions = [
        "[a]: /b 'c'\n\n[a]", "   [a]: \n      /b  \n           'c'  \n\n[a]", "[A*b\\]]:my_(c) 'd (e)'\n\n[A*b\\]]",
        "[a b]:\n<c d>\n'e'\n\n[a b]", "[a]: /b '\nc\nd\n'\n\n[a]",
        "[a]: /b 'c\n\nd'\n\n[a]", "[a]:\n/b\n\n[a]", "[a]:\n\n[a]", "[a]: <>\n\n[a]", "[a]: <b>(c)\n\n[a]",
        "[a]: /b\\c\\*d \"e\\\"f\\g\"\n\n[a]", "[a]\n\n[a]: b", "[a]\n\n[a]: b\n[a]: c",
        "[A]: /b\n\n[a]", "[ΑΓΩ]: /b\n\n[αγω]", "[a]: /b", "[\na\n]: /b\nc", "[a]: /b \"c\" d", "[a]: /b\n\"c\" d",
        "    [a]: /b\n\n[a]", "```\n[a]: /b\n```\n\n[a]", "c\n[a]: /b\n\n[a]",
        "# [a]\n[a]: /b\n> c", "[a]: /b\nc\n===\n[a]", "[a]: /b\n===\n[a]", "[a]: /b 'c'\n[d]: /e\n 'f'\n[g]: /h\n\n[a], [d],\n[g]",
        "[a]\n\n> [a]: /b", "- [a]: /b\n- [a]", "[a]: b\n\n[c][a] ![d][a] [a][]",
        "[]: b\n\n[]", "[ ]: b", "[a]: b\n***\n[a]", "[a]:b'c'\n\n[a]", "[a]: /b (c)\n\n[a]", "[a]: /b (c (d)\n\n[a]",
        "[a\\]b]: c\n\n[a\\]b]", "> [a]: b\n\n[a]\n\n[a]: c", "[a]: ü&auml;\n\n[a]",
    ]
    static let paragraphs = [
        "a\n\nb", "a\nb\n\nc\nd", "a\n\n\nb", "  a\n b", "a\n             b\n                                 c", "   a\nb",
        "a     \nb     ", "\n\n  \n\na\n  \n\n# b\n\n  \n", "a ", "\na", "a\n \nb",
        "a\r\nb\r\n\r\nc", "a\rb", "中\n文", "a\u{a0}\n\u{a0}b", "\u{2003}a", "&#32;a&#32;", "&nbsp;", "a\u{c}b",
    ]
    static let quotes = [
        "> # a\n> b\n> c", "># a\n>b\n> c", "   > # a\n   > b", "    > a", "> # a\n> b\nc", "> a\nb\n> c", "> a\n---", "> - a\n- b",
        ">     a\n    b", "> ```\n> ```", "> a\n    - b", ">", ">\n>  \n> ",
        ">\n> a\n>  ", "> a\n\n> b", "> a\n> b", "> a\n>\n> b", "a\n> b", "> a\n***\n> b", "> a\nb", "> a\n\nb", "> a\n>\nb",
        "> > > a\nb", ">>> a\n> b\n>>c", ">     a\n\n>    b", "> > a\n> > ===\n> b",
        "- > a\n  > b\n- c", "> 1. > a\n>    > b", "> a\n      > b", "> *a\n> b*", "> [a](b\n> \"c\")", "> `a\n> b`", "> a  \n> b",
        "> <b\n> c=\"d\">", "> > a\n>      > b", "> a\\\n> b", "- > - a\nb",
    ]
    static let lists = [
        "- a\n- b\n+ c", "1. a\n2. b\n3) c", "a\n- b\n- c", "a\n14. b", "a\n1. b", "- a\n\n- b\n\n\n- c",
        "- a\n  - b\n    - c\n\n\n      d", "- a\n- b\n\n<!-- -->\n\n- c\n- d", "- a\n\n  b\n\n- c\n\n<!-- -->\n\n    d",
        "- a\n - b\n  - c\n   - d\n  - e", "1. a\n\n  2. b\n\n   3. c", "- a\n - b\n  - c\n   - d\n    - e",
        "1. a\n\n  2. b\n\n    3. c", "- a\n- b\n\n- c", "* a\n*\n\n* c", "- a\n- b\n\n  c\n- d", "- a\n- b\n\n  [c]: /d\n- e",
        "- a\n- ```\n  b\n\n\n  ```\n- c", "- a\n  - b\n\n    c\n- d", "* a\n  > b\n  >\n* c", "- a\n  > b\n  ```\n  c\n  ```\n- d",
        "- a", "- a\n  - b", "1. ```\n   a\n   ```\n\n   b", "* a\n  * b\n\n  c", "- a\n  - b\n  - c\n\n- d\n  - e\n  - f",
        "-one\n\n2.two", "- a\n\n\n  b", "123456789. a", "1234567890. a", "0. a", "003. a", "-1. a", "- a\n\n      b",
        "  10.  a\n\n           b", "    a\n\nb\n\n    c", "1.     a\n\n   b\n\n       c", "1.      a", "   a\n\nb",
        "-    a\n\n  b",
        "-\n  a\n-\n  ```\n  b\n  ```\n-\n      c", "-   \n  a", "-\n\n  a", "- a\n-\n- b", "- a\n-   \n- b", "1. a\n2.\n3. b", "*",
        "a\n*\n\nb\n1.", "  1.  a\n\n          b", "> 1. > a\nb", "- a\n b\n", "- - a", "1. - 2. a", "- # a\n- b\n  ---\n  c",
        "10) a\n    - b", "10) a\n   - b", "- a\n  b\nc", "+ a\n\n      b\n\n  c", "* a *\n* b *", "1. a\n1. b\n5. c",
        "- [a](b)\n- `c`\n- *d*",
    ]

    static let inlines = escapes + entities + codeSpans + emphasis + links + images + autolinks + rawHTML + breaks + marks

    static let escapes = [
        "\\!\\\"\\#\\$\\%\\&\\'\\(\\)\\*\\+\\,\\-\\.\\/\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~", "\\a\\ \\3\\φ\\«",
        "\\*a* \\<b> \\[c](d) \\`e`", "1\\. a", "\\- a", "\\[a]: /b", "\\\\*a*", "`` \\[\\` ``", "<https://a.b?c=\\*>",
        "<a href=\"/b\\)\">", "[a](/b\\* \"c\\*d\")", "a\\", "\\_a_\\_b", "**a\\**", "[a\\](b)", "\\![a](b)",
    ]
    static let entities = [
        "&nbsp; &amp; &copy; &AElig; &Dcaron; &frac34; &HilbertSpace; &DifferentialD; &ClockwiseContourIntegral; &ngE;",
        "&#35; &#1234; &#992; &#0;", "&#X22; &#XD06; &#xcab;", "&nbsp &x; &#; &#x; &#87654321; &#abcdef0; &ThisIsNone; &hi?;",
        "&copy", "<a href=\"&ouml;.html\">", "[a](/f&ouml;&ouml; \"f&ouml;\")", "`f&ouml;`", "&#42;a&#42; *a*", "&#42; a",
        "a&#10;&#10;b", "&#9;a", "[a](b &quot;c&quot;)",
        "&dollar;a&dollar; &#36;b&#36; &commat;fig-a &lbrace;&num;x&rbrace; &vert;",
    ]
    static let codeSpans = [
        "`a`", "`` a ` b ``", "` `` `", "`  ``  `", "` a`", "`\u{a0}b\u{a0}`", "` `\n`  `", "``\na\nb  \nc\n``", "``\na \n``",
        "`a   b \nc`", "`a\\`b`", "``a`b``", "` a `` b `", "*a`*`", "[a `b](c`)", "`<a href=\"`\">`", "<a href=\"`\">`",
        "`<https://a.b.`c>`", "<https://a.b.`c>`", "```a``", "`a", "`a``b``", "`a` `b` `c`", "``` a ` b `` c ```", "`a `` b",
        "a`b`c", "*`a*`*", "`&amp; \\* *b* <c>`",
    ]
    static let emphasis = [
        "*a b*", "a * b c*", "a*\"b\"*", "*\u{a0}a\u{a0}*", "a*b*", "5*6*78", "_a b_", "_ a b_", "a_\"b\"_", "a_b_c", "5_6_78",
        "пристаням_стремятся_", "aa_\"bb\"_cc", "a-_(b)_", "_a*", "*a b *", "*a\nb\n*", "*(*a)", "*(*a*)*", "*a*b", "_a b _",
        "_(_a)", "_(_a_)_", "_a_b", "_a_b_c_", "_(a)_.", "**a b**", "** a b**", "a**\"b\"**", "a**b**", "__a b__", "__ a b__",
        "__\na b__", "a__\"b\"__", "a__b__c", "5__6__78", "__a, __b__, c__", "a-__(b)__", "**a b **", "**(**a)", "*(**a**)*",
        "**A (*b\nc. d*, e.\n*f*)**", "**a \"*b*\" c**", "**a**b", "__a b __", "__(__a)", "_(__a__)_", "__a__b__c__", "__(a)__.",
        "*a [b](/c)*", "*a\nb*", "_a __b__ c_", "_a _b_ c_", "__a_ b_", "*a *b**", "*a **b** c*", "*a**b**c*", "*a**b*",
        "***a** b*", "*a **b***", "*a**b***", "a***b***c", "a******b*********c", "*a **b *c* d** e*", "*a [*b*](/c)*", "** is not",
        "**** is not", "**a [b](/c)**", "**a\nb**", "__a _b_ c__", "__a __b__ c__", "____a__ b__", "**a **b****", "**a *b* c**",
        "**a*b*c**", "***a* b**", "**a *b***", "**a *b **c**\nd* e**", "a ***", "a *\\**", "a *_*", "a *****", "a **\\***",
        "a **_**", "**a*", "*a**", "***a**", "****a*", "**a***", "*a****", "a ___", "a _\\__", "a _*_", "__a_", "_a__", "**a**",
        "*_a_*", "__*_a_*__",
        "***a***", "_____a_____", "*a _b* c_", "*a __b *c d__ e*", "**a **b c**", "*a *b c*", "*[a*](/b)", "_a [b_](/c)",
        "*<img src=\"a\" title=\"*\"/>", "**<a href=\"**\">", "*a `*`*", "_a `_`_", "**a<https://b.c/?q=**>", "*中*文", "**「中」**文",
        "a*!*b", "*a*_b_", "*¢a*", "**£**1", "a**€**b",
    ]
    static let links = [
        "[a](/b \"c\")", "[a](/b)", "[](./a.md)", "[a]()", "[a](<>)", "[]()", "[a](/b c)", "[a](</b c>)", "[a](b\nc)",
        "[a](<b\nc>)", "[a](<b)c>)", "[a](<b\\>)", "[a](<b)c\n[a](<b)c>\n[a](<b>c)", "[a](\\(b\\))", "[a](b(c(d)))", "[a](b(c)",
        "[a](b\\(c\\(d\\))",
        "[a](<b(c>)", "[a](b\\)\\:)", "[a](#b)\n[a](https://b.c#d)", "[a](b\\c)", "[a](b%20&auml;)", "[a](\"b\")",
        "[a](/b \"c\") [a](/b 'c') [a](/b (c))", "[a](/b \"c \\\"&quot;\")", "[a](/b\u{a0}\"c\")", "[a](/b \"c \"d\" e\")",
        "[a](/b 'c \"d\" e')", "[a](   /b\n  \"c\"  )",
        "[a] (/b)", "[a [b [c]]](/d)", "[a] b](/c)", "[a [b](/c)", "[a \\[b](/c)", "[a *b **c** `d`*](/e)", "[![a](b)](/c)",
        "[a [b](/c)](/c)", "[a *[b [c](/d)](/d)*](/d)", "![[[a](b)](c)](d)", "*[a*](/b)", "[a *b](c*)", "*a [b* c]",
        "[a <b c=\"](d)\">", "[a`](/b)`",
        "[a<https://b.c/?d=](e)>", "[a][b]\n\n[b]: /c", "[a [b]][c]\n\n[c]: d", "[a][]\n\n[a]: b \"c\"", "[*a* b][]\n\n[*a* b]: c",
        "[a]\n[]\n\n[a]: b", "[a][b][c]\n\n[b]: d", "[a][b][c]\n\n[b]: d\n[c]: e", "[a]b\n\n[a]: c", "[a]:b",
        "[a][b\\]]\n\n[b\\]]: c", "[a][ b\n  c ]\n\n[b c]: d",
        "[a](b)[c](d)", "[a](b\"c\")", "[a]((b))", "a]b[c", "[[a]]\n\n[a]: b", "[[*a* b]]\n\n[*a* b]: c", "[a[b]\n\n[b]: c",
        "[a](c d)\n\n[a]: e", "[a|b] {c} @d\n\n[a|b]: e", "[x][a@b] [y][A@B]\n\n[a@b]: /u", "[x\\$y][a\\$b]\n\n[a\\$b]: $u '$t'",
    ]
    static let images = [
        "![a](/b \"c\") d", "x ![a *b*][]\n\n[a *b*]: c \"d & e\"", "![a ![b](/c)](/d) e", "![a [b](/c)](/d) e", "a ![b](c.jpg)",
        "![a](<b>) c", "![](/a) b", "![a][b] c\n\n[b]: /d", "a ![*b* c]\n\n[*b* c]: /d 'e'", "a !\\[b]\n\n[b]: c",
        "\\![a]\n\n[a]: b", "![[a]]\n\n[[a]]: b",
        "![a]\n\n[a]: b", "![a\nb](c) d", "![`a` <b> **c**](d) e", "![a](b)![c](d)", "![a](b)", "![a `b`](c \"d\")  ",
    ]
    static let autolinks = [
        "<https://a.b.c>", "<https://a.b/c?q=d&e=f#g>", "<irc://a.b:2233/c>", "<MAILTO:A@B.C>", "<a+b+c:d>",
        "<made-up-scheme://a,b>", "<https://../>", "<localhost:5001/a>", "<https://a.b/c d>", "<https://a.b/\\[\\>",
        "<a@b.example.com>", "<a+special@B.c-d.e0.com>", "<a\\+@b.c>", "<>", "< x:a.b >",
        "<m:abc>", "<a.b.c>", "xhttps://a.b.c", "a@b.c", "<a{b}|c@d.e>", "<https://a.b/{c}|d@e>", "*<https://a.b/*>*",
        "a <https://b.c>", "<x-y.z+1:>",
    ]
    static let rawHTML = [
        "<a><bab><c2c> d", "x <a/><b2/>", "x <a  /><b2\na=\"b\" >", "x <a b=\"c\" d = 'e <f>\"</f>' _g zoop:33=zoop:33\n  />",
        "a <b-c d />", "<33> <__>", "<a h*#b=\"c\">", "<a href=\"b'> <a href=b'>", "< a><\na><b/ >\n<c d=e\nf!\n>",
        "<a href='b'c=d>", "</a></b >", "</a href=\"b\">",
        "a <!-- b\nc - d -->", "a <!-- b -- c -->", "a <!--> b -->", "a <!-- b--->", "a <?php echo $a; ?>", "a <!ELEMENT b EMPTY>",
        "a <![CDATA[>&<]]>", "a <b href=\"&ouml;\">", "a <b href=\"\\*\">", "<a href=\"\\\"\">", "a <b @c {d}>", "a <b c={d}|e@f>",
        "a <b c=\"{d}|@e\"> *f*", "a <? b ?> <? c", "a <! b>", "a <B/>",
    ]
    static let breaks = [
        "a  \nb", "a\\\nb", "a       \nb", "a  \n     b", "a\\\n     b", "*a  \nb*", "*a\\\nb*", "`a  \nb`", "`a\\\nb`",
        "<a href=\"b  \nc\">", "<a href=\"b\\\nc\">", "a\\", "a  ", "a\nb", "a \n b", "a\n\tb", "a\t\nb",
    ]
    /// What the lessons' syntax is made of, where it is none.
    static let marks = [
        "a $ b $ c", "$5 and $6", "costs 5 $, 6 $ or 7 $", "**US$**5", "*$ a*b $", "a@b {c} d|e", "*@*a", "**{**b}", "_|_a_|_",
        "{a: 1}", "{swift} a", "**{swift}**b", "`{a}` `|` `@fig-a` `$a$`", "a|b\nc|d", "{ # x }", "\\$a$ b", "a \\@fig-x b",
        "x \\{#fig-x} y", "a [b](c$d e@f) {g", "<a$b@c.de> <d$e@f.gh>", "[x][a$b] y\n\n[A$B]: c",
    ]
}
