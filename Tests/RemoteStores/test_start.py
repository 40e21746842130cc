"""A store that is not declared rightly is told before anything starts."""

import os
import subprocess

from child import free_port
from machine import CHECKOUT


def test_refused_at_start(tmp_path):
    run = tmp_path / "run"
    settings = {"PARLEY_RUN": str(run), "PARLEY_PORT": str(free_port()), "PARLEY_BLOB": "s3://answers"}
    result = subprocess.run([CHECKOUT / "nginx/local/up.py"], env=os.environ | settings, capture_output=True, text=True)
    assert result.returncode != 0
    assert "PARLEY_BLOB must name the bucket's region" in result.stderr and "s3://bucket?region=eu-central-1" in result.stderr
    # Nothing was started that would have to be stopped.
    assert list((run / "pids").iterdir()) == []
