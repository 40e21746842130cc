#!/bin/bash
# Measures lists, search and review with 1,000 and with 100,000 interviews in one organisation: a stack
# each on a free port, both taken down whatever happens.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PARLEY_IDLE_SECONDS=600
runs=("$PWD/.run-bench-small" "$PWD/.run-bench-large")
down() { for run in "${runs[@]}"; do PARLEY_RUN=$run nginx/local/down.py; done; }
trap down EXIT
down
for run in "${runs[@]}"; do
    rm -rf "$run"
    PARLEY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    export PARLEY_PORT
    PARLEY_RUN=$run nginx/local/up.py
    PARLEY_RUN=$run nginx/local/demo.py --organization-only
done
Tests/Benchmarks/volume.py "${runs[@]}" "$@"
