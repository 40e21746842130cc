"""Requests that are sent again with their Idempotency-Key: they take effect once and get the same answer."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from threading import Barrier
from urllib.parse import urlsplit

import psycopg
import pytest

from conftest import shorter_assessment
from machine import Halt, kill
from parley import Client, Interview, accepted, eventually, is_problem, moment, sign_in
from resumes import TEXT as RESUME, another_hour, pdf, upload
from test_text_answers import TEXT, write


@pytest.fixture
def key():
    return str(uuid.uuid4())


@pytest.fixture
def email():
    return f"{uuid.uuid4()}@candidates.example"


@pytest.fixture
def written(recruiter, candidates, demo, organization):
    """An interview, ready to submit, whose only question was answered in writing."""
    assessment = shorter_assessment(demo, organization, "Sent twice", 1)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [assessment])
    interview = Interview(recruiter, candidates[1], assessment).send().start()
    accepted(write(interview, TEXT, interview.questions[0]))
    return interview


def create(client, key, email, **more):
    body = {"name": "Prudence Twicesent", "email": email, **more}
    return client.call("POST", "/api/candidates", body, headers={"Idempotency-Key": key})


def count(database, email):
    return database.execute("SELECT count(*) FROM candidate WHERE email = %s", [email]).fetchone()[0]


def is_replay(answer, first):
    assert answer.headers.get("Idempotency-Replayed") == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert (answer.status_code, answer.content) == (first.status_code, first.content)
    assert answer.headers["Content-Type"] == first.headers["Content-Type"]
    assert answer.headers["X-Request-Id"] != first.headers["X-Request-Id"]


def test_a_replay_gets_the_same_answer(recruiter, database, key, email):
    first = create(recruiter, key, email)
    assert first.status_code == 201
    for form in (key, f'"{key}"'):
        is_replay(create(recruiter, form, email), first)
    assert count(database, email) == 1
    # Without the key it is another request.
    is_problem(recruiter.call("POST", "/api/candidates", {"name": "Prudence Twicesent", "email": email}), "CONFLICT")


def test_a_key_belongs_to_one_request(recruiter, database, key, email):
    first = create(recruiter, key, email)
    reused = is_problem(create(recruiter, key, email, phone="1"), "IDEMPOTENCY_KEY_REUSED")
    assert reused["status"] == 422
    headers = {"Idempotency-Key": key}
    for method, path in (("PATCH", f"/api/candidates/{first.json()['id']}"), ("POST", "/api/candidates?name=x")):
        answer = recruiter.call(method, path, {"email": email} if "?" in path else {"name": "Prudence Twicesent"}, headers=headers)
        is_problem(answer, "IDEMPOTENCY_KEY_REUSED")
    assert database.execute("SELECT name, phone FROM candidate WHERE email = %s", [email]).fetchall() == [("Prudence Twicesent", None)]


def test_a_key_belongs_to_one_account(recruiter, stranger, base, demo, database, key, email):
    ours = create(recruiter, key, email)
    theirs = create(stranger, key, email)
    assert theirs.status_code == 201 and theirs.json()["id"] != ours.json()["id"]
    # It is the account's, not the session's.
    is_replay(create(sign_in(base, demo["recruiter"]), key, email), ours)
    is_problem(create(Client(base), key, email), "AUTH_REQUIRED")


def test_of_two_at_once_one_takes_effect(recruiter, base, demo, database):
    for _ in range(10):
        key, email = str(uuid.uuid4()), f"{uuid.uuid4()}@candidates.example"
        barrier = Barrier(4)

        def send():
            client = Client(base)
            client.http.cookies.update(recruiter.http.cookies)
            barrier.wait()
            return create(client, key, email)
        with ThreadPoolExecutor(4) as pool:
            answers = [future.result() for future in [pool.submit(send) for _ in range(4)]]
        assert [answer.status_code for answer in answers] == [201] * 4
        assert len({answer.content for answer in answers}) == 1
        assert sorted(answer.headers.get("Idempotency-Replayed", "") for answer in answers) == ["", "true", "true", "true"]
        assert count(database, email) == 1


def test_an_end_before_the_commit_leaves_nothing(recruiter, base, demo, database, key, email):
    """The function dies while it works, and whoever waited for it does the work."""
    def send():
        client = Client(base)
        client.http.cookies.update(recruiter.http.cookies)
        return create(client, key, email)
    with Halt(demo["databaseURL"], "candidate", "INSERT", f"NEW.email = '{email}'") as halt, ThreadPoolExecutor(1) as pool:
        lost = pool.submit(send)
        backend = halt.caught()
        kill("CreateCandidate")
        halt.cut(backend)
        assert lost.result().status_code in (502, 503)
        assert count(database, email) == 0
        assert database.execute("SELECT count(*) FROM kept_answer WHERE key = %s", [key]).fetchone() == (0,)
    again = create(recruiter, key, email)
    assert again.status_code == 201 and "Idempotency-Replayed" not in again.headers
    is_replay(create(recruiter, key, email), again)
    assert count(database, email) == 1


def test_an_answer_that_was_lost_is_given_again(recruiter, base, demo, database, key, email):
    """The caller leaves while the function works; what was done was done."""
    body = json.dumps({"name": "Prudence Twicesent", "email": email})
    cookie = f"parley_session={recruiter.http.cookies['parley_session']}"
    address = urlsplit(base)
    with Halt(demo["databaseURL"], "candidate", "INSERT", f"NEW.email = '{email}'") as halt:
        connection = HTTPConnection(address.hostname, address.port)
        connection.request("POST", "/api/candidates", body, {
            "Content-Type": "application/json", "Idempotency-Key": key, "Cookie": cookie})
        halt.caught()
        connection.close()
        halt.release()
        eventually(lambda: count(database, email) == 1, "the end of the work")
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    answer = recruiter.call("POST", "/api/candidates", data=body, headers=headers)
    assert (answer.status_code, answer.headers.get("Idempotency-Replayed")) == (201, "true")
    assert count(database, email) == 1


def test_a_failure_is_not_kept(recruiter, candidates, database, key, email):
    """A request that failed has changed nothing; under its key it may succeed later."""
    for _ in range(2):
        refused = create(recruiter, key, candidates[0]["email"])
        assert is_problem(refused, "CONFLICT")["candidateId"] == candidates[0]["id"]
        assert "Idempotency-Replayed" not in refused.headers
    is_problem(create(recruiter, key, "no address"), "VALIDATION_FAILED")
    assert database.execute("SELECT count(*) FROM kept_answer WHERE key = %s", [key]).fetchone() == (0,)
    assert create(recruiter, key, email).status_code == 201


@pytest.mark.parametrize("bad", ["", '""', "a b", "ü".encode(), "x" * 256, 'a"b', "\x7f"])
def test_a_malformed_key_is_refused(recruiter, database, email, bad):
    answer = create(recruiter, bad, email)
    assert is_problem(answer, "VALIDATION_FAILED")["errors"][0]["field"] == "Idempotency-Key"
    assert count(database, email) == 0


def test_reading_ignores_keys(recruiter, database, key):
    for _ in range(2):
        answer = recruiter.call("GET", "/api/auth/profile", headers={"Idempotency-Key": key})
        assert answer.ok and "Idempotency-Replayed" not in answer.headers
    assert database.execute("SELECT count(*) FROM kept_answer WHERE key = %s", [key]).fetchone() == (0,)


def test_a_sent_interview_is_sent_once(recruiter, candidates, one_question, database, key):
    """Effects, their events and the answer are one."""
    body = {"assessmentId": one_question, "candidateId": candidates[0]["id"], "timeLimitSeconds": 60, "retakePolicy": "ONE",
            "deadlineAt": moment(3600), "invitationEmail": candidates[0]["email"]}
    created = recruiter.call("POST", "/api/async-interviews", body, headers={"Idempotency-Key": key})
    is_replay(recruiter.call("POST", "/api/async-interviews", body, headers={"Idempotency-Key": key}), created)
    path = f"/api/async-interviews/{created.json()['id']}/send"
    sent = recruiter.call("POST", path, headers={"Idempotency-Key": key + "-send"})
    assert sent.status_code == 200
    is_replay(recruiter.call("POST", path, headers={"Idempotency-Key": key + "-send"}), sent)
    is_problem(recruiter.call("POST", path), "CONFLICT")
    assert database.execute("""
        SELECT count(*) FROM event WHERE topic = 'invitation.sent' AND data->>'interviewId' = %s""",
        [created.json()["id"]]).fetchone() == (1,)
    # The candidate's link is not in the database, nor is what was answered in clear.
    token = created.json()["invitationToken"]
    kept = database.execute("SELECT answer FROM kept_answer WHERE key LIKE %s", [key + "%"]).fetchall()
    assert len(kept) == 2 and all(token not in answer for answer, in kept)


def test_a_candidate_who_submits_again_is_answered(written, database, key):
    headers = {"Idempotency-Key": key}
    submit = f"{written.path}/submit"
    first = written.candidate.call("POST", submit, headers=headers)
    assert first.status_code == 200
    is_replay(written.candidate.call("POST", submit, headers=headers), first)
    is_problem(written.candidate.call("POST", submit), "CONFLICT")
    is_problem(written.candidate.call("POST", f"{written.path}/start", headers=headers), "IDEMPOTENCY_KEY_REUSED")
    # Also when the link itself opens nothing any more.
    is_problem(Client(written.recruiter.base).call(
        "POST", "/api/candidate/interview/unknown/submit", headers=headers), "INVALID_TOKEN")
    assert database.execute(
        "SELECT count(*) FROM event WHERE topic = 'interview.submitted' AND data->>'interviewId' = %s", [written.id]).fetchone() == (1,)


def test_answers_are_kept_for_a_day(recruiter, database, key, email):
    first = create(recruiter, key, email)
    database.execute("UPDATE kept_answer SET created_at = now() - interval '23 hours 59 minutes' WHERE key = %s", [key])
    is_replay(create(recruiter, key, email), first)
    database.execute("UPDATE kept_answer SET created_at = now() - interval '24 hours' WHERE key = %s", [key])
    # The key is free again: the request is carried out, and there is such a candidate by now.
    is_problem(create(recruiter, key, email), "CONFLICT")


# ---- What is deleted ---------------------------------------------------------------

def test_what_was_answered_about_somebody_goes_with_them(recruiter, database, one_question, key, email):
    keys = [f"{key}-{each}" for each in range(6)]

    def call(number, method, path, body=None):
        return recruiter.call(method, path, body, headers={"Idempotency-Key": keys[number]})
    person = create(recruiter, keys[0], email).json()
    accepted(call(1, "PATCH", f"/api/candidates/{person['id']}", {"name": "Prudence Twicesent", "email": email, "phone": "+49 30 901820"}))
    another_hour(database)
    accepted(upload(recruiter, person["id"], pdf(RESUME), **{"Idempotency-Key": keys[2]}))
    invitation = {"assessmentId": one_question, "candidateId": person["id"], "timeLimitSeconds": 60, "thinkTimeSeconds": 0,
                  "deadlineAt": moment(7200), "invitationEmail": email}
    accepted(call(3, "POST", "/api/async-interviews", invitation))
    other = create(recruiter, keys[4], f"other-{email}")
    deleted = call(5, "DELETE", f"/api/candidates/{person['id']}")
    accepted(deleted)
    kept = dict(database.execute("SELECT key, request = '' AND answer IS NULL FROM kept_answer WHERE key LIKE %s", [key + "%"]).fetchall())
    assert kept == {each: each in keys[:4] for each in keys}
    # The keys are used up all the same: nobody is there again because a request was sent again.
    for repeated in (create(recruiter, keys[0], email), call(3, "POST", "/api/async-interviews", invitation)):
        assert is_problem(repeated, "IDEMPOTENCY_KEY_REUSED")["detail"].startswith("What was answered under this Idempotency-Key is deleted")
    assert count(database, email) == 0
    is_replay(create(recruiter, keys[4], f"other-{email}"), other)
    is_replay(call(5, "DELETE", f"/api/candidates/{person['id']}"), deleted)
