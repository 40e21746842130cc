"""Runs the tests of this folder on a stack whose recordings are in a store that the tests can cut off.

    run.py STORE [pytest arguments]

STORE is `s3`, `azure`, `azure-delegation` or `vercel`. `Tests/Servers/STORE_server.py`, given what follows the dash, prints, as JSON, its `port`, what it wants PARLEY_BLOB to be (with {endpoint} for the
address that it is reached at), and the `environment` that holds what permits to sign. It leaves when its standard input ends.
"""

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT / "Tests" / name) for name in ("Servers", "Journeys")]

from child import free_port  # noqa: E402
from line import Line  # noqa: E402


class Store:
    """The store, and the line to it."""

    def __init__(self, name):
        self.name = name
        server, _, variant = name.partition("-")
        self.process = subprocess.Popen(
            [sys.executable, CHECKOUT / f"Tests/Servers/{server}_server.py", variant], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        described = json.loads(self.process.stdout.readline())
        self.line = Line(described["port"])
        # Of stand-ins: where they are told what to do otherwise.
        self.control = described.get("control")
        self.endpoint = f"http://127.0.0.1:{self.line.port}"
        # What Vercel has is read through us, and its parts are noted here.
        self.notes_parts = name == "vercel"
        self.reading = f"http://127.0.0.1:{os.environ['PARLEY_PORT']}" if name == "vercel" else self.endpoint
        self.environment = described["environment"] | {"PARLEY_BLOB": described["blob"].format(endpoint=self.endpoint)}

    def end(self):
        self.process.stdin.close()
        self.process.wait()


class Fixtures:
    def __init__(self, store):
        self.given = store

    @pytest.fixture
    def store(self):
        return self.given

    @pytest.fixture
    def cut(self, store):
        """Cuts the store off; it is back afterwards, or when told so."""
        is_cut = False

        def switch(off=True):
            nonlocal is_cut
            if off != is_cut:
                (store.line.cut if off else store.line.mend)()
            is_cut = off
        yield switch
        switch(False)


def journeys():
    """Their people, recordings and browsers: the conftest.py there, under a name that this folder's has not."""
    specification = importlib.util.spec_from_file_location("journeys", CHECKOUT / "Tests/Journeys/conftest.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def main(name, *arguments):
    # Whoever ends us has the stack taken down.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # All of them, unless some are named.
    folder = [] if any(argument.startswith("Tests/") for argument in arguments) else [str(Path(__file__).parent)]
    run = CHECKOUT / f".run-test-{name}"
    os.environ |= {"PARLEY_RUN": str(run), "PARLEY_RUNS": str(run), "PARLEY_PORT": str(free_port())}
    local = CHECKOUT / "nginx/local"
    subprocess.run([local / "down.py"], check=True)
    shutil.rmtree(run, ignore_errors=True)
    store = Store(name)
    os.environ |= store.environment
    try:
        subprocess.run([local / "up.py"], check=True)
        subprocess.run([local / "demo.py", "--organization-only"], check=True)
        return pytest.main([*arguments, *folder], plugins=[journeys(), Fixtures(store)])
    finally:
        subprocess.run([local / "down.py"], check=True)
        store.end()


sys.exit(main(*sys.argv[1:]))
