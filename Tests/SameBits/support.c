/// What a Swift program expects of a C library, for a WebAssembly module without one.
#include <stddef.h>
#include <stdint.h>

extern unsigned char __heap_base;

/// Freed blocks wait in a list for each power of two; a block's size class stands in front of it.
static void *waiting[32];
static uintptr_t top;

static void grow_to(uintptr_t end) {
    uintptr_t available = __builtin_wasm_memory_size(0) << 16;
    if (end > available && __builtin_wasm_memory_grow(0, (end - available + 0xffff) >> 16) == (size_t)-1) __builtin_trap();
}

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment > 16) __builtin_trap();
    unsigned class = 4;
    while (((size_t)1 << class) < size) class++;
    if (waiting[class]) {
        *result = waiting[class];
        waiting[class] = *(void **)*result;
        return 0;
    }
    if (!top) top = ((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15;
    uintptr_t block = top + 16;
    top = block + ((size_t)1 << class);
    grow_to(top);
    ((uint32_t *)block)[-1] = class;
    *result = (void *)block;
    return 0;
}

void free(void *block) {
    if (!block) return;
    unsigned class = ((uint32_t *)block)[-1];
    *(void **)block = waiting[class];
    waiting[class] = block;
}

// Compiled with -fno-builtin, lest a loop that copies become a call of itself.

void *memmove(void *target, const void *source, size_t count) {
    unsigned char *to = target;
    const unsigned char *from = source;
    if (to < from)
        for (size_t i = 0; i < count; i++) to[i] = from[i];
    else
        while (count--) to[count] = from[count];
    return target;
}

void *memcpy(void *target, const void *source, size_t count) { return memmove(target, source, count); }

void *memset(void *target, int value, size_t count) {
    for (size_t i = 0; i < count; i++) ((unsigned char *)target)[i] = (unsigned char)value;
    return target;
}

int memcmp(const void *left, const void *right, size_t count) {
    const unsigned char *a = left, *b = right;
    for (size_t i = 0; i < count; i++)
        if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return 0;
}

/// Seeds the hashes of dictionaries, on whose order no result may depend.
void arc4random_buf(void *target, size_t count) { memset(target, 42, count); }

uintptr_t __stack_chk_guard = 42;
void __stack_chk_fail(void) { __builtin_trap(); }

/// The lower 128 bits of a product of two 128-bit numbers, each given as two halves.
typedef struct {
    uint64_t low, high;
} Wide;

Wide __multi3(uint64_t a_low, uint64_t a_high, uint64_t b_low, uint64_t b_high) {
    uint64_t mask = 0xffffffff;
    uint64_t low = (a_low & mask) * (b_low & mask);
    uint64_t middle = (a_low >> 32) * (b_low & mask) + (low >> 32);
    uint64_t other = (a_low & mask) * (b_low >> 32) + (middle & mask);
    uint64_t high = (a_low >> 32) * (b_low >> 32) + (middle >> 32) + (other >> 32);
    return (Wide){(other << 32) | (low & mask), high + a_low * b_high + a_high * b_low};
}
