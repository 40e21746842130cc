"""A recording counts as stored when its store's provider tells of it, and the store itself says so."""

import base64
import hashlib
import hmac
import json
import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from child import free_port
from messages import cloud_event, event_grid, eventbridge, minio, s3_record, vercel
from parley import Client, Interview, accepted, eventually, is_problem
from run import BUCKET, CHECKOUT, VERCEL_TOKEN
from sns_server import post

S3, AZURE, VERCEL = (f"/api/webhooks/storage/{name}" for name in ("s3", "azure", "vercel"))


@pytest.fixture
def provider(base):
    """Somebody without any cookie."""
    return Client(base)


@pytest.fixture(scope="session")
def token(run):
    return (run / "storage-events-token").read_text().strip()


@pytest.fixture(scope="session", autouse=True)
def nothing_secret_in_logs(run, token):
    """What proves who tells is in addresses and headers, and in no log."""
    yield
    logs = "".join(path.read_text(errors="replace") for path in (run / "log").iterdir())
    assert "/api/webhooks/storage/azure" in logs
    assert not [secret for secret in (token, VERCEL_TOKEN, "Action=ConfirmSubscription") if secret in logs]


@pytest.fixture
def granted(recruiter, candidates, one_question, recording):
    """The permission to store one recording; nothing is stored yet."""
    interview = Interview(recruiter, candidates[0], one_question).send().start()
    grant = interview.grant(interview.questions[0], recording)
    return {**grant, "size": recording.stat().st_size, "tag": tag_of(recording.read_bytes())}


@pytest.fixture
def stored(granted, recording):
    """The same when the store has it, of which it has not told yet."""
    store(granted, recording.read_bytes())
    return granted


def tag_of(content):
    """As S3 tags an object that came whole."""
    return hashlib.md5(content).hexdigest()


def store(granted, content):
    answer = requests.put(granted["uploadUrl"], data=content, headers=granted["headers"])
    assert answer.status_code == 200, answer.text


def notice(sns, *records, **changes):
    return sns.notification(json.dumps({"Records": list(records)}), **changes)


def record(granted, **changes):
    return s3_record(**{"bucket": BUCKET, "key": granted["videoKey"], "size": granted["size"], "tag": granted["tag"], **changes})


def outcome(answer):
    """How many were stored, and why others were not."""
    told = accepted(answer)
    told = told.get("outcome", told)
    return told["stored"], told["ignored"]


def status(database, key):
    return database.execute("SELECT status FROM recording WHERE video_key = %s", [key]).fetchone()[0]


def events(database, key):
    return database.execute(
        "SELECT count(*) FROM event WHERE topic = 'blob.stored' AND data ->> 'key' = %s", [key]).fetchone()[0]


def counted(database, reason, provider="s3"):
    return database.execute(
        "SELECT coalesce(sum(count), 0) FROM storage_refusal WHERE provider = %s AND reason = %s", [provider, reason]).fetchone()[0]


# ---- Amazon SNS ----------------------------------------------------------------

@pytest.mark.parametrize("version", ["1", "2"])
def test_a_signed_message(provider, sns, stored, database, version):
    assert outcome(post(provider, S3, notice(sns, record(stored), SignatureVersion=version))) == (1, [])
    # The rest follows without anybody's page.
    eventually(lambda: status(database, stored["videoKey"]) == "STORED", "the recording")


def test_certificates_are_fetched_once(provider, sns, stored):
    for _ in range(3):
        post(provider, S3, notice(sns, record(stored)))
    assert sns.asked.count("/signer.pem") == 1


def test_a_subscription(provider, sns):
    message = sns.confirmation()
    accepted(post(provider, S3, message))
    assert [path for path in sns.asked if message["Token"] in path]


def test_a_subscription_that_cannot_be_confirmed(provider, sns):
    sns.is_confirming = False
    try:
        is_problem(post(provider, S3, sns.confirmation()), "UNAVAILABLE")
    finally:
        sns.is_confirming = True


def test_a_subscription_elsewhere(provider, sns, stranger, database):
    before = counted(database, "FORGED")
    elsewhere = f"https://{sns.host}.evil.example/?Action=ConfirmSubscription"
    is_problem(post(provider, S3, sns.confirmation(SubscribeURL=elsewhere)), "INVALID_TOKEN")
    # A topic of somebody else's, to which nobody here subscribes.
    is_problem(post(provider, S3, sns.confirmation(TopicArn=f"{sns.topic}-2")), "INVALID_TOKEN")
    assert counted(database, "FORGED") == before + 2


