"""A double of the AI providers on loopback: Anthropic's Messages and Message Batches, OpenAI's chat completions and transcriptions,
and whisper.cpp's server, as their documents have them.

It refuses what the real services refuse, answers by rules (see `ai_responders`), and misbehaves on request:

    POST /control/faults       {"kind": "rate-limit", "times": 2, "retryAfter": 1, "path": "/v1/messages"}; with "model" of it alone
    POST /control/transcripts  {"text": "What was said.", "seconds": 4.2}; without seconds for all other sound; with "language",
                               such as "german", when it is not English
    POST /control/voices       {"turns": [["A", 0, 4.2], ["B", 5, 6.1]], "at": "words"}: who speaks when, where labels are asked
                               for, and at words or segments of whom does not ask for them
    POST /control/chat         {"formats": ["json_object"]}: what `response_format` it knows; {"limit": "max_tokens"}: by which name
                               the most tokens of an answer, whatever the model's is; {"heeds": false}: takes any format, and does
                               nothing about it
    POST /control/batches      {"seconds": 1, "outcomes": ["succeeded", "expired"]}: of batches, and of their requests in turn;
                               {"begun": 3}: how many of them come to their end when the batch is cancelled;
                               {"forget": true} has none of them any more
    POST /control/reset        forgets all that
    GET  /control/requests     what was asked since, without the keys

The first line that it writes says where it listens and which keys it takes.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import ai_anthropic
import ai_batches
import ai_openai
import ai_streams
import child

# Faults that any path can have: status, then the error's type or code of Anthropic and of OpenAI.
STATUSES = {
    "invalid": (400, "invalid_request_error", "invalid_request_error"),
    "bad-key": (401, "authentication_error", "invalid_api_key"),
    "billing": (402, "billing_error", "billing_not_active"),
    "forbidden": (403, "permission_error", "unsupported_country_region_territory"),
    "not-found": (404, "not_found_error", "model_not_found"),
    "too-large": (413, "request_too_large", "request_too_large"),
    "rate-limit": (429, "rate_limit_error", "rate_limit_exceeded"),
    "spend-cap": (429, "rate_limit_error", "insufficient_quota"),
    "server-error": (500, "api_error", "server_error"),
    "gateway-timeout": (504, "timeout_error", "server_error"),
    "overloaded": (529, "overloaded_error", "server_error"),
}


class State:
    """What tests told it, and what it was asked."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        with self.lock:
            self.faults, self.requests, self.transcripts = [], [], []
            self.voices = {}
            self.batches, self.batch = {}, {"seconds": 0.5, "outcomes": ["succeeded"], "begun": 0}
            self.chat = {"formats": ["json_schema", "json_object"], "limit": None, "heeds": True}

    def fault(self, path, model=None):
        """The fault of the next answer, if it is to have one."""
        with self.lock:
            for fault in self.faults:
                if fault["times"] != 0 and path.endswith(fault.get("path", "")) and fault.get("model", model) == model:
                    fault["times"] -= 1
                    return fault
        return None


state = State()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/control/requests":
            return self.reply(200, state.requests)
        if self.path.startswith(ai_batches.PATH):
            return self.batches(b"")
        self.reply(404, {"error": {"type": "not_found_error", "message": "Not found"}})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/control/"):
            return self.control(self.path.removeprefix("/control/"), json.loads(body or b"{}"))
        if self.path.startswith(ai_batches.PATH):
            return self.batches(body)
        api = ai_anthropic if self.path == "/v1/messages" else ai_openai
        asked = api.read(self.path, self.headers, body)
        fault = state.fault(self.path, dict(asked.shown.get("fields", [])).get("model")) or {"kind": None}
        with state.lock:
            state.requests.append({"path": self.path, "fault": fault["kind"], "bytes": len(body), **asked.shown})
        if self.misbehave(api, fault):
            return
        status, answer, headers = api.answer(asked, fault, state)
        if status == 200 and (asked.content or {}).get("stream"):
            return self.stream(ai_streams.events(api is ai_anthropic, answer, asked.content, fault["kind"]), headers)
        self.reply(status, answer, headers)

    def batches(self, body):
        fault = state.fault(self.path) or {"kind": None}
        with state.lock:
            state.requests.append({
                "path": self.path, "method": self.command, "fault": fault["kind"], "bytes": len(body), "body": json.loads(body or b"null")})
        if self.misbehave(ai_anthropic, fault):
            return
        with state.lock:
            answer = ai_batches.respond(self.command, self.path, self.headers, body, state)
        self.reply(*answer)

    def control(self, name, content):
        if name == "reset":
            state.reset()
        elif name == "faults":
            state.faults.append({"times": 1, **content})
        elif name == "transcripts":
            state.transcripts.append(content)
        elif name == "voices":
            state.voices = content
        elif name == "batches":
            if content.pop("forget", False):
                state.batches.clear()
            state.batch.update(content)
        elif name == "chat":
            state.chat.update(content)
        self.reply(200, {})

    def misbehave(self, api, fault):
        """Answers in place of the service; true when it did."""
        kind = fault["kind"]
        if kind in STATUSES:
            status, anthropic, openai = STATUSES[kind]
            headers = {"retry-after": str(fault["retryAfter"])} if "retryAfter" in fault else {}
            self.reply(*api.error(status, anthropic if api is ai_anthropic else openai, f"A scripted fault: {kind}.", headers))
        elif kind == "slow":
            time.sleep(fault.get("seconds", 2))
            return False
        elif kind == "cut":
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'{"id": "msg_')
            self.close_connection = True
        elif kind == "hangup":
            self.close_connection = True
        elif kind == "garbage":
            content = b"<html>502 Bad Gateway</html>"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        else:
            return False
        return True

    def reply(self, status, answer, headers=None):
        content = (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": len(content), **(headers or {})}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)

    def stream(self, events, headers):
        """Server-sent events, until the connection ends."""
        self.send_response(200)
        for name, value in {"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close", **headers}.items():
            self.send_header(name, str(value))
        self.end_headers()
        for event in events:
            self.wfile.write(event.encode())

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, address):
        """Clients that gave up waiting are what some tests are about."""


if __name__ == "__main__":
    child.start()
    server = Server(("127.0.0.1", 0), Handler)
    child.tell({"port": server.server_address[1], "anthropicKey": ai_anthropic.KEY, "openAIKey": ai_openai.KEY})
    server.serve_forever()
