"""What is mailed about an interview, and what becomes of it: read from the mail server's mailbox."""

import email.policy
import json
import re
import subprocess
import uuid
from email.utils import getaddresses
from html import unescape

import pytest

from conftest import new_colleague
from correspondence import bring_forward, emit, kept, mails_about, planned, preview, run_webhook, set_deadline, settle
from machine import CHECKOUT, hurry, mails
from parley import Client, Interview, accepted, eventually, is_problem, moment

DAY = 24 * 3600


@pytest.fixture
def invite(recruiter, candidates, one_question):
    def begin(person=candidates[1], **settings):
        return Interview(recruiter, person, one_question, **{"deadlineAt": moment(10 * DAY), **settings}).send()
    return begin


def the_mail(run, interview, subject, number=1):
    """The only message of its kind about an interview, or the last of that many."""
    found = eventually(lambda: (found := mails_about(run, interview, subject)) and len(found) >= number and found, subject)
    assert len(found) == number
    return found[-1]


def body(mail, kind="plain"):
    """One of a message's two forms, with the line ends of this machine."""
    return mail.get_body([kind]).get_content().replace("\r\n", "\n").rstrip("\n")


def words(text):
    return {word.rstrip(":") for word in text.split()}


def well_made(mail, demo, candidate):
    """Checks what every message has to have."""
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.defects == [] and [part.defects for part in mail.iter_parts()] == [[], []]
    assert mail["From"].addresses[0].display_name == "Northwind Labs via Parley"
    assert [(each.display_name, each.addr_spec) for each in mail["To"].addresses] == [(candidate["name"], candidate["email"])]
    assert mail["Reply-To"].addresses[0].addr_spec == demo["recruiter"]["email"]
    assert mail["Auto-Submitted"] == "auto-generated" and mail["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert mail["Date"].datetime and mail["Message-ID"] and mail["MIME-Version"] == "1.0"
    text, html = body(mail), unescape(body(mail, "html"))
    assert words(text) - words(re.sub('[<>"]', " ", html)) <= {"-"}
    assert demo["recruiter"]["email"] in text


# ---- What candidates get ----------------------------------------------------------------

def test_all_that_a_candidate_gets(invite, run, demo, candidates, database):
    interview = invite()
    person = candidates[1]
    invitation = the_mail(run, interview, "Your video interview")
    well_made(invitation, demo, person)
    assert invitation["References"] is None and invitation["List-Unsubscribe"] is None

    settle(database, interview)
    assert bring_forward(database, interview, "interview.reminder-due") == 1
    reminder = the_mail(run, interview, "Reminder")
    well_made(reminder, demo, person)
    assert "0 of 1 question answered" in body(reminder)
    assert reminder["List-Unsubscribe"] == f"<mailto:{demo['recruiter']['email']}?subject=unsubscribe>"

    set_deadline(database, interview, moment(20 * DAY))
    change = the_mail(run, interview, "New deadline")
    well_made(change, demo, person)
    assert body(change).count("UTC") == 2

    for follower in (reminder, change):
        assert follower["References"] == follower["In-Reply-To"] == invitation["Message-ID"]
    assert len({mail["Message-ID"] for mail in (invitation, reminder, change)}) == 3
    settle(database, interview)
    assert [(mail["kind"], mail["state"], mail["attempts"], mail["to"]) for mail in kept(interview)] == [
        (kind, "sent", 1, person["email"]) for kind in ("deadline-changed", "reminder", "invitation")]


def ask(interview, *accounts):
    """Says who reviews an interview."""
    accepted(interview.recruiter.call(
        "PUT", f"/api/async-interviews/{interview.id}/reviewers", {"accountIds": [each["id"] for each in accounts]}))


def test_whoever_is_asked_to_review_is_told(invite, run, demo, recruiter, base, database):
    interview = invite()
    asked, spared = (new_colleague(base, demo, name).account for name in ("Rea Reviewer", "Sven Spared"))
    own = recruiter.get("/api/auth/profile")["user"]

    ask(interview, asked, spared, own)
    # Who asks themselves needs no mail; who is asked by mistake gets none when that is undone soon.
    assert len(planned(database, interview, "review.asked")) == 2
    ask(interview, asked, own)
    assert len(planned(database, interview, "review.asked")) == 2
    bring_forward(database, interview, "review.asked")
    settle(database, interview)
    [mail] = mails(run, subject="Please review", to=asked["email"])
    assert mails(run, subject="Please review", to=spared["email"]) == []
    assert "Not submitted yet" in body(mail) and f"/async-interviews/{interview.id}" in body(mail)
    assert words(body(mail)) - words(re.sub('[<>"]', " ", unescape(body(mail, "html")))) <= {"-"}
    assert [(each["to"], each["state"]) for each in kept(interview, "review-asked")] == [(asked["email"], "sent")]
    assert accepted(preview(interview, "review-asked"))["to"] == own["email"]


def test_whoever_was_asked_early_is_told_when_there_is_something_to_review(in_writing, run, demo, base, recruiter, database):
    early, spared, late = (new_colleague(base, demo, name).account for name in ("Eva Early", "Sven Spared", "Lara Late"))
    own = recruiter.get("/api/auth/profile")["user"]

    def told(subject, person):
        return [mail for mail in mails(run, subject=subject, to=person["email"]) if f"/async-interviews/{in_writing.id}" in body(mail)]

    ask(in_writing, early, spared, own)
    bring_forward(database, in_writing, "review.asked")
    settle(database, in_writing)
    ask(in_writing, early, own)
    accepted(in_writing.candidate.call("POST", f"{in_writing.path}/text-response", {
        "questionId": in_writing.questions[0], "text": "I asked both for a conversation, and we agreed.", "durationSeconds": 20}))
    accepted(in_writing.submit())
    eventually(lambda: told("Ready to review", early), "the mail to the reviewer")
    # Neither twice, nor to whoever is not asked any more.
    for person in (early, spared):
        emit(database, in_writing, "review.ready", accountId=person["id"])
    settle(database, in_writing)
    [mail] = told("Ready to review", early)
    assert "You were asked to score every answer on your own" in body(mail) and "the scores are yours" in body(mail)
    assert words(body(mail)) - words(re.sub('[<>"]', " ", unescape(body(mail, "html")))) <= {"-"}
    assert told("Ready to review", spared) == [] and len(told("Ready to review", own)) == 1
    # Who is asked now is told so, and that is all.
    ask(in_writing, early, own, late)
    bring_forward(database, in_writing, "review.asked")
    settle(database, in_writing)
    emit(database, in_writing, "review.ready", accountId=late["id"])
    settle(database, in_writing)
    assert "Submitted" in body(told("Please review", late)[0]) and told("Ready to review", late) == []
    assert [(each["to"], each["state"]) for each in kept(in_writing, "review-ready")] == [(early["email"], "sent")]
    assert accepted(preview(in_writing, "review-ready"))["to"] == own["email"]


def test_the_receipt_says_when_and_what(invite, run, demo, candidates, recording, database):
    interview = invite().start()
    interview.answer(interview.questions[0], recording)
    submitted = accepted(interview.submit())["submittedAt"]
    receipt = the_mail(run, interview, "We received")
    well_made(receipt, demo, candidates[1])
    text = body(receipt)
    assert "- Question 1: video, 4 seconds" in text
    assert f"{submitted[11:16]} UTC" in text
    settle(database, interview)
    assert len(mails_about(run, interview, "We received")) == 1
    # Whoever has submitted is not reminded.
    bring_forward(database, interview, "interview.reminder-due")
    settle(database, interview)
    assert mails_about(run, interview, "Reminder") == []


def test_the_receipt_of_a_written_answer(in_writing, run):
    answer = "I asked both for a conversation, and we agreed."
    question = in_writing.questions[0]
    accepted(in_writing.candidate.call("POST", f"{in_writing.path}/text-response", {
        "questionId": question, "text": answer, "durationSeconds": 20}))
    accepted(in_writing.submit())
    receipt = the_mail(run, in_writing, "We received")
    assert f"Question 1: written answer, {len(answer)} characters" in body(receipt)


def test_a_withdrawal(invite, run, demo, candidates, database):
    interview = invite()
    the_mail(run, interview, "Your video interview")
    database.execute("UPDATE async_interview SET status = 'CANCELLED' WHERE id = %s", [interview.id])
    before = len(mails(run, subject="Withdrawn"))
    emit(database, interview, "interview.cancelled")
    settle(database, interview)
    withdrawals = mails(run, subject="Withdrawn")
    assert len(withdrawals) == before + 1
    well_made(withdrawals[-1], demo, candidates[1])
    assert interview.token not in withdrawals[-1].as_string()
    assert kept(interview, "cancelled")[0]["state"] == "sent"


def test_a_draft_is_nothing_to_write_about(recruiter, candidates, one_question, run, database):
    interview = Interview(recruiter, candidates[1], one_question)
    for topic, data in (
            ("invitation.sent", {}), ("interview.cancelled", {}), ("interview.submitted", {}), ("interview.ready", {}),
            ("deadline.changed", {"previousDeadlineAt": moment(5)})):
        emit(database, interview, topic, **data)
    settle(database, interview)
    assert kept(interview) == [] and mails_about(run, interview) == []


def test_the_preview_is_what_is_sent(invite, run, database):
    interview = invite(introMessage="Welcome & <b>hello</b>!\nTake your time.")
    sent = {"invitation": the_mail(run, interview, "Your video interview")}
    settle(database, interview)
    bring_forward(database, interview, "interview.reminder-due")
    sent["reminder"] = the_mail(run, interview, "Reminder")
    for kind, mail in sent.items():
        shown = accepted(preview(interview, kind))
        assert shown["subject"] == mail["Subject"]
        assert shown["text"] == body(mail)
        assert shown["html"].rstrip("\n") == body(mail, "html")
    assert "Welcome &amp; &lt;b&gt;hello&lt;/b&gt;!" in accepted(preview(interview, "invitation"))["html"]
    for kind in ("receipt", "deadline-changed", "cancelled", "ready-to-review"):
        assert accepted(preview(interview, kind))["text"]
    assert len(kept(interview)) == 2


def test_only_the_organisation_sees_its_mails(invite, stranger, base):
    interview = invite()
    for path in ("mails", "mails/invitation/preview"):
        address = f"/api/async-interviews/{interview.id}/{path}"
        is_problem(stranger.call("GET", address), "NOT_FOUND")
        is_problem(Client(base).call("GET", address), "AUTH_REQUIRED")
    is_problem(preview(interview, "postcard"), "VALIDATION_FAILED")


# ---- Names and titles of all sorts ---------------------------------------------------------

@pytest.mark.parametrize("name", [
    "Zoë Ångström-面接 (née \"O'Hara\"), <zoe>", "عمر خيّام", "👩🏽‍💻", "=?utf-8?q?fake?= <x@y.example>", "a" * 200])
def test_names_arrive_as_they_are(recruiter, one_question, run, database, organization, name):
    person = new_candidate(database, organization, name)
    interview = Interview(recruiter, person, one_question).send()
    mail = the_mail(run, interview, "Your video interview")
    # Python 3.11's newer parser puts spaces between the encoded words of a name, against RFC 2047.
    assert mail["To"].addresses[0].display_name.replace(" ", "") == name.replace(" ", "")
    assert mail["To"].addresses[0].addr_spec == person["email"]
    assert f"Hi {name}," in body(mail)
    assert "<zoe>" not in body(mail, "html")
    assert max(len(line) for line in mail.as_bytes(policy=email.policy.SMTP).split(b"\r\n")) <= 998


def test_very_long_titles(recruiter, candidates, one_question, run, database):
    title = "Leiterin für Öffentlichkeitsarbeit und Donaudampfschifffahrt " * 8
    database.execute("UPDATE assessment SET job_title = %s WHERE id = %s", [title, one_question])
    try:
        interview = Interview(recruiter, candidates[1], one_question).send()
        mail = the_mail(run, interview, "Your video interview")
    finally:
        database.execute("UPDATE assessment SET job_title = 'Software Engineer' WHERE id = %s", [one_question])
    assert title.strip() in str(mail["Subject"])
    [raw] = [path for path in (run / "mail").glob("*.eml") if interview.token[:30] in path.read_text().replace("=\n", "")]
    assert all(len(line) <= 78 for line in raw.read_bytes().split(b"\n"))


@pytest.mark.parametrize("evil", ["Evangeline\r\nBcc: all@example.org", "Evangeline\nSubject: free", "Evangeline\u2028X: y", "Evangeline\x7f"])
def test_no_name_adds_a_header(recruiter, one_question, run, database, organization, evil):
    """No route takes such a name; should one come in otherwise, nothing is sent, and people see why."""
    person = new_candidate(database, organization, evil)
    interview = Interview(recruiter, person, one_question).send()
    settle(database, interview)
    [mail] = kept(interview)
    assert (mail["state"], mail["reason"]) == ("failed", "The name holds a line break or another control character.")
    assert mails_about(run, interview) == []
    assert "control character" in is_problem(preview(interview, "invitation"), "CONFLICT")["detail"]
    database.execute("UPDATE candidate SET name = 'Evangeline' WHERE id = %s", [person["id"]])
    emit(database, interview, "invitation.sent")
    the_mail(run, interview, "Your video interview")
    assert [mail["state"] for mail in kept(interview)] == ["sent", "failed"]


def new_candidate(database, organization, name):
    person = {"name": name, "email": f"{uuid.uuid4()}@candidates.example"}
    [person["id"]] = database.execute(
        "INSERT INTO candidate (organization_id, name, email) VALUES (%s, %s, %s) RETURNING id::text",
        [organization, name, person["email"]]).fetchone()
    return person


# ---- A mail server that refuses ----------------------------------------------------------------

def test_refused_for_good(invite, run, database):
    interview = invite(invitationEmail=f"refused-{uuid.uuid4()}@candidates.example")
    settle(database, interview)
    [mail] = kept(interview)
    assert (mail["state"], mail["attempts"], mail["sentAt"]) == ("failed", 1, None)
    assert mail["reason"] == "The mail server said: 550 5.1.1 No such mailbox here"
    assert mails_about(run, interview) == []
    # It is dealt with: no dead letter for operators to look after.
    states = database.execute("""
        SELECT d.state FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE d.function = 'MailInvitation' AND e.data->>'interviewId' = %s""", [interview.id]).fetchall()
    assert states == [("done",)]


def test_refused_for_now(invite, run, database):
    interview = invite(invitationEmail=f"later-{uuid.uuid4()}@candidates.example")

    def waiting():
        return [mail for mail in kept(interview) if mail["reason"]]
    [mail] = eventually(waiting, "the first refusal")
    assert (mail["state"], mail["reason"]) == ("sending", "The mail server said: 451 4.7.1 Come back later")
    settle(database, interview)
    [mail] = kept(interview)
    assert (mail["state"], mail["attempts"], mail["reason"]) == ("sent", 3, None)
    assert len(mails_about(run, interview)) == 1


def test_given_up(invite, run, database):
    interview = invite(invitationEmail=f"later-{uuid.uuid4()}@candidates.example")
    eventually(lambda: [mail for mail in kept(interview) if mail["reason"]], "the first refusal")
    database.execute("""
        UPDATE delivery d SET attempts = 19 FROM event e
        WHERE e.id = d.event_id AND d.function = 'MailInvitation' AND e.data->>'interviewId' = %s""", [interview.id])

    def failed():
        hurry(database)
        return kept(interview)[0]["state"] == "failed"
    eventually(failed, "giving up")
    assert kept(interview)[0]["reason"] == "The mail server said: 451 4.7.1 Come back later"
    database.execute("""
        DELETE FROM delivery d USING event e WHERE e.id = d.event_id AND d.state = 'dead' AND e.data->>'interviewId' = %s""",
        [interview.id])


# ---- Resend -----------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def resend():
    """A stand-in that speaks Resend's API: reads the mails that it took."""
    server = subprocess.Popen(
        ["/usr/bin/python3", CHECKOUT / "Tests/Servers/resend_server.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    listening = json.loads(server.stdout.readline())
    server.settings = {"PARLEY_RESEND_URL": f"http://127.0.0.1:{listening['port']}", "PARLEY_RESEND_KEY": listening["key"]}
    yield server
    server.stdin.close()
    server.wait()


@pytest.fixture
def by_resend(resend, demo, run, signer, organization):
    def send(interview, identifier=None, **settings):
        return run_webhook(
            demo, run, signer, "MailInvitation", "/api/webhooks/mail/invitation", "invitation.sent", interview, organization,
            identifier, **{**resend.settings, **settings})
    return send


@pytest.fixture
def invited(invite, database):
    """Invites somebody by the stack's own mail server, so that what follows is by Resend."""
    def begin(address):
        interview = invite()
        settle(database, interview)
        database.execute("UPDATE async_interview SET invitation_email = %s WHERE id = %s", [address, interview.id])
        return interview
    return begin


def test_sent_by_resend(invited, by_resend, resend, demo, candidates):
    interview = invited("mira@candidates.example")
    key = str(uuid.uuid4())
    assert by_resend(interview, key)[0] == 204
    taken = json.loads(resend.stdout.readline())
    mail = taken["mail"]
    assert taken["key"] == key and mail["tags"] == [{"name": "parley_mail", "value": key}]
    assert getaddresses([mail["from"]]) == [("Northwind Labs via Parley", "interviews@parley.example")]
    assert getaddresses(mail["to"]) == [(candidates[1]["name"], "mira@candidates.example")]
    assert mail["reply_to"] == demo["recruiter"]["email"]
    assert mail["headers"]["Auto-Submitted"] == "auto-generated"
    shown = accepted(preview(interview, "invitation"))
    assert (mail["subject"], mail["text"], mail["html"]) == (shown["subject"], shown["text"], shown["html"])
    assert (kept(interview)[0]["state"], kept(interview)[0]["to"]) == ("sent", "mira@candidates.example")
    assert by_resend(interview, key)[0] == 204
    assert kept(interview)[0]["attempts"] == 1


def test_killed_after_resend_took_it(invited, by_resend, resend, database):
    """The same key again: Resend sends it once, whatever happens to us."""
    interview = invited("mira@candidates.example")
    key = str(uuid.uuid4())
    assert by_resend(interview, key)[0] == 204
    database.execute("DELETE FROM receipt WHERE webhook_id = %s", [key])
    assert by_resend(interview, key)[0] == 204
    assert kept(interview)[0]["attempts"] == 2
    assert json.loads(resend.stdout.readline())["key"] == key
    other = invited("next@candidates.example")
    by_resend(other)
    assert json.loads(resend.stdout.readline())["key"] != key


@pytest.mark.parametrize("address, reason", [
    ("invalid@candidates.example", "The mail service said: validation_error: Invalid `to` field.")])
def test_resend_refuses_for_good(invited, by_resend, address, reason):
    interview = invited(address)
    assert by_resend(interview)[0] == 204
    mail = kept(interview)[0]
    assert (mail["state"], mail["reason"]) == ("failed", reason)


@pytest.mark.parametrize("address, reason, retry_after", [
    ("limited@candidates.example", "rate_limit_exceeded: Too many requests.", "7"),
    ("broken@candidates.example", "application_error: An unexpected error occurred.", "10")])
def test_resend_refuses_for_now(invited, by_resend, resend, address, reason, retry_after):
    interview = invited(address)
    key = str(uuid.uuid4())
    status, answer = by_resend(interview, key)
    assert status == 503 and f"Retry-After: {retry_after}" in answer
    mail = kept(interview)[0]
    assert (mail["state"], mail["reason"]) == ("sending", f"The mail service said: {reason}")
    assert by_resend(interview, key)[0] == 204
    assert json.loads(resend.stdout.readline())["key"] == key
    assert [(mail["state"], mail["attempts"], mail["reason"]) for mail in kept(interview)][0] == ("sent", 2, None)


@pytest.mark.parametrize("settings, address, reason", [
    ({"PARLEY_RESEND_KEY": "re_wrong"}, "mira@candidates.example", "The mail service said: invalid_api_key: API key is invalid"),
    ({}, "quota@candidates.example", "The mail service said: daily_quota_exceeded: You have reached your daily email sending quota."),
    ({"PARLEY_RESEND_URL": "http://127.0.0.1:9"}, "mira@candidates.example", "The mail service did not answer (couldNotConnect).")])
def test_what_the_operator_has_to_put_right_is_waited_for(invited, by_resend, settings, address, reason):
    interview = invited(address)
    assert by_resend(interview, **settings)[0] == 503
    assert (kept(interview)[0]["state"], kept(interview)[0]["reason"]) == ("sending", reason)


@pytest.fixture
def report(base, signer):
    """Reports of a mail as Resend does."""
    def send(kind, data, **signing):
        body = json.dumps({"type": kind, "created_at": moment(0), "data": data}).encode()
        return Client(base).call("POST", "/api/webhooks/resend", data=body, headers=signer.mail_report(body, **signing))
    return send


def test_bounces_are_shown(invited, by_resend, resend, report, base):
    interview = invited("mira@candidates.example")
    assert by_resend(interview)[0] == 204
    taken = json.loads(resend.stdout.readline())
    bounce = {"email_id": taken["id"], "bounce": {"type": "Permanent", "subType": "General", "message": "550 no such user"}}
    is_problem(report("email.bounced", bounce, key=bytes(32)), "INVALID_TOKEN")
    is_problem(report("email.bounced", bounce, seconds_ago=3600), "INVALID_TOKEN")
    is_problem(Client(base).call("POST", "/api/webhooks/resend", {"type": "email.bounced", "data": bounce}), "AUTH_REQUIRED")
    assert report("email.delivered", bounce).status_code == 204
    assert kept(interview)[0]["state"] == "sent"
    for _ in range(2):
        assert report("email.bounced", bounce).status_code == 204
        assert (kept(interview)[0]["state"], kept(interview)[0]["reason"]) == ("bounced", "Permanent: 550 no such user")
    assert kept(interview)[1]["state"] == "sent"


def test_a_bounce_that_comes_before_we_know_the_id(invited, by_resend, resend, report, database):
    interview = invited("mira@candidates.example")
    key = str(uuid.uuid4())
    assert by_resend(interview, key)[0] == 204
    taken = json.loads(resend.stdout.readline())
    database.execute("UPDATE mail SET transport_id = NULL, state = 'sending', sent_at = NULL WHERE delivery_id = %s", [key])
    assert report("email.failed", {
        "email_id": taken["id"], "tags": {"parley_mail": key}, "failed": {"reason": "domain_not_verified"}}).status_code == 204
    assert (kept(interview)[0]["state"], kept(interview)[0]["reason"]) == ("failed", "domain_not_verified")


def test_reports_of_other_mails(report):
    assert report("email.bounced", {"email_id": str(uuid.uuid4()), "bounce": {"message": "no"}}).status_code == 204
    assert report("contact.created", {"id": "1"}).status_code == 204
    is_problem(report("email.bounced", "text"), "VALIDATION_FAILED")
