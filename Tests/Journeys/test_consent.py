"""Consent: each choice has its receipt, and what was refused does not happen."""

import hashlib
from concurrent.futures import ThreadPoolExecutor

import pytest

from parley import Client, Interview, accepted, eventually, is_problem

AI = ("TRANSCRIPTION", "ANALYSIS")


@pytest.fixture
def invited(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send()


def choose(interview, locale="en", **choices):
    client = Client(interview.recruiter.base)
    version = client.get(f"{interview.path}/consent")["version"]
    body = {"version": version, "locale": locale,
            "choices": [{"purpose": purpose, "granted": granted} for purpose, granted in choices.items()]}
    return client.call("POST", f"{interview.path}/consent", body)


def events(database, interview, topic):
    return database.execute(
        "SELECT count(*) FROM event e JOIN video_response v ON v.id::text = e.data ->> 'videoResponseId' "
        "WHERE e.topic = %s AND v.async_interview_id = %s", [topic, interview.id]).fetchone()[0]


def calls_to_review(database, interview):
    return database.execute(
        "SELECT count(*) FROM event WHERE topic = 'interview.ready' AND data ->> 'interviewId' = %s",
        [interview.id]).fetchone()[0]


def answer_of(interview):
    return interview.show()["videoResponses"][0]


def wait_for_transcript(interview):
    def made():
        answer = answer_of(interview)
        return answer if answer["transcriptStatus"] in ("complete", "failed") else None
    return eventually(made, "the transcript")


def wait_until_stored(interview, database):
    """Until the storage webhook has confirmed the recording, which is when transcription would begin."""
    eventually(lambda: database.execute(
        "SELECT EXISTS (SELECT FROM recording WHERE async_interview_id = %s AND status = 'STORED')",
        [interview.id]).fetchone()[0], "the recording")


# ---- Receipts ----------------------------------------------------------------------

def test_a_receipt_is_for_the_very_text_that_was_shown(invited):
    for locale in ("en", "de", "es"):
        shown = invited.candidate.get(f"{invited.path}/consent", locale=f"{locale}-XX")
        accepted(choose(invited, locale, **{item["purpose"]: True for item in shown["items"]}))
        receipts = invited.candidate.get(f"{invited.path}/consent")["receipts"][-4:]
        for item, receipt in zip(shown["items"], receipts):
            assert receipt["textHash"] == hashlib.sha256(item["text"].encode()).hexdigest()
            assert (receipt["purpose"], receipt["locale"], receipt["version"]) == (item["purpose"], locale, shown["version"])
    hashes = [each["textHash"] for each in invited.show()["consents"]]
    assert len(set(hashes)) == len(hashes) == 12


def test_a_double_click_gives_one_receipt(invited):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: choose(invited, RECORDING=True, ANALYSIS=False), range(8)))
    for answer in answers:
        assert {each["purpose"]: each["granted"] for each in accepted(answer)["receipts"]} == {"RECORDING": True, "ANALYSIS": False}
    assert len(invited.show()["consents"]) == 2


def test_of_several_choices_the_last_one_counts_and_all_are_kept(invited):
    for granted in (True, False, True):
        accepted(choose(invited, MONITORING=granted))
    assert [each["granted"] for each in invited.show()["consents"]] == [True, False, True]
    assert invited.start().candidate.post(f"{invited.path}/proctor", {"eventType": "TAB_SWITCH"})


# ---- What follows --------------------------------------------------------------------

def test_who_refuses_to_be_recorded_learns_whom_to_write_to(invited, demo, recording):
    accepted(choose(invited, RECORDING=False))
    problem = is_problem(invited.candidate.call("POST", f"{invited.path}/start"), "CONFLICT")
    assert demo["recruiter"]["email"] in problem["detail"]
    assert invited.show()["startedAt"] is None
    accepted(choose(invited, RECORDING=True))
    question = invited.start().questions[0]
    grant = invited.upload(question, recording)
    accepted(choose(invited, RECORDING=False))
    is_problem(invited.save(question, grant), "CONFLICT")
    is_problem(invited.candidate.call("GET", f"{invited.path}/upload-url", params={"questionId": question, "mimeType": "video/webm"}), "CONFLICT")
    assert invited.show()["videoResponses"] == []


