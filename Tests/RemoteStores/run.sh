#!/bin/bash
# Runs the journeys that depend on where recordings are kept, on a stack of its own for each store.
# PARLEY_TEST_STORE names one store (s3, azure, azure-delegation or vercel); arguments are pytest's.
set -euo pipefail
cd "$(dirname "$0")/../.."

. Tests/venv.sh
for store in ${PARLEY_TEST_STORE:-s3 azure vercel}; do
    echo "Recordings in $store"
    "$venv/bin/python" Tests/RemoteStores/run.py "$store" "$@"
done
