/// Hands each call on to the variant that was asked for.
#include "CKernels.h"
#include "Elementary.h"

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
/// glibc knows what the CPU has, less what GLIBC_TUNABLES took away: so other CPUs can be tried out on this one.
#include <sys/platform/x86.h>
#define HAS_AVX2 CPU_FEATURE_ACTIVE(AVX2)
#define HAS_AVX512 (CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512DQ))
#elif defined(__x86_64__)
#define HAS_AVX2 __builtin_cpu_supports("avx2")
#define HAS_AVX512 (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
#endif

#define DECLARE(variant)                                                                                             \
    void unroll_exp_array_##variant(double *, ptrdiff_t);                                                            \
    void unroll_tanh_array_##variant(double *, ptrdiff_t);                                                           \
    void unroll_sigmoid_array_##variant(double *, ptrdiff_t);                                                        \
    ptrdiff_t unroll_packed_count_##variant(ptrdiff_t, ptrdiff_t);                                                   \
    void unroll_pack_##variant(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, ptrdiff_t, double *);                \
    void unroll_product_##variant(ptrdiff_t, ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, ptrdiff_t,             \
                                  const double *, double *, ptrdiff_t);

DECLARE(baseline)

#if defined(__x86_64__)
DECLARE(avx2)
DECLARE(avx512)
#define DISPATCH(function, ...)                                            \
    (variant == 2   ? unroll_##function##_avx512(__VA_ARGS__)              \
     : variant == 1 ? unroll_##function##_avx2(__VA_ARGS__)                \
                    : unroll_##function##_baseline(__VA_ARGS__))

int32_t unroll_best_variant(void) {
    return HAS_AVX512 ? 2 : HAS_AVX2 ? 1 : 0;
}
#else
#define DISPATCH(function, ...) ((void)variant, unroll_##function##_baseline(__VA_ARGS__))

int32_t unroll_best_variant(void) { return 0; }
#endif

double unroll_exp(double x) { return exponential(x); }
double unroll_tanh(double x) { return hyperbolic_tangent(x); }
double unroll_sigmoid(double x) { return logistic(x); }

void unroll_exp_array(int32_t variant, double *values, ptrdiff_t count) { DISPATCH(exp_array, values, count); }
void unroll_tanh_array(int32_t variant, double *values, ptrdiff_t count) { DISPATCH(tanh_array, values, count); }
void unroll_sigmoid_array(int32_t variant, double *values, ptrdiff_t count) { DISPATCH(sigmoid_array, values, count); }

ptrdiff_t unroll_packed_count(int32_t variant, ptrdiff_t depth, ptrdiff_t columns) {
    return DISPATCH(packed_count, depth, columns);
}

void unroll_pack(int32_t variant, ptrdiff_t depth, ptrdiff_t columns, const double *matrix, ptrdiff_t row_stride,
                 ptrdiff_t column_stride, double *packed) {
    DISPATCH(pack, depth, columns, matrix, row_stride, column_stride, packed);
}

void unroll_product(int32_t variant, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const double *a,
                    ptrdiff_t row_stride, ptrdiff_t column_stride, const double *packed, double *c,
                    ptrdiff_t c_stride) {
    DISPATCH(product, rows, columns, depth, a, row_stride, column_stride, packed, c, c_stride);
}
