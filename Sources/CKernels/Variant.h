/// The array functions for one set of instructions; included by each file that defines
/// `NAME(function)`, the variant's name of a function, and `LANES`, the numbers in one vector.
#include "CKernels.h"
#include "Elementary.h"

#pragma STDC FP_CONTRACT OFF

void NAME(exp_array)(double *values, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) values[i] = exponential(values[i]);
}

void NAME(tanh_array)(double *values, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) values[i] = hyperbolic_tangent(values[i]);
}

void NAME(sigmoid_array)(double *values, ptrdiff_t count) {
    for (ptrdiff_t i = 0; i < count; i++) values[i] = logistic(values[i]);
}

// The product. B is cut into panels of two vectors' width (the last one may be one vector wide, and is
// filled up with zeros); a panel lies row after row. A tile of C, some rows high and one panel wide, stays
// in registers while the sum runs over the depth. A is read strip by strip, a strip as high as a tile.

typedef double Vector __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));

enum {
    panel_columns = 2 * LANES,
    tile_rows = LANES == 8 ? 8 : 4,
    /// A strip of this depth stays in the first-level cache.
    block_depth = 256,
    /// The part of B of that depth and this width stays in the second-level cache.
    block_columns = 512,
};

static inline ptrdiff_t panel_width(ptrdiff_t columns) {
    return columns > LANES ? panel_columns : LANES;
}

ptrdiff_t NAME(packed_count)(ptrdiff_t depth, ptrdiff_t columns) {
    return depth * ((columns + LANES - 1) / LANES * LANES);
}

void NAME(pack)(ptrdiff_t depth, ptrdiff_t columns, const double *matrix, ptrdiff_t row_stride,
                ptrdiff_t column_stride, double *packed) {
    for (ptrdiff_t left = 0; left < columns; left += panel_columns) {
        ptrdiff_t width = panel_width(columns - left);
        ptrdiff_t filled = columns - left < width ? columns - left : width;
        for (ptrdiff_t p = 0; p < depth; p++) {
            const double *row = matrix + p * row_stride + left * column_stride;
            for (ptrdiff_t j = 0; j < filled; j++) packed[j] = row[j * column_stride];
            for (ptrdiff_t j = filled; j < width; j++) packed[j] = 0;
            packed += width;
        }
    }
}

/// Adds strip · panel to one tile of C; `rows` and `vectors` are constants wherever this is expanded.
__attribute__((always_inline)) static inline void add_tile(int rows, int vectors, ptrdiff_t depth, const double *strip,
                                                           const double *panel, double *c, ptrdiff_t c_stride) {
    Vector sums[tile_rows][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sums[i][v] = *(const Vector *)(c + i * c_stride + v * LANES);
    for (ptrdiff_t p = 0; p < depth; p++) {
        const Vector *b = (const Vector *)(panel + p * vectors * LANES);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) sums[i][v] += strip[p * rows + i] * b[v];
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) *(Vector *)(c + i * c_stride + v * LANES) = sums[i][v];
}

/// Adds strip · panel to a tile of any size.
static void add_any_tile(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t depth, const double *strip, const double *panel,
                         double *c, ptrdiff_t c_stride) {
#define ADD_TILE(height)                                                            \
    case height:                                                                    \
        if (width == LANES) add_tile(height, 1, depth, strip, panel, c, c_stride);  \
        else add_tile(height, 2, depth, strip, panel, c, c_stride);                 \
        break;
    switch (rows) {
        ADD_TILE(1)
        ADD_TILE(2)
        ADD_TILE(3)
        ADD_TILE(4)
#if LANES == 8
        ADD_TILE(5)
        ADD_TILE(6)
        ADD_TILE(7)
        ADD_TILE(8)
#endif
    }
#undef ADD_TILE
}

/// As `add_any_tile`, for the last panel, which may be wider than what is left of C: it works on a copy.
static void add_last_tile(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t width, ptrdiff_t depth, const double *strip,
                          const double *panel, double *c, ptrdiff_t c_stride) {
    double copy[tile_rows * panel_columns] = {0};
    for (ptrdiff_t i = 0; i < rows; i++)
        for (ptrdiff_t j = 0; j < columns; j++) copy[i * width + j] = c[i * c_stride + j];
    add_any_tile(rows, width, depth, strip, panel, copy, width);
    for (ptrdiff_t i = 0; i < rows; i++)
        for (ptrdiff_t j = 0; j < columns; j++) c[i * c_stride + j] = copy[i * width + j];
}

/// Some rows of A, column after column, so that a tile reads them in the order of their addresses.
static void copy_strip(ptrdiff_t rows, ptrdiff_t depth, const double *a, ptrdiff_t row_stride, ptrdiff_t column_stride,
                       double *strip) {
    for (ptrdiff_t p = 0; p < depth; p++)
        for (ptrdiff_t i = 0; i < rows; i++) strip[p * rows + i] = a[i * row_stride + p * column_stride];
}

/// C += A · B for a block of columns; `packed` is its first panel, of which the rows from `top` on count.
static void add_block(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, ptrdiff_t top, ptrdiff_t height,
                      const double *a, ptrdiff_t row_stride, ptrdiff_t column_stride, const double *packed, double *c,
                      ptrdiff_t c_stride) {
    double strip[tile_rows * block_depth];
    for (ptrdiff_t i = 0; i < rows; i += tile_rows) {
        ptrdiff_t count = rows - i < tile_rows ? rows - i : tile_rows;
        copy_strip(count, height, a + i * row_stride + top * column_stride, row_stride, column_stride, strip);
        for (ptrdiff_t left = 0; left < columns; left += panel_columns) {
            ptrdiff_t width = panel_width(columns - left);
            const double *panel = packed + left * depth + top * width;
            double *tile = c + i * c_stride + left;
            if (columns - left < width)
                add_last_tile(count, columns - left, width, height, strip, panel, tile, c_stride);
            else
                add_any_tile(count, width, height, strip, panel, tile, c_stride);
        }
    }
}

void NAME(product)(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const double *a, ptrdiff_t row_stride,
                   ptrdiff_t column_stride, const double *packed, double *c, ptrdiff_t c_stride) {
    for (ptrdiff_t left = 0; left < columns; left += block_columns) {
        ptrdiff_t width = columns - left < block_columns ? columns - left : block_columns;
        for (ptrdiff_t top = 0; top < depth; top += block_depth) {
            ptrdiff_t height = depth - top < block_depth ? depth - top : block_depth;
            add_block(rows, width, depth, top, height, a, row_stride, column_stride, packed + left * depth, c + left,
                      c_stride);
        }
    }
}
