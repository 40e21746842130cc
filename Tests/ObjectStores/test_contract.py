"""One exchange with every store: the requests that Parley makes, sent to the real S3 and to the stand-ins for the others."""

import base64
import hashlib
import json
import os
import re
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
import requests
from conftest import COMMANDS

BODY = bytes(range(256)) * 64
PART = os.urandom(8 << 20)
STORES = {"s3": ["s3_server.py"], "azure": ["azure_server.py"], "azure-delegation": ["azure_server.py", "delegation"],
          "vercel": ["vercel_server.py"]}


class Store:
    def __init__(self, name, told):
        self.name, self.told = name, told
        self.environment = os.environ | told["environment"] | {
            "PARLEY_BLOB": told["blob"].format(endpoint=f"http://127.0.0.1:{told['port']}"), "PARLEY_RUN": "/nonexistent",
            "PARLEY_BASE_URL": "http://127.0.0.1:1", "PARLEY_PLAYBACK_SECRET_FILE": told["secret"]}

    def sign(self, operation, key, **more):
        """The request as SignRequest prints it; None where the store has none."""
        order = {"operation": operation, "key": key, **more}
        answer = subprocess.run(
            [COMMANDS / "SignRequest"], input=json.dumps(order) + "\n", stdout=subprocess.PIPE, text=True, check=True, env=self.environment)
        return json.loads(answer.stdout)

    def ask(self, operation, key, content=None, change=None, **more):
        """Signs and sends; `change` alters the request in between."""
        request = self.sign(operation, key, **more)
        if change:
            change(request)
        return requests.request(
            request["method"], request["url"], headers=request["headers"], data=request["body"].encode() if content is None else content)

    def put(self, key, content=BODY, contentType="video/webm", **more):
        return self.ask("put", key, content, contentType=contentType, **{"size": len(content), **more})

    def is_there(self, key):
        answer = self.ask("head", key)
        assert answer.status_code in (200, 404)
        return answer.status_code == 200

    def begin(self, key):
        """Begins an upload in parts and returns what the store calls it."""
        request = self.sign("beginParts", key, contentType="video/webm")
        if request is None:
            return ""
        answer = requests.request(request["method"], request["url"], headers=request["headers"])
        assert answer.status_code == 200
        found = re.search("<UploadId>(.+)</UploadId>", answer.text)
        return found[1] if found else f"{answer.json()['uploadId']} {answer.json()['key']}"

    def send_part(self, key, upload, number, content):
        """Sends a part and returns it with the tag by which it is known."""
        answer = self.ask("putPart", key, content, upload=upload, number=number, size=len(content))
        assert answer.status_code in (200, 201)
        tag = self.block_name(number) if self.name.startswith("azure") else answer.headers.get("ETag") or answer.json()["etag"]
        return {"number": number, "size": len(content), "tag": tag}

    def block_name(self, number):
        return re.search("blockid=([^&]+)", self.sign("putPart", "any", number=number, size=1)["url"])[1].replace("%3D", "=")

    def complete(self, key, upload, parts):
        return self.ask("completeParts", key, upload=upload, parts=parts, contentType="video/webm")


@pytest.fixture(scope="module", params=STORES)
def store(request, servers, tmp_path_factory):
    secret = tmp_path_factory.mktemp("secret") / "secret"
    secret.touch(0o600)
    secret.write_text(os.urandom(32).hex())
    return Store(request.param, {**servers(*STORES[request.param]), "secret": str(secret)})


@pytest.fixture
def key():
    # Several words, for a store that encodes keys in some places and not in others.
    return f"organisation/interview/{os.urandom(8).hex()} +é.webm"


def taken(answer):
    return answer.status_code in (200, 201)


def test_what_was_put_can_be_got(store, key):
    assert not store.is_there(key)
    assert taken(store.put(key))
    answer = store.ask("get", key)
    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, BODY, "video/webm")
    assert store.ask("head", key).headers["Content-Length"] == str(len(BODY))


def test_a_range(store, key):
    store.put(key)
    answer = store.ask("get", key, first=100, last=199)
    assert (answer.status_code, answer.content) == (206, BODY[100:200])
    assert answer.headers["Content-Range"] == f"bytes 100-199/{len(BODY)}"


def test_a_range_beyond_the_end(store, key):
    store.put(key)
    assert store.ask("get", key, first=len(BODY), last=len(BODY) + 9).status_code == 416


def test_never_written_over(store, key):
    assert taken(store.put(key))
    assert store.put(key, b"x" * len(BODY)).status_code in (400, 403, 409, 412)
    assert store.ask("get", key).content == BODY


