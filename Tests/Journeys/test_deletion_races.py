"""Deleting while somebody is at work on the same thing."""

import uuid
from concurrent.futures import ThreadPoolExecutor

from deletion import RECORDS, answered, files, gone, holders, somebody  # noqa: F401
from parley import Interview, accepted, is_problem
from test_uploads import Upload, WEBM


def at_once(*calls):
    """The answers of calls that are made at the same time."""
    with ThreadPoolExecutor(len(calls)) as threads:
        return [each.result() for each in [threads.submit(call) for call in calls]]


def test_while_it_is_processed(recruiter, database, run, signer, organization, somebody, one_question, recording):
    interviews = []
    for _ in range(4):
        interview = Interview(recruiter, somebody, one_question).send().start()
        interview.answer(interview.questions[0], recording)
        accepted(interview.submit())
        interviews.append(interview)
    responses = [interview.show()["videoResponses"][0]["id"] for interview in interviews]
    # Its transcription has begun for some of them and not for others.
    deletions = [accepted(answer) for answer in at_once(*(
        lambda interview=interview: recruiter.call("DELETE", f"/api/async-interviews/{interview.id}") for interview in interviews))]
    for deletion in deletions:
        gone(recruiter, deletion)
    # What was under way, or comes late, finds nothing and leaves nothing.
    for response in responses:
        for path, topic in (("/api/ai/transcribe", "response.recorded"), ("/api/ai/analyze-video", "response.transcribed")):
            answer = signer.deliver(path, topic, {"videoResponseId": response, "organizationId": organization})
            assert is_problem(answer, "NOT_FOUND")["detail"] == "There is no such answer."
    assert holders(database, [*responses, *(interview.id for interview in interviews)]) <= RECORDS
    assert files(run, *(interview.id for interview in interviews)) == []


def test_a_transcript_that_comes_late_is_not_kept(recruiter, database, answered):
    deletion = accepted(recruiter.call("DELETE", f"/api/async-interviews/{answered.id}/recordings/{answered.questions[0]}"))
    database.execute("""
        UPDATE video_response SET transcript = 'What was said', transcript_data = '{"words": []}', transcript_status = 'complete',
            ai_insights = '{"suggestedScore": 3}' WHERE id = %s""", [deletion["subjectId"]])
    [response] = answered.show()["videoResponses"]
    assert (response["transcript"], response["transcriptStatus"], response["aiInsights"]) == (None, "deleted", None)


def test_while_it_is_uploaded(recruiter, database, run, somebody, one_question, recording):
    interview = Interview(recruiter, somebody, one_question).send().start()
    grant = interview.grant(interview.questions[0], recording)
    resumable = Upload(interview)
    resumable.send(WEBM, 0)
    assert len(files(run, interview.id)) == 1
    deletion = accepted(recruiter.call("DELETE", f"/api/async-interviews/{interview.id}"))
    # The permissions are still good for minutes; what they were for is gone.
    assert is_problem(interview.put(grant, recording.read_bytes()), "GONE")["detail"] == "This permission works no longer: what it was for is deleted."
    is_problem(resumable.patch(b"more", len(WEBM)), "NOT_FOUND")
    is_problem(interview.save(interview.questions[0], grant), "GONE")
    gone(recruiter, deletion)
    assert files(run, interview.id) == []
    assert holders(database, [interview.id]) <= RECORDS


def test_uploads_and_a_deletion_at_once(recruiter, database, run, somebody, one_question, recording):
    interview = Interview(recruiter, somebody, one_question).send().start()
    grants = [interview.grant(interview.questions[0], recording) for _ in range(6)]
    content = recording.read_bytes()
    *puts, deleted = at_once(
        *(lambda grant=grant: interview.put(grant, content) for grant in grants),
        lambda: recruiter.call("DELETE", f"/api/async-interviews/{interview.id}"))
    for answer in puts:
        assert answer.status_code == 201 or is_problem(answer, "GONE")
    gone(recruiter, accepted(deleted))
    assert files(run, interview.id) == []
    assert holders(database, [interview.id]) <= RECORDS


def test_while_a_reviewer_scores(recruiter, database, answered):
    score = {"questionId": answered.questions[0], "score": 4, "notes": f"While it goes {uuid.uuid4()}"}
    *scores, deleted = at_once(
        *[lambda: recruiter.call("POST", f"/api/async-interviews/{answered.id}/score", score)] * 3,
        lambda: recruiter.call("DELETE", f"/api/async-interviews/{answered.id}"))
    for answer in scores:
        assert answer.status_code == 200 or is_problem(answer, "NOT_FOUND")
    accepted(deleted)
    assert holders(database, [answered.id]) <= RECORDS
    assert holders(database, [score["notes"]]) == set()


def test_twice_at_once(recruiter, database, answered, somebody):
    answers = at_once(*[lambda: recruiter.call("DELETE", f"/api/async-interviews/{answered.id}")] * 4)
    assert len({accepted(answer)["id"] for answer in answers}) == 1
    # The person while the interview is being deleted, and again.
    answers = at_once(
        *[lambda: recruiter.call("DELETE", f"/api/candidates/{somebody['id']}")] * 2,
        lambda: recruiter.call("DELETE", f"/api/async-interviews/{answered.id}"))
    assert accepted(answers[0])["id"] == accepted(answers[1])["id"] != accepted(answers[2])["id"]
    assert database.execute("SELECT count(*) FROM deleted_object WHERE key LIKE %s", [f"%{answered.id}%"]).fetchone() == (1,)


def test_while_somebody_is_invited(recruiter, database, somebody, one_question):
    def invite():
        return recruiter.call("POST", "/api/async-interviews", {
            "assessmentId": one_question, "candidateId": somebody["id"], "timeLimitSeconds": 60, "thinkTimeSeconds": 0,
            "deadlineAt": "2099-01-01T00:00:00.000Z", "invitationEmail": somebody["email"]})
    *invitations, deleted = at_once(invite, invite, lambda: recruiter.call("DELETE", f"/api/candidates/{somebody['id']}"))
    for answer in invitations:
        assert answer.status_code == 201 or is_problem(answer, "NOT_FOUND", "VALIDATION_FAILED")
    accepted(deleted)
    assert holders(database, [somebody["email"], somebody["name"]]) == set()
