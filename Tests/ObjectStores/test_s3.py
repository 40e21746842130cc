"""Signed addresses against a real S3: what they allow, and what it refuses."""

import base64
import hashlib
import re
from datetime import datetime, timedelta, timezone

import pytest
import requests

BODY = bytes(range(256)) * 64


def md5(content):
    """As `Content-MD5` has it."""
    return base64.b64encode(hashlib.md5(content).digest()).decode()


def test_what_was_put_can_be_got(bucket):
    assert bucket.put("a/whole.webm", BODY, contentType="video/webm", contentLength=len(BODY)).status_code == 200
    answer = requests.get(bucket.sign("GET", "a/whole.webm"))
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, BODY, "video/webm")
    head = requests.head(bucket.sign("HEAD", "a/whole.webm"))
    assert (head.status_code, int(head.headers["Content-Length"])) == (200, len(BODY))


def test_a_range(bucket):
    bucket.put("a/range.webm", BODY)
    answer = requests.get(bucket.sign("GET", "a/range.webm"), headers={"Range": "bytes=100-199"})
    assert (answer.status_code, answer.content) == (206, BODY[100:200])


@pytest.mark.parametrize("key", ["with space.webm", "plus+and%2Fpercent.webm", "é/日本/🎥.webm", "a~b-c_d.e/(f)'g!*", "question?and#hash"])
def test_odd_keys(bucket, key):
    assert bucket.put(key, b"odd").status_code == 200
    assert requests.get(bucket.sign("GET", key)).content == b"odd"


def test_another_type_than_signed(bucket):
    assert bucket.put("a/type.webm", BODY, {"Content-Type": "text/html"}, contentType="video/webm").status_code == 403


def test_another_length_than_signed(bucket):
    assert bucket.put("a/length.webm", BODY, contentLength=len(BODY) - 1).status_code == 403


def test_other_bytes_than_signed(bucket):
    assert bucket.put("a/md5.webm", BODY[::-1], {"Content-MD5": md5(BODY)}, contentMd5=md5(BODY)).status_code == 400
    # Nor with their own digest, which is not the signed one, or with none.
    assert bucket.put("a/md5.webm", BODY[::-1], {"Content-MD5": md5(BODY[::-1])}, contentMd5=md5(BODY)).status_code == 403
    assert bucket.put("a/md5.webm", BODY[::-1], contentMd5=md5(BODY)).status_code == 403
    assert requests.get(bucket.sign("GET", "a/md5.webm")).status_code == 404
    assert bucket.put("a/md5.webm", BODY, {"Content-MD5": md5(BODY)}, contentMd5=md5(BODY)).status_code == 200
    assert requests.head(bucket.sign("HEAD", "a/md5.webm")).headers["ETag"] == f'"{hashlib.md5(BODY).hexdigest()}"'


def test_an_expired_address(bucket):
    before = (datetime.now(timezone.utc) - timedelta(minutes=10)).isoformat(timespec="seconds")
    assert bucket.put("a/late.webm", BODY, now=before, expires=300).status_code == 403


@pytest.mark.parametrize("change", [
    lambda address: address[:-1] + ("0" if address[-1] != "0" else "1"),
    lambda address: address.replace("mine.webm", "yours.webm"),
    lambda address: re.sub(r"X-Amz-Expires=\d+", "X-Amz-Expires=86400", address),
    lambda address: re.sub(r"&X-Amz-Signature=.*", "", address),
])
def test_a_changed_address(bucket, change):
    address = bucket.sign("PUT", "a/mine.webm")
    assert requests.put(change(address), data=BODY).status_code in (400, 403)
    assert requests.get(bucket.sign("GET", "a/mine.webm")).status_code == 404
    assert requests.get(bucket.sign("GET", "a/yours.webm")).status_code == 404


def test_an_address_to_put_does_not_get(bucket):
    bucket.put("a/put.webm", BODY)
    assert requests.get(bucket.sign("PUT", "a/put.webm")).status_code == 403


def test_deleting(bucket):
    bucket.put("a/gone.webm", BODY)
    assert requests.delete(bucket.sign("DELETE", "a/gone.webm")).status_code == 204
    assert requests.get(bucket.sign("GET", "a/gone.webm")).status_code == 404


# ---- In parts --------------------------------------------------------------------

PART = b"x" * (5 << 20)


def begin(bucket, key):
    answer = requests.post(bucket.sign("POST", key, query={"uploads": ""}), headers={"Content-Type": "video/webm"})
    return re.search("<UploadId>(.+)</UploadId>", answer.text)[1]


def send(bucket, key, upload, number, body):
    answer = requests.put(bucket.sign("PUT", key, query={"uploadId": upload, "partNumber": str(number)}), data=body)
    assert answer.status_code == 200
    return answer.headers["ETag"]


def complete(bucket, key, upload, tags):
    parts = "".join(f"<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>" for number, tag in tags.items())
    return requests.post(
        bucket.sign("POST", key, query={"uploadId": upload}), data=f"<CompleteMultipartUpload>{parts}</CompleteMultipartUpload>")


def test_in_parts(bucket):
    upload = begin(bucket, "parts.webm")
    tags = {1: send(bucket, "parts.webm", upload, 1, PART), 2: send(bucket, "parts.webm", upload, 2, b"end")}
    listed = requests.get(bucket.sign("GET", "parts.webm", query={"uploadId": upload})).text
    assert re.findall("<Size>(\\d+)</Size>", listed) == [str(len(PART)), "3"]
    assert complete(bucket, "parts.webm", upload, tags).status_code == 200
    assert requests.get(bucket.sign("GET", "parts.webm")).content == PART + b"end"
    digests = [hashlib.md5(content).digest() for content in (PART, b"end")]
    tag = requests.head(bucket.sign("HEAD", "parts.webm")).headers["ETag"]
    assert tag == f'"{hashlib.md5(b"".join(digests)).hexdigest()}-2"'


def test_a_part_that_was_lost(bucket):
    upload = begin(bucket, "lost.webm")
    first = send(bucket, "lost.webm", upload, 1, PART)
    answer = complete(bucket, "lost.webm", upload, {1: first, 2: '"00000000000000000000000000000000"'})
    assert "InvalidPart" in answer.text
    assert requests.get(bucket.sign("GET", "lost.webm")).status_code == 404


def test_an_upload_that_was_given_up(bucket):
    upload = begin(bucket, "given-up.webm")
    send(bucket, "given-up.webm", upload, 1, PART)
    assert requests.delete(bucket.sign("DELETE", "given-up.webm", query={"uploadId": upload})).status_code == 204
    assert requests.get(bucket.sign("GET", "given-up.webm", query={"uploadId": upload})).status_code == 404
