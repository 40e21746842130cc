#!/usr/bin/python3
"""Prints how lists, search and review take with a hundred times as many interviews, and fails when
one of them reads a whole large table.

    volume.py SMALL LARGE [--quick]

SMALL and LARGE are the state folders of two running stacks. A missed ratio is marked, and is no
failure: other work on the machine can be the cause.
"""

import http.client
import json
import random
import re
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

HERE = Path(__file__).resolve().parent
QUICK = "--quick" in sys.argv[1:]
SIZES = (1_000, 5_000) if QUICK else (1_000, 100_000)
ROUNDS = 10 if QUICK else 60
MOST = 1.5
# A table that has more rows than this is not read as a whole.
LARGE = 10_000
ASSESSMENT = "0a000002-0000-7000-8000-000000000003"

# Each finds as much in the small organisation as in the large one, so that the answers have the same size.
LISTS = {
    "first page": {},
    "status": {"status": "SUBMITTED"},
    "several statuses": {"status": "SENT,OPENED,IN_PROGRESS,EXPIRED"},
    "expired": {"status": "EXPIRED"},
    "assessment": {"assessmentId": ASSESSMENT},
    "recommendation": {"recommendation": "hold"},
    "deadline within 48 hours": {"deadline": "soon"},
    "deadline passed": {"deadline": "passed"},
}
SEARCHES = {
    "search: one person": {"search": "quackenbush"},
    "search: full name": {"search": "philomena quackenbush"},
    "search: a job that many have": {"search": "engineer"},
    "search: a common first name": {"search": "ada"},
    "search: name and job": {"search": "ada nurse", "limit": 2},
    "search: within a status": {"search": "engineer", "status": "REVIEWED"},
    "search: nobody": {"search": "nowhere"},
}


def main():
    runs = [Path(each) for each in sys.argv[1:] if not each.startswith("--")]
    stacks = [Stack(run, size) for run, size in zip(runs, SIZES, strict=True)]
    for stack in stacks:
        stack.fill()
    for stack in stacks:
        stack.sign_in()  # now, since nginx closes connections that wait for long
    requests = {**paths_of_lists(stacks), **paths_of_interviews(stacks), **paths_of_analytics(stacks)}
    measured = measure(stacks, requests)
    print(f"\n{'milliseconds (median)':<32}{SIZES[0]:>10,}{SIZES[1]:>10,}     ratio")
    for name, (small, large) in measured.items():
        mark = "" if large / small < MOST else f"   over {MOST}"
        print(f"{name:<32}{small * 1000:>10.1f}{large * 1000:>10.1f}{large / small:>10.2f}{mark}")
    check_plans(stacks[1], requests)


class Stack:
    """A running stack, and its recruiter's session once signed in."""

    def __init__(self, run, size):
        demo = json.loads((run / "demo.json").read_text())
        self.run, self.size, self.database = run, size, demo["databaseURL"]
        self.host, self.recruiter = urlsplit(demo["baseURL"]).netloc, demo["recruiter"]

    def sign_in(self):
        self.connection = http.client.HTTPConnection(self.host, timeout=60)
        self.connection.request("POST", "/api/auth/login", json.dumps(self.recruiter), {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        answer.read()
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, path, tries=1):
        """(answer, seconds)"""
        start = time.perf_counter()
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        body = answer.read()
        seconds = time.perf_counter() - start
        if answer.status == 503 and tries > 1:
            return self.get(path, tries - 1)
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}: {body.decode(errors='replace')}")
        return json.loads(body), seconds

    def sql(self, *commands):
        arguments = [part for command in commands for part in ("-c", command)]
        return subprocess.run(
            ["psql", "-XqAt", self.database, *arguments], check=True, capture_output=True, text=True).stdout

    def fill(self):
        if int(self.sql("SELECT count(*) FROM async_interview")) >= self.size:
            return
        print(f"  filling with {self.size:,} interviews", end="", flush=True)
        # Fewer pauses while it is filled; nobody relies on these rows.
        self.sql("ALTER SYSTEM SET max_wal_size = '8GB'", "SELECT pg_reload_conf()")
        start = time.perf_counter()
        subprocess.run(
            ["psql", "-Xq", self.database, "-v", f"interviews={self.size}", "-f", HERE / "volume.sql"],
            check=True, stdout=subprocess.DEVNULL)
        counts = self.sql("SELECT (SELECT count(*) FROM video_response), (SELECT count(*) FROM proctor_log)").strip()
        responses, events = (int(each) for each in counts.split("|"))
        print(f", {responses:,} responses, {events:,} proctor events: {time.perf_counter() - start:.0f} s")


