"""Parley's API as people and other programs call it."""

import base64
import hashlib
import hmac
import json
import re
import time
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests

ASSESSMENT = "01980000-0000-7000-8000-000000000021"

# Tokens and signatures that any client here was given. None may be in a log.
seen_secrets = set()


class Client:
    """Somebody with a cookie jar of their own."""

    def __init__(self, base):
        self.base = base
        self.http = requests.Session()
        self.http.trust_env = False

    def call(self, method, path, body=None, **options):
        """The answer, whatever it is. A path that is a whole address is taken as it stands."""
        address = path if path.startswith("http") else self.base + path
        answer = self.http.request(method, address, json=body, timeout=120, **options)
        note_secrets(answer)
        return answer

    def get(self, path, **query):
        return accepted(self.call("GET", path, params=query))

    def post(self, path, body=None):
        return accepted(self.call("POST", path, body))


def accepted(answer):
    assert answer.ok, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def note_secrets(answer):
    seen_secrets.update(cookie.value for cookie in answer.cookies)
    note_secrets_in(answer.text)


def note_secret_address(response):
    """For a browser's responses."""
    note_secrets_in(response.url)


def note_secrets_in(text):
    seen_secrets.update(re.findall(r"signature=([\w-]{20,})", text))
    seen_secrets.update(re.findall(r"/interview/([\w-]{43})\b", text))


def sign_in(base, account):
    client = Client(base)
    accepted(unhurried(lambda: client.call("POST", "/api/auth/login", account)))
    return client


def unhurried(ask):
    """The answer, asked for again when it was too soon. Signing in is limited to one a second."""
    while (answer := ask()).status_code == 429:
        is_problem(answer, "RATE_LIMITED")
        time.sleep(int(answer.headers["Retry-After"]))
    return answer


def moment(seconds_from_now):
    then = datetime.now(timezone.utc) + timedelta(seconds=seconds_from_now)
    return then.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def eventually(condition, what, patience=60):
    """The condition's first true value; fails when there is none in time."""
    deadline = time.monotonic() + patience
    while not (value := condition()):
        assert time.monotonic() < deadline, f"{what}: not within {patience} seconds"
        time.sleep(0.05)
    return value


class Interview:
    """An interview as its candidate meets it: through the link."""

    def __init__(self, recruiter, candidate, assessment=ASSESSMENT, **settings):
        self.recruiter = recruiter
        self.created = recruiter.post("/api/async-interviews", {
            "assessmentId": assessment, "candidateId": candidate["id"], "timeLimitSeconds": 60,
            "thinkTimeSeconds": 0, "retakePolicy": "ONE", "deadlineAt": moment(3600),
            "invitationEmail": candidate["email"], **settings})
        self.id = self.created["id"]
        self.token = self.created["invitationToken"]
        self.path = f"/api/candidate/interview/{self.token}"
        self.candidate = Client(recruiter.base)

    def send(self):
        self.recruiter.post(f"/api/async-interviews/{self.id}/send")
        return self

    def start(self):
        self.candidate.post(f"{self.path}/start")
        self.questions = [each["id"] for each in self.candidate.get(self.path)["questions"]]
        return self

    def grant(self, question, recording, **query):
        query = {"questionId": question, "mimeType": "video/webm", "size": recording.stat().st_size, **query}
        return self.candidate.get(f"{self.path}/upload-url", **query)

    def put(self, grant, content, **headers):
        """Uploads bytes to a grant's address."""
        headers = {"Content-Type": grant["headers"]["Content-Type"], **headers}
        return self.candidate.call("PUT", grant["uploadUrl"], data=content, headers=headers)

    def upload(self, question, recording):
        grant = self.grant(question, recording)
        answer = self.put(grant, recording.read_bytes())
        assert answer.status_code == 201, answer.text
        return grant

    def save(self, question, grant, take=1, seconds=4):
        return self.candidate.call("POST", f"{self.path}/response", save_body(question, grant, take, seconds))

    def answer(self, question, recording):
        accepted(self.save(question, self.upload(question, recording)))

    def submit(self):
        return self.candidate.call("POST", f"{self.path}/submit")

    def show(self):
        return self.recruiter.get(f"/api/async-interviews/{self.id}")

    def wait_until_analysed(self, patience=120):
        def complete():
            interview = self.show()
            return interview if interview["aiAnalysisStatus"] == "complete" else None
        return eventually(complete, "the analysis", patience)


