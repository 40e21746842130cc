// What the C library has only for GNU programs, or only with variable arguments.
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/types.h>
#include <sys/xattr.h>
#include <time.h>

extern int fallocate(int, int, off_t, off_t);
extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
extern int prctl(int, ...);
extern int renameat2(int, const char *, int, const char *, unsigned);

// Ends this process with `signal` when its parent ends: PR_SET_PDEATHSIG of <sys/prctl.h>.
static inline int parley_die_with_parent(int signal) { return prctl(1, (unsigned long)signal); }

// Lets two names change places: RENAME_EXCHANGE of <linux/fs.h>, at AT_FDCWD of <fcntl.h>. Fails with
// EINVAL where the file system cannot.
static inline int parley_exchange(const char *one, const char *other) { return renameat2(-100, one, -100, other, 2); }

// flock(2), whose name C shares with a structure and Swift cannot. Fails with EWOULDBLOCK when
// another process holds the lock.
static inline int parley_try_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB); }

// Gives a file room on the disk for bytes to come, and leaves its size: FALLOC_FL_KEEP_SIZE of <linux/falloc.h>.
static inline int parley_reserve(int descriptor, off_t start, off_t count) { return fallocate(descriptor, 1, start, count); }
