"""The stack on one machine: its state folder, its settings and its processes.

Everything a stack writes lies in its state folder, so that several can run
beside each other and removing one is removing a folder.
"""

import grp
import hashlib
import os
import pwd
import signal
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
LOCAL = CHECKOUT / "nginx/local"
RUN = Path(os.environ.get("PARLEY_RUN") or ".run").absolute()
PORT = int(os.environ.get("PARLEY_PORT") or 8080)
FUNCTIONS = Path(os.environ.get("PARLEY_FUNCTIONS") or CHECKOUT / ".build/release").resolve()
# For inetd, which would take the dot of "jane.doe" for the start of a group.
USER = f"{pwd.getpwuid(os.getuid()).pw_name}:{grp.getgrgid(os.getgid()).gr_name}"
POSTGRES = Path("/usr/lib/postgresql/15/bin")
DATABASE_SOCKET = RUN / "postgres/socket"
DATABASE = f"host={DATABASE_SOCKET} dbname=parley"

# In the order they start; they stop in the opposite one.
COMPONENTS = ["postgres", "mailbox", "inetd", "courier", "nginx"]

# How each is asked to leave: PostgreSQL without waiting for its clients.
STOP_SIGNALS = {"postgres": signal.SIGINT}

sys.stdout.reconfigure(line_buffering=True)


def fail(reason):
    sys.exit(f"parley: {reason}")


def say(name, message):
    print(f"  {name:<14}{message}")


def read_environment():
    """The settings that the last `up` gave to every process."""
    lines = (RUN / "environment").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def as_database_user(command):
    """The command as a user PostgreSQL accepts: it refuses to run as root."""
    if os.getuid() != 0:
        return command
    step_down = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    reachable = subprocess.run([*step_down, "test", "-x", RUN / "postgres"]).returncode == 0
    if not reachable:
        # A checkout below a closed home: let this process alone pass through.
        step_down += ["--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return [*step_down, "--", *command]


class Process:
    """A process with its children, known by its id and the moment it started.

    Ids are reused; the pair is not, so nothing foreign is ever signalled.
    """

    def __init__(self, name):
        self.name = name
        self.record = RUN / "pids" / name

    def recorded(self):
        """(id, start, digest of what it was started with), or None."""
        try:
            pid, start, digest = self.record.read_text().split()
            return int(pid), start, digest
        except FileNotFoundError:
            return None

    def pid(self):
        """The id, while the recorded process lives."""
        recorded = self.recorded()
        if recorded and processes().get(recorded[0], {}).get("start") == recorded[1]:
            return recorded[0]
        return None

    def ensure(self, command, environment, inputs=()):
        """Starts the command, again if anything it was started with has changed."""
        command = [str(part) for part in command]
        digest = digest_of(command, environment, inputs)
        recorded = self.recorded()
        if self.pid() and recorded[2] == digest:
            say(self.name, "is running")
            return False
        self.stop()
        if recorded:
            wait_until_reaped(recorded[0])
        log = open(RUN / "log" / f"{self.name}.log", "ab")
        child = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd="/", start_new_session=True)
        started = processes().get(child.pid)
        if not started:
            fail(f"{self.name} ended at once; {log.name} says why")
        self.record.write_text(f"{child.pid} {started['start']} {digest}\n")
        say(self.name, "started")
        return True

    def stop(self, patience=10):
        """Asks the process and all it started to leave, then makes them."""
        recorded = self.recorded()
        if not recorded:
            return False
        leader, start, _ = recorded
        tree = tree_of(leader, start)
        if leader in tree and self.name in STOP_SIGNALS:
            os.kill(leader, STOP_SIGNALS[self.name])
        elif leader in tree:
            os.kill(leader, signal.SIGSTOP)  # so that no child is born unseen
            tree = tree_of(leader, start)
            send(tree, signal.SIGTERM)
            os.kill(leader, signal.SIGCONT)
        else:
            send(tree, signal.SIGTERM)
        deadline = time.monotonic() + patience
        while living(tree) and time.monotonic() < deadline:
            time.sleep(0.05)
        send(tree, signal.SIGKILL)
        self.record.unlink()
        if tree:
            say(self.name, "stopped")
        return bool(tree)


def processes():
    """Every process: its parent, its session and its start (clock ticks after boot)."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The second field is a name in parentheses that may hold anything.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if fields[0] != "Z":
                found[int(entry.name)] = {
                    "parent": int(fields[1]), "session": int(fields[3]), "start": fields[19]}
    return found


def tree_of(leader, start):
    """Ids and starts of a process and all it started; what a killed one left behind, too.

    Every component leads a session of its own, and the kernel gives no process
    an id that a session still goes by. So when the leader is gone, the
    session's members are its orphans; when the id is another's, nothing is ours.
    """
    everything = processes()
    if leader in everything and everything[leader]["start"] != start:
        return {}
    tree = {pid for pid, its in everything.items() if pid == leader or its["session"] == leader}
    while born := {pid for pid, its in everything.items() if its["parent"] in tree} - tree:
        tree |= born
    return {pid: everything[pid]["start"] for pid in tree}


def wait_until_reaped(pid, patience=30):
    """A dead process keeps its id until it is reaped, and PostgreSQL takes it for alive."""
    deadline = time.monotonic() + patience
    while Path(f"/proc/{pid}").exists() and pid not in processes() and time.monotonic() < deadline:
        time.sleep(0.1)


def living(tree):
    everything = processes()
    return [pid for pid, start in tree.items() if everything.get(pid, {}).get("start") == start]


def send(tree, number):
    for pid in living(tree):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def digest_of(command, environment, inputs):
    settings = {name: value for name, value in environment.items() if name.startswith("PARLEY_")}
    digest = hashlib.sha256(repr((command, sorted(settings.items()))).encode())
    for path in inputs:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
