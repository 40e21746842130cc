"""A stand-in for Azure Blob Storage that checks what the service checks.

As a program it is what Tests/RemoteStores/run.py needs. With the argument `delegation` it permits by a user delegation key
instead of the account's.

Signatures are computed here from Azure's documentation, by nothing that Parley uses:
https://learn.microsoft.com/rest/api/storageservices/create-service-sas
https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import sys
import time
import uuid
from datetime import datetime, timedelta, timezone
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import child
from store_double import Handler, Refused, Stored, serve

ACCOUNT, CONTAINER = "parleytests", "answers"
ACCOUNT_KEY = base64.b64encode(os.urandom(64)).decode()
OLDEST, NEWEST = "2020-12-06", "2026-10-06"
# From here on those who may create may also send blocks.
BLOCKS_BY_CREATE = "2026-04-06"
LARGEST_BLOB, LARGEST_BLOCK = 5000 << 20, 4000 << 20


def stamp(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def lend_key():
    """As `Get User Delegation Key` answers."""
    now = datetime.now(timezone.utc)
    return {"objectId": str(uuid.uuid4()), "tenantId": str(uuid.uuid4()), "start": stamp(now - timedelta(minutes=5)),
            "expiry": stamp(now + timedelta(hours=1)), "service": "b", "version": BLOCKS_BY_CREATE,
            "value": base64.b64encode(os.urandom(32)).decode()}


LENT = lend_key()
blobs = {}
# By blob, in the order of arrival: blocks that no blob is made of yet.
uncommitted = {}
committed = {}


def denied(message):
    return Refused(403, "AuthenticationFailed", f"Server failed to authenticate the request. {message}")


class Signature:
    """What a shared access signature allows; it raises where the signature is none."""

    def __init__(self, query, resource, is_container):
        self.query = query
        for name in ("sv", "sr", "sp", "se", "sig"):
            if not query.get(name):
                raise denied(f"{name} is mandatory. Cannot be empty")
        if not OLDEST <= query["sv"] <= NEWEST or query["sr"] not in ("b", "c"):
            raise denied("Signed version or resource is not known.")
        if is_container and query["sr"] != "c":
            raise Refused(403, "AuthorizationResourceTypeMismatch", "This request is not authorized to use this resource type.")
        if query["sr"] == "c":
            resource = "/".join(resource.split("/")[:4])
        key, text = self.lent(resource) if "skoid" in query else self.accounts(resource)
        right = base64.b64encode(hmac.digest(base64.b64decode(key), text.encode(), hashlib.sha256)).decode()
        if not hmac.compare_digest(right.encode(), query["sig"].encode()):
            raise denied("Signature did not match.")
        self.check_time(query.get("st"), query["se"])
        if query.get("spr") == "https":
            raise Refused(403, "AuthorizationProtocolMismatch", "This request is not authorized to use this protocol.")

    def values(self, *names):
        return [self.query.get(name, "") for name in names]

    def accounts(self, resource):
        lines = [*self.values("sp", "st", "se"), resource, *self.values("si", "sip", "spr", "sv", "sr"), "",
                 *self.values("ses", "rscc", "rscd", "rsce", "rscl", "rsct")]
        return ACCOUNT_KEY, "\n".join(lines)

    def lent(self, resource):
        told = self.values("skoid", "sktid", "skt", "ske", "sks", "skv")
        if told != [LENT[name] for name in ("objectId", "tenantId", "start", "expiry", "service", "version")]:
            raise denied("The user delegation key is not known.")
        self.check_time(self.query["skt"], self.query["ske"])
        lines = [*self.values("sp", "st", "se"), resource, *told, *self.values("saoid", "suoid", "scid")]
        if self.query["sv"] >= "2025-07-05":
            lines += self.values("skdutid", "sduoid")
        lines += [*self.values("sip", "spr", "sv", "sr"), "", *self.values("ses")]
        if self.query["sv"] >= "2026-04-06":
            lines += ["", ""]
        return LENT["value"], "\n".join([*lines, *self.values("rscc", "rscd", "rsce", "rscl", "rsct")])

    @staticmethod
    def check_time(start, end):
        now = stamp(datetime.now(timezone.utc))
        if (start and now < start) or now > end:
            raise denied(f"Signature not valid in the specified time frame: Start [{start}] - Expiry [{end}] - Current [{now}]")

    def require(self, letters):
        if not set(letters) & set(self.query["sp"]):
            raise Refused(403, "AuthorizationPermissionMismatch", "This request is not authorized to perform this operation using this permission.")

    def told_instead(self):
        """Headers that a reader is to be told, whatever is stored."""
        names = {"rscc": "Cache-Control", "rscd": "Content-Disposition", "rsce": "Content-Encoding", "rscl": "Content-Language",
                 "rsct": "Content-Type"}
        return {header: self.query[name] for name, header in names.items() if name in self.query}


class Azure(Handler):
    cors = ("GET, HEAD, PUT", "content-md5, content-type, if-none-match, range, x-ms-blob-type, x-ms-version", "etag, x-ms-request-id")
    unwell = ("ServerBusy", "The server is currently unable to receive requests. Please retry your request.")

    def respond(self):
        _, account, container, *name = self.address.split("/", 3)
        if (account, container) != (ACCOUNT, CONTAINER):
            raise Refused(404, "ContainerNotFound", "The specified container does not exist.")
        self.name = name[0] if name else ""
        self.signature = Signature(self.query, f"/blob{self.address}", not self.name)
        operation = (self.command, self.query.get("comp"), "x-ms-copy-source" in self.headers)
        if not self.name:
            return self.list()
        answers = {
            ("GET", None, False): self.get, ("HEAD", None, False): self.get, ("DELETE", None, False): self.delete,
            ("PUT", None, False): self.put, ("PUT", None, True): self.copy, ("PUT", "block", False): self.put_block,
            ("PUT", "blocklist", False): self.put_list, ("GET", "blocklist", False): self.get_list}
        if operation not in answers:
            raise Refused(400, "InvalidQueryParameterValue", "Value for one of the query parameters is invalid.")
        return answers[operation]()

    def reply(self, status, body=b"", headers=None):
        common = {"Server": "Windows-Azure-Blob/1.0", "x-ms-request-id": str(uuid.uuid4()),
                  "x-ms-version": self.headers.get("x-ms-version") or self.query.get("sv") or NEWEST}
        super().reply(status, body, common | (headers or {}))

    def error(self, refused):
        text = f'\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>{refused.code}</Code><Message>{escape(refused.message)}</Message></Error>'
        body = b"" if self.command == "HEAD" else text.encode()
        self.reply(refused.status, body, {"Content-Type": "application/xml", "x-ms-error-code": refused.code})

    # ---- Blobs

    def found(self):
        if self.name not in blobs:
            raise Refused(404, "BlobNotFound", "The specified blob does not exist.")
        return blobs[self.name]

    def get(self):
        self.signature.require("r")
        headers = {"x-ms-blob-type": "BlockBlob", **self.signature.told_instead()}
        requested = self.headers.get("x-ms-range") or self.headers.get("Range")
        stored = self.found()
        if stored.md5 and not requested:
            headers["Content-MD5"] = stored.md5
        self.reply_object(stored, headers, requested)

    def put(self):
        self.check_write()
        if self.headers.get("x-ms-blob-type") != "BlockBlob":
            raise Refused(400, "MissingRequiredHeader", "An HTTP header that's mandatory for this request is not specified: x-ms-blob-type.")
        self.check_body(LARGEST_BLOB)
        committed.pop(self.name, None)
        self.store(Stored(self.body, self.content_type()), is_whole=True)

    def copy(self):
        self.check_write()
        source = urlsplit(self.headers["x-ms-copy-source"])
        address = unquote(source.path)
        try:
            signature = Signature(dict(pair.split("=", 1) for pair in unquote_pairs(source.query)), f"/blob{address}", False)
            signature.require("r")
            original = blobs[address.split("/", 3)[3]]
        except (Refused, KeyError):
            raise Refused(404, "CannotVerifyCopySource", "The specified blob does not exist.") from None
        if self.headers.get("x-ms-requires-sync", "").lower() != "true" or len(original.content) > 256 << 20:
            raise Refused(409, "CopySourceTooLarge", "The copy must be synchronous and of at most 256 MiB here.")
        self.store(Stored(original.content, original.content_type), 202, {"x-ms-copy-id": str(uuid.uuid4()), "x-ms-copy-status": "success"})

    def delete(self):
        self.signature.require("d")
        self.found()
        del blobs[self.name]
        self.reply(202)

    # ---- Blocks

    def put_block(self):
        self.signature.require("cw" if self.query["sv"] >= BLOCKS_BY_CREATE else "w")
        self.check_body(LARGEST_BLOCK)
        if not self.body:
            raise Refused(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format: Content-Length.")
        block = self.query.get("blockid", "")
        try:
            is_name = 0 < len(base64.b64decode(block, validate=True)) <= 64
        except binascii.Error:
            is_name = False
        waiting = uncommitted.setdefault(self.name, {})
        if not is_name or any(len(other) != len(block) for other in waiting):
            raise Refused(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.")
        waiting[block] = self.body
        self.reply(201)

    def put_list(self):
        self.check_write()
        waiting, parts = uncommitted.get(self.name, {}), {}
        try:
            wanted = [(entry.tag, entry.text) for entry in ElementTree.fromstring(self.body)]
        except ElementTree.ParseError:
            raise Refused(400, "InvalidXmlDocument", "XML specified is not syntactically valid.") from None
        for kind, block in wanted:
            places = {"Uncommitted": [waiting], "Committed": [committed.get(self.name, {})],
                      "Latest": [waiting, committed.get(self.name, {})]}.get(kind, [])
            content = next((place[block] for place in places if block in place), None)
            if content is None:
                raise Refused(400, "InvalidBlockList", "The specified block list is invalid.")
            parts[block] = content
        committed[self.name] = parts
        uncommitted.pop(self.name, None)
        content = b"".join(parts[block] for _, block in wanted)
        self.store(Stored(content, self.headers.get("x-ms-blob-content-type") or "application/octet-stream"))

    def get_list(self):
        self.signature.require("r")
        if self.name not in blobs and self.name not in uncommitted:
            self.found()
        kind = self.query.get("blocklisttype", "committed")
        lists = {"Committed": committed.get(self.name, {}), "Uncommitted": uncommitted.get(self.name, {})}
        text = "".join(
            f"<{name}Blocks>" + "".join(f"<Block><Name>{block}</Name><Size>{len(content)}</Size></Block>" for block, content in blocks.items())
            + f"</{name}Blocks>" for name, blocks in lists.items() if kind in ("all", name.lower()))
        self.reply_xml(f"<BlockList>{text}</BlockList>")

    # ---- The container

    def list(self):
        self.signature.require("l")
        if (self.command, self.query.get("restype"), self.query.get("comp")) != ("GET", "container", "list"):
            raise Refused(400, "InvalidQueryParameterValue", "Value for one of the query parameters is invalid.")
        names = set(blobs)
        if "uncommittedblobs" in self.query.get("include", ""):
            names |= set(uncommitted)
        prefix, marker, most = self.query.get("prefix", ""), self.query.get("marker", ""), int(self.query.get("maxresults", 5000))
        names = sorted(name for name in names if name.startswith(prefix) and name >= marker)
        page, rest = names[:most], names[most:]
        text = "".join(self.entry(name) for name in page)
        self.reply_xml(f"<EnumerationResults><Prefix>{escape(prefix)}</Prefix><Blobs>{text}</Blobs>"
                       f"<NextMarker>{escape(rest[0]) if rest else ''}</NextMarker></EnumerationResults>")

    @staticmethod
    def entry(name):
        # What has only blocks so far has neither a size nor a day.
        blob = blobs.get(name) or Stored(b"", "")
        return (f"<Blob><Name>{escape(name)}</Name><Properties><Last-Modified>{blob.modified}</Last-Modified>"
                f"<Content-Length>{len(blob.content)}</Content-Length><Content-Type>{escape(blob.content_type)}</Content-Type>"
                f"<BlobType>BlockBlob</BlobType></Properties></Blob>")

    # ---- What requests have in common

    def check_write(self):
        self.signature.require("cw")
        if self.name in blobs and "w" not in self.query["sp"]:
            raise Refused(403, "UnauthorizedBlobOverwrite", "This request is not authorized to perform blob overwrites.")
        if self.name in blobs and self.headers.get("If-None-Match") == "*":
            raise Refused(409, "BlobAlreadyExists", "The specified blob already exists.")

    def check_body(self, most):
        if "Content-Length" not in self.headers:
            raise Refused(411, "MissingContentLengthHeader", "The Content-Length header was not specified.")
        if len(self.body) > most:
            raise Refused(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit.")
        md5 = self.headers.get("Content-MD5")
        if md5 is not None and not is_md5(md5):
            raise Refused(400, "InvalidMd5", "The MD5 value specified in the request is invalid. MD5 value must be 128 bits and base64 encoded.")
        if md5 is not None and base64.b64decode(md5) != hashlib.md5(self.body).digest():
            raise Refused(400, "Md5Mismatch", "The MD5 value specified in the request did not match with the MD5 value calculated by the server.")

    def content_type(self):
        return self.headers.get("x-ms-blob-content-type") or self.headers.get("Content-Type") or "application/octet-stream"

    def store(self, stored, status=201, headers=None, is_whole=False):
        blobs[self.name] = stored
        stored.etag = f'"0x{uuid.uuid4().hex[:15].upper()}"'
        # The service computes it of what is put whole, and of nothing else.
        stored.md5 = base64.b64encode(hashlib.md5(stored.content).digest()).decode() if is_whole else None
        self.reply(status, headers={"ETag": stored.etag, "Last-Modified": stored.modified, "x-ms-request-server-encrypted": "true",
                                    **(headers or {})})

    def reply_xml(self, text):
        body = f'\ufeff<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
        self.reply(200, body, {"Content-Type": "application/xml"})


def is_md5(text):
    try:
        return len(base64.b64decode(text, validate=True)) == 16
    except binascii.Error:
        return False


def unquote_pairs(query):
    return [unquote(pair) for pair in query.split("&")]


if __name__ == "__main__":
    folder = child.start()
    port, control = serve(Azure)
    settings = {"AZURE_STORAGE_KEY": ACCOUNT_KEY}
    if "delegation" in sys.argv[1:]:
        settings = {"PARLEY_BLOB_CREDENTIALS_FILE": f"{folder}/credentials.json"}
        with open(settings["PARLEY_BLOB_CREDENTIALS_FILE"], "w") as file:
            json.dump({"userDelegationKey": LENT}, file)
    child.tell({"port": port, "control": control, "blob": f"azure://{CONTAINER}?account={ACCOUNT}&endpoint={{endpoint}}/{ACCOUNT}",
                "environment": settings, "account": ACCOUNT, "container": CONTAINER, "accountKey": ACCOUNT_KEY,
                "userDelegationKey": LENT})
    while True:
        time.sleep(3600)
