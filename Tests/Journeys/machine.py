"""The running stack: its processes, its database, its mail."""

import email
import email.policy
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psycopg

from parley import eventually

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.append(str(CHECKOUT / "nginx/local"))
import stack  # noqa: E402


def processes_of(name):
    """Ids of the stack's own processes that run a function."""
    component = "courier" if name == "Courier" else "inetd"
    leader, start, _ = stack.Process(component).recorded()
    return [pid for pid in stack.tree_of(leader, start) if program(pid) == stack.FUNCTIONS / name]


def children_of(pids):
    everything = stack.processes()
    return [pid for pid, its in everything.items() if its["parent"] in pids]


def program(pid):
    try:
        return Path(os.readlink(f"/proc/{pid}/exe"))
    except FileNotFoundError:
        return None


def kill(name):
    """kill -9 of every process of a function, as the kernel does when memory runs out."""
    pids = processes_of(name)
    assert pids, f"{name} does not run"
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # A worker that left with its master.
    eventually(lambda: not set(pids) & set(stack.processes()), f"the end of {name}")


@contextmanager
def stopped(component):
    """The stack without one of its components."""
    stack.Process(component).stop()
    try:
        yield
    finally:
        subprocess.run([CHECKOUT / "nginx/local/up.py"], check=True, stdout=subprocess.DEVNULL)


class Halt:
    """Holds a function that is about to write such a row, in the middle of its transaction, until released.

    function: for receipts, which all functions write: whose they are.
    """

    last_key = 7000

    def __init__(self, address, table, event, when="true", function="any"):
        Halt.last_key += 1
        self.key = Halt.last_key
        self.table = table
        self.database = psycopg.connect(address, autocommit=True)
        self.database.execute("SELECT pg_advisory_lock(%s)", [self.key])
        self.database.execute("""
            CREATE OR REPLACE FUNCTION test_halt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF TG_TABLE_NAME = 'receipt' THEN
                    IF NOT EXISTS (SELECT FROM delivery WHERE id::text = NEW.webhook_id AND function = TG_ARGV[1]) THEN
                        RETURN NEW;
                    END IF;
                END IF;
                PERFORM pg_advisory_xact_lock(TG_ARGV[0]::bigint);
                RETURN NEW;
            END $$""")
        self.database.execute(f"""
            CREATE TRIGGER test_halt_{self.key} BEFORE {event} ON {table} FOR EACH ROW WHEN ({when})
            EXECUTE FUNCTION test_halt({self.key}, '{function}')""")

    def __enter__(self):
        return self

    def caught(self):
        """The database's process that is held; waits for one."""
        def held():
            hurry(self.database)
            row = self.database.execute(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", [self.key]).fetchone()
            return row and row[0]
        return eventually(held, f"somebody writing to {self.table}", 30)

    def release(self):
        self.database.execute("SELECT pg_advisory_unlock(%s)", [self.key])

    def cut(self, backend):
        """Ends the held transaction without a commit."""
        self.database.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])

    def __exit__(self, *_):
        self.release()
        self.database.execute(f"DROP TRIGGER test_halt_{self.key} ON {self.table}")
        self.database.close()


def settings_of(run):
    """The environment that the stack gave to its functions."""
    return dict(line.split("=", 1) for line in (run / "environment").read_text().splitlines())


def hurry(database):
    """Makes every retry due now: how long a courier waits is not what is tested."""
    database.execute("""
        UPDATE delivery SET run_at = now() WHERE state = 'ready' AND attempts > 0 AND lease_token IS NULL AND run_at > now()""")
    database.execute("NOTIFY delivery")


def mails(run, to=None, subject=None):
    """The messages that arrived, oldest first."""
    found = []
    for path in sorted((run / "mail").glob("*.eml")):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if (to is None or to in message["To"]) and (subject is None or subject in message["Subject"]):
            found.append(message)
    return found
