/// The kernels for CPUs with AVX2.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#define NAME(function) unroll_##function##_avx2
#define LANES 4
#include "Variant.h"
#pragma clang attribute pop
#endif
