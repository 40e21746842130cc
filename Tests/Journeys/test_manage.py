"""What a recruiter does to interviews after they were created: drafts, deadlines, cancelling, many at once."""

import email
import email.policy
import uuid

import pytest

from parley import Interview, accepted, eventually, is_problem, moment


@pytest.fixture
def draft(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question)


@pytest.fixture
def sent(draft):
    return draft.send()


def act(interview, what, body=None, method="POST"):
    return interview.recruiter.call(method, f"/api/async-interviews/{interview.id}/{what}", body)


def bulk(recruiter, action, *interviews, **values):
    return recruiter.post("/api/async-interviews/bulk", {
        "action": action, "interviewIds": [getattr(each, "id", each) for each in interviews], **values})


def events(database, interview):
    """The topics of an interview's events, less those that are planned for its deadline, sooner or later."""
    return [topic for topic, in database.execute("""
        SELECT topic FROM event WHERE data ->> 'interviewId' = %s
            AND topic NOT IN ('interview.reminder-due', 'interview.deadline-passed') ORDER BY id""", [interview.id]).fetchall()]


def linked(database, interview):
    return database.execute("SELECT status FROM interview WHERE async_interview_id = %s", [interview.id]).fetchone()[0]


def mails_with(run, text):
    return [path for path in (run / "mail").iterdir() if text in message(path)]


def message(path):
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default).get_body(["plain"]).get_content()


# ---- Cancelling ------------------------------------------------------------------

def test_a_cancelled_interview_says_so_and_goes_on_when_restored(sent, database, demo):
    sent.start()
    assert accepted(act(sent, "cancel"))["status"] == "CANCELLED"
    assert (sent.show()["status"], linked(database, sent)) == ("CANCELLED", "CANCELLED")
    for answer in (sent.candidate.call("GET", sent.path), sent.candidate.call("POST", f"{sent.path}/start"), sent.submit()):
        problem = is_problem(answer, "GONE")
        assert (answer.status_code, problem["reason"]) == (410, "WITHDRAWN")
        assert demo["recruiter"]["email"] in problem["detail"]
    assert accepted(act(sent, "restore"))["status"] == "IN_PROGRESS"
    assert linked(database, sent) == "IN_PROGRESS"
    assert sent.candidate.get(sent.path)["status"] == "IN_PROGRESS"


def test_nobody_is_told_of_what_is_undone_at_once(sent, database):
    act(sent, "cancel")
    waits = database.execute("""
        SELECT count(*) FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE e.data ->> 'interviewId' = %s AND e.topic = 'interview.cancelled' AND d.run_at < now() + interval '5 seconds'""",
        [sent.id]).fetchone()[0]
    assert waits == 0
    act(sent, "restore")
    assert "invitation.resent" not in events(database, sent)


def test_who_was_told_hears_that_the_link_works_again(sent, run, database):
    eventually(lambda: len(mails_with(run, sent.token)) == 1, "the invitation")
    act(sent, "cancel")
    database.execute("UPDATE async_interview SET cancelled_at = now() - interval '1 minute' WHERE id = %s", [sent.id])
    act(sent, "restore")
    eventually(lambda: len(mails_with(run, sent.token)) == 2, "the link again")


def test_a_cancelled_draft_stays_between_us(draft, database):
    act(draft, "cancel")
    is_problem(act(draft, "send"), "CONFLICT")
    assert accepted(act(draft, "restore"))["status"] == "DRAFT"
    assert events(database, draft) == []
    assert linked(database, draft) == "SCHEDULED"


def test_a_cancelled_draft_does_not_bind_its_questions(recruiter, candidates, one_question, database):
    copy = recruiter.post(f"/api/assessments/{one_question}/duplicate")["id"]
    database.execute("UPDATE assessment SET status = 'ACTIVE' WHERE id = %s", [copy])
    draft = Interview(recruiter, candidates[1], copy)
    act(draft, "cancel")
    assert database.execute("SELECT is_sent(%s)", [copy]).fetchone()[0] is False
    act(draft, "restore")
    draft.send()
    act(draft, "cancel")
    assert database.execute("SELECT is_sent(%s)", [copy]).fetchone()[0] is True


# ---- Deadlines and links ------------------------------------------------------------

def test_a_later_deadline_opens_what_had_expired(sent, database):
    sent.start()
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '2 hours' WHERE id = %s", [sent.id])
    is_problem(sent.candidate.call("GET", sent.path), "GONE")
    later = moment(7200)
    assert accepted(act(sent, "deadline", {"deadlineAt": later}, "PUT"))["status"] == "IN_PROGRESS"
    assert sent.candidate.get(sent.path)["deadlineAt"] == later
    assert "deadline.changed" in events(database, sent)
    act(sent, "deadline", {"deadlineAt": later}, "PUT")
    assert events(database, sent).count("deadline.changed") == 1


