"""Parts that die, come twice, come late or come at once: everything still happens, and happens once."""

import json
import os
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest

from machine import Halt, children_of, hurry, kill, mails, processes_of, settings_of, stack, stopped
from parley import Client, Interview, accepted, eventually, is_problem, save_body



@pytest.fixture
def begin(recruiter, candidates, one_question):
    """Begins interviews of one question."""
    return lambda **settings: Interview(recruiter, candidates[1], one_question, **settings).send().start()


def happened_once(interview, run, demo, database):
    """One answer with insights, one event of each kind, one call to review; nothing left over."""
    interview.wait_until_analysed()
    pending = """
        SELECT count(*) FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE d.state = 'ready' AND (d.run_at <= now() OR d.attempts > 0) AND e.data->>%s = %s"""

    def settled():
        hurry(database)
        return database.execute(pending, ["interviewId", interview.id]).fetchone()[0] == 0
    eventually(settled, "the last deliveries")
    answers = database.execute(
        "SELECT transcript_status, ai_insights IS NOT NULL, id::text, video_key FROM video_response WHERE async_interview_id = %s",
        [interview.id]).fetchall()
    assert [answer[:2] for answer in answers] == [("complete", True)]
    _, _, response, key = answers[0]
    events = database.execute("""
        SELECT topic, count(*) FROM event WHERE data->>'interviewId' = %s OR data->>'videoResponseId' = %s OR data->>'key' = %s
        GROUP BY topic""", [interview.id, response, key]).fetchall()
    events = dict(events)
    # Planned once, or not at all when the plan came after the submission.
    assert events.pop("interview.deadline-passed", 1) == 1
    assert events == {"invitation.sent": 1, "interview.opened": 1, "blob.stored": 1, "response.recorded": 1, "response.transcribed": 1,
                            "interview.submitted": 1, "interview.ready": 1}
    calls = [mail["Message-ID"] for mail in mails(run, to=demo["recruiter"]["email"])
             if interview.id in mail.get_body(["plain"]).get_content()]
    assert len(set(calls)) == 1
    return calls


# ---- The database -------------------------------------------------------------------

def test_the_database_is_away_for_a_while(base, recruiter, begin, recording, run, demo):
    interview = begin()
    grant = interview.grant(interview.questions[0], recording)
    with stopped("postgres"):
        health = Client(base).call("GET", "/health")
        assert "database" in is_problem(health, "UNAVAILABLE")["detail"]
        for answer in (
                recruiter.call("GET", "/api/async-interviews"), interview.candidate.call("GET", interview.path),
                interview.submit(), interview.save(interview.questions[0], grant),
                interview.put(grant, recording.read_bytes()),
                Client(base).call("POST", "/api/auth/login", demo["recruiter"])):
            is_problem(answer, "UNAVAILABLE")
    # Nothing else was started again: it all recovers by itself.
    assert interview.put(grant, recording.read_bytes()).status_code == 201
    assert interview.save(interview.questions[0], grant).status_code == 200
    assert interview.submit().status_code == 200
    assert recruiter.call("GET", "/api/async-interviews").status_code == 200
    with psycopg.connect(demo["databaseURL"], autocommit=True) as database:
        happened_once(interview, run, demo, database)


def test_reading_survives_a_lost_connection(recruiter, begin, database):
    interview = begin()
    for _ in range(3):
        interview.show()
        ended = database.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename IN ('parley_recruiter', 'parley_candidate')").fetchall()
        assert ended
        assert interview.show()["id"] == interview.id
        assert interview.candidate.call("GET", interview.path).status_code == 200


# ---- kill -9 of what a client asked ------------------------------------------------------

def killed_at(demo, function, table, event, when, ask):
    """Kills the function in the middle of its answer, its transaction undone; what the client is told."""
    with Halt(demo["databaseURL"], table, event, when) as halt, ThreadPoolExecutor() as pool:
        asked = pool.submit(ask)
        backend = halt.caught()
        kill(function)
        halt.cut(backend)
        return asked.result()


