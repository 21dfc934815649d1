import Drawing

/// The words that Unroll itself puts on a page, in the page's language.
package struct PageVocabulary: Sendable {
    // References and captions; of an equation the word is the exhibits'.
    var figure, table, section: String
    // Alerts.
    var note, tip, important, warning, caution, exercise, solution: String
    // Tasks, and what stands at the page's end.
    var done, toDo, footnote, footnotes, bibliography, sourceOfText, backToText: String
    // Cells.
    var showCode, printed, trapped: String
    var exhibits: ExhibitVocabulary
    // Around the page.
    var skip, course, contents, contentsOfBook, neighbours, previous, next, lessons, reference, program, data, source: String
    var edit, notFound, notFoundReason: String
    /// Before the lessons to know first.
    var buildsOn: String
    var lessonNumber: @Sendable (Int) -> String
    // What a reader presses. `#` stands for a number.
    var search, noneFound, oneFound, someFound, dark, copy, copied, close, sectionLink: String
    var keys, singleKeys: String
    /// What each key does, as the page's list of keys has them.
    var keyPurposes: [(names: [String], purpose: String)]

    /// - Parameter language: A BCP 47 tag; Chinese in any script or region, English for all others.
    package static func of(language: String) -> PageVocabulary {
        language.lowercased().split(separator: "-").first == "zh" ? chinese : english
    }

    /// The word before a label's number; none where it has no number.
    func word(for kind: Label.Kind) -> String {
        switch kind {
        case .cell: ""
        case .figure: figure
        case .table: table
        case .equation: exhibits.equation
        case .section: section
        }
    }

    func title(of kind: Alert.Kind) -> String {
        switch kind {
        case .note: note
        case .tip: tip
        case .important: important
        case .warning: warning
        case .caution: caution
        case .exercise: exercise
        case .solution: solution
        }
    }

    static let english = PageVocabulary(
        figure: "Figure", table: "Table", section: "Section",
        note: "Note", tip: "Tip", important: "Important", warning: "Warning", caution: "Caution",
        exercise: "Exercise", solution: "Solution",
        done: "Done", toDo: "To do", footnote: "Footnote", footnotes: "Footnotes", bibliography: "Sources",
        sourceOfText: "Source", backToText: "Back to the text",
        showCode: "Show the code", printed: "Printed output", trapped: "This cell stops here, as it should:",
        exhibits: .english,
        skip: "Skip to the text", course: "Course", contents: "On this page", contentsOfBook: "Contents",
        neighbours: "Before and after this lesson",
        previous: "Previous", next: "Next",
        lessons: "Lessons", reference: "Reference", program: "Download the program", data: "Every value as JSON",
        source: "Made from",
        edit: "Edit this page", notFound: "Page not found",
        notFoundReason: "There is no page at this address. It may have another name now; these are the pages:",
        buildsOn: "Builds on", lessonNumber: { "Lesson \($0)" },
        search: "Search", noneFound: "Nothing found", oneFound: "1 place", someFound: "# places", dark: "Dark colours",
        copy: "Copy", copied: "Copied", close: "Close", sectionLink: "Link to this section",
        keys: "Keys", singleKeys: "Keys of one letter or sign are on",
        keyPurposes: [
            (["/"], "search"), (["t"], "dark or light colours"), (["n"], "next lesson"), (["p"], "previous lesson"),
            (["?"], "this list"),
            (["Enter"], "into a table, an equation or a picture that has the focus"),
            (["←", "→", "↑", "↓"], "from value to value there"), (["Esc"], "back out"),
        ]
    )

    static let chinese = PageVocabulary(
        figure: "图", table: "表", section: "节",
        note: "注意", tip: "提示", important: "重要", warning: "警告", caution: "当心",
        exercise: "练习", solution: "解答",
        done: "已完成", toDo: "未完成", footnote: "脚注", footnotes: "脚注", bibliography: "参考文献",
        sourceOfText: "文献", backToText: "回到正文",
        showCode: "显示代码", printed: "输出", trapped: "此代码块按预期在这里中止：",
        exhibits: .chinese,
        skip: "跳到正文", course: "课程目录", contents: "本页内容", contentsOfBook: "目录", neighbours: "前后各课", previous: "上一课", next: "下一课",
        lessons: "课程", reference: "参考", program: "下载程序", data: "全部数值（JSON）",
        source: "来源",
        edit: "编辑本页", notFound: "找不到页面", notFoundReason: "此地址没有页面，它可能已改名。现有页面：",
        buildsOn: "先修：", lessonNumber: { "第 \($0) 课" },
        search: "搜索", noneFound: "没有找到", oneFound: "找到 1 处", someFound: "找到 # 处", dark: "深色",
        copy: "复制", copied: "已复制", close: "关闭", sectionLink: "本节链接",
        keys: "快捷键", singleKeys: "启用单键快捷键",
        keyPurposes: [
            (["/"], "搜索"), (["t"], "深色或浅色"), (["n"], "下一课"), (["p"], "上一课"), (["?"], "本列表"),
            (["Enter"], "进入获得焦点的表格、公式或图"), (["←", "→", "↑", "↓"], "在其中逐个移动"), (["Esc"], "退出"),
        ]
    )
}
