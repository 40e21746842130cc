"""A stand-in for a private store of Vercel Blob that checks what the service checks, as far as its own client shows it:
https://github.com/vercel/storage/tree/main/packages/blob/src

As a program it is what Tests/RemoteStores/run.py needs. Tokens are checked here by nothing that Parley uses.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
import time
import urllib.request
from urllib.parse import unquote, urlsplit

import child
from store_double import Handler, Refused, Stored, serve

STORE = "t3Sts0re"
TOKEN = f"vercel_blob_rw_{STORE}_{os.urandom(16).hex()}"
SMALLEST_PART = 5 << 20
LONGEST_PATHNAME = 950

blobs = {}
uploads = {}


def bad(message):
    return Refused(400, "bad_request", message)


def forbidden(message="Access denied, please provide a valid token for this resource."):
    return Refused(403, "forbidden", message)


def missing():
    return Refused(404, "not_found", "The requested blob does not exist")


class Permission:
    """What the bearer of a token may do: everything, or to put at one pathname."""

    def __init__(self, authorization):
        kind, _, token = (authorization or "").partition(" ")
        self.claims = None
        if kind != "Bearer" or not token:
            raise forbidden()
        if hmac.compare_digest(token.encode(), TOKEN.encode()):
            return
        try:
            vercel, blob, client, store, coded = token.split("_", 4)
            signature, payload = base64.b64decode(coded, validate=True).decode().split(".")
            right = hmac.new(TOKEN.encode(), payload.encode(), hashlib.sha256).hexdigest()
            if (vercel, blob, client, store) != ("vercel", "blob", "client", STORE) or not hmac.compare_digest(signature, right):
                raise forbidden()
            self.claims = json.loads(base64.b64decode(payload, validate=True))
        except ValueError:
            raise forbidden() from None
        if self.claims["validUntil"] <= time.time() * 1000:
            raise forbidden("Token expired")

    def require_all(self):
        if self.claims is not None:
            raise forbidden()

    def check_put(self, pathname, content_type=None, size=0):
        if self.claims is None:
            return
        if pathname != self.claims["pathname"]:
            raise bad('"pathname" does not match the token payload')
        allowed = self.claims.get("allowedContentTypes")
        if content_type and allowed is not None and content_type not in allowed:
            raise bad(f'contentType "{content_type}" is not allowed')
        most = self.claims.get("maximumSizeInBytes")
        if most is not None and size > most:
            raise bad(f"the file length cannot be greater than {most}")


class Vercel(Handler):
    cors = ("GET, POST, PUT",
            "authorization, content-type, x-add-random-suffix, x-allow-overwrite, x-api-version, x-content-type, x-mpu-action, x-mpu-key, "
            "x-mpu-part-number, x-mpu-upload-id, x-vercel-blob-access, x-vercel-blob-store-id",
            "retry-after")
    unwell = ("service_unavailable", "The blob service is currently not available. Please try again.")

    def respond(self):
        self.permission = Permission(self.headers.get("Authorization"))
        if self.address.startswith("/objects/"):
            return self.get_object(self.address.removeprefix("/objects/"))
        answers = {
            ("PUT", "/api/blob/"): self.put, ("GET", "/api/blob"): self.list, ("GET", "/api/blob/"): self.list,
            ("POST", "/api/blob/delete"): self.delete, ("POST", "/api/blob/mpu"): self.parts}
        if (self.command, self.address) not in answers:
            raise Refused(404, "not_found", "There is no such route.")
        if not self.headers.get("x-api-version", "").isdigit() or self.headers.get("x-vercel-blob-store-id") != STORE:
            raise bad("x-api-version and x-vercel-blob-store-id are required")
        return answers[(self.command, self.address)]()

    def error(self, refused):
        self.reply_json({"error": {"code": refused.code, "message": refused.message}}, refused.status)

    def reply_json(self, value, status=200):
        self.reply(status, json.dumps(value, separators=(",", ":")).encode(), {"Content-Type": "application/json"})

    # ---- Objects

    def get_object(self, pathname):
        self.permission.require_all()
        if pathname not in blobs or self.command not in ("GET", "HEAD"):
            raise missing()
        name = pathname.rsplit("/", 1)[-1]
        headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "public, max-age=2592000"}
        self.reply_object(blobs[pathname], headers, self.headers.get("Range"))

    def put(self):
        pathname, content_type = self.pathname(), self.content_type()
        if "fromUrl" in self.query:
            self.permission.require_all()
            source = self.object_at(self.query["fromUrl"])
            if source is None:
                raise missing()
            return self.store(pathname, source.content, content_type or source.content_type)
        self.permission.check_put(pathname, content_type, len(self.body))
        self.store(pathname, self.body, content_type)
        self.tell(pathname)

    def tell(self, pathname):
        """Tells whoever granted the upload, if the token says where, with an answer or without one."""
        wanted = (self.permission.claims or {}).get("onUploadCompleted")
        if wanted is None:
            return
        blob = self.describe(pathname) | {"url": f"https://{STORE.lower()}.private.blob.vercel-storage.com/{pathname}"}
        body = json.dumps({"type": "blob.upload-completed", "payload": {"blob": blob, "tokenPayload": wanted.get("tokenPayload")}}).encode()
        signature = hmac.new(TOKEN.encode(), body, hashlib.sha256).hexdigest()
        request = urllib.request.Request(
            wanted["callbackUrl"], body, {"Content-Type": "application/json", "x-vercel-signature": signature})
        threading.Thread(target=urllib.request.urlopen, args=[request], daemon=True).start()

    def delete(self):
        self.permission.require_all()
        for address in json.loads(self.body)["urls"]:
            if self.object_at(address) is not None:
                del blobs[self.name_of(address)]
        self.reply_json({})

    def list(self):
        self.permission.require_all()
        if "url" in self.query:
            if self.object_at(self.query["url"]) is None:
                raise missing()
            return self.reply_json(self.describe(self.name_of(self.query["url"])))
        limit, start = int(self.query.get("limit", 1000)), self.query.get("cursor", "")
        names = sorted(name for name in blobs if name.startswith(self.query.get("prefix", "")) and name >= start)
        page, rest = names[:limit], names[limit:]
        answer = {"blobs": [self.describe(name) for name in page], "hasMore": bool(rest)}
        return self.reply_json(answer | ({"cursor": rest[0]} if rest else {}))

    # ---- In parts

    def parts(self):
        pathname = self.pathname()
        self.permission.check_put(pathname, self.content_type(), len(self.body))
        actions = {"create": self.create, "upload": self.upload, "complete": self.complete}
        action = actions.get(self.headers.get("x-mpu-action"))
        if action is None:
            raise bad("x-mpu-action is not known")
        action(pathname)

    def create(self, pathname):
        upload = os.urandom(12).hex()
        # It need not be what it was called by.
        key = f"{STORE}/é {pathname}"
        uploads[upload] = {"pathname": pathname, "key": key, "type": self.content_type(), "parts": {}}
        self.reply_json({"uploadId": upload, "key": key})

    def begun(self, pathname):
        upload = uploads.get(self.headers.get("x-mpu-upload-id"))
        if upload is None or (upload["pathname"], upload["key"]) != (pathname, unquote(self.headers.get("x-mpu-key", ""))):
            raise Refused(404, "not_found", "The upload does not exist")
        return upload

    def upload(self, pathname):
        upload, number = self.begun(pathname), int(self.headers.get("x-mpu-part-number", 0))
        if not 1 <= number <= 10_000:
            raise bad("x-mpu-part-number must be between 1 and 10000")
        etag = f'"{hashlib.md5(self.body).hexdigest()}"'
        upload["parts"][number] = (etag, self.body)
        self.reply_json({"etag": etag})

    def complete(self, pathname):
        upload, wanted = self.begun(pathname), json.loads(self.body)
        found = [upload["parts"].get(part["partNumber"], (None, b"")) for part in wanted]
        numbers = [part["partNumber"] for part in wanted]
        if not wanted or numbers != sorted(set(numbers)) or any(tag != part["etag"] for (tag, _), part in zip(found, wanted)):
            raise bad("One or more of the specified parts could not be found")
        sizes = {len(content) for _, content in found[:-1]}
        if len(sizes) > 1 or any(size < SMALLEST_PART for size in sizes):
            raise bad("All parts but the last must have one size of at least 5 MiB")
        self.store(pathname, b"".join(content for _, content in found), upload["type"])
        del uploads[self.headers["x-mpu-upload-id"]]

    # ---- What requests have in common

    def pathname(self):
        pathname = self.query.get("pathname", "")
        if not 0 < len(pathname) <= LONGEST_PATHNAME or "//" in pathname or pathname.startswith("/"):
            raise bad("pathname is missing, too long or holds //")
        if self.headers.get("x-vercel-blob-access") != "private":
            raise bad("Cannot use public access on a private store.")
        return pathname

    def content_type(self):
        return self.headers.get("x-content-type")

    def store(self, pathname, content, content_type):
        claims = self.permission.claims or {}
        if self.headers.get("x-add-random-suffix") != "0" or claims.get("addRandomSuffix"):
            raise bad("this stand-in knows no random suffixes")
        overwrites = claims.get("allowOverwrite", True) and self.headers.get("x-allow-overwrite") == "1"
        if pathname in blobs and not overwrites:
            raise bad("This blob already exists, use `allowOverwrite: true` if you want to overwrite it.")
        blobs[pathname] = Stored(content, content_type or "application/octet-stream")
        self.reply_json(self.describe(pathname))

    def object_at(self, address):
        return blobs.get(self.name_of(address))

    @staticmethod
    def name_of(address):
        return unquote(urlsplit(address).path.removeprefix("/objects/"))

    def describe(self, pathname):
        blob, address = blobs[pathname], f"http://{self.headers['Host']}/objects/{pathname}"
        return {"url": address, "downloadUrl": f"{address}?download=1", "pathname": pathname, "size": len(blob.content),
                "contentType": blob.content_type, "etag": blob.etag,
                "uploadedAt": blob.moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "contentDisposition": "inline"}


if __name__ == "__main__":
    child.start()
    port, control = serve(Vercel)
    child.tell({"port": port, "control": control, "blob": f"vercel://{STORE}?endpoint={{endpoint}}/api/blob&objects={{endpoint}}/objects",
                "environment": {"BLOB_READ_WRITE_TOKEN": TOKEN}})
    while True:
        time.sleep(3600)
