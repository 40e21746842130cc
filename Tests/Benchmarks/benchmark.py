#!/usr/bin/python3
"""Prints how fast and how large Parley is, beside a C program and PHP that do the same.

A missed target is marked, and is no failure: other work on the machine can be the cause.
"""

import json
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from functools import partial
from statistics import mean, median

import measures
from rig import Rig, wait_until
from stack import CHECKOUT, RUN, Process, processes, tree_of

from api import Person  # of nginx/local, as is stack
from events import Events, settle, summary
from grants import STORES, Grants
from measures import MEGABYTE, cpu_seconds, memory, program_of, ratio
from reports import cpu_of_reports, reviewed
from uploads import Recording, at_once, put

QUICK = "--quick" in sys.argv[1:]  # to try a change: few and short rounds
ROUNDS, SECONDS, STARTS, UPLOADS = (3, 1, 5, 1) if QUICK else (7, 3, 25, 5)
UPLOAD_SIZE = 256 * MEGABYTE
SIGNATURES = 40_000
GRANT_ROUNDS = 6 if QUICK else 21
EVENTS, HOPS, COLD_HOPS = (1000, 30, 3) if QUICK else (5000, 200, 9)
# As many candidates at once, each with an answer of over a minute, in parts of the size that the
# page sends. Together less than what Linux begins to write to the disk by itself.
CANDIDATES, PART, PARTS = 100, 8 * MEGABYTE, 2
# So many go ahead of them, since all that serves DAV runs already too.
AHEAD = 16
ASSESSMENT = "01980000-0000-7000-8000-000000000021"
CANDIDATE = "01980000-0000-7000-8000-000000000001"
OWN_MEMORY_LIMIT = 5_000_000


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the rig is taken down
    recruiter, sign_in = signed_in()
    measured, other = invite(recruiter), invite(recruiter)
    person = Person(recruiter.base)
    person.get(measured)
    table = Table()
    with Rig() as rig:
        rig.start_nginx()
        rig.start_php()
        for workers in (1, 2):
            rig.start_swift(f"swift-{workers}", workers)
            rig.start_c(f"c-{workers}", workers)
            rig.start_c(f"c-prepared-{workers}", workers, PREPARED="yes")
        table.heading("OpenInterview through nginx")
        report_throughput(table, rig, measured)
        report_instructions(table, rig, measured)
        report_cold_start(table, rig, measured)
        table.heading("Processes")
        report_memory(table, recruiter, person, sign_in, other)
        report_idle(table)
        table.heading(f"Recording of {UPLOAD_SIZE // MEGABYTE} MB through nginx")
        report_uploads(table, rig, person, other)
        table.heading(f"{CANDIDATES} candidates upload {PART * PARTS // MEGABYTE} MB each at once")
        report_many_uploads(table, rig, recruiter, person)
        table.heading("Granting an upload")
        report_grants(table, rig, recruiter, person)
    table.heading("Addresses of S3")
    report_signatures(table)
    table.heading("Events, from the database to functions")
    report_events(table, recruiter, person)
    interview = reviewed(recruiter, CANDIDATE)
    table.heading("The report of an interview with five long answers")
    report_reports(table, recruiter, interview)
    table.heading("The review of the same in Chromium")
    report_review(table, recruiter, interview)
    table.heading("The candidate's page in Chromium")
    report_page(table, recruiter)
    table.end()


# ---- The interview -----------------------------------------------------------------

def signed_in():
    """The sample's recruiter, and how to sign in again."""
    demo = json.loads((RUN / "demo.json").read_text())
    recruiter = Person(demo["baseURL"])
    sign_in = partial(recruiter.post, "/api/auth/login", **demo["recruiter"])
    sign_in()
    return recruiter, sign_in


def interview_fields():
    deadline = datetime.now(timezone.utc) + timedelta(days=14)
    return {
        "assessmentId": ASSESSMENT, "candidateId": CANDIDATE, "timeLimitSeconds": 180,
        "deadlineAt": deadline.strftime("%Y-%m-%dT%H:%M:%SZ"), "invitationEmail": "grace@candidates.example",
        "introMessage": "Thank you for your interest. Take your time: you may record each answer twice.",
        "outroMessage": "Thank you. We will be in touch within a week."}


def invite(recruiter, **settings):
    """Sends an invitation; the path that its candidate's requests begin with."""
    created = recruiter.post("/api/async-interviews", **{**interview_fields(), **settings})
    recruiter.post(f"/api/async-interviews/{created['id']}/send")
    return f"/api/candidate/interview/{created['invitationToken']}"


# ---- The reports -------------------------------------------------------------------

