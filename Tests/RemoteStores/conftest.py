"""What the tests here share. People, recordings and browsers are the journeys' own."""

import json
import os
import re
import subprocess

import pytest

from parley import Interview


@pytest.fixture(scope="session", autouse=True)
def nothing_signed_in_logs(run):
    """An address is a permission: no log has one, whatever went wrong."""
    yield
    logs = "".join(path.read_text(errors="replace") for path in (run / "log").iterdir())
    assert len(logs) > 1000 and not re.search("X-Amz-Signature|[?&]sig=|vercel_blob_(rw|client)_|[?&]signature=", logs)


@pytest.fixture
def interview(recruiter, candidates, one_question):
    """One that has begun."""
    return Interview(recruiter, candidates[0], one_question).send().start()


@pytest.fixture
def sign(demo):
    """Signs requests with the store's own key."""
    def sign_one(**order):
        answer = subprocess.run(
            [f"{demo['functions']}/SignRequest"], input=json.dumps(order) + "\n", stdout=subprocess.PIPE, text=True, check=True,
            env=os.environ)
        return json.loads(answer.stdout)
    return sign_one
