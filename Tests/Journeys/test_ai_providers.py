"""An answer's way through the engines of others, as they should be and with each of their faults."""

import os

import psycopg
import pytest

from conftest import shorter_assessment
from engines import choose
from parley import Client, Interview, accepted, eventually
from test_consent import choose as consent, wait_until_stored
from provider_faults import CHAT, MESSAGES, OFFLINE, SPEECH, TABLE, TOLD, WAITED, WAITED_OFFLINE
import speech

TEXT = ("My task was to bring a late project back on time. I wrote a list of risks and talked about each of them every "
        "morning with the team. As a result we finished two weeks early.")
GERMAN = ("Meine Aufgabe war es, ein Projekt wieder in den Zeitplan zu bringen. Ich schrieb eine Liste der Risiken und sprach jeden "
          "Morgen mit dem Team über jedes davon. Am Ende waren wir zwei Wochen früher fertig.")
FAULTS = TABLE if os.environ.get("PARLEY_FAULTS") == "all" else [each for each in TABLE if each.short]


@pytest.fixture(scope="module")
def answer_aloud(tmp_path_factory):
    folder = tmp_path_factory.mktemp("aloud")
    return speech.record(speech.speak(TEXT, "rms", folder / "speech.wav", 3), folder / "answer.webm")


@pytest.fixture(scope="module")
def assessments(demo, organization):
    """One question on video, and one in writing."""
    spoken, written = (shorter_assessment(demo, organization, title, 1) for title in ("Spoken to engines", "Written to engines"))
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [written])
    return {"spoken": spoken, "written": written}


@pytest.fixture(scope="module")
def table():
    """What was found, for `make faults`: [(engine, fault, outcome)]."""
    rows = []
    yield rows
    if path := os.environ.get("PARLEY_FAULT_TABLE"):
        with open(path, "w") as file:
            file.write(markdown(rows))


def markdown(rows):
    """The outcomes, with the faults that lead to each."""
    faults = {}
    for engine, name, outcome in rows:
        faults.setdefault((engine, outcome), []).append(name)
    lines = [f"| {engine} | {outcome} | {'; '.join(names)} |" for (engine, outcome), names in faults.items()]
    return "\n".join(["| engine | what comes of the answer | with |", "|---|---|---|", *lines, ""])


class Answer:
    """One answer in an interview of its own."""

    def __init__(self, recruiter, candidate, database):
        self.recruiter, self.candidate, self.database = recruiter, candidate, database

    def aloud(self, assessment, recording):
        interview = Interview(self.recruiter, self.candidate, assessment).send().start()
        interview.answer(interview.questions[0], recording)
        return self.submitted(interview)

    def written(self, assessment):
        interview = Interview(self.recruiter, self.candidate, assessment).send().start()
        accepted(Client(self.recruiter.base).call("POST", f"{interview.path}/text-response", {
            "questionId": interview.questions[0], "text": TEXT, "durationSeconds": 30}))
        return self.submitted(interview)

    def submitted(self, interview):
        accepted(interview.submit())
        self.interview = interview
        self.id = self.column("id::text")
        return self

    def column(self, name):
        return self.database.execute(
            f"SELECT {name} FROM video_response WHERE async_interview_id = %s", [self.interview.id]).fetchone()[0]

    def calls(self, purpose):
        return self.database.execute(
            "SELECT outcome, attempts, error FROM ai_call WHERE subject = %s AND purpose = %s ORDER BY at, id", [self.id, purpose]).fetchall()

    def transcribed(self):
        eventually(lambda: self.column("transcript_status") not in ("pending", "processing"), "the transcript", 90)
        return self.column("transcript_data")

    def read(self):
        return eventually(lambda: self.column("ai_insights"), "the analysis", 90)


def with_fault(double, fault):
    if fault.kind:
        double.fault(fault.kind, fault.times, path=fault.path, **fault.more)
    elif fault.more:
        double.control("chat", **fault.more)


