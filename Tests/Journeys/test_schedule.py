"""What happens at deadlines by itself: reminders and expiry, once each, whoever delivers them."""

import os
import subprocess
from datetime import datetime, timedelta

import pytest

from correspondence import bring_forward, emit, kept, mails_about, planned, set_deadline, settle, told
from machine import Halt, kill, settings_of, stopped
from parley import Interview, eventually, is_problem, moment

HOUR, DAY = 3600, 24 * 3600
REMINDER, PASSED, EXPIRED = "interview.reminder-due", "interview.deadline-passed", "interview.expired"


@pytest.fixture
def sent(recruiter, candidates, one_question, database):
    """An interview that was sent, with what is planned for its deadline."""
    def begin(deadline, start=False):
        interview = Interview(recruiter, candidates[1], one_question, deadlineAt=deadline).send()
        if start:
            interview.start()
        settle(database, interview)
        return interview
    return begin


def instant(text):
    return datetime.fromisoformat(text)


def statuses(database, interview):
    """As stored: the interview's and that of the record which evaluations belong to."""
    return database.execute("""
        SELECT i.status, l.status FROM async_interview i JOIN interview l ON l.async_interview_id = i.id WHERE i.id = %s""",
        [interview.id]).fetchone()


def let_pass(database, interview, ago="1 second"):
    """The deadline that was planned for is now past."""
    with database.transaction():
        for table, key in (("async_interview", "id"), ("deadline_plan", "async_interview_id")):
            database.execute(f"UPDATE {table} SET deadline_at = now() - %s::interval WHERE {key} = %s", [ago, interview.id])
    assert bring_forward(database, interview, PASSED) == 1


# ---- Planning ---------------------------------------------------------------------------

def test_a_day_before_the_deadline(sent, database):
    deadline = moment(10 * DAY)
    interview = sent(deadline)
    assert planned(database, interview, PASSED) == [instant(deadline)]
    assert planned(database, interview, REMINDER) == [instant(deadline) - timedelta(days=1)]
    shown = interview.recruiter.get(f"/api/async-interviews/{interview.id}/mails")
    assert instant(shown["reminderAt"]) == instant(deadline) - timedelta(days=1)


def test_the_last_quarter_of_a_short_time(sent, database):
    deadline = moment(12 * HOUR)
    interview = sent(deadline)
    [due] = planned(database, interview, REMINDER)
    assert timedelta(hours=2.5) < instant(deadline) - due <= timedelta(hours=3)


def test_no_time_for_a_reminder(sent, database):
    interview = sent(moment(3 * HOUR))
    assert planned(database, interview, REMINDER) == [] and len(planned(database, interview, PASSED)) == 1
    assert interview.recruiter.get(f"/api/async-interviews/{interview.id}/mails")["reminderAt"] is None


def test_a_deadline_is_planned_once(sent, database):
    """Though the invitation is sent again, and is told of as often as you like."""
    interview = sent(moment(10 * DAY))
    for _ in range(3):
        emit(database, interview, "invitation.sent")
    settle(database, interview)
    assert (told(database, interview, REMINDER), told(database, interview, PASSED)) == (1, 1)


def test_a_draft_is_not_planned(recruiter, candidates, one_question, database):
    interview = Interview(recruiter, candidates[1], one_question)
    set_deadline(database, interview, moment(10 * DAY))
    settle(database, interview)
    assert told(database, interview, PASSED) == 0


# ---- Deadlines that move --------------------------------------------------------------------

def test_what_was_planned_for_another_deadline_does_nothing(sent, run, database):
    interview = sent(moment(10 * DAY))
    set_deadline(database, interview, moment(20 * DAY))
    settle(database, interview)
    assert len(planned(database, interview, REMINDER)) == len(planned(database, interview, PASSED)) == 2
    database.execute("""
        UPDATE delivery d SET run_at = now() FROM event e, deadline_plan p
        WHERE e.id = d.event_id AND p.async_interview_id::text = e.data->>'interviewId' AND p.async_interview_id = %s
            AND e.data->>'planId' <> p.id::text AND d.state = 'ready'""", [interview.id])
    settle(database, interview)
    assert mails_about(run, interview, "Reminder") == []
    assert statuses(database, interview) == ("SENT", "SCHEDULED")
    # The new one's own do.
    bring_forward(database, interview, REMINDER)
    eventually(lambda: mails_about(run, interview, "Reminder"), "the reminder")
    let_pass(database, interview)
    settle(database, interview)
    assert statuses(database, interview) == ("EXPIRED", "CANCELLED")


def test_there_and_back_again(sent, run, database):
    """The same deadline as at first is planned anew, and what the first plan had left does nothing."""
    first = moment(10 * DAY)
    interview = sent(first)
    for deadline in (moment(20 * DAY), first):
        set_deadline(database, interview, deadline)
        settle(database, interview)
    assert bring_forward(database, interview, REMINDER) == 3
    settle(database, interview)
    assert len(mails_about(run, interview, "Reminder")) == 1
    assert bring_forward(database, interview, PASSED) == 3
    settle(database, interview)
    assert statuses(database, interview) == ("SENT", "SCHEDULED")
    assert planned(database, interview, PASSED) == [instant(first)]


def test_more_time_after_the_end(sent, database):
    interview = sent(moment(10 * DAY))
    let_pass(database, interview)
    settle(database, interview)
    # As whoever gives more time does it.
    database.execute("UPDATE async_interview SET status = 'SENT' WHERE id = %s", [interview.id])
    database.execute("UPDATE interview SET status = 'SCHEDULED' WHERE async_interview_id = %s", [interview.id])
    set_deadline(database, interview, moment(5 * DAY))
    settle(database, interview)
    assert interview.candidate.get(interview.path)["status"] == "OPENED"
    let_pass(database, interview)
    settle(database, interview)
    assert told(database, interview, EXPIRED) == 2
    assert statuses(database, interview) == ("EXPIRED", "CANCELLED")


