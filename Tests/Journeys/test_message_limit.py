"""How often somebody may tell of new objects in the store: nginx refuses more before it costs anything."""

import os
import socket
import subprocess
import sys

import pytest

from machine import CHECKOUT
from parley import Client, eventually, is_problem
sys.path.append(str(CHECKOUT / "Tests/Servers"))
from child import free_port  # noqa: E402

S3, DELETIONS = "/api/webhooks/storage/s3", "/api/webhooks/deletions"
# Once, and as often again at once.
ADMITTED = 3


@pytest.fixture
def strict(run, base, tmp_path):
    """An nginx before the same functions, with the stack's own configuration but for the figures: one a minute."""
    port = free_port()
    text = (run / "nginx.conf").read_text()
    for old, new in ((f"listen {base.removeprefix('http://')};", f"listen 127.0.0.1:{port};"), (f"{run}/nginx.pid", f"{tmp_path}/nginx.pid"),
                     (f"{run}/log/", f"{tmp_path}/"), ("rate=100r/s;", "rate=1r/m;"), ("burst=1000 ", f"burst={ADMITTED - 1} ")):
        assert old in text, old
        text = text.replace(old, new)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(text)
    command = ["/usr/sbin/nginx", "-e", tmp_path / "error.log", "-c", configuration, *(["-g", "user root;"] if os.getuid() == 0 else [])]
    with subprocess.Popen(command) as nginx:
        try:
            eventually(lambda: not socket.socket().connect_ex(("127.0.0.1", port)), "nginx")
            yield Client(f"http://127.0.0.1:{port}")
        finally:
            nginx.terminate()


def test_more_than_a_store_ever_tells_is_refused(strict, base, database):
    counted = "SELECT coalesce(sum(count), 0) FROM storage_refusal WHERE provider = 's3' AND reason = 'UNSIGNED'"
    before = database.execute(counted).fetchone()[0]
    answers = [strict.call("POST", S3, {}) for _ in range(ADMITTED + 4)]
    for answer in answers[:ADMITTED]:
        is_problem(answer, "AUTH_REQUIRED")
    for answer in answers[ADMITTED:]:
        assert is_problem(answer, "RATE_LIMITED")["status"] == 429 and answer.headers["Retry-After"] == "1"
    # What was refused so cost no row.
    assert database.execute(counted).fetchone()[0] == before + ADMITTED
    # All of an address's messages count together, whichever store they come from, and nothing else does.
    is_problem(strict.call("POST", "/api/webhooks/storage/azure", {}), "RATE_LIMITED")
    for _ in range(ADMITTED + 4):
        is_problem(strict.call("POST", DELETIONS, {}), "AUTH_REQUIRED", "INVALID_TOKEN")
    is_problem(Client(base).call("POST", S3, {}), "AUTH_REQUIRED")
