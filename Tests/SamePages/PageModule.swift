/// The WebAssembly module's entry; the markup leaves through the imported function `report`.
import Recurrent

@_extern(c) func report(_ name: UnsafePointer<UInt8>, _ nameCount: Int, _ markup: UnsafePointer<UInt8>, _ count: Int)

@_cdecl("run") public func run() {
    manualSeed(0)
    drawEveryKind { name, markup in
        let (name, markup) = (Array(name.utf8), Array(markup.utf8))
        report(name, name.count, markup, markup.count)
    }
}
