#!/usr/bin/python3
"""Measures how documents are read: a text layer beside bare pdftotext, and what bombs cost."""

import os
import statistics
import subprocess
import threading
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
READ = CHECKOUT / ".build/release/ReadDocument"
CORPUS = CHECKOUT / "Tests/DocumentsTests/Corpus"
RUNS = 21
BOMBS = [
    "nested-flate.pdf", "object-stream-bomb.pdf", "drawing-bomb.pdf", "image-bomb.pdf", "form-bomb.pdf",
    "huge-page.pdf", "scanned-bomb.pdf", "picture-bomb.pdf", "lines-bomb.pdf",
    "zip-bomb.docx", "billion-laughs.docx", "deep.docx",
]
TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def median(command):
    """Milliseconds on the clock, and of the processor in all processes."""
    clock, processor = [], []
    for _ in range(RUNS):
        start, before = time.perf_counter(), os.times()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        clock.append((time.perf_counter() - start) * 1000)
        used = after.children_user + after.children_system - before.children_user - before.children_system
        processor.append(used * 1000)
    return statistics.median(clock), statistics.median(processor)


def processes():
    """Process id -> (parent, processor seconds, bytes of memory) of every process."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(entry.parent.name)] = (int(fields[1]), (int(fields[11]) + int(fields[12])) / TICK, int(fields[21]) * PAGE)
    return found


class Watch(threading.Thread):
    """Follows a process and all that it starts."""

    def __init__(self, process):
        super().__init__()
        self.process, self.seconds, self.memory = process, {}, 0

    def run(self):
        family = {self.process.pid}
        while self.process.poll() is None:
            now = processes()
            for _ in range(4):
                family |= {pid for pid, (parent, _, _) in now.items() if parent in family}
            for pid in family & now.keys():
                self.seconds[pid] = now[pid][1]
            self.memory = max(self.memory, sum(now[pid][2] for pid in family & now.keys()))
            time.sleep(0.02)


def main():
    document = CORPUS / "three-pages.pdf"
    rows = {
        "three pages": median([READ, document]),
        "three pages, bare pdftotext": median(["pdftotext", document, "-"]),
        "a scan of one page": median([READ, CORPUS / "scan.pdf"]),
    }
    print(f"Reading a document                 clock  processor  (median of {RUNS})")
    for name, (clock, processor) in rows.items():
        print(f"  {name:<28}{clock:7.0f} ms{processor:7.0f} ms")
    print("What a bomb costs           seconds  processor  memory  answer")
    for name in BOMBS:
        start = time.perf_counter()
        process = subprocess.Popen([READ, CORPUS / name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        watch = Watch(process)
        watch.start()
        answer = process.stderr.read().strip()
        process.wait()
        seconds = time.perf_counter() - start
        watch.join()
        print(f"  {name:<24}{seconds:9.1f}{sum(watch.seconds.values()):9.1f} s{watch.memory >> 20:5} MB  {answer[14:60]}")


main()
