/// Processes: a lesson starts none but the copies of itself in which cells trap.
#define _GNU_SOURCE
#include "CSandbox.h"
#include "Sandbox.h"

#include <unistd.h>

#ifndef __linux__
pid_t unroll_fork(void) { return fork(); }
#else

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

// The filter of system calls knows the way to a new process by the place of this instruction: it is no one else's.
pid_t unroll_clone(void);
#if defined(__x86_64__)
__asm__(
    ".text\n.hidden unroll_clone\n.globl unroll_clone\n.type unroll_clone, @function\nunroll_clone:\n"
    "mov $56, %eax\nmov $17, %edi\nxor %esi, %esi\nxor %edx, %edx\nxor %r10d, %r10d\nxor %r8d, %r8d\nsyscall\n"
    ".hidden unroll_clone_end\n.globl unroll_clone_end\nunroll_clone_end:\nret\n.size unroll_clone, . - unroll_clone\n");
#elif defined(__aarch64__)
__asm__(
    ".text\n.hidden unroll_clone\n.globl unroll_clone\n.type unroll_clone, %function\nunroll_clone:\n"
    "mov x8, #220\nmov x0, #17\nmov x1, xzr\nmov x2, xzr\nmov x3, xzr\nmov x4, xzr\nsvc #0\n"
    ".hidden unroll_clone_end\n.globl unroll_clone_end\nunroll_clone_end:\nret\n.size unroll_clone, . - unroll_clone\n");
#else
const char unroll_clone_end[1];
pid_t unroll_clone(void) { return -ENOSYS; }
#endif

#define ORIGINAL(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

pid_t unroll_fork(void) {
    if (!is_confined()) return ORIGINAL(fork)();
    pid_t parent = getpid(), child = unroll_clone();
    if (child < 0) {
        errno = -child;
        return -1;
    }
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent || !refuse_processes()) _exit(70);
    }
    return child;
}

// What the C library has for programs blocks the signals by which refusals are told: so it is told here.

pid_t fork(void) {
    if (!is_confined()) return ORIGINAL(fork)();
    tell_refusal("start", "");
    errno = EPERM;
    return -1;
}

int posix_spawn(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                char *const arguments[], char *const environment[]) {
    if (!is_confined()) return ORIGINAL(posix_spawn)(process, path, actions, attributes, arguments, environment);
    tell_refusal("start", path);
    return EPERM;
}

int posix_spawnp(pid_t *process, const char *file, const posix_spawn_file_actions_t *actions, const posix_spawnattr_t *attributes,
                 char *const arguments[], char *const environment[]) {
    if (!is_confined()) return ORIGINAL(posix_spawnp)(process, file, actions, attributes, arguments, environment);
    tell_refusal("start", file);
    return EPERM;
}

int system(const char *command) {
    if (!is_confined()) return ORIGINAL(system)(command);
    tell_refusal("start", command ? command : "");
    errno = EPERM;
    return -1;
}

FILE *popen(const char *command, const char *mode) {
    if (!is_confined()) return ORIGINAL(popen)(command, mode);
    tell_refusal("start", command);
    errno = EPERM;
    return NULL;
}
#endif
