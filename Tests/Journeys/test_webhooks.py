"""Programs of an organisation are told of what happens, can trust it, and are told again until they listen."""

import json
import re
import uuid

import psycopg
import pytest

from conftest import new_colleague, shorter_assessment
from machine import mails
from parley import Interview, accepted, eventually, is_problem, seen_secrets
from receiver import Receiver
from test_text_answers import TEXT, write

ALL = ["interview.sent", "interview.opened", "interview.submitted", "interview.ready", "interview.scored", "interview.decided",
       "interview.expired", "interview.cancelled"]


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def connect(recruiter):
    """Adds endpoints, which are gone after the test."""
    added = []

    def add(receiver, event_types=ALL, **more):
        body = {"url": receiver.url, "eventTypes": event_types, **more}
        made = recruiter.post("/api/webhook-endpoints", body)
        seen_secrets.add(made["secret"])
        seen_secrets.add(made["secret"].removeprefix("whsec_"))
        added.append(made["endpoint"]["id"])
        return made["endpoint"], made["secret"]
    yield add
    for identifier in added:
        recruiter.call("DELETE", f"/api/webhook-endpoints/{identifier}")


@pytest.fixture(scope="module")
def in_words(demo, organization):
    """The id of an assessment with one question, answered in writing."""
    identifier = shorter_assessment(demo, organization, "Told of", 1)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [identifier])
    return identifier


@pytest.fixture(scope="module")
def colleague(base, demo):
    """A recruiter who is not an administrator."""
    return new_colleague(base, demo, "Ignatius Bystander")


def path(endpoint, rest=""):
    return f"/api/webhook-endpoints/{endpoint['id']}{rest}"


def deliveries(client, endpoint, **query):
    return client.get(path(endpoint, "/deliveries"), **query)["deliveries"]


def settled(client, endpoint, state, count=1):
    """The endpoint's deliveries once so many are in that state."""
    def enough():
        found = deliveries(client, endpoint)
        return sum(each["state"] == state for each in found) >= count and found
    return eventually(enough, f"{count} deliveries {state}")


def hurry(database):
    """Makes every retry due now: how long a courier waits is not what is tested."""
    database.execute("UPDATE webhook_delivery SET run_at = now() WHERE state = 'PENDING' AND attempts > 0 AND lease_token IS NULL")
    database.execute("NOTIFY webhook")


# ---- What is told ------------------------------------------------------------------

def test_a_whole_interview_is_told_of(recruiter, candidates, in_words, receiver, connect):
    endpoint, secret = connect(receiver)
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret)
    interview = Interview(recruiter, candidates[0], in_words).send()
    for _ in range(2):
        interview.candidate.get(interview.path)
    for _ in range(2):
        interview.start()
    accepted(write(interview, TEXT, interview.questions[0]))
    accepted(interview.submit())
    interview.wait_until_analysed()
    account = recruiter.get("/api/auth/profile")["user"]
    score = {"questionId": interview.questions[0], "score": 4}
    for points in (4, 5):
        recruiter.post(f"/api/async-interviews/{interview.id}/score", {**score, "score": points})
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {"recommendation": "advance", "reason": "Clear."}))
    receiver.wait_for("interview.decided", interviewId=interview.id)
    told = {message.content["type"]: message for message in receiver.messages}
    about = {"organizationId": account["organization"]["id"], "interviewId": interview.id, "candidateId": candidates[0]["id"],
             "assessmentId": in_words}
    expected = {
        "interview.sent": {"status": "SENT"}, "interview.opened": {"status": "OPENED"},
        "interview.submitted": {"status": "SUBMITTED"}, "interview.ready": {"status": "SUBMITTED"},
        "interview.scored": {"status": "REVIEWED", "reviewerId": account["id"]},
        "interview.decided": {"status": "REVIEWED", "recommendation": "advance"}}
    assert {kind: message.content["data"] for kind, message in told.items()} == {
        kind: {**about, **more} for kind, more in expected.items()}
    # Opening, scoring and so on happen once, however often they are asked for.
    assert len(receiver.messages) == len(expected)
    for message in receiver.messages:
        content = message.verified(secret)
        assert set(content) == {"type", "timestamp", "data"}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", content["timestamp"])
        assert message.headers["Content-Type"] == "application/json"
        assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-\d\d", message.headers["traceparent"])
    everything = b"".join(message.body for message in receiver.messages).decode()
    for private in (candidates[0]["name"], candidates[0]["email"], interview.token, "Clear."):
        assert private not in everything


