/// The inner loops of `Recurrent`, in C because Swift cannot compile one function for several
/// sets of instructions.
///
/// Every function takes the variant to run: 0 for what each CPU of the platform has, 1 for AVX2,
/// 2 for AVX-512. All variants give the same bits: vectors run along outputs, never along a sum,
/// and no multiplication is fused with an addition.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// The last variant that this CPU can run.
int32_t unroll_best_variant(void);

// Elementary functions of one number, and of `count` numbers in place.

double unroll_exp(double x);
double unroll_tanh(double x);
double unroll_sigmoid(double x);
void unroll_exp_array(int32_t variant, double *values, ptrdiff_t count);
void unroll_tanh_array(int32_t variant, double *values, ptrdiff_t count);
void unroll_sigmoid_array(int32_t variant, double *values, ptrdiff_t count);

/// How many numbers `unroll_pack` writes for a matrix of `depth` rows and `columns` columns.
ptrdiff_t unroll_packed_count(int32_t variant, ptrdiff_t depth, ptrdiff_t columns);

/// Lays the right factor of a product out in the order in which `unroll_product` reads it.
///
/// Element (p, j) of the matrix is at `matrix[p * row_stride + j * column_stride]`.
void unroll_pack(int32_t variant, ptrdiff_t depth, ptrdiff_t columns, const double *matrix,
                 ptrdiff_t row_stride, ptrdiff_t column_stride, double *packed);

/// C += A · B, where each c(i, j) gains a(i, 0) b(0, j), then a(i, 1) b(1, j), … in this order.
///
/// Element (i, p) of A is at `a[i * row_stride + p * column_stride]`, B was packed by the same
/// variant, rows of C start `c_stride` numbers apart.
void unroll_product(int32_t variant, ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const double *a,
                    ptrdiff_t row_stride, ptrdiff_t column_stride, const double *packed, double *c,
                    ptrdiff_t c_stride);

#endif
