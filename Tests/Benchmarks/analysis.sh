#!/bin/bash
# Measures the word rules on what people labelled, and how far texts that speak to the rater move the scores of ten
# answers: through the whole chain, on a stack of its own with the providers' double.
set -euo pipefail
cd "$(dirname "$0")/../.."

.build/release/MeasureAnalysis

export PARLEY_RUN=$PWD/.run-bench-analysis PARLEY_INJECTION_ANSWERS=10
PARLEY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PARLEY_PORT
nginx/local/down.py
rm -rf "$PARLEY_RUN"
trap nginx/local/down.py EXIT
nginx/local/up.py
nginx/local/demo.py --organization-only
. Tests/venv.sh
"$venv/bin/pytest" -q --capture=no Tests/Journeys/test_rating.py -k speaks_to_the_rater
