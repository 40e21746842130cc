"""Speech that is made from parts, so that its words, fillers and silences are known to the millisecond."""

import json
import random
import subprocess
from array import array
from dataclasses import dataclass, field

RATE = 16_000
# How loud a phrase is at its peak, and where it is taken to begin and end: 36 dB below full scale.
PEAK = 16_000
EDGE = 500

VOICES = ["flite slt", "flite rms", "flite awb", "flite kal16", "espeak-ng en-us", "espeak-ng en-gb+f3"]
PHRASES = [
    "I made a plan", "we opened on time", "my task was to help them agree", "the team finished the project",
    "because of that I sold more", "she stayed with us", "I read two books and talked with doctors",
    "it was a very short meeting", "do you know them well", "I like to work with people",
]
# Sounds, and phrases that mean nothing where they stand alone.
FILLERS = ["um", "uh", "er", "you know", "I mean"]
PAUSES = [0.3, 0.35, 0.4, 0.5, 0.7, 1.0, 1.5, 2.5]


@dataclass
class Speech:
    samples: array
    words: list = field(default_factory=list)
    fillers: list = field(default_factory=list)
    # (start, end) in seconds.
    pauses: list = field(default_factory=list)
    start: float = 0
    end: float = 0

    @property
    def seconds(self):
        return len(self.samples) / RATE

    @property
    def words_per_minute(self):
        spoken = len(self.words) - sum(len(each.split()) for each in self.fillers)
        return 60 * spoken / (self.end - self.start)


_phrases = {}


def phrase(voice, text, rate=1.0):
    """A phrase from its first to its last loud sample."""
    key = (voice, text, rate)
    if key not in _phrases:
        program, name = voice.split()
        if program == "flite":
            command = ["flite", "-voice", name, "--setf", f"duration_stretch={1 / rate:.3f}", "-t", text, "-o", "/dev/stdout"]
        else:
            command = ["espeak-ng", "-v", name, "-s", f"{160 * rate:.0f}", "--stdout", text]
        spoken = subprocess.run(command, capture_output=True, check=True).stdout
        samples = decode(["-f", "wav", "-i", "pipe:0"], spoken)
        scale = PEAK / max(map(abs, samples))
        loud = [index for index, sample in enumerate(samples) if abs(sample) * scale > EDGE]
        _phrases[key] = array("h", (int(sample * scale) for sample in samples[loud[0]:loud[-1] + 1]))
    return _phrases[key]


def answer(voice, rate=1.0, seed=0, phrases=9, fillers=3):
    """Phrases with silences between them, some of which hold a filler."""
    chance = random.Random(f"{voice} {seed}")
    texts = [(chance.choice(PHRASES), False) for _ in range(phrases)]
    for place in sorted(chance.sample(range(1, phrases), fillers), reverse=True):
        texts.insert(place, (chance.choice(FILLERS), True))
    speech = Speech(array("h", bytes(2 * int(1.2 * RATE))), start=1.2)
    for index, (text, is_filler) in enumerate(texts):
        if index:
            length = chance.choice(PAUSES)
            speech.pauses.append((speech.seconds, speech.seconds + length))
            speech.samples.extend(array("h", bytes(2 * int(length * RATE))))
        speech.samples.extend(phrase(voice, text, rate))
        speech.words += text.lower().split()
        speech.fillers += [text.lower()] if is_filler else []
    speech.end = speech.seconds
    speech.samples.extend(array("h", bytes(2 * RATE)))
    return speech


def record(samples, path, noise=None, decibels=None):
    """A recording as a browser makes it, with noise of a colour so many dB below the speech."""
    mix = []
    if noise:
        loud = [sample for sample in samples if abs(sample) > EDGE]
        level = (sum(sample * sample for sample in loud) / len(loud)) ** 0.5 / 32768 * 10 ** (-decibels / 20)
        # ffmpeg's white noise of amplitude 1 has an RMS of 0.577, its pink noise one of 0.199.
        amplitude = level / {"white": 0.577, "pink": 0.199}[noise]
        mix = ["-f", "lavfi", "-i", f"anoisesrc=c={noise}:a={min(1, amplitude):.5f}:r={RATE}:seed=1",
               "-filter_complex", "[0:a][1:a]amix=inputs=2:duration=first:normalize=0"]
    run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0", *mix,
         "-ar", "48000", "-c:a", "libopus", "-b:a", "32k", str(path)], samples.tobytes())
    return path


def decode(source, data=b""):
    return array("h", run(["ffmpeg", "-nostdin", "-v", "error", *source, "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"], data))


def run(command, data=b""):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


# ---- What Parley makes of it ---------------------------------------------------------------

def measure(program, path, *options):
    """What `MeasureSpeech` says: {transcript, metrics}."""
    return json.loads(run([str(program), str(path), *options]))


def pause_matches(speech, metrics):
    """Pairs of a silence that was made and the pause that was found: they share more than half of both."""
    found = [(each["start"], each["end"]) for each in metrics["pauses"]["occurrences"]]
    pairs = []
    for start, end in speech.pauses:
        for other in found:
            if min(end, other[1]) - max(start, other[0]) > 0.5 * (max(end, other[1]) - min(start, other[0])):
                pairs.append(((start, end), other))
                found.remove(other)
                break
    return pairs


def boundary_errors(speech, metrics):
    """Seconds by which each edge of speech was missed."""
    errors = [abs(a - b) for made, found in pause_matches(speech, metrics) for a, b in zip(made, found)]
    if metrics["responseLatencySeconds"] is not None:
        errors.append(abs(metrics["responseLatencySeconds"] - speech.start))
    return errors


def word_errors(said, heard):
    """Words inserted, left out or replaced."""
    row = list(range(len(heard) + 1))
    for index, word in enumerate(said, 1):
        previous, row[0] = row[:], index
        for column, other in enumerate(heard, 1):
            row[column] = min(previous[column] + 1, row[column - 1] + 1, previous[column - 1] + (word != other))
    return row[-1]