@pytest.mark.parametrize("change", ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type", "Signature"])
def test_a_changed_message(provider, sns, stored, database, change):
    message = notice(sns, record(stored))
    other = sns.notification("other", Subject="Another", Timestamp="2026-11-21T09:00:01.000Z", TopicArn=f"{sns.topic}-2")
    message[change] = "SubscriptionConfirmation" if change == "Type" else other[change]
    is_problem(post(provider, S3, message), "INVALID_TOKEN", "VALIDATION_FAILED")
    assert status(database, stored["videoKey"]) == "GRANTED"


def test_another_key(provider, sns, stored, database):
    message = sns.signed({"Type": "Notification", "Message": json.dumps({"Records": [record(stored)]})}, key="stranger")
    is_problem(post(provider, S3, message), "INVALID_TOKEN")
    # Nor where its own certificate is, if that is not a place to believe.
    for place in ("http", "https"):
        address = f"{place}://{sns.host.replace('127.0.0.1', 'localhost')}/stranger.pem"
        is_problem(post(provider, S3, {**message, "SigningCertURL": address}), "INVALID_TOKEN")
    assert status(database, stored["videoKey"]) == "GRANTED"


def test_a_host_that_is_not_who_it_says(provider, stranger, stored, database):
    message = notice(stranger, record(stored))
    is_problem(post(provider, S3, message), "UNAVAILABLE")
    assert not stranger.asked and status(database, stored["videoKey"]) == "GRANTED"


def test_a_certificate_that_is_none(provider, sns, stored):
    is_problem(post(provider, S3, notice(sns, record(stored), SigningCertURL=sns.address("nothing.pem"))), "INVALID_TOKEN")
    # What is no file of a certificate is not asked for: it may be what somebody had SNS say.
    for path in ("extensions", "signer.key", "?Action=GetTopicAttributes&TopicArn=theirs.pem", "signer.pem?more"):
        message = notice(sns, record(stored), SigningCertURL=sns.address(path))
        is_problem(post(provider, S3, message), "INVALID_TOKEN")
        assert f"/{path}" not in sns.asked


# ---- Others --------------------------------------------------------------------

@pytest.mark.parametrize("message", [minio, eventbridge])
@pytest.mark.parametrize("before", ["", "Bearer "])
def test_a_token(provider, stored, database, token, message, before):
    body = message(BUCKET, stored["videoKey"], stored["size"], stored["tag"])
    is_problem(provider.call("POST", S3, body), "AUTH_REQUIRED")
    is_problem(provider.call("POST", S3, body, headers={"Authorization": before + "0" * 64}), "INVALID_TOKEN")
    assert status(database, stored["videoKey"]) == "GRANTED"
    assert outcome(provider.call("POST", S3, body, headers={"Authorization": before + token})) == (1, [])
    eventually(lambda: status(database, stored["videoKey"]) == "STORED", "the recording")


@pytest.mark.parametrize("message, media", [(event_grid, "application/json"), (cloud_event, "application/cloudevents+json")])
def test_azure(provider, stored, database, token, message, media):
    body = json.dumps(message(BUCKET, stored["videoKey"], stored["size"], stored["tag"]))
    headers = {"Content-Type": f"{media}; charset=utf-8"}
    is_problem(provider.call("POST", AZURE, data=body, headers=headers, params={"token": "0" * 64}), "INVALID_TOKEN")
    assert outcome(provider.call("POST", AZURE, data=body, headers=headers, params={"token": token})) == (1, [])
    eventually(lambda: status(database, stored["videoKey"]) == "STORED", "the recording")


def test_azure_asks_first(provider, token):
    question = [{"eventType": "Microsoft.EventGrid.SubscriptionValidationEvent", "data": {"validationCode": "512d38b6"}}]
    assert accepted(provider.call("POST", AZURE, question, params={"token": token}))["validationResponse"] == "512d38b6"
    is_problem(provider.call("POST", AZURE, question), "AUTH_REQUIRED")
    origin = {"WebHook-Request-Origin": "eventgrid.azure.net"}
    answer = provider.call("OPTIONS", AZURE, headers=origin, params={"token": token})
    assert answer.ok and answer.headers["WebHook-Allowed-Origin"] == "eventgrid.azure.net"
    is_problem(provider.call("OPTIONS", AZURE, headers=origin), "AUTH_REQUIRED")


def test_vercel(provider, stored, database):
    body = json.dumps(vercel(BUCKET, stored["videoKey"], stored["size"], stored["tag"]))
    signature = hmac.new(VERCEL_TOKEN.encode(), body.encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "x-vercel-signature": signature}
    is_problem(provider.call("POST", VERCEL, data=body + " ", headers=headers), "INVALID_TOKEN")
    answer = provider.call("POST", VERCEL, data=body, headers=headers)
    assert outcome(answer) == (1, []) and answer.json()["response"] == "ok"
    eventually(lambda: status(database, stored["videoKey"]) == "STORED", "the recording")


# ---- What is told and is not so ------------------------------------------------

def test_twice(provider, sns, stored, database):
    message = notice(sns, record(stored))
    assert outcome(post(provider, S3, message)) == (1, [])
    assert outcome(post(provider, S3, message)) == (0, ["TOLD_BEFORE"])
    assert events(database, stored["videoKey"]) == 1


def test_many_times_at_once(sns, stored, base, database):
    messages = [notice(sns, record(stored)) for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda message: outcome(post(Client(base), S3, message)), messages))
    assert (1, []) in told and set(map(str, told)) <= {str((1, [])), str((0, ["TOLD_BEFORE"]))}
    assert events(database, stored["videoKey"]) == 1


