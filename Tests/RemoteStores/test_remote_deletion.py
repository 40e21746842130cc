"""What is deleted is gone from a store that is not ours, and the store itself has said so."""

import urllib.request

import pytest
import requests

from deletion import gone, hurry_deletion, somebody  # noqa: F401
from parley import Interview, accepted, eventually, is_problem
from resumes import another_hour, pdf
from resumes import upload as upload_resume
from test_remote_store import grant_part, put, send_part, upload


@pytest.fixture
def answered(recruiter, somebody, one_question, recording):
    """An interview whose only answer is stored; the grant by which it was."""
    interview = Interview(recruiter, somebody, one_question).send().start()
    question = interview.questions[0]
    interview.given = interview.grant(question, recording)
    assert put(interview.given, recording.read_bytes()).ok
    accepted(interview.save(question, interview.given))
    accepted(interview.submit())
    return interview


@pytest.fixture
def look(recruiter, database):
    """Waits until the only object of a deletion is as it should be."""
    def wait(deletion, wanted, what):
        def found():
            hurry_deletion(database, deletion)
            [shown] = recruiter.get(f"/api/deletions/{deletion['id']}")["objects"]
            return shown if wanted(shown) else None
        return eventually(found, what)
    return wait


def close_permissions(database, deletion):
    """What was permitted for minutes is over."""
    database.execute("UPDATE deleted_object SET storable_until = now() WHERE deletion_id = %s", [deletion["id"]])


def delete(recruiter, interview):
    return accepted(recruiter.call("DELETE", f"/api/async-interviews/{interview.id}"))


def test_it_is_gone_even_if_somebody_stores_it_again(recruiter, database, recording, answered, look):
    played = answered.show()["videoResponses"][0]["videoUrl"]
    assert requests.get(played).status_code == 200
    deletion = delete(recruiter, answered)
    removed = look(deletion, lambda shown: shown["attempts"] >= 1, "the first attempt")
    assert removed["problem"] is None and requests.get(played).status_code == 404
    # The store honours what was permitted before, so it does not count as gone yet.
    assert removed["goneAt"] is None
    assert put(answered.given, recording.read_bytes()).ok and requests.get(played).status_code == 200
    close_permissions(database, deletion)
    look(deletion, lambda shown: shown["goneAt"], "the second attempt")
    assert gone(recruiter, deletion)["deletion"]["gone"] == 1
    assert requests.get(played).status_code == 404


def test_while_the_store_is_down(recruiter, database, answered, look, cut):
    played = answered.show()["videoResponses"][0]["videoUrl"]
    cut()
    deletion = delete(recruiter, answered)
    close_permissions(database, deletion)
    failed = look(deletion, lambda shown: shown["attempts"] >= 2, "two attempts")
    assert failed["goneAt"] is None and "cannot be reached" in failed["problem"]
    cut(False)
    look(deletion, lambda shown: shown["goneAt"], "the store to be back")
    gone(recruiter, deletion)
    assert requests.get(played).status_code == 404


def test_parts_that_were_not_put_together(recruiter, store, database, somebody, one_question, look, sign):
    if store.name == "vercel":
        pytest.skip("it takes no orders about parts, and removes them by itself")
    interview = Interview(recruiter, somebody, one_question).send().start()
    begun = upload(interview)
    key, size = begun["videoKey"], begun["leastBytes"]
    assert send_part(interview, key, 0, 0, b"x" * size).ok
    granted = accepted(grant_part(interview, key, 1, size, size))
    deletion = delete(recruiter, interview)
    close_permissions(database, deletion)
    look(deletion, lambda shown: shown["goneAt"], "the parts")
    if store.name == "azure":
        listing = sign(operation="listParts", key=key)
        assert requests.get(listing["url"], headers=listing["headers"]).status_code == 404
        return
    # The store has forgotten the upload: what was granted goes nowhere.
    assert requests.request(granted["method"], granted["url"], headers=granted["headers"], data=b"x" * size).status_code == 404


# ---- Versions ----------------------------------------------------------------------

class Bucket:
    """The bucket by Swift's own interface, which hides nothing."""

    def __init__(self, store):
        environment = store.environment
        sign_in = urllib.request.Request(f"{store.endpoint}/auth/v1.0", headers={
            "X-Auth-User": environment["AWS_ACCESS_KEY_ID"], "X-Auth-Key": environment["AWS_SECRET_ACCESS_KEY"]})
        with urllib.request.urlopen(sign_in) as answer:
            self.address = f"{answer.headers['X-Storage-Url']}/answers"
            self.headers = {"X-Auth-Token": answer.headers["X-Auth-Token"]}

    def keep_versions(self, enabled):
        assert requests.post(self.address, headers={**self.headers, "X-Versions-Enabled": str(enabled).lower()}).ok

    def store(self, key, content):
        assert requests.put(f"{self.address}/{key}", data=content, headers={**self.headers, "Content-Type": "video/webm"}).ok

    def versions(self, key):
        answer = requests.get(self.address, params={"versions": "", "format": "json", "prefix": key}, headers=self.headers)
        return [each["version_id"] for each in answer.json()]


