"""Answers in which somebody else speaks too: what is known of it, who is told, and what it costs."""

import wave

import pytest
from playwright.sync_api import expect

import speech
import synthetic
from engines import VOICES, choose
from parley import Interview, accepted, eventually
from provider_faults import SPEECH
from test_consent import choose as consent
from test_engine_settings import spent
from test_report import read, words

PHONE = {"width": 390, "height": 844}
# The answer, what somebody says into it, and its end.
PARTS = [("A", "flite rms", ["my task was to help them agree", "I made a plan", "we opened on time"]),
         ("B", "flite slt", ["because of that I sold more", "she stayed with us", "the team finished the project"]),
         ("A", "flite rms", ["I read two books and talked with doctors", "it was a very short meeting"])]
TEXT = " ".join(phrase for _, _, phrases in PARTS for phrase in phrases)


class Conversation:
    """A recording of two voices, and who speaks when."""

    def __init__(self, folder):
        samples, self.turns = synthetic.array("h", bytes(2 * synthetic.RATE)), []
        for speaker, voice, phrases in PARTS:
            start = len(samples) / synthetic.RATE
            for phrase in phrases:
                samples.extend(synthetic.phrase(voice, phrase))
            self.turns.append([speaker, start, len(samples) / synthetic.RATE])
            samples.extend(synthetic.array("h", bytes(synthetic.RATE)))
        self.seconds = len(samples) / synthetic.RATE
        with wave.open(str(folder / "conversation.wav"), "wb") as file:
            file.setparams((1, 2, synthetic.RATE, 0, "NONE", ""))
            file.writeframes(samples.tobytes())
        self.recording = speech.record(folder / "conversation.wav", folder / "conversation.webm")

    @property
    def other(self):
        """(start, end) of the other voice."""
        return self.turns[1][1:]


@pytest.fixture(scope="module")
def conversation(tmp_path_factory):
    return Conversation(tmp_path_factory.mktemp("conversation"))


class Heard:
    """The answer to an interview's only question."""

    def __init__(self, interview):
        self.interview, [self.question] = interview, interview.questions

    def show(self):
        [response] = self.interview.show()["videoResponses"]
        return response

    def transcribed(self):
        eventually(lambda: self.show()["transcriptStatus"] == "complete", "the transcript")
        return self.show()

    def analysed(self):
        eventually(lambda: self.show()["analysisStatus"] == "complete", "the analysis")
        return self.show()

    def calls(self, database):
        return database.execute("""
            SELECT c.purpose, c.model, c.outcome, c.cost_micro_usd FROM ai_call c JOIN video_response v ON v.id = c.subject
            WHERE v.async_interview_id = %s AND c.purpose IN ('transcription', 'voices') ORDER BY c.at""", [self.interview.id]).fetchall()


@pytest.fixture
def hear(double, recruiter, candidates, one_question, conversation):
    """Has the conversation transcribed by an engine that labels these turns."""
    def hear(engine="two-models", turns=conversation.turns, at=None, refused=None, **settings):
        double.control("transcripts", text=TEXT)
        double.control("voices", turns=turns, at=at)
        choose(recruiter, None, engine, **settings)
        interview = Interview(recruiter, candidates[0], one_question).send()
        if refused:
            accepted(consent(interview, **{"RECORDING": True, "TRANSCRIPTION": True, "ANALYSIS": True, "MONITORING": True, refused: False}))
        interview.start()
        interview.answer(interview.questions[0], conversation.recording)
        accepted(interview.submit())
        return Heard(interview)
    return hear


@pytest.fixture
def page(device, recruiter, base):
    def open_one(heard, **settings):
        context = device(**settings)
        context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.goto(f"/async-interviews/{heard.interview.id}")
        expect(page.locator("main")).to_have_attribute("data-state", "ready")
        return page
    return open_one


def asked(double):
    return [dict(each["fields"])["model"] for each in double.requests(SPEECH)]


def remark(response):
    """What is said of speakers, and nothing else is."""
    [found] = response["transcriptRemarks"]
    return found


