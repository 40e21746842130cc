"""Which settings of a store are refused, and how; and what signed addresses of the configured store look like."""

import json
import os
import subprocess
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from conftest import PRESIGN

S3 = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret"}
AZURE = {"AZURE_STORAGE_KEY": "c2VjcmV0"}


def presign(settings, method="PUT", key="a/b.webm", **order):
    environment = {"PATH": os.environ["PATH"], "PARLEY_RUN": "/nonexistent", **settings}
    return subprocess.run(
        [PRESIGN], input=json.dumps({"method": method, "key": key, **order}) + "\n", capture_output=True, text=True, env=environment)


@pytest.mark.parametrize("blob", [
    "", "s3", "s3://", "s3://answers", "s3://answers?region=", "s3://?region=eu-central-1", "s3://ans/wers?region=eu-central-1",
    "s3://answers?region=eu-central-1&acount=mine", "s3://answers?region=eu-central-1&account=mine",
    "s3://answers?region=eu-central-1&region=us-east-1", "s3://answers?region=eu-central-1&", "s3://answers?region=eu-central-1&addressing=host",
    "s3://answers?region=eu-central-1&endpoint=s3.example", "s3://answers?region=eu-central-1&conditions=maybe",
    "azure://answers", "azure://?account=mine", "azure://answers?account=mine&endpoint=mine.example", "azure://answers?account=mine&region=x",
    "s3://answers?region=eu central", "s3://answers?region=x&endpoint=https:///path", "s3://answers?region=x&endpoint=https://s3 example",
    "azure://answers?account=mine&endpoint=https://", "azure://answers?account=mine&endpoint=https://mine.example?sv=2026",
    "azure://answers?account=mine&endpoint=https://me@mine.example", "azure://answers?account=mine&endpoint=https:///mine",
    "file://relative", "file:/srv/blobs", "ftp://answers", "https://answers.s3.amazonaws.com", "S3://answers?region=eu-central-1"])
def test_what_is_not_understood(blob):
    answer = presign({"PARLEY_BLOB": blob, **S3, **AZURE})
    assert answer.returncode == 78 and answer.stdout == ""
    assert "PARLEY_BLOB" in answer.stderr
    # What is wrong is followed by what would be right, or is itself that clear.
    assert any(words in answer.stderr for words in ("s3://bucket?region=eu-central-1", "is not set", "neither path nor virtual", "neither yes nor no", "is not like https://"))


