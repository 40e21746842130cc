"""A real S3: OpenStack Swift with its S3 interface on one node, all of it below one folder and on loopback.

    with S3Server(folder) as server:
        server.endpoint, server.region, server.access_key, server.secret_key

As a program it makes a bucket that browsers may use, and is what Tests/RemoteStores/run.py needs.

Swift checks signatures, signed lengths and types, expiry, ranges and multipart uploads, as AWS does. It has no event
notifications and no forms to post.
"""

import getpass
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from child import tell

KINDS = ["object", "container", "account"]

SERVER = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 1
user = {user}
swift_dir = {folder}/etc
devices = {folder}/srv
mount_check = false
log_level = WARNING
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""

PROXY = """
[DEFAULT]
bind_ip = 127.0.0.1
bind_port = {port}
workers = 1
user = {user}
swift_dir = {folder}/etc
[pipeline:main]
pipeline = catch_errors cache {conditions} s3api tempauth copy slo dlo symlink versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:{memcached}
[filter:s3_conditions]
paste.filter_factory = s3_conditions:filter_factory
[filter:s3api]
use = egg:swift#s3api
location = us-east-1
cors_preflight_allow_origin = *
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:copy]
use = egg:swift#copy
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
[filter:versioned_writes]
use = egg:swift#versioned_writes
allow_object_versioning = true
[filter:symlink]
use = egg:swift#symlink
"""

HASH = """
[swift-hash]
swift_hash_path_prefix = parley
swift_hash_path_suffix = tests
"""


class S3Server:
    region = "us-east-1"
    access_key = "test:tester"
    secret_key = "testing"

    def __init__(self, folder, conditions=False):
        """`conditions`: whether it knows conditional writes, as AWS does (see s3_conditions.py)."""
        self.folder = folder
        self.conditions = "s3_conditions" if conditions else ""
        self.processes = []
        self.log = None

    def __enter__(self):
        etc = self.folder / "etc"
        etc.mkdir(parents=True)
        (self.folder / "srv/d1").mkdir(parents=True)
        (etc / "swift.conf").write_text(HASH)
        ports = free_ports(len(KINDS) + 2)
        memcached, proxy = ports[-2:]
        values = {"folder": self.folder, "user": getpass.getuser(), "memcached": memcached}
        for kind, port in zip(KINDS, ports):
            (etc / f"{kind}-server.conf").write_text(SERVER.format(**values, kind=kind, port=port))
            for command in (["create", "4", "1", "1"], ["add", f"r1z1-127.0.0.1:{port}/d1", "1"], ["rebalance"]):
                subprocess.run(["swift-ring-builder", f"{kind}.builder", *command], cwd=etc, check=True, capture_output=True)
        (etc / "proxy-server.conf").write_text(PROXY.format(**values, port=proxy, conditions=self.conditions))
        self.port = proxy
        self.endpoint = f"http://127.0.0.1:{proxy}"
        self.log = open(self.folder / "log", "ab")
        self.start("memcached", "-l", "127.0.0.1", "-p", str(memcached), "-U", "0", "-u", getpass.getuser())
        for kind in KINDS:
            self.start(f"swift-{kind}-server", str(etc / f"{kind}-server.conf"))
        # The proxy leaves alone for a minute whom it called ten times in vain.
        for port in ports:
            if port != proxy:
                self.wait(lambda: is_open(port))
        self.start("swift-proxy-server", str(etc / "proxy-server.conf"))
        self.wait()
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            # Swift's servers have workers, which are in their group.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.log.close()

    def start(self, *command):
        self.processes.append(subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, start_new_session=True,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent)}))

    def wait(self, condition=None):
        """Until something can be stored, unless it is another condition."""
        condition = condition or self.is_up
        deadline = time.monotonic() + 180
        while not condition():
            if time.monotonic() > deadline:
                sys.exit(f"the S3 server did not come up:\n{(self.folder / 'log').read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)

    def is_up(self):
        """Makes a bucket through Swift's own interface, which needs all its servers."""
        try:
            sign_in = urllib.request.Request(
                f"{self.endpoint}/auth/v1.0", headers={"X-Auth-User": self.access_key, "X-Auth-Key": self.secret_key})
            with urllib.request.urlopen(sign_in, timeout=5) as answer:
                address, token = answer.headers["X-Storage-Url"], answer.headers["X-Auth-Token"]
            probe = urllib.request.Request(f"{address}/probe", method="PUT", headers={"X-Auth-Token": token})
            with urllib.request.urlopen(probe, timeout=5):
                return True
        except OSError:
            # Nobody listens yet, or 5xx.
            return False


def is_open(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        # Nobody listens yet.
        return False


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def make_bucket(server, name):
    """A bucket for browsers: Swift's S3 interface has no rules for origins, its own interface does."""
    request = urllib.request.Request(
        f"{server.endpoint}/auth/v1.0", headers={"X-Auth-User": server.access_key, "X-Auth-Key": server.secret_key})
    with urllib.request.urlopen(request) as answer:
        address, token = answer.headers["X-Storage-Url"], answer.headers["X-Auth-Token"]
    headers = {"X-Auth-Token": token, "X-Container-Meta-Access-Control-Allow-Origin": "*"}
    # Parts are in a container of their own.
    for container in (name, f"{name}+segments"):
        with urllib.request.urlopen(urllib.request.Request(f"{address}/{container}", method="PUT", headers=headers)):
            pass


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder, S3Server(Path(folder) / "node", conditions=True) as server:
        make_bucket(server, "answers")
        tell({"port": server.port, "blob": f"s3://answers?region={server.region}&endpoint={{endpoint}}",
              "environment": {"AWS_ACCESS_KEY_ID": server.access_key, "AWS_SECRET_ACCESS_KEY": server.secret_key}})
        sys.stdin.buffer.read()
