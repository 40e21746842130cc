#!/bin/bash
# Runs the journeys that depend on where recordings are kept, on a stack of their own whose recordings are in a real S3.
set -euo pipefail
cd "$(dirname "$0")/../.."

. Tests/venv.sh
export PARLEY_RUN=$PWD/.run-test-s3
PARLEY_PORT=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export PARLEY_PORT
nginx/local/down.py
rm -rf "$PARLEY_RUN"
down() {
    nginx/local/down.py
    # The store ends with its standard input.
    exec {store[1]}>&-
}
trap down EXIT
coproc store { exec "$venv/bin/python" Tests/Servers/s3_server.py; }
read -r settings <&"${store[0]}"
export PARLEY_S3=$settings
value() { python3 -c 'import json, os, sys; print(json.loads(os.environ["PARLEY_S3"])[sys.argv[1]])' "$1"; }
export PARLEY_BLOB="s3://$(value bucket)?region=$(value region)&endpoint=$(value endpoint)"
AWS_ACCESS_KEY_ID=$(value accessKeyId)
AWS_SECRET_ACCESS_KEY=$(value secretAccessKey)
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
nginx/local/up.py
nginx/local/demo.py --organization-only
"$venv/bin/pytest" "$@" Tests/RemoteStores