def test_a_start_without_an_opening_is_told_of_as_one(recruiter, candidates, one_question, receiver, connect):
    connect(receiver, ["interview.opened", "interview.submitted"])
    interview = Interview(recruiter, candidates[0], one_question).send().start().start()
    interview.candidate.get(interview.path)
    other = Interview(recruiter, candidates[0], one_question).send().start()
    receiver.wait_for("interview.opened", interviewId=other.id)
    assert [message.content["data"]["status"] for message in receiver.of("interview.opened", interviewId=interview.id)] == ["IN_PROGRESS"]


def test_only_what_was_asked_for_is_told(recruiter, candidates, one_question, receiver, connect):
    connect(receiver, ["interview.opened"])
    off, _ = connect(receiver, ["interview.sent"])
    accepted(recruiter.call("PATCH", path(off), {"version": 1, "enabled": False}))
    interview = Interview(recruiter, candidates[0], one_question).send()
    for _ in range(2):
        interview.candidate.get(interview.path)
    receiver.wait_for("interview.opened")
    assert [message.content["type"] for message in receiver.messages] == ["interview.opened"]
    assert deliveries(recruiter, off) == []


def test_another_organization_is_told_nothing(recruiter, stranger, candidates, one_question, receiver, connect):
    theirs = stranger.post("/api/webhook-endpoints", {"url": receiver.url, "eventTypes": ALL})["endpoint"]
    ours, secret = connect(receiver, ["interview.sent"])
    Interview(recruiter, candidates[0], one_question).send()
    [message] = receiver.wait_for("interview.sent")
    assert message.is_from(secret)
    assert deliveries(stranger, theirs) == []
    assert len(receiver.messages) == 1
    accepted(stranger.call("DELETE", path(theirs)))
    for method, rest in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/rotate-secret"), ("POST", "/test"), ("GET", "/deliveries")):
        is_problem(stranger.call(method, path(ours, rest), {"version": 1} if method == "PATCH" else None), "NOT_FOUND")
    assert theirs["id"] not in [each["id"] for each in recruiter.get("/api/webhook-endpoints")["endpoints"]]


# ---- Who may ------------------------------------------------------------------------

def test_endpoints_are_for_administrators(colleague, recruiter, receiver, connect):
    endpoint, _ = connect(receiver)
    body = {"url": "https://example.com/hook", "eventTypes": ALL}
    [delivery] = [recruiter.post(path(endpoint, "/test"))]
    for method, address, sent in (
            ("GET", "/api/webhook-endpoints", None), ("POST", "/api/webhook-endpoints", body), ("GET", path(endpoint), None),
            ("PATCH", path(endpoint), {"version": 1}), ("DELETE", path(endpoint), None), ("POST", path(endpoint, "/rotate-secret"), None),
            ("POST", path(endpoint, "/test"), None), ("GET", path(endpoint, "/deliveries"), None),
            ("POST", path(endpoint, f"/deliveries/{delivery['id']}/replay"), None)):
        is_problem(colleague.call(method, address, sent), "ACCESS_DENIED")


# ---- Where to ------------------------------------------------------------------------

@pytest.mark.parametrize("url, message", [
    ("https://10.0.0.1/", "must not be an address of a private network"),
    ("https://169.254.169.254/latest/meta-data/", "must not be an address of a private network"),
    ("https://[::ffff:192.168.0.1]/", "must not be an address of a private network"),
    ("https://localhost/", "must not be an address of a private network"),
    ("https://0x7f000001/", "must not be an address of a private network"),
    ("http://example.com/", "must begin with https://"),
    ("https://example.com:25/", "must use port 443, or one from 1024 up"),
    ("https://user:word@example.com/", "must not hold a user name or a password"),
    ("https://example.com/#part", "must not have a fragment"),
])
def test_addresses_of_this_network_are_refused(recruiter, url, message):
    answer = recruiter.call("POST", "/api/webhook-endpoints", {"url": url, "eventTypes": ALL})
    assert is_problem(answer, "VALIDATION_FAILED")["errors"] == [{"field": "url", "message": message}]