def test_out_of_order(provider, sns, granted, recording, database):
    removed = record(granted, name="ObjectRemoved:Delete")
    assert outcome(post(provider, S3, notice(sns, removed, record(granted)))) == (0, ["OTHER_EVENT", "NOT_THERE"])
    store(granted, recording.read_bytes())
    assert outcome(post(provider, S3, notice(sns, record(granted)))) == (1, [])
    assert events(database, granted["videoKey"]) == 1


def test_after_the_page_was_faster(provider, sns, recruiter, candidates, one_question, recording, database):
    interview = Interview(recruiter, candidates[1], one_question).send().start()
    grant = interview.grant(interview.questions[0], recording)
    store(grant, recording.read_bytes())
    accepted(interview.save(interview.questions[0], grant))
    told = s3_record(BUCKET, grant["videoKey"], recording.stat().st_size, tag_of(recording.read_bytes()))
    assert outcome(post(provider, S3, notice(sns, told))) == (1, [])
    assert events(database, grant["videoKey"]) == 1


def test_another_size(provider, sns, stored, database):
    assert outcome(post(provider, S3, notice(sns, record(stored, size=stored["size"] + 1)))) == (0, ["OTHER_SIZE"])
    assert events(database, stored["videoKey"]) == 0


@pytest.mark.parametrize("message, address", [(s3_record, S3), (minio, S3), (eventbridge, S3), (event_grid, AZURE), (vercel, VERCEL)])
def test_other_bytes(provider, stored, token, database, message, address):
    """A tag that is not the store's is not believed, whoever tells it; the recording is not touched for that."""
    provider_name = address.rsplit("/", 1)[-1]
    before = counted(database, "OTHER_BYTES", provider_name)

    def tell(tag):
        told = message(BUCKET, stored["videoKey"], stored["size"], tag)
        body = json.dumps({"Records": [told]} if message is s3_record else told)
        signature = hmac.new(VERCEL_TOKEN.encode(), body.encode(), hashlib.sha256).hexdigest()
        proof = {"x-vercel-signature": signature} if address == VERCEL else {"Authorization": token}
        return outcome(provider.call("POST", address, data=body, headers={"Content-Type": "application/json", **proof}))
    assert tell("0" * 32) == (0, ["OTHER_BYTES"])
    assert counted(database, "OTHER_BYTES", provider_name) == before + 1 and events(database, stored["videoKey"]) == 0
    assert tell(stored["tag"]) == (1, [])


def test_bytes_that_were_not_granted(provider, sns, recruiter, candidates, one_question, recording, database):
    """Somebody with the bucket's key has put another recording of the same size there."""
    interview = Interview(recruiter, candidates[0], one_question).send().start()
    content = recording.read_bytes()
    grant = interview.grant(interview.questions[0], recording, md5=base64.b64encode(hashlib.md5(content).digest()).decode())
    other = content[:-1] + bytes([content[-1] ^ 1])
    request = sign_put(grant["videoKey"], len(other))
    assert requests.put(request["url"], data=other, headers=request["headers"]).status_code == 200
    told = s3_record(BUCKET, grant["videoKey"], len(other), tag_of(other))
    assert outcome(post(provider, S3, notice(sns, told))) == (0, ["UNFIT_CONTENT"])
    assert status(database, grant["videoKey"]) == "TERMINATED" and events(database, grant["videoKey"]) == 0


