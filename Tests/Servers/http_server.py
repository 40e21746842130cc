"""An HTTP and an HTTPS server on loopback whose paths misbehave in named ways."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import child

connections = 0
meetings = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        global connections
        connections += 1
        super().setup()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        name = self.path.split("?")[0].split("/")[1]
        getattr(self, "path_" + name)(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def reply(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def path_echo(self, body):
        """What arrived, as JSON."""
        self.reply(200, json.dumps({
            "method": self.command, "path": self.path, "body": list(body),
            "headers": {name.lower(): value for name, value in self.headers.items()},
        }).encode(), X_Twice="one", x_twice="two", X_Spaced="  in between \t")

    def path_status(self, body):
        self.reply(int(self.path.split("/")[2]), b"sorry", Retry_After="7")

    def path_redirect(self, body):
        self.reply(302, Location="/echo")

    def path_hints(self, body):
        self.wfile.write(b"HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
        self.reply(200, b"late", X_Late="yes")

    def path_connections(self, body):
        self.reply(200, str(connections).encode())

    def path_meet(self, body):
        """Answers when so many have come."""
        number = int(self.path.split("/")[2])
        meetings.setdefault(number, threading.Barrier(number)).wait(60)
        self.reply(200, str(number).encode())

    def path_sized(self, body):
        self.reply(200, b"x" * int(self.path.split("/")[2]))

    def path_endless(self, body):
        """More than anybody wants, without saying how much."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            self.wfile.write(b"x" * 65536)

    def path_headers(self, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(2000):
            self.wfile.write(b"X-Filler-%d: %s\r\n" % (number, b"x" * 1000))

    def path_silent(self, body):
        time.sleep(3600)

    def path_truncated(self, body):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this")
        self.close_connection = True

    def path_hangup(self, body):
        self.close_connection = True

    def path_garbage(self, body):
        self.wfile.write(b"220 this is no web server\r\n")
        self.close_connection = True

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, address):
        """Clients that hang up are what the tests are about."""


pem, context = child.certificate(child.start())
plain, secure = Server(("127.0.0.1", 0), Handler), Server(("127.0.0.1", 0), Handler)
secure.socket = context.wrap_socket(secure.socket, server_side=True)
threading.Thread(target=secure.serve_forever, daemon=True).start()
child.tell({"port": plain.server_port, "securePort": secure.server_port, "certificate": pem})
plain.serve_forever()
