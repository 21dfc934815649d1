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

// The product. B is cut into panels of two vectors' width (the last one may be one vector wide,
// and is filled up with zeros); a panel lies row after row. A tile of C, some rows high and one panel
// wide, stays in registers while the sum runs over the depth.

typedef double Vector __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));

enum {
    panel_columns = 2 * LANES,
    tile_rows = LANES == 8 ? 8 : 4,
    /// Depth of a block: a panel's part of this height stays in the first-level cache.
    block_depth = 256,
    /// Rows of a block: A's part of this height stays in the second-level cache.
    block_rows = 128,
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

/// Adds A · panel to one tile of C; `rows` and `vectors` are constants wherever this is expanded.
__attribute__((always_inline)) static inline void add_tile(int rows, int vectors, ptrdiff_t depth, const double *a,
                                                           ptrdiff_t row_stride, ptrdiff_t column_stride,
                                                           const double *panel, double *c, ptrdiff_t c_stride) {
    Vector sums[tile_rows][2];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sums[i][v] = *(const Vector *)(c + i * c_stride + v * LANES);
    for (ptrdiff_t p = 0; p < depth; p++) {
        const Vector *b = (const Vector *)(panel + p * vectors * LANES);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            double factor = a[i * row_stride + p * column_stride];
#pragma clang loop unroll(full)
            for (int v = 0; v < vectors; v++) sums[i][v] += factor * b[v];
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) *(Vector *)(c + i * c_stride + v * LANES) = sums[i][v];
}

/// One stack of tiles: all rows of a block against one panel that C has room for.
__attribute__((always_inline)) static inline void add_panel(int vectors, ptrdiff_t rows, ptrdiff_t depth,
                                                            const double *a, ptrdiff_t row_stride,
                                                            ptrdiff_t column_stride, const double *panel, double *c,
                                                            ptrdiff_t c_stride) {
    ptrdiff_t i = 0;
#define ADD_TILES(height)                                                                                   \
    for (; rows - i >= height; i += height)                                                                 \
    add_tile(height, vectors, depth, a + i * row_stride, row_stride, column_stride, panel, c + i * c_stride, c_stride)
#if LANES == 8
    ADD_TILES(8);
#endif
    ADD_TILES(4);
    ADD_TILES(2);
    ADD_TILES(1);
#undef ADD_TILES
}

/// As `add_panel`, for a panel that is wider than what is left of C: it works on a copy.
static void add_last_panel(int vectors, ptrdiff_t filled, ptrdiff_t rows, ptrdiff_t depth, const double *a,
                           ptrdiff_t row_stride, ptrdiff_t column_stride, const double *panel, double *c,
                           ptrdiff_t c_stride) {
    double copy[block_rows * panel_columns] = {0};
    for (ptrdiff_t i = 0; i < rows; i++)
        for (ptrdiff_t j = 0; j < filled; j++) copy[i * panel_columns + j] = c[i * c_stride + j];
    if (vectors == 1)
        add_panel(1, rows, depth, a, row_stride, column_stride, panel, copy, panel_columns);
    else
        add_panel(2, rows, depth, a, row_stride, column_stride, panel, copy, panel_columns);
    for (ptrdiff_t i = 0; i < rows; i++)
        for (ptrdiff_t j = 0; j < filled; j++) c[i * c_stride + j] = copy[i * panel_columns + j];
}

/// Rows of one block of A against all of B.
static void add_block(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const double *a, ptrdiff_t row_stride,
                      ptrdiff_t column_stride, const double *packed, double *c, ptrdiff_t c_stride) {
    for (ptrdiff_t left = 0; left < columns; left += panel_columns) {
        ptrdiff_t width = panel_width(columns - left), filled = columns - left;
        int vectors = (int)(width / LANES);
        for (ptrdiff_t top = 0; top < depth; top += block_depth) {
            ptrdiff_t height = depth - top < block_depth ? depth - top : block_depth;
            const double *part = a + top * column_stride, *panel = packed + top * width;
            if (filled < width)
                add_last_panel(vectors, filled, rows, height, part, row_stride, column_stride, panel, c + left,
                               c_stride);
            else if (vectors == 1)
                add_panel(1, rows, height, part, row_stride, column_stride, panel, c + left, c_stride);
            else
                add_panel(2, rows, height, part, row_stride, column_stride, panel, c + left, c_stride);
        }
        packed += depth * width;
    }
}

void NAME(product)(ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const double *a, ptrdiff_t row_stride,
                   ptrdiff_t column_stride, const double *packed, double *c, ptrdiff_t c_stride) {
    for (ptrdiff_t top = 0; top < rows; top += block_rows) {
        ptrdiff_t height = rows - top < block_rows ? rows - top : block_rows;
        add_block(height, columns, depth, a + top * row_stride, row_stride, column_stride, packed, c + top * c_stride,
                  c_stride);
    }
}
