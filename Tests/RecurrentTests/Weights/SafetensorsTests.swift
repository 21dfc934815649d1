import Foundation
import Recurrent
import Samples
import Testing

@Suite("Safetensors files")
struct SafetensorsTests {
    // MARK: - Reading

    @Test("a file that the format's own library wrote from PyTorch's numbers is read")
    func readsFilesOfTheReferenceLibrary() throws {
        let tensors = try Safetensors.read(golden("linear-f32"))
        #expect(tensors.names == ["bias", "weight"])
        #expect(tensors["weight"].shape == [3, 4] && tensors["bias"].shape == [3])
        let generator = Generator(seed: 0)
        #expect(tensors["weight"].values == generator.uniform(count: 12, from: -0.5, to: 0.5))
        #expect(tensors["bias"].values == generator.uniform(count: 3, from: -0.5, to: 0.5))
    }

    @Test("double precision, a single number and an empty tensor are read")
    func readsDoublePrecision() throws {
        let tensors = try Safetensors.read(golden("mixed-f64"))
        #expect(tensors["scalar"].shape == [] && tensors["scalar"].values == [.pi])
        #expect(tensors["empty"].shape == [0, 3] && tensors["empty"].values.isEmpty)
        #expect(tensors["weight"].values == Generator(seed: 0).uniform(count: 12, from: -0.5, to: 0.5))
    }

    @Test("a file written by hand is read: order of bytes, escapes in names, members in any order")
    func readsBytesWrittenByHand() throws {
        let header = #" {"data_offsets":[0,8], "shape":[1,2], "dtype":"F32"} "#
        let file = bytes(#"{ "a\u00e9\ud83d\ude00\n" :"# + header + "}   ", data: [0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0])
        let tensors = try read(file)
        #expect(tensors.names == ["aé😀\n"])
        #expect(tensors.tensors[0].shape == [1, 2] && tensors.tensors[0].values == [1, -2.5])
    }

    @Test("tensors come in the order of their bytes, whatever the header's order")
    func orderOfBytes() throws {
        let file = bytes(#"{"b":\#(entry("F64", "1", 8, 16)),"a":\#(entry("F64", "1", 0, 8))}"#, data: doubles([1, 2]))
        let tensors = try read(file)
        #expect(tensors.names == ["a", "b"] && tensors["b"].values == [2])
    }

    @Test("a file without tensors is read")
    func noTensors() throws {
        #expect(try read(bytes("{}", data: [])).isEmpty)
    }

    // MARK: - Writing

    @Test("what is written is read again, bit for bit, special values and odd names too")
    func roundTrip() throws {
        let values = [0.1, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let written = Parameters([
            (name: "a \"b\" \\ \u{1} ż", tensor: Tensor(shape: [2, 3], values: values)),
            (name: "empty", tensor: Tensor(shape: [0], values: [])),
            (name: "nan", tensor: Tensor(shape: [], values: [.nan])),
        ])
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Safetensors.write(written, to: path)
        let tensors = try Safetensors.read(path)
        #expect(Set(tensors.names) == Set(written.names))
        #expect(tensors[written.names[0]].shape == [2, 3])
        #expect(tensors[written.names[0]].values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(tensors["nan"].values[0].isNaN)
        #expect(!FileManager.default.fileExists(atPath: path + ".unfinished"))
    }

    @Test("single precision rounds each number, and the data start at a multiple of 8 bytes")
    func singlePrecision() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Safetensors.write(Parameters([(name: "x", tensor: Tensor([0.1]))]), to: path, precision: .float32)
        #expect(try Safetensors.read(path)["x"].values == [Double(Float(0.1))])
        let header = try Data(contentsOf: URL(fileURLWithPath: path)).prefix(8)
        #expect(header[0] % 8 == 0)
    }

    @Test("weights go from one LSTM to another")
    func layerToLayer() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let first = LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2), second = LSTM(inputSize: 3, hiddenSize: 2, numLayers: 2)
        try first.write(safetensors: path)
        try second.load(safetensors: path)
        for (name, tensor) in first.parameters { #expect(second.parameters[name].values == tensor.values) }
    }

    @Test("weights of another layer are refused in one error that names all that does not fit")
    func misfit() throws {
        let path = temporaryPath()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let other = RNN(inputSize: 3, hiddenSize: 2, numLayers: 2, bias: false)
        try other.write(safetensors: path)
        let rnn = RNN(inputSize: 4, hiddenSize: 2)
        let before = rnn.parameters.flatMap { $0.tensor.values }
        let error = #expect(throws: LoadingError.self) { try rnn.load(safetensors: path) }
        #expect(error?.missing == ["bias_ih_l0", "bias_hh_l0"])
        #expect(error?.extra == ["weight_hh_l1", "weight_ih_l1"])
        #expect(error?.misshapen == [.init(name: "weight_ih_l0", expected: [2, 4], got: [2, 3])])
        for name in ["bias_ih_l0", "bias_hh_l0", "weight_hh_l1", "weight_ih_l1", "weight_ih_l0"] {
            #expect(error?.description.contains(name) == true)
        }
        #expect(rnn.parameters.flatMap { $0.tensor.values } == before)
    }

    @Test("two tensors of one name, or a reserved one, are not written")
    func refusedNames() {
        for names in [["x", "x"], ["__metadata__"]] {
            #expect(throws: SafetensorsError.self) {
                try Safetensors.write(Parameters(names.map { (name: $0, tensor: Tensor([1])) }), to: temporaryPath())
            }
        }
    }

