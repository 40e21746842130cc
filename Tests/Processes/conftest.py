"""Functions as whoever holds their socket starts them."""

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from fastcgi import Request

CHECKOUT = Path(__file__).resolve().parents[2]
FUNCTIONS = Path(os.environ.get("PARLEY_FUNCTIONS") or CHECKOUT / ".build/release")

# Generous, for a busy machine; nothing is measured against it.
PATIENCE = 30


def wait_until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


class Function:
    """SignIn behind a unix socket: it takes a body, and refuses an empty one without asking a database."""

    name = "SignIn"

    def __init__(self, folder):
        self.folder = folder
        self.path = folder / "function.sock"
        self.program = FUNCTIONS / self.name
        self.log = folder / "function.log"
        self.processes = []
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.path))
        self.listener.listen(16)
        (folder / "environment").write_text(
            f"PARLEY_DATABASE=host=/nonexistent dbname=parley\nPARLEY_BASE_URL=http://127.0.0.1\nPARLEY_LOG={self.log}\n")

    def environment(self, **settings):
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
        return inherited | {"PARLEY_RUN": str(self.folder)} | settings

    def start(self, **settings):
        """Starts a process as inetd does: the listening socket is its standard input, output and error."""
        process = subprocess.Popen(
            [self.program], env=self.environment(**settings),
            stdin=self.listener, stdout=self.listener, stderr=self.listener)
        self.processes.append(process)
        return process

    def install(self):
        """Puts the program where it can be replaced."""
        self.program = self.folder / self.name
        self.replace()

    def replace(self):
        draft = self.folder / "draft"
        shutil.copy(FUNCTIONS / self.name, draft)
        draft.rename(self.program)

    def request(self, **variables):
        return Request(self.path, **{
            "REQUEST_METHOD": "POST", "DOCUMENT_URI": "/api/auth/login", "CONTENT_TYPE": "application/json"} | variables)

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()
        self.listener.close()


def children(process):
    return (Path(f"/proc/{process.pid}/task/{process.pid}/children")).read_text().split()


def is_busy(pid):
    """Whether a process has a connection besides the listening socket."""
    found = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.add(os.readlink(entry))
        except FileNotFoundError:
            pass
    return sum(target.startswith("socket:") for target in found) > 1


@pytest.fixture
def function(tmp_path):
    function = Function(tmp_path)
    yield function
    function.end()
