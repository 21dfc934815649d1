import Exhibits
import Testing

@Suite("What a trap says")
struct TrapMessageTests {
    @Test(
        "the message is told without its file and line, whichever check failed",
        arguments: ["Fatal error", "Precondition failed", "Assertion failed"])
    func message(kind: String) {
        #expect(Recorder.trapMessage(in: "lesson/main.swift:3: \(kind): the index is 4\n") == "the index is 4")
        #expect(
            Recorder.trapMessage(in: "main.swift:3: \(kind): two\nlines\n\nCurrent stack trace:\n0 main\n") == "two\nlines")
    }

    @Test("of what has no such marker all is told")
    func unknown() {
        #expect(Recorder.trapMessage(in: "something else: happened\n") == "something else: happened")
    }
}
