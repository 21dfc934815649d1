/// Runs before any code of the lesson: fetches the rules that `unroll` wrote, and holds the process to them.
#ifdef __linux__
#define _GNU_SOURCE
#include "Sandbox.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char variable[] = "UNROLL_SANDBOX";
static bool holds;

bool is_confined(void) { return holds; }

/// A lesson that cannot be held as it was asked for does not run.
static void __attribute__((noreturn)) give_up(const char *why) {
    dprintf(STDERR_FILENO, "unroll: the lesson's process cannot be confined: %s\n", why);
    _exit(70);
}

const char *next_rule(const struct rules *rules, const char *verb, size_t *place) {
    size_t length = strlen(verb);
    while (*place < rules->size) {
        const char *rule = rules->text + *place;
        *place += strlen(rule) + 1;
        if (strncmp(rule, verb, length) == 0 && rule[length] == ' ') return rule + length + 1;
    }
    return NULL;
}

static const char *rule(const struct rules *rules, const char *verb) {
    size_t place = 0;
    const char *value = next_rule(rules, verb, &place);
    if (!value) give_up(verb);
    return value;
}

static struct rules fetch(const char *file) {
    int descriptor = open(file, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (descriptor < 0 || fstat(descriptor, &status) != 0) give_up("there are no rules");
    char *text = calloc(1, (size_t)status.st_size + 1);
    size_t size = 0;
    for (ssize_t count; (count = read(descriptor, text + size, (size_t)status.st_size - size)) > 0;) size += (size_t)count;
    close(descriptor);
    return (struct rules){.text = text, .size = size};
}

static void limit(int resource, const struct rules *rules, const char *verb) {
    rlim_t value = strtoull(rule(rules, verb), NULL, 10);
    struct rlimit was;
    getrlimit((__rlimit_resource_t)resource, &was);
    if (value > was.rlim_max) value = was.rlim_max;
    struct rlimit is = {value, value};
    if (setrlimit((__rlimit_resource_t)resource, &is) != 0) give_up(verb);
}

/// Ends with `unroll`, which may have ended already.
static void follow(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) _exit(70);
}

/// For a run that is to differ from others in its timing: one of the processors that it might use, not all.
static void keep_to_one_processor(void) {
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) != 0) return;
    int first = 0;
    while (first < CPU_SETSIZE && !CPU_ISSET(first, &processors)) first++;
    CPU_ZERO(&processors);
    CPU_SET(first, &processors);
    sched_setaffinity(0, sizeof processors, &processors);
}

/// Root keeps the way to files that belong to others, within the rules, and nothing else of its power.
static void drop_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2];
    if (syscall(SYS_capget, &header, sets) != 0) return;
    uint32_t kept = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH;
    sets[0].effective &= kept;
    sets[0].permitted &= kept;
    sets[0].inheritable = 0;
    sets[1] = (struct __user_cap_data_struct){0};
    if (syscall(SYS_capset, &header, sets) != 0) give_up("capabilities");
}

__attribute__((constructor)) static void confine(void) {
    const char *file = getenv(variable);
    if (!file) return;
    struct rules rules = fetch(file);
    unsetenv(variable);
    follow((pid_t)strtol(rule(&rules, "parent"), NULL, 10));
    limit(RLIMIT_AS, &rules, "memory");
    limit(RLIMIT_FSIZE, &rules, "filesize");
    limit(RLIMIT_NOFILE, &rules, "openfiles");
    limit(RLIMIT_CPU, &rules, "cpu");
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    if (strcmp(rule(&rules, "processors"), "one") == 0) keep_to_one_processor();

    int highest = (int)strtol(rule(&rules, "landlock"), NULL, 10);
    bool is_required = strcmp(rule(&rules, "sandbox"), "required") == 0;
    const char *records = rule(&rules, "records");
    int descriptor = open(records, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    drop_capabilities();
    int abi = restrict_by_landlock(&rules, highest);
    holds = begin_telling(descriptor, rule(&rules, "recording"), abi) && restrict_by_seccomp(abi);
    char told[16];
    snprintf(told, sizeof told, "%d", holds ? abi : 0);
    tell("landlock", told);
    if (is_required && (abi == 0 || !holds)) give_up("the kernel has no Landlock");
}
#endif
