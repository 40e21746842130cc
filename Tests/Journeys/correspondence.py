"""What journeys about mail and deadlines share."""

import json
import os
import subprocess
import uuid

from machine import hurry, mails, settings_of
from parley import eventually


def emit(database, interview, topic, **data):
    """Tells of something as a function would; the id of the event."""
    with database.transaction():
        database.execute("""
            SELECT set_config('app.organization', organization_id::text, true) FROM async_interview WHERE id = %s""",
            [interview.id])
        [event] = database.execute(
            "SELECT emit(%s, %s)", [topic, json.dumps({"interviewId": interview.id, **data})]).fetchone()
    return event


def set_deadline(database, interview, deadline):
    """Moves a deadline and tells of it, as a recruiter's change does."""
    [before] = database.execute("SELECT deadline_at FROM async_interview WHERE id = %s", [interview.id]).fetchone()
    database.execute("UPDATE async_interview SET deadline_at = %s WHERE id = %s", [deadline, interview.id])
    emit(database, interview, "deadline.changed", previousDeadlineAt=before.isoformat())


def settle(database, interview):
    """Waits until everything that is due about an interview is dealt with."""
    def done():
        hurry(database)
        return database.execute("""
            SELECT count(*) FROM delivery d JOIN event e ON e.id = d.event_id
            WHERE e.data->>'interviewId' = %s AND d.state = 'ready' AND (d.run_at <= now() OR d.attempts > 0)""",
            [interview.id]).fetchone() == (0,)
    eventually(done, "the end of what is due")


def planned(database, interview, topic):
    """When events of a topic are due that have not come yet."""
    return [due for due, in database.execute("""
        SELECT d.run_at FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE e.topic = %s AND e.data->>'interviewId' = %s AND d.state = 'ready' ORDER BY d.run_at""",
        [topic, interview.id])]


def told(database, interview, topic):
    """How often something was told of."""
    return database.execute(
        "SELECT count(*) FROM event WHERE topic = %s AND data->>'interviewId' = %s", [topic, interview.id]).fetchone()[0]


def bring_forward(database, interview, topic):
    """Lets planned events of a topic come now."""
    moved = database.execute("""
        UPDATE delivery d SET run_at = now() FROM event e
        WHERE e.id = d.event_id AND e.topic = %s AND e.data->>'interviewId' = %s AND d.state = 'ready'""",
        [topic, interview.id]).rowcount
    database.execute("NOTIFY delivery")
    return moved


def mails_about(run, interview, subject=None):
    """The messages that hold an interview's link, oldest first."""
    return [mail for mail in mails(run, subject=subject) if interview.token in mail.get_body(["plain"]).get_content()]


def kept(interview, kind=None):
    """An interview's mails as recruiters see them, newest first."""
    return [mail for mail in interview.recruiter.get(f"/api/async-interviews/{interview.id}/mails")["mails"]
            if kind in (None, mail["kind"])]


def preview(interview, kind):
    return interview.recruiter.call("GET", f"/api/async-interviews/{interview.id}/mails/{kind}/preview")


def run_webhook(demo, run, signer, function, path, topic, interview, organization, identifier=None, **settings):
    """Hands an event to a function that has other settings than the stack's, as CGI; (status, headers and body)."""
    body = json.dumps({"type": topic, "timestamp": "2026-11-21T09:00:00.000Z", "data": {
        "interviewId": interview.id, "organizationId": organization}}).encode()
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value
               for name, value in signer.webhook(body, identifier or str(uuid.uuid4())).items() if name != "Content-Type"}
    variables = {"REQUEST_METHOD": "POST", "DOCUMENT_URI": path, "CONTENT_TYPE": "application/json",
                 "CONTENT_LENGTH": str(len(body)), "HTTP_HOST": "127.0.0.1"}
    answer = subprocess.run(
        [f"{demo['functions']}/{function}"], input=body, env={**os.environ, **settings_of(run), **variables, **headers, **settings},
        capture_output=True, check=True).stdout.decode()
    return int(answer.split("Status: ")[1][:3]), answer
