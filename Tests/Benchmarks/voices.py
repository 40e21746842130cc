#!/usr/bin/env python3
"""Prints how well rules could tell that two people speak: why the offline engine does not try.

The method is the usual one without a trained model: does the sound of a recording's stretches of speech fit two normal
distributions better than one (S. Chen, P. Gopalakrishnan, "Speaker, environment and channel change detection and
clustering via the Bayesian information criterion", 1998)? Its features are mel cepstra, as speech recognisers use them.
"""

import itertools
import random
import sys
import tempfile
from array import array
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Journeys"))
import synthetic

RATE, WINDOW, STEP, SIZE, BANDS, COEFFICIENTS = synthetic.RATE, 400, 160, 512, 26, 12
# Of people, from Debian's pocketsphinx-testdata: sentences that somebody reads, and short commands of somebody else.
PEOPLE = Path("/usr/share/pocketsphinx/test/data")
READER, OTHER = "librivox/*.wav", "cards/*.wav"
# Stretches of speech that are shorter say little about a voice, in frames; so do fewer frames of one voice.
SHORTEST, FEWEST = 40, 100


def mel_filters():
    """Triangles, evenly spaced in mel from 130 to 6,800 Hz, over the bins of the spectrum."""
    mel = numpy.linspace(*(1127 * numpy.log(1 + numpy.array([130, 6800]) / 700)), BANDS + 2)
    edges = 700 * (numpy.exp(mel / 1127) - 1) * SIZE / RATE
    bins = numpy.arange(SIZE // 2 + 1)
    return numpy.array([numpy.interp(bins, edges[band:band + 3], [0, 1, 0]) for band in range(BANDS)])


FILTERS = mel_filters()
COSINES = numpy.cos(numpy.pi * numpy.outer(numpy.arange(1, COEFFICIENTS + 1), (numpy.arange(BANDS) + 0.5) / BANDS))


def stretches(samples):
    """The mel cepstra of each stretch of speech."""
    signal = numpy.asarray(samples, float) / 32768
    signal = numpy.append(signal[0], signal[1:] - 0.97 * signal[:-1])
    frames = numpy.lib.stride_tricks.sliding_window_view(signal, WINDOW)[::STEP] * numpy.hamming(WINDOW)
    power = numpy.abs(numpy.fft.rfft(frames, SIZE)) ** 2
    level = 10 * numpy.log10(power.sum(1) + 1e-9)
    quiet, loud = numpy.percentile(level, [5, 99.5])
    voiced = numpy.flatnonzero(level >= quiet + max(7, 0.3 * (loud - quiet)))
    cepstra = numpy.log(power @ FILTERS.T + 1e-8) @ COSINES.T
    found = numpy.split(voiced, numpy.flatnonzero(numpy.diff(voiced) > 15) + 1)
    return [cepstra[each] for each in found if len(each) >= SHORTEST]


def spread(frames):
    return numpy.linalg.slogdet(numpy.cov(frames.T) + 1e-3 * numpy.eye(COEFFICIENTS))[1]


def difference(samples):
    """How much better two voices explain the recording than one, for each frame; of all ways to begin, the best."""
    found = stretches(samples)
    everything = numpy.concatenate(found)
    centres = numpy.array([each.mean(0) for each in found]) / everything.std(0)
    best = 0.0
    for pair in itertools.combinations(range(len(found)), 2):
        second = clusters(centres, numpy.array([len(each) for each in found]), centres[list(pair)])
        parts = [numpy.concatenate([each for each, is_second in zip(found, second) if is_second == side] or [everything[:0]]) for side in (False, True)]
        if min(map(len, parts)) >= FEWEST:
            gain = len(everything) * spread(everything) - sum(len(each) * spread(each) for each in parts)
            best = max(best, gain / 2 / len(everything))
    return best


def clusters(centres, weights, means):
    """Two means, by turns: which stretches belong to the second."""
    second = None
    for _ in range(6):
        distances = numpy.linalg.norm(centres[:, None] - means[None], axis=2)
        second = distances[:, 1] <= distances[:, 0]
        if second.all() or not second.any():
            break
        means = numpy.array([numpy.average(centres[second == side], axis=0, weights=weights[second == side]) for side in (False, True)])
    return second


# ---- Recordings ----------------------------------------------------------------------------

def by_turns(first, second, seed=1):
    """Phrases, two by each voice in turn."""
    chance = random.Random(seed)
    samples = array("h", bytes(2 * RATE))
    for number in range(12):
        samples.extend(synthetic.phrase((first, second)[number // 2 % 2], chance.choice(synthetic.PHRASES)))
        samples.extend(array("h", bytes(2 * int(chance.choice(synthetic.PAUSES) * RATE))))
    return samples


def recorded(samples, folder, noise=None, decibels=None):
    return synthetic.decode(["-i", str(synthetic.record(samples, folder / "voices.webm", noise, decibels))])


def joined(*patterns):
    """Sentences of people, with half a second between them."""
    paths = [path for pattern in patterns for path in sorted(PEOPLE.glob(pattern))]
    return numpy.concatenate([part for path in paths for part in (synthetic.decode(["-i", str(path)]), numpy.zeros(RATE // 2))])


def turned_away(samples):
    """From the middle on quieter and duller, as when somebody leans back and looks aside."""
    changed = numpy.array(samples, float)
    half = len(changed) // 2
    window = numpy.hamming(9)
    changed[half:] = 0.4 * numpy.convolve(changed[half:], window / window.sum(), "same")
    return changed


def main(folder):
    one, two = [], []
    for noise in ((None, None), ("pink", 20)):
        for voice in synthetic.VOICES:
            one += [difference(recorded(synthetic.answer(voice, seed=seed, phrases=12).samples, folder, *noise)) for seed in (1, 2, 3)]
        two += [difference(recorded(by_turns(*pair), folder, *noise)) for pair in itertools.combinations(synthetic.VOICES, 2)]
    limit = max(one)
    people = [("one reader", joined(READER)), ("the same, turned away from the middle on", turned_away(joined(READER))),
              ("another's commands", joined(OTHER)), ("both of them", joined(READER, OTHER))]
    print(f"Two voices, by rules: with the limit at {limit:.2f}, above all {len(one)} recordings of one synthetic voice, "
          f"{sum(each > limit for each in two)} of {len(two)} recordings of two were found. By people:\n")
    print("| Recording | Difference | Taken for two |\n| --- | --- | --- |")
    for name, samples in people:
        found = difference(samples)
        print(f"| {name} | {found:.2f} | {'yes' if found > limit else 'no'} |")
    print()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        main(Path(scratch))
