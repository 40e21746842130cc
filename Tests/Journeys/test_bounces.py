"""Bounces that come back by mail: from a real Postfix, and as other mail servers write them."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from correspondence import kept, run_webhook, settle
from machine import CHECKOUT, settings_of
from parley import Interview, eventually, moment
from test_pages import page, signed_in  # noqa: F401

sys.path.append(str(CHECKOUT / "Tests/Servers"))
import postfix  # noqa: E402

SAMPLES = Path(__file__).parent / "bounces"
BOUNCE_ADDRESS = {"PARLEY_BOUNCE_ADDRESS": "bounces@returned.example"}
REASONS = {
    "postfix": "Refused for good (5.1.1): 550 5.1.1 No such mailbox here",
    "exim": "Refused for good (5.0.0): the mail server gave no reason.",
    "exchange": "Refused for good (5.1.10): 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "gmail": "Refused for good (5.1.1): 550-5.1.1 The email account that you tried to reach does not exist. Please try "
             "550-5.1.1 double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces. gsmtp",
}


def return_address(signer, delivery):
    """As module Mail makes it."""
    import hmac
    digits = delivery.replace("-", "")
    return f"bounces+{digits}{hmac.digest(signer.key('bounces'), digits.encode(), 'sha256').hex()[:20]}@returned.example"


@pytest.fixture
def sent(recruiter, candidates, one_question, database, signer):
    """An interview whose invitation was sent, and the address that its bounce would come to."""
    def one():
        interview = Interview(recruiter, candidates[1], one_question, deadlineAt=moment(10 * 86400)).send()
        settle(database, interview)
        [delivery] = database.execute("SELECT delivery_id FROM mail WHERE async_interview_id = %s", [interview.id]).fetchone()
        return interview, return_address(signer, delivery)
    return one


@pytest.fixture(scope="module")
def read(demo, run):
    """Hands a message to ReadBounce as a mail server does; (exit status, what it says)."""
    def one(address, message, **settings):
        done = subprocess.run(
            [f"{demo['functions']}/ReadBounce", address], input=message, capture_output=True,
            env={**os.environ, **settings_of(run), **BOUNCE_ADDRESS, **settings})
        return done.returncode, (done.stdout + done.stderr).decode().strip()
    return one


def sample(name, address, recipient="mira@candidates.example"):
    return (SAMPLES / f"{name}.eml").read_text().format(address=address, recipient=recipient).encode()


# ---- A mail server ------------------------------------------------------------------------------

@pytest.mark.skipif(not postfix.is_possible(), reason="Postfix runs for root only")
def test_from_a_real_mail_server_and_back(sent, read, run, demo, signer, organization, database, request):
    server = postfix.Postfix("candidates.example", int((run / "smtp.port").read_text()), "returned.example")
    request.addfinalizer(server.stop)
    interview, _ = sent()
    database.execute("UPDATE async_interview SET invitation_email = %s WHERE id = %s", [f"refused-{uuid.uuid4()}@candidates.example", interview.id])
    delivery = str(uuid.uuid4())
    status, _ = run_webhook(
        demo, run, signer, "MailInvitation", "/api/webhooks/mail/invitation", "invitation.sent", interview, organization, delivery,
        PARLEY_SMTP=f"smtp://127.0.0.1:{server.port}", **BOUNCE_ADDRESS)
    assert status == 204
    assert kept(interview)[0]["state"] == "sent"
    address, message = server.returned()
    assert address == return_address(signer, delivery)
    assert read(address, message) == (0, "noted")
    mail = kept(interview)[0]
    assert (mail["state"], mail["reason"]) == ("bounced", "Refused for good (5.1.1): 550 5.1.1 No such mailbox here")


# ---- As others write them -----------------------------------------------------------------------

@pytest.mark.parametrize("name", REASONS)
def test_as_mail_servers_write_them(sent, read, name):
    interview, address = sent()
    message = sample(name, address)
    assert read(address, message) == (0, "noted")
    mail = kept(interview)[0]
    assert (mail["state"], mail["reason"]) == ("bounced", REASONS[name])
    assert read(address, message) == (0, "ignored: known")


def test_line_ends_and_capitals_of_the_way(sent, read):
    interview, address = sent()
    assert read(address.upper(), b"From MAILER-DAEMON Sat Nov 21 10:02:00 2026\n" + sample("postfix", address).replace(b"\n", b"\r\n")) == (0, "noted")
    assert kept(interview)[0]["state"] == "bounced"


def test_shown_on_the_interview_and_the_dashboard(sent, read, signed_in, screens):  # noqa: F811
    interview, address = sent()
    assert read(address, sample("exchange", address)) == (0, "noted")
    signed_in.goto("/dashboard")
    expect(signed_in.locator(f"#failedMails a[href='/async-interviews/{interview.id}']")).to_be_visible()
    signed_in.goto(f"/async-interviews/{interview.id}")
    mails = signed_in.locator("mails-view")
    expect(mails.locator("summary")).to_contain_text("1 not delivered")
    mails.locator("summary").click()
    expect(mails).to_contain_text("Recipient not found by SMTP address lookup")
    screens.see(signed_in, "bounced")


def test_given_up_after_trying_is_a_bounce_and_late_is_none(sent, read):
    interview, address = sent()
    late = sample("postfix", address).replace(b"Action: failed", b"Action: delayed").replace(b"Status: 5.1.1", b"Status: 4.4.1")
    assert read(address, late) == (0, "ignored: it has not failed")
    assert kept(interview)[0]["state"] == "sent"
    assert read(address, late.replace(b"Action: delayed", b"Action: failed")) == (0, "noted")
    assert kept(interview)[0]["reason"].startswith("Given up after trying again (4.4.1): ")


def test_delivered_is_none(sent, read):
    interview, address = sent()
    for word in (b"delivered", b"relayed", b"expanded"):
        message = sample("postfix", address).replace(b"Action: failed", b"Action: " + word).replace(b"Status: 5.1.1", b"Status: 2.0.0")
        assert read(address, message) == (0, "ignored: it has not failed")
    assert kept(interview)[0]["state"] == "sent"


# ---- Damaged, forged, old -------------------------------------------------------------------------

BOUNDARY = b"0C5E3FC2387.1763719320/relay.parley.example"
DAMAGED = {
    "empty": lambda message: b"",
    "no header": lambda message: b"\n\n" + message,
    "an auto-reply": lambda message: message.replace(b"multipart/report; report-type=delivery-status", b"text/plain"),
    "a receipt": lambda message: message.replace(b"report-type=delivery-status", b"report-type=disposition-notification"),
    "no report type": lambda message: message.replace(b"report-type=delivery-status;", b""),
    "from somebody": lambda message: message.replace(b"Return-Path: <>", b"Return-Path: <mira@candidates.example>"),
    "no boundary": lambda message: message.replace(b'boundary="' + BOUNDARY, b'border="' + BOUNDARY),
    "a long boundary": lambda message: message.replace(BOUNDARY, b"b" * 71),
    "another boundary": lambda message: message.replace(b"\n--" + BOUNDARY, b"\n--other"),
    "no status part": lambda message: message.replace(b"Content-Type: message/delivery-status", b"Content-Type: text/plain"),
    "cut in the header": lambda message: message[:200],
    "cut before the status": lambda message: message[:message.index(b"Reporting-MTA")],
    "no reporting server": lambda message: message.replace(b"Reporting-MTA:", b"X-MTA:"),
    "cut before the recipient": lambda message: message[:message.index(b"Final-Recipient")],
    "no recipient": lambda message: message.replace(b"Final-Recipient:", b"X-Recipient:"),
    "a recipient of no kind": lambda message: message.replace(b"Final-Recipient: rfc822; ", b"Final-Recipient: "),
    "no action": lambda message: message.replace(b"Action: failed", b"X-Action: failed"),
    "an unknown action": lambda message: message.replace(b"Action: failed", b"Action: exploded"),
    "no status": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nX-Status: 5.1.1"),
    "a status of two numbers": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nStatus: 5.1"),
    "a status of words": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nStatus: 5.x.y"),
    "a status too long": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nStatus: 5.1.1111"),
    "a status of no class": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nStatus: 3.1.1"),
    "failed and well": lambda message: message.replace(b"\nStatus: 5.1.1", b"\nStatus: 2.0.0"),
    "late for good": lambda message: message.replace(b"Action: failed", b"Action: delayed"),
    "too many recipients": lambda message: message.replace(
        b"Final-Recipient", b"Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n" * 120 + b"Final-Recipient"),
    "too many parts": lambda message: message.replace(
        b"\n--" + BOUNDARY + b"\n", (b"\n--" + BOUNDARY + b"\nContent-Type: text/plain\n\nx\n") * 20 + b"\n--" + BOUNDARY + b"\n", 1),
    "behind what is looked at": lambda message: message.replace(b"This is a MIME", b"x" * 1_100_000 + b"\nThis is a MIME"),
    "no text": lambda message: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged(sent_once, read, damage):
    interview, address = sent_once
    status, words = read(address, DAMAGED[damage](sample("postfix", address)))
    assert status == 0 and words.startswith("ignored: "), words
    assert kept(interview)[0]["state"] == "sent"


@pytest.fixture(scope="module")
def sent_once(recruiter, candidates, one_question, demo, signer):
    import psycopg
    interview = Interview(recruiter, candidates[1], one_question, deadlineAt=moment(10 * 86400)).send()
    eventually(lambda: [mail for mail in kept(interview) if mail["state"] == "sent"], "the invitation")
    with psycopg.connect(demo["databaseURL"]) as connection:
        [delivery] = connection.execute("SELECT delivery_id FROM mail WHERE async_interview_id = %s", [interview.id]).fetchone()
    return interview, return_address(signer, delivery)


def test_a_reason_that_is_long_or_has_signs_of_its_own(sent, read):
    interview, address = sent()
    message = sample("postfix", address).replace(b"550 5.1.1 No such mailbox here\n\n--", b"550 \x1b[31m<script>\xff " + b"no " * 1000 + b"\n\n--")
    assert read(address, message) == (0, "noted")
    reason = kept(interview)[0]["reason"]
    assert len(reason) == 500 and "\x1b" not in reason and "<script>" in reason


def test_forged_and_foreign_addresses(sent_once, read):
    interview, address = sent_once
    local, domain = address.split("@")
    wrong = local[:-1] + ("0" if local[-1] != "0" else "1")
    for forged in (f"{wrong}@{domain}", f"{local}@elsewhere.example", f"bounces@{domain}", f"{local[:-1]}@{domain}", f"{local}0@{domain}",
                   f"other{local[7:]}@{domain}", "", "x" * 5000, f"bounces+{'g' * 52}@{domain}"):
        assert read(forged, sample("postfix", address)) == (0, "ignored: not an address that was given to a mail")
    assert kept(interview)[0]["state"] == "sent"


def test_old_unknown_and_never_sent(sent, read, database, signer):
    interview, address = sent()
    database.execute("UPDATE mail SET updated_at = now() - interval '31 days' WHERE async_interview_id = %s", [interview.id])
    assert read(address, sample("postfix", address)) == (0, "ignored: old")
    unknown = return_address(signer, str(uuid.uuid4()))
    assert read(unknown, sample("postfix", unknown)) == (0, "ignored: unknown")
    database.execute("UPDATE mail SET state = 'skipped', updated_at = now() WHERE async_interview_id = %s", [interview.id])
    assert read(address, sample("postfix", address)) == (0, "ignored: known")


def test_what_the_operator_has_to_put_right_is_tried_again(sent_once, read):
    interview, address = sent_once
    message = sample("postfix", address)
    assert read(address, message, PARLEY_DATABASE="host=/nowhere dbname=parley")[0] == 75
    assert read(address, message, PARLEY_BOUNCE_ADDRESS="")[0] == 75
    assert read(address, message, PARLEY_BOUNCE_ADDRESS="a-local-part-that-is-too-long@returned.example")[0] == 75
    assert kept(interview)[0]["state"] == "sent"


def test_without_the_setting_mail_goes_as_before(sent, run, demo, signer, organization):
    interview, _ = sent()
    assert run_webhook(demo, run, signer, "MailInvitation", "/api/webhooks/mail/invitation", "invitation.sent", interview, organization)[0] == 204
    assert kept(interview)[0]["state"] == "sent"
