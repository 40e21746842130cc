#!/bin/bash
# Runs every test against a stack of its own on a free port, which is taken
# down whatever happens.
set -euo pipefail
cd "$(dirname "$0")/.."

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

export PARLEY_RUN=$PWD/.run-test
PARLEY_PORT=$(free_port)
export PARLEY_PORT
# The receivers of webhooks are on this machine.
export PARLEY_WEBHOOK_LOOPBACK=allow
nginx/local/down.py
rm -rf "$PARLEY_RUN"
trap nginx/local/down.py EXIT
nginx/local/up.py
nginx/local/demo.py --organization-only

echo "Testing the pages' modules"
node --test Tests/Pages

echo "Testing modules and functions"
swift test

echo "Preparing the tests from outside"
. Tests/venv.sh

echo "Comparing the statistics with other libraries"
environment .build/reference Tests/StatisticsTests/requirements.txt
.build/reference/bin/python Tests/StatisticsTests/reference.py --check

echo "Reading a sample of synthetic resumes"
environment .build/resumes Tests/Resumes/requirements.txt
.build/resumes/bin/python Tests/Resumes/evaluate.py --check

echo "Testing processes"
"$venv/bin/pytest" Tests/Processes

echo "Testing journeys"
"$venv/bin/pytest" Tests/Journeys
