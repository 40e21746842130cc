"""A mail server on loopback. Writes each message it takes as a line of JSON.

What it does is chosen by addresses: recipients `later@` and `never@` are refused,
as are messages from `later-data@` and `never-data@`; one from `hangup@` ends the
connection, one from `silent@` gets no answer. Over STARTTLS `user` may log in with `p@ss word`.
"""

import asyncio
import base64
import email
import email.policy
import logging
from concurrent.futures import ThreadPoolExecutor
from email.header import decode_header, make_header
from email.utils import getaddresses

from aiosmtpd.smtp import SMTP, AuthResult, TLSSetupException

import child

REFUSALS = {
    "later": "451 4.7.1 come back later", "never": "550 5.1.1 no such mailbox",
    "later-data": "452 4.3.1 full", "never-data": "554 5.7.1 not wanted",
}

teller = ThreadPoolExecutor(1)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = REFUSALS.get(address.split("@")[0])
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        sender = envelope.mail_from.split("@")[0]
        if sender in REFUSALS:
            return REFUSALS[sender]
        if sender == "silent":
            await asyncio.Event().wait()
        if sender == "hangup":
            server.transport.abort()
            return "250 never seen"
        # Not here: the reader may be the one who waits for our answer.
        teller.submit(child.tell, {
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "content": base64.b64encode(envelope.original_content).decode(),
            "login": session.auth_data.login.decode() if session.auth_data else None,
            "parsed": parsed(envelope.original_content),
        })
        return "250 OK"


def parsed(content):
    """The message as Python's mail library understands it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    parts = list(message.iter_parts()) if message.is_multipart() else [message]
    return {
        "headers": {name.lower(): str(value) for name, value in message.items()},
        "type": message.get_content_type(),
        "addresses": {
            name: mailboxes(content, name) for name in ("from", "to", "reply-to") if message[name]
        },
        "parts": [[part.get_content_type(), part.get_content().replace("\r\n", "\n")] for part in parts],
        "defects": [repr(defect) for each in [message, *parts] for defect in each.defects]
        + [repr(defect) for value in message.values() for defect in value.defects],
    }


def mailboxes(content, name):
    """Names and addresses of a header. The newer parser of Python 3.11 puts spaces
    between the encoded words of a name, against RFC 2047 section 6.2; the older
    does not."""
    header = email.message_from_bytes(content)[name]
    return [[str(make_header(decode_header(name))), address] for name, address in getaddresses([header])]


def authenticate(server, session, envelope, mechanism, data):
    fits = (data.login, data.password) == (b"user", b"p@ss word")
    return AuthResult(success=fits, handled=False, auth_data=data)


async def main(folder):
    pem, context = child.certificate(folder)
    loop = asyncio.get_running_loop()
    # Clients that do not trust the certificate are what a test is about.
    logging.getLogger("mail.log").addFilter(
        lambda record: not (record.exc_info and record.exc_info[0] is TLSSetupException))

    async def listen(**options):
        server = await loop.create_server(
            lambda: SMTP(Handler(), loop=loop, hostname="mail.test", **options), "127.0.0.1", 0)
        return server.sockets[0].getsockname()[1]

    child.tell({
        "port": await listen(), "certificate": pem,
        "securePort": await listen(tls_context=context, authenticator=authenticate),
    })
    await asyncio.Event().wait()


asyncio.run(main(child.start()))
