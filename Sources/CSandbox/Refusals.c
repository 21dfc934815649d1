/// Tells what a lesson asked for and did not get, and from where, so that a page never builds on what was silently missing.
#ifdef __linux__
#define _GNU_SOURCE
#include "Sandbox.h"

#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

enum { depth = 128, most_refusals = 100, first_descriptor = 64 };

static int records = -1;
/// Held open, so that the kernel keeps what the rule about it is bound to.
static int own_threads = -1;
static bool has_scoped_signals;
/// The lesson's log, whose length tells which cell was running.
static const char *recording;
/// A loop that asks a million times is told once or twice.
static atomic_int refusal_count;
static atomic_flag is_telling = ATOMIC_FLAG_INIT;

void tell(const char *verb, const char *object) {
    struct stat log;
    long place = recording && stat(recording, &log) == 0 ? (long)log.st_size : 0;
    if (records >= 0) dprintf(records, "%s %ld %s%c", verb, place, object, 0);
}

void tell_refusal(const char *verb, const char *object) {
    if (atomic_fetch_add(&refusal_count, 1) >= most_refusals) return;
    int error = errno;
    void *frames[depth];
    int count = backtrace(frames, depth);
    while (atomic_flag_test_and_set(&is_telling)) {}
    tell(verb, object);
    if (records >= 0) {
        backtrace_symbols_fd(frames, count, records);
        dprintf(records, "%c", 0);
    }
    atomic_flag_clear(&is_telling);
    errno = error;
}

// MARK: The handler

#if defined(__x86_64__)
#define ARGUMENTS(context) {REGISTER(context, REG_RDI), REGISTER(context, REG_RSI), REGISTER(context, REG_RDX), \
                            REGISTER(context, REG_R10), REGISTER(context, REG_R8)}
#define REGISTER(context, name) (context)->uc_mcontext.gregs[name]
#define RESULT(context) REGISTER(context, REG_RAX)
#elif defined(__aarch64__)
#define ARGUMENTS(context) {(context)->uc_mcontext.regs[0], (context)->uc_mcontext.regs[1], (context)->uc_mcontext.regs[2], \
                            (context)->uc_mcontext.regs[3], (context)->uc_mcontext.regs[4]}
#define RESULT(context) (context)->uc_mcontext.regs[0]
#endif

#ifdef RESULT

/// What a call is about, by its arguments.
struct meaning {
    const char *verb;
    int folder;
    const char *path;
};

static const char *verb_of_opening(long flags) {
    if ((flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC))) return "write";
    return "read";
}

static struct meaning meaning(int call, const long *arguments) {
    const char *first = (const char *)arguments[0], *second = (const char *)arguments[1];
    switch (call) {
    case SYS_socket: case SYS_socketpair: return (struct meaning){"connect", AT_FDCWD, arguments[0] == AF_UNIX ? "local" : "network"};
    case SYS_execve: return (struct meaning){"start", AT_FDCWD, first};
    case SYS_execveat: return (struct meaning){"start", (int)arguments[0], second};
    case SYS_kill: return (struct meaning){"signal", AT_FDCWD, ""};
    case SYS_ptrace: case SYS_process_vm_readv: case SYS_process_vm_writev: return (struct meaning){"trace", AT_FDCWD, ""};
    case SYS_openat: return (struct meaning){verb_of_opening(arguments[2]), (int)arguments[0], second};
    case 437: return (struct meaning){verb_of_opening(*(const long *)arguments[2]), (int)arguments[0], second};
    case SYS_symlinkat: return (struct meaning){"write", (int)arguments[1], (const char *)arguments[2]};
    // To move or link from elsewhere is refused for either end; the new one says more.
    case SYS_linkat: case SYS_renameat2:
#ifdef SYS_renameat
    case SYS_renameat:
#endif
        return (struct meaning){"write", (int)arguments[2], (const char *)arguments[3]};
#ifdef __x86_64__
    case SYS_open: return (struct meaning){verb_of_opening(arguments[1]), AT_FDCWD, first};
    case SYS_link: case SYS_rename: case SYS_symlink: return (struct meaning){"write", AT_FDCWD, second};
    case SYS_creat: case SYS_mkdir: case SYS_rmdir: case SYS_mknod: case SYS_unlink:
#endif
    case SYS_truncate: return (struct meaning){"write", AT_FDCWD, first};
    default: return (struct meaning){"write", (int)arguments[0], second};
    }
}

static void tell_refused_call(int call, const long *arguments) {
    struct meaning asked = meaning(call, arguments);
    char whole[PATH_MAX * 2];
    if (asked.folder != AT_FDCWD && asked.path && asked.path[0] != '/') {
        char link[64], folder[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", asked.folder);
        ssize_t length = readlink(link, folder, sizeof folder - 1);
        folder[length < 0 ? 0 : length] = 0;
        snprintf(whole, sizeof whole, "%s/%s", folder, asked.path);
        asked.path = whole;
    }
    tell_refusal(asked.verb, asked.path ? asked.path : "");
}

static bool is_never_made(int call) {
    switch (call) {
    case SYS_socket: case SYS_socketpair: case SYS_execve: case SYS_execveat: case SYS_ptrace: case SYS_process_vm_readv: case SYS_process_vm_writev:
        return true;
    default: return call == SYS_kill && !has_scoped_signals;
    }
}

/// libdispatch watches its threads at places that come and go, for which there can be no rule; there is one for where they stand
/// as parts of this process.
static long open_own_thread(const char *path) {
    int thread, length = 0;
    if (!path || sscanf(path, "/proc/%d/stat%n", &thread, &length) != 1 || length == 0 || path[length] != 0) return -EACCES;
    char own[64];
    snprintf(own, sizeof own, "/proc/self/task/%d/stat", thread);
    long result = syscall(SYS_openat, AT_FDCWD, own, O_RDONLY | O_CLOEXEC, 0, 0, TOLD);
    return result == -1 ? -EACCES : result;
}

/// Makes the call in place of the lesson, which goes on with its result.
static void handle(int signal, siginfo_t *info, void *context_pointer) {
    (void)signal;
    ucontext_t *context = context_pointer;
    int call = info->si_syscall, error = errno;
    const long arguments[] = ARGUMENTS(context);
    long result = -EPERM;
    if (!is_never_made(call)) {
        result = syscall(call, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], TOLD);
        if (result == -1) result = -errno;
        if (result == -EACCES && call == SYS_openat) result = open_own_thread((const char *)arguments[1]);
    }
    if (result == -EACCES || result == -EPERM) tell_refused_call(call, arguments);
    RESULT(context) = result;
    errno = error;
}

/// Out of the way of a lesson that counts its descriptors, where there is so much room.
static int moved_away(int descriptor) {
    int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, first_descriptor);
    if (moved < 0) return descriptor;
    close(descriptor);
    return moved;
}

bool begin_telling(int file, const char *log, int landlock_abi) {
    recording = log;
    has_scoped_signals = landlock_abi >= 6;
    records = moved_away(file);
    own_threads = moved_away(open("/proc/self/task", O_PATH | O_CLOEXEC));
    // The first call loads the unwinder, which a signal handler must not do.
    void *frames[1];
    backtrace(frames, 1);
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART, .sa_sigaction = handle};
    return records >= 0 && sigaction(SIGSYS, &action, NULL) == 0;
}
#else
bool begin_telling(int file, const char *log, int landlock_abi) { return false; }
#endif
#endif
