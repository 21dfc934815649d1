/// The kernels with the instructions that every CPU of the platform has.
#define NAME(function) unroll_##function##_baseline
#define LANES 2
#include "Variant.h"
