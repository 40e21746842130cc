"""Azure's own library against our stand-in for the service: what the library signs the stand-in takes, and what it would
be refused by the service it is refused here."""

import base64
import hashlib
import os
from datetime import datetime, timedelta, timezone

import pytest
import requests
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.storage.blob import (
    BlobBlock, BlobClient, ContainerClient, ContentSettings, UserDelegationKey, generate_blob_sas, generate_container_sas)

BODY = os.urandom(300_000)


@pytest.fixture(scope="module")
def azure(servers):
    told = servers("azure_server.py")
    return told | {"container_url": f"http://127.0.0.1:{told['port']}/{told['account']}/{told['container']}"}


@pytest.fixture(params=["account", "delegation"])
def sign(azure, request):
    """Makes signed addresses as the library does, with either kind of key."""
    if request.param == "account":
        key = {"account_key": azure["accountKey"]}
    else:
        lent, told = UserDelegationKey(), azure["userDelegationKey"]
        lent.signed_oid, lent.signed_tid, lent.signed_start, lent.signed_expiry = (
            told["objectId"], told["tenantId"], told["start"], told["expiry"])
        lent.signed_service, lent.signed_version, lent.value = told["service"], told["version"], told["value"]
        lent.signed_delegated_user_tid = None
        key = {"user_delegation_key": lent}

    def sign(name, permission, minutes=10, **more):
        end = datetime.now(timezone.utc) + timedelta(minutes=minutes)
        query = generate_blob_sas(azure["account"], azure["container"], name, permission=permission, expiry=end, **key, **more)
        return f"{azure['container_url']}/{name}?{query}"
    return sign


def blob(address, **more):
    return BlobClient.from_blob_url(address, retry_total=0, **more)


def name():
    return f"library/{os.urandom(8).hex()}.webm"


def test_whole(sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY, content_settings=ContentSettings(content_type="video/webm"))
    reader = blob(sign(key, "r"))
    properties = reader.get_blob_properties()
    assert (properties.size, properties.content_settings.content_type) == (len(BODY), "video/webm")
    assert reader.download_blob().readall() == BODY
    assert reader.download_blob(offset=1000, length=50).readall() == BODY[1000:1050]


def test_digests(sign):
    """The library's own, which it makes when asked to; the service tells of what was put whole."""
    key, digest = name(), hashlib.md5(BODY).digest()
    blob(sign(key, "c")).upload_blob(BODY, validate_content=True)
    reader = blob(sign(key, "r"))
    assert bytes(reader.get_blob_properties().content_settings.content_md5) == digest
    assert reader.download_blob(validate_content=True).readall() == BODY
    for wrong, code in ((hashlib.md5(b"other").digest(), "Md5Mismatch"), (b"short", "InvalidMd5")):
        headers = {"x-ms-blob-type": "BlockBlob", "Content-MD5": base64.b64encode(wrong).decode()}
        answer = requests.put(sign(name(), "c"), data=BODY, headers=headers)
        assert (answer.status_code, answer.headers["x-ms-error-code"]) == (400, code)


def test_in_blocks(sign):
    key = name()
    writer = blob(sign(key, "cw"), max_single_put_size=1, max_block_size=100_000)
    writer.upload_blob(BODY)
    assert blob(sign(key, "r")).download_blob().readall() == BODY
    committed, waiting = blob(sign(key, "r")).get_block_list("all")
    assert ([entry.size for entry in committed], waiting) == ([100_000] * 3, [])


def test_a_lost_block(sign):
    key, first = name(), base64.b64encode(b"000001").decode()
    writer = blob(sign(key, "cw"))
    writer.stage_block(first, BODY)
    with pytest.raises(HttpResponseError) as refused:
        writer.commit_block_list([BlobBlock(first), BlobBlock(base64.b64encode(b"000002").decode())])
    assert refused.value.error_code == "InvalidBlockList"
    assert [entry.size for entry in blob(sign(key, "r")).get_block_list("uncommitted")[1]] == [len(BODY)]
    with pytest.raises(ResourceNotFoundError):
        blob(sign(key, "r")).get_blob_properties()


def test_blocks_by_who_may_only_create(sign):
    key, first = name(), base64.b64encode(b"000001").decode()
    writer = blob(sign(key, "c"))
    writer.stage_block(first, BODY)
    writer.commit_block_list([BlobBlock(first)])
    writer.stage_block(first, b"other")
    with pytest.raises(HttpResponseError) as refused:
        writer.commit_block_list([BlobBlock(first)])
    assert refused.value.error_code == "UnauthorizedBlobOverwrite"


def test_never_written_over(sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    with pytest.raises(ResourceExistsError):
        blob(sign(key, "cw")).upload_blob(BODY)
    with pytest.raises(HttpResponseError) as refused:
        blob(sign(key, "c")).upload_blob(BODY, overwrite=True)
    assert refused.value.error_code == "UnauthorizedBlobOverwrite"
    blob(sign(key, "w")).upload_blob(b"new", overwrite=True)
    assert blob(sign(key, "r")).download_blob().readall() == b"new"


def test_deleted_once(sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    blob(sign(key, "d")).delete_blob()
    with pytest.raises(ResourceNotFoundError):
        blob(sign(key, "d")).delete_blob()


def test_copied(sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    blob(sign(f"copy/{key}", "c")).start_copy_from_url(sign(key, "r"), requires_sync=True)
    assert blob(sign(f"copy/{key}", "r")).download_blob().readall() == BODY


def test_listed(azure, sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    end = datetime.now(timezone.utc) + timedelta(minutes=10)
    query = generate_container_sas(azure["account"], azure["container"], azure["accountKey"], permission="l", expiry=end)
    container = ContainerClient.from_container_url(f"{azure['container_url']}?{query}", retry_total=0)
    assert [entry.size for entry in container.list_blobs(name_starts_with=key)] == [len(BODY)]
    everything = [entry.name for page in container.list_blobs(results_per_page=2).by_page() for entry in page]
    assert key in everything and len(everything) == len(set(everything))


@pytest.mark.parametrize("permission", ["w", "d"])
def test_another_permission(sign, permission):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    with pytest.raises(HttpResponseError) as refused:
        blob(sign(key, permission)).download_blob()
    assert refused.value.error_code == "AuthorizationPermissionMismatch"


@pytest.mark.parametrize("change", [
    lambda address: address[:-6] + ("AAAAAA" if address[-6:] != "AAAAAA" else "BBBBBB"),
    lambda address: address.replace("sp=r", "sp=rw"),
    lambda address: address.replace(".webm", "x.webm"),
    lambda address: address + "&rsct=text%2Fhtml"])
def test_a_changed_address(sign, change):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY)
    with pytest.raises(ClientAuthenticationError):
        blob(change(sign(key, "r"))).download_blob()


def test_an_expired_address(sign):
    with pytest.raises(ClientAuthenticationError):
        blob(sign(name(), "r", minutes=-1)).download_blob()


def test_what_a_reader_is_told(sign):
    key = name()
    blob(sign(key, "c")).upload_blob(BODY, content_settings=ContentSettings(content_type="video/webm"))
    answer = requests.get(sign(key, "r", content_type="application/octet-stream", content_disposition='attachment; filename="a.pdf"'))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'


def test_without_a_kind_of_blob(sign):
    answer = requests.put(sign(name(), "c"), data=b"x")
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (400, "MissingRequiredHeader")


def test_only_over_tls(sign):
    answer = requests.get(sign(name(), "r", protocol="https"))
    assert (answer.status_code, answer.headers["x-ms-error-code"]) == (403, "AuthorizationProtocolMismatch")
