"""A Postfix of one's own on loopback: takes mail, relays it to another mail server on this machine, and
hands what comes back to a folder, as its pipe transport hands it to a program. Needs root, as Postfix does."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

SETTINGS = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = relay.parley.example
mydestination =
local_recipient_maps =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
smtp_host_lookup = native
recipient_delimiter = +
transport_maps = inline:{{ {{ {domain} = smtp:[127.0.0.1]:{next} }}, {{ {bounces} = bounces: }} }}
bounces_destination_recipient_limit = 1
"""
SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
bounces unix - n n - 1 pipe flags=Rq user=nobody argv={folder}/etc/keep ${{recipient}}
"""
# Whole or not at all, under the address that it came to.
KEEP = """#!/bin/sh
cat > '{folder}/spool/part' && mv '{folder}/spool/part' "{folder}/spool/$1"
"""


class Postfix:
    """Relays mail for `domain` to the port `next`; keeps what comes to the domain `bounces`."""

    def __init__(self, domain, next, bounces):
        # Not below a test's own folder: its daemons run under other names than root's.
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-"))
        self.folder.chmod(0o755)
        for name in ("queue", "data", "spool", "etc"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "spool", "nobody")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        values = {"folder": self.folder, "domain": domain, "next": next, "bounces": bounces, "port": self.port}
        (self.folder / "etc/main.cf").write_text(SETTINGS.format(**values))
        (self.folder / "etc/master.cf").write_text(SERVICES.format(**values))
        (self.folder / "etc/keep").write_text(KEEP.format(**values))
        (self.folder / "etc/keep").chmod(0o755)
        self.run("start")

    def run(self, command):
        done = subprocess.run(["/usr/sbin/postfix", "-c", self.folder / "etc", command], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr + self.log()

    def log(self):
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def returned(self, patience=60):
        """The first message that came back: (the address it came to, its bytes)."""
        deadline = time.monotonic() + patience
        while True:
            for path in (self.folder / "spool").iterdir():
                if path.name != "part":
                    return path.name, path.read_bytes()
            assert time.monotonic() < deadline, self.log()
            time.sleep(0.1)

    def stop(self):
        self.run("stop")
        shutil.rmtree(self.folder)


def is_possible():
    return os.geteuid() == 0 and Path("/usr/sbin/postfix").exists()
