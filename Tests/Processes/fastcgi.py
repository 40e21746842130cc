"""A FastCGI client that can stop anywhere in a request.

Source: https://fastcgi-archives.github.io/FastCGI_Specification.html
"""

import socket
import struct
from email.parser import BytesHeaderParser

BEGIN, END, PARAMS, STDIN, STDOUT, STDERR = 1, 3, 4, 5, 6, 7
RESPONDER = 1


class Reply:
    """A CGI response, taken apart."""

    def __init__(self, raw):
        head, self.body = raw.split(b"\r\n\r\n", 1)
        self.headers = BytesHeaderParser().parsebytes(head)
        self.status = int(self.headers["Status"].split()[0])


class Request:
    """One request on a connection of its own, sent as far as it is told."""

    def __init__(self, path, **variables):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(str(path))
        self._send(BEGIN, struct.pack(">HB5x", RESPONDER, 0))
        self._send(PARAMS, b"".join(pair(name, value) for name, value in variables.items()))
        self._send(PARAMS, b"")

    def send(self, body):
        """Sends a part of the body."""
        for start in range(0, len(body), 65535):
            self._send(STDIN, body[start:start + 65535])

    def finish(self, body=b""):
        """Sends the rest of the body and returns the reply."""
        self.send(body)
        self._send(STDIN, b"")
        return self.reply()

    def reply(self):
        output = b""
        while True:
            kind, content = self._receive()
            if kind == STDOUT:
                output += content
            elif kind == END:
                assert struct.unpack(">IB3x", content) == (0, 0)
                self.close()
                return Reply(output)

    def close(self):
        self.socket.close()

    def _send(self, kind, content):
        self.socket.sendall(struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content)

    def _receive(self):
        _, kind, _, length, padding = struct.unpack(">BBHHBx", self._exactly(8))
        return kind, self._exactly(length + padding)[:length]

    def _exactly(self, count):
        data = b""
        while len(data) < count:
            part = self.socket.recv(count - len(data))
            if not part:
                raise ConnectionResetError("the function closed the connection")
            data += part
        return data


def pair(name, value):
    name, value = name.encode(), value.encode()
    return b"".join(length(part) for part in (name, value)) + name + value


def length(part):
    return struct.pack(">B", len(part)) if len(part) < 128 else struct.pack(">I", len(part) | 1 << 31)
