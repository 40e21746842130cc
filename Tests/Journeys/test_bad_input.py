"""Whatever is sent, the answer is a problem that says what is wrong, and never a fault of ours."""

import base64
import hashlib
import json
import re

import pytest

from operations import NOBODY, OPERATIONS, WITH_BODY, Caller, filled, wrong
from parley import Client, Interview, eventually, is_problem

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
MALFORMED = [
    b"{", b'{"a":', b"[1,]", b"nonsense", b'{"a":1}{"b":2}', b'"text"', b"[]", b"1e999", b"\xff\xfe{}", b'{"a":"\xc3\x28"}',
    b'{"a":"\\ud800"}', b'{"a":"\\u0000"}', b'{"a":1,"a":2}', b"[" * 5000, b'{"a":' * 5000]


@pytest.fixture(scope="module")
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send().start()


@pytest.fixture(scope="module")
def caller(recruiter, interview, signer):
    return Caller(recruiter, interview, signer)


@pytest.fixture(scope="module")
def response(interview, recording):
    """An answer of the interview."""
    interview.answer(interview.questions[0], recording)
    return interview.show()["videoResponses"][0]


def names(problem):
    return {each["field"].split(".")[0] for each in problem["errors"]}


def is_free_text(schema, value):
    """Whether the schema takes any text of that length, as what is searched for."""
    return "maxLength" in schema and schema.keys() <= {"type", "minLength", "maxLength"} and 0 < len(value) <= schema["maxLength"]


# ---- Every operation -------------------------------------------------------------

@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_malformed_json(caller, operation):
    for content in MALFORMED:
        problem = is_problem(caller.send(operation, content), "VALIDATION_FAILED")
        assert problem["errors"], content[:40]


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_wrong_types(caller, operation):
    for name, schema in operation.schema["properties"].items():
        for value in (wrong(schema), True, 1e300, -1, "\u0000", "x" * 60_000):
            if value is True and schema.get("type") == "boolean":
                continue
            answer = caller.send_body(operation, {**operation.example(), name: value})
            assert answer.status_code < 500, answer.text
            if value == wrong(schema):
                assert name in names(is_problem(answer, "VALIDATION_FAILED"))


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_missing_fields(caller, operation):
    for name in operation.schema.get("required", []):
        body = {key: value for key, value in operation.example().items() if key != name}
        assert names(is_problem(caller.send_body(operation, body), "VALIDATION_FAILED")) == {name}


# Not of events: the standard lets their senders add members.
@pytest.mark.parametrize("operation", [each for each in WITH_BODY if each.security not in ("signature", "svix")], ids=str)
def test_unknown_fields(caller, operation):
    problem = is_problem(caller.send_body(operation, {**operation.example(), "isAdmin": True}), "VALIDATION_FAILED")
    assert names(problem) == {"isAdmin"}


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_wrong_content_types(caller, operation):
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"):
        if media.split(";")[0] in operation.details["requestBody"]["content"]:
            continue  # test_resume.py tries forms.
        is_problem(caller.send_body(operation, operation.example(), content_type=media), "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_oversized_bodies(caller, operation):
    for size in (operation.most_bytes, 1_200_000):
        content = json.dumps({**operation.example(), "padding": "x" * size}).encode()
        is_problem(caller.send(operation, content), "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.query() or each.parameters], ids=str)
def test_wrong_parameters(caller, operation):
    for name, parameter in operation.parameters.items():
        if parameter["in"] == "query":
            required = operation.query()
            for value in ("", "' OR 1=1 --", "-1", "\u00fc" * 300):
                answer = caller.send(operation, query={**required, name: value})
                if is_free_text(parameter["schema"], value):
                    assert answer.status_code in (200, 404), answer.text
                elif value or parameter.get("required"):
                    assert name in names(is_problem(answer, "VALIDATION_FAILED"))
        elif name != "token":
            for value in ("1", "not-an-id", "%00", "%27", "%FF", NOBODY[:-1] + "%20"):
                is_problem(caller.send(operation, b"" if not operation.schema else None, **{name: value}),
                           "VALIDATION_FAILED", "NOT_FOUND")


@pytest.mark.parametrize("path", sorted({operation.path for operation in OPERATIONS}))
def test_wrong_methods(caller, interview, path):
    known = {operation.method for operation in OPERATIONS if operation.path == path}
    address = filled(path, token=interview.token, id=interview.id)
    for method in METHODS - known - ({"HEAD"} if "GET" in known else set()):
        answer = caller.recruiter.call(method, address)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) - {"HEAD"} == known
        if method != "HEAD":
            is_problem(answer, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.security == "cookie"], ids=str)
