"""Monitoring in batches: nothing is counted twice, nothing lost unnoticed, nothing unwatched shown as calm."""

import random
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from parley import Client, Interview, accepted, is_problem, moment


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send().start()


def event(sequence, kind="WINDOW_BLUR", **details):
    return {"sequence": sequence, "eventType": kind, "occurredAt": moment(0), **details}


def report(interview, session, events, detectors=None):
    body = {"session": session, "events": events, **({"detectors": detectors} if detectors else {})}
    return Client(interview.recruiter.base).call("POST", f"{interview.path}/proctor-events", body)


def test_a_replayed_batch_changes_nothing(interview):
    session = str(uuid.uuid4())
    batch = [event(0), event(1, "TAB_SWITCH", questionId=interview.questions[0], metadata={"seconds": 3})]
    assert accepted(report(interview, session, batch)) == {"accepted": 2, "duplicates": 0, "lastSequence": 1}
    before = interview.show()
    assert accepted(report(interview, session, batch)) == {"accepted": 0, "duplicates": 2, "lastSequence": 1}
    assert accepted(report(interview, session, [*batch, event(2)])) == {"accepted": 1, "duplicates": 2, "lastSequence": 2}
    assert interview.show()["proctorLogs"][:2] == before["proctorLogs"]
    noted = next(each for each in before["proctorLogs"] if each["eventType"] == "TAB_SWITCH")
    assert (noted["questionId"], noted["metadata"]) == (interview.questions[0], {"seconds": 3})


def test_batches_in_any_order_and_at_once_count_each_event_once(interview):
    session = str(uuid.uuid4())
    batches = [[event(number) for number in range(start, start + 20)] for start in range(0, 200, 10)]
    random.Random(1).shuffle(batches)
    with ThreadPoolExecutor(8) as pool:
        answers = [accepted(answer) for answer in pool.map(lambda batch: report(interview, session, batch), batches * 2)]
    assert sum(answer["accepted"] for answer in answers) == 210
    assert max(answer["lastSequence"] for answer in answers) == 209
    shown = interview.show()
    assert shown["proctorSummary"]["totalEvents"] == len(shown["proctorLogs"]) == 210
    assert (shown["monitoring"]["gaps"], shown["monitoring"]["missingEvents"]) == ([], 0)


def test_what_never_arrived_shows_as_a_gap_until_it_does(interview):
    session = str(uuid.uuid4())
    accepted(report(interview, session, [event(5), event(2)]))
    shown = interview.show()["monitoring"]
    assert (shown["gaps"], shown["missingEvents"]) == ([0, 1, 3, 4], 4)
    accepted(report(interview, session, [event(0), event(1), event(3)]))
    assert interview.show()["monitoring"]["gaps"] == [4]
    # A page that claims a far number costs nobody a long list.
    accepted(report(interview, str(uuid.uuid4()), [event(1_000_000)]))
    shown = interview.show()["monitoring"]
    assert len(shown["gaps"]) == 100 and shown["missingEvents"] == 1_000_001


def test_pages_number_their_events_apart(interview):
    for session in (str(uuid.uuid4()), str(uuid.uuid4())):
        assert accepted(report(interview, session, [event(0)]))["accepted"] == 1
    assert len(interview.show()["proctorLogs"]) == 2


def test_a_page_with_a_wrong_clock_stays_within_the_interview(interview):
    events = [{**event(0), "occurredAt": "1999-12-31T23:59:59.000Z"}, {**event(1), "occurredAt": "2199-01-01T00:00:00.000Z"}]
    accepted(report(interview, str(uuid.uuid4()), events))
    shown = interview.show()
    early, late = shown["proctorLogs"]
    assert early["occurredAt"] == shown["openedAt"]
    assert late["occurredAt"] == late["receivedAt"] >= shown["openedAt"]


def test_detectors_tell_how_long_they_watched(interview, database):
    assert interview.show()["monitoring"]["detectors"] == []
    database.execute("UPDATE async_interview SET opened_at = now() - interval '1 hour' WHERE id = %s", [interview.id])
    session, another = str(uuid.uuid4()), str(uuid.uuid4())
    reports = [
        (session, [{"name": "tab", "watchedSeconds": 20}, {"name": "face", "watchedSeconds": 0, "unavailable": "No camera."}]),
        (session, [{"name": "tab", "watchedSeconds": 10}, {"name": "face", "watchedSeconds": 0}]),
        (another, [{"name": "tab", "watchedSeconds": 5.5, "unavailable": "The page was hidden."}]),
        (another, [{"name": "tab", "watchedSeconds": 5.5}]),
    ]
    for order in (reports, reports[::-1], reports):
        for page, detectors in order:
            assert accepted(report(interview, page, [], detectors)) == {"accepted": 0, "duplicates": 0, "lastSequence": None}
        assert interview.show()["monitoring"]["detectors"] == [
            {"name": "face", "watchedSeconds": 0, "unavailable": "No camera."},
            {"name": "tab", "watchedSeconds": 25.5, "unavailable": "The page was hidden."}]
    # Nobody watched for longer than there was something to watch.
    accepted(report(interview, session, [], [{"name": "tab", "watchedSeconds": 1_000_000}]))
    assert interview.show()["monitoring"]["detectors"][1]["watchedSeconds"] < 3700


def test_a_batch_with_a_foreign_question_is_refused_whole(interview, recruiter, candidates, two_questions):
    other = Interview(recruiter, candidates[1], two_questions).send().start()
    session = str(uuid.uuid4())
    answer = report(interview, session, [event(0), event(1, questionId=other.questions[0])], [{"name": "tab", "watchedSeconds": 1}])
    assert is_problem(answer, "VALIDATION_FAILED")["errors"][0]["field"] == "events.1.questionId"
    shown = interview.show()
    assert shown["proctorLogs"] == [] and shown["monitoring"]["detectors"] == []


def test_nothing_is_noted_after_the_grace(interview, database):
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '1 hour' WHERE id = %s", [interview.id])
    is_problem(report(interview, str(uuid.uuid4()), [event(0)]), "GONE")
    assert interview.show()["proctorLogs"] == []
