#!/bin/bash
# Takes answers through the engines of a provider double with each of its faults, and prints what came of them.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PARLEY_RUN=$PWD/.run-faults PARLEY_FAULTS=all
PARLEY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PARLEY_PORT PARLEY_FAULT_TABLE=$PARLEY_RUN/faults.md
nginx/local/down.py >/dev/null
rm -rf "$PARLEY_RUN"
trap 'nginx/local/down.py >/dev/null' EXIT
nginx/local/up.py
nginx/local/demo.py --organization-only >/dev/null

. Tests/venv.sh
"$venv/bin/pytest" --quiet Tests/Journeys/test_ai_providers.py -k "transcription or rating"
cat "$PARLEY_FAULT_TABLE"
