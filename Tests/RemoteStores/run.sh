#!/bin/bash
# Runs the journeys that depend on where recordings are kept, on a stack of its own for each store.
# PARLEY_TEST_STORE names one store (s3, azure, azure-delegation or vercel); arguments are pytest's.
set -euo pipefail
cd "$(dirname "$0")/../.."

. Tests/venv.sh
# They mostly wait, so they run side by side, and each tells its tale in one piece.
declare -A processes
trap 'kill "${processes[@]}" 2>/dev/null || true' EXIT
for store in ${PARLEY_TEST_STORE:-s3 azure vercel}; do
    "$venv/bin/python" Tests/RemoteStores/run.py "$store" "$@" > ".build/remote-store-$store.log" 2>&1 &
    processes[$store]=$!
done
failed=0
for store in "${!processes[@]}"; do
    wait "${processes[$store]}" || failed=1
    echo "Recordings in $store"
    cat ".build/remote-store-$store.log"
done
exit $failed
