"""The measures: each takes its rounds in turn, so that what else the machine does meets all alike."""

import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import time

from rig import SOCKETS, stop, wait_until
from stack import fail, processes, tree_of

CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1 << 20


# ---- Asking ------------------------------------------------------------------------

def get(port, path, host):
    """(body, seconds until the first byte) of one request over a new connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    start = time.perf_counter()
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    seconds = time.perf_counter() - start
    body = answer.read()
    connection.close()
    if answer.status != 200:
        fail(f"{host} answered {answer.status}: {body.decode(errors='replace')}")
    return body, seconds


def same_answers(port, path, hosts):
    """Fails unless all contenders give the same JSON but for the time of day."""
    answers = {}
    for host in hosts:
        body, _ = get(port, path, host)
        answers[host] = {**json.loads(body), "serverTime": None}
        if answers[host] != answers[hosts[0]]:
            fail(f"{host} and {hosts[0]} give different answers:\n{answers[host]}\n{answers[hosts[0]]}")


# ---- Requests per second -------------------------------------------------------------

def throughput(port, path, hosts, rounds, seconds, connections=8):
    """Requests per second of each host, a list with one number for each round."""
    found = {host: [] for host in hosts}
    for number in range(rounds):
        # Each goes first in turn.
        for host in hosts[number % len(hosts):] + hosts[:number % len(hosts)]:
            output = subprocess.run(
                ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s",
                 "--header", f"Host: {host}", f"http://127.0.0.1:{port}{path}"],
                check=True, capture_output=True, text=True).stdout
            if "Non-2xx" in output or "Socket errors" in output:
                fail(f"requests to {host} failed:\n{output}")
            found[host].append(float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1]))
    return found


def ratio(above, below):
    """The median of the rounds' ratios: noise that lasts longer than a round cancels out."""
    return statistics.median(a / b for a, b in zip(above, below, strict=True))


# ---- Instructions ----------------------------------------------------------------------

def instructions(port, path, host, start, few=100, many=500):
    """User space instructions for a request: what callgrind counts of more of them, less of fewer.

    `start` starts the contender behind a tool. Steady to a tenth of a percent, where times are not.
    """
    counts = []
    for requests in (few, many):
        record = SOCKETS / f"{host}.callgrind"
        record.unlink(missing_ok=True)
        process = start(["valgrind", "--tool=callgrind", f"--callgrind-out-file={record}"])
        for _ in range(requests):
            get(port, path, host)
        stop(process)
        counts.append(int(re.search(r"^(?:totals|summary): (\d+)", record.read_text(), re.MULTILINE)[1]))
    return (counts[1] - counts[0]) / (many - few)


# ---- Cold start ------------------------------------------------------------------------

def cold_start(port, path, hosts, inetd, rounds):
    """Seconds from a request to its first byte when no process was there, for each host."""
    found = {host: [] for host in hosts}
    for _ in range(rounds):
        for host in hosts:
            found[host].append(get(port, path, host)[1])
            for child in children(inetd):
                os.kill(child, signal.SIGTERM)
            wait_until(lambda: not children(inetd), "leaving")
            # inetd listens again once it has reaped the process.
            time.sleep(0.05)
    return found


def children(leader):
    everything = processes()
    return [pid for pid in tree_of(leader, everything[leader]["start"]) if pid != leader]


# ---- Memory ----------------------------------------------------------------------------

def memory(pid):
    """(proportional, own) bytes: shared pages divided among their users, and pages nobody shares."""
    with open(f"/proc/{pid}/smaps_rollup") as rollup:
        sizes = dict(re.findall(r"^(\w+):\s+(\d+) kB", rollup.read(), re.MULTILINE))
    return int(sizes["Pss"]) * 1024, int(sizes["Private_Dirty"]) * 1024


def program_of(pid):
    try:
        return os.path.basename(os.readlink(f"/proc/{pid}/exe"))
    except (FileNotFoundError, ProcessLookupError):
        return None


# ---- Processor time ------------------------------------------------------------------

def cpu_seconds(pids):
    """CPU time of living processes, and of the children they have waited for."""
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/stat") as stat:
                total += sum(int(ticks) for ticks in stat.read().rpartition(")")[2].split()[11:15])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / CLOCK_TICKS