def test_without_a_session(base, operation):
    address = filled(operation.path)
    is_problem(Client(base).call(operation.method, address), "AUTH_REQUIRED")
    for forged in ("x" * 43, "", "' OR ''='", "\u00e9"):
        answer = Client(base).call(operation.method, address, headers={"Cookie": f"parley_session={forged}".encode()})
        is_problem(answer, "AUTH_REQUIRED", "INVALID_TOKEN")


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.path.startswith("/api/candidate/")], ids=str)
def test_with_a_token_that_nobody_was_given(caller, interview, operation):
    turned = ("A" if interview.token[0] != "A" else "B") + interview.token[1:]
    for forged in ("x" * 43, turned, interview.token[:-1], "%27%20OR%20%271", "x" * 2000):
        body = json.dumps(operation.example()).encode() if operation.schema else None
        is_problem(caller.send(operation, body, token=forged), "INVALID_TOKEN")


@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.path.startswith("/api/password-links/")], ids=str)
@pytest.mark.parametrize("forged, code", [("x" * 43, "GONE"), ("%27%20OR%20%271", "GONE"), ("x" * 2000, "VALIDATION_FAILED")])
def test_with_a_password_link_that_nobody_was_given(caller, operation, forged, code):
    body = json.dumps(operation.example()).encode() if operation.schema else None
    is_problem(caller.send(operation, body, token=forged), code)


def test_unknown_addresses(base):
    for path in ("/api", "/api/", "/api/nope", "/api/async-interviews/x/y/z", "/api/candidate", "/api/auth/login/",
                 "/blob/", "/-/upload/x", "/-/authorize-upload"):
        for method in ("GET", "POST"):
            answer = Client(base).call(method, path)
            assert answer.status_code in (403, 404, 405), path
            if path.startswith("/api/"):
                is_problem(answer, "NOT_FOUND")


def test_requests_that_are_hardly_http(base):
    is_problem(Client(base).call("GET", "/api/candidate/interview/%00"), "VALIDATION_FAILED")
    assert Client(base).call("GET", "/api/" + "x" * 20_000).status_code == 414
    assert Client(base).call("GET", "/health", headers={"X-Padding": "x" * 60_000}).status_code == 400


# ---- Pages of other sites ---------------------------------------------------------

@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.security == "cookie" and each.method == "POST"], ids=str)
def test_another_site_cannot_act_for_somebody(recruiter, operation):
    address = filled(operation.path)
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
        is_problem(recruiter.call("POST", address, {}, headers=headers), "ACCESS_DENIED")


# ---- Another organisation's ids ------------------------------------------------------

def test_another_organisation_is_not_there(stranger, recruiter, interview, candidates, one_question):
    for call in ("", "/send", "/score"):
        method = "POST" if call else "GET"
        for identifier in (interview.id, NOBODY):
            body = {"questionId": interview.questions[0], "score": 5} if call == "/score" else None
            is_problem(stranger.call(method, f"/api/async-interviews/{identifier}{call}", body), "NOT_FOUND")
    for query in ({}, {"candidateId": candidates[1]["id"]}, {"assessmentId": one_question}):
        assert stranger.get("/api/async-interviews", **query)["total"] == 0
    foreign = dict(assessmentId=one_question, candidateId=candidates[1]["id"])
    body = {"timeLimitSeconds": 60, "deadlineAt": "2099-01-01T00:00:00.000Z", "invitationEmail": "x@candidates.example"}
    is_problem(stranger.call("POST", "/api/async-interviews", {**body, **foreign}), "NOT_FOUND")
    assert interview.show()["status"] == "IN_PROGRESS"


def test_another_interviews_questions_are_as_unknown_as_none(interview, recruiter, candidates, two_questions, recording):
    other = Interview(recruiter, candidates[0], two_questions).send().start()
    grant = other.upload(other.questions[0], recording)
    refusals = []
    for question in (other.questions[0], NOBODY):
        answer = interview.candidate.call(
            "GET", f"{interview.path}/upload-url", params={"questionId": question, "mimeType": "video/webm"})
        refusals.append(is_problem(answer, "VALIDATION_FAILED")["detail"])
        event = interview.candidate.call("POST", f"{interview.path}/proctor", {"questionId": question, "eventType": "TAB_SWITCH"})
        refusals.append(is_problem(event, "VALIDATION_FAILED")["detail"])
    assert len(set(refusals)) == 1
    is_problem(interview.save(interview.questions[0], grant), "VALIDATION_FAILED")


