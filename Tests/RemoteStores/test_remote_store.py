"""Recordings go straight to a store that is not ours, and count as stored when it says so."""

import os
import re
from datetime import datetime, timedelta, timezone

import pytest
import requests

from parley import Interview, accepted, eventually, is_problem

MEGABYTE = 1 << 20


@pytest.fixture(scope="session")
def long_recording(recording):
    """Bytes that begin as a recording does and need three parts."""
    return recording.read_bytes() + os.urandom(13 * MEGABYTE)


def upload(interview, **more):
    body = {"questionId": interview.questions[0], "mimeType": "video/webm", "takeNumber": 1, **more}
    return accepted(interview.candidate.call("POST", f"{interview.path}/uploads", body))


def arrived(interview, key):
    return interview.candidate.get(f"{interview.path}/uploads/parts", videoKey=key)


def grant_part(interview, key, position, offset, size):
    return interview.candidate.call(
        "POST", f"{interview.path}/uploads/part", {"videoKey": key, "position": position, "offset": offset, "size": size})


def send_part(interview, key, position, offset, content):
    granted = accepted(grant_part(interview, key, position, offset, len(content)))
    return requests.request(granted["method"], granted["url"], headers=granted["headers"], data=content)


def put(grant, content, **changed):
    return requests.request(grant["method"], grant["uploadUrl"], data=content, headers=grant["headers"] | changed)


def complete(interview, key, size):
    return interview.candidate.call("POST", f"{interview.path}/uploads/complete", {"videoKey": key, "size": size})


def send_all(interview, key, content, size=6 * MEGABYTE):
    for position, offset in enumerate(range(0, len(content), size)):
        assert send_part(interview, key, position, offset, content[offset:offset + size]).ok


# ---- In parts ------------------------------------------------------------------

def test_in_parts_and_played(interview, store, long_recording):
    begun = upload(interview)
    assert begun["transport"] == "parts" and begun["leastBytes"] <= 6 * MEGABYTE
    key = begun["videoKey"]
    assert arrived(interview, key) == {"offset": 0, "parts": 0, "isStored": False}
    send_all(interview, key, long_recording)
    assert arrived(interview, key) == {"offset": len(long_recording), "parts": 3, "isStored": False}
    # Not stored before the parts were put together.
    is_problem(interview.save(interview.questions[0], begun), "CONFLICT")
    assert complete(interview, key, len(long_recording)).status_code == 204
    assert arrived(interview, key) == {"offset": len(long_recording), "parts": 0, "isStored": True}
    # Once more, as after an answer that was lost.
    assert complete(interview, key, len(long_recording)).status_code == 204
    accepted(interview.save(interview.questions[0], begun))
    [response] = interview.show()["videoResponses"]
    assert response["videoUrl"].startswith(store.endpoint)
    part = requests.get(response["videoUrl"], headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, long_recording[100:200])


def test_another_device_goes_on(interview, long_recording):
    key = upload(interview)["videoKey"]
    send_part(interview, key, 0, 0, long_recording[:6 * MEGABYTE])
    again = upload(interview)
    assert again["videoKey"] == key
    assert arrived(interview, key) == {"offset": 6 * MEGABYTE, "parts": 1, "isStored": False}


def test_a_part_is_missing(interview, long_recording):
    key = upload(interview)["videoKey"]
    send_part(interview, key, 0, 0, long_recording[:6 * MEGABYTE])
    send_part(interview, key, 2, 12 * MEGABYTE, long_recording[12 * MEGABYTE:])
    assert arrived(interview, key) == {"offset": 6 * MEGABYTE, "parts": 1, "isStored": False}
    problem = is_problem(complete(interview, key, len(long_recording)), "CONFLICT")
    assert str(6 * MEGABYTE) in problem["detail"]


def test_parts_smaller_than_the_store_takes(interview):
    begun = upload(interview)
    problem = is_problem(grant_part(interview, begun["videoKey"], 2, 2 * begun["leastBytes"] - 1, MEGABYTE), "VALIDATION_FAILED")
    assert problem["errors"][0]["field"] == "position"


def test_more_than_a_recording_may_have(interview):
    key = upload(interview)["videoKey"]
    is_problem(grant_part(interview, key, 1, 2048 * MEGABYTE, 1), "PAYLOAD_TOO_LARGE")


def test_put_together_unnoticed(interview, long_recording, database):
    """The store made the object, and whoever asked for it was gone before noting it."""
    begun = upload(interview)
    key = begun["videoKey"]
    send_all(interview, key, long_recording)
    assert complete(interview, key, len(long_recording)).status_code == 204
    database.execute("DELETE FROM blob WHERE key = %s", [key])
    assert arrived(interview, key)["offset"] == len(long_recording)
    assert complete(interview, key, len(long_recording)).status_code == 204
    accepted(interview.save(interview.questions[0], begun))


def test_what_is_no_recording(interview):
    begun = upload(interview)
    content = b"<html>" + b"x" * 6 * MEGABYTE
    send_all(interview, begun["videoKey"], content)
    is_problem(complete(interview, begun["videoKey"], len(content)), "VALIDATION_FAILED")
    is_problem(interview.save(interview.questions[0], begun), "CONFLICT", "GONE")
    # The next try is another upload.
    assert upload(interview)["videoKey"] != begun["videoKey"]


