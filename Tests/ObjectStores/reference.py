"""Signs with the providers' own libraries what Presign signs, and compares.

    reference.py PRESIGN        a thousand generated cases of each kind; exits with 1 when one differs

PRESIGN is the command that `make` builds: .build/release/Presign.
"""

import base64
import datetime
import hashlib
import hmac
import json
import random
import subprocess
import sys
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import botocore.auth
import botocore.session
from azure.storage.blob import UserDelegationKey
from azure.storage.blob._shared_access_signature import BlobSharedAccessSignature
from botocore.config import Config

CASES = 1000
# Letters that encoders disagree about, in every script.
ODD = ["a", "Z", "7", " ", "+", "%", "%2F", "&", "=", "?", "#", "~", "-", "_", ".", "..", "/", "//", "*", "'", "(", ")", "!", "@", ":", ";",
       ",", "$", "[", "]", "{", "}", "|", "\\", "^", "`", "\"", "<", ">", "é", "ß", "日本", "🎥", "\u0301", "א"]
# The first and last second of a day and of a year, leap days, the end of 32 bits.
CLOCKS = ["2026-11-21T09:00:00Z", "2024-02-29T23:59:59Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z", "2038-01-19T03:14:08Z",
          "2013-05-24T00:00:00Z", "2099-12-31T12:34:56Z"]
random = random.Random(7)


def odd_key():
    # A leading slash would be another bucket's path to an URL parser.
    return "k" + "".join(random.choices(ODD, k=random.randint(1, 24)))


def moment():
    text = random.choice(CLOCKS)
    return text, datetime.datetime.fromisoformat(text)


