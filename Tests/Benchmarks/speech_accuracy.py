#!/usr/bin/env python3
"""Prints how true Parley's measures of speech are, on synthetic speech whose words and silences are known.

    speech_accuracy.py MEASURE_SPEECH

Three tables: pauses as the samples give them, what the known words give once they are found in the sound, and what
recognition gives end to end. Then which recordings are held back because their words are unsure, in English and in
other languages; the time and memory that recognition takes; and what comes of a recording of more than two hours.
"""

import json
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


# ---- Other languages -----------------------------------------------------------------------

# The same in each: "My task was to help them. I asked everybody to explain the problem, and in the end we agreed on a plan."
LANGUAGES = {
    "de": "Meine Aufgabe war es, ihnen zu helfen. Ich bat jeden, das Problem zu erklären, und am Ende einigten wir uns auf einen Plan.",
    "fr": "Ma tâche était de les aider. J'ai demandé à chacun d'expliquer le problème, et à la fin nous nous sommes mis d'accord sur un plan.",
    "es": "Mi tarea era ayudarles. Pedí a cada uno que explicara el problema, y al final nos pusimos de acuerdo en un plan.",
    "it": "Il mio compito era aiutarli. Ho chiesto a ciascuno di spiegare il problema, e alla fine ci siamo accordati su un piano.",
    "pt": "A minha tarefa era ajudá-los. Pedi a cada um que explicasse o problema, e no fim concordámos com um plano.",
    "nl": "Het was mijn taak om hen te helpen. Ik vroeg iedereen het probleem uit te leggen, en uiteindelijk werden we het eens over een plan.",
    "pl": "Moim zadaniem było im pomóc. Poprosiłem każdego o wyjaśnienie problemu i w końcu uzgodniliśmy plan.",
    "sv": "Min uppgift var att hjälpa dem. Jag bad alla att förklara problemet, och till slut kom vi överens om en plan.",
    "tr": "Görevim onlara yardım etmekti. Herkesten sorunu açıklamasını istedim ve sonunda bir planda anlaştık.",
    "ru": "Моя задача была помочь им. Я попросил каждого объяснить проблему, и в конце концов мы согласовали план.",
}


def held(program, path):
    """Whether a transcript waits for a reviewer because its words are unsure."""
    return (synthetic.measure(program, path)["transcript"].get("problem") or {}).get("code") == "NOT_RECOGNIZED"


def from_languages(program, folder):
    rows = []
    for noise, decibels in (NOISES[0], NOISES[2]):
        english = [held(program, path) for *_, path in recordings(folder, synthetic.VOICES, [1.0], [(noise, decibels)], [1])]
        foreign = [held(program, synthetic.record(synthetic.phrase(f"espeak-ng {name}", text), folder / "answer.webm", noise, decibels))
                   for name, text in LANGUAGES.items()]
        rows.append([label(noise, decibels), f"{sum(english)} of {len(english)}", f"{sum(foreign)} of {len(foreign)}"])
    print("Held back because the words are unsure: English voices, which should not be, and other languages, which should\n")
    table(["Sound", "English", "Other languages"], rows)


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
    """(seconds, processor time of it and what it started, most memory, what it printed)"""
    before, begun = os.times(), time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output)
        memory = Memory(process)
        process.wait()
        memory.join()
        assert process.returncode == 0, command[0]
        after = os.times()
        output.seek(0)
        printed = output.read()
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return time.monotonic() - begun, work, memory.most, printed


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
        for name, (elapsed, work, memory, _) in rows])


def two_hours(program, folder):
    """Half a minute of speech in every ten, for more than two hours."""
    spoken = synthetic.answer(synthetic.VOICES[0], 1.0, 1).samples
    block = spoken + synthetic.array("h", bytes(2 * (600 * synthetic.RATE - len(spoken))))
    path = folder / "two-hours.webm"
    synthetic.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-stream_loop", "-1", "-i", str(synthetic.record(block, folder / "block.webm")),
                   "-t", str(125 * 60), "-c", "copy", str(path)])
    elapsed, work, memory, output = timed([str(program), str(path)])
    transcript = json.loads(output)["transcript"]
    words = transcript["words"]
    said = [int(each["start"] // 600) for each in words]
    print("A recording of two hours and five minutes, with half a minute of speech in every ten minutes\n")
    table(["Listened to", "Words in each ten minutes", "What is said of it", "Time", "Processor time", "Most memory"], [[
        f"{transcript['durationSeconds'] / 60:.0f} minutes", f"{min(map(said.count, range(12)))} to {max(map(said.count, range(12)))}",
        ", ".join(each["code"] for each in [*filter(None, [transcript.get("problem")]), *(transcript.get("remarks") or [])]),
        f"{elapsed:.0f} s", f"{work:.0f} s", f"{memory / 2**20:.0f} MB"]])
    assert "OVER_TWO_HOURS" in str(transcript["remarks"]) and words and words[-1]["end"] <= 7200


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        from_samples(sys.argv[1], Path(scratch))
        from_words(sys.argv[1], Path(scratch))
        from_languages(sys.argv[1], Path(scratch))
        speed(sys.argv[1], Path(scratch))
        two_hours(sys.argv[1], Path(scratch))