def test_everything_wrong_is_said_at_once(recruiter):
    answer = recruiter.call("POST", "/api/webhook-endpoints", {
        "url": "nowhere", "description": "x" * 201, "eventTypes": ["interview.eaten"], "secret": "whsec_mine"})
    fields = [error["field"] for error in is_problem(answer, "VALIDATION_FAILED")["errors"]]
    assert sorted(fields) == ["description", "eventTypes.0", "secret", "url"]
    answer = recruiter.call("POST", "/api/webhook-endpoints", {"url": "https://example.com/", "eventTypes": []})
    assert [error["field"] for error in is_problem(answer, "VALIDATION_FAILED")["errors"]] == ["eventTypes"]


@pytest.mark.parametrize("address", ["http://10.0.0.1:1/", "https://10.0.0.1/", "http://[::ffff:10.0.0.1]:9/", "https://0.0.0.0:9999/"])
def test_a_private_address_that_got_in_is_not_called(recruiter, database, receiver, connect, address):
    endpoint, _ = connect(receiver)
    database.execute("UPDATE webhook_endpoint SET url = %s WHERE id = %s", [address, endpoint["id"]])
    accepted(recruiter.call("POST", path(endpoint, "/test")))

    def tried():
        [delivery] = deliveries(recruiter, endpoint)
        return delivery["attemptLog"]
    [attempt] = eventually(tried, "an attempt")
    assert (attempt["status"], attempt["error"]) == (None, "refusedAddress")


def test_redirects_are_not_followed(recruiter, receiver, connect):
    other = Receiver()
    try:
        endpoint, _ = connect(receiver)
        receiver.answers.append((302, {"Location": other.url}))
        accepted(recruiter.call("POST", path(endpoint, "/test")))
        [delivery] = eventually(lambda: [each for each in deliveries(recruiter, endpoint) if each["attemptLog"]], "an attempt")
        assert [(each["status"], each["error"]) for each in delivery["attemptLog"]] == [(302, "status")]
        assert delivery["state"] == "PENDING" and delivery["nextAttemptAt"]
        assert other.messages == []
    finally:
        other.close()


# ---- Secrets -------------------------------------------------------------------------

def test_a_new_secret_signs_beside_the_old_one_for_a_day(recruiter, database, receiver, connect):
    endpoint, first = connect(receiver)
    rotated = recruiter.post(path(endpoint, "/rotate-secret"))
    seen_secrets.add(rotated["secret"].removeprefix("whsec_"))
    assert rotated["secret"] != first and rotated["endpoint"]["previousSecretUntil"]
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    [message] = receiver.wait_for("webhook.test")
    assert len(message.signatures) == 2
    assert message.is_from(first) and message.is_from(rotated["secret"])
    database.execute("UPDATE webhook_endpoint SET previous_secret_until = now() WHERE id = %s", [endpoint["id"]])
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    _, message = receiver.wait_for("webhook.test", 2)
    assert len(message.signatures) == 1
    assert message.is_from(rotated["secret"]) and not message.is_from(first)
    assert recruiter.get(path(endpoint))["previousSecretUntil"] is None


def test_a_secret_is_shown_once_and_kept_nowhere(recruiter, database, receiver, connect):
    endpoint, secret = connect(receiver)
    shown = recruiter.call("GET", path(endpoint)).text + recruiter.call("GET", "/api/webhook-endpoints").text
    changed = accepted(recruiter.call("PATCH", path(endpoint), {"version": 1, "description": "Mine"}))
    stored = database.execute("SELECT to_jsonb(e)::text FROM webhook_endpoint e WHERE id = %s", [endpoint["id"]]).fetchone()[0]
    for text in (shown, json.dumps(changed), stored):
        assert "whsec" not in text and secret.removeprefix("whsec_") not in text


# ---- Until it is taken -----------------------------------------------------------------