def test_somebody_elses_upload(interview, recruiter, candidates, one_question):
    key = upload(interview)["videoKey"]
    other = Interview(recruiter, candidates[1], one_question).send().start()
    is_problem(grant_part(other, key, 0, 0, 6 * MEGABYTE), "NOT_FOUND")
    is_problem(complete(other, key, 1), "NOT_FOUND")
    is_problem(other.candidate.call("GET", f"{other.path}/uploads/parts", params={"videoKey": key}), "NOT_FOUND")
    is_problem(other.candidate.call("DELETE", f"{other.path}/uploads/parts", params={"videoKey": key}), "GONE")
    assert arrived(interview, key)["offset"] == 0


def test_given_up(interview, long_recording):
    key = upload(interview)["videoKey"]
    granted = accepted(grant_part(interview, key, 0, 0, 6 * MEGABYTE))
    assert interview.candidate.call("DELETE", f"{interview.path}/uploads/parts", params={"videoKey": key}).status_code == 204
    is_problem(grant_part(interview, key, 0, 0, 6 * MEGABYTE), "GONE")
    assert upload(interview)["videoKey"] != key
    # The store forgets the upload: what was granted before goes nowhere.
    eventually(lambda: requests.put(granted["url"], data=long_recording[:6 * MEGABYTE]).status_code == 404, "the end of the upload")


def test_an_answer_is_not_given_up(interview, long_recording):
    begun = upload(interview)
    key = begun["videoKey"]
    send_all(interview, key, long_recording)
    assert complete(interview, key, len(long_recording)).status_code == 204
    accepted(interview.save(interview.questions[0], begun))
    is_problem(interview.candidate.call("DELETE", f"{interview.path}/uploads/parts", params={"videoKey": key}), "GONE")
    [response] = interview.show()["videoResponses"]
    assert requests.get(response["videoUrl"], headers={"Range": "bytes=0-9"}).status_code == 206


def test_the_store_is_down(interview, long_recording, cut):
    key = upload(interview)["videoKey"]
    send_part(interview, key, 0, 0, long_recording[:6 * MEGABYTE])
    cut()
    for answer in (
            interview.candidate.call("GET", f"{interview.path}/uploads/parts", params={"videoKey": key}),
            complete(interview, key, 6 * MEGABYTE),
            interview.candidate.call(
                "POST", f"{interview.path}/uploads", {"questionId": interview.questions[0], "mimeType": "video/webm", "takeNumber": 2}),
            interview.candidate.call("GET", "/health")):
        assert answer.status_code == 503
    cut(False)
    assert arrived(interview, key)["offset"] == 6 * MEGABYTE


# ---- Whole ---------------------------------------------------------------------

def test_whole(interview, recording):
    grant = interview.grant(interview.questions[0], recording)
    is_problem(interview.save(interview.questions[0], grant), "CONFLICT")
    assert put(grant, recording.read_bytes()).ok
    accepted(interview.save(interview.questions[0], grant))
    accepted(interview.submit())
    [response] = interview.wait_until_analysed()["videoResponses"]
    assert response["transcriptStatus"] == "complete" and response["transcript"]


def test_reused(interview, recording):
    grant = interview.grant(interview.questions[0], recording)
    assert put(grant, recording.read_bytes()).ok
    assert put(grant, recording.read_bytes()).status_code in (409, 412)


@pytest.mark.parametrize("change", ["size", "type", "key", "expiry", "method"])
def test_widened_and_retargeted(interview, recording, change):
    grant = interview.grant(interview.questions[0], recording)
    content, more = recording.read_bytes(), {}
    if change == "size":
        content += b"more"
    elif change == "type":
        more = {"Content-Type": "text/html"}
    elif change == "key":
        grant["uploadUrl"] = grant["uploadUrl"].replace(".webm", "x.webm")
    elif change == "expiry":
        grant["uploadUrl"] = re.sub("Expires=[0-9]+", "Expires=86400", grant["uploadUrl"])
    else:
        assert requests.get(grant["uploadUrl"]).status_code == 403
        assert requests.delete(grant["uploadUrl"]).status_code == 403
        return
    assert put(grant, content, **more).status_code == 403
    is_problem(interview.save(interview.questions[0], grant), "CONFLICT")


def test_expired(store, sign):
    before = (datetime.now(timezone.utc) - timedelta(minutes=16)).isoformat(timespec="seconds")
    assert requests.put(sign(method="PUT", key="late.webm", contentType="video/webm", now=before), data=b"late").status_code == 403


def test_an_address_to_play_from_is_for_reading(interview, recording):
    grant = interview.grant(interview.questions[0], recording)
    put(grant, recording.read_bytes())
    accepted(interview.save(interview.questions[0], grant))
    [response] = interview.show()["videoResponses"]
    assert requests.put(response["videoUrl"], data=b"other").status_code == 403
    assert requests.delete(response["videoUrl"]).status_code == 403
    assert requests.get(response["videoUrl"]).content == recording.read_bytes()
    assert requests.get(response["videoUrl"].split("?")[0]).status_code in (400, 401, 403, 404)