def test_killed_while_a_client_waits(begin, recording, demo, run, database):
    interview = begin()
    question = interview.questions[0]
    grant = interview.grant(question, recording)

    def put():
        return interview.put(grant, recording.read_bytes())

    def save():
        return interview.save(question, grant)

    for function, table, event, when, ask in (
            ("StoreRecording", "blob", "INSERT", "true", put),
            ("StoreRecording", "event", "INSERT", "NEW.topic = 'blob.stored'", put),
            (None, None, None, 201, put),
            ("SaveResponse", "video_response", "INSERT", "true", save),
            ("SaveResponse", "async_interview", "UPDATE", "true", save),
            (None, None, None, 200, save),
            ("SubmitInterview", "async_interview", "UPDATE", "NEW.status = 'SUBMITTED'", interview.submit),
            ("SubmitInterview", "event", "INSERT", "NEW.topic = 'interview.submitted'", interview.submit),
            (None, None, None, 200, interview.submit)):
        if function:
            is_problem(killed_at(demo, function, table, event, when, ask), "UNAVAILABLE")
        else:
            assert ask().status_code == when
    happened_once(interview, run, demo, database)
    assert interview.candidate.get(interview.path)["status"] == "SUBMITTED"


# ---- kill -9 of the pipeline ---------------------------------------------------------------

TRANSCRIBING = "pocketsphinx at work"
STEPS = [
    ("RecordingStored", "receipt", "INSERT", "true"),
    ("RecordingStored", "recording", "UPDATE", "NEW.status = 'STORED'"),
    ("TranscribeResponse", "video_response", "UPDATE", "NEW.transcript_status = 'processing'"),
    ("TranscribeResponse", TRANSCRIBING, None, None),
    ("TranscribeResponse", "video_response", "UPDATE", "NEW.transcript IS NOT NULL AND NEW.ai_insights IS NULL"),
    ("TranscribeResponse", "event", "INSERT", "NEW.topic = 'response.transcribed'"),
    ("AnalyzeResponse", "receipt", "INSERT", "true"),
    ("AnalyzeResponse", "video_response", "UPDATE", "NEW.ai_insights IS NOT NULL"),
    ("AnalyzeResponse", "async_interview", "UPDATE", "NEW.ai_analysis_status = 'complete'"),
    ("AnalyzeResponse", "event", "INSERT", "NEW.topic = 'interview.ready'"),
    ("MailReadyToReview", "receipt", "INSERT", "true"),
]


def test_every_function_of_the_pipeline_is_killed_at_every_step(begin, recording, demo, run, database):
    """The transaction is undone each time, and what comes next is held before the function may try again."""
    interview = begin()
    eventually(lambda: not deliveries(database, "MailInvitation", "ready"), "the invitation")
    step, halt = STEPS[0], open_halt(demo, STEPS[0])
    interview.answer(interview.questions[0], recording)
    assert interview.submit().status_code == 200
    for following in [*STEPS[1:], None]:
        backend = halt.caught() if halt else eventually(lambda: transcribers(database), "a transcription")
        next_halt = open_halt(demo, following) if following else None
        kill(step[0])
        if halt:
            halt.cut(backend)
            halt.__exit__()
        else:
            eventually(lambda: not set(backend) & set(stack.processes()), "the end of what the function had started")
        step, halt = following, next_halt
    calls = happened_once(interview, run, demo, database)
    # A mail that was sent cannot be unsent: it comes again as the same message.
    assert len(calls) == 2


def open_halt(demo, step):
    function, table, event, when = step
    return None if table == TRANSCRIBING else Halt(demo["databaseURL"], table, event, when, function)


def transcribers(database):
    """Ids of the programs that the transcription runs."""
    hurry(database)
    own = processes_of("TranscribeResponse")
    return [pid for pid in children_of(own) if pid not in own]