@pytest.fixture
def bucket(store):
    if store.name != "s3":
        pytest.skip("of S3 alone")
    bucket = Bucket(store)
    yield bucket
    bucket.keep_versions(False)


def test_earlier_versions_go_too(bucket, recruiter, database, recording, answered, look):
    key = answered.given["videoKey"]
    bucket.keep_versions(True)
    for _ in range(2):
        bucket.store(key, recording.read_bytes())
    assert len(bucket.versions(key)) >= 3
    deletion = delete(recruiter, answered)
    close_permissions(database, deletion)
    look(deletion, lambda shown: shown["goneAt"], "the versions")
    assert bucket.versions(key) == []


@pytest.fixture
def checked(recruiter, somebody, one_question, recording, database):
    """An interview in which a device check is uploaded and not measured yet."""
    interview = Interview(recruiter, somebody, one_question).send().start()
    order = {"mimeType": "video/webm", "size": recording.stat().st_size}
    check = accepted(interview.candidate.call("POST", f"{interview.path}/device-check", order))
    assert put(check, recording.read_bytes()).ok
    (interview.check_key,) = database.execute("SELECT key FROM device_check WHERE id = %s", [check["checkId"]]).fetchone()
    interview.measure = lambda: interview.candidate.call("POST", f"{interview.path}/device-check/result", {"checkId": check["checkId"]})
    return interview


def test_versions_of_a_device_check_go_with_it(bucket, checked):
    """Nothing is left for a deletion to find."""
    bucket.keep_versions(True)
    assert len(bucket.versions(checked.check_key)) == 1
    accepted(checked.measure())
    assert bucket.versions(checked.check_key) == []


def test_versions_of_a_resume_go_with_it(bucket, recruiter, somebody, database):
    another_hour(database)
    accepted(upload_resume(recruiter, somebody["id"], pdf()))
    (key,) = database.execute("SELECT file_key FROM resume WHERE candidate_id = %s", [somebody["id"]]).fetchone()
    bucket.keep_versions(True)
    assert len(bucket.versions(key)) == 1
    accepted(recruiter.call("DELETE", f"/api/resume/{somebody['id']}/versions/1"))
    eventually(lambda: bucket.versions(key) == [], "the end of the versions")


# ---- Versions and snapshots at Azure -------------------------------------------------

class Container:
    """The stand-in's container by what it tells of itself, which hides nothing."""

    def __init__(self, store, sign):
        self.control, self.sign = f"http://127.0.0.1:{store.control}", sign

    def keep(self, **what):
        assert requests.post(self.control, json=what).status_code == 204

    def held(self, key):
        return requests.get(f"{self.control}/{key}").json()

    def forget(self, key):
        """The time is over for which soft delete keeps it."""
        assert requests.delete(f"{self.control}/{key}").status_code == 204

    def send(self, operation, key, content=None, more="", **order):
        request = self.sign(operation=operation, key=key, contentType="video/webm", **order)
        answer = requests.request(request["method"], request["url"] + more, headers=request["headers"], data=content)
        assert answer.ok, answer.text


@pytest.fixture
def container(store, sign):
    if store.name != "azure":
        pytest.skip("of Azure alone")
    container = Container(store, sign)
    yield container
    container.keep()


def test_all_that_azure_keeps_goes_too(container, recruiter, database, answered, look):
    key = answered.given["videoKey"]
    container.keep(versioning=True)
    for content in (b"second", b"third"):
        container.send("delete", key)
        container.send("put", key, content, size=len(content))
    # Whoever may create may make a copy.
    container.send("put", key, more="&comp=snapshot", size=0)
    container.send("putPart", key, b"more", number=1, size=4)
    assert container.held(key) == ["current", "version", "version", "snapshot", "block"]
    deletion = delete(recruiter, answered)
    close_permissions(database, deletion)
    look(deletion, lambda shown: shown["goneAt"], "the versions")
    assert container.held(key) == []


def test_a_device_check_that_could_not_be_removed(container, recruiter, database, checked, look):
    """A deletion looks for what the store has not let go of."""
    container.keep(status=503, match="sp=d&")
    is_problem(checked.measure(), "UNAVAILABLE")
    container.keep()
    assert container.held(checked.check_key) == ["current"]
    deletion = delete(recruiter, checked)
    close_permissions(database, deletion)
    look(deletion, lambda shown: shown["goneAt"], "the test's recording")
    assert container.held(checked.check_key) == []


def test_what_soft_delete_keeps_does_not_count_as_gone(container, recruiter, database, answered, look):
    key = answered.given["videoKey"]
    container.keep(softDelete=True)
    deletion = delete(recruiter, answered)
    close_permissions(database, deletion)
    shown = look(deletion, lambda shown: shown["attempts"] >= 1, "the first attempt")
    assert container.held(key) == ["kept"]
    assert shown["goneAt"] is None and "a time that its own settings say" in shown["problem"]
    container.forget(key)
    look(deletion, lambda shown: shown["goneAt"], "the end of that time")
    assert gone(recruiter, deletion)["seal"]["isIntact"]