def course(answer, purpose, is_offline, label):
    """What came of it, in the table's words."""
    calls = answer.calls(purpose)
    if not is_offline:
        failed = [error for outcome, _, error in calls if outcome == "UNAVAILABLE"]
        return WAITED if failed else "as usual" if calls[0][1] == 1 else f"as usual, after {calls[0][1]} requests"
    assert label, "an offline result that does not say why"
    if "was not available since" not in label:
        return OFFLINE
    state = answer.database.execute("SELECT stop FROM ai_provider WHERE stop IS NOT NULL").fetchall()
    return TOLD if state else WAITED_OFFLINE


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.path in (SPEECH, "/inference")], ids=lambda each: each.name)
def test_transcription(fault, double, recruiter, candidates, assessments, answer_aloud, database, table, run):
    double.control("transcripts", text=TEXT)
    choose(recruiter, None, fault.chosen)
    with_fault(double, fault)
    answer = Answer(recruiter, candidates[0], database).aloud(assessments["spoken"], answer_aloud)
    transcript = answer.transcribed()
    engine = transcript["engine"]
    label = " ".join(each for each in engine["limits"] if each.startswith("Made offline: "))
    outcome = course(answer, "transcription", engine["name"] != fault.chosen, label)
    if transcript.get("timing") == "aligned":
        outcome += ", the words aligned here"
    if any("did not count" in each["message"] for each in transcript["remarks"]):
        outcome += ", and said that nobody counted voices"
    if engine["name"] == fault.chosen:
        assert "two weeks early" in transcript["text"]
        # Whole words, as many as were said, whatever the service calls a word.
        assert [word["text"].strip(".,") for word in transcript["words"]] == [word.strip(".,") for word in transcript["text"].split()]
        if fault.kind == "invented":
            assert "watching" not in str([word["text"] for word in transcript["words"]])
            outcome += ", without what was invented"
    if answer.column("analysis_held"):
        outcome += "; read only once somebody has listened"
    else:
        answer.read()
    table.append((f"transcription, {fault.chosen}", fault.name, outcome))
    assert outcome == fault.outcome
    no_key_in(run, double, database)


@pytest.mark.parametrize("fault", [each for each in FAULTS if each.path in (MESSAGES, CHAT)], ids=lambda each: each.name)
def test_rating(fault, double, recruiter, candidates, assessments, database, table, run):
    choose(recruiter, fault.chosen, None)
    with_fault(double, fault)
    answer = Answer(recruiter, candidates[0], database).written(assessments["written"])
    insights = answer.read()
    is_offline = insights["engine"]["method"] != "model"
    outcome = course(answer, "rating", is_offline, (insights.get("fallback") or {}).get("detail"))
    assert (insights["suggestedScore"] is None) == is_offline
    table.append((f"rating, {fault.chosen}", fault.name, outcome))
    assert outcome == fault.outcome
    no_key_in(run, double, database)


@pytest.mark.parametrize("provider", ["hosted-whisper", "own-whisper", "gpt-transcribe"])
def test_another_language_waits_for_a_person(provider, double, recruiter, candidates, assessments, answer_aloud):
    """By what the service says, after it was told to listen for it; by the words where it says nothing."""
    double.control("transcripts", text=GERMAN, language="german")
    choose(recruiter, "claude", provider)
    interview = Interview(recruiter, candidates[0], assessments["spoken"]).send().start()
    interview.answer(interview.questions[0], answer_aloud)
    accepted(interview.submit())

    def held():
        [response] = interview.show()["videoResponses"]
        return response if response["transcriptStatus"] == "complete" else None
    response = eventually(held, "the transcript", 90)
    assert (response["transcriptProblem"]["code"], response["analysisStatus"]) == ("LANGUAGE_NOT_SUPPORTED", "held")
    assert response["transcript"] == GERMAN and response["aiInsights"] is None
    assert double.requests(MESSAGES) == []


def test_nobody_waits_for_what_was_refused_meanwhile(double, recruiter, candidates, assessments, database):
    choose(recruiter, "claude")
    double.fault("overloaded", path=MESSAGES)
    answer = Answer(recruiter, candidates[0], database).written(assessments["written"])
    eventually(lambda: database.execute("SELECT FROM ai_wait WHERE subject = %s", [answer.id]).fetchone() is not None, "the wait")
    # As GiveConsent does, from whose page nobody comes after submission.
    database.execute("""
        INSERT INTO consent_receipt (organization_id, async_interview_id, candidate_id, purpose, granted, version, locale, text_hash)
        SELECT organization_id, id, candidate_id, 'ANALYSIS', false, '1', 'en', sha256('') FROM async_interview WHERE id = %s""",
        [answer.interview.id])
    database.execute("UPDATE video_response SET updated_at = now() WHERE id = %s", [answer.id])
    eventually(lambda: recruiter.get("/api/ai/usage")["waiting"] == [], "the end of the wait")
    assert answer.column("analysis_status") == "declined"


