/// System calls, by seccomp: what no lesson needs is refused, and what Landlock may refuse is watched.
#ifdef __linux__
#define _GNU_SOURCE
#include "Sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef ARCHITECTURE
bool restrict_by_seccomp(int landlock_abi) { return false; }
bool refuse_processes(void) { return false; }
#else

/// Landlock refuses these where they reach too far; a handler makes them once more, and tells a refusal.
static const int watched[] = {
    SYS_openat, SYS_truncate, SYS_mkdirat, SYS_mknodat, SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_symlinkat, 437 /* openat2 */,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef __x86_64__
    SYS_open, SYS_creat, SYS_mkdir, SYS_rmdir, SYS_mknod, SYS_unlink, SYS_rename, SYS_link, SYS_symlink,
#endif
};

/// Never made, and told: the ways to the network, to programs and into other processes.
static const int told[] = {SYS_socket, SYS_execve, SYS_execveat, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev};

/// Never made, and succeed: files' owners, rights and dates, which Landlock leaves alone and without which Foundation copies no
/// file, and what libdispatch asks for its threads.
static const int skipped[] = {
    SYS_setpriority,
    SYS_fchmod, SYS_fchmodat, 452 /* fchmodat2 */, SYS_fchown, SYS_fchownat, SYS_utimensat,
#ifdef __x86_64__
    SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

/// Never made, as where the file system knows none: files' further attributes.
static const int unsupported[] = {
    SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr, SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr, 463 /* setxattrat */,
    466 /* removexattrat */, 469 /* file_setattr */,
};

/// Never made, and not told, for Foundation tries some of them and goes on without.
static const int refused[] = {
    // Other processes, and what would outlive this one.
    SYS_setsid, SYS_setpgid, SYS_tkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, 424 /* pidfd_send_signal */,
    438 /* pidfd_getfd */, 440 /* process_madvise */, 448 /* process_mrelease */, SYS_kcmp, SYS_migrate_pages, SYS_move_pages,
    SYS_ioprio_set, SYS_sched_setparam, SYS_sched_setscheduler, SYS_sched_setattr, SYS_sched_setaffinity,
    SYS_setrlimit, SYS_shmget,
    SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd, SYS_msgrcv, SYS_msgctl, SYS_semget, SYS_semop, SYS_semtimedop, SYS_semctl,
    SYS_mq_open, SYS_mq_unlink,
    // The machine, and the parts of the kernel that are wide and that no lesson needs.
    SYS_unshare, SYS_setns, SYS_chroot, SYS_pivot_root, SYS_mount, SYS_umount2, 428 /* open_tree */, 429 /* move_mount */,
    430 /* fsopen */, 431 /* fsconfig */, 432 /* fsmount */, 433 /* fspick */, 442 /* mount_setattr */, 467 /* open_tree_attr */,
    SYS_swapon, SYS_swapoff, SYS_reboot, SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_setup, 425 /* io_uring_setup */, 426 /* io_uring_enter */,
    427 /* io_uring_register */, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_personality, SYS_acct, SYS_quotactl,
    443 /* quotactl_fd */, SYS_syslog, SYS_fanotify_init, SYS_open_by_handle_at, SYS_sethostname, SYS_setdomainname,
    SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_vhangup,
#ifdef __x86_64__
    SYS_fork, SYS_vfork, SYS_iopl, SYS_ioperm,
    SYS_modify_ldt, SYS_uselib,
#endif
};

/// A filter that is being written, instruction by instruction.
struct filter {
    struct sock_filter code[1024];
    unsigned short count;
};

static void add(struct filter *filter, unsigned code, unsigned value, unsigned if_true, unsigned if_false) {
    filter->code[filter->count++] = (struct sock_filter){(unsigned short)code, (unsigned char)if_true, (unsigned char)if_false, value};
}

static void load(struct filter *filter, size_t offset) { add(filter, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0); }
static void load_call(struct filter *filter) { load(filter, offsetof(struct seccomp_data, nr)); }
static void load_argument(struct filter *filter, int index) { load(filter, offsetof(struct seccomp_data, args[index])); }
static void give(struct filter *filter, unsigned action) { add(filter, BPF_RET | BPF_K, action, 0, 0); }

/// Goes on with the next instruction when what was loaded is this value, else with the one behind as many more.
static void unless(struct filter *filter, unsigned value, unsigned skipped) { add(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, skipped); }

static const unsigned not_permitted = SECCOMP_RET_ERRNO | EPERM;

/// A number means another call for a process of another architecture; x32 has its own within the same.
static void begin(struct filter *filter) {
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
    give(filter, SECCOMP_RET_KILL_PROCESS);
    load_call(filter);
#ifdef __x86_64__
    add(filter, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
    give(filter, SECCOMP_RET_ERRNO | ENOSYS);
#endif
}

static void watch(struct filter *filter, int call) {
    unless(filter, (unsigned)call, 6);
    load_argument(filter, 5);
    unless(filter, (unsigned)TOLD, 3);
    load(filter, offsetof(struct seccomp_data, args[5]) + 4);
    unless(filter, (unsigned)(TOLD >> 32), 1);
    give(filter, SECCOMP_RET_ALLOW);
    give(filter, SECCOMP_RET_TRAP);
}

static void refuse(struct filter *filter, int call, unsigned action) {
    unless(filter, (unsigned)call, 1);
    give(filter, action);
}

/// Threads begin; a process only behind the one instruction for it. Namespaces are refused to both.
static void refuse_clones(struct filter *filter, const char *except) {
    // Its flags lie in memory, which a filter does not see; the C library goes on with clone.
    refuse(filter, 435 /* clone3 */, SECCOMP_RET_ERRNO | ENOSYS);
    unless(filter, SYS_clone, except ? 11 : 5);
    load_argument(filter, 0);
    add(filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
        | CLONE_NEWCGROUP | CLONE_PTRACE, except ? 7 : 2, 0);
    add(filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
    give(filter, SECCOMP_RET_ALLOW);
    if (except) {
        unless(filter, SIGCHLD, 4);
        load(filter, offsetof(struct seccomp_data, instruction_pointer));
        unless(filter, (unsigned)(uintptr_t)except, 2);
        load(filter, offsetof(struct seccomp_data, instruction_pointer) + 4);
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, (unsigned)((uintptr_t)except >> 32), 1, 0);
    }
    give(filter, not_permitted);
    if (except) give(filter, SECCOMP_RET_ALLOW);
}

/// Signals to itself alone, where Landlock cannot tell its own processes from others.
static void refuse_signals(struct filter *filter, unsigned own) {
    static const int calls[] = {SYS_kill, SYS_tgkill};
    for (size_t index = 0; index < 2; index++) {
        unless(filter, (unsigned)calls[index], 4);
        load_argument(filter, 0);
        unless(filter, own, 1);
        give(filter, SECCOMP_RET_ALLOW);
        give(filter, calls[index] == SYS_kill ? SECCOMP_RET_TRAP : not_permitted);
    }
    // A file can send signals too, to whom it belongs.
    unless(filter, SYS_fcntl, 5);
    load_argument(filter, 1);
    unless(filter, F_SETOWN, 1);
    give(filter, not_permitted);
    unless(filter, F_SETOWN_EX, 1);
    give(filter, not_permitted);
    load_call(filter);
}

/// Of a file that is open to be read, what can be asked and what copies it; some others change what a file is.
static void refuse_controls(struct filter *filter) {
    static const unsigned allowed[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX, FICLONE};
    enum { count = sizeof allowed / sizeof allowed[0] };
    unless(filter, SYS_ioctl, count + 3);
    load_argument(filter, 1);
    for (unsigned index = 0; index < count; index++) {
        add(filter, BPF_JMP | BPF_JEQ | BPF_K, allowed[index], count - index, 0);
    }
    give(filter, SECCOMP_RET_ERRNO | ENOTTY);
    give(filter, SECCOMP_RET_ALLOW);
}

/// Whoever outlives `unroll` would never end.
static void refuse_outliving(struct filter *filter) {
    unless(filter, SYS_prctl, 6);
    load_argument(filter, 0);
    unless(filter, PR_SET_PDEATHSIG, 3);
    load_argument(filter, 1);
    add(filter, BPF_JMP | BPF_JEQ | BPF_K, SIGKILL, 1, 0);
    give(filter, not_permitted);
    load_call(filter);
}

static void refuse_emptying(struct filter *filter, int call, int flags) {
    unless(filter, (unsigned)call, 4);
    load_argument(filter, flags);
    add(filter, BPF_ALU | BPF_AND | BPF_K, O_TRUNC | O_ACCMODE, 0, 0);
    unless(filter, O_TRUNC | O_RDONLY, 1);
    give(filter, SECCOMP_RET_ERRNO | EACCES);
    load_call(filter);
}

/// Files could be emptied by opening them to be read.
static void refuse_truncating(struct filter *filter) {
    refuse(filter, SYS_truncate, SECCOMP_RET_ERRNO | EACCES);
    refuse_emptying(filter, SYS_openat, 2);
#ifdef __x86_64__
    refuse_emptying(filter, SYS_open, 1);
#endif
}

static bool install(const struct filter *filter) {
    struct sock_fprog program = {.len = filter->count, .filter = (struct sock_filter *)filter->code};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

#define EACH(call, calls) for (const int *call = calls; call < calls + sizeof calls / sizeof calls[0]; call++)

bool restrict_by_seccomp(int landlock_abi) {
    struct filter filter = {.count = 0};
    begin(&filter);
    refuse_clones(&filter, unroll_clone_end);
    load_call(&filter);
    if (landlock_abi >= 6) {
        watch(&filter, SYS_kill);
    } else {
        refuse_signals(&filter, (unsigned)getpid());
    }
    if (landlock_abi < 3) refuse_truncating(&filter);
    EACH(call, watched) watch(&filter, *call);
    EACH(call, told) refuse(&filter, *call, SECCOMP_RET_TRAP);
    EACH(call, skipped) refuse(&filter, *call, SECCOMP_RET_ERRNO | 0);
    EACH(call, unsupported) refuse(&filter, *call, SECCOMP_RET_ERRNO | EOPNOTSUPP);
    EACH(call, refused) refuse(&filter, *call, not_permitted);
    // Two ends of a stream reach nothing but each other; datagrams could be sent to any address.
    unless(&filter, SYS_socketpair, 7);
    load_argument(&filter, 0);
    unless(&filter, AF_UNIX, 4);
    load_argument(&filter, 1);
    add(&filter, BPF_ALU | BPF_AND | BPF_K, 0xF, 0, 0);
    unless(&filter, SOCK_STREAM, 1);
    give(&filter, SECCOMP_RET_ALLOW);
    give(&filter, SECCOMP_RET_TRAP);
    refuse_controls(&filter);
    refuse_outliving(&filter);
    // Limits may be asked for, not set: to set them would be root's.
    unless(&filter, SYS_prlimit64, 6);
    load_argument(&filter, 2);
    unless(&filter, 0, 3);
    load(&filter, offsetof(struct seccomp_data, args[2]) + 4);
    unless(&filter, 0, 1);
    give(&filter, SECCOMP_RET_ALLOW);
    give(&filter, not_permitted);
    give(&filter, SECCOMP_RET_ALLOW);
    return install(&filter);
}

bool refuse_processes(void) {
    struct filter filter = {.count = 0};
    begin(&filter);
    refuse_clones(&filter, NULL);
    give(&filter, SECCOMP_RET_ALLOW);
    return install(&filter);
}
#endif
#endif
