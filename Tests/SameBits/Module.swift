/// The WebAssembly module's entry; the values leave through the imported function `report`.

@_extern(c) func report(_ name: UnsafePointer<UInt8>, _ nameCount: Int, _ values: UnsafePointer<Double>, _ count: Int)

@_cdecl("run") public func run() {
    computeEverything { name, values in
        let name = Array(name.utf8)
        report(name, name.count, values, values.count)
    }
}
