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