def test_a_link_is_mailed_again(sent, run):
    eventually(lambda: len(mails_with(run, sent.token)) == 1, "the invitation")
    accepted(act(sent, "resend"))
    eventually(lambda: len(mails_with(run, sent.token)) == 2, "the second mail")


# ---- Drafts ----------------------------------------------------------------------------

def configuration(interview, **changes):
    shown = interview.show()
    return {
        "assessmentId": shown["assessment"]["id"], "candidateId": shown["candidate"]["id"],
        **{name: shown[name] for name in ("timeLimitSeconds", "thinkTimeSeconds", "retakePolicy", "deadlineAt", "invitationEmail")},
        "version": shown["configuredAt"], **changes}


def test_a_draft_is_configured_anew_by_whoever_saw_it_last(draft, candidates, two_questions):
    address = f"/api/async-interviews/{draft.id}"
    mine = configuration(draft, timeLimitSeconds=90, assessmentId=two_questions, candidateId=candidates[0]["id"])
    theirs = configuration(draft, timeLimitSeconds=120)
    saved = accepted(draft.recruiter.call("PUT", address, mine))
    assert (saved["timeLimitSeconds"], saved["assessmentId"]) == (90, two_questions)
    answer = draft.recruiter.call("PUT", address, theirs)
    problem = is_problem(answer, "CONFLICT")
    assert (problem["yourVersion"], problem["currentVersion"]) == (theirs["version"], saved["configuredAt"])
    assert problem["current"]["timeLimitSeconds"] == 90
    shown = draft.show()
    assert (shown["timeLimitSeconds"], shown["candidate"]["id"], len(shown["questions"])) == (90, candidates[0]["id"], 2)
    draft.send()
    is_problem(draft.recruiter.call("PUT", address, configuration(draft)), "CONFLICT")


# ---- Many at once -----------------------------------------------------------------------

def test_many_are_sent_and_each_refusal_is_told(recruiter, candidates, one_question, stranger, database):
    drafts = [Interview(recruiter, candidates[1], one_question) for _ in range(3)]
    sent = Interview(recruiter, candidates[1], one_question).send()
    nobody = str(uuid.uuid4())
    answer = bulk(recruiter, "SEND", *drafts, sent, nobody)
    assert answer["changedCount"] == 3
    assert [each["code"] for each in answer["results"]] == [None, None, None, "CONFLICT", "NOT_FOUND"]
    assert "CANCELLED by cancelling it" in answer["results"][3]["detail"]
    assert all(events(database, each) == ["invitation.sent"] for each in drafts)
    assert bulk(stranger, "CANCEL", *drafts)["changedCount"] == 0
    later = moment(86_400)
    assert bulk(recruiter, "MOVE_DEADLINE", *drafts, deadlineAt=later)["changedCount"] == 3
    assert {each.show()["deadlineAt"] for each in drafts} == {later}
    assert bulk(recruiter, "CANCEL", *drafts, sent)["changedCount"] == 4
    assert bulk(recruiter, "RESTORE", *drafts)["changedCount"] == 3


# ---- The list ------------------------------------------------------------------------------

def test_pages_go_on_whatever_is_added(recruiter, candidates, demo, organization, one_question):
    there = [Interview(recruiter, candidates[0], one_question).id for _ in range(5)]
    query = {"candidateId": candidates[0]["id"], "assessmentId": one_question, "status": "DRAFT", "limit": 2}
    first = recruiter.get("/api/async-interviews", **query)
    Interview(recruiter, candidates[0], one_question)
    found, cursor = [each["id"] for each in first["interviews"]], first["nextCursor"]
    while cursor:
        page = recruiter.get("/api/async-interviews", **query, cursor=cursor)
        assert page["total"] is None
        found, cursor = found + [each["id"] for each in page["interviews"]], page["nextCursor"]
    assert found[:5] == there[::-1]
    assert len(set(found)) == len(found) == first["total"]


def test_search_reads_names_addresses_and_titles(recruiter, candidates, one_question, stranger):
    interview = Interview(recruiter, candidates[1], one_question)
    for words in ("underbrook", "TOBIAS one", "tobias.underbrook@cand", "question tobias underbrook", "software underb"):
        found = recruiter.get("/api/async-interviews", search=words, status="DRAFT")
        assert interview.id in [each["id"] for each in found["interviews"]], words
    for words in ("tobias two-legged", "%", "_", "\\", "tobias'--", "underbrook%one"):
        assert recruiter.get("/api/async-interviews", search=words, assessmentId=one_question)["interviews"] == [], words
    assert stranger.get("/api/async-interviews", search="underbrook")["interviews"] == []
