"""Sweeps of a store that is not ours: its listing, its uploads that never ended, and what they find."""

import json
import os
import subprocess
import uuid

import pytest
import requests

from machine import CHECKOUT, settings_of
from parley import Interview, accepted, eventually, is_problem
from sweeping import sweep

MEGABYTE = 1 << 20


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[0], one_question).send().start()


@pytest.fixture
def address(demo, run):
    """Signs an address of the store, as an operator would."""
    def sign(method, key, **more):
        order = json.dumps({"method": method, "key": key, **more}) + "\n"
        return subprocess.run(
            [f"{demo['functions']}/Presign"], env={**os.environ, **settings_of(run)}, input=order, capture_output=True, text=True,
            check=True).stdout.split()[0]
    return sign


@pytest.fixture
def put(address):
    """Puts an object into the store behind everybody's back."""
    def put_object(key, content):
        headers = {"Content-Type": "video/webm", "If-None-Match": "*", "x-ms-blob-type": "BlockBlob"}
        answer = requests.put(address("PUT", key, contentType="video/webm", contentLength=len(content)), data=content, headers=headers)
        assert answer.status_code in (200, 201), answer.text
    return put_object


def is_there(address, key):
    return requests.get(address("GET", key)).status_code == 200


def new_key(organization):
    return f"{organization}/{uuid.uuid4()}/{uuid.uuid4()}.webm"


def test_orphans_go_and_all_else_stays(interview, recording, organization, put, address, demo, run):
    grant = interview.grant(interview.questions[0], recording)
    assert requests.put(grant["uploadUrl"], data=recording.read_bytes(), headers=grant["headers"]).status_code in (200, 201)
    accepted(interview.save(interview.questions[0], grant))
    orphan, foreign, strange = new_key(organization), new_key(uuid.uuid4()), f"{organization}/{uuid.uuid4()}/backup.webm"
    for key in (orphan, foreign, strange):
        put(key, b"nobody's")
    # All of it is younger than a sweep waits for.
    assert orphan not in sweep(demo, run)[0].get("orphan", set())
    found, _ = sweep(demo, run, "--dry-run", "--older-than", "0")
    assert orphan in found["orphan"] and grant["videoKey"] not in found["orphan"] and is_there(address, orphan)
    found, figures = sweep(demo, run, "--older-than", "0")
    assert orphan in found["orphan"] and figures[organization]["examined"] >= 3
    assert [is_there(address, key) for key in (orphan, foreign, strange, grant["videoKey"])] == [False, True, True, True]


def test_an_upload_that_nobody_told_of_counts(interview, recording, database, demo, run):
    grant = interview.grant(interview.questions[0], recording)
    assert requests.put(grant["uploadUrl"], data=recording.read_bytes(), headers=grant["headers"]).status_code in (200, 201)
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [grant["videoKey"]])
    found, _ = sweep(demo, run)
    assert grant["videoKey"] in found["unreported"]
    stored = "SELECT FROM recording WHERE video_key = %s AND status = 'STORED'"
    eventually(lambda: database.execute(stored, [grant["videoKey"]]).fetchall(), "the storage webhook")
    accepted(interview.save(interview.questions[0], grant))


def test_parts_of_an_upload_that_never_ended_go(interview, demo, run, database):
    body = {"questionId": interview.questions[0], "mimeType": "video/webm", "takeNumber": 1}
    key = accepted(interview.candidate.call("POST", f"{interview.path}/uploads", body))["videoKey"]
    order = {"videoKey": key, "position": 0, "offset": 0, "size": 6 * MEGABYTE}

    def send():
        granted = accepted(interview.candidate.call("POST", f"{interview.path}/uploads/part", order))
        return requests.request(granted["method"], granted["url"], headers=granted["headers"], data=b"x" * 6 * MEGABYTE).status_code
    assert send() in (200, 201)
    assert key not in sweep(demo, run)[0].get("staleUpload", set())
    assert key in sweep(demo, run, "--older-than", "0")[0]["staleUpload"]
    assert key not in sweep(demo, run, "--dry-run", "--older-than", "0")[0].get("staleUpload", set())
    is_problem(interview.candidate.call("GET", f"{interview.path}/uploads/parts", params={"videoKey": key}), "GONE", "CONFLICT")
