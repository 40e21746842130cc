"""Resumable uploads: the tus protocol, and what happens when things break in the middle."""

import base64
import fcntl
import hashlib
import os
import random
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from tusclient.uploader import Uploader

from machine import Halt, kill
from parley import Client, Interview, accepted, eventually, is_problem

VERSION = {"Tus-Resumable": "1.0.0"}
CHUNK = 8 << 20
LARGEST = 2 << 30
# What a WebM file begins with; nothing but the pipeline asks for more of it.
WEBM = bytes.fromhex("1A45DFA3")


@pytest.fixture(scope="module")
def interview(recruiter, candidates, two_questions):
    return Interview(recruiter, candidates[1], two_questions).send().start()


@pytest.fixture
def upload(recruiter, candidates, one_question):
    """An upload that nothing else knows of."""
    return Upload(Interview(recruiter, candidates[1], one_question).send().start())


class Upload:
    """A resumable upload as its client meets it."""

    def __init__(self, interview, question=0, take=1, media="video/webm"):
        self.interview = interview
        self.question = interview.questions[question]
        self.grant = begin(interview, self.question, take, media)
        self.address = self.grant["uploadUrl"]
        self.key = self.grant["videoKey"]
        self.client = Client(interview.recruiter.base)

    def head(self, **headers):
        return self.client.call("HEAD", self.address, headers={**VERSION, **headers})

    def offset(self):
        answer = self.head()
        assert answer.status_code == 200, answer.status_code
        assert answer.headers["Cache-Control"] == "no-store"
        return int(answer.headers["Upload-Offset"])

    def patch(self, content, offset, **headers):
        """Underscores in the names of headers stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return self.client.call("PATCH", self.address, data=content, headers={**VERSION, **kind, **named})

    def send(self, content, offset, **headers):
        answer = self.patch(content, offset, **headers)
        assert answer.status_code == 204, answer.text
        assert answer.headers["Tus-Resumable"] == "1.0.0"
        assert int(answer.headers["Upload-Offset"]) == offset + len(content)

    def finish(self, content, offset):
        self.send(content, offset, Upload_Length=str(offset + len(content)))

    def parts(self, run):
        return run / "blobs/parts" / self.key

    def stored(self, signer):
        answer = Client(signer.base).call("GET", signer.playback_address(self.key, 60))
        return answer.content if answer.status_code == 200 else None


def begin(interview, question, take=1, media="video/webm"):
    body = {"questionId": question, "mimeType": media, "takeNumber": take}
    return interview.candidate.post(f"{interview.path}/uploads", body)


def checksum(algorithm, content):
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, content).digest()).decode()}"


# ---- The protocol ----------------------------------------------------------------

def test_what_the_server_can_do(upload):
    answer = upload.client.call("OPTIONS", upload.address)
    assert answer.status_code == 204
    assert answer.headers["Tus-Resumable"] == answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation-defer-length,expiration,checksum,termination"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert answer.headers["Tus-Max-Size"] == str(LARGEST)


def test_a_recording_in_parts(upload, recording, signer):
    content = recording.read_bytes()
    assert upload.grant["chunkBytes"] == CHUNK
    first = upload.head()
    assert (first.status_code, first.headers["Upload-Offset"], first.headers["Upload-Defer-Length"]) == (200, "0", "1")
    expires = datetime.strptime(first.headers["Upload-Expires"], "%a, %d %b %Y %H:%M:%S GMT")
    assert expires.strftime("%Y-%m-%dT%H:%M:%S.000Z") == upload.grant["expiresAt"]
    third = len(content) // 3
    upload.send(content[:third], 0, Upload_Checksum=checksum("sha256", content[:third]))
    upload.send(content[third:2 * third], third, Upload_Length=str(len(content)), Upload_Checksum=checksum("sha1", content[third:2 * third]))
    assert upload.head().headers["Upload-Length"] == str(len(content))
    assert upload.stored(signer) is None
    upload.send(content[2 * third:], 2 * third)
    assert upload.stored(signer) == content
    # Whoever lost the last answer asks, and hears that all of it is there.
    assert upload.offset() == len(content)
    is_problem(upload.patch(b"more", len(content)), "GONE")
    assert upload.stored(signer) == content


def test_an_empty_part_finishes_what_is_all_there(upload, recording, signer):
    content = recording.read_bytes()
    upload.send(content, 0)
    upload.finish(b"", len(content))
    assert upload.stored(signer) == content


REFUSALS = [
    ("a part that begins too late", 409, "CONFLICT", {"Upload-Offset": "1"}),
    ("a part that begins too early", 409, "CONFLICT", {"Upload-Offset": "3"}),
    ("another version", 412, "PRECONDITION_FAILED", {"Tus-Resumable": "0.2.2"}),
    ("no version", 412, "PRECONDITION_FAILED", {"Tus-Resumable": None}),
    ("another type", 415, "UNSUPPORTED_MEDIA_TYPE", {"Content-Type": "video/webm"}),
    ("no type", 415, "UNSUPPORTED_MEDIA_TYPE", {"Content-Type": None}),
    ("a wrong SHA-256", 460, "CHECKSUM_MISMATCH", {"Upload-Checksum": checksum("sha256", b"other")}),
    ("a wrong SHA-1", 460, "CHECKSUM_MISMATCH", {"Upload-Checksum": checksum("sha1", b"other")}),
    ("an unknown checksum", 400, "VALIDATION_FAILED", {"Upload-Checksum": checksum("md5", b"other")}),
    ("a checksum that is none", 400, "VALIDATION_FAILED", {"Upload-Checksum": "sha256"}),
    ("no offset", 400, "VALIDATION_FAILED", {"Upload-Offset": None}),
    ("a negative offset", 400, "VALIDATION_FAILED", {"Upload-Offset": "-1"}),
    ("an endless offset", 400, "VALIDATION_FAILED", {"Upload-Offset": "9" * 40}),
    ("a length in words", 400, "VALIDATION_FAILED", {"Upload-Length": "long"}),
    ("a length of nothing", 400, "VALIDATION_FAILED", {"Upload-Length": "0"}),
    ("a length over the limit", 413, "PAYLOAD_TOO_LARGE", {"Upload-Length": str(LARGEST + 1)}),
    ("more than the length", 413, "PAYLOAD_TOO_LARGE", {"Upload-Length": "10"}),
]


@pytest.mark.parametrize("what, status, code, headers", REFUSALS, ids=[each[0] for each in REFUSALS])
def test_refusals_change_nothing(upload, what, status, code, headers):
    upload.send(WEBM[:2], 0)
    given = {**VERSION, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "2", **headers}
    answer = upload.client.call("PATCH", upload.address, data=b"the next bytes", headers=given)
    assert answer.status_code == status
    is_problem(answer, code)
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"
    assert upload.offset() == 2
    assert upload.head().headers["Upload-Defer-Length"] == "1"


def test_a_length_cannot_change(upload):
    upload.send(WEBM, 0, Upload_Length="100")
    upload.send(b"", 4, Upload_Length="100")
    is_problem(upload.patch(b"", 4, Upload_Length="101"), "VALIDATION_FAILED")
    assert upload.head().headers["Upload-Length"] == "100"


def test_methods_in_a_header(upload):
    answer = upload.client.call("POST", upload.address, headers={
        **VERSION, "X-HTTP-Method-Override": "PATCH", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}, data=WEBM)
    assert answer.status_code == 204
    assert upload.offset() == 4
    for method in ("GET", "POST", "PUT"):
        answer = upload.client.call(method, upload.address, headers=VERSION)
        is_problem(answer, "METHOD_NOT_ALLOWED")
        assert set(answer.headers["Allow"].split(", ")) == {"DELETE", "HEAD", "OPTIONS", "PATCH"}


def test_the_largest_part(upload):
    is_problem(upload.patch(bytes(CHUNK + 1), 0), "PAYLOAD_TOO_LARGE")
    assert upload.offset() == 0
    upload.send(bytes(CHUNK), 0)


def test_two_gibibytes_and_not_a_byte_more(upload, run, database):
    upload.send(WEBM, 0)
    os.truncate(upload.parts(run), LARGEST - 4)
    is_problem(upload.patch(b"five!", LARGEST - 4), "PAYLOAD_TOO_LARGE")
    is_problem(upload.patch(b"five!", LARGEST - 4, Upload_Length=str(LARGEST + 1)), "PAYLOAD_TOO_LARGE")
    assert upload.offset() == LARGEST - 4
    upload.finish(b"four", LARGEST - 4)
    size = database.execute("SELECT size_bytes FROM blob WHERE key = %s", [upload.key]).fetchone()
    assert size == (LARGEST,)
    stored = "SELECT FROM recording WHERE video_key = %s AND status = 'STORED'"
    eventually(lambda: database.execute(stored, [upload.key]).fetchall(), "the storage webhook")
    (run / "blobs/objects" / upload.key).unlink()


def test_what_is_no_video_is_not_stored(upload, database):
    answer = upload.patch(b"<html>", 0, Upload_Length="6")
    is_problem(answer, "VALIDATION_FAILED")
    assert not database.execute("SELECT FROM blob WHERE key = %s", [upload.key]).fetchall()
    conflict = upload.interview.save(upload.question, upload.grant)
    is_problem(conflict, "CONFLICT")


def test_giving_up(upload, run):
    upload.send(WEBM, 0)
    assert upload.client.call("DELETE", upload.address, headers=VERSION).status_code == 204
    assert not upload.parts(run).exists()
    assert upload.head().status_code == 410
    is_problem(upload.patch(WEBM, 0), "GONE")
    is_problem(upload.client.call("DELETE", upload.address, headers=VERSION), "GONE")
    assert begin(upload.interview, upload.question)["videoKey"] != upload.key


# ---- Who may ----------------------------------------------------------------------

def test_another_device_goes_on(interview):
    upload = Upload(interview)
    upload.send(WEBM, 0)
    again = Upload(interview)
    assert again.grant == upload.grant
    again.send(b"more", 4)
    assert upload.offset() == 8
    keys = {upload.key, Upload(interview, take=2).key, Upload(interview, question=1).key, Upload(interview, media="video/mp4").key}
    assert len(keys) == 4
    upload.finish(b"", 8)
    assert Upload(interview).key != upload.key


def test_tabs_that_ask_at_once_get_one_upload(upload):
    with ThreadPoolExecutor(8) as tabs:
        grants = list(tabs.map(lambda _: begin(upload.interview, upload.question, take=2), range(8)))
    assert len({grant["uploadUrl"] for grant in grants}) == 1


def test_another_ones_upload(upload, interview, signer, run):
    other = Upload(interview, take=3)
    expires = upload.address.split("expires=")[1].split("&")[0]
    for forged in (
            other.address.replace(other.key, upload.key),
            upload.address.replace(f"expires={expires}", f"expires={int(expires) + 1}"),
            upload.address.replace("video%2Fwebm", "video%2Fmp4"),
            upload.address.split("&signature")[0],
            upload.address.split("?")[0],
            signer.upload_address(upload.key).replace("/blob/", "/uploads/")):
        for method in ("HEAD", "PATCH", "DELETE"):
            answer = upload.client.call(method, forged, data=WEBM if method == "PATCH" else None, headers={
                **VERSION, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"})
            assert answer.status_code == 403, (method, forged)
            if method != "HEAD":
                is_problem(answer, "ACCESS_DENIED")
    put = upload.client.call("PUT", upload.address.replace("/uploads/", "/blob/"), data=WEBM, headers={"Content-Type": "video/webm"})
    is_problem(put, "ACCESS_DENIED")
    assert upload.offset() == 0
    missing = signer.upload_address(upload.key.replace(".webm", ".mp4"), method="PATCH")
    assert upload.client.call("HEAD", missing, headers=VERSION).status_code == 404


def test_strangers_are_refused_before_their_bytes(upload):
    with connection(upload.address) as line:
        line.sendall(patch_head(upload.address[:-4] + "AAAA", 0, CHUNK))
        assert line.recv(65536).startswith(b"HTTP/1.1 403")


def test_uploads_expire(upload, signer, run, database):
    deadline = datetime.fromisoformat(upload.interview.created["deadlineAt"])
    expires = datetime.fromisoformat(upload.grant["expiresAt"])
    assert expires == (deadline + timedelta(hours=1)).replace(microsecond=0)
    upload.send(WEBM, 0)
    upload.address = signer.upload_address(upload.key, expires_in=-1, method="PATCH")
    assert upload.head().status_code == 410
    is_problem(upload.patch(b"more", 4), "GONE")
    event = {"key": upload.key, "organizationId": upload.key.split("/")[0]}
    assert signer.deliver("/api/webhooks/uploads", "upload.expired", event).status_code == 204
    assert upload.parts(run).exists()
    database.execute("UPDATE recording SET expires_at = now() WHERE video_key = %s", [upload.key])
    assert begin(upload.interview, upload.question)["videoKey"] != upload.key
    assert signer.deliver("/api/webhooks/uploads", "upload.expired", event).status_code == 204
    assert not upload.parts(run).exists()


def test_a_long_interview_leaves_a_day(recruiter, candidates, one_question):
    far = datetime.now().astimezone() + timedelta(days=30)
    interview = Interview(recruiter, candidates[1], one_question, deadlineAt=far.isoformat()).send().start()
    grant = begin(interview, interview.questions[0])
    left = datetime.fromisoformat(grant["expiresAt"]) - datetime.now().astimezone()
    assert timedelta(hours=23) < left <= timedelta(hours=24)


# ---- What breaks ------------------------------------------------------------------

def connection(address):
    place = urlsplit(address)
    return socket.create_connection((place.hostname, place.port), timeout=60)


def patch_head(address, offset, length):
    place = urlsplit(address)
    return (f"PATCH {place.path}?{place.query} HTTP/1.1\r\nHost: {place.netloc}\r\nTus-Resumable: 1.0.0\r\n"
            f"Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n"
            f"Content-Length: {length}\r\n\r\n").encode()


def test_a_connection_cut_in_the_middle(upload, signer):
    content = WEBM + os.urandom(3_000_000)
    upload.send(content[:1_000_000], 0)
    with connection(upload.address) as line:
        line.sendall(patch_head(upload.address, 1_000_000, 2_000_004) + content[1_000_000:2_000_000])
    assert upload.offset() == 1_000_000
    upload.finish(content[1_000_000:], 1_000_000)
    assert upload.stored(signer) == content


def test_parts_that_come_at_once(upload, signer):
    upload.send(WEBM, 0)
    parts = [bytes([number]) * 1_000_000 for number in range(6)]
    with ThreadPoolExecutor(len(parts)) as tabs:
        answers = list(tabs.map(lambda part: upload.patch(part, 4), parts))
    kept = [part for part, answer in zip(parts, answers) if answer.status_code == 204]
    assert len(kept) == 1
    for answer in answers:
        if answer.status_code != 204:
            is_problem(answer, "CONFLICT", "LOCKED")
    upload.finish(b"", 1_000_004)
    assert upload.stored(signer) == WEBM + kept[0]


def test_while_another_part_is_joined(upload, run):
    upload.send(WEBM, 0)
    with open(upload.parts(run), "rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        answer = upload.patch(b"more", 4)
        assert answer.status_code == 423
        is_problem(answer, "LOCKED")
        assert upload.head().status_code == 423
        assert upload.client.call("DELETE", upload.address, headers=VERSION).status_code == 423
    assert upload.offset() == 4


def test_a_part_that_was_damaged_on_its_way(upload, recording, signer):
    content = recording.read_bytes()
    half = len(content) // 2
    for part, offset in ((content[:half], 0), (content[half:], half)):
        damaged = part[:-1] + bytes([part[-1] ^ 1])
        is_problem(upload.patch(damaged, offset, Upload_Checksum=checksum("sha256", part)), "CHECKSUM_MISMATCH")
        assert upload.offset() == offset
        upload.send(part, offset, Upload_Checksum=checksum("sha256", part))
    upload.finish(b"", len(content))
    assert upload.stored(signer) == content


def test_killed_before_a_part_was_found_right(upload, run, signer):
    upload.send(WEBM, 0)
    # What AppendPart leaves then: bytes that it was adding, and how long the file was before.
    with open(upload.parts(run), "ab") as file:
        file.write(b"half of a damaged part")
    os.setxattr(upload.parts(run), "user.parley.length", b"4")
    assert upload.offset() == 4
    upload.finish(b"more", 4)
    assert upload.stored(signer) == WEBM + b"more"


def test_killed_between_the_last_part_and_the_recording(upload, recording, demo, signer, database):
    content = recording.read_bytes()
    upload.send(content[:1000], 0, Upload_Length=str(len(content)))
    with Halt(demo["databaseURL"], "blob", "INSERT") as halt, ThreadPoolExecutor(1) as sender:
        answer = sender.submit(upload.patch, content[1000:], 1000)
        backend = halt.caught()
        kill("AppendPart")
        halt.cut(backend)
        is_problem(answer.result(), "UNAVAILABLE")
    assert not database.execute("SELECT FROM blob WHERE key = %s", [upload.key]).fetchall()
    assert upload.offset() == len(content)
    assert upload.stored(signer) == content


def test_killed_before_the_length_was_noted(upload, recording, demo, signer):
    content = recording.read_bytes()
    with Halt(demo["databaseURL"], "recording", "UPDATE", "OLD.length_bytes IS NULL AND NEW.length_bytes IS NOT NULL") as halt, ThreadPoolExecutor(1) as sender:
        answer = sender.submit(upload.patch, content[:1000], 0, Upload_Length=str(len(content)))
        backend = halt.caught()
        kill("AppendPart")
        halt.cut(backend)
        is_problem(answer.result(), "UNAVAILABLE")
    assert upload.offset() == 1000
    assert upload.head().headers["Upload-Defer-Length"] == "1"
    upload.finish(content[1000:], 1000)
    assert upload.stored(signer) == content


class Cutter(threading.Thread):
    """Stands between a client and the server, and cuts so many connections at random places."""

    def __init__(self, base, cuts, seed):
        super().__init__(daemon=True)
        self.server = (urlsplit(base).hostname, urlsplit(base).port)
        self.random = random.Random(seed)
        self.left = cuts
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def run(self):
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self.serve, args=[client], daemon=True).start()

    def serve(self, client):
        with client, socket.create_connection(self.server) as server:
            threading.Thread(target=self.pass_back, args=[server, client], daemon=True).start()
            # Requests for the state are small and come through.
            budget = self.random.randrange(10_000, CHUNK) if self.left and self.random.random() < 0.6 else None
            try:
                while content := client.recv(65536):
                    server.sendall(content if budget is None else content[:budget])
                    if budget is not None and (budget := budget - len(content)) <= 0:
                        self.left -= 1
                        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        break
            except OSError:
                pass  # A side that has gone is what this is for.

    @staticmethod
    def pass_back(server, client):
        try:
            while content := server.recv(65536):
                client.sendall(content)
        except OSError:
            pass


@pytest.mark.parametrize("megabytes, cuts", [(64, 12)] + ([(1024, 50)] if os.environ.get("PARLEY_LARGE_UPLOADS") else []))
def test_tuspy_through_a_connection_that_is_cut(upload, base, tmp_path, signer, megabytes, cuts):
    path = tmp_path / "answer.webm"
    digest = hashlib.sha256()
    with open(path, "wb") as file:
        for number in range(megabytes):
            piece = (WEBM if number == 0 else b"") + os.urandom((1 << 20) - (4 if number == 0 else 0))
            digest.update(piece)
            file.write(piece)
    upload.send(b"", 0, Upload_Length=str(path.stat().st_size))
    cutter = Cutter(base, cuts, seed=megabytes)
    cutter.start()
    address = upload.address.replace(base, cutter.base)
    Uploader(str(path), url=address, chunk_size=CHUNK, retries=200, retry_delay=0, upload_checksum=True).upload()
    assert cutter.left == 0
    with Client(base).call("GET", signer.playback_address(upload.key, 300), stream=True) as answer:
        arrived = hashlib.sha256()
        for piece in answer.iter_content(1 << 20):
            arrived.update(piece)
    assert arrived.digest() == digest.digest()


# ---- To the end -------------------------------------------------------------------

def test_a_resumed_recording_is_transcribed(upload, recording):
    content = recording.read_bytes()
    upload.send(content[:5000], 0)
    is_problem(upload.interview.save(upload.question, upload.grant), "CONFLICT")
    upload.finish(content[5000:], 5000)
    accepted(upload.interview.save(upload.question, upload.grant))
    accepted(upload.interview.submit())
    response = upload.interview.wait_until_analysed()["videoResponses"][0]
    assert response["transcriptStatus"] == "complete" and response["transcriptWords"]
    assert response["fileSizeBytes"] == len(content)
    assert eventually(lambda: Client(upload.client.base).call("GET", response["videoUrl"]).content == content, "the recording")
