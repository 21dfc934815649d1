/// Holds the process of a lesson to what the lesson may touch, by Landlock and seccomp.
///
/// Nothing is to be called: a constructor of the library that lessons link does it before any of their code runs, when the
/// environment names a file of rules. Without one, as when a reader runs a downloaded program, nothing is restricted.
#ifndef CSANDBOX_H
#define CSANDBOX_H

#include <sys/types.h>

/// As `fork()`, which is refused to a confined lesson: the copy ends with its parent, and can start no process itself.
pid_t unroll_fork(void);

#endif
