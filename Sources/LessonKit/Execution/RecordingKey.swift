/// All that a recording depends on, part by part, so that a build can tell which of them is another now.
package struct RecordingKey: Codable, Hashable, Sendable {
    package var program: [Program.Piece]
    var circumstances: Circumstances

    /// What all lessons of a build have in common.
    struct Circumstances: Codable, Hashable, Sendable {
        /// In the order of their names.
        var attachments: [Attachment]
        var limits: String
        var tools: Toolchain.Fingerprints
    }

    struct Attachment: Codable, Hashable, Sendable {
        var name: String
        var fingerprint: String
    }
}

extension RecordingKey {
    /// In which parts it differs from an earlier one, in words.
    func changes(since earlier: RecordingKey) -> [String] {
        let (now, then) = (circumstances, earlier.circumstances)
        let others = [
            (now.limits != then.limits, "the limits changed"),
            (now.tools.compiler != then.tools.compiler, "the compiler changed"),
            (now.tools.libraries != then.tools.libraries, "the library of lessons changed"),
            (now.tools.unroll != then.tools.unroll, "unroll itself changed"),
        ]
        return Self.sharedChanges(from: earlier.program, to: program)
            + [programChange(since: earlier.program)].compactMap(\.self)
            + Self.attachmentChanges(from: then.attachments, to: now.attachments)
            + others.filter(\.0).map(\.1)
    }

    /// `its program changed in lines 12, 30`
    private func programChange(since earlier: [Program.Piece]) -> String? {
        func own(_ pieces: [Program.Piece]) -> [Program.Piece] { pieces.filter { $0.file == nil && $0.translation == nil } }
        let (program, earlier) = (own(program), own(earlier))
        guard program != earlier else { return nil }
        let difference = program.map(\.code).difference(from: earlier.map(\.code))
        let lines = difference.insertions.map { change in
            if case .insert(let place, _, _) = change { program[place].line } else { 0 }
        }
        if !lines.isEmpty {
            return "its program changed in line\(lines.count > 1 ? "s" : "") " + lines.map(String.init).joined(separator: ", ")
        }
        if !difference.removals.isEmpty { return "a part of its program was removed" }
        // A claim tells its line, and a cell that must trap is another program.
        return "its program stands in other lines, or an option of a cell changed"
    }

    /// Of shared code, and of what translations compute.
    private static func sharedChanges(from earlier: [Program.Piece], to now: [Program.Piece]) -> [String] {
        func code(_ pieces: [Program.Piece]) -> [String: String] {
            Dictionary(
                pieces.compactMap { piece in (piece.file ?? piece.translation).map { ($0, piece.text) } }, uniquingKeysWith: +)
        }
        return changes(from: code(earlier), to: code(now))
    }

    private static func attachmentChanges(from earlier: [Attachment], to now: [Attachment]) -> [String] {
        changes(from: byName(earlier), to: byName(now))
    }

    /// Of files by their names.
    private static func changes(from earlier: [String: String], to now: [String: String]) -> [String] {
        Set(earlier.keys).union(now.keys).sorted().compactMap { name in
            switch (earlier[name], now[name]) {
            case (nil, _): "\(name) is new"
            case (_, nil): "\(name) is gone"
            case let (then, now): then == now ? nil : "\(name) changed"
            }
        }
    }

    private static func byName(_ attachments: [Attachment]) -> [String: String] {
        Dictionary(attachments.map { ($0.name, $0.fingerprint) }) { $1 }
    }
}
