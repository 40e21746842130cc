"""A program of an organisation that is told of events, on this machine."""

import json
import threading
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

from parley import eventually


class Message:
    def __init__(self, path, headers, body):
        self.path = path
        self.headers = headers
        self.body = body
        self.id = headers["webhook-id"]
        self.signatures = headers["webhook-signature"].split(" ")

    def verified(self, secret):
        """What it says, once the library of Standard Webhooks has found that it is genuine."""
        return Webhook(secret).verify(self.body, self.headers)

    def is_from(self, secret):
        try:
            return bool(self.verified(secret))
        except WebhookVerificationError:
            return False

    @property
    def content(self):
        return json.loads(self.body)


class Receiver:
    """Keeps what it receives, and answers 204 or what it is told to answer next."""

    def __init__(self):
        self.messages = []
        self.answers = deque()
        self.default = 204
        self.hold = threading.Event()
        self.hold.set()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.messages.append(Message(self.path, dict(self.headers.items()), body))
                receiver.hold.wait(60)
                status = receiver.answers.popleft() if receiver.answers else receiver.default
                headers = {}
                if isinstance(status, tuple):
                    status, headers = status
                content = b"" if status == 204 else b"a receiver's secret words"
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 204:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook?token=in-the-address"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def of(self, kind, **data):
        """The messages of a type with such data."""
        return [message for message in self.messages if message.content["type"] == kind
                and data.items() <= message.content["data"].items()]

    def wait_for(self, kind, count=1, **data):
        return eventually(lambda: len(found := self.of(kind, **data)) >= count and found, f"{count} of {kind}")

    def close(self):
        self.hold.set()
        self.server.shutdown()
        self.server.server_close()
