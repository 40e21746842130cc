#!/usr/bin/env python3
"""Prints how true Parley's measures of speech are, on synthetic speech whose words and silences are known.

    speech_accuracy.py MEASURE_SPEECH

Three tables: pauses as the samples give them, what the known words give once they are found in the sound, and what
recognition gives end to end. Then the time and memory that recognition takes.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Journeys"))
import synthetic

NOISES = [(None, None), ("pink", 30), ("pink", 20), ("white", 20), ("pink", 15), ("pink", 10)]
RATES = [0.85, 1.0, 1.2]
SEEDS = [1, 2]


class Tally:
    """What was measured over several recordings."""

    def __init__(self):
        self.made = self.found = self.matched = 0
        self.errors, self.pace, self.speaking = [], [], []
        self.fillers = self.counted = self.words = self.wrong = 0

    def add(self, speech, measured):
        metrics = measured["metrics"]
        pairs = synthetic.pause_matches(speech, metrics)
        self.made += len(speech.pauses)
        self.found += metrics["pauses"]["count"]
        self.matched += len(pairs)
        self.errors += synthetic.boundary_errors(speech, metrics)
        self.pace.append(metrics["wordsPerMinute"] / speech.words_per_minute - 1)
        silence = sum(end - start for start, end in speech.pauses)
        self.speaking.append(metrics["speakingSeconds"] / (speech.end - speech.start - silence) - 1)
        self.fillers += len(speech.fillers)
        self.counted += metrics["fillers"]["count"]
        self.words += len(speech.words)
        self.wrong += synthetic.word_errors(speech.words, [each["text"].lower() for each in measured["transcript"]["words"]])

    @property
    def f1(self):
        return 2 * self.matched / (self.made + self.found)

    @property
    def within(self):
        return sum(error <= 0.06 for error in self.errors) / len(self.errors)

    @property
    def p95(self):
        return sorted(self.errors)[int(0.95 * (len(self.errors) - 1))]


def percent(value, digits=1):
    return f"{100 * value:.{digits}f}%"


def worst(values):
    return percent(max(map(abs, values)))


def table(heads, rows):
    print(f"| {' | '.join(heads)} |\n|{' --- |' * len(heads)}")
    for row in rows:
        print(f"| {' | '.join(map(str, row))} |", flush=True)
    print()


def recordings(folder, voices, rates, noises, seeds):
    for voice in voices:
        for rate in rates:
            for seed in seeds:
                speech = synthetic.answer(voice, rate, seed)
                for noise, decibels in noises:
                    yield voice, noise, decibels, speech, synthetic.record(speech.samples, folder / "answer.webm", noise, decibels)


def label(noise, decibels):
    return f"{noise} noise, {decibels} dB below speech" if noise else "no noise"


def from_samples(program, folder):
    tallies = {}
    for _, noise, decibels, speech, path in recordings(folder, synthetic.VOICES, [1.0], NOISES, SEEDS):
        said = " ".join(speech.words)
        tallies.setdefault((noise, decibels), Tally()).add(speech, synthetic.measure(program, path, "--said", said))
    print("Pauses and speaking time, measured in the samples; six voices\n")
    table(["Sound", "Pauses made", "Pause F1", "Boundaries within 60 ms", "95% within", "Speaking time, mean error"], [
        [label(*key), t.made, f"{t.f1:.3f}", percent(t.within), f"{1000 * t.p95:.0f} ms", percent(mean(map(abs, t.speaking)))]
        for key, t in tallies.items()])
    print("Known words found in the same sound\n")
    table(["Sound", "Pace, mean error", "Pace, worst", "Fillers said", "Fillers counted"], [
        [label(*key), percent(mean(map(abs, t.pace))), worst(t.pace), t.fillers, t.counted] for key, t in tallies.items()])


def from_words(program, folder):
    rows = []
    for voice in synthetic.VOICES:
        said, heard = Tally(), Tally()
        for _, _, _, speech, path in recordings(folder, [voice], RATES, NOISES[:1], SEEDS[:1]):
            said.add(speech, synthetic.measure(program, path, "--said", " ".join(speech.words)))
            heard.add(speech, synthetic.measure(program, path))
        rows.append([voice, worst(said.pace), f"{said.counted}/{said.fillers}", percent(heard.wrong / heard.words),
                     percent(mean(map(abs, heard.pace))), f"{heard.counted}/{heard.fillers}"])
    print("End to end without noise, three rates: with the words known, and with PocketSphinx recognising them\n")
    table(["Voice", "Known: pace, worst", "Known: fillers", "Recognised: wrong words", "Recognised: pace, mean error",
           "Recognised: fillers"], rows)


# ---- Time and memory -----------------------------------------------------------------------

class Memory(threading.Thread):
    """The most memory that a process and its descendants held at a time (PSS), looked at every 20 ms."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.most = process, 0
        self.start()

    def run(self):
        while self.process.poll() is None:
            self.most = max(self.most, sum(map(self.share, self.family())))
            time.sleep(0.02)

    def family(self):
        parents = {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            try:
                parents[int(entry)] = int(Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
        family, last = {self.process.pid}, 0
        while len(family) != last:
            last = len(family)
            family |= {child for child, parent in parents.items() if parent in family}
        return family

    @staticmethod
    def share(process):
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        except OSError:
            return 0
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


def timed(command):
    before, begun = os.times(), time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    memory = Memory(process)
    process.wait()
    memory.join()
    assert process.returncode == 0, command[0]
    after = os.times()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - begun, work, memory.most


def speed(program, folder):
    samples = synthetic.array("h")
    for seed in (1, 2):
        samples.extend(synthetic.answer(synthetic.VOICES[seed % 3], 1.0, seed, phrases=12).samples)
    length = len(samples) / synthetic.RATE
    path = synthetic.record(samples, folder / "long.webm")
    wave = folder / "long.wav"
    synthetic.run(["ffmpeg", "-v", "error", "-i", str(path), "-ac", "1", "-ar", "16000", str(wave)])
    plain = timed(["pocketsphinx_continuous", "-infile", str(wave), "-time", "yes", "-logfn", "/dev/null"])
    rows = [["pocketsphinx_continuous", plain]]
    for processes in (1, 2):
        name = "Parley, one process" if processes == 1 else f"Parley, {processes} processes"
        rows.append([name, timed([str(program), str(path), "--processes", str(processes)])])
    print(f"Transcribing {length:.0f} s of speech\n")
    table(["Engine", "Time / length", "Processor time / length", "Most memory", "Times as fast"], [
        [name, f"{elapsed / length:.3f}", f"{work / length:.3f}", f"{memory / 2**20:.0f} MB", f"{plain[0] / elapsed:.1f}"]
        for name, (elapsed, work, memory) in rows])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        from_samples(sys.argv[1], Path(scratch))
        from_words(sys.argv[1], Path(scratch))
        speed(sys.argv[1], Path(scratch))
