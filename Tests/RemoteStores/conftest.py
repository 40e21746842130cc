"""The journeys' people, recordings and browsers, beside a stack whose recordings are in an S3."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Journeys"))
from conftest import *  # noqa: E402, F403