def report_throughput(table, rig, path):
    for workers in (1, 2):
        names = ("swift", "c", "c-prepared", "php", "php-prepared")
        parley, c, c_prepared, php, php_prepared = hosts = [f"{name}-{workers}" for name in names]
        measures.same_answers(rig.port, path, hosts)
        found = measures.throughput(rig.port, path, hosts, ROUNDS, SECONDS)
        number = {host: f"{median(found[host]):,.0f}" for host in hosts}
        against = {host: ratio(found[parley], found[host]) for host in hosts}
        table.row(f"requests/s, {workers} process{'es' if workers > 1 else ''}", number[parley],
                  f"C {number[c]}", against[c], "≥ 0.85", against[c] >= 0.85)
        table.row("", "", f"C prepared {number[c_prepared]}", against[c_prepared])
        table.row("", "", f"PHP {number[php]}", against[php], "≥ 2", against[php] >= 2)
        table.row("", "", f"PHP prepared {number[php_prepared]}", against[php_prepared])


def report_instructions(table, rig, path):
    parley = measures.instructions(rig.port, path, "swift-count", lambda tool: rig.start_swift("swift-count", 1, tool))
    c = measures.instructions(rig.port, path, "c-count", lambda tool: rig.start_c("c-count", 1, tool, PREPARED="yes"))
    table.row("instructions a request, user space", f"{parley:,.0f}", f"C prepared {c:,.0f}", parley / c)


def report_cold_start(table, rig, path):
    hosts = ["swift-cold", "c-cold"]
    inetd = rig.start_inetd()
    wait_until(lambda: all((RUN / f"bench/{host}.sock").exists() for host in hosts), "inetd")
    found = measures.cold_start(rig.port, path, hosts, inetd.pid, STARTS)
    parley, c = (median(found[host]) * 1000 for host in hosts)
    against_c = ratio(found["swift-cold"], found["c-cold"])
    table.row("cold socket to first byte", f"{parley:.1f} ms", f"C {c:.1f} ms", against_c,
              "≤ 12 ms or ≤ 1.5", parley <= 12 or against_c <= 1.5)


def functions():
    """The processes of functions that run now, by id."""
    inetd = Process("inetd").pid()
    tree = tree_of(inetd, processes()[inetd]["start"])
    return {pid: program_of(pid) for pid in tree if pid != inetd and program_of(pid) != "inetd"}


def report_memory(table, recruiter, person, sign_in, path):
    wait_until(lambda: not functions(), "leaving")
    for _ in range(50):
        person.get(path)
    alone = memory(next(iter(functions())))
    use_ten_functions(recruiter, person, sign_in, path)
    names = set(functions().values())
    sizes = [memory(pid) for pid in functions()]
    for number, proportional, own in ((1, *alone), (len(names), mean(s[0] for s in sizes), max(s[1] for s in sizes))):
        label = "1 function" if number == 1 else f"{number} functions"
        table.row(f"own memory, {label}{' (largest)' if number > 1 else ''}", megabytes(own), target="< 5 MB",
                  met=own < OWN_MEMORY_LIMIT)
        table.row(f"proportional memory, {label}{' (mean)' if number > 1 else ''}", megabytes(proportional))


def use_ten_functions(recruiter, person, sign_in, path):
    """Calls ten different functions until all are warm."""
    for _ in range(5):
        sign_in()
        recruiter.get("/health")
        recruiter.get("/api/auth/profile")
        recruiter.get("/api/async-interviews")
        created = recruiter.post("/api/async-interviews", **interview_fields())
        recruiter.get(f"/api/async-interviews/{created['id']}")
        question = person.get(path)["questions"][0]["id"]
        person.post(f"{path}/start")
        person.get(f"{path}/upload-url", questionId=question, mimeType="video/webm")
        person.post(f"{path}/proctor", eventType="WINDOW_BLUR")


def report_idle(table):
    wait_until(lambda: not functions(), "leaving")
    count = len(functions())
    table.row("processes of functions after the idle time", str(count), target="0", met=count == 0)