def test_without_transcription_people_alone_review(invited, recording, database, signer, organization):
    accepted(choose(invited, RECORDING=True, TRANSCRIPTION=False))
    invited.start().answer(invited.questions[0], recording)
    wait_until_stored(invited, database)
    accepted(invited.submit())
    shown = invited.show()
    assert shown["aiAnalysisStatus"] == "complete"
    answer = shown["videoResponses"][0]
    assert (answer["transcriptStatus"], answer["analysisStatus"], answer["transcript"], answer["aiInsights"]) == ("declined", "declined", None, None)
    assert answer["videoUrl"]
    assert calls_to_review(database, invited) == 1
    # Nobody was told, and whoever is told by mistake does nothing.
    data = {"videoResponseId": answer["id"], "organizationId": organization}
    assert events(database, invited, "response.recorded") == 0
    assert signer.deliver("/api/ai/transcribe", "response.recorded", data).status_code == 204
    assert signer.deliver("/api/ai/analyze-video", "response.transcribed", data).status_code == 204
    assert invited.show()["videoResponses"][0] | {"videoUrl": 0, "videoUrlExpiresAt": 0} == answer | {"videoUrl": 0, "videoUrlExpiresAt": 0}
    assert calls_to_review(database, invited) == 1


def test_without_analysis_there_is_a_transcript_and_nothing_else(invited, recording, database):
    accepted(choose(invited, ANALYSIS=False))
    invited.start().answer(invited.questions[0], recording)
    assert wait_for_transcript(invited)["analysisStatus"] == "declined"
    assert events(database, invited, "response.transcribed") == 0
    accepted(invited.submit())
    shown = invited.show()
    assert shown["aiAnalysisStatus"] == "complete" and shown["videoResponses"][0]["aiInsights"] is None
    assert calls_to_review(database, invited) == 1


def test_a_change_of_mind_takes_back_and_begins_anew(invited, recording, database):
    invited.start().answer(invited.questions[0], recording)
    eventually(lambda: answer_of(invited)["analysisStatus"] == "complete", "the insights")
    accepted(choose(invited, ANALYSIS=False))
    answer = answer_of(invited)
    assert answer["transcript"] and answer["aiInsights"] is None and answer["analysisStatus"] == "declined"
    accepted(choose(invited, TRANSCRIPTION=False))
    answer = answer_of(invited)
    assert (answer["transcript"], answer["transcriptWords"], answer["transcriptStatus"]) == (None, [], "declined")
    accepted(choose(invited, TRANSCRIPTION=True, ANALYSIS=True))
    eventually(lambda: answer_of(invited)["analysisStatus"] == "complete", "the insights")
    assert events(database, invited, "response.recorded") == 2
    accepted(invited.submit())
    invited.wait_until_analysed()
    assert calls_to_review(database, invited) == 1


def test_a_refusal_at_the_same_moment_as_the_answer_holds(recruiter, candidates, one_question, recording, database):
    for _ in range(5):
        interview = Interview(recruiter, candidates[1], one_question).send().start()
        question = interview.questions[0]
        grant = interview.upload(question, recording)
        with ThreadPoolExecutor(2) as pool:
            saved = pool.submit(interview.save, question, grant)
            refused = pool.submit(choose, interview, **{purpose: False for purpose in AI})
            accepted(saved.result())
            accepted(refused.result())
        wait_until_stored(interview, database)
        answer = answer_of(interview)
        assert (answer["transcriptStatus"], answer["analysisStatus"]) == ("declined", "declined")
        # A transcription that had begun comes to nothing.
        eventually(lambda: database.execute(
            "SELECT NOT EXISTS (SELECT FROM delivery d JOIN event e ON e.id = d.event_id WHERE d.state = 'ready' "
            "AND e.data ->> 'videoResponseId' = %s)", [answer["id"]]).fetchone()[0], "what was begun")
        answer = answer_of(interview)
        assert (answer["transcriptStatus"], answer["transcript"], answer["aiInsights"]) == ("declined", None, None)
        accepted(interview.submit())
        assert interview.show()["aiAnalysisStatus"] == "complete"


def test_refusing_and_submitting_at_once_calls_for_review_once(recruiter, candidates, one_question, recording, database):
    for _ in range(5):
        interview = Interview(recruiter, candidates[1], one_question).send().start()
        accepted(choose(interview, **{purpose: False for purpose in AI}))
        interview.answer(interview.questions[0], recording)
        with ThreadPoolExecutor(4) as pool:
            choices = [pool.submit(choose, interview, MONITORING=granted) for granted in (False, True)]
            submissions = [pool.submit(interview.submit) for _ in range(2)]
            statuses = sorted(each.result().status_code for each in submissions)
            assert all(each.result().status_code in (200, 409) for each in choices)
        assert statuses == [200, 409]
        assert calls_to_review(database, interview) == 1
        is_problem(choose(interview, TRANSCRIPTION=True), "CONFLICT")


def test_nobody_is_watched_who_refused(invited, recording):
    accepted(choose(invited, MONITORING=False))
    question = invited.start().questions[0]
    is_problem(invited.candidate.call("POST", f"{invited.path}/proctor", {"eventType": "TAB_SWITCH"}), "CONFLICT")
    # Not even by the server's own stopwatch.
    accepted(invited.save(question, invited.upload(question, recording), seconds=63))
    shown = invited.show()
    assert shown["proctorLogs"] == [] and shown["proctorSummary"]["riskLevel"] == "low"
