#!/bin/bash
# Measures Parley beside a C program and PHP, and its page in a browser, against a stack of its own on a
# free port, which is taken down whatever happens.
set -euo pipefail
cd "$(dirname "$0")/../.."

. Tests/venv.sh
environment .build/object-stores Tests/ObjectStores/requirements.txt
export PARLEY_RUN=$PWD/.run-bench
PARLEY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PARLEY_PORT
# Short, so that waiting for functions to leave does not take long.
export PARLEY_IDLE_SECONDS=4
nginx/local/down.py
rm -rf "$PARLEY_RUN"
trap nginx/local/down.py EXIT
nginx/local/up.py
nginx/local/demo.py --organization-only

Tests/Benchmarks/benchmark.py "$@"
