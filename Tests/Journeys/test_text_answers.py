"""Answers in writing: the same rules as on video, without the video."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from conftest import shorter_assessment
from parley import Client, Interview, accepted, eventually, is_problem
from test_consent import calls_to_review, choose

TEXT = """My task was to bring a late project back on time.

I wrote a list of risks, and we talked about each of them every morning. As a result we finished two weeks early."""


def change(demo, statement, values):
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute(statement, values)


@pytest.fixture(scope="module")
def assessment(demo, organization):
    """One question on video, one in writing."""
    identifier = shorter_assessment(demo, organization, "In writing", 2)
    change(demo, "UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s AND position = 2", [identifier])
    return identifier


@pytest.fixture(scope="module")
def only_text(demo, organization):
    identifier = shorter_assessment(demo, organization, "Only in writing", 1)
    change(demo, "UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [identifier])
    return identifier


@pytest.fixture
def interview(recruiter, candidates, only_text):
    return Interview(recruiter, candidates[1], only_text).send().start()


def write(interview, text, question=None, seconds=30):
    body = {"questionId": question or interview.questions[-1], "text": text, "durationSeconds": seconds}
    return Client(interview.recruiter.base).call("POST", f"{interview.path}/text-response", body)


def test_a_written_answer_beside_a_recorded_one(recruiter, candidates, assessment, recording):
    interview = Interview(recruiter, candidates[1], assessment).send().start()
    video, text = interview.questions
    is_problem(write(interview, TEXT, video), "VALIDATION_FAILED")
    upload = {"questionId": text, "mimeType": "video/webm"}
    is_problem(interview.candidate.call("GET", f"{interview.path}/upload-url", params=upload), "VALIDATION_FAILED")
    is_problem(interview.candidate.call("POST", f"{interview.path}/uploads", {**upload, "takeNumber": 1}), "VALIDATION_FAILED")
    saved = accepted(write(interview, TEXT, text))
    assert (saved["status"], saved["takeNumber"], saved["retakesUsed"]) == ("SUBMITTED", 1, 0)
    is_problem(interview.submit(), "CONFLICT")
    interview.answer(video, recording)
    assert accepted(interview.submit())["answerCount"] == 2
    answer = interview.wait_until_analysed()["videoResponses"][1]
    assert answer["textAnswer"] == answer["transcript"] == TEXT and answer["videoUrl"] is None
    insights = answer["aiInsights"]
    assert insights["starFormat"]["task"] and insights["starFormat"]["result"]
    assert insights["transcriptQuality"] == "good" and insights["summary"].startswith("The written answer")
    for item in insights["evidence"]:
        assert TEXT[item["charStart"]:item["charEnd"]] == item["quote"]


def test_a_text_can_be_rewritten_and_is_analysed_as_it_was_submitted(interview):
    first = accepted(write(interview, "A first thought."))
    assert accepted(write(interview, "A first thought.", seconds=50)) == first
    accepted(write(interview, TEXT))
    assert interview.candidate.get(interview.path)["responses"][0]["textAnswer"] == TEXT
    accepted(interview.submit())
    is_problem(write(interview, "Too late."), "CONFLICT")
    answer = interview.wait_until_analysed()["videoResponses"][0]
    assert answer["textAnswer"] == TEXT and answer["aiInsights"]["evidence"]


def test_a_rewrite_and_the_submission_at_once(recruiter, candidates, only_text):
    for attempt in range(5):
        interview = Interview(recruiter, candidates[1], only_text).send().start()
        accepted(write(interview, "The first text, which is there already."))
        with ThreadPoolExecutor(2) as pool:
            rewritten, submitted = pool.submit(write, interview, TEXT), pool.submit(interview.submit)
            accepted(submitted.result())
            status = rewritten.result().status_code
        answer = interview.wait_until_analysed()["videoResponses"][0]
        assert (status, answer["textAnswer"] == TEXT) in ((200, True), (409, False))
        assert answer["aiInsights"]["metrics"]["wordCount"] == len(answer["textAnswer"].split())


def test_a_written_answer_that_nobody_may_analyse(interview, database):
    accepted(choose(interview, ANALYSIS=False))
    accepted(write(interview, TEXT))
    accepted(interview.submit())
    shown = interview.show()
    answer = shown["videoResponses"][0]
    assert shown["aiAnalysisStatus"] == "complete"
    assert (answer["transcriptStatus"], answer["analysisStatus"], answer["aiInsights"]) == ("complete", "declined", None)
    assert calls_to_review(database, interview) == 1


def test_who_only_writes_need_not_be_recorded(recruiter, candidates, only_text):
    interview = Interview(recruiter, candidates[1], only_text).send()
    shown = interview.candidate.get(f"{interview.path}/consent")
    assert not any(item["required"] for item in shown["items"])
    accepted(choose(interview, RECORDING=False, TRANSCRIPTION=False))
    accepted(write(interview.start(), TEXT))
    accepted(interview.submit())
    assert interview.wait_until_analysed()["videoResponses"][0]["aiInsights"]


def test_writing_has_a_time_limit(interview):
    is_problem(write(interview, TEXT, seconds=66), "VALIDATION_FAILED")
    accepted(write(interview, TEXT, seconds=63))
    assert [each["eventType"] for each in interview.show()["proctorLogs"]] == ["TIME_LIMIT_EXCEEDED"]


def test_nothing_is_written_after_the_deadline(interview, database):
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '1 second' WHERE id = %s", [interview.id])
    is_problem(write(interview, TEXT), "GONE")
    assert interview.show()["videoResponses"] == []


def test_the_last_analysis_waits_for_a_submission_under_way(interview, demo, database, signer, organization):
    accepted(write(interview, TEXT))
    answer = eventually(lambda: next((each for each in interview.show()["videoResponses"] if each["aiInsights"]), None), "the insights")
    database.execute("UPDATE video_response SET ai_insights = NULL WHERE id = %s", [answer["id"]])
    data = {"videoResponseId": answer["id"], "organizationId": organization}
    with psycopg.connect(demo["databaseURL"]) as submission, ThreadPoolExecutor(1) as pool:
        submission.execute(
            "UPDATE async_interview SET status = 'SUBMITTED', submitted_at = now(), ai_analysis_status = 'processing' WHERE id = %s",
            [interview.id])
        analysis = pool.submit(signer.deliver, "/api/ai/analyze-video", "response.transcribed", data)
        eventually(lambda: database.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'parley_service' AND wait_event_type = 'Lock')").fetchone()[0],
            "the wait")
        submission.commit()
        assert analysis.result().status_code == 204
    assert interview.show()["aiAnalysisStatus"] == "complete"
    assert calls_to_review(database, interview) == 1
