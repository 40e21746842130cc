#!/usr/bin/python3
"""A local SMTP server that keeps every message as a file.

Listens on a free loopback port, which it writes to $PARLEY_RUN/smtp.port, and
writes each message to $PARLEY_RUN/mail/<number>-<time>.eml. To see what Parley
makes of refusals, recipients whose address begins with "refused" are refused
for good, and those that begin with "later" are told twice to come back later.
"""

import asyncio
import os
import signal
import time
from collections import Counter
from pathlib import Path

from aiosmtpd.smtp import SMTP

RUN = Path(os.environ["PARLEY_RUN"])
MAIL = RUN / "mail"


class Folder:
    def __init__(self):
        MAIL.mkdir(mode=0o700, exist_ok=True)
        self.asked = Counter()
        self.count = max((int(path.name.split("-")[0]) for path in MAIL.glob("*.eml")), default=0)

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.asked[address] += 1
        if address.startswith("refused"):
            return "550 5.1.1 No such mailbox here"
        if address.startswith("later") and self.asked[address] <= 2:
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 Go on"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        write_whole(MAIL / f"{self.count:05}-{moment}.eml", envelope.content)
        return "250 Kept"


def write_whole(path, content):
    """Writes the file so that a reader finds all of it or nothing."""
    draft = path.with_suffix(".part")
    draft.write_bytes(content)
    draft.rename(path)


async def main():
    folder = Folder()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(folder, hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", 0)
    write_whole(RUN / "smtp.port", b"%d\n" % server.sockets[0].getsockname()[1])
    leave = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, leave.set)
    await leave.wait()


os.umask(0o077)
asyncio.run(main())