@pytest.mark.parametrize("blob, given, missing", [
    ("s3://answers?region=eu-central-1", {}, "AWS_ACCESS_KEY_ID"),
    ("s3://answers?region=eu-central-1", {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE"}, "AWS_SECRET_ACCESS_KEY"),
    ("azure://answers?account=mine", {}, "AZURE_STORAGE_KEY"),
    ("azure://answers?account=mine", {"AZURE_STORAGE_KEY": "not in base 64!"}, "base 64"),
    ("s3://answers?region=eu-central-1", {"PARLEY_BLOB_CREDENTIALS_FILE": "/nonexistent/file"}, "/nonexistent/file"),
])
def test_what_permits_is_missing(blob, given, missing):
    answer = presign({"PARLEY_BLOB": blob, **given})
    assert answer.returncode == 78 and missing in answer.stderr


def test_credentials_of_a_file(tmp_path):
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps({"accessKeyId": "AKIDFILE", "secretAccessKey": "secret", "sessionToken": "token"}))
    blob = {"PARLEY_BLOB": "s3://answers?region=eu-central-1&addressing=virtual", "PARLEY_BLOB_CREDENTIALS_FILE": str(file)}
    address = urlsplit(presign(blob | S3).stdout.strip())
    query = parse_qs(address.query)
    assert (address.netloc, address.path) == ("answers.s3.eu-central-1.amazonaws.com", "/a/b.webm")
    assert query["X-Amz-Credential"][0].startswith("AKIDFILE/") and query["X-Amz-Security-Token"] == ["token"]
    assert query["X-Amz-SignedHeaders"] == ["content-type;host;if-none-match"]
    file.write_text("{broken")
    assert "cannot be read as JSON" in presign(blob).stderr


@pytest.mark.parametrize("conditions, status", [("no", 200), ("yes", 501)])
def test_a_server_without_conditional_writes(bucket, conditions, status):
    """OpenStack Swift as it is refuses conditions; without them it stores, and a grant can be used again."""
    server = bucket.server
    settings = {
        "PARLEY_BLOB": f"s3://{bucket.name}?region={server.region}&endpoint={server.endpoint}&conditions={conditions}",
        "AWS_ACCESS_KEY_ID": server.access_key, "AWS_SECRET_ACCESS_KEY": server.secret_key}
    address = presign(settings, contentType="video/webm", contentLength=4).stdout.strip()
    headers = {"Content-Type": "video/webm"} | ({"If-None-Match": "*"} if conditions == "yes" else {})
    for _ in range(2):
        assert requests.put(address, data=b"take", headers=headers).status_code == status


# ---- Vercel, and keys that Azure lends ------------------------------------------

TOKEN = "vercel_blob_rw_AbC123_secret"
LENT = {"objectId": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "tenantId": "6fa459ea-ee8a-3ca4-894e-db77e160355e",
        "start": "2026-11-21T08:00:00Z", "expiry": "2099-11-22T08:00:00Z", "service": "b", "version": "2026-04-06", "value": "c2VjcmV0"}


@pytest.fixture
def ours(tmp_path):
    """What our own addresses are made with."""
    secret = tmp_path / "secret"
    secret.touch(0o600)
    secret.write_text(os.urandom(32).hex())
    return {"PARLEY_BASE_URL": "https://parley.example", "PARLEY_PLAYBACK_SECRET_FILE": str(secret)}


@pytest.mark.parametrize("blob, token, words", [
    ("vercel://AbC123", "", "BLOB_READ_WRITE_TOKEN"), ("vercel://AbC123", "vercel_blob_client_AbC123_secret", "vercel_blob_rw_STORE_SECRET"),
    ("vercel://", TOKEN, "vercel://AbC123"), ("vercel://another", TOKEN, "vercel://AbC123"),
    ("vercel://AbC123?region=fra1", TOKEN, "vercel://store"), ("vercel://AbC123?endpoint=vercel.com", TOKEN, "https://vercel.com/api/blob")])
def test_a_vercel_store_that_is_refused(ours, blob, token, words):
    answer = presign(ours | {"PARLEY_BLOB": blob, "BLOB_READ_WRITE_TOKEN": token})
    assert answer.returncode == 78 and words in answer.stderr
    assert not token or token not in answer.stderr


def test_what_vercel_has_is_played_through_us(ours):
    settings = ours | {"PARLEY_BLOB": "vercel://abc123", "BLOB_READ_WRITE_TOKEN": TOKEN}
    played = urlsplit(presign(settings, "GET").stdout.strip())
    assert (played.netloc, played.path) == ("parley.example", "/blob/a/b.webm")
    # The token stays here.
    assert set(parse_qs(played.query)) == {"expires", "signature"}
    assert presign(settings, "PUT").stdout.strip() == "https://vercel.com/api/blob/?pathname=a%2Fb.webm"


def azure_with(tmp_path, key):
    file = tmp_path / "credentials.json"
    file.write_text(json.dumps({"userDelegationKey": key}))
    return presign({"PARLEY_BLOB": "azure://answers?account=mine", "PARLEY_BLOB_CREDENTIALS_FILE": str(file)})


@pytest.mark.parametrize("change, words", [
    *[({name: ""}, name) for name in LENT], ({"value": "not in base 64!"}, "base 64"), ({"expiry": "2026-11-20T08:00:00Z"}, "expired"),
    ({"expiry": "next week"}, "expired")])
def test_a_lent_key_that_is_refused(tmp_path, change, words):
    answer = azure_with(tmp_path, LENT | change)
    assert answer.returncode == 78 and words in answer.stderr
    assert LENT["value"] not in answer.stderr


def test_a_lent_key(tmp_path):
    query = parse_qs(urlsplit(azure_with(tmp_path, LENT).stdout.strip()).query)
    assert (query["skoid"], query["ske"], query["sp"], query["sv"]) == ([LENT["objectId"]], [LENT["expiry"]], ["c"], ["2026-04-06"])
