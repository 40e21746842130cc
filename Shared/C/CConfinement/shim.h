// Landlock (landlock(7)), which the C library does not wrap, and libseccomp.
#include <linux/landlock.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>

extern long syscall(long, ...);

// O_PATH of <fcntl.h>, which the C library has only for GNU programs: a descriptor that only names a file.
static const int parley_open_path = 010000000;

// The version that the kernel speaks, or less than 1 where it has none.
static inline int parley_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// A descriptor of a set of rules that forbids `access`, until a rule allows it beneath a folder.
static inline int parley_landlock_forbid(unsigned long long access) {
    struct landlock_ruleset_attr rules = {.handled_access_fs = access};
    return (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
}

static inline int parley_landlock_allow(int rules, int parent, unsigned long long access) {
    struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = parent};
    return (int)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

static inline int parley_landlock_apply(int rules) { return (int)syscall(SYS_landlock_restrict_self, rules, 0); }