def secret(length):
    return "".join(random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", k=length))


# ---- S3 --------------------------------------------------------------------------

def s3_order(method):
    order = {
        "store": "s3", "method": method, "key": odd_key(), "now": random.choice(CLOCKS), "expires": random.randint(1, 604800),
        "endpoint": random.choice(["https://s3.eu-central-1.amazonaws.com", "http://127.0.0.1:18080", "https://objects.example:8443", "https://s3.example"]),
        "bucket": random.choice(["answers", "an.swers-7"]), "region": random.choice(["us-east-1", "eu-central-1", "garage"]),
        "addressing": random.choice(["path", "virtual"]), "accessKeyId": secret(20).replace("/", "A").replace("+", "B"), "secretAccessKey": secret(40)}
    if "127.0.0.1" in order["endpoint"]:
        # Of a bucket with a dot botocore makes the host an.swers.127.0.0.1, which is nowhere.
        order["addressing"] = "path"
    if random.random() < 0.5:
        order["sessionToken"] = secret(300)
    return order


def put_order():
    order = s3_order("PUT")
    if random.random() < 0.8:
        order["contentType"] = random.choice(["video/webm", "video/mp4", "video/webm;codecs=vp9,opus", "application/octet-stream"])
    if random.random() < 0.8:
        order["contentLength"] = random.choice([0, 1, 8 << 20, 2 << 30])
    return with_md5(order)


def part_order():
    order = {**s3_order("PUT"), "query": {"uploadId": secret(60), "partNumber": str(random.randint(1, 10000))}}
    if random.random() < 0.5:
        order["contentLength"] = random.choice([1, 5 << 20])
    return with_md5(order)


def multipart_order():
    """What else there is of an upload in parts: beginning, listing, completing and abandoning it."""
    if random.random() < 0.25:
        return {**s3_order("POST"), "query": {"uploads": ""}, "contentType": random.choice(["video/webm", "video/mp4"])}
    return {**s3_order(random.choice(["GET", "POST", "DELETE"])), "query": {"uploadId": secret(60)}}


def with_md5(order):
    if random.random() < 0.7:
        order["contentMd5"] = base64.b64encode(random.randbytes(16)).decode()
    return order


def form_order():
    return {**s3_order("POST"), "contentType": "video/webm", "mostBytes": random.choice([1, 2 << 30])}


def client_for(order, clients={}):
    # A client takes long to make, and reads its credentials anew for every signature.
    place = (order["endpoint"], order["region"], order["addressing"])
    if place not in clients:
        clients[place] = botocore.session.get_session().create_client(
            "s3", endpoint_url=order["endpoint"], region_name=order["region"], aws_access_key_id="x", aws_secret_access_key="x",
            config=Config(signature_version="s3v4", s3={"addressing_style": order["addressing"]}, request_checksum_calculation="when_required"))
    client = clients[place]
    credentials = client._request_signer._credentials
    credentials.access_key, credentials.secret_key, credentials.token = order["accessKeyId"], order["secretAccessKey"], order.get("sessionToken")
    return client


def at_its_time(order, sign):
    now = datetime.datetime.fromisoformat(order["now"])
    with patch("botocore.auth.get_current_datetime", lambda *_, **__: now), patch("botocore.signers.get_current_datetime", lambda *_, **__: now):
        return sign()


# What botocore calls a request, by its method and the names in its query.
OPERATIONS = {
    ("GET",): "get_object", ("PUT",): "put_object", ("POST", "uploads"): "create_multipart_upload",
    ("PUT", "partNumber", "uploadId"): "upload_part", ("GET", "uploadId"): "list_parts",
    ("POST", "uploadId"): "complete_multipart_upload", ("DELETE", "uploadId"): "abort_multipart_upload"}


def s3_address(order):
    place = {"Bucket": order["bucket"], "Key": order["key"]}
    query = order.get("query", {})
    operation = OPERATIONS[order["method"], *sorted(query)]
    more = {name: query[ours] for name, ours in (("UploadId", "uploadId"), ("PartNumber", "partNumber")) if ours in query}
    if "PartNumber" in more:
        more["PartNumber"] = int(more["PartNumber"])
    names = {"ContentType": "contentType", "ContentLength": "contentLength", "ContentMD5": "contentMd5"}
    more |= {name: order[ours] for name, ours in names.items() if ours in order}
    return at_its_time(order, lambda: client_for(order).generate_presigned_url(operation, Params=place | more, ExpiresIn=order["expires"]))


def s3_form(order):
    return at_its_time(order, lambda: client_for(order).generate_presigned_post(
        order["bucket"], order["key"], Fields={"Content-Type": order["contentType"]},
        Conditions=[{"Content-Type": order["contentType"]}, ["content-length-range", 1, order["mostBytes"]]], ExpiresIn=order["expires"]))


# ---- Azure -----------------------------------------------------------------------

def azure_order(method):
    order = {
        "store": "azure", "method": method, "key": odd_key(), "now": random.choice(CLOCKS), "expires": random.randint(1, 604800),
        "account": "parley", "container": random.choice(["answers", "$root"])}
    if random.random() < 0.3:
        order["contentType"] = "video/webm"
    return order


def account_order():
    return {**azure_order(random.choice(["GET", "PUT", "DELETE"])), "accountKey": base64.b64encode(random.randbytes(64)).decode()}


def delegation_order():
    return {**azure_order(random.choice(["GET", "PUT", "DELETE"])), "userDelegationKey": {
        "objectId": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "tenantId": "6fa459ea-ee8a-3ca4-894e-db77e160355e", "start": "2026-11-21T08:00:00Z",
        "expiry": "2026-11-22T08:00:00Z", "service": "b", "version": "2026-04-06", "value": base64.b64encode(random.randbytes(32)).decode()}}


def lent(key):
    """The key as the library has it."""
    result = UserDelegationKey()
    result.signed_oid, result.signed_tid, result.signed_start, result.signed_expiry = key["objectId"], key["tenantId"], key["start"], key["expiry"]
    result.signed_service, result.signed_version, result.value = key["service"], key["version"], key["value"]
    # Of keys that are lent to a user of another tenant.
    result.signed_delegated_user_tid = None
    return result


def azure_signature(order):
    key = order.get("userDelegationKey")
    signer = BlobSharedAccessSignature(order["account"], order.get("accountKey"), lent(key) if key else None)
    signer.x_ms_version = "2026-04-06"
    end = datetime.datetime.fromisoformat(order["now"]) + datetime.timedelta(seconds=order["expires"])
    token = signer.generate_blob(
        order["container"], order["key"], permission={"GET": "r", "PUT": "c", "DELETE": "d"}[order["method"]], expiry=end, protocol="https",
        content_type=order.get("contentType"))
    return {name: values[0] for name, values in parse_qs(token).items()}


# ---- Vercel ----------------------------------------------------------------------

def vercel_order():
    return {
        "store": "vercel", "method": "PUT", "key": odd_key(), "now": random.choice(CLOCKS), "expires": 900, "contentType": "video/webm",
        "mostBytes": 2 << 30, "readWriteToken": f"vercel_blob_rw_{secret(16).replace('/', 'A').replace('+', 'B')}_{secret(30).replace('/', 'A').replace('+', 'B')}"}


def is_vercel_token(order, answer):
    """Reads the token as the service does: https://github.com/vercel/storage/blob/main/packages/blob/src/client.ts"""
    _, _, kind, store, coded = answer["token"].split("_", 4)
    signature, payload = base64.b64decode(coded, validate=True).decode().split(".")
    right = hmac.new(order["readWriteToken"].encode(), payload.encode(), hashlib.sha256).hexdigest()
    claims = json.loads(base64.b64decode(payload, validate=True))
    end = datetime.datetime.fromisoformat(order["now"]).timestamp() + order["expires"]
    return (kind, store, signature) == ("client", order["readWriteToken"].split("_")[3], right) and claims == {
        "pathname": order["key"], "maximumSizeInBytes": order["mostBytes"], "allowedContentTypes": [order["contentType"]],
        "validUntil": end * 1000, "addRandomSuffix": False, "allowOverwrite": False}


# ---- Comparing -------------------------------------------------------------------

def same_address(answer, expected):
    """Whatever the order of the parameters."""
    return urlsplit(answer)[:3] == urlsplit(expected)[:3] and sorted(urlsplit(answer).query.split("&")) == sorted(urlsplit(expected).query.split("&"))


def same_query(answer, expected):
    return {name: values[0] for name, values in parse_qs(urlsplit(answer).query, strict_parsing=True).items()} == expected


KINDS = {
    "S3, PUT": (put_order, lambda order, answer: answer == s3_address(order)),
    "S3, GET": (lambda: s3_order("GET"), lambda order, answer: answer == s3_address(order)),
    "S3, part": (part_order, lambda order, answer: same_address(answer, s3_address(order))),
    "S3, multipart": (multipart_order, lambda order, answer: same_address(answer, s3_address(order))),
    "S3, form": (form_order, lambda order, answer: json.loads(answer) == s3_form(order)),
    "Azure, account": (account_order, lambda order, answer: same_query(answer, azure_signature(order))),
    "Azure, delegation": (delegation_order, lambda order, answer: same_query(answer, azure_signature(order))),
    "Vercel": (vercel_order, lambda order, answer: is_vercel_token(order, json.loads(answer))),
}


def main():
    failed = 0
    for kind, (make, is_right) in KINDS.items():
        orders = [make() for _ in range(CASES)]
        lines = "".join(json.dumps(order) + "\n" for order in orders)
        answers = subprocess.run([sys.argv[1]], input=lines, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        wrong = [(order, answer) for order, answer in zip(orders, answers, strict=True) if not is_right(order, answer)]
        print(f"{kind:<20} {CASES - len(wrong):>5} of {CASES} agree")
        for order, answer in wrong[:2]:
            print(f"  {json.dumps(order)}\n  {answer}")
        failed += len(wrong)
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