def deliveries(database, function, state):
    return database.execute("SELECT id FROM delivery WHERE function = %s AND state = %s", [function, state]).fetchall()


@pytest.mark.parametrize("function, table, event, when", [STEPS[1], STEPS[5], STEPS[9]], ids=lambda value: str(value)[:20])
def test_killed_when_the_database_had_everything(begin, recording, demo, run, database, function, table, event, when):
    """The function dies, its transaction may still be committed: nobody knows, and it happens once all the same."""
    interview = begin()
    eventually(lambda: not deliveries(database, "MailInvitation", "ready"), "the invitation")
    question = interview.questions[0]
    with Halt(demo["databaseURL"], table, event, when) as halt:
        grant = interview.upload(question, recording)
        # RecordingStored holds the recording that saving the answer would wait for.
        answers_first = function != "RecordingStored"
        if answers_first:
            accepted(interview.save(question, grant))
            assert interview.submit().status_code == 200
        halt.caught()
        kill(function)
    if not answers_first:
        accepted(interview.save(question, grant))
        assert interview.submit().status_code == 200
    happened_once(interview, run, demo, database)


def test_a_courier_is_killed_while_it_delivers(begin, recording, demo, run, database):
    interview = begin()
    with Halt(demo["databaseURL"], "event", "INSERT", "NEW.topic = 'response.transcribed'") as halt:
        interview.answer(interview.questions[0], recording)
        assert interview.submit().status_code == 200
        halt.caught()
        kill("Courier")
    [(delivery, attempts)] = database.execute("""
        SELECT d.id, d.attempts FROM delivery d JOIN event e ON e.id = d.event_id JOIN video_response v
        ON e.data->>'videoResponseId' = v.id::text WHERE d.function = 'TranscribeResponse' AND v.async_interview_id = %s""",
        [interview.id]).fetchall()
    # Not hurried: the lease of the dead courier has to lapse by itself.
    again = eventually(lambda: database.execute(
        "SELECT attempts FROM delivery WHERE id = %s AND state = 'done'", [delivery]).fetchone(), "another courier")
    assert again[0] > attempts
    happened_once(interview, run, demo, database)


def test_an_event_that_appears_while_couriers_look_for_one(begin, recording, demo, run, database, organization):
    """Whoever leases a delivery delivers it: it is not left lying until its lease lapses."""
    interview = begin()
    interview.answer(interview.questions[0], recording)
    assert interview.submit().status_code == 200
    happened_once(interview, run, demo, database)
    response = interview.show()["videoResponses"][0]["id"]
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'parley_courier' AND wait_event_type = 'Lock'"
    with psycopg.connect(demo["databaseURL"]) as holder:
        holder.execute("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE")
        database.execute("NOTIFY delivery")
        eventually(lambda: database.execute(waiting).fetchone()[0] > 0, "couriers that look")
        holder.execute("SELECT set_config('app.organization', %s, true)", [organization])
        event = holder.execute(
            "SELECT emit('response.transcribed', jsonb_build_object('videoResponseId', %s::text))", [response]).fetchone()[0]
        holder.commit()
    attempts = eventually(lambda: database.execute(
        "SELECT attempts FROM delivery WHERE event_id = %s AND state = 'done'", [event]).fetchone(), "the delivery")
    assert attempts == (1,)


# ---- Events that come twice, late, or in another order -----------------------------------------

@pytest.mark.parametrize("seed", [1, 2])
def test_events_in_any_order_and_more_than_once(begin, recording, signer, demo, run, database, organization, seed):
    interview = begin()
    with stopped("courier"):
        interview.answer(interview.questions[0], recording)
        response = interview.show()["videoResponses"][0]["id"]
        key = database.execute("SELECT video_key FROM video_response WHERE id = %s", [response]).fetchone()[0]
        of = {"organizationId": organization}
        stored = ("/api/webhooks/storage", "blob.stored", {
            **of, "key": key, "size": recording.stat().st_size, "contentType": "video/webm"}, "test-stored-" + response)
        recorded = ("/api/ai/transcribe", "response.recorded", {**of, "videoResponseId": response}, "test-recorded-" + response)
        transcribed = ("/api/ai/analyze-video", "response.transcribed", {**of, "videoResponseId": response}, "test-transcribed-" + response)
        sequence = [stored, recorded, transcribed] * 3
        random.Random(seed).shuffle(sequence)
        for path, topic, data, identifier in sequence:
            assert signer.deliver(path, topic, data, identifier).status_code == 204
        assert interview.submit().status_code == 200
    happened_once(interview, run, demo, database)


