"""Sweeps of the store, as an operator and as the courier has them done."""

import json
import os
import subprocess

from machine import settings_of


def command(name, demo, run, *arguments, status=0):
    """What a command printed, a line each, read as JSON where it is."""
    done = subprocess.run(
        [f"{demo['functions']}/{name}", *arguments], env={**os.environ, **settings_of(run)}, capture_output=True, text=True)
    assert done.returncode == status, (done.returncode, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()] if status == 0 else done.stderr


def sweep(demo, run, *arguments):
    """The findings of `SweepStore` by kind: keys; and the figures by organisation."""
    lines = command("SweepStore", demo, run, *arguments)
    findings, figures = {}, {}
    for line in lines:
        if "figures" in line:
            figures[line["organizationId"]] = line["figures"]
        else:
            findings.setdefault(line["finding"], set()).add(line["key"])
    return findings, figures