def sign_put(key, size):
    order = {"operation": "put", "key": key, "contentType": "video/webm", "size": size}
    answer = subprocess.run([CHECKOUT / ".build/release/SignRequest"], input=json.dumps(order), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def test_no_recording(provider, sns, granted, database):
    content = b"<html>".ljust(granted["size"])
    store(granted, content)
    told = record(granted, tag=tag_of(content))
    assert outcome(post(provider, S3, notice(sns, told))) == (0, ["UNFIT_CONTENT"])
    assert outcome(post(provider, S3, notice(sns, told))) == (0, ["GIVEN_UP"])
    assert events(database, granted["videoKey"]) == 0


def test_never_granted(provider, sns, stored, organization, database):
    own, interview, file = stored["videoKey"].split("/")
    assert own == organization
    keys = [
        "a/b/c.webm", f"{own}/{interview}/x.webm", f"{interview}/{interview}/{file}", f"{own}/{interview}/{file}/",
        f"/{stored['videoKey']}", f"{own}//{file}", f"{own}%2f..%2f{interview}%2f{file}", "00000000-0000-0000-0000-000000000000/a/b",
        "' OR 1=1 --/a/b", "x" * 2000]
    before = counted(database, "NEVER_GRANTED")
    told = outcome(post(provider, S3, notice(sns, *[record(stored, key=key) for key in keys])))
    assert told == (0, ["NEVER_GRANTED"] * len(keys))
    assert counted(database, "NEVER_GRANTED") == before + len(keys)


def test_another_bucket(provider, sns, stored):
    assert outcome(post(provider, S3, notice(sns, record(stored, bucket="elsewhere")))) == (0, ["OTHER_BUCKET"])


def test_too_much(provider, sns, token):
    is_problem(post(provider, S3, sns.notification("x" * 600_000)), "PAYLOAD_TOO_LARGE")
    for path, size in ((AZURE, 1_100_000), (VERCEL, 70_000)):
        answer = provider.call("POST", path, data=b" " * size, headers={"Authorization": token})
        is_problem(answer, "PAYLOAD_TOO_LARGE")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"Records": {}}', b'{"Records": ' + b"[" * 5000])
def test_no_message(provider, token, database, body):
    before = counted(database, "MALFORMED")
    headers = {"Authorization": token, "Content-Type": "application/json"}
    is_problem(provider.call("POST", S3, data=body, headers=headers), "VALIDATION_FAILED")
    assert counted(database, "MALFORMED") == before + 1


def test_while_the_store_is_down(provider, sns, s3, stored, database):
    """The provider is told to come again, and then it is stored."""
    message = notice(sns, record(stored))
    proxy = s3.processes.pop()
    os.killpg(proxy.pid, signal.SIGKILL)
    proxy.wait()
    try:
        is_problem(post(provider, S3, message), "UNAVAILABLE")
        assert events(database, stored["videoKey"]) == 0
    finally:
        s3.start("swift-proxy-server", str(s3.folder / "etc/proxy-server.conf"))
        s3.wait()
    assert outcome(post(provider, S3, message)) == (1, [])
    eventually(lambda: status(database, stored["videoKey"]) == "STORED", "the recording")


# ---- For operators -------------------------------------------------------------

def test_what_was_refused_is_shown(run, provider, database):
    is_problem(provider.call("POST", VERCEL, {}), "AUTH_REQUIRED")
    command = [CHECKOUT / ".build/release/ShowStorageEvents"]
    lines = subprocess.run(command, env={**os.environ, "PARLEY_RUN": str(run)}, check=True, capture_output=True, text=True).stdout
    shown = [json.loads(line) for line in lines.splitlines()]
    assert {"provider": "vercel", "reason": "UNSIGNED", "count": counted(database, "UNSIGNED", "vercel")}.items() <= next(
        line for line in shown if line["provider"] == "vercel" and line["reason"] == "UNSIGNED").items()
    assert all(set(line) == {"day", "provider", "reason", "count"} for line in shown)


@pytest.mark.parametrize("setting, example", [
    ({"PARLEY_STORAGE_EVENTS_TOPICS": "recordings"}, "arn:aws:sns:eu-central-1:123456789012:recordings"),
    ({"PARLEY_STORAGE_EVENTS_HOSTS": "https://sns.example"}, "sns.example:8443"),
    ({"PARLEY_STORAGE_EVENTS_AUTHORITIES": "/nowhere"}, "/etc/parley/ca.pem"),
    ({"BLOB_READ_WRITE_TOKEN": "secret"}, "vercel_blob_rw_STORE_SECRET"),
    ({"PARLEY_STORAGE_EVENTS_TOPIC": "recordings"}, "PARLEY_STORAGE_EVENTS_TOPICS"),
])
def test_wrong_settings(tmp_path, setting, example):
    environment = {**os.environ, "PARLEY_RUN": str(tmp_path), "PARLEY_PORT": str(free_port()), **setting}
    if "PARLEY_STORAGE_EVENTS_TOPIC" in setting:
        command = [CHECKOUT / "nginx/local/up.py"]
    else:
        command = [CHECKOUT / ".build/release/ShowStorageEvents", "check"]
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode != 0 and example in result.stderr + result.stdout