def test_a_replayed_webhook_has_no_second_effect(begin, recording, signer, demo, run, database, organization):
    interview = begin()
    interview.answer(interview.questions[0], recording)
    assert interview.submit().status_code == 200
    happened_once(interview, run, demo, database)
    before = len(mails(run))
    insights = interview.show()["videoResponses"][0]["aiInsights"]
    for function in ("MailInvitation", "MailReadyToReview", "AnalyzeResponse", "TranscribeResponse"):
        known = database.execute("""
            SELECT d.id::text, d.path, e.topic, e.data FROM delivery d JOIN event e ON e.id = d.event_id WHERE d.function = %s
            ORDER BY d.created_at DESC LIMIT 1""", [function]).fetchone()
        identifier, path, topic, data = known
        assert signer.deliver(path, topic, data, identifier).status_code == 204
    happened_once(interview, run, demo, database)
    assert len(mails(run)) == before
    assert interview.show()["videoResponses"][0]["aiInsights"] == insights


# ---- Dead letters ---------------------------------------------------------------------------------

def dead_letters(demo, run, *arguments):
    return subprocess.run(
        [f"{demo['functions']}/DeadLetters", *arguments], env={**os.environ, **settings_of(run)}, check=True,
        capture_output=True, text=True).stdout


def test_what_a_receiver_refuses_is_kept_and_can_be_replayed(begin, recording, demo, run, database, base):
    database.execute("""
        CREATE OR REPLACE FUNCTION test_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE unique_violation; END $$;
        CREATE TRIGGER test_refuse BEFORE UPDATE ON recording FOR EACH ROW EXECUTE FUNCTION test_refuse()""")
    try:
        interview = begin()
        interview.answer(interview.questions[0], recording)
        assert interview.submit().status_code == 200
        listed = eventually(lambda: dead_letters(demo, run, "list"), "a dead letter").splitlines()
    finally:
        database.execute("DROP TRIGGER test_refuse ON recording")
    [letter] = [json.loads(line) for line in listed]
    assert (letter["topic"], letter["function"], letter["lastStatus"], letter["lastError"]) == (
        "blob.stored", "RecordingStored", 409, "CONFLICT")
    health = {check["name"]: check for check in Client(base).get("/health")["checks"]}
    assert "1" in health["dead letters"]["detail"]
    assert interview.show()["aiAnalysisStatus"] == "processing"
    assert dead_letters(demo, run, "replay", letter["id"]).startswith("1 ")
    happened_once(interview, run, demo, database)
    assert dead_letters(demo, run, "list") == ""
    assert dead_letters(demo, run, "replay", letter["id"]).startswith("0 ")


# ---- At the same moment ---------------------------------------------------------------------------

def at_once(number, ask):
    """Asks that often at the same moment, each in a thread of its own."""
    barrier = Barrier(number)

    def one(index):
        barrier.wait()
        return ask(index)
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(one, range(number)))


def processes_at_once(demo, run, database, function, interview, requests):
    """The function's answers to requests that all come at once: their statuses, sorted.

    requests: (path, body or None, cookie or None)
    """
    return sorted(race(demo, run, database, interview, [(function, *request) for request in requests]))


