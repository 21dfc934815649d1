import ArgumentParser
import Foundation
import LessonKit

struct Cache: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tells what is kept between builds, and where.",
        discussion: """
            A build keeps what each lesson recorded, the font of the formulas and the
            compiler's modules. Recordings and fonts that no build used for
            \(CacheFolder.daysUnused) days go; then, beyond \(CacheFolder.mostBytes >> 20) MB, those that were used least
            recently.

            EXAMPLES
              unroll cache
              unroll cache --clear
            """
    )

    @Flag(help: "Forget all of it.")
    var clear = false

    func run() throws {
        print(CacheFolder.root.path(percentEncoded: false))
        for folder in CacheFolder.allCases {
            let (count, bytes) = folder.contents
            if clear { try folder.clear() }
            print("\(clear ? "removed " : "")\(folder.rawValue): \(count), \(Self.size(bytes))")
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\((bytes + 1023) >> 10) KB" : "\(bytes >> 20) MB"
    }
}
