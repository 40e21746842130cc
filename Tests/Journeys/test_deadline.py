"""The deadline and its grace: what began in time can be finished, and nothing else begins."""

import uuid

import pytest

from candidate_page import Page, pass_deadline, refused
from parley import Interview, accepted
from test_uploads import Upload

DRAFT = "My task was to bring a late project back on time."


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send().start()


@pytest.fixture
def question(interview):
    return interview.questions[0]


@pytest.fixture
def page(interview):
    return Page(interview)


def test_a_deadline_that_passes_in_the_middle_of_an_answer(interview, question, page, recording, database):
    page.open(question)
    take = page.begin(question)
    pass_deadline(database, interview)
    shown = page.shown()
    assert (shown["status"], shown["deadlineAt"] < shown["serverTime"] < shown["graceEndsAt"]) == ("IN_PROGRESS", True)
    assert interview.show()["status"] == "IN_PROGRESS"
    grant = page.upload(take, question, recording)
    accepted(page.ask_to_end(take))
    page = Page(interview)
    assert page.open(question)["keptTake"]["takeId"] == take
    accepted(page.call("proctor", {"eventType": "TAB_SWITCH"}))
    accepted(interview.save(question, grant))
    assert accepted(interview.submit())["status"] == "SUBMITTED"
    pass_deadline(database, interview, "2 hours")
    assert page.shown()["status"] == "SUBMITTED"


def test_nothing_begins_in_the_grace(recruiter, candidates, two_questions, recording, database, demo):
    interview = Interview(recruiter, candidates[1], two_questions).send().start()
    first, second = interview.questions
    page = Page(interview)
    page.open(first)
    page.record(first, recording)
    pass_deadline(database, interview)
    consent = {"version": "2026-11-21", "locale": "en", "choices": [{"purpose": "ANALYSIS", "granted": False}]}
    for answer in (
            page.ask_to_begin(str(uuid.uuid4()), first), page.ask_to_open(first, retake=True), page.ask_to_open(second),
            page.call("start", None), page.call("consent", consent),
            page.client.call("GET", f"{interview.path}/upload-url", params={"questionId": first, "mimeType": "video/webm"}),
            page.call("uploads", {"questionId": first, "mimeType": "video/webm", "takeNumber": 1})):
        refused(answer, "GONE", demo["recruiter"]["email"])
    assert page.open(first)["keptTake"]


def test_a_take_that_is_told_of_in_the_grace(interview, question, page, recording, database):
    page.open(question)
    database.execute("UPDATE async_interview SET started_at = started_at - interval '20 minutes' WHERE id = %s", [interview.id])
    pass_deadline(database, interview, "10 minutes")
    refused(page.ask_to_begin(str(uuid.uuid4()), question, 300), "GONE")
    take = page.begin(question, 900)
    accepted(page.ask_to_end(take))
    accepted(interview.save(question, page.upload(take, question, recording)))
    accepted(interview.submit())


def test_an_upload_of_no_take_that_was_granted_in_time(interview, question, recording, database):
    grant, upload = interview.grant(question, recording), Upload(interview)
    pass_deadline(database, interview)
    assert Upload(interview).key == upload.key
    assert interview.put(grant, recording.read_bytes()).status_code == 201
    accepted(interview.save(question, grant))
    accepted(interview.submit())


def test_everything_is_over_after_the_grace(interview, question, page, recording, database, demo):
    page.open(question)
    take, grant = page.record(question, recording)
    pass_deadline(database, interview, "1 hour")
    for answer in (
            page.client.call("GET", interview.path), page.client.call("GET", f"{interview.path}/consent"),
            page.ask_to_open(question), page.ask_to_begin(take, question), page.ask_to_end(take),
            page.ask_for_upload(take, question), page.keep_draft(question, DRAFT), interview.save(question, grant),
            interview.submit(), page.call("proctor", {"eventType": "TAB_SWITCH"})):
        refused(answer, "GONE", demo["recruiter"]["email"])
    assert interview.show()["status"] == "EXPIRED"


def test_what_was_not_begun_is_over_with_the_deadline(recruiter, candidates, one_question, database, demo):
    interview = Interview(recruiter, candidates[1], one_question).send()
    pass_deadline(database, interview)
    refused(interview.candidate.call("GET", interview.path), "GONE", demo["recruiter"]["email"])
    assert interview.show()["status"] == "EXPIRED"


def test_what_is_written_when_the_deadline_passes(in_writing, database):
    question, page = in_writing.questions[0], Page(in_writing)
    page.open(question)
    accepted(page.keep_draft(question, DRAFT))
    pass_deadline(database, in_writing)
    page = Page(in_writing)
    assert page.open(question)["draft"] == DRAFT
    accepted(page.keep_draft(question, DRAFT))
    accepted(page.call("text-response", {"questionId": question, "text": DRAFT, "durationSeconds": 40}))
    accepted(in_writing.submit())