def race(demo, run, database, interview, requests):
    """Runs a function as CGI for every request, each in a process of its own, all of which wait for
    the interview's row until the last has come. Their statuses, in the order of the requests.

    requests: (function, path, body or None, cookie or None)
    """
    with psycopg.connect(demo["databaseURL"]) as holder, ThreadPoolExecutor(len(requests)) as pool:
        holder.execute("SELECT FROM async_interview WHERE id = %s FOR UPDATE", [interview.id])
        running = [pool.submit(answer_as_cgi, demo, run, *request) for request in requests]
        # What the courier calls meanwhile may wait for the same row.
        eventually(lambda: database.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename LIKE 'parley_%'"
        ).fetchone()[0] >= len(requests), "all of them waiting", 10)
        holder.rollback()
        return [each.result() for each in running]


def answer_as_cgi(demo, run, function, path, body, cookie):
    """One process for one request (RFC 3875); the status of its answer."""
    content = json.dumps(body).encode() if body else b""
    variables = {
        "REQUEST_METHOD": "POST", "DOCUMENT_URI": path, "CONTENT_TYPE": "application/json" if body else "",
        "CONTENT_LENGTH": str(len(content)), "HTTP_COOKIE": f"parley_session={cookie}" if cookie else "", "HTTP_HOST": "127.0.0.1"}
    answer = subprocess.run(
        [f"{demo['functions']}/{function}"], input=content, env={**os.environ, **settings_of(run), **variables},
        capture_output=True, check=True).stdout
    return int(re.search(rb"^Status: (\d+)", answer, re.MULTILINE)[1])


def test_submitting_at_once(begin, recording, demo, run, database):
    interview = begin()
    interview.answer(interview.questions[0], recording)
    statuses = processes_at_once(
        demo, run, database, "SubmitInterview", interview, [(f"{interview.path}/submit", None, None)] * 8)
    assert statuses == [200] + [409] * 7
    happened_once(interview, run, demo, database)
    assert {answer.status_code for answer in at_once(8, lambda _: interview.submit())} == {409}


def test_saving_takes_at_once(begin, recording, demo, run, database):
    interview = begin(retakePolicy="ONE")
    question = interview.questions[0]
    for take, expected in ((1, [200] + [409] * 3), (2, [200] + [409] * 3), (3, [409] * 4)):
        grants = [interview.upload(question, recording) for _ in range(4)]
        requests = [(f"{interview.path}/response", save_body(question, grant, take), None) for grant in grants]
        assert processes_at_once(demo, run, database, "SaveResponse", interview, requests) == expected
    shown = interview.show()["videoResponses"]
    assert [(each["takeNumber"], each["retakesUsed"]) for each in shown] == [(2, 1)]
    grants = [interview.upload(question, recording) for _ in range(4)]
    refused = at_once(4, lambda index: interview.save(question, grants[index], take=2 + index % 2))
    assert {answer.status_code for answer in refused} == {409}


def test_scoring_at_once(begin, recording, recruiter, demo, run, database):
    interview = begin()
    interview.answer(interview.questions[0], recording)
    assert interview.submit().status_code == 200
    path, cookie = f"/api/async-interviews/{interview.id}/score", recruiter.http.cookies["parley_session"]
    requests = [
        (path, {"questionId": interview.questions[0], "score": 1 + index % 5, "notes": f"note {index}"}, cookie)
        for index in range(6)]
    assert processes_at_once(demo, run, database, "ScoreResponse", interview, requests) == [200] * 6
    shown = interview.show()
    [evaluation], [response] = shown["evaluations"], shown["videoResponses"]
    assert (evaluation["score"], evaluation["notes"]) == (response["recruiterScore"], response["recruiterNotes"])
    assert shown["status"] == "REVIEWED"


def test_one_grant_is_good_for_one_upload(begin, recording):
    interview = begin()
    content = recording.read_bytes()
    for _ in range(5):
        grant = interview.grant(interview.questions[0], recording)
        answers = at_once(2, lambda _: interview.put(grant, content))
        assert sorted(answer.status_code for answer in answers) == [201, 410]
        is_problem(max(answers, key=lambda answer: answer.status_code), "GONE")
