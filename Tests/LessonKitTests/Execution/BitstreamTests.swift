import Testing

import LessonKit

/// Writes bits as LLVM does, the lowest first.
private struct BitWriter {
    private(set) var bytes: [UInt8]
    private var count = 0

    init(magic: String) { bytes = Array(magic.utf8) }

    mutating func fixed(_ value: Int, _ width: Int) {
        for bit in 0..<width {
            if count % 8 == 0 { bytes.append(0) }
            if value >> bit & 1 == 1 { bytes[bytes.count - 1] |= 1 << UInt8(count % 8) }
            count += 1
        }
    }

    mutating func variable(_ value: Int, _ width: Int) {
        var rest = value
        while rest >> (width - 1) != 0 {
            fixed(rest & (1 << (width - 1) - 1) | 1 << (width - 1), width)
            rest >>= width - 1
        }
        fixed(rest, width)
    }

    mutating func align() { while count % 32 != 0 { fixed(0, 1) } }
}

@Suite("Bitstreams")
struct BitstreamTests {
    @Test("records are read as they are written, with an abbreviation or without")
    func records() throws {
        var writer = BitWriter(magic: "IDXR")
        writer.fixed(1, 2)  // A block: number 9, names of 3 bits.
        writer.variable(9, 8)
        writer.variable(3, 4)
        writer.align()
        writer.fixed(0, 32)
        writer.fixed(3, 3)  // Without abbreviation: code 5, fields 7 and 1000.
        writer.variable(5, 6)
        writer.variable(2, 6)
        writer.variable(7, 6)
        writer.variable(1000, 6)
        writer.fixed(2, 3)  // An abbreviation: code 1, four bits, a blob.
        writer.variable(3, 5)
        writer.fixed(1, 1)
        writer.variable(1, 8)
        writer.fixed(0, 1)
        writer.fixed(1, 3)
        writer.variable(4, 5)
        writer.fixed(0, 1)
        writer.fixed(5, 3)
        writer.fixed(4, 3)  // A record of it: 11, `hn`.
        writer.fixed(11, 4)
        writer.variable(2, 6)
        writer.align()
        for byte in "hn".utf8 { writer.fixed(Int(byte), 8) }
        writer.align()
        writer.fixed(0, 3)
        writer.align()
        let records = try Bitstream(writer.bytes, magic: "IDXR").records
        #expect(records.map { [$0.block, $0.code] } == [[9, 5], [9, 1]])
        #expect(records.map(\.fields) == [[7, 1000], [11]] && records.map(\.blob) == [[], Array("hn".utf8)])
    }

    @Test("what is no bitstream, or is cut short, is told and never trusted", arguments: 0..<40)
    func malformed(length: Int) throws {
        #expect(throws: Bitstream.Malformed.self) { try Bitstream(Array("LLVM".utf8), magic: "IDXR") }
        // Any bytes end, whatever they say of their lengths.
        let bytes = Array("IDXR".utf8) + (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
        _ = try? Bitstream(bytes, magic: "IDXR")
        #expect(IndexStore(record: bytes).occurrences.isEmpty)
    }
}
