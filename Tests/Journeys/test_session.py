"""The session that the server holds: pages that come and go, takes that are told of twice, late and
in the wrong order. Each race has one right outcome."""

import json
import random
import uuid

import pytest

from candidate_page import Page, refused, states
from parley import Interview, accepted, save_body
from test_faults import race
from test_uploads import WEBM, Upload

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


@pytest.fixture
def other_page(interview):
    return Page(interview)


@pytest.fixture
def at_once(demo, run, database, interview):
    """Asks functions for (function, step, body) at once; their statuses in the same order."""
    return lambda requests: race(
        demo, run, database, interview, [(function, f"{interview.path}/{step}", body, None) for function, step, body in requests])


# ---- Which page it is --------------------------------------------------------------

def test_pages_that_open_a_question_at_once(interview, question, at_once):
    pages = [Page(interview) for _ in range(6)]
    assert at_once([("OpenQuestion", "question", page.opening(question)) for page in pages]) == [200] * 6
    holder = pages[0].shown()["activePage"]["session"]
    for page in pages:
        answer = page.ask_to_begin(str(uuid.uuid4()), question)
        assert accepted(answer) if page.session == holder else refused(answer, "TAKEN_OVER")
    assert [page.session for page in pages].count(holder) == 1


def test_the_page_that_lost_the_interview_is_told_so(interview, question, page, other_page, database):
    assert page.shown()["activePage"] is None
    page.open(question)
    assert page.shown()["activePage"]["session"] == page.session
    take = page.begin(question)
    assert other_page.open(question)["retakesUsed"] == 0
    assert states(database, interview) == ["INTERRUPTED"]
    for answer in (page.ask_to_end(take), page.ask_to_begin(take, question), page.ask_to_begin(str(uuid.uuid4()), question)):
        refused(answer, "TAKEN_OVER", "another window")
    other_page.begin(question)
    # Opening a question is the way back, and interrupts the other.
    assert page.open(question)["takeNumber"] == 1
    refused(other_page.ask_to_begin(str(uuid.uuid4()), question), "TAKEN_OVER")
    assert states(database, interview) == ["INTERRUPTED", "INTERRUPTED"]


def test_a_take_and_another_page_at_once(interview, question, page, other_page, at_once, database):
    page.open(question)
    began, opened = at_once([
        ("BeginTake", "take", page.beginning(str(uuid.uuid4()), question)),
        ("OpenQuestion", "question", other_page.opening(question))])
    assert (began, opened, states(database, interview)) in ((200, 200, ["INTERRUPTED"]), (409, 200, []))


def test_who_was_not_heard_of_lately_is_not_active(interview, question, page, database):
    page.open(question)
    database.execute("UPDATE active_page SET seen_at = now() - interval '3 minutes' WHERE async_interview_id = %s", [interview.id])
    assert page.shown()["activePage"] is None
    # Monitoring tells that the page is there, whatever the time is on its device.
    event = {"sequence": 0, "eventType": "TAB_SWITCH", "occurredAt": "2001-01-01T00:00:00Z"}
    accepted(page.call("proctor-events", {"session": page.session, "events": [event]}))
    assert page.shown()["activePage"]["session"] == page.session


# ---- The think time ------------------------------------------------------------------

def test_thinking_goes_on_through_a_reload_and_on_another_device(recruiter, candidates, one_question, database):
    interview = Interview(recruiter, candidates[1], one_question, thinkTimeSeconds=120).send().start()
    question, page = interview.questions[0], Page(interview)
    assert page.open(question)["thinkSecondsLeft"] <= 120
    database.execute(
        "UPDATE opened_question SET thinking_since = thinking_since - interval '50 seconds' WHERE async_interview_id = %s", [interview.id])
    lefts = [each.open(question)["thinkSecondsLeft"] for each in (page, Page(interview), Page(interview))]
    assert 0 < lefts[2] <= lefts[1] <= lefts[0] <= 70
    database.execute(
        "UPDATE opened_question SET thinking_since = thinking_since - interval '1 hour' WHERE async_interview_id = %s", [interview.id])
    assert page.open(question)["thinkSecondsLeft"] == 0


# ---- Takes -----------------------------------------------------------------------------

def test_a_take_is_entered_once(interview, question, page, at_once, database):
    page.open(question)
    take = str(uuid.uuid4())
    assert at_once([("BeginTake", "take", page.beginning(take, question))] * 6) == [200] * 6
    first = accepted(page.ask_to_begin(take, question))
    assert accepted(page.ask_to_begin(take, question, 60)) == first
    assert at_once([("EndTake", "take/end", page.ending(take))] * 6) == [200] * 6
    ended = accepted(page.ask_to_end(take))
    assert ended == {"takeId": take, "takeNumber": 1, "outcome": "RECORDED", "retakesUsed": 0}
    assert accepted(page.ask_to_begin(take, question)) == first
    assert states(database, interview) == ["RECORDED"]


