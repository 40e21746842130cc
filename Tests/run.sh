#!/bin/bash
# Runs every test against stacks of its own on free ports, which are taken down
# whatever happens. There are two: journeys mostly wait, so two run at a time.
set -euo pipefail
cd "$(dirname "$0")/.."

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

runs=("$PWD/.run-test" "$PWD/.run-test-2")
down() { for run in "${runs[@]}"; do PARLEY_RUN=$run nginx/local/down.py; done; }

# The receivers of webhooks are on this machine.
export PARLEY_WEBHOOK_LOOPBACK=allow
down
rm -rf "${runs[@]}"
trap down EXIT
for run in "${runs[@]}"; do
    export PARLEY_RUN=$run PARLEY_PORT
    PARLEY_PORT=$(free_port)
    nginx/local/up.py
    nginx/local/demo.py --organization-only
done
export PARLEY_RUN=${runs[0]} PARLEY_RUNS=${runs[0]}:${runs[1]}

echo "Testing the pages' modules"
node --test Tests/Pages

echo "Testing modules and functions"
swift test

echo "Preparing the tests from outside"
. Tests/venv.sh

echo "Comparing the statistics with other libraries"
environment .build/reference Tests/StatisticsTests/requirements.txt
.build/reference/bin/python Tests/StatisticsTests/reference.py --check

echo "Comparing signatures with the stores' own libraries, and trying them on a real S3"
environment .build/object-stores Tests/ObjectStores/requirements.txt
.build/object-stores/bin/python Tests/ObjectStores/reference.py .build/release/Presign
.build/object-stores/bin/pytest Tests/ObjectStores

echo "Reading a sample of synthetic resumes"
environment .build/resumes Tests/Resumes/requirements.txt
.build/resumes/bin/python Tests/Resumes/evaluate.py --check

echo "Testing processes"
"$venv/bin/pytest" Tests/Processes

echo "Testing journeys"
"$venv/bin/pytest" --numprocesses 2 --dist loadfile --durations 25 Tests/Journeys --ignore Tests/Journeys/test_privacy.py

echo "Testing what depends on where recordings are kept"
Tests/RemoteStores/run.sh

echo "Testing that none of it was written down"
"$venv/bin/pytest" Tests/Journeys/test_privacy.py
