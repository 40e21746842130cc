// What the C library has only for GNU programs, or only with variable arguments.
#include <poll.h>
#include <signal.h>
#include <time.h>

extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
extern int prctl(int, ...);

// Ends this process with `signal` when its parent ends: PR_SET_PDEATHSIG of <sys/prctl.h>.
static inline int parley_die_with_parent(int signal) { return prctl(1, (unsigned long)signal); }