def save_body(question, grant, take=1, seconds=4):
    return {"questionId": question, "videoKey": grant["videoKey"], "videoUrl": grant["videoUrl"],
            "durationSeconds": seconds, "takeNumber": take}


class Signer:
    """Makes what only the installation's secrets can make, to forge it badly or to send it twice."""

    def __init__(self, run, base):
        self.base = base
        self.secret = bytes.fromhex((run / "secret").read_text())
        self.resend = bytes.fromhex((run / "resend-secret").read_text())
        self.playback = (run / "playback-secret").read_text().strip()

    def key(self, purpose):
        """HKDF-SHA256 (RFC 5869) without salt, one block."""
        extracted = hmac.digest(bytes(32), self.secret, "sha256")
        return hmac.digest(extracted, purpose.encode() + b"\x01", "sha256")

    def webhook(self, body, identifier=None, seconds_ago=0):
        """The headers of a Standard Webhook."""
        identifier = identifier or str(uuid.uuid4())
        timestamp = str(int(time.time()) - seconds_ago)
        digest = hmac.digest(self.key("webhooks"), f"{identifier}.{timestamp}.".encode() + body, "sha256")
        return {"webhook-id": identifier, "webhook-timestamp": timestamp,
                "webhook-signature": "v1," + base64.b64encode(digest).decode(), "Content-Type": "application/json"}

    def mail_report(self, body, key=None, seconds_ago=0):
        """The headers with which Resend reports, which are a Standard Webhook's under other names."""
        identifier, timestamp = f"msg_{uuid.uuid4()}", str(int(time.time()) - seconds_ago)
        digest = hmac.digest(key or self.resend, f"{identifier}.{timestamp}.".encode() + body, "sha256")
        return {"svix-id": identifier, "svix-timestamp": timestamp,
                "svix-signature": "v1," + base64.b64encode(digest).decode(), "Content-Type": "application/json"}

    def deliver(self, path, topic, data, identifier=None, **signing):
        """POSTs an event as the courier does."""
        body = json.dumps({"type": topic, "timestamp": moment(0), "data": data}).encode()
        headers = self.webhook(body, identifier, **signing)
        return Client(self.base).call("POST", path, data=body, headers=headers)

    def upload_address(self, key, media="video/webm", size=None, expires_in=600, method="PUT"):
        expires = int(time.time()) + expires_in
        text = f"{method}\n{key}\n{media}\n{size or ''}\n{expires}"
        signature = url_base64(hmac.digest(self.key("blob upload"), text.encode(), "sha256"))
        length = f"&size={size}" if size else ""
        folder = "blob" if method == "PUT" else "uploads"
        return f"{self.base}/{folder}/{key}?expires={expires}&type={media.replace('/', '%2F')}{length}&signature={signature}"

    def playback_address(self, key, expires_in):
        expires = int(time.time()) + expires_in
        digest = hashlib.md5(f"{expires} /blob/{key} {self.playback}".encode()).digest()
        return f"{self.base}/blob/{key}?expires={expires}&signature={url_base64(digest)}"


def url_base64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def is_problem(answer, *codes):
    """Fails unless the answer is a problem (RFC 9457) as every refusal has to be; returns it."""
    place = f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
    assert answer.headers["Content-Type"].split(";")[0] == "application/problem+json", place
    assert answer.headers["X-Request-Id"], place
    problem = answer.json()
    assert problem["status"] == answer.status_code, place
    assert problem["requestId"] == answer.headers["X-Request-Id"], place
    assert problem["type"] == "about:blank" and problem["title"] and problem["detail"], place
    assert ("errors" in problem) == (problem["code"] == "VALIDATION_FAILED"), place
    if codes:
        assert problem["code"] in codes, place
    if problem["code"] == "UNAVAILABLE":
        assert int(answer.headers["Retry-After"]) > 0, place
    return problem