def test_a_page_that_was_offline_tells_late(interview, question, page):
    page.open(question)
    take = str(uuid.uuid4())
    refused(page.ask_to_end(take), "CONFLICT", "Tell that it began")
    told = accepted(page.ask_to_begin(take, question, 86_400))
    # Nothing is recorded before the interview has begun, whatever the page's clock says.
    assert told["begunAt"] == page.shown()["startedAt"]
    assert accepted(page.ask_to_end(take))["outcome"] == "RECORDED"


def test_an_interruption_costs_nothing(interview, question, page, recording, database):
    page.open(question)
    for _ in range(5):
        take = page.begin(question)
        ended = accepted(page.ask_to_end(take, "INTERRUPTED", 0))
        assert (ended["takeNumber"], ended["outcome"], ended["retakesUsed"]) == (1, "INTERRUPTED", 0)
    for _ in range(5):
        page.begin(question)
        page = Page(interview)
        assert page.open(question)["retakesUsed"] == 0
    page.record(question, recording)
    opened = page.open(question)
    assert (opened["takeNumber"], opened["retakesUsed"], opened["retakesAllowed"]) == (1, 0, 1)
    assert states(database, interview) == ["INTERRUPTED"] * 10 + ["RECORDED"]


def test_what_was_lost_on_the_way_was_an_interruption(question, page, recording):
    page.open(question)
    lost = page.begin(question)
    accepted(page.ask_to_end(lost))
    assert accepted(page.ask_to_end(lost, "INTERRUPTED"))["outcome"] == "INTERRUPTED"
    arrived, _ = page.record(question, recording)
    refused(page.ask_to_end(arrived, "INTERRUPTED"), "CONFLICT", "counts")
    assert page.open(question)["keptTake"]["takeId"] == arrived


def test_a_reloaded_page_finds_what_it_had_recorded(question, page, other_page, recording):
    page.open(question)
    take = page.begin(question)
    other_page.open(question)
    assert accepted(other_page.ask_to_end(take))["outcome"] == "RECORDED"
    grant = other_page.upload(take, question, recording)
    kept = other_page.open(question)["keptTake"]
    assert (kept["takeId"], kept["videoKey"]) == (take, grant["videoKey"])


def test_a_retake_asked_for_at_once_counts_once(recruiter, candidates, one_question, recording, demo, run, database):
    interview = Interview(recruiter, candidates[1], one_question, retakePolicy="THREE", thinkTimeSeconds=120).send().start()
    question, page = interview.questions[0], Page(interview)
    page.open(question)
    page.record(question, recording)
    opening = ("OpenQuestion", f"{interview.path}/question", page.opening(question, retake=True), None)
    assert race(demo, run, database, interview, [opening] * 6) == [200] * 6
    opened = page.open(question, retake=True)
    assert (opened["retakesUsed"], opened["takeNumber"], opened["keptTake"]) == (1, 2, None)
    assert opened["thinkSecondsLeft"] > 0
    # Nobody asked for the next one: a take after a recorded one is a retake all the same.
    page.record(question, recording)
    begins = [("BeginTake", f"{interview.path}/take", page.beginning(str(uuid.uuid4()), question), None) for _ in range(6)]
    assert race(demo, run, database, interview, begins) == [200] * 6
    assert page.open(question)["retakesUsed"] == 2
    assert sorted(states(database, interview)) == ["INTERRUPTED"] * 5 + ["RETAKEN"] * 2 + ["RUNNING"]


def test_retakes_end_with_the_policy(question, page, recording):
    page.open(question)
    page.record(question, recording)
    page.open(question, retake=True)
    kept, _ = page.record(question, recording)
    refused(page.ask_to_open(question, retake=True), "CONFLICT", "No retake is left")
    refused(page.ask_to_begin(str(uuid.uuid4()), question), "CONFLICT", "No retake is left")
    # The take that was recorded last is still there.
    opened = page.open(question)
    assert (opened["retakesUsed"], opened["takeNumber"], opened["keptTake"]["takeId"]) == (1, 2, kept)


# ---- Answers ---------------------------------------------------------------------------------

def test_a_take_is_looked_at_and_used_on_another_device(interview, question, page, other_page, recording):
    page.open(question)
    page.record(question, recording)
    kept = other_page.open(question)["keptTake"]
    assert other_page.client.call("GET", kept["playbackUrl"]).content == recording.read_bytes()
    body = save_body(question, kept, kept["takeNumber"], kept["durationSeconds"])
    saved = accepted(other_page.call("response", body))
    assert (saved["takeNumber"], saved["retakesUsed"], saved["durationSeconds"]) == (1, 0, kept["durationSeconds"])
    refused(page.ask_to_begin(str(uuid.uuid4()), question), "TAKEN_OVER")
    refused(other_page.ask_to_begin(str(uuid.uuid4()), question), "CONFLICT", "answered already")
    refused(other_page.ask_to_open(question), "CONFLICT", "answered already")
    assert accepted(interview.submit())["answerCount"] == 1
    assert interview.show()["videoResponses"][0]["takeNumber"] == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_takes_saved_at_once(interview, question, page, recording, at_once, order):
    page.open(question)
    _, given_up = page.record(question, recording)
    page.open(question, retake=True)
    _, newest = page.record(question, recording)
    bodies = [save_body(question, given_up, 1), save_body(question, newest, 2)]
    statuses = at_once([("SaveResponse", "response", bodies[index]) for index in order])
    assert [statuses[order.index(index)] for index in (0, 1)] == [409, 200]
    [response] = page.shown()["responses"]
    assert (response["takeNumber"], response["retakesUsed"]) == (2, 1)


