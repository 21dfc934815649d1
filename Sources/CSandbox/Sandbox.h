/// What the parts of the sandbox have of each other.
#ifndef SANDBOX_H
#define SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The rules that `unroll` wrote: texts of a verb, a space and a value, each ended by a zero byte.
struct rules {
    const char *text;
    size_t size;
};

/// The value of the next rule of this verb, behind `*place`, which moves on; NULL behind the last.
const char *next_rule(const struct rules *rules, const char *verb, size_t *place);

/// Restricts files, and as the kernel allows TCP and signals, to the rules; returns the ABI that was used, 0 for none.
int restrict_by_landlock(const struct rules *rules, int highest_abi);

/// Refuses the system calls that no lesson needs, and has the others that Landlock may refuse told.
bool restrict_by_seccomp(int landlock_abi);

/// Begins to tell refusals, into a file that is open, by where the lesson's log is then.
bool begin_telling(int file, const char *log, int landlock_abi);

/// Writes down that the lesson asked for something and did not get it, and from where.
void tell_refusal(const char *verb, const char *object);

/// Writes one record of the file that refusals are told to.
void tell(const char *verb, const char *object);

/// Whether rules were found, and hold.
bool is_confined(void);

/// Behind the one instruction that may start a process.
extern const char unroll_clone_end[];

/// Refuses all processes to come; threads go on.
bool refuse_processes(void);

/// The sixth argument of a system call that the handler of refusals makes for the lesson, once more. No secret: what it lets
/// through is Landlock's to refuse.
#define TOLD UINT64_C(0x756e726f6c6c2e2e)

#endif
