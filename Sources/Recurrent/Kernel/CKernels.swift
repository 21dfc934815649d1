/// The C functions of the target CKernels, declared by hand.
///
/// `import CKernels` would make every program that imports Recurrent look for the C module too, and
/// a lesson's program is compiled with nothing but the Swift modules at hand. What each function
/// does stands in `CKernels.h`.

@_extern(c) func unroll_best_variant() -> Int32

@_extern(c) func unroll_exp(_ x: Double) -> Double
@_extern(c) func unroll_tanh(_ x: Double) -> Double
@_extern(c) func unroll_sigmoid(_ x: Double) -> Double
@_extern(c) func unroll_exp_array(_ variant: Int32, _ values: UnsafeMutablePointer<Double>, _ count: Int)
@_extern(c) func unroll_tanh_array(_ variant: Int32, _ values: UnsafeMutablePointer<Double>, _ count: Int)
@_extern(c) func unroll_sigmoid_array(_ variant: Int32, _ values: UnsafeMutablePointer<Double>, _ count: Int)

@_extern(c) func unroll_packed_count(_ variant: Int32, _ depth: Int, _ columns: Int) -> Int
@_extern(c) func unroll_pack(
    _ variant: Int32, _ depth: Int, _ columns: Int, _ matrix: UnsafePointer<Double>,
    _ rowStride: Int, _ columnStride: Int, _ packed: UnsafeMutablePointer<Double>
)
@_extern(c) func unroll_product(
    _ variant: Int32, _ rows: Int, _ columns: Int, _ depth: Int, _ a: UnsafePointer<Double>,
    _ rowStride: Int, _ columnStride: Int, _ packed: UnsafePointer<Double>, _ c: UnsafeMutablePointer<Double>, _ cStride: Int
)
