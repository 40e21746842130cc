"""What the servers for tests share: how they announce themselves and leave."""

import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading


def tell(value):
    print(json.dumps(value), flush=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start():
    """Make a folder to work in; exit and remove it when standard input ends."""
    folder = tempfile.mkdtemp()

    def leave_with_parent():
        try:
            # Fails where the parent left lines unread.
            sys.stdin.buffer.read()
        finally:
            shutil.rmtree(folder)
            os._exit(0)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    return folder


def certificate(folder):
    """Make a self-signed certificate for 127.0.0.1; return its path and a TLS context."""
    pem, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", pem, "-days", "1", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    return pem, context
