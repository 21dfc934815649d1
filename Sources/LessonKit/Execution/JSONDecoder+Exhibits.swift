import Exhibits
import Foundation

extension JSONDecoder {
    /// Reads what `JSONText` writes, NaN and the infinities included.
    static var ofExhibits: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: JSONText.positiveInfinity, negativeInfinity: JSONText.negativeInfinity,
            nan: JSONText.notANumber)
        return decoder
    }
}