def report_uploads(table, rig, person, path):
    question = person.get(path)["questions"][0]["id"]
    ours, plain = [], []
    before = used_by("nginx", "inetd")
    for number in range(UPLOADS):
        grant = person.get(f"{path}/upload-url", questionId=question, mimeType="video/webm", size=UPLOAD_SIZE)
        ours.append(put(grant["uploadUrl"], UPLOAD_SIZE, grant["headers"]))
        plain.append(put(rig.address(f"/dav/{number}.webm"), UPLOAD_SIZE, {}))
        for name in (grant["videoKey"], f"{number}.webm"):
            (RUN / "blobs/objects" / name).unlink()
    nginx, functions_used = (after - start for after, start in zip(used_by("nginx", "inetd"), before, strict=True))
    speeds = [[UPLOAD_SIZE / MEGABYTE / seconds for seconds in times] for times in (ours, plain)]
    against_plain = ratio(*speeds)
    table.row("throughput against nginx's own DAV", f"{median(speeds[0]):,.0f} MB/s",
              f"DAV {median(speeds[1]):,.0f} MB/s", against_plain, "≥ 0.9", against_plain >= 0.9)
    table.row("CPU of nginx, each", f"{nginx / UPLOADS:.2f} s")
    table.row("CPU of functions, each", f"{functions_used / UPLOADS:.2f} s")


def report_many_uploads(table, rig, recruiter, person):
    recording = Recording(PART, PARTS)
    total = CANDIDATES * recording.size / MEGABYTE
    speeds = {"whole": [], "parts": [], "checked": [], "dav": [], "dav-buffered": []}
    spent = {way: [] for way in speeds}
    share = 0
    for round_number in range(UPLOADS):
        # Each goes first in turn.
        first = round_number % len(speeds)
        for way in [*speeds][first:] + [*speeds][:first]:
            send, addresses = sender(way, recording, rig, recruiter, person)
            at_once(send, addresses[CANDIDATES:])
            settle()  # What this and inviting them has set off is no part of it.
            [before], all_before = used_by("inetd"), used_by_all(rig)
            speeds[way].append(total / at_once(send, addresses[:CANDIDATES]))
            spent[way].append((used_by_all(rig) - all_before) / total * 1000)
            if way == "checked":
                share += (used_by("inetd")[0] - before) / (UPLOADS * total) * 10
            settle()
            for name in (RUN / "blobs/objects").rglob("*.webm"):
                name.unlink()
    number = {way: f"{median(speed):,.0f} MB/s" for way, speed in speeds.items()}
    for way, label in (("whole", "in one piece"), ("parts", "resumable"), ("checked", "resumable, with SHA-256 of every part")):
        against = ratio(speeds[way], speeds["dav"])
        table.row(label, number[way], f"DAV {number['dav']}", against, "≥ 0.8", against >= 0.8)
        table.row("", "", f"buffered {number['dav-buffered']}", ratio(speeds[way], speeds["dav-buffered"]))
    table.row("CPU of all for that, clients too, per MB", f"{median(spent['checked']):.2f} ms", f"DAV {median(spent['dav']):.2f} ms",
              ratio(spent["checked"], spent["dav"]))
    table.row("a core's share of functions, per 10 MB/s", f"{share:.2%}", target="< 1 %", met=share < 0.01)


def sender(way, recording, rig, recruiter, person):
    """What sends the recording one way, and the addresses that the candidates send it to."""
    if way.startswith("dav"):
        return partial(put, size=recording.size, headers={}), [rig.address(f"/{way}/{n}.webm") for n in range(CANDIDATES + AHEAD)]
    grants = [begin_upload(way, recruiter, person) for _ in range(CANDIDATES + AHEAD)]
    addresses = [grant["uploadUrl"] for grant in grants]
    if way != "whole":
        return partial(recording.append, with_checksums=way == "checked"), addresses
    return partial(put, size=recording.size, headers=grants[0]["headers"]), addresses


def begin_upload(way, recruiter, person):
    """An upload in an interview of its own."""
    path = invite(recruiter)
    question = person.get(path)["questions"][0]["id"]
    person.post(f"{path}/start")
    if way == "whole":
        return person.get(f"{path}/upload-url", questionId=question, mimeType="video/webm")
    return person.post(f"{path}/uploads", questionId=question, mimeType="video/webm", takeNumber=1)


def report_grants(table, rig, recruiter, person):
    path = invite(recruiter)
    person.post(f"{path}/start")
    grants = Grants(rig, path, person.get(path)["questions"][0]["id"])
    grants.add("grant-alone", "GrantAlone")
    for store, settings in STORES.items():
        host = f"grant-{store.split()[0].lower()}"
        grants.add(host, "UploadURL", **settings)
        rounds = [(grants.cost(host), grants.cost("grant-alone")) for _ in range(GRANT_ROUNDS)]
        ours, alone = zip(*rounds[1:], strict=True)  # The first is for warming up.
        against_alone = ratio(ours, alone)
        table.row(f"CPU of UploadURL and database, {store}", f"{median(ours):,.0f} µs", f"alone {median(alone):,.0f} µs",
                  against_alone, "≤ 1.2", against_alone <= 1.2)


