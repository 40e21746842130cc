"""The stack on one machine: its state folder, its settings and its processes.

Everything a stack writes lies in its state folder, so that several can run
beside each other and removing one is removing a folder.
"""

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
USER = pwd.getpwuid(os.getuid()).pw_name
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
    print(f"  {name:<12}{message}")


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
        pid = self.pid()
        if pid and self.recorded()[2] == digest:
            say(self.name, "is running")
            return False
        if pid:
            self.stop()
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
        """Asks the process and its children to leave, then makes them."""
        pid = self.pid()
        if pid:
            if self.name in STOP_SIGNALS:
                tree = identify(tree_of(pid))
                os.kill(pid, STOP_SIGNALS[self.name])
            else:
                os.kill(pid, signal.SIGSTOP)  # so that no child is born unseen
                tree = identify(tree_of(pid))
                send(tree, signal.SIGTERM)
                os.kill(pid, signal.SIGCONT)
            deadline = time.monotonic() + patience
            while living(tree) and time.monotonic() < deadline:
                time.sleep(0.05)
            send(tree, signal.SIGKILL)
            say(self.name, "stopped")
        self.record.unlink(missing_ok=True)
        return pid is not None


def processes():
    """Every process: its parent, start (clock ticks after boot) and state."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The second field is a name in parentheses that may hold anything.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if fields[0] != "Z":
                found[int(entry.name)] = {"parent": int(fields[1]), "start": fields[19]}
    return found


def tree_of(root):
    """The process and all below it, parents first."""
    everything = processes()
    tree = [root]
    for pid in tree:
        tree += [child for child, its in everything.items() if its["parent"] == pid]
    return tree


def identify(pids):
    everything = processes()
    return {pid: everything[pid]["start"] for pid in pids if pid in everything}


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
