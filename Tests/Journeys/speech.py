"""Speech and recordings, made with a synthesiser so that what was said is known."""

import json
import re
import subprocess
from pathlib import Path

ANSWERS = Path(__file__).resolve().parents[1] / "Fixtures/Speech/answers.json"

# Said by everybody about everything; to find them again proves little.
COMMON = set("a an and are as asked at be because but by each every for from had i in it me more my of on one or our "
             "people so than that the their them then they this to two up us was we were who with you".split())


def answers():
    return json.loads(ANSWERS.read_text())


def speak(text, voice, path, trailing_silence=1.0):
    """A WAV file at 48 kHz, as a sound card delivers it."""
    raw = path.with_suffix(".raw.wav")
    run("flite", "-voice", voice, "-t", text, "-o", raw)
    run("ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-i", raw, "-af", f"apad=pad_dur={trailing_silence}",
        "-ar", "48000", path)
    raw.unlink()
    return path


def record(speech, path):
    """A recording as a browser makes it: WebM with VP8 and Opus."""
    run("ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "color=c=0x1f4068:s=320x180:r=10",
        "-i", speech, "-shortest", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "100k",
        "-c:a", "libopus", "-b:a", "32k", path)
    return path


def seconds(path):
    return float(run("ffprobe", "-loglevel", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path))


def content_words(text):
    return {word for word in re.findall(r"[a-z']+", text.lower()) if word not in COMMON}


def run(*command):
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, f"{command[0]}: {result.stderr}"
    return result.stdout.strip()
