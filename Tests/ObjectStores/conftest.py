"""A real S3 and stand-ins for other stores, with addresses and requests signed by Parley's commands."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import requests

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "Tests/Servers"))
COMMANDS = Path(os.environ.get("PARLEY_FUNCTIONS") or CHECKOUT / ".build/release")
PRESIGN = COMMANDS / "Presign"


class Bucket:
    name = "answers"

    def __init__(self, server):
        self.server = server

    def sign(self, method, key, **more):
        order = {
            "store": "s3", "method": method, "key": key, "endpoint": self.server.endpoint, "bucket": self.name, "region": self.server.region,
            "accessKeyId": self.server.access_key, "secretAccessKey": self.server.secret_key, **more}
        answer = subprocess.run([PRESIGN], input=json.dumps(order) + "\n", stdout=subprocess.PIPE, text=True, check=True)
        return answer.stdout.strip()

    def put(self, key, body, sent=None, **signed):
        """Signs what is given, sends it so, or as `sent` says otherwise."""
        headers = {"Content-Type": signed.get("contentType", "video/webm")} | (sent or {})
        return requests.put(self.sign("PUT", key, **signed), data=body, headers=headers)


@pytest.fixture(scope="session")
def bucket(tmp_path_factory):
    from s3_server import S3Server
    with S3Server(tmp_path_factory.mktemp("s3") / "node") as server:
        bucket = Bucket(server)
        assert requests.put(bucket.sign("PUT", "")).status_code == 200
        yield bucket


@pytest.fixture(scope="session")
def servers():
    """Starts a server of Tests/Servers by name, once, and returns what it tells of itself."""
    running = {}

    def server(name, *arguments):
        if (name, *arguments) not in running:
            process = subprocess.Popen(
                [sys.executable, CHECKOUT / "Tests/Servers" / name, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            running[(name, *arguments)] = process, json.loads(process.stdout.readline())
        return running[(name, *arguments)][1]
    yield server
    for process, _ in running.values():
        # It leaves with its standard input.
        process.communicate()