def test_a_save_and_a_retake_at_once(question, page, recording, at_once):
    page.open(question)
    _, grant = page.record(question, recording)
    requests = [("SaveResponse", "response", save_body(question, grant)), ("OpenQuestion", "question", page.opening(question, retake=True))]
    random.shuffle(requests)
    statuses = dict(zip((name for name, _, _ in requests), at_once(requests)))
    answered = len(page.shown()["responses"])
    assert (statuses["SaveResponse"], statuses["OpenQuestion"], answered) in ((200, 409, 1), (409, 200, 0))


def test_a_take_is_saved_as_what_it_is(interview, question, page, recording):
    page.open(question)
    take = page.begin(question)
    grant = page.upload(take, question, recording)
    refused(interview.save(question, grant, take=2), "VALIDATION_FAILED", "takeNumber")
    # How it ended could not be told yet; that it is saved says it.
    accepted(interview.save(question, grant))
    assert accepted(page.ask_to_end(take))["outcome"] == "RECORDED"
    unknown = page.ask_for_upload(str(uuid.uuid4()), question)
    refused(unknown, "VALIDATION_FAILED", "takeId")


def test_uploads_of_takes_do_not_mix(interview, question, page):
    def upload(take):
        body = {"questionId": question, "mimeType": "video/webm", "takeNumber": 1, "takeId": take}
        return accepted(page.call("uploads", body))["videoKey"]
    page.open(question)
    first, second = page.begin(question), page.begin(question)
    keys = [upload(first), upload(second), Upload(interview).key]
    assert len(set(keys)) == 3
    assert [upload(first), upload(second), Upload(interview).key] == keys


def test_submitting_while_an_upload_is_unfinished(interview, question, page, recording):
    page.open(question)
    take = page.begin(question)
    upload = Upload(interview)
    upload.send(WEBM, 0)
    refused(interview.submit(), "CONFLICT", "Still open: 1")
    grant = page.upload(take, question, recording)
    refused(interview.submit(), "CONFLICT", "Still open: 1")
    accepted(interview.save(question, grant))
    accepted(interview.submit())


def test_nothing_is_changed_after_submission(interview, question, page, recording):
    page.open(question)
    take, grant = page.record(question, recording)
    accepted(interview.save(question, grant))
    accepted(interview.submit())
    for answer in (
            interview.save(question, grant), page.ask_to_open(question), page.ask_to_begin(take, question),
            page.ask_to_end(take), page.keep_draft(question, DRAFT), page.ask_for_upload(take, question)):
        refused(answer, "CONFLICT", "was submitted")


def test_saving_and_submitting_at_once(interview, question, page, recording, at_once):
    page.open(question)
    _, grant = page.record(question, recording)
    saved, submitted = at_once([("SaveResponse", "response", save_body(question, grant)), ("SubmitInterview", "submit", None)])
    assert (saved, submitted) in ((200, 200), (200, 409))
    assert page.shown()["status"] == ("SUBMITTED" if submitted == 200 else "IN_PROGRESS")


# ---- Writing -----------------------------------------------------------------------------------

def test_a_draft_is_there_on_another_device_and_nowhere_else(in_writing):
    question, page, other = in_writing.questions[0], Page(in_writing), Page(in_writing)
    refused(page.keep_draft(question, DRAFT), "CONFLICT", "Open a question first")
    opened = page.open(question)
    assert opened["draft"] is None and 0 < opened["answerSecondsLeft"] <= 120
    assert page.keep_draft(question, DRAFT).status_code == 204
    assert other.open(question)["draft"] == DRAFT
    refused(page.keep_draft(question, "An old page."), "TAKEN_OVER")
    assert DRAFT not in json.dumps(in_writing.show()) + json.dumps(page.shown()["responses"])
    text = {"questionId": question, "text": DRAFT + " And so I did.", "durationSeconds": 40}
    refused(page.call("text-response", {**text, "session": page.session}), "TAKEN_OVER")
    accepted(other.call("text-response", {**text, "session": other.session}))
    refused(other.keep_draft(question, DRAFT), "CONFLICT", "answered already")
    refused(other.ask_to_open(question), "CONFLICT", "answered already")
