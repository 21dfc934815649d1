/// The kernels for CPUs with AVX-512.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq"))), apply_to = function)
#define NAME(function) unroll_##function##_avx512
#define LANES 8
#include "Variant.h"
#pragma clang attribute pop
#endif