def test_what_fails_is_tried_again_with_the_same_id(recruiter, database, receiver, connect):
    endpoint, secret = connect(receiver)
    receiver.answers.extend([500, 429, 400])
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    for count in (2, 3, 4):
        receiver.wait_for("webhook.test", count - 1)
        eventually(lambda: len(deliveries(recruiter, endpoint)[0]["attemptLog"]) >= count - 1, "the attempt")
        assert recruiter.get(path(endpoint))["failingSince"]
        hurry(database)
    [delivery] = settled(recruiter, endpoint, "DELIVERED")
    assert [each["status"] for each in delivery["attemptLog"]] == [204, 400, 429, 500]
    assert delivery["attempts"] == 4 and delivery["nextAttemptAt"] is None
    assert {message.id for message in receiver.messages} == {delivery["id"]}
    assert len({message.body for message in receiver.messages}) == 1
    assert all(message.is_from(secret) for message in receiver.messages)
    assert recruiter.get(path(endpoint))["failingSince"] is None
    assert "secret words" not in json.dumps(delivery)


def test_a_delivery_is_given_up_and_can_be_sent_again(recruiter, database, receiver, connect):
    endpoint, secret = connect(receiver)
    receiver.default = 503
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    database.execute("UPDATE webhook_delivery SET attempts = 8 WHERE endpoint_id = %s", [endpoint["id"]])

    def given_up():
        hurry(database)
        return [each for each in deliveries(recruiter, endpoint) if each["state"] == "FAILED"]
    [delivery] = eventually(given_up, "giving up")
    assert delivery["attempts"] == 10 and delivery["nextAttemptAt"] is None
    receiver.default = 204
    replay = path(endpoint, f"/deliveries/{delivery['id']}/replay")
    assert accepted(recruiter.call("POST", replay))["state"] == "PENDING"
    [delivery] = settled(recruiter, endpoint, "DELIVERED")
    assert receiver.messages[-1].id == delivery["id"] and receiver.messages[-1].is_from(secret)
    # What was taken can be sent again as well.
    accepted(recruiter.call("POST", replay))
    settled(recruiter, endpoint, "DELIVERED")
    is_problem(recruiter.call("POST", path(endpoint, f"/deliveries/{uuid.uuid4()}/replay")), "NOT_FOUND")


def test_nothing_is_sent_twice_while_it_is_on_its_way(recruiter, receiver, connect):
    endpoint, _ = connect(receiver)
    receiver.hold.clear()
    delivery = accepted(recruiter.call("POST", path(endpoint, "/test")))
    receiver.wait_for("webhook.test")
    is_problem(recruiter.call("POST", path(endpoint, f"/deliveries/{delivery['id']}/replay")), "CONFLICT")
    receiver.hold.set()
    settled(recruiter, endpoint, "DELIVERED")
    assert len(receiver.messages) == 1


def test_a_slow_receiver_holds_up_nobody_else(recruiter, candidates, one_question, run, receiver, connect):
    slow = Receiver()
    try:
        slow.hold.clear()
        connect(slow, ["interview.sent"])
        fast, _ = connect(receiver, ["interview.sent"])
        sent = [Interview(recruiter, candidates[0], one_question).send() for _ in range(6)]
        # Its own functions, here the mail, and the other endpoint.
        eventually(lambda: all(
            any(interview.token in mail.get_body(["plain"]).get_content() for mail in mails(run, to=candidates[0]["email"]))
            for interview in sent), "the invitations")
        settled(recruiter, fast, "DELIVERED", 6)
        # One at a time is on its way to the slow one.
        assert len(slow.messages) == 1
    finally:
        slow.close()


def told_of(run, demo, receiver):
    """What the administrator was mailed about an endpoint that was switched off."""
    address = receiver.url.split("?")[0]

    def notices():
        found = mails(run, to=demo["recruiter"]["email"], subject="was switched off")
        return [text for mail in found if address in (text := mail.get_body(["plain"]).get_content())]
    [notice] = eventually(notices, "the notice")
    return notice


