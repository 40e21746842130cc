"""Sweeps of a store that is not ours: its listing, its uploads that never ended, and what they find."""

import time
import uuid

import pytest
import requests

from parley import accepted, eventually, is_problem
from sweeping import sweep
from test_remote_store import send_part, upload


@pytest.fixture
def put(sign):
    """Puts an object into the store behind everybody's back."""
    def put_object(key, content):
        request = sign(operation="put", key=key, contentType="video/webm", size=len(content))
        if "Authorization" in request["headers"]:
            # The store's own, by which it tells nobody.
            request["headers"]["Authorization"] = sign(operation="get", key=key)["headers"]["Authorization"]
        answer = requests.request(request["method"], request["url"], headers=request["headers"], data=content)
        assert answer.ok, answer.text
    return put_object


def grow_old():
    """Stores tell times in whole seconds, and Swift the next one."""
    time.sleep(2)


def is_there(sign, key):
    request = sign(operation="get", key=key)
    return requests.get(request["url"], headers=request["headers"]).status_code == 200


def new_key(organization):
    return f"{organization}/{uuid.uuid4()}/{uuid.uuid4()}.webm"


def test_orphans_go_and_all_else_stays(interview, recording, organization, put, sign, demo, run):
    grant = interview.grant(interview.questions[0], recording)
    assert requests.put(grant["uploadUrl"], data=recording.read_bytes(), headers=grant["headers"]).ok
    accepted(interview.save(interview.questions[0], grant))
    orphan, foreign, strange = new_key(organization), new_key(uuid.uuid4()), f"{organization}/{uuid.uuid4()}/backup.webm"
    for key in (orphan, foreign, strange):
        put(key, b"nobody's")
    # All of it is younger than a sweep waits for.
    assert orphan not in sweep(demo, run)[0].get("orphan", set())
    grow_old()
    found, _ = sweep(demo, run, "--dry-run", "--older-than", "0")
    assert orphan in found["orphan"] and grant["videoKey"] not in found["orphan"] and is_there(sign, orphan)
    found, figures = sweep(demo, run, "--older-than", "0")
    assert orphan in found["orphan"] and figures[organization]["examined"] >= 3
    assert [is_there(sign, key) for key in (orphan, foreign, strange, grant["videoKey"])] == [False, True, True, True]


def test_an_upload_that_nobody_told_of_counts(interview, recording, put, database, demo, run):
    grant = interview.grant(interview.questions[0], recording)
    # Of an upload by the grant's own address some stores tell at once.
    put(grant["videoKey"], recording.read_bytes())
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [grant["videoKey"]])
    found, _ = sweep(demo, run)
    assert grant["videoKey"] in found["unreported"]
    stored = "SELECT FROM recording WHERE video_key = %s AND status = 'STORED'"
    eventually(lambda: database.execute(stored, [grant["videoKey"]]).fetchall(), "the storage webhook")
    accepted(interview.save(interview.questions[0], grant))


def test_parts_of_an_upload_that_never_ended_go(interview, store, demo, run):
    if store.name == "vercel":
        pytest.skip("it has no list of uploads that were begun")
    begun = upload(interview)
    key, size = begun["videoKey"], begun["leastBytes"]
    assert send_part(interview, key, 0, 0, b"x" * size).ok
    assert key not in sweep(demo, run)[0].get("staleUpload", set())
    grow_old()
    assert key in sweep(demo, run, "--older-than", "0")[0]["staleUpload"]
    assert key not in sweep(demo, run, "--dry-run", "--older-than", "0")[0].get("staleUpload", set())
    left = interview.candidate.call("GET", f"{interview.path}/uploads/parts", params={"videoKey": key})
    if store.name == "azure":
        # An upload has no name there that could be over.
        assert accepted(left)["offset"] == 0
    else:
        is_problem(left, "GONE", "CONFLICT")


@pytest.fixture
def swept(database, organization, signer):
    """Has the planned sweep done; when all was listed last, and what the problem is."""
    def sweep_once():
        plan = "SELECT plan_id::text FROM store_sweep WHERE organization_id = %s"
        event = {"planId": database.execute(plan, [organization]).fetchone()[0], "organizationId": organization}
        assert signer.deliver("/api/webhooks/sweeps", "store.sweep-due", event).status_code == 204
        return database.execute("SELECT listed_at, problem FROM store_sweep WHERE organization_id = %s", [organization]).fetchone()
    return sweep_once


def test_a_store_that_is_down_is_swept_later(cut, database, organization, swept):
    database.execute("UPDATE store_sweep SET listed_at = NULL WHERE organization_id = %s", [organization])
    cut()
    listed_at, problem = swept()
    assert listed_at is None and "store" in problem
    cut(False)
    listed_at, problem = swept()
    assert listed_at is not None and problem is None


def test_where_another_store_would_go_on(store, database, organization, swept):
    """What does not know the place is listed from its start."""
    if store.name == "vercel":
        pytest.skip("what its cursors are is its own affair")
    database.execute("UPDATE store_sweep SET listed_at = NULL, listing_cursor = 'x' WHERE organization_id = %s", [organization])
    listed_at, problem = swept()
    assert listed_at is None and "store answered" in problem
    listed_at, problem = swept()
    assert listed_at is not None and problem is None
