"""Recordings go straight to a store that is not ours, and count as stored when it says so."""

import json
import os
import re

import pytest
import requests
from playwright.sync_api import expect

from parley import Interview, accepted, eventually, is_problem
from screens import pass_device_check, state

MEGABYTE = 1 << 20
STORE = json.loads(os.environ["PARLEY_S3"])["endpoint"]


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[0], one_question).send().start()


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


def complete(interview, key, size):
    return interview.candidate.call("POST", f"{interview.path}/uploads/complete", {"videoKey": key, "size": size})


def send_all(interview, key, content, size=6 * MEGABYTE):
    for position, offset in enumerate(range(0, len(content), size)):
        assert send_part(interview, key, position, offset, content[offset:offset + size]).status_code == 200


# ---- In parts ------------------------------------------------------------------

def test_in_parts_and_played(interview, long_recording):
    begun = upload(interview)
    assert begun["transport"] == "parts" and begun["leastBytes"] == 5 * MEGABYTE
    key = begun["videoKey"]
    assert arrived(interview, key) == {"offset": 0, "parts": 0}
    send_all(interview, key, long_recording)
    assert arrived(interview, key) == {"offset": len(long_recording), "parts": 3}
    # Not stored before the parts were put together.
    is_problem(interview.save(interview.questions[0], begun), "CONFLICT")
    assert complete(interview, key, len(long_recording)).status_code == 204
    # Once more, as after an answer that was lost.
    assert complete(interview, key, len(long_recording)).status_code == 204
    accepted(interview.save(interview.questions[0], begun))
    [response] = interview.show()["videoResponses"]
    assert response["videoUrl"].startswith(STORE)
    part = requests.get(response["videoUrl"], headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, long_recording[100:200])


def test_another_device_goes_on(interview, long_recording):
    key = upload(interview)["videoKey"]
    send_part(interview, key, 0, 0, long_recording[:6 * MEGABYTE])
    again = upload(interview)
    assert again["videoKey"] == key
    assert arrived(interview, key) == {"offset": 6 * MEGABYTE, "parts": 1}


def test_a_part_is_missing(interview, long_recording):
    key = upload(interview)["videoKey"]
    send_part(interview, key, 0, 0, long_recording[:6 * MEGABYTE])
    send_part(interview, key, 2, 12 * MEGABYTE, long_recording[12 * MEGABYTE:])
    assert arrived(interview, key) == {"offset": 6 * MEGABYTE, "parts": 1}
    problem = is_problem(complete(interview, key, len(long_recording)), "CONFLICT")
    assert str(6 * MEGABYTE) in problem["detail"]


def test_another_size_than_was_granted_for_a_part(interview):
    key = upload(interview)["videoKey"]
    granted = accepted(grant_part(interview, key, 0, 0, 6 * MEGABYTE))
    assert requests.put(granted["url"], data=b"x" * 7 * MEGABYTE).status_code == 403
    assert arrived(interview, key)["offset"] == 0


def test_what_is_no_recording(interview):
    begun = upload(interview)
    content = b"<html>" + b"x" * 6 * MEGABYTE
    send_all(interview, begun["videoKey"], content)
    is_problem(complete(interview, begun["videoKey"], len(content)), "VALIDATION_FAILED")
    is_problem(interview.save(interview.questions[0], begun), "CONFLICT", "GONE")


def test_somebody_elses_upload(interview, recruiter, candidates, one_question):
    key = upload(interview)["videoKey"]
    other = Interview(recruiter, candidates[1], one_question).send().start()
    is_problem(grant_part(other, key, 0, 0, 6 * MEGABYTE), "NOT_FOUND")
    is_problem(complete(other, key, 1), "NOT_FOUND")
    is_problem(other.candidate.call("GET", f"{other.path}/uploads/parts", params={"videoKey": key}), "NOT_FOUND")
    is_problem(other.candidate.call("DELETE", f"{other.path}/uploads/parts", params={"videoKey": key}), "NOT_FOUND")


def test_given_up(interview, long_recording):
    key = upload(interview)["videoKey"]
    granted = accepted(grant_part(interview, key, 0, 0, 6 * MEGABYTE))
    assert interview.candidate.call("DELETE", f"{interview.path}/uploads/parts", params={"videoKey": key}).status_code == 204
    is_problem(grant_part(interview, key, 0, 0, 6 * MEGABYTE), "GONE")
    # The store forgets the upload: what was granted before goes nowhere.
    eventually(lambda: requests.put(granted["url"], data=long_recording[:6 * MEGABYTE]).status_code == 404, "the end of the upload")


# ---- Whole ---------------------------------------------------------------------

def test_whole(interview, recording):
    grant = interview.grant(interview.questions[0], recording)
    is_problem(interview.save(interview.questions[0], grant), "CONFLICT")
    assert requests.put(grant["uploadUrl"], data=recording.read_bytes(), headers=grant["headers"]).status_code == 200
    accepted(interview.save(interview.questions[0], grant))
    accepted(interview.submit())
    [response] = interview.wait_until_analysed()["videoResponses"]
    assert response["transcriptStatus"] == "complete" and response["transcript"]


def test_never_written_over(interview, recording):
    grant = interview.grant(interview.questions[0], recording)
    for expected in (200, 412):
        assert requests.put(grant["uploadUrl"], data=recording.read_bytes(), headers=grant["headers"]).status_code == expected


@pytest.mark.parametrize("change", ["size", "type", "key"])
def test_a_grant_is_for_one_thing(interview, recording, change):
    grant = interview.grant(interview.questions[0], recording)
    content, address, headers = recording.read_bytes(), grant["uploadUrl"], dict(grant["headers"])
    if change == "size":
        content += b"more"
    elif change == "type":
        headers["Content-Type"] = "text/html"
    else:
        address = address.replace(".webm", "x.webm")
    assert requests.put(address, data=content, headers=headers).status_code == 403


# ---- In the browser ------------------------------------------------------------

def test_the_page_records_and_the_recruiter_plays_it(device, recruiter, candidates, one_question, base, demo):
    interview = Interview(recruiter, candidates[1], one_question, thinkTimeSeconds=30, timeLimitSeconds=60).send()
    context = device()
    page = context.new_page()
    sent = []
    page.on("requestfinished", lambda request: sent.append((request.method, request.url)))
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(4000)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    # The bytes went to the store and not through us.
    assert [url for method, url in sent if method == "PUT" and url.startswith(STORE)]
    assert not [url for method, url in sent if method in ("PUT", "PATCH") and re.match(rf"{re.escape(base)}/(blob|uploads)/", url)]
    [response] = interview.show()["videoResponses"]
    context.set_default_timeout(30_000)
    page.goto(f"{base}/sign-in")
    page.fill("[name=email]", demo["recruiter"]["email"])
    page.fill("[name=password]", demo["recruiter"]["password"])
    page.click("button[type=submit]")
    page.wait_for_url("**/dashboard")
    page.goto(f"{base}/async-interviews/{interview.id}")
    page.wait_for_selector("video")
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