# ---- What is found ---------------------------------------------------------------------

@pytest.mark.parametrize("engine, at, models", [
    ("two-models", None, ["whisper-1", VOICES]), ("own-whisperx", "words", ["large-v3"]), ("own-whisperx", "segments", ["large-v3"]),
], ids=["a-model-of-its-own", "labels-at-words", "labels-at-segments"])
def test_an_answer_of_two_voices_waits(hear, double, conversation, engine, at, models):
    response = hear(engine, at=at).transcribed()
    problem = response["transcriptProblem"]
    assert (problem["code"], response["analysisStatus"], response["aiInsights"]) == ("SEVERAL_SPEAKERS", "held", None)
    assert asked(double) == models
    voices = problem["voices"]
    assert (voices["count"], voices["engine"]) == (2, models[-1])
    start, end = conversation.other
    # The double lays the words over the sound by their letters.
    assert abs(voices["others"][0]["start"] - start) < 1 and abs(voices["others"][-1]["end"] - end) < 1
    assert 0.5 * (end - start) < voices["othersSeconds"] < 1.3 * (end - start)
    assert 0.15 < voices["othersShare"] < 0.5
    # Nothing of what anybody said is lost.
    assert response["transcript"] == TEXT and response["transcriptRemarks"] == []


def test_captions_report_and_ledger_know(hear, recruiter, database, conversation, tmp_path):
    heard = hear()
    message = heard.transcribed()["transcriptProblem"]["message"]
    assert f"2 voices were heard, by {VOICES}" in message
    captions = recruiter.call("GET", f"/api/async-interviews/{heard.interview.id}/captions/{heard.question}")
    assert captions.ok and f"NOTE SEVERAL_SPEAKERS\n{message}\n" in captions.text
    report = tmp_path / "report.pdf"
    report.write_bytes(recruiter.call("GET", f"/api/async-interviews/{heard.interview.id}/report.pdf").content)
    said = words(read("pdftotext", "-raw", report, "-"))
    assert message in said and "Another voice: 0:0" in said
    calls = heard.calls(database)
    assert [call[:3] for call in calls] == [("transcription", "whisper-1", "ANSWERED"), ("voices", VOICES, "ANSWERED")]
    # A minute costs 0.6 cents.
    assert all(abs(cost - 100 * conversation.seconds) < 10 for *_, cost in calls)
    used = {each["purpose"]: each for each in recruiter.get("/api/ai/usage")["byPurpose"]}
    assert used["voices"]["costMicroUsd"] >= calls[1][3]


def test_a_moment_of_another_voice_is_a_remark(hear, conversation):
    (_, start, _), other, last = conversation.turns
    heard = hear(turns=[["A", start, other[1]], ["B", other[1], other[1] + 0.8], ["A", other[1] + 0.8, last[2]]])
    response = heard.analysed()
    assert response["transcriptProblem"] is None and remark(response)["code"] == "PERHAPS_SEVERAL_SPEAKERS"
    assert remark(response)["voices"]["othersSeconds"] <= 0.8 and len(remark(response)["voices"]["others"]) == 1


def test_one_voice_is_said_too(hear, page, conversation):
    heard = hear(turns=[["A", 0, conversation.seconds]])
    response = heard.analysed()
    assert response["transcriptProblem"] is None
    assert remark(response) | {"voices": None} == {"code": "ONE_SPEAKER", "message": f"One voice was heard, by {VOICES}.", "voices": None}
    shown = page(heard)
    expect(shown.locator(".insights")).to_contain_text(f"One voice was heard, by {VOICES}.")
    expect(shown.locator("#transcript-remarks")).to_have_count(0)


# ---- What keeps voices from being counted ----------------------------------------------

def uncounted(heard, reason):
    """The answer went its way all the same."""
    response = heard.analysed()
    assert response["transcriptProblem"] is None and response["transcript"] == TEXT
    assert remark(response)["code"] == "SPEAKERS_NOT_CHECKED"
    assert reason in remark(response)["message"]


