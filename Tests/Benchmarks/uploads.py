"""Uploads: bytes as the candidate's page sends them, beside bytes that nginx alone takes."""

import base64
import hashlib
import http.client
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from measures import MEGABYTE
from stack import fail

# What a WebM file begins with (EBML, RFC 8794), then nothing that anybody reads.
START = bytes.fromhex("1a45dfa3")


def put(url, size, headers):
    """Seconds that one upload in one piece took; fails unless it was stored."""
    chunk = memoryview(START + bytes(MEGABYTE - len(START)))
    connection, target = connect(url)
    start = time.perf_counter()
    connection.putrequest("PUT", target)
    for name, value in {**headers, "Content-Length": str(size)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    for _ in range(size // MEGABYTE):
        connection.send(chunk)
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - start
    connection.close()
    if answer.status not in (201, 204):
        fail(f"the upload answered {answer.status}: {body.decode(errors='replace')}")
    return seconds


class Recording:
    """A recording cut into parts, with their checksums."""

    def __init__(self, part, count):
        first = START + bytes(part - len(START))
        rest = bytes(part)
        self.size = part * count
        self.parts = [(part * number, body, checksum(body)) for number, body in enumerate([first] + [rest] * (count - 1))]

    def append(self, url, with_checksums):
        """Sends it all to the address of a resumable upload (tus 1.0); the page does so with checksums."""
        connection, target = connect(url)
        for offset, body, digest in self.parts:
            headers = {
                "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(offset)}
            if offset + len(body) == self.size:  # As the page does, which cannot know it before.
                headers["Upload-Length"] = str(self.size)
            if with_checksums:
                headers["Upload-Checksum"] = digest
            connection.request("PATCH", target, memoryview(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 204:
                fail(f"a part answered {answer.status}: {text.decode(errors='replace')}")
        connection.close()


def checksum(body):
    return "sha256 " + base64.b64encode(hashlib.sha256(body).digest()).decode()


def connect(url):
    address = urllib.parse.urlsplit(url)
    target = f"{address.path}?{address.query}" if address.query else address.path
    return http.client.HTTPConnection("127.0.0.1", address.port, timeout=300), target


def at_once(send, addresses):
    """Seconds until `send` was done with every address, all begun together."""
    with ThreadPoolExecutor(len(addresses)) as candidates:
        start = time.perf_counter()
        list(candidates.map(send, addresses))
        return time.perf_counter() - start