@pytest.mark.parametrize("operation", ["put", "get", "head", "delete", "putPart"])
def test_a_wrong_signature(store, key, operation):
    if operation in ("get", "head", "delete"):
        store.put(key)

    def damage(request):
        """Another last letter of what permits, wherever it stands."""
        token = request["headers"].get("Authorization")
        if token:
            request["headers"]["Authorization"] = token[:-8] + token[-8:].swapcase().translate(str.maketrans("0123456789", "1234567890"))
        else:
            request["url"] = re.sub("((?:sig|Signature)=)(.)", lambda found: found[1] + ("A" if found[2] != "A" else "B"), request["url"])
    answer = store.ask(operation, key, BODY if operation.startswith("put") else None, damage, upload="none none", size=len(BODY))
    assert answer.status_code == 403
    assert store.is_there(key) == (operation in ("get", "head", "delete"))


@pytest.mark.parametrize("operation", ["put", "get", "putPart"])
def test_expired(store, key, operation):
    if store.name == "vercel" and operation == "get":
        pytest.skip("only our nginx asks, by the store's own token, which does not expire")
    before = (datetime.now(timezone.utc) - timedelta(minutes=10)).isoformat(timespec="seconds")
    answer = store.ask(operation, key, BODY if operation != "get" else None, upload="none none", size=len(BODY), now=before, expires=300,
                       **({"contentType": "video/webm"} if operation == "put" else {}))
    assert answer.status_code == 403


@pytest.mark.parametrize("operation", ["put", "putPart"])
def test_for_another_key(store, key, operation):
    def point_elsewhere(request):
        request["url"] = request["url"].replace("organisation", "elsewhere")
    answer = store.ask(operation, key, BODY, point_elsewhere, upload="none none", size=len(BODY))
    assert answer.status_code in (400, 403)
    assert not store.is_there(key.replace("organisation", "elsewhere"))


def test_longer_than_granted(store, key):
    if store.name.startswith("azure"):
        pytest.skip("Azure signs no size: what came is measured before it counts")
    assert store.put(key, BODY + b"more", size=len(BODY)).status_code in (400, 403)
    assert not store.is_there(key)


def digest(content):
    """As `Content-MD5` has it."""
    return base64.b64encode(hashlib.md5(content).digest()).decode()


def test_other_bytes_than_granted(store, key):
    if store.name == "vercel":
        pytest.skip("Vercel knows no digests: what came is only measured")
    other = BODY[::-1]
    refused = store.put(key, other, size=len(BODY), contentMd5=digest(BODY))
    assert refused.status_code == 400 and re.search("<Code>(BadDigest|Md5Mismatch)</Code>", refused.text)
    assert not store.is_there(key)
    assert taken(store.put(key, contentMd5=digest(BODY)))


def test_other_bytes_than_a_parts(store, key):
    if store.name == "vercel":
        pytest.skip("Vercel knows no digests")
    upload = store.begin(key)
    refused = store.ask("putPart", key, BODY[::-1], upload=upload, number=1, size=len(BODY), contentMd5=digest(BODY))
    assert refused.status_code == 400 and re.search("<Code>(BadDigest|Md5Mismatch)</Code>", refused.text)
    listed = store.ask("listParts", key, upload=upload)
    assert "<Size>" not in listed.text
    assert taken(store.ask("putPart", key, BODY, upload=upload, number=1, size=len(BODY), contentMd5=digest(BODY)))


def test_a_digest_that_is_left_out(store, key):
    """S3 signs it; Azure compares it where it is sent, and tells of the bytes that it has."""
    def leave_out(request):
        request["headers"].pop("Content-MD5", None)
    answer = store.ask("put", key, BODY[::-1], leave_out, contentType="video/webm", size=len(BODY), contentMd5=digest(BODY))
    if store.name == "s3":
        assert answer.status_code == 403 and not store.is_there(key)
    else:
        assert taken(answer)
        assert store.ask("head", key).headers.get("Content-MD5") == (None if store.name == "vercel" else digest(BODY[::-1]))


def test_another_type_than_granted(store, key):
    if store.name.startswith("azure"):
        pytest.skip("Azure signs no type: what came is looked at before it counts")

    def claim_html(request):
        name = "x-content-type" if store.name == "vercel" else "Content-Type"
        request["headers"][name] = "text/html"
    assert store.ask("put", key, BODY, claim_html, contentType="video/webm", size=len(BODY)).status_code in (400, 403)
    assert not store.is_there(key)


