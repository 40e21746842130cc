import CPOSIX
import Glibc

/// Graceful termination: SIGTERM is held back while a request is answered, and is noticed before
/// the next.
public enum Shutdown {
    // Written by the signal handler, which may only touch a flag like this one.
    nonisolated(unsafe) private static var requested: sig_atomic_t = 0

    /// Whether SIGTERM or SIGINT has arrived.
    public static var isRequested: Bool { unsafe requested != 0 || isHeldBack }

    /// Whether a signal waits to be let through. `ppoll` lets none through while there is something
    /// to read, so that a busy process would never hear of it.
    private static var isHeldBack: Bool {
        var pending = sigset_t()
        return unsafe sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1)
    }

    /// Starts holding back SIGTERM and SIGINT; SIGCHLD wakes ``wait(for:milliseconds:)`` and
    /// SIGPIPE is ignored.
    public static func install() {
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in unsafe Shutdown.requested = 1 }
        }
        signal(SIGCHLD) { _ in }
        unsafe withUnsafePointer(to: held) { unsafe _ = sigprocmask(SIG_BLOCK, $0, nil) }
    }

    private static var held: sigset_t {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGCHLD] { unsafe sigaddset(&set, number) }
        return set
    }

    /// Lets a child process receive again what its parent held back.
    public static func release() {
        unsafe withUnsafePointer(to: held) { unsafe _ = sigprocmask(SIG_UNBLOCK, $0, nil) }
    }

    /// Waits until `descriptor` can be read, a signal arrives or the time is over.
    /// - Returns: true when it can be read.
    public static func wait(for descriptor: CInt?, milliseconds: Int) -> Bool {
        var nothing = sigset_t()
        unsafe sigemptyset(&nothing)
        var polled = pollfd(fd: descriptor ?? -1, events: Int16(POLLIN), revents: 0)
        var time = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
        return unsafe ppoll(&polled, 1, &time, &nothing) > 0
    }
}