def report_signatures(table):
    python = CHECKOUT / ".build/object-stores/bin/python"
    command = [python, CHECKOUT / "Tests/Benchmarks/signatures.py", CHECKOUT / ".build/release/Presign", str(SIGNATURES)]
    found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    ours, botocore = found["ours"], found["botocore"]
    table.row("signed per second of one core", f"{ours:,.0f}", f"botocore {botocore:,.0f}", ours / botocore, "≥ 10,000",
              ours >= 10_000)


def report_events(table, recruiter, person):
    events = Events(person, invite(recruiter))
    events.rate(EVENTS // 10)  # so that all is warm
    rates = [events.rate(EVENTS) for _ in range(UPLOADS)]
    table.row("events a second, to two functions", f"{median(rates):,.0f}", target="≥ 1,000", met=median(rates) >= 1000)
    middle, late = summary(events.hops(HOPS, 0.02))
    table.row("from stored to function, median", f"{middle:.1f} ms", target="< 50 ms", met=middle < 50)
    table.row("95th percentile", f"{late:.1f} ms")
    cold = []
    for _ in range(COLD_HOPS):
        wait_until(lambda: not functions(), "leaving")
        cold += events.hops(1, 0)
    table.row("the same, the function not running, median", f"{median(cold):.1f} ms", target="< 50 ms", met=median(cold) < 50)


def report_reports(table, recruiter, interview):
    first, later, size = cpu_of_reports(recruiter, interview, functions)
    for label, seconds in (("the first of a process, its start included", first), ("each after it", later)):
        table.row(f"CPU, {label}", f"{seconds * 1000:.0f} ms", target="< 200 ms", met=seconds < 0.2)
    table.row("size of the PDF", f"{size / 1000:.0f} KB")


def report_review(table, recruiter, interview):
    [session] = [each.value for each in recruiter.cookies if each.name == "parley_session"]
    seconds = in_chromium("review_page.py", f"{recruiter.base}/async-interviews/{interview}", session)["seconds"]
    table.row("readable, nothing cached", f"{seconds:.2f} s", target="< 1 s", met=seconds < 1)


def in_chromium(script, *arguments):
    """What one of the scripts here found that need Playwright."""
    command = [CHECKOUT / ".build/venv/bin/python", CHECKOUT / "Tests/Benchmarks" / script, *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def report_page(table, recruiter):
    short = {"thinkTimeSeconds": 1, "timeLimitSeconds": 30}  # Soon over by itself.
    links = [recruiter.base + invite(recruiter, **settings).removeprefix("/api/candidate") for settings in ({}, short, short)]
    found = in_chromium("candidate_page.py", *links)
    size, seconds, longest = found["bytes"], found["seconds"], found["longestTask"]
    table.row("over the wire before the camera opens", f"{size / 1000:.0f} KB", target="< 150 KB", met=size < 150_000)
    table.row("interactive, nothing cached", f"{seconds:.2f} s", target="< 1 s", met=seconds < 1)
    for when, shift in found["shift"].items():
        label = "while it opens" if when == "opening" else f"until the receipt, {when}"
        table.row(f"layout shift {label}", f"{shift:.4f}", target="0", met=shift == 0)
    # Chromium tells of tasks that are longer than 50 ms only.
    table.row(f"longest task, recording {found['picture']}", f"{longest:.0f} ms" if longest else "< 50 ms",
              target="≤ 50 ms", met=longest <= 50)


def used_by(*components):
    """CPU seconds that each of the stack's components has used so far."""
    leaders = [Process(name).pid() for name in components]
    return [cpu_seconds(tree_of(leader, processes()[leader]["start"])) for leader in leaders]


def used_by_all(rig):
    """CPU seconds of all that takes part in uploads: the stack, the rig's nginx and what sends them, which is this process."""
    beside = cpu_seconds(tree_of(rig.nginx.pid, processes()[rig.nginx.pid]["start"]))
    return sum(used_by("nginx", "inetd", "courier", "postgres")) + beside + time.process_time()


# ---- Printing ----------------------------------------------------------------------

def megabytes(size):
    return f"{size / 1_000_000:.1f} MB"


class Table:
    def __init__(self):
        self.missed = 0
        print(f"{'':<44}{'Parley':>12}{'beside':>20}{'ratio':>8}  target")

    def heading(self, text):
        print(text)

    def row(self, name, parley="", beside="", ratio=None, target="", met=True):
        self.missed += not met
        number = "" if ratio is None else f"{ratio:.2f}"
        mark = "" if met else "  missed"
        print(f"  {name:<42}{parley:>12}{beside:>20}{number:>8}  {target}{mark}".rstrip())

    def end(self):
        print(f"{self.missed} targets missed" if self.missed else "Every target met")


main()
