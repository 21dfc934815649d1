import Foundation
import Testing

@Suite("Builds that are killed, hindered or not alone")
struct KilledBuildTests {
    /// All processes that have something of a course's among their arguments.
    private func processes(of course: Course) -> [String] {
        let own = course.folder.lastPathComponent
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { process in
            guard let words = try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8), words.contains(own)
            else { return nil }
            return words
        }
    }

    private func leftovers(of course: Course) -> [String] {
        let names = FileManager.default.enumerator(atPath: course.folder.path())?.compactMap { $0 as? String } ?? []
        return names.filter { name in
            let last = name.split(separator: "/").last ?? ""
            return last.hasPrefix(".unroll-") || last.hasPrefix("unroll-run-") || last.hasPrefix(".dat.nosync")
        }
    }

    @Test("whatever a killed build was at, nothing of it runs on, and the next sweeps what it left, and makes the same site")
    func killed() throws {
        let text = lesson("```{swift}\nimport Foundation\nprint(1)\nusleep(300_000)\n```\n\nHere $\\sqrt{x}$.")
        let course = try Course(["01-x.md": text, "02-y.md": text])
        #expect(try course.unroll("build", "--quiet", "--output", "expected").status == 0)
        for moment in 0..<8 {
            let start = Date()
            try course.unroll(
                "build", "--no-cache", "--quiet",
                killedWhen: { _ in Date().timeIntervalSince(start) > Double(moment) * 0.15 })
            for _ in 0..<500 where !processes(of: course).isEmpty { usleep(20_000) }
            #expect(processes(of: course) == [])
        }
        try course.write("a stranger's", to: "tmp/unroll-run-notes/x")
        try course.write("half", to: "output/.unroll-left")
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(leftovers(of: course) == ["tmp/unroll-run-notes"])
        for file in ["x.html", "x.json", "y.html", "assets/math.woff2"] {
            let names = ["output", "expected"].map { course.folder.appending(path: "\($0)/\(file)") }
            #expect(try Data(contentsOf: names[0]) == Data(contentsOf: names[1]))
        }
    }

    @Test("two builds of one folder into one, while it is edited, both end well")
    func concurrent() async throws {
        let course = try Course(
            Dictionary(uniqueKeysWithValues: (1...3).map { ("0\($0)-l\($0).md", cell("print(\($0))")) }))
        #expect(try course.unroll("build", "--quiet").status == 0)
        try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<3 { group.addTask { try course.status("build", "--quiet", "--no-cache") } }
            for round in 0..<60 {
                let file = "lessons/data/\(round % 5).txt"
                try course.write("\(round)", to: file)
                try await Task.sleep(for: .milliseconds(10))
                try FileManager.default.removeItem(at: course.folder.appending(path: file))
            }
            for try await status in group { #expect(status == 0) }
        }
        #expect(try course.unroll("build", "--quiet").status == 0)
        #expect(leftovers(of: course) == [])
        // Data files that were there for a moment stay on the site.
        try? FileManager.default.removeItem(at: course.folder.appending(path: "output/data"))
        #expect(try course.unroll("verify", "--quiet").status == 0)
    }

    @Test("a living build's folders are left alone")
    func living() throws {
        let course = try Course([
            "01-x.md": cell("import Foundation\nprint(1)\nsleep(2)\nprint(2)"), "two/01-y.md": cell("print(3)"),
        ])
        let outcome = try course.unroll(
            "build",
            interruptedWhen: { course in
                guard course.runningLessons > 0 else { return false }
                #expect((try? course.status("build", "lessons/two", "--output", "other", "--quiet")) == 0)
                return course.runningLessons == 0 || course.exists("output/x.html")
            })
        #expect(course.text("output/x.json")?.contains("1\\n2\\n") == true, "\(outcome.errors)")
    }

    @Test(
        "too few files or too little memory is told in one line, as no fault of a lesson", arguments: ["n 16", "n 40", "v 500000"])
    func limits(limit: String) throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let outcome = try course.shell("ulimit -\(limit); exec \(Course.program.path()) build --quiet")
        #expect(outcome.status == 70)
        #expect(outcome.errors.split(separator: "\n").count == 1 && outcome.errors.contains("ulimit -"), "\(outcome.errors)")
    }

    @Test("a compiler that finds no space on the disk is told in one line, as no fault of the lesson")
    func fullDisk() throws {
        let course = try Course(["01-x.md": cell("print(1)")])
        let compiler = course.folder.appending(path: "bin/swiftc").path()
        try course.write(
            "#!/bin/sh\necho \"<unknown>:0: error: unable to open: 'No space left on device'\"\nexit 1\n", to: "bin/swiftc")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: compiler)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let outcome = try course.unroll(
            "build", "--quiet", environment: ["PATH": course.folder.appending(path: "bin").path() + ":" + path])
        #expect(outcome.status == 70)
        #expect(outcome.errors.hasPrefix("error: the compiler found no space"), "\(outcome.errors)")
        #expect(outcome.errors.split(separator: "\n").count == 1)
    }

    @Test("to stop a build while its formulas are set is no fault of node's")
    func stoppedFormulas() throws {
        let course = try Course(["01-x.md": lesson("Here $x$.")])
        let node = course.folder.appending(path: "bin/node").path()
        try course.write("#!/bin/sh\ntouch \(course.folder.path())/asked\nexec sleep 1000\n", to: "bin/node")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: node)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let outcome = try course.unroll(
            "build", "--quiet", environment: ["PATH": course.folder.appending(path: "bin").path() + ":" + path],
            interruptedWhen: { $0.exists("asked") })
        #expect(outcome.status == 130)
        #expect(outcome.errors.isEmpty, "\(outcome.errors)")
        #expect(processes(of: course) == [])
    }
}
