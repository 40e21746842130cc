"""What lost messages and crashes leave in the store is found: recordings that count after all, and what belongs to nothing."""

import os
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from machine import CHECKOUT  # noqa: F401 - the stack's modules
from parley import Client, Interview, accepted, eventually, is_problem
from sweeping import command, sweep

DAY = 86_400
WEBM = bytes.fromhex("1A45DFA3")


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send().start()


@pytest.fixture
def put(run):
    """Puts a file into the store behind everybody's back; how old it is in seconds."""
    made = []

    def put_file(key, content=WEBM, age=2 * DAY, folder="objects"):
        path = run / "blobs" / folder / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (time.time() - age,) * 2)
        made.append(path)
        return path
    yield put_file
    for path in made:
        path.unlink(missing_ok=True)


def plan_of(database, organization):
    [plan] = database.execute("SELECT plan_id::text FROM store_sweep WHERE organization_id = %s", [organization]).fetchone()
    return plan


def make_due(database, organization):
    """Has the courier do the sweep that is planned, all of it."""
    database.execute("UPDATE store_sweep SET listed_at = NULL WHERE organization_id = %s", [organization])
    database.execute("""
        UPDATE delivery SET run_at = now() FROM event e WHERE e.id = event_id AND delivery.state = 'ready'
            AND e.topic = 'store.sweep-due' AND e.organization_id = %s""", [organization])
    database.execute("NOTIFY delivery")


def swept(database, organization):
    """Has the planned sweep done, and waits until it is."""
    plan = plan_of(database, organization)
    make_due(database, organization)
    eventually(lambda: plan_of(database, organization) != plan, "the sweep")


def waiting_sweeps(database, organization):
    return [plan for (plan,) in database.execute("""
        SELECT e.data->>'planId' FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE e.topic = 'store.sweep-due' AND e.organization_id = %s AND d.state = 'ready'""", [organization]).fetchall()]


def new_key(organization, suffix="webm"):
    return f"{organization}/{uuid.uuid4()}/{uuid.uuid4()}.{suffix}"


# ---- Permissions that nobody told of ------------------------------------------------

def test_an_upload_whose_message_was_lost_counts(interview, recording, put, database, organization, base):
    grant = interview.grant(interview.questions[0], recording)
    put(grant["videoKey"], recording.read_bytes(), age=0)
    is_problem(interview.save(interview.questions[0], grant), "CONFLICT")
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [grant["videoKey"]])
    swept(database, organization)
    stored = "SELECT FROM recording WHERE video_key = %s AND status = 'STORED'"
    eventually(lambda: database.execute(stored, [grant["videoKey"]]).fetchall(), "the storage webhook")
    accepted(interview.save(interview.questions[0], grant))
    accepted(interview.submit())
    [response] = interview.wait_until_analysed()["videoResponses"]
    assert response["transcriptStatus"] == "complete"


def test_what_was_never_used_is_asked_about_once(interview, recording, database, organization):
    grant = interview.grant(interview.questions[0], recording)
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [grant["videoKey"]])
    swept(database, organization)
    known = "SELECT swept_at, status FROM recording WHERE video_key = %s"
    first = database.execute(known, [grant["videoKey"]]).fetchone()
    assert first[0] is not None and first[1] == "GRANTED"
    swept(database, organization)
    assert database.execute(known, [grant["videoKey"]]).fetchone() == first


def test_what_is_not_what_was_granted_is_given_up(interview, recording, put, database, organization):
    grant = interview.grant(interview.questions[0], recording)
    path = put(grant["videoKey"], b"<html>")
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [grant["videoKey"]])
    swept(database, organization)
    [status] = database.execute("SELECT status FROM recording WHERE video_key = %s", [grant["videoKey"]]).fetchone()
    assert status == "TERMINATED"
    eventually(lambda: not path.exists(), "the removal")


# ---- What belongs to nothing -----------------------------------------------------------

