"""Speaks Resend's HTTP API on loopback, errors included. Writes each mail it takes as a line of JSON.

Format: https://resend.com/docs/api-reference/emails/send-email and …/errors. What it does is
chosen by the recipient: `invalid@` is refused, `limited@` and `broken@` once, `quota@` every time.
"""

import json
import uuid
from email.utils import parseaddr
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import child

KEY = "re_the_key_of_the_tests"

# By idempotency key: what was asked for and what was answered.
accepted = {}
refused_once = set()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        content = self.rfile.read(int(self.headers["Content-Length"]))
        status, answer, headers = self.answer(content)
        body = json.dumps(answer).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Type": "application/json", "Content-Length": len(body)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, content):
        authorization = self.headers.get("Authorization")
        if not authorization:
            return problem(401, "missing_api_key", "Missing API key in the authorization header.")
        if authorization != f"Bearer {KEY}":
            return problem(403, "invalid_api_key", "API key is invalid")
        if self.path != "/emails":
            return problem(404, "not_found", "The requested endpoint does not exist.")
        mail = json.loads(content)
        missing = next((name for name in ("from", "to", "subject") if not mail.get(name)), None)
        if missing:
            return problem(422, "missing_required_field", f"Missing `{missing}` field.")
        recipient = parseaddr(mail["to"][0])[1]
        return self.misbehave(recipient) or self.accept(mail, content)

    def misbehave(self, recipient):
        name = recipient.split("@")[0]
        if name == "invalid" or not recipient:
            return problem(422, "validation_error", "Invalid `to` field.")
        if name == "quota":
            return problem(429, "daily_quota_exceeded", "You have reached your daily email sending quota.")
        if name in ("limited", "broken") and name not in refused_once:
            refused_once.add(name)
            if name == "limited":
                return problem(429, "rate_limit_exceeded", "Too many requests.", {"Retry-After": 7})
            return problem(500, "application_error", "An unexpected error occurred.")
        return None

    def accept(self, mail, content):
        key = self.headers.get("Idempotency-Key")
        known = accepted.get(key)
        if known and known[0] != content:
            return problem(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.")
        if not known:
            known = accepted[key] = content, str(uuid.uuid4())
            child.tell({"id": known[1], "key": key, "mail": mail})
        return 200, {"id": known[1]}, {}

    def log_message(self, *_):
        pass


def problem(status, name, message, headers=None):
    return status, {"statusCode": status, "name": name, "message": message}, headers or {}


child.start()
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
child.tell({"port": server.server_address[1], "key": KEY})
server.serve_forever()
