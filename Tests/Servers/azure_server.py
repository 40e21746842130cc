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
from store_double import Handler, Refused, Stored, faults, serve

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
# By blob, by the time that is their name: what it was before, copies that were made of it, and what was deleted while the
# account had that kept.
versions, snapshots, kept = {}, {}, {}


def new_time():
    """One that no other edition has."""
    seconds, rest = divmod(time.time_ns() // 100, 10**7)
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%S}.{rest:07}Z"


def removed(name, edition, stored):
    if faults.get("softDelete"):
        kept.setdefault(name, {})[edition] = stored


def denied(message):
    return Refused(403, "AuthenticationFailed", f"Server failed to authenticate the request. {message}")


class Signature:
    """What a shared access signature allows; it raises where the signature is none."""

    def __init__(self, query, resource, is_container):
        self.query = query
        for name in ("sv", "sr", "sp", "se", "sig"):
            if not query.get(name):
                raise denied(f"{name} is mandatory. Cannot be empty")
        if not OLDEST <= query["sv"] <= NEWEST or query["sr"] not in ("b", "c", "bv", "bs"):
            raise denied("Signed version or resource is not known.")
        # The version or the snapshot that it is for; one for the blob, or for another edition of it, is not for that.
        self.moment = query.get({"bv": "versionid", "bs": "snapshot"}.get(query["sr"]), "")
        if query["sr"] != "c" and bool(self.moment) != bool(query.keys() & {"versionid", "snapshot"}):
            raise Refused(403, "AuthorizationResourceTypeMismatch", "This request is not authorized to use this resource type.")
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
        lines = [*self.values("sp", "st", "se"), resource, *self.values("si", "sip", "spr", "sv", "sr"), self.moment,
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
        lines += [*self.values("sip", "spr", "sv", "sr"), self.moment, *self.values("ses")]
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
            ("PUT", "blocklist", False): self.put_list, ("GET", "blocklist", False): self.get_list,
            ("PUT", "snapshot", False): self.put_snapshot}
        is_of_edition = self.query.keys() & {"versionid", "snapshot"}
        if operation not in answers or is_of_edition and operation != ("DELETE", None, False):
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

    def put_snapshot(self):
        self.signature.require("cw")
        edition = new_time()
        snapshots.setdefault(self.name, {})[edition] = self.found()
        self.reply(201, headers={"x-ms-snapshot": edition})

    def delete(self):
        if self.query.keys() & {"versionid", "snapshot"}:
            return self.delete_edition()
        self.signature.require("d")
        stored, copies = self.found(), snapshots.get(self.name, {})
        if copies and self.headers.get("x-ms-delete-snapshots") != "include":
            raise Refused(409, "SnapshotsPresent", "This operation is not permitted while the blob has snapshots.")
        for edition, copy in snapshots.pop(self.name, {}).items():
            removed(self.name, edition, copy)
        del blobs[self.name]
        if faults.get("versioning"):
            self.keep_version(stored)
        else:
            removed(self.name, "", stored)
        self.reply(202)

    def delete_edition(self):
        self.signature.require("x" if "versionid" in self.query else "d")
        if "x-ms-delete-snapshots" in self.headers:
            raise Refused(400, "InvalidHeaderValue", "The value for one of the HTTP headers is not in the correct format.")
        edition = self.query.get("versionid") or self.query.get("snapshot")
        if self.name in blobs and getattr(blobs[self.name], "version", None) == edition:
            raise Refused(403, "OperationNotAllowedOnRootBlob", "The specified operation is not allowed on root blob.")
        editions = (versions if "versionid" in self.query else snapshots).get(self.name, {})
        if edition not in editions:
            raise Refused(404, "BlobNotFound", "The specified blob does not exist.")
        removed(self.name, edition, editions.pop(edition))
        self.reply(202)

    def keep_version(self, stored):
        """What is there no more is an earlier version."""
        versions.setdefault(self.name, {})[getattr(stored, "version", None) or new_time()] = stored

    @staticmethod
    def held(name):
        """What there is of a blob, also what its account keeps."""
        editions = {"version": versions, "snapshot": snapshots, "kept": kept, "block": uncommitted}
        return ["current"] * (name in blobs) + [kind for kind, of in editions.items() for _ in of.get(name, {})]

    @staticmethod
    def forget(name):
        kept.pop(name, None)

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
        if self.query.get("marker") and "|" not in self.query["marker"]:
            raise Refused(400, "OutOfRangeInput", "One of the request inputs is out of range.")
        prefix, most = self.query.get("prefix", ""), int(self.query.get("maxresults", 5000))
        listed = [entry for entry in self.entries(self.query.get("include", "").split(",")) if entry[0].startswith(prefix)]
        listed = sorted(entry for entry in listed if entry[:2] >= self.query.get("marker", "").rpartition("|")[::2])
        page, rest = listed[:most], listed[most:]
        text = "".join(entry[2] for entry in page)
        marker = escape("|".join(rest[0][:2])) if rest else ""
        self.reply_xml(f"<EnumerationResults><Prefix>{escape(prefix)}</Prefix><Blobs>{text}</Blobs>"
                       f"<NextMarker>{marker}</NextMarker></EnumerationResults>")

    def entries(self, include):
        """(name, edition, element) of all that is wanted; the blob as it is now comes last of its editions."""
        for name, stored in blobs.items():
            version = getattr(stored, "version", None) if "versions" in include else None
            more = f"<VersionId>{version}</VersionId><IsCurrentVersion>true</IsCurrentVersion>" if version else ""
            yield name, "~", self.entry(name, stored, more)
        if "uncommittedblobs" in include:
            # What has only blocks so far has neither a size nor a day.
            for name in uncommitted.keys() - blobs.keys():
                yield name, "~", self.entry(name, Stored(b"", ""))
        for wanted, held, write in [
                ("versions", versions, "<VersionId>{}</VersionId>".format), ("snapshots", snapshots, "<Snapshot>{}</Snapshot>".format),
                ("deleted", kept, "<Deleted>true</Deleted>".format)]:
            for name, editions in held.items() if wanted in include else ():
                yield from ((name, edition, self.entry(name, stored, write(edition))) for edition, stored in editions.items())

    @staticmethod
    def entry(name, stored, more=""):
        return (f"<Blob><Name>{escape(name)}</Name>{more}<Properties><Last-Modified>{stored.modified}</Last-Modified>"
                f"<Content-Length>{len(stored.content)}</Content-Length><Content-Type>{escape(stored.content_type)}</Content-Type>"
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
        if faults.get("versioning"):
            if self.name in blobs:
                self.keep_version(blobs[self.name])
            stored.version = new_time()
        elif self.name in blobs:
            removed(self.name, "", blobs[self.name])
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
