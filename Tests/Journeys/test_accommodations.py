"""What one candidate is given beyond the usual terms: it counts, and those who score do not learn of it."""

import json
import re
import uuid

import psycopg
import pytest

from candidate_page import Page, refused
from parley import Interview, accepted, sign_in

GIVEN = {"timeMultiplier": 1.5, "untimedThinking": False, "extraTakes": 2, "withoutMonitoring": ["GAZE"]}
NOTHING = {"timeMultiplier": 1, "untimedThinking": False, "extraTakes": 0, "withoutMonitoring": []}


@pytest.fixture(scope="module")
def colleagues(base, demo, organization):
    """Two recruiters who are no administrators."""
    people = []
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        for name in ("Hester Plumridge", "Casimir Oakenfold"):
            email = f"{uuid.uuid4()}@northwind.example"
            connection.execute("""
                INSERT INTO account (organization_id, email, name, role, password_hash)
                SELECT organization_id, %s, %s, 'RECRUITER', password_hash FROM account WHERE email = %s""",
                [email, name, demo["recruiter"]["email"]])
            people.append(sign_in(base, {"email": email, "password": demo["recruiter"]["password"]}))
    return people


def test_accommodations_are_for_their_giver_and_administrators(colleagues, recruiter, stranger, candidates, one_question):
    creator, scorer = colleagues
    interview = Interview(creator, candidates[1], one_question, accommodations=GIVEN)
    path = f"/api/async-interviews/{interview.id}/accommodations"
    assert creator.get(path) == recruiter.get(path) == GIVEN
    for method, body in (("GET", None), ("PUT", NOTHING)):
        refused(scorer.call(method, path, body), "ACCESS_DENIED")
        refused(stranger.call(method, path, body), "NOT_FOUND")
    changed = {**GIVEN, "timeMultiplier": 1.25}
    assert accepted(recruiter.call("PUT", path, changed)) == creator.get(path) == changed
    assert accepted(creator.call("PUT", path, NOTHING)) == creator.get(path) == NOTHING
    assert interview.send().candidate.get(interview.path)["accommodations"] is None


def test_accommodations_count_and_nobody_who_scores_sees_them(colleagues, candidates, one_question, recording):
    creator, scorer = colleagues
    settings = {"retakePolicy": "ONE", "thinkTimeSeconds": 15}
    interview = Interview(creator, candidates[1], one_question, accommodations=GIVEN, **settings).send().start()
    question, page = interview.questions[0], Page(interview)
    shown = page.shown()
    assert (shown["timeLimitSeconds"], shown["thinkTimeSeconds"], shown["retakesAllowed"], shown["estimatedSeconds"]) == (90, 23, 3, 113)
    assert shown["accommodations"] == GIVEN
    for number in range(1, 5):
        opened = page.open(question, retake=True)
        assert (opened["takeNumber"], opened["timeLimitSeconds"], opened["retakesAllowed"]) == (number, 90, 3)
        assert 0 < opened["thinkSecondsLeft"] <= 23
        _, grant = page.record(question, recording)
    refused(page.ask_to_open(question, retake=True), "CONFLICT", "No retake is left")
    assert accepted(interview.save(question, grant, take=4, seconds=93))["retakesUsed"] == 3
    refused(scorer.call("GET", f"/api/async-interviews/{interview.id}/accommodations"), "ACCESS_DENIED")
    record = scorer.get(f"/api/async-interviews/{interview.id}")
    [response] = record["videoResponses"]
    assert (record["timeLimitSeconds"], record["thinkTimeSeconds"], response["takeNumber"], response["retakesUsed"]) == (60, 15, 2, 1)
    [event] = record["proctorLogs"]
    assert event["eventType"] == "TIME_LIMIT_EXCEEDED" and "90" not in json.dumps(event["metadata"])
    text = json.dumps([record, scorer.get("/api/async-interviews")])
    assert not re.search(r"accommodat|timeMultiplier|untimedThinking|extraTakes|withoutMonitoring|GAZE", text)
    accepted(interview.submit())
    refused(creator.call("PUT", f"/api/async-interviews/{interview.id}/accommodations", GIVEN), "CONFLICT", "too late")


def test_thinking_without_a_clock(recruiter, candidates, one_question):
    given = {**NOTHING, "untimedThinking": True}
    interview = Interview(recruiter, candidates[1], one_question, accommodations=given).send().start()
    assert Page(interview).open(interview.questions[0])["thinkSecondsLeft"] is None
    assert interview.candidate.get(interview.path)["untimedThinking"] is True