# ---- What is asked -----------------------------------------------------------------------

def paths_of_lists(stacks):
    """By name, for each stack a function that makes the path of a request."""
    address = "/api/async-interviews?"
    cursors = [stack.get(f"{address}page=20")[0]["nextCursor"] for stack in stacks]
    lists = {name: [lambda query=query: address + urlencode(query)] * 2 for name, query in {**LISTS, **SEARCHES}.items()}
    lists["twentieth page"] = [lambda cursor=cursor: address + urlencode({"cursor": cursor}) for cursor in cursors]
    for name, (small, large) in lists.items():
        found = [len(stack.get(path())[0]["interviews"]) for stack, path in zip(stacks, (small, large), strict=True)]
        if found[0] != found[1]:
            sys.exit(f"{name} finds {found[0]} and {found[1]}: their times cannot be compared")
    return lists


def paths_of_interviews(stacks):
    """Answered interviews are those of which the number is no multiple of six."""
    def somewhere(size, suffix):
        number = random.randrange(size // 6) * 6 + 1
        return f"/api/async-interviews/0a000005-0000-7000-8000-{number:012x}{suffix}"
    return {name: [lambda size=stack.size, suffix=suffix: somewhere(size, suffix) for stack in stacks]
            for name, suffix in {"review": "", "proctor report": "/proctors"}.items()}


def paths_of_analytics(stacks):
    """Of three days, in which both have as many interviews, and of a month, in which the larger has more."""
    def since(days):
        start = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86_400))
        path = "/api/analytics?" + urlencode({"from": start})
        counted = [stack.get(path)[0]["interviews"] for stack in stacks]
        return f"analytics: {days} days, {counted[1] / counted[0]:.1f} × as many", [lambda: path] * 2
    return dict(since(days) for days in (3, 30))


def measure(stacks, requests):
    """The medians of each request, taken in turn, so that what else the machine does meets both alike."""
    found = {name: ([], []) for name in requests}
    for name, paths in requests.items():
        for _ in range(ROUNDS + 2):
            for stack, path, times in zip(stacks, paths, found[name], strict=True):
                times.append(stack.get(path())[1])
    return {name: [median(times[2:]) for times in both] for name, both in found.items()}


# ---- How it is found ------------------------------------------------------------------------

def check_plans(stack, requests):
    """Asks once more with PostgreSQL explaining every statement, those in functions too."""
    large = set(stack.sql(
        f"SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > {LARGE}").split())
    settings = {"session_preload_libraries": "auto_explain", "auto_explain.log_min_duration": "0",
                "auto_explain.log_nested_statements": "on"}
    stack.sql(*(f"ALTER ROLE parley_recruiter SET {name} = '{value}'" for name, value in settings.items()))
    disconnect(stack)
    log = stack.run / "log/postgres.log"
    wrong = []
    print(f"\nLarge tables: {', '.join(sorted(large))}")
    for name, paths in requests.items():
        before = log.stat().st_size
        stack.get(paths[1](), tries=2)  # the function notices first that its connection is gone
        time.sleep(0.1)
        with log.open("rb") as lines:
            lines.seek(before)
            plans = lines.read().decode(errors="replace")
        indexes = sorted(set(re.findall(r"Index (?:Only )?Scan (?:Backward )?using (\w+)", plans)
                             + re.findall(r"Bitmap Index Scan on (\w+)", plans)))
        if not any(index.startswith("async_interview") for index in indexes):
            sys.exit(f"{name}: PostgreSQL explained nothing")
        wrong += [f"{name} reads the whole of {table}" for table in set(re.findall(r"Seq Scan on (\w+)", plans)) & large]
    stack.sql(*(f"ALTER ROLE parley_recruiter RESET {name}" for name in settings))
    disconnect(stack)
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"None of these {len(requests)} requests reads one of them as a whole.")


def disconnect(stack):
    """So that the next sessions have the settings."""
    stack.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'parley_recruiter'")


if __name__ == "__main__":
    main()
