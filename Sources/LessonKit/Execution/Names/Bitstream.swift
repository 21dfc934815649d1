/// Reads LLVM's bitstream container: blocks of records, whose abbreviations stand in the file itself.
///
/// The format is at https://llvm.org/docs/BitCodeFormat.html; it has not changed since 2008.
package struct Bitstream {
    package struct Record: Hashable {
        package var block: Int
        package var code: Int
        package var fields: [Int]
        /// What stands behind the fields as bytes.
        package var blob: [UInt8] = []
    }

    /// The bytes are no bitstream, or end early.
    package struct Malformed: Error {}

    /// All records in the order of the file, those of inner blocks among them.
    package private(set) var records: [Record] = []

    private enum Operand {
        case literal(Int), fixed(Int), variable(Int), array, char6, blob
    }

    private typealias Abbreviation = [Operand]

    private let bytes: [UInt8]
    /// In bits.
    private var place = 0
    /// By the number of the block that they are for.
    private var shared: [Int: [Abbreviation]] = [:]

    /// - Parameter magic: The four bytes that the file begins with.
    package init(_ bytes: [UInt8], magic: String) throws(Malformed) {
        guard bytes.starts(with: magic.utf8) else { throw Malformed() }
        self.bytes = bytes
        place = 32
        while place + 32 <= bytes.count * 8 { try readBlock(number: -1, width: 2, abbreviations: []) }
    }

    // MARK: Blocks

    /// Up to the block's end; at the top level one entry.
    private mutating func readBlock(number: Int, width: Int, abbreviations: [Abbreviation]) throws(Malformed) {
        var abbreviations = abbreviations
        /// What the information about blocks is about.
        var described = -1
        repeat {
            switch try fixed(width) {
            case 0:
                align()
                return
            case 1:
                let (inner, innerWidth) = (try variable(8), try variable(4))
                align()
                _ = try fixed(32)
                try readBlock(number: inner, width: innerWidth, abbreviations: shared[inner] ?? [])
            case 2:
                let abbreviation = try definition()
                if number == 0 { shared[described, default: []].append(abbreviation) } else { abbreviations.append(abbreviation) }
            case 3:
                let (code, count) = (try variable(6), try variable(6))
                var fields: [Int] = []
                for _ in 0..<count { fields.append(try variable(6)) }
                if number == 0, code == 1, let block = fields.first { described = block }
                if number != 0 { records.append(Record(block: number, code: code, fields: fields)) }
            case let name:
                guard abbreviations.indices.contains(name - 4) else { throw Malformed() }
                records.append(try record(abbreviations[name - 4], in: number))
            }
        } while number != -1
    }

    private mutating func definition() throws(Malformed) -> Abbreviation {
        var operands: Abbreviation = []
        for _ in 0..<(try variable(5)) {
            if try fixed(1) == 1 {
                operands.append(.literal(try variable(8)))
                continue
            }
            switch try fixed(3) {
            case 1: operands.append(.fixed(try variable(5)))
            case 2: operands.append(.variable(try variable(5)))
            case 3: operands.append(.array)
            case 4: operands.append(.char6)
            case 5: operands.append(.blob)
            default: throw Malformed()
            }
        }
        return operands
    }

    private mutating func record(_ abbreviation: Abbreviation, in block: Int) throws(Malformed) -> Record {
        var fields: [Int] = []
        var blob: [UInt8] = []
        var index = 0
        while index < abbreviation.count {
            switch abbreviation[index] {
            case .array:
                guard index + 1 < abbreviation.count else { throw Malformed() }
                for _ in 0..<(try variable(6)) { fields.append(try scalar(abbreviation[index + 1])) }
                index += 1
            case .blob:
                let count = try variable(6)
                align()
                guard place / 8 + count <= bytes.count else { throw Malformed() }
                blob = Array(bytes[place / 8..<place / 8 + count])
                place += count * 8
                align()
            case let operand: fields.append(try scalar(operand))
            }
            index += 1
        }
        guard let code = fields.first else { throw Malformed() }
        return Record(block: block, code: code, fields: Array(fields.dropFirst()), blob: blob)
    }

    // MARK: Bits

    private mutating func scalar(_ operand: Operand) throws(Malformed) -> Int {
        switch operand {
        case .literal(let value): value
        case .fixed(let width): try fixed(width)
        case .variable(let width): try variable(width)
        case .char6: try fixed(6)
        case .array, .blob: throw Malformed()
        }
    }

    private mutating func fixed(_ width: Int) throws(Malformed) -> Int {
        guard width <= 64, place + width <= bytes.count * 8 else { throw Malformed() }
        var value: UInt64 = 0
        for bit in 0..<width {
            value |= UInt64(bytes[(place + bit) / 8] >> UInt8((place + bit) % 8) & 1) << UInt64(bit)
        }
        place += width
        return Int(truncatingIfNeeded: value)
    }

    /// Pieces of so many bits, the last of which has its highest bit clear.
    private mutating func variable(_ width: Int) throws(Malformed) -> Int {
        guard (2...32).contains(width) else { throw Malformed() }
        var (value, shift) = (0, 0)
        while shift < 64 {
            let piece = try fixed(width)
            value |= (piece & (1 << (width - 1) - 1)) << shift
            if piece >> (width - 1) == 0 { return value }
            shift += width - 1
        }
        throw Malformed()
    }

    /// To the next 32 bits.
    private mutating func align() {
        place = (place + 31) / 32 * 32
    }
}