@pytest.mark.parametrize("operation", ["get", "delete", "copy"])
def test_a_grant_to_put_does_nothing_else(store, key, operation):
    store.put(key)
    grant = store.sign("put", key, contentType="video/webm", size=len(BODY))
    other = store.sign(operation, key, to=f"copy/{key}")
    # The other request, with the permission of this one.
    if "Authorization" in grant["headers"]:
        other["headers"]["Authorization"] = grant["headers"]["Authorization"]
    else:
        other["url"] = grant["url"]
    answer = requests.request(other["method"], other["url"], headers=other["headers"], data=other["body"])
    assert answer.status_code in (400, 403, 404)
    assert store.is_there(key) and not store.is_there(f"copy/{key}")


def test_in_parts(store, key):
    upload = store.begin(key)
    parts = [store.send_part(key, upload, 1, PART), store.send_part(key, upload, 2, b"end")]
    assert not store.is_there(key)
    assert taken(store.complete(key, upload, parts))
    answer = store.ask("get", key)
    assert (answer.content == PART + b"end", answer.headers["Content-Type"]) == (True, "video/webm")


def test_a_part_that_comes_again(store, key):
    upload = store.begin(key)
    store.send_part(key, upload, 1, b"x" * len(PART))
    parts = [store.send_part(key, upload, 1, PART), store.send_part(key, upload, 2, b"end")]
    assert taken(store.complete(key, upload, parts))
    assert store.ask("get", key).content == PART + b"end"


def test_a_part_that_was_lost(store, key):
    upload = store.begin(key)
    first = store.send_part(key, upload, 1, PART)
    tag = store.block_name(2) if store.name.startswith("azure") else '"00000000000000000000000000000000"'
    answer = store.complete(key, upload, [first, {"number": 2, "size": 3, "tag": tag}])
    assert not taken(answer) or "<Error>" in answer.text
    assert not store.is_there(key)


def test_which_parts_have_arrived(store, key):
    upload = store.begin(key)
    if store.sign("listParts", key, upload=upload) is None:
        pytest.skip("the store tells only the sender of each part")
    store.send_part(key, upload, 1, PART)
    store.send_part(key, upload, 2, b"end")
    answer = store.ask("listParts", key, upload=upload)
    assert answer.status_code == 200
    assert re.findall(r"<Size>(\d+)</Size>", answer.text) == [str(len(PART)), "3"]


def test_a_grant_for_a_part_replaces_nothing(store, key):
    """Whoever was granted a part cannot write over the recording once it is complete."""
    upload = store.begin(key)
    grant = store.sign("putPart", key, upload=upload, number=1, size=len(BODY))
    assert taken(store.complete(key, upload, [store.send_part(key, upload, 1, BODY)]))
    whole = store.sign("put", key, contentType="video/webm", size=len(BODY))
    if "Authorization" in grant["headers"]:
        whole["headers"]["Authorization"] = grant["headers"]["Authorization"]
    else:
        whole["url"] = re.sub("&?(comp|blockid|partNumber|uploadId)=[^&]*", "", grant["url"]).replace("?&", "?")
    del whole["headers"][next((name for name in whole["headers"] if name == "If-None-Match"), "x-allow-overwrite")]
    whole["headers"]["x-allow-overwrite"] = "1"
    answer = requests.request(whole["method"], whole["url"], headers=whole["headers"], data=b"x" * len(BODY))
    assert answer.status_code in (400, 403)
    assert store.ask("get", key).content == BODY


def test_given_up(store, key):
    upload = store.begin(key)
    store.send_part(key, upload, 1, PART)
    if store.sign("abandonParts", key, upload=upload) is None:
        pytest.skip("the store has no request for it")
    assert store.ask("abandonParts", key, upload=upload).status_code == 204
    assert store.ask("listParts", key, upload=upload).status_code == 404


def test_copied(store, key):
    store.put(key)
    assert store.ask("copy", key, to=f"copy/{key}").status_code in (200, 201, 202)
    assert store.ask("get", f"copy/{key}").content == BODY
    assert store.ask("copy", f"never/{key}", to=f"copy/never/{key}").status_code == 404


def test_deleted_twice(store, key):
    store.put(key)
    assert store.ask("delete", key).status_code in (200, 202, 204)
    assert not store.is_there(key)
    assert store.ask("delete", key).status_code in (200, 204, 404)


@pytest.mark.parametrize("fault, status", [({"status": 503, "times": 1}, 503), ({"down": True}, None)])
def test_a_store_that_is_unwell(store, key, fault, status):
    if "control" not in store.told:
        pytest.skip("the real S3 has no faults on demand")
    store.put(key)
    control = f"http://127.0.0.1:{store.told['control']}"
    requests.post(control, json=fault)
    try:
        if status is None:
            with pytest.raises(requests.ConnectionError):
                store.ask("get", key)
        else:
            assert store.ask("get", key).status_code == status
    finally:
        requests.post(control, json={})
    assert store.ask("get", key).content == BODY