@pytest.mark.parametrize("fault, reason", [("not-found", "HTTP 404"), ("invalid", "HTTP 400")])
def test_a_model_that_fails_costs_no_transcript(hear, double, database, fault, reason):
    double.fault(fault, model=VOICES)
    heard = hear()
    uncounted(heard, f"{VOICES} did not count the voices")
    assert reason in remark(heard.show())["message"]
    assert [outcome for _, _, outcome, _ in heard.calls(database)][0] == "ANSWERED" != heard.calls(database)[1][2]
    # Its provider transcribes on, unharmed.
    assert database.execute("SELECT failures, stop, resting_until FROM ai_provider WHERE name = 'two-models'").fetchone() == (0, None, None)


def test_an_answer_that_labels_nobody(hear):
    uncounted(hear(turns=[]), "its answer labels nobody")


def test_a_spent_budget_counts_no_voices(hear, double, database, organization, conversation):
    budget = spent(database, organization) // 10_000 + 2
    # What is left is enough for one call and not for two.
    database.execute(
        "INSERT INTO ai_call (organization_id, purpose, provider, model, input_sha256, outcome, cost_micro_usd, reserved_micro_usd) "
        "VALUES (%s, 'rating', 'claude', 'claude-sonnet-5-5', 'x', 'ANSWERED', %s, 0)",
        [organization, budget * 10_000 - spent(database, organization) - int(150 * conversation.seconds)])
    uncounted(hear(monthlyBudgetCents=budget), "budget is spent")
    assert asked(double) == ["whisper-1"]


@pytest.mark.parametrize("engine, at", [("two-models", None), ("own-whisperx", "words")])
def test_an_organisation_may_do_without(hear, double, engine, at):
    uncounted(hear(engine, at=at, countsVoices=False), "was not checked.")
    assert len(asked(double)) == 1


def test_who_refused_analysis_has_no_voices_counted(hear, double, database):
    heard = hear(refused="ANALYSIS")
    assert remark(heard.transcribed())["message"] == "How many people speak was not checked."
    assert asked(double) == ["whisper-1"]
    assert database.execute("SELECT * FROM consent_violation WHERE async_interview_id = %s", [heard.interview.id]).fetchall() == []


# ---- What a reviewer sees --------------------------------------------------------------

def test_a_reviewer_hears_the_other_voice_and_has_it_analysed(hear, page, screens, conversation):
    heard = hear()
    heard.transcribed()
    shown = page(heard)
    expect(shown.locator("#transcript-problem")).to_contain_text("Several people speak")
    expect(shown.locator("#analysis-held")).to_contain_text("2 voices were heard")
    screens.see(shown, "recruiter-voices")
    screens.see(page(heard, viewport=PHONE), "recruiter-voices-narrow")
    shown.locator("#transcript-problem .voices button").first.focus()
    shown.keyboard.press("Enter")
    video = shown.locator("video")
    eventually(lambda: video.evaluate("video => video.currentTime") >= conversation.other[0] - 0.5, "the other voice")
    shown.get_by_role("button", name="Analyse nevertheless").click()
    expect(shown.locator("#how-made")).to_be_visible(timeout=60_000)
    response = heard.show()
    assert (response["analysisStatus"], response["transcriptProblem"]["code"]) == ("complete", "SEVERAL_SPEAKERS")


def test_a_reviewer_sees_a_remark(hear, page, screens, conversation):
    _, (_, start, _), (*_, end) = conversation.turns
    heard = hear(turns=[["A", 0, start], ["B", start, start + 0.8], ["A", start + 0.8, end]])
    heard.analysed()
    shown = page(heard)
    expect(shown.locator("[data-code=PERHAPS_SEVERAL_SPEAKERS]")).to_contain_text("Perhaps somebody else can be heard")
    expect(shown.locator("#transcript-remarks .voices button")).to_have_count(1)
    screens.see(shown, "recruiter-perhaps-voices")


def test_nothing_is_inaccessible(screens):
    assert {name: found for name, found in screens.violations.items() if "voices" in name and found} == {}