# ---- Expiry -----------------------------------------------------------------------------------

def test_an_interview_expires(sent, database, demo):
    interview = sent(moment(10 * DAY))
    let_pass(database, interview)
    settle(database, interview)
    assert statuses(database, interview) == ("EXPIRED", "CANCELLED")
    assert interview.show()["status"] == "EXPIRED"
    assert told(database, interview, EXPIRED) == 1
    refusal = is_problem(interview.candidate.call("GET", interview.path), "GONE")
    assert demo["recruiter"]["email"] in refusal["detail"]


def test_what_was_begun_in_time_has_its_grace(sent, database):
    interview = sent(moment(10 * DAY), start=True)
    let_pass(database, interview, "5 minutes")
    settle(database, interview)
    assert statuses(database, interview) == ("IN_PROGRESS", "IN_PROGRESS")
    [deadline] = database.execute("SELECT deadline_at FROM async_interview WHERE id = %s", [interview.id]).fetchone()
    assert planned(database, interview, PASSED) == [deadline + timedelta(hours=1)]
    let_pass(database, interview, "61 minutes")
    settle(database, interview)
    assert statuses(database, interview) == ("EXPIRED", "CANCELLED")
    assert told(database, interview, EXPIRED) == 1


def test_what_was_submitted_does_not_expire(sent, recording, database):
    interview = sent(moment(10 * DAY), start=True)
    interview.answer(interview.questions[0], recording)
    assert interview.submit().status_code == 200
    let_pass(database, interview, "2 hours")
    settle(database, interview)
    assert statuses(database, interview) == ("SUBMITTED", "COMPLETED")
    assert told(database, interview, EXPIRED) == 0


def test_an_event_that_comes_early(sent, database):
    deadline = moment(10 * DAY)
    interview = sent(deadline)
    bring_forward(database, interview, PASSED)
    settle(database, interview)
    assert statuses(database, interview) == ("SENT", "SCHEDULED")
    assert planned(database, interview, PASSED) == [instant(deadline)]


# ---- Any number of couriers -----------------------------------------------------------------------

@pytest.fixture
def more_couriers(demo, run):
    """Couriers beside the stack's own."""
    environment = {**os.environ, **settings_of(run)}
    couriers = [subprocess.Popen([f"{demo['functions']}/Courier"], env=environment, stdin=subprocess.DEVNULL) for _ in range(3)]
    yield couriers
    for courier in couriers:
        courier.terminate()
    for courier in couriers:
        courier.wait()


def exactly_once(database, run, interviews):
    for interview in interviews:
        settle(database, interview)
    for interview in interviews:
        assert statuses(database, interview) == ("EXPIRED", "CANCELLED")
        assert told(database, interview, EXPIRED) == 1
        assert [mail["state"] for mail in kept(interview, "reminder")] == ["sent"]
        assert len({mail["Message-ID"] for mail in mails_about(run, interview, "Reminder")}) == 1


def all_due(database, interviews, topic):
    identifiers = [interview.id for interview in interviews]
    database.execute("""
        UPDATE delivery d SET run_at = now() FROM event e
        WHERE e.id = d.event_id AND e.topic = %s AND e.data->>'interviewId' = ANY(%s) AND d.state = 'ready'""", [topic, identifiers])
    database.execute("NOTIFY delivery")


def test_many_couriers(sent, more_couriers, run, database):
    interviews = [sent(moment(10 * DAY)) for _ in range(20)]
    all_due(database, interviews, REMINDER)
    for interview in interviews:
        settle(database, interview)
    assert all(len(mails_about(run, interview, "Reminder")) == 1 for interview in interviews)
    with stopped("courier"):
        for interview in interviews:
            let_pass(database, interview)
    exactly_once(database, run, interviews)
    attempts = database.execute("""
        SELECT max(attempts) FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE d.function = 'ExpireInterview' AND e.data->>'interviewId' = ANY(%s)""", [[each.id for each in interviews]]).fetchone()
    assert attempts == (1,)


def test_couriers_and_functions_are_killed(sent, more_couriers, demo, run, database):
    """One courier dies while its function works, and the function dies before it committed."""
    interviews = [sent(moment(10 * DAY)) for _ in range(5)]
    all_due(database, interviews, REMINDER)
    for interview in interviews:
        settle(database, interview)
    with Halt(demo["databaseURL"], "event", "INSERT", f"NEW.topic = '{EXPIRED}'") as halt:
        for interview in interviews:
            let_pass(database, interview)
        backend = halt.caught()
        more_couriers[0].kill()
        kill("Courier")
        kill("ExpireInterview")
        halt.cut(backend)
    exactly_once(database, run, interviews)


def test_a_reminder_is_killed_before_it_is_noted(sent, demo, run, database):
    """The mail was sent; it comes again as the same message, which receivers drop."""
    interview = sent(moment(10 * DAY))
    with Halt(demo["databaseURL"], "receipt", "INSERT", function="MailReminder") as halt:
        bring_forward(database, interview, REMINDER)
        backend = halt.caught()
        kill("MailReminder")
        halt.cut(backend)
    settle(database, interview)
    assert len({mail["Message-ID"] for mail in mails_about(run, interview, "Reminder")}) == 1
    assert [mail["state"] for mail in kept(interview, "reminder")] == ["sent"]
