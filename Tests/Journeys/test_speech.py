"""Answers in which nobody speaks, or not so that it can be used: each has its outcome, and the reviewer sees which."""

import os
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import expect

import speech
import synthetic
from parley import Interview, eventually
from test_report import read, words

PHONE = {"width": 390, "height": 844}
MEASURE = Path(__file__).resolve().parents[2] / ".build/release/MeasureSpeech"
GERMAN = "Meine Aufgabe war es, ihnen zu helfen. Ich bat jeden, das Problem zu erklären, und am Ende einigten wir uns auf einen Plan."
# A melody of plucked notes over a chord: loud and quiet, but never as quick as syllables.
MUSIC = ("0.3*exp(-3*mod(t,0.5))*(sin(2*PI*220*pow(2,floor(mod(t*2,8))/12)*t)+0.5*sin(2*PI*440*pow(2,floor(mod(t*2,8))/12)*t))"
         "+0.05*(sin(2*PI*131*t)+sin(2*PI*165*t)+sin(2*PI*196*t))")


def sound(path, source):
    """A video with a sound from one of ffmpeg's sources."""
    speech.run("ffmpeg", "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "color=c=0x1f4068:s=320x180:r=10:d=6",
               *(["-f", "lavfi", "-i", source, "-c:a", "libopus", "-b:a", "32k"] if source else []), "-t", "6",
               "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "60k", path)
    return path


def foreign(path):
    wave = path.with_suffix(".wav")
    wave.write_bytes(subprocess.run(["espeak-ng", "-v", "de", "-s", "150", "--stdout", GERMAN], capture_output=True, check=True).stdout)
    return speech.record(wave, path)


def damaged(path):
    whole = sound(path, "anoisesrc=a=0.1:r=48000")
    whole.write_bytes(whole.read_bytes()[:200])
    return whole


MAKERS = {
    "SILENCE": lambda path: sound(path, "anullsrc=r=48000:cl=mono"),
    "NOISE": lambda path: sound(path, "anoisesrc=c=white:a=0.2:r=48000"),
    "MUSIC": lambda path: sound(path, f"aevalsrc='{MUSIC}':s=48000"),
    "NO_AUDIO_TRACK": lambda path: sound(path, None),
    "CORRUPT_FILE": damaged,
    "NOT_RECOGNIZED": foreign,
}


@pytest.fixture(scope="module")
def outcomes(recruiter, candidates, two_questions, tmp_path_factory):
    """{code: (interview, question's id)} of answers that are transcribed."""
    folder, found = tmp_path_factory.mktemp("outcomes"), {}
    codes = list(MAKERS)
    while codes:
        interview = Interview(recruiter, candidates[1], two_questions).send().start()
        for question in interview.questions:
            if codes:
                code = codes.pop()
                interview.answer(question, MAKERS[code](folder / f"{code}.webm"))
                found[code] = (interview, question)
    for interview, question in found.values():
        eventually(lambda: answer(interview, question)["transcriptStatus"] in ("complete", "failed"), "the transcript")
    return found


@pytest.fixture
def page(device, recruiter, base):
    def open_one(interview, question, **settings):
        context = device(**settings)
        context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.goto(f"/async-interviews/{interview.id}")
        expect(page.locator("main")).to_have_attribute("data-state", "ready")
        page.locator(f"#question-{interview.questions.index(question) + 1}").click()
        return page
    return open_one


def answer(interview, question):
    return next(each for each in interview.show()["videoResponses"] if each["questionId"] == question)


@pytest.mark.parametrize("code", MAKERS)
def test_each_kind_of_bad_recording_has_its_outcome(outcomes, code):
    response = answer(*outcomes[code])
    assert response["transcriptProblem"]["code"] == code
    assert response["transcriptProblem"]["message"].endswith(".")
    if code == "NOT_RECOGNIZED":
        assert (response["transcriptStatus"], response["analysisStatus"]) == ("complete", "held")
    else:
        assert (response["transcriptStatus"], response["transcriptWords"]) == ("failed", [])


def test_captions_and_the_report_say_which(outcomes, recruiter, tmp_path):
    for code in ("SILENCE", "NOT_RECOGNIZED"):
        interview, question = outcomes[code]
        message = answer(interview, question)["transcriptProblem"]["message"]
        captions = recruiter.call("GET", f"/api/async-interviews/{interview.id}/captions/{question}")
        assert captions.ok and f"NOTE {code}\n{message}\n\n00:00:00.000 --> 00:00:06.000 line:0\n{message}\n" in captions.text
        report = tmp_path / f"{code}.pdf"
        report.write_bytes(recruiter.call("GET", f"/api/async-interviews/{interview.id}/report.pdf").content)
        assert message in words(read("pdftotext", "-raw", report, "-"))


def test_the_reviewer_sees_which(outcomes, page, screens):
    for code, title in [("MUSIC", "Music instead of a voice"), ("NO_AUDIO_TRACK", "No sound was recorded")]:
        shown = page(*outcomes[code])
        expect(shown.locator("#transcript-problem")).to_contain_text(title)
        screens.see(shown, f"recruiter-{code.lower().replace('_', '-')}")


def test_a_reviewer_has_a_doubted_transcript_analysed(outcomes, page, screens):
    interview, question = outcomes["NOT_RECOGNIZED"]
    shown = page(interview, question)
    expect(shown.locator("#transcript-problem")).to_contain_text("Words could not be made out")
    expect(shown.locator("#analysis-held")).to_contain_text("Not analysed by itself")
    screens.see(shown, "recruiter-held")
    screens.see(page(interview, question, viewport=PHONE), "recruiter-held-narrow")
    shown.get_by_role("button", name="Analyse nevertheless").click()
    expect(shown.locator("#how-made")).to_be_visible(timeout=60_000)
    response = answer(interview, question)
    assert (response["analysisStatus"], response["aiInsights"] is not None) == ("complete", True)
    # The words are still doubted, and what was measured can be seen.
    shown.locator(".figures-grid").scroll_into_view_if_needed()
    screens.see(shown, "recruiter-analysed-nevertheless")
    again = interview.recruiter.call("POST", f"/api/async-interviews/{interview.id}/analyze/{question}")
    assert again.status_code == 409


# ---- How true the measures are: the sample of `make bench-speech` ---------------------------

@pytest.mark.parametrize("voice, noise, decibels", [("flite slt", None, None), ("flite rms", "pink", 15), ("espeak-ng en-us", None, None)])
def test_measures_are_true_to_speech_that_is_known(tmp_path, voice, noise, decibels):
    known = synthetic.answer(voice, seed=1)
    recording = synthetic.record(known.samples, tmp_path / "answer.webm", noise, decibels)
    metrics = synthetic.measure(MEASURE, recording, "--said", " ".join(known.words))["metrics"]

    matches = synthetic.pause_matches(known, metrics)
    assert 2 * len(matches) / (len(known.pauses) + metrics["pauses"]["count"]) >= 0.95
    errors = synthetic.boundary_errors(known, metrics)
    assert sum(error <= 0.06 for error in errors) >= 0.9 * len(errors), errors
    assert abs(metrics["wordsPerMinute"] / known.words_per_minute - 1) < 0.03
    assert [each["text"] for each in metrics["fillers"]["occurrences"]] == known.fillers
    assert metrics["method"]["pauses"] == "samples"


# ---- A worker that is killed ---------------------------------------------------------------

def processes_that_name(folder):
    found = []
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder).encode() in command.read_bytes():
                found.append(command.parent.name)
        except OSError:
            continue
    return found


def test_a_killed_worker_leaves_nothing(tmp_path):
    known = synthetic.answer("flite slt", seed=1)
    recording = synthetic.record(known.samples, tmp_path / "answer.webm")
    folder = tmp_path / "scratch"
    folder.mkdir()
    environment = {**os.environ, "PARLEY_TEMPORARY": str(folder)}
    worker = subprocess.Popen([MEASURE, recording], env=environment, stdout=subprocess.DEVNULL)
    eventually(lambda: list(folder.glob("*/*.ctm")), "the recogniser's start")
    worker.kill()
    worker.wait()
    eventually(lambda: not processes_that_name(folder), "the end of what the worker started", patience=10)
    # What it left on the disk goes when the next worker begins.
    subprocess.run([MEASURE, recording, "--said", "I"], env=environment, stdout=subprocess.DEVNULL, check=True)
    assert {each.name for each in folder.iterdir()} <= {f"parley-recogniser-{slot}" for slot in range(64)}
