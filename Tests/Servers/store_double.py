"""What the stand-ins for stores share: objects in memory, ranges, browsers' preflights, and faults on demand.

Faults come by POST to the control port, as JSON:

    {"down": true}                     hang up on whoever asks, until {} comes
    {"status": 503, "times": 2}        refuse so often
    {"delay": 1.5}                     answer late, in seconds
    {"match": "comp=block", …}         only for addresses that hold this

and so does what an account may have switched on, for stores that know it:

    {"versioning": true, "softDelete": true}

GET of a key there answers with what there is of it, in a JSON list; with DELETE the time is over for which soft delete keeps it.
"""

import hashlib
import json
import re
import threading
import time
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

faults = {}
lock = threading.RLock()


class Stored:
    def __init__(self, content, content_type):
        self.content, self.content_type = content, content_type
        self.etag = f'"{hashlib.md5(content).hexdigest()}"'
        self.moment = datetime.now(timezone.utc)

    @property
    def modified(self):
        return format_datetime(self.moment, usegmt=True)


class Refused(Exception):
    def __init__(self, status, code, message):
        self.status, self.code, self.message = status, code, message


def fault_for(address):
    """The fault that is due, counted off."""
    with lock:
        if not faults or faults.get("match", "") not in address:
            return {}
        fault = dict(faults)
        if "times" in faults:
            faults["times"] -= 1
            if faults["times"] == 0:
                faults.clear()
        return fault


class Handler(BaseHTTPRequestHandler):
    """A store's own handler says `respond`, `error` and what browsers may send."""

    protocol_version = "HTTP/1.1"
    @staticmethod
    def held(key):
        """What there is of a key, in words."""
        return []

    @staticmethod
    def forget(key):
        """What soft delete keeps of a key is gone."""

    # What a store lets pages of other origins do: methods, headers, and headers of answers that they may read.
    cors = ("", "", "")

    def do(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        self.address = unquote(parts.path)
        self.raw_path = parts.path
        # The first of each name counts, as a signature covers one.
        self.query = dict(reversed(parse_qsl(parts.query, keep_blank_values=True)))
        fault = fault_for(self.path)
        time.sleep(fault.get("delay", 0))
        if fault.get("down"):
            self.close_connection = True
            return
        try:
            if "status" in fault:
                raise Refused(fault["status"], *self.unwell)
            if self.command == "OPTIONS":
                self.preflight()
            else:
                with lock:
                    self.respond()
        except Refused as refused:
            self.error(refused)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_OPTIONS = do

    def preflight(self):
        methods, headers, _ = self.cors
        asked = {name.strip().lower() for name in self.headers.get("Access-Control-Request-Headers", "").split(",") if name.strip()}
        allowed = self.headers.get("Access-Control-Request-Method") in methods.split(", ") and asked <= set(headers.split(", "))
        if "Origin" not in self.headers or not allowed:
            raise Refused(403, "CorsPreflightFailure", "No rule allows this request.")
        self.reply(200, headers={"Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": headers,
                                 "Access-Control-Max-Age": "60"})

    def reply(self, status, body=b"", headers=None):
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if "Origin" in self.headers:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Expose-Headers", self.cors[2])
        if not headers or "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def reply_object(self, stored, headers, requested):
        """A whole object, or the range of it that was requested."""
        size = len(stored.content)
        headers = {"Content-Type": stored.content_type, "ETag": stored.etag, "Last-Modified": stored.modified,
                   "Accept-Ranges": "bytes", **headers}
        found = re.fullmatch(r"bytes=(\d*)-(\d*)", requested or "")
        if self.command == "HEAD" or not found or found[0] == "bytes=-":
            return self.reply(200, stored.content, headers | {"Content-Length": str(size)})
        first = int(found[1]) if found[1] else max(0, size - int(found[2]))
        last = min(int(found[2]), size - 1) if found[1] and found[2] else size - 1
        if first > last:
            raise Refused(416, "InvalidRange", "The range specified is invalid for the current size of the resource.")
        return self.reply(206, stored.content[first:last + 1], headers | {"Content-Range": f"bytes {first}-{last}/{size}"})

    def log_message(self, *arguments):
        pass


class Control(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with lock:
            faults.clear()
            faults.update(asked)
        self.send_response(204)
        self.end_headers()

    def do_GET(self):
        with lock:
            content = json.dumps(self.server.store.held(unquote(self.path[1:]))).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_DELETE(self):
        with lock:
            self.server.store.forget(unquote(self.path[1:]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, address):
        """Browsers that hang up are no news."""


def serve(handler):
    """Starts the store and its control port; returns both ports and does not wait."""
    servers = [Server(("127.0.0.1", 0), handler), Server(("127.0.0.1", 0), Control)]
    for server in servers:
        server.store = handler
        threading.Thread(target=server.serve_forever, daemon=True).start()
    return [server.server_port for server in servers]