def test_an_endpoint_that_fails_for_days_is_switched_off(recruiter, run, demo, database, receiver, connect):
    endpoint, _ = connect(receiver)
    receiver.default = 500
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    eventually(lambda: recruiter.get(path(endpoint))["failingSince"], "the first failure")
    assert recruiter.get(path(endpoint))["enabled"]
    database.execute("UPDATE webhook_endpoint SET failing_since = now() - interval '5 days' WHERE id = %s", [endpoint["id"]])
    hurry(database)
    off = eventually(lambda: not (found := recruiter.get(path(endpoint)))["enabled"] and found, "switching off")
    assert off["disabledReason"] == "FAILING"
    # The administrators are told, without what the address may hold.
    notice = told_of(run, demo, receiver)
    assert "It has taken nothing since" in notice and "in-the-address" not in notice
    # Switched on again, it begins anew, and what had waited is sent.
    receiver.default = 204
    on = accepted(recruiter.call("PATCH", path(endpoint), {"version": off["version"], "enabled": True}))
    assert (on["enabled"], on["disabledReason"], on["failingSince"]) == (True, None, None)
    hurry(database)
    settled(recruiter, endpoint, "DELIVERED")


def test_an_endpoint_that_is_gone_is_switched_off(recruiter, run, demo, receiver, connect):
    endpoint, _ = connect(receiver)
    receiver.answers.append(410)
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    off = eventually(lambda: not (found := recruiter.get(path(endpoint)))["enabled"] and found, "switching off")
    assert off["disabledReason"] == "GONE"
    assert "It answered 410" in told_of(run, demo, receiver)
    [delivery] = deliveries(recruiter, endpoint)
    assert delivery["state"] == "FAILED"
    is_problem(recruiter.call("POST", path(endpoint, f"/deliveries/{uuid.uuid4()}/replay")), "NOT_FOUND")
    # What is off can still be tried out.
    accepted(recruiter.call("POST", path(endpoint, "/test")))
    settled(recruiter, endpoint, "DELIVERED")


def test_a_stale_change_is_refused_with_both_versions(recruiter, receiver, connect):
    endpoint, _ = connect(receiver)
    accepted(recruiter.call("PATCH", path(endpoint), {"version": 1, "description": "First"}))
    stale = is_problem(recruiter.call("PATCH", path(endpoint), {"version": 1, "description": "Second"}), "CONFLICT")
    assert (stale["yourVersion"], stale["currentVersion"], stale["current"]["description"]) == (1, 2, "First")


def test_the_log_comes_in_pages(recruiter, database, receiver, connect):
    endpoint, _ = connect(receiver)
    database.execute("""
        INSERT INTO webhook_delivery (organization_id, endpoint_id, event_type, data, state, created_at)
        SELECT organization_id, id, 'webhook.test', '{}', CASE WHEN mod(n, 5) = 0 THEN 'FAILED' ELSE 'DELIVERED' END, now() - n * interval '1 minute'
        FROM webhook_endpoint, generate_series(1, 30) n WHERE id = %s""", [endpoint["id"]])
    seen, cursor = [], None
    while True:
        page = recruiter.get(path(endpoint, "/deliveries"), limit=7, **({"cursor": cursor} if cursor else {}))
        seen += [each["id"] for each in page["deliveries"]]
        if not (cursor := page["nextCursor"]):
            break
        assert len(page["deliveries"]) == 7
    assert len(seen) == len(set(seen)) == 30
    assert len(deliveries(recruiter, endpoint, state="FAILED")) == 6


def test_there_is_a_limit_to_endpoints(stranger):
    made = []
    try:
        for _ in range(20):
            made.append(stranger.post("/api/webhook-endpoints", {"url": "https://example.com/", "eventTypes": ALL})["endpoint"])
        is_problem(stranger.call("POST", "/api/webhook-endpoints", {"url": "https://example.com/", "eventTypes": ALL}), "CONFLICT")
    finally:
        for endpoint in made:
            accepted(stranger.call("DELETE", path(endpoint)))


def test_the_courier_may_not_read_what_organizations_wrote(database):
    readable = database.execute("""
        SELECT relname FROM pg_class WHERE relname IN ('webhook_endpoint', 'webhook_delivery', 'webhook_attempt', 'kept_answer')
            AND has_any_column_privilege('parley_courier', oid, 'SELECT')""").fetchall()
    assert readable == []


def test_logs_hold_no_address_and_no_secret(run):
    logs = "".join(path.read_text(errors="replace") for path in (run / "log").iterdir())
    assert "in-the-address" not in logs and "whsec" not in logs and "secret words" not in logs
