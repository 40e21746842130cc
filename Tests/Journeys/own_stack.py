"""Gives each worker of pytest-xdist a stack of its own, of those that PARLEY_RUNS names.

To be imported before what reads where the stack is when it is imported.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

# The state folders of all stacks that are up.
RUNS = [Path(run) for run in os.environ.get("PARLEY_RUNS", os.environ["PARLEY_RUN"]).split(":")]
RUN = RUNS[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))]

_settings = dict(line.split("=", 1) for line in (RUN / "environment").read_text().splitlines())
os.environ["PARLEY_RUN"] = str(RUN)
# For the components that a test stops and starts again.
os.environ["PARLEY_PORT"] = str(urlsplit(_settings["PARLEY_BASE_URL"]).port)