def test_events_of_another_organisation(signer, interview, response, stranger):
    theirs = stranger.get("/api/auth/profile")["user"]["organization"]["id"]
    for path, topic, data in (
            ("/api/ai/transcribe", "response.recorded", {"videoResponseId": response["id"]}),
            ("/api/ai/analyze-video", "response.transcribed", {"videoResponseId": response["id"]}),
            ("/api/webhooks/mail/invitation", "invitation.sent", {"interviewId": interview.id}),
            ("/api/webhooks/mail/ready-to-review", "interview.ready", {"interviewId": interview.id})):
        is_problem(signer.deliver(path, topic, {**data, "organizationId": theirs}), "NOT_FOUND")


# ---- Grants ------------------------------------------------------------------------

def test_grants_that_were_tampered_with(interview, recording, signer):
    content = recording.read_bytes()
    grant = interview.grant(interview.questions[0], recording)
    address = grant["uploadUrl"]
    other = interview.grant(interview.questions[0], recording)
    expires = address.split("expires=")[1].split("&")[0]
    for forged in (
            address.replace(grant["videoKey"], other["videoKey"]),
            address.replace(f"expires={expires}", f"expires={int(expires) + 1}"),
            address.replace("video%2Fwebm", "video%2Fmp4"),
            address.replace(f"size={len(content)}", f"size={len(content) + 1}"),
            address.replace(f"&size={len(content)}", ""),
            address.split("&signature")[0],
            address[:-2] + ("AA" if not address.endswith("AA") else "BB"),
            address.split("?")[0]):
        is_problem(interview.put({**grant, "uploadUrl": forged}, content), "ACCESS_DENIED")
    is_problem(interview.put(grant, content + b"x"), "ACCESS_DENIED")
    is_problem(interview.put(grant, content, **{"Content-Type": "text/html"}), "ACCESS_DENIED")
    is_problem(interview.put(grant, b""), "ACCESS_DENIED")
    is_problem(interview.put(grant, b"<html>" + bytes(len(content) - 6)), "VALIDATION_FAILED")
    expired = signer.upload_address(grant["videoKey"], size=len(content), expires_in=-1)
    is_problem(interview.put({**grant, "uploadUrl": expired}, content), "GONE")
    for traversal in ("../" * 5 + "etc/cron.d/x", "%2e%2e/%2e%2e/secret"):
        answer = interview.put({**grant, "uploadUrl": signer.upload_address(traversal, size=len(content))}, content)
        assert answer.status_code in (400, 403, 404), answer.text
    assert interview.put(grant, content).status_code == 201
    is_problem(interview.put(grant, content), "GONE")


def test_refused_grants_are_counted(interview, recording, signer, run):
    """By lines of nginx's log, which say what it was and not whose."""
    content = recording.read_bytes()
    grant = interview.grant(interview.questions[0], recording)
    expired = signer.upload_address(grant["videoKey"], size=len(content), expires_in=-1)
    refused = [interview.put({**grant, "uploadUrl": address}, content) for address in (grant["uploadUrl"].replace(".webm", "x.webm"), expired)]

    def line_of(answer):
        lines = (run / "log/requests.log").read_text().splitlines()
        return next((json.loads(line) for line in lines if answer.headers["X-Request-Id"] in line), None)
    lines = [eventually(lambda: line_of(answer), "the line") for answer in refused]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [("PUT", "/blob/{key}", 403), ("PUT", "/blob/{key}", 410)]


def test_grants_for_bytes_that_never_came(interview, recording):
    content = recording.read_bytes()
    digest = hashlib.md5(content).digest()
    grant = interview.grant(interview.questions[0], recording, md5=base64.b64encode(digest).decode())
    address = grant["uploadUrl"]
    for forged in (re.sub("&md5=[^&]+", "", address), re.sub("&md5=[^&]+", "&md5=" + "A" * 22, address), re.sub("&md5=[^&]+", "&md5=A", address)):
        is_problem(interview.put({**grant, "uploadUrl": forged}, content), "ACCESS_DENIED")
    is_problem(interview.put(grant, content[:-1] + bytes([content[-1] ^ 1])), "CHECKSUM_MISMATCH")
    assert interview.put(grant, content).status_code == 201


