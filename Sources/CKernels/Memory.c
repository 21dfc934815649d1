/// Lets glibc keep freed memory at hand.
///
/// A layer in training asks for the same few megabytes at every step. By itself glibc gives them back to the
/// system in between, and to get them anew, page by page, takes as long as half of the computation.
#if defined(__linux__)
#include <malloc.h>

#if defined(__GLIBC__)
__attribute__((constructor)) static void keep_freed_memory(void) {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 128 << 20);
}
#endif
#endif
