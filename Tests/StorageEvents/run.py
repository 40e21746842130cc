#!/usr/bin/env python3
"""Runs the tests of what stores tell of themselves, on a stack of its own: recordings are in a real S3, and messages come
from a stand-in of Amazon SNS on this machine, over TLS.

    run.py [ARGUMENTS OF PYTEST]
"""

import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT / "Tests" / name) for name in ("Servers", "Journeys")]

from child import free_port  # noqa: E402
from s3_server import S3Server, make_bucket  # noqa: E402
from sns_server import SNSServer  # noqa: E402

BUCKET = "answers"
VERCEL_TOKEN = f"vercel_blob_rw_{BUCKET}_secret"


def settings(s3, sns, stranger):
    run = str(CHECKOUT / ".run-test-events")
    return {
        "PARLEY_RUN": run, "PARLEY_RUNS": run, "PARLEY_PORT": str(free_port()),
        "PARLEY_BLOB": f"s3://{BUCKET}?region={s3.region}&endpoint={s3.endpoint}",
        "AWS_ACCESS_KEY_ID": s3.access_key, "AWS_SECRET_ACCESS_KEY": s3.secret_key,
        "PARLEY_STORAGE_EVENTS_TOPICS": sns.topic,
        # The stranger's host is one to ask as well; who answers there is not to be believed.
        "PARLEY_STORAGE_EVENTS_HOSTS": f"{sns.host},{stranger.host}",
        "PARLEY_STORAGE_EVENTS_AUTHORITIES": str(sns.authorities), "BLOB_READ_WRITE_TOKEN": VERCEL_TOKEN,
    }


def run(command):
    subprocess.run([CHECKOUT / command[0], *command[1:]], check=True)


def main():
    import pytest

    class Servers:
        """What the tests ask for by these names."""

        @pytest.fixture
        def s3(self):
            return s3

        @pytest.fixture
        def sns(self):
            return sns

        @pytest.fixture
        def stranger(self):
            return stranger

    with (tempfile.TemporaryDirectory() as folder, S3Server(Path(folder) / "s3", conditions=True) as s3,
            SNSServer(Path(folder) / "sns") as sns, SNSServer(Path(folder) / "stranger") as stranger):
        make_bucket(s3, BUCKET)
        os.environ |= settings(s3, sns, stranger)
        run(["nginx/local/down.py"])
        shutil.rmtree(os.environ["PARLEY_RUN"], ignore_errors=True)
        try:
            run(["nginx/local/up.py"])
            run(["nginx/local/demo.py", "--organization-only"])
            # The journeys' people and recordings, who look for the stack when they are imported.
            people = importlib.import_module("conftest")
            return pytest.main([str(Path(__file__).parent), *sys.argv[1:]], plugins=[people, Servers()])
        finally:
            run(["nginx/local/down.py"])


if __name__ == "__main__":
    sys.exit(main())
