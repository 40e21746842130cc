#!/bin/bash
# Runs a command and starts it again when it ends, until told to leave.
set -uo pipefail

while true; do
    "$@"
    status=$?
    echo "$(date -u +%FT%TZ) ${1##*/} ended with status $status; starting it again" >&2
    sleep 1
done