    @Test("a folder that is not there is named in the error")
    func unwritablePath() {
        let error = #expect(throws: SafetensorsError.self) {
            try Safetensors.write(Parameters(), to: "/no/such/folder/x.safetensors")
        }
        #expect(error?.message.contains("No such file or directory") == true)
    }

    // MARK: - Malformed files

    struct Malformed: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var file: [UInt8]
        var says: String

        init(_ description: String, _ file: [UInt8], says: String) {
            testDescription = description
            self.file = file
            self.says = says
        }

        init(_ description: String, header: String, data: Int = 8, says: String) {
            self.init(description, bytes(header, data: [UInt8](repeating: 0, count: data)), says: says)
        }
    }

    static let malformed = [
        Malformed("an empty file", [], says: "has 0 bytes"),
        Malformed("a length cut short", [1, 2, 3], says: "has 3 bytes"),
        Malformed(
            "a header longer than the file", [200, 0, 0, 0, 0, 0, 0, 0, 0x7b], says: "claims a header of 200 bytes; at most 1"),
        Malformed("a header of 2⁶⁴ − 1 bytes", [UInt8](repeating: 255, count: 8), says: "claims a header of 18446744073709551615"),
        Malformed("no header", bytes("", data: []), says: "start with {"),
        Malformed("space before the header", header: " {}", data: 0, says: "start with {"),
        Malformed("another JSON value", header: "[]", data: 0, says: "start with {"),
        Malformed("an open object", header: "{", data: 0, says: #"expected ""#),
        Malformed("something after the object", header: "{}x", data: 0, says: "nothing but spaces"),
        Malformed("a comma too many", header: #"{"a":\#(entry("F64", "1", 0, 8)),}"#, says: #"expected ""#),
        Malformed("bytes that are not UTF-8", bytes(of: [0x7b, 0x22, 0xff, 0x22]), says: "not UTF-8"),
        Malformed("an overlong encoding", bytes(of: [0x7b, 0x22, 0xc0, 0x80, 0x22]), says: "not UTF-8"),
        Malformed(
            "a name twice", header: #"{"a":\#(entry("F64", "1", 0, 8)),"a":\#(entry("F64", "1", 0, 8))}"#,
            says: #"the header has "a" twice"#),
        Malformed(
            "a name twice, once escaped", header: #"{"a":\#(entry("F64", "1", 0, 8)),"\u0061":\#(entry("F64", "1", 0, 8))}"#,
            says: "twice"),
        Malformed("a member twice", header: #"{"a":{"dtype":"F32","dtype":"F64"}}"#, says: #"tensor "a" has "dtype" twice"#),
        Malformed("an unknown member", header: #"{"a":{"type":"F32"}}"#, says: #"unknown member "type""#),
        Malformed("a member missing", header: #"{"a":{"dtype":"F64","shape":[1]}}"#, says: "must have the members"),
        Malformed(
            "a type of another kind", header: #"{"a":\#(entry("BF16", "4", 0, 8))}"#, says: "is of type BF16; expected F32 or F64"),
        Malformed("a negative length", header: #"{"a":\#(entry("F64", "-1", 0, 8))}"#, says: "whole number"),
        Malformed("a fraction", header: #"{"a":\#(entry("F64", "1.0", 0, 8))}"#, says: "expected ]"),
        Malformed("an exponent", header: #"{"a":\#(entry("F64", "1e0", 0, 8))}"#, says: "expected ]"),
        Malformed("a leading zero", header: #"{"a":\#(entry("F64", "01", 0, 8))}"#, says: "whole number"),
        Malformed(
            "a length of 10³⁰", header: #"{"a":\#(entry("F64", "1000000000000000000000000000000", 0, 8))}"#,
            says: "number too large"),
        Malformed(
            "a product of lengths past 2⁶³ beside a length of 0",
            header: #"{"a":\#(entry("F64", "4294967296,4294967296,0", 0, 0))}"#,
            says: "too large for any file"
        ),
        Malformed(
            "a product of lengths past 2⁶³", header: #"{"a":\#(entry("F64", "4294967296,4294967296", 0, 8))}"#,
            says: "too large for any file"),
        Malformed(
            "a shape that needs more bytes", header: #"{"a":\#(entry("F64", "2", 0, 8))}"#,
            says: "needs 16 bytes; its data_offsets span 8"),
        Malformed(
            "offsets that run backwards", header: #"{"a":\#(entry("F64", "1", 8, 0))}"#, says: "an end that is not before it"),
        Malformed(
            "three offsets", header: #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8,8]}}"#, says: "a start and an end"),
        Malformed(
            "tensors that overlap", header: #"{"a":\#(entry("F64", "1", 0, 8)),"b":\#(entry("F64", "1", 4, 12))}"#, data: 12,
            says: "overlaps"),
        Malformed(
            "a gap between tensors", header: #"{"a":\#(entry("F64", "1", 0, 8)),"b":\#(entry("F64", "1", 12, 20))}"#, data: 20,
            says: "bytes 8 to 12 of the data belong to no tensor"),
        Malformed("a gap before the first tensor", header: #"{"a":\#(entry("F64", "1", 8, 16))}"#, data: 16, says: "bytes 0 to 8"),
        Malformed(
            "data cut short", header: #"{"a":\#(entry("F64", "2", 0, 16))}"#, data: 15,
            says: "describes 16 bytes of data; the file holds 15"),
        Malformed(
            "bytes after the last tensor", header: #"{"a":\#(entry("F64", "1", 0, 8))}"#, data: 9,
            says: "describes 8 bytes of data; the file holds 9"),
        Malformed("metadata that are not strings", header: #"{"__metadata__":{"n":1}}"#, data: 0, says: #"expected ""#),
        Malformed("a raw line break in a name", header: "{\"a\n\":1}", says: "control character"),
        Malformed("half of a pair of surrogates", header: #"{"\ud83d":1}"#, says: "surrogates"),
        Malformed("an unknown escape", header: #"{"\x41":1}"#, says: "unknown escape"),
        Malformed("ten thousand open arrays", header: #"{"a":"# + String(repeating: "[", count: 10_000), says: "expected {"),
    ]

    @Test("a malformed file is refused with a reason", arguments: malformed)
    func refuses(_ malformed: Malformed) {
        let error = #expect(throws: SafetensorsError.self) { try read(malformed.file) }
        #expect(error?.message.contains(malformed.says) == true, "\(error?.message ?? "") does not say: \(malformed.says)")
    }

    @Test("a good file with any one byte changed, or cut anywhere, is read or refused, and nothing worse")
    func mutatedFiles() throws {
        let file = try [UInt8](Data(contentsOf: URL(fileURLWithPath: golden("linear-f32"))))
        var random = SplitMix(state: 3)
        for index in 0..<2_000 {
            var mutated = file
            if index % 4 == 0 {
                mutated.removeLast(Int.random(in: 1...file.count, using: &random))
                #expect(throws: SafetensorsError.self) { try read(mutated) }
            } else {
                mutated[Int.random(in: 0..<200, using: &random)] = UInt8.random(in: 0...255, using: &random)
                _ = try? read(mutated)
            }
        }
    }

    @Test("a good file that was torn, doubled and filled with nonsense in several places is read or refused, and nothing worse")
    func tornFiles() throws {
        let files = try ["linear-f32", "mixed-f64"].map { try [UInt8](Data(contentsOf: URL(fileURLWithPath: golden($0)))) }
        let nonsense = [
            "99999999999999999999", "-1", "9223372036854775807", "[[[[", "{}", "\"\"", "\\u0000", ",", "\u{1F600}", "F16",
        ]
        var random = SplitMix(state: 5)
        var wasRead = 0
        for index in 0..<3_000 {
            var file = files[index % 2]
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let start = Int.random(in: 0..<file.count, using: &random)
                let range = start..<min(file.count, start + Int.random(in: 0...24, using: &random))
                switch Int.random(in: 0..<4, using: &random) {
                case 0: file.removeSubrange(range)
                case 1: file.insert(contentsOf: file[range], at: start)
                case 2: file.replaceSubrange(range, with: Array(nonsense.randomElement(using: &random)!.utf8))
                default: for i in range { file[i] = UInt8.random(in: 0...255, using: &random) }
                }
                if file.isEmpty { file = [0] }
            }
            // The length that stands in front is made right, else hardly any file would be looked into.
            if file.count > 8, index % 8 != 0 {
                let length = UInt64(max(0, file.count - 8 - (index % 2 == 0 ? 60 : 128)))
                for i in 0..<8 { file[i] = UInt8(truncatingIfNeeded: length >> (8 * UInt64(i))) }
            }
            if let tensors = try? read(file) {
                wasRead += 1
                for (_, tensor) in tensors { #expect(tensor.values.count == tensor.shape.elementCount) }
            }
        }
        #expect(wasRead > 100 && wasRead < 2_900)
    }

    @Test("a folder, a device and a missing file are refused")
    func unreadablePaths() {
        for path in ["/tmp", "/dev/zero", "/no/such/file"] {
            #expect(throws: SafetensorsError.self) { try Safetensors.read(path) }
        }
    }

    // MARK: - Files for the tests

    /// Written and removed by the C library: Foundation takes milliseconds for each of thousands of files.
    private func read(_ file: [UInt8]) throws -> Parameters {
        let path = temporaryPath()
        let stream = try #require(fopen(path, "wb"))
        defer { unlink(path) }
        #expect(fwrite(file, 1, file.count, stream) == file.count)
        fclose(stream)
        return try Safetensors.read(path)
    }

    private func temporaryPath() -> String {
        FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors").path
    }

    private func golden(_ name: String) throws -> String {
        try #require(Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Goldens")).path
    }
}

/// A file of this header and data.
private func bytes(_ header: String, data: [UInt8]) -> [UInt8] {
    bytes(of: Array(header.utf8)) + data
}

private func bytes(of header: [UInt8]) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
}

private func doubles(_ values: [Double]) -> [UInt8] {
    values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
}

private func entry(_ type: String, _ shape: String, _ start: Int, _ end: Int) -> String {
    #"{"dtype":"\#(type)","shape":[\#(shape)],"data_offsets":[\#(start),\#(end)]}"#
}