def test_orphans_go_and_all_else_stays(interview, recording, put, database, organization, demo, run):
    grant = interview.upload(interview.questions[0], recording)
    orphans = [put(new_key(organization, suffix)) for suffix in ("webm", "mp4", "pdf", "doc", "docx")]
    young = put(new_key(organization), age=DAY // 2)
    foreign = put(new_key(uuid.uuid4()))
    strange = [put(f"{organization}/{uuid.uuid4()}/backup.webm"), put(f"{organization}/{uuid.uuid4()}/{uuid.uuid4()}.sql")]
    parts = put(new_key(organization), folder="parts")
    running = put(new_key(organization), age=3600, folder="parts")
    spooled = put("0000009999", folder=".spool")
    keys = {str(path.relative_to(run / "blobs/objects")) for path in orphans}

    found, figures = sweep(demo, run, "--dry-run")
    assert keys <= found["orphan"] and len(found["staleUpload"]) >= 2
    assert figures[organization]["orphans"] >= len(orphans)
    assert all(path.exists() for path in [*orphans, parts, spooled])

    swept(database, organization)
    assert [path for path in [*orphans, parts, spooled] if path.exists()] == []
    kept = [young, foreign, *strange, running, run / "blobs/objects" / grant["videoKey"]]
    assert [path for path in kept if not path.exists()] == []
    assert keys.isdisjoint(sweep(demo, run, "--dry-run")[0].get("orphan", set()))


def test_by_hand(put, organization, demo, run):
    old, young = put(new_key(organization)), put(new_key(organization), age=7200)
    found, figures = sweep(demo, run)
    assert found["orphan"] == {str(old.relative_to(run / "blobs/objects"))}
    assert (figures[organization]["orphans"], figures[organization]["orphanBytes"]) == (1, 4)
    assert not old.exists() and young.exists()
    sweep(demo, run, "--older-than", "3600")
    assert not young.exists()


@pytest.mark.parametrize("arguments", [["--older-than"], ["--older-than", "soon"], ["--older-than", "-1"], ["everything"]])
def test_wrong_arguments(arguments, demo, run):
    assert "usage" in command("SweepStore", demo, run, *arguments, status=64)


def test_answers_and_resumes_are_no_orphans(recruiter, candidates, interview, recording, demo, run, database):
    """Whatever else the tests before this one stored, too."""
    interview.upload(interview.questions[0], recording)
    resume = CHECKOUT / "Tests/Fixtures/Recordings/resume.pdf"
    with open(resume, "rb") as file:
        answer = recruiter.http.post(
            f"{recruiter.base}/api/resume/analyze", data={"candidateId": candidates[0]["id"]}, files={"file": file},
            headers={"Idempotency-Key": uuid.uuid4().hex})
    assert answer.status_code in (200, 429), answer.text
    known = {key for (key,) in database.execute(
        "SELECT key FROM blob UNION SELECT file_key FROM resume WHERE file_key IS NOT NULL").fetchall()}
    found, _ = sweep(demo, run, "--dry-run", "--older-than", "0")
    assert known and known.isdisjoint(found.get("orphan", set()))


# ---- Once, whoever does it ---------------------------------------------------------------

def test_one_sweep_follows_however_often_it_is_delivered(database, organization, signer):
    plan = plan_of(database, organization)
    event = {"planId": plan, "organizationId": organization}
    with ThreadPoolExecutor(8) as couriers:
        answers = list(couriers.map(lambda _: signer.deliver("/api/webhooks/sweeps", "store.sweep-due", event).status_code, range(8)))
    assert set(answers) == {204}
    following = plan_of(database, organization)
    assert following != plan
    assert sorted(waiting_sweeps(database, organization)) == sorted([plan, following])
    # The delivery of the plan that was done comes, and does nothing.
    make_due(database, organization)
    eventually(lambda: plan not in waiting_sweeps(database, organization), "the deliveries")
    eventually(lambda: waiting_sweeps(database, organization) == [plan_of(database, organization)], "one plan")


def test_a_store_that_cannot_be_read_ends_no_row_of_sweeps(run, database, organization, base):
    folder = run / "blobs/objects" / organization
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = folder.with_name("aside")
    if folder.exists():
        folder.rename(aside)
    try:
        folder.write_text("not a folder")

        def problem():
            # A sweep may have been under way before.
            swept(database, organization)
            return database.execute("SELECT problem FROM store_sweep WHERE organization_id = %s", [organization]).fetchone()[0]
        assert "opendir" in eventually(problem, "a sweep's problem")
        [check] = [each for each in Client(base).get("/health")["checks"] if each["name"] == "sweeps"]
        assert check["status"] == "attention" and "1 organisations" in check["detail"]
    finally:
        folder.unlink()
        if aside.exists():
            aside.rename(folder)
    swept(database, organization)
    [check] = [each for each in Client(base).get("/health")["checks"] if each["name"] == "sweeps"]
    assert check["status"] == "ok"


def test_what_sweeps_came_upon_is_shown(recruiter, put, database, organization):
    before = recruiter.get("/api/storage")["sweeps"]
    put(new_key(organization))
    swept(database, organization)
    after = recruiter.get("/api/storage")["sweeps"]
    assert after["orphans"] - before["orphans"] == 1 and after["orphanBytes"] - before["orphanBytes"] == 4
    assert after["sweptAt"] and after["listedAt"] and not after["hasProblem"] and after["dueAt"] > after["sweptAt"]


# ---- What was delivered long ago -------------------------------------------------------------

def old_id(days):
    """A UUID of version 7 from so many days ago."""
    stamp = int((time.time() - days * DAY) * 1000)
    return str(uuid.UUID(int=stamp << 80 | 0x7 << 76 | 0x2 << 62 | uuid.uuid4().int & (1 << 62) - 1))


def test_finished_deliveries_go_after_thirty_days(database, organization):
    def deliver(state, days, due="0 days"):
        event, delivery = old_id(days), old_id(days)
        finished = None if state == "ready" else days
        database.execute("INSERT INTO event (id, organization_id, topic, data) VALUES (%s, %s, 'test', '{}')", [event, organization])
        database.execute("""
            INSERT INTO delivery (id, organization_id, event_id, function, path, state, run_at, finished_at)
            VALUES (%s, %s, %s, 'Nobody', '/', %s, now() + %s::interval, now() - make_interval(days => %s))""",
            [delivery, organization, event, state, due, finished])
        database.execute("""
            INSERT INTO receipt (webhook_id, organization_id, received_at) VALUES (%s, %s, now() - make_interval(days => %s))""",
            [delivery, organization, days])
        return event, delivery

    cases = {"done": deliver("done", 31), "recent": deliver("done", 29), "dead": deliver("dead", 31),
             "planned": deliver("ready", 31, "5 days")}
    foreign = f"msg_{uuid.uuid4().hex}"
    database.execute(
        "INSERT INTO receipt (webhook_id, organization_id, received_at) VALUES (%s, %s, now() - interval '31 days')", [foreign, organization])
    with database.transaction():
        database.execute("SET LOCAL ROLE parley_courier")
        database.execute("SELECT remove_outdated(1000)")

    def left(event, delivery):
        return tuple(bool(database.execute(f"SELECT FROM {table} WHERE {column} = %s", [value]).fetchall()) for table, column, value in (
            ("event", "id", event), ("delivery", "id", delivery), ("receipt", "webhook_id", delivery)))
    gone, stays = (False, False, False), (True, True, True)
    try:
        assert {name: left(*ids) for name, ids in cases.items()} == {"done": gone, "recent": stays, "dead": stays, "planned": stays}
        assert not database.execute("SELECT FROM receipt WHERE webhook_id = %s", [foreign]).fetchall()
    finally:
        for event, delivery in cases.values():
            database.execute("DELETE FROM receipt WHERE webhook_id = %s", [delivery])
            database.execute("DELETE FROM event WHERE id = %s", [event])
