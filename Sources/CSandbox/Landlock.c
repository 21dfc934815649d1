/// Files, TCP and signals, by Landlock: everything that is not granted is refused.
#ifdef __linux__
#define _GNU_SOURCE
#include "Sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// As in <linux/landlock.h>, whose copy may be older than the kernel.
enum {
    create_ruleset = 444,
    add_rule = 445,
    restrict_self = 446,
    version_flag = 1,
    rule_path_beneath = 1,
};

struct ruleset {
    uint64_t files, network, scopes;
};

struct __attribute__((packed)) path_beneath {
    uint64_t allowed;
    int32_t parent;
};

#define RIGHT(bit) (UINT64_C(1) << (bit))
enum { execute, write_file, read_file, read_folder, remove_folder, remove_file, make_character, make_folder, make_file,
       make_socket, make_pipe, make_block, make_link, refer, truncate_file, ioctl_device };

static const uint64_t reading = RIGHT(read_file) | RIGHT(read_folder);
static const uint64_t writing = RIGHT(read_file) | RIGHT(read_folder) | RIGHT(write_file) | RIGHT(remove_folder) | RIGHT(remove_file)
    | RIGHT(make_folder) | RIGHT(make_file) | RIGHT(make_pipe) | RIGHT(make_link) | RIGHT(refer) | RIGHT(truncate_file);
/// Of these only a rule about a file may speak.
static const uint64_t of_files = RIGHT(execute) | RIGHT(write_file) | RIGHT(read_file) | RIGHT(truncate_file) | RIGHT(ioctl_device);

/// How many rights over files an ABI knows.
static int rights(int abi) { return abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13; }

/// What is not there needs no rule. False when the kernel does not take one.
static bool grant(int ruleset, uint64_t handled, const char *path, uint64_t allowed) {
    int file = open(path, O_PATH | O_CLOEXEC);
    if (file < 0) return errno == ENOENT || errno == EACCES || errno == ENOTDIR;
    struct stat status;
    bool is_granted = fstat(file, &status) == 0;
    if (is_granted) {
        if (!S_ISDIR(status.st_mode)) allowed &= of_files;
        struct path_beneath rule = {.allowed = allowed & handled, .parent = file};
        is_granted = rule.allowed == 0 || syscall(add_rule, ruleset, rule_path_beneath, &rule, 0) == 0;
    }
    close(file);
    return is_granted;
}

static bool grant_all(int ruleset, uint64_t handled, const struct rules *rules, const char *verb, uint64_t allowed) {
    size_t place = 0;
    for (const char *path; (path = next_rule(rules, verb, &place));) {
        if (!grant(ruleset, handled, path, allowed)) return false;
    }
    return true;
}

int restrict_by_landlock(const struct rules *rules, int highest_abi) {
    long known = syscall(create_ruleset, NULL, 0, version_flag);
    int abi = known < highest_abi ? (int)known : highest_abi;
    if (abi < 1) return 0;
    struct ruleset all = {
        .files = RIGHT(rights(abi)) - 1,
        .network = abi >= 4 ? 3 : 0,  // To bind and to connect.
        .scopes = abi >= 6 ? 3 : 0,   // Abstract sockets, and signals.
    };
    size_t size = abi >= 6 ? sizeof all : abi >= 4 ? offsetof(struct ruleset, scopes) : offsetof(struct ruleset, network);
    int ruleset = (int)syscall(create_ruleset, &all, size, 0);
    if (ruleset < 0) return 0;
    bool holds = grant_all(ruleset, all.files, rules, "read", reading)
        && grant_all(ruleset, all.files, rules, "list", RIGHT(read_folder))
        && grant_all(ruleset, all.files, rules, "write", writing)
        && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return holds ? abi : 0;
}
#endif