def test_long_recordings_go_in_pieces(double, recruiter, candidates, assessments, answer_aloud, database):
    double.control("transcripts", text="Some words of this piece of the recording.")
    choose(recruiter, None, "piecewise")
    answer = Answer(recruiter, candidates[0], database).aloud(assessments["spoken"], answer_aloud)
    transcript = answer.transcribed()
    sent = double.requests(SPEECH)
    assert len(sent) == len(answer.calls("transcription")) >= speech.seconds(answer_aloud) / 5
    assert transcript["text"].count("Some words") == len(sent)
    # The pieces' own times begin at zero, each; the recording's go on.
    starts = [word["start"] for word in transcript["words"]]
    assert starts == sorted(starts) and starts[-1] > 5 * (len(sent) - 2) and starts[-1] < speech.seconds(answer_aloud)


def test_a_spoken_answer_is_transcribed_well_and_rated(double, recruiter, candidates, assessments, answer_aloud, database):
    """The whole way with both kinds of engines: from the sound to a score with places in the recording."""
    double.control("transcripts", text=TEXT)
    choose(recruiter, "claude", "hosted-whisper")
    answer = Answer(recruiter, candidates[0], database).aloud(assessments["spoken"], answer_aloud)
    insights = answer.read()
    assert answer.transcribed()["quality"] == insights["transcriptQuality"] == "good"
    assert (insights["engine"]["method"], insights["engine"]["name"]) == ("model", "claude")
    assert insights["suggestedScore"] in range(1, 6) and len(insights["rating"]["samples"]) == 3
    said = answer.column("transcript")
    length = speech.seconds(answer_aloud)
    for quote in insights["evidence"]:
        assert said[quote["charStart"]:quote["charEnd"]] == quote["quote"]
        assert 0 <= quote["start"] < quote["end"] <= length
    assert insights["evidence"] and 60 < insights["speakingPacePWM"] < 250
    assert insights["metrics"]["method"]["pauses"] == "samples"
    record = answer.interview.show()
    assert record["insightSummary"]["overallScore"] == insights["suggestedScore"] and record["decision"] is None
    assert [outcome for outcome, _, _ in answer.calls("transcription") + answer.calls("rating")] == ["ANSWERED"] * 4


def test_what_is_sent_is_data_and_nobodys_name(double, recruiter, candidates, assessments, database):
    choose(recruiter, "claude")
    Answer(recruiter, candidates[0], database).written(assessments["written"]).read()
    sent = str(double.requests(MESSAGES))
    assert "two weeks early" in sent and candidates[0]["name"] not in sent and candidates[0]["email"] not in sent


def test_who_refused_is_sent_nowhere(double, recruiter, candidates, assessments, answer_aloud, database):
    choose(recruiter, "claude", "hosted-whisper")
    interview = Interview(recruiter, candidates[0], assessments["spoken"]).send()
    accepted(consent(interview, RECORDING=True, TRANSCRIPTION=False, ANALYSIS=False, MONITORING=True))
    interview.start()
    interview.answer(interview.questions[0], answer_aloud)
    wait_until_stored(interview, database)
    answer = Answer(recruiter, candidates[0], database).submitted(interview)
    eventually(lambda: answer.column("analysis_status") == "declined", "the refusal")
    # Somebody else's answer goes its whole way behind it.
    Answer(recruiter, candidates[0], database).written(assessments["written"]).read()
    assert answer.calls("transcription") == answer.calls("rating") == []
    assert double.requests(SPEECH) == []


def no_key_in(run, double, database):
    for path in (run / "log").iterdir():
        text = path.read_text(errors="replace")
        assert double.anthropic_key not in text and double.openai_key not in text
    noted = str(database.execute("SELECT * FROM ai_call ORDER BY at DESC LIMIT 20").fetchall())
    assert "sk-" not in noted and "two weeks early" not in noted