def test_playback_addresses_that_were_tampered_with(response, signer, base, recording):
    address = response["videoUrl"]
    key = address.split("/blob/")[1].split("?")[0]
    stranger = Client(base)
    assert stranger.call("GET", address).content == recording.read_bytes()
    partial = stranger.call("GET", address, headers={"Range": "bytes=100-199"})
    assert partial.status_code == 206 and partial.content == recording.read_bytes()[100:200]
    expires = address.split("expires=")[1].split("&")[0]
    for forged in (
            address.replace(expires, str(int(expires) + 60)), address[:-1] + ("A" if address[-1] != "A" else "Q"),
            address.split("&signature")[0], address.split("?")[0], address.replace(key, key[:-9] + "00000.webm")):
        is_problem(stranger.call("GET", forged), "ACCESS_DENIED")
    is_problem(stranger.call("GET", signer.playback_address(key, -1)), "GONE")
    assert stranger.call("GET", signer.playback_address(key, 60)).status_code == 200
    is_problem(stranger.call("DELETE", address), "METHOD_NOT_ALLOWED")


# ---- The life of an interview ----------------------------------------------------------

def test_an_interview_before_it_was_sent(recruiter, candidates, one_question):
    draft = Interview(recruiter, candidates[1], one_question)
    is_problem(draft.candidate.call("GET", draft.path), "ACCESS_DENIED")
    is_problem(draft.candidate.call("POST", f"{draft.path}/start"), "ACCESS_DENIED")
    draft.send()
    is_problem(recruiter.call("POST", f"/api/async-interviews/{draft.id}/send"), "CONFLICT")
    is_problem(draft.submit(), "CONFLICT")
    draft.start()
    is_problem(draft.submit(), "CONFLICT")
    is_problem(recruiter.call("POST", f"/api/async-interviews/{draft.id}/score", {"questionId": draft.questions[0], "score": 3}), "CONFLICT")


def test_an_interview_after_its_deadline(recruiter, candidates, one_question, recording, database):
    late = Interview(recruiter, candidates[1], one_question).send().start()
    grant = late.upload(late.questions[0], recording)
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '1 hour' WHERE id = %s", [late.id])
    question = {"questionId": late.questions[0], "mimeType": "video/webm"}
    for answer in (
            late.candidate.call("GET", late.path), late.candidate.call("POST", f"{late.path}/start"), late.submit(),
            late.candidate.call("GET", f"{late.path}/upload-url", params=question), late.save(late.questions[0], grant),
            late.candidate.call("POST", f"{late.path}/proctor", {"eventType": "TAB_SWITCH"})):
        is_problem(answer, "GONE")
    assert late.show()["status"] == "EXPIRED"


def test_answers_against_the_rules(recruiter, candidates, one_question, recording):
    held = Interview(recruiter, candidates[1], one_question, timeLimitSeconds=30).send().start()
    question = held.questions[0]
    is_problem(held.save(question, held.grant(question, recording)), "CONFLICT")
    grant = held.upload(question, recording)
    assert "durationSeconds" in names(is_problem(held.save(question, grant, seconds=36), "VALIDATION_FAILED"))
    assert "videoUrl" in names(is_problem(held.save(question, {**grant, "videoUrl": "http://evil.example/x"}), "VALIDATION_FAILED"))
    is_problem(held.save(question, grant, take=3), "CONFLICT")
    assert held.save(question, grant, seconds=32).status_code == 200
    assert held.save(question, grant, seconds=32).status_code == 200
    is_problem(held.save(question, held.upload(question, recording), take=1), "CONFLICT")
    assert held.save(question, held.upload(question, recording), take=2).status_code == 200
    is_problem(held.save(question, held.upload(question, recording), take=3), "CONFLICT")
    shown = held.show()["videoResponses"][0]
    assert (shown["takeNumber"], shown["retakesUsed"]) == (2, 1)
    assert [each["eventType"] for each in held.show()["proctorLogs"]] == ["TIME_LIMIT_EXCEEDED"]


# ---- Webhooks -------------------------------------------------------------------------

@pytest.mark.parametrize("operation", [each for each in OPERATIONS if each.security == "signature"], ids=str)
def test_forged_and_old_webhooks(base, signer, operation):
    body = json.dumps({"organizationId": NOBODY, **operation.example()}).encode()
    good = signer.webhook(body)
    for headers in (
            {}, {**good, "webhook-signature": "v1,AAAA"}, {**good, "webhook-signature": good["webhook-signature"] + "x"},
            {**good, "webhook-id": "another"}, {**good, "webhook-timestamp": str(int(good["webhook-timestamp"]) + 1)},
            {**good, "webhook-timestamp": "soon"}, {**good, "webhook-signature": "v1a," + good["webhook-signature"][3:]},
            signer.webhook(body + b" "), signer.webhook(body, seconds_ago=3600), signer.webhook(body, seconds_ago=-3600)):
        answer = Client(base).call("POST", operation.path, data=body, headers={"Content-Type": "application/json", **headers})
        is_problem(answer, "AUTH_REQUIRED", "INVALID_TOKEN")
