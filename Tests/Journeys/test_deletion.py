"""Deleting for good: what was there before is nowhere afterwards, and a record tells of it."""

import json
import uuid

import pytest

from candidate_page import Page, pass_deadline
from conftest import new_colleague, shorter_assessment
from deletion import RECORDS, answered, files, gone, holders, hurry_deletion, somebody  # noqa: F401
from parley import Client, Interview, accepted, eventually, is_problem, moment
from resumes import TEXT, another_hour, pdf, upload

# Where the canary stands before it is deleted. Its ids stand in more tables than these.
HOLDERS = {
    "candidate", "candidate_note", "async_interview", "opened_question", "video_response", "analysis_result", "evaluation",
    "score_ledger", "decision_ledger", "proctor_log", "proctor_disposition", "detector_watch", "device_check", "mail",
    "interview", "delivery", "webhook_delivery", "resume", "resume_analysis", "resume_correction"}


# ---- Everything about a person -----------------------------------------------------

class Canary:
    """A candidate in whom everything is filled in, with a word that stands nowhere else."""

    def __init__(self, recruiter, database, demo, organization, recording):
        self.recruiter, self.database = recruiter, database
        self.word = f"quagga{uuid.uuid4().hex[:12]}"
        person = recruiter.post("/api/candidates", {
            "name": f"Karla {self.word}", "email": f"{self.word}@candidates.example", "phone": "+49 30 901820"})
        self.id = person["id"]
        recruiter.post(f"/api/candidates/{self.id}/notes", {"text": f"Met {self.word} in Berlin."})
        self.add_resume()
        assessment = shorter_assessment(demo, organization, "Both ways", 2)
        database.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s AND position = 2", [assessment])
        self.interview = self.take(Interview(recruiter, person, assessment, introMessage=f"Dear {self.word}").send().start(), recording)
        self.live = self.meet(assessment)
        self.settle()
        self.fill()

    def add_resume(self):
        another_hour(self.database)
        text = TEXT.replace("Wilhelmina Oakenshaw", self.word.title())
        accepted(upload(self.recruiter, self.id, pdf(text), f"{self.word}.pdf"))
        accepted(self.recruiter.call("POST", "/api/resume/analyze", {"candidateId": self.id, "resumeText": text}))
        accepted(self.recruiter.call("PATCH", f"/api/resume/{self.id}", {"field": "phone", "value": self.word}))

    def take(self, interview, recording):
        spoken, written = interview.questions
        page = Page(interview)
        page.open(spoken)
        _, grant = page.record(spoken, recording)
        accepted(interview.save(spoken, grant))
        page.open(written)
        accepted(page.keep_draft(written, f"A draft of {self.word}"))
        accepted(page.call("text-response", {"questionId": written, "text": f"I am {self.word}, and this is my answer.", "durationSeconds": 20}))
        interview.candidate.post(f"{interview.path}/proctor", {"questionId": spoken, "eventType": "TAB_SWITCH", "metadata": {"title": self.word}})
        self.check = interview.candidate.post(f"{interview.path}/device-check", {"mimeType": "video/webm", "size": recording.stat().st_size})
        accepted(interview.submit())
        interview.wait_until_analysed()
        self.review(interview)
        return interview

    def review(self, interview):
        for question in interview.questions:
            self.recruiter.post(f"/api/async-interviews/{interview.id}/score", {"questionId": question, "score": 2, "notes": f"{self.word} said so", "reason": f"Because {self.word}"})
        self.recruiter.post(f"/api/async-interviews/{interview.id}/proctors/dispositions", {
            "eventType": "TAB_SWITCH", "questionId": interview.questions[0], "disposition": "DISMISSED", "reason": f"{self.word} explained it"})
        accepted(self.recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {
            "recommendation": "hold", "reason": f"{self.word} may grow", "recruiterNotes": f"Call {self.word}"}))

    def meet(self, assessment):
        own = self.recruiter.get("/api/auth/profile")["user"]["id"]
        live = self.recruiter.post("/api/interviews", {
            "candidateId": self.id, "assessmentId": assessment, "scheduledAt": moment(86_400 * 4000 + uuid.uuid4().int % 10**8),
            "durationMinutes": 45, "timeZone": "Europe/Berlin", "interviewerIds": [own], "note": f"Ask {self.word} for more"})
        is_problem(self.recruiter.call("DELETE", f"/api/candidates/{self.id}"), "CONFLICT")
        self.recruiter.post(f"/api/interviews/{live['id']}/cancel", {"version": live["changedAt"]})
        return live

    def fill(self):
        """What no request writes down on demand."""
        values = {"word": self.word, "interview": self.interview.id, "live": self.live["id"]}
        for statement in (
                "UPDATE video_response SET transcript = %(word)s, transcript_data = jsonb_build_object('text', %(word)s::text) WHERE async_interview_id = %(interview)s AND text_answer IS NULL",
                "UPDATE analysis_result r SET insights = insights || jsonb_build_object('summary', %(word)s::text) FROM video_response v WHERE v.id = r.video_response_id AND v.async_interview_id = %(interview)s",
                "UPDATE device_check SET verdict = jsonb_build_object('problems', jsonb_build_array(%(word)s::text)) WHERE async_interview_id = %(interview)s",
                "INSERT INTO detector_watch (organization_id, async_interview_id, page_session, detector, watched_seconds, unavailable) SELECT organization_id, id, gen_random_uuid(), 'tab', 1, %(word)s FROM async_interview WHERE id = %(interview)s",
                "UPDATE resume_analysis a SET generated_questions = jsonb_build_array(%(word)s::text) FROM resume r WHERE r.id = a.resume_id AND r.candidate_id = (SELECT candidate_id FROM async_interview WHERE id = %(interview)s)",
                "UPDATE score_ledger SET reason = %(word)s WHERE async_interview_id = %(interview)s",
                "INSERT INTO consent_receipt (organization_id, async_interview_id, candidate_id, purpose, granted, version, locale, text_hash) SELECT organization_id, id, candidate_id, 'RECORDING', true, '1', 'en', sha256('') FROM async_interview WHERE id = %(interview)s",
                "UPDATE opened_question SET draft = %(word)s WHERE async_interview_id = %(interview)s",
                "UPDATE delivery d SET last_error = 'no mailbox of ' || %(word)s FROM event e WHERE e.id = d.event_id AND e.data ->> 'interviewId' = %(interview)s::text",
                "INSERT INTO webhook_endpoint (organization_id, url, event_types, enabled) SELECT organization_id, 'http://127.0.0.1:1/', ARRAY['interview.ready'], false FROM async_interview WHERE id = %(interview)s",
                "INSERT INTO webhook_delivery (organization_id, endpoint_id, event_type, data) SELECT organization_id, id, 'interview.ready', jsonb_build_object('interviewId', %(interview)s::text, 'about', %(word)s::text) FROM webhook_endpoint WHERE url = 'http://127.0.0.1:1/'"):
            self.database.execute(statement, values)

    def settle(self):
        """Waits until everybody was told of what happened so far."""
        eventually(lambda: self.database.execute("""
            SELECT count(*) = 0 FROM event e JOIN delivery d ON d.event_id = e.id
            WHERE d.state = 'ready' AND d.run_at <= now() + interval '1 minute'
                AND (e.data ->> 'interviewId' = %s OR e.data ->> 'liveInterviewId' = %s)""", [self.interview.id, self.live["id"]]).fetchone()[0],
            "what is to be told")

    @property
    def ids(self):
        found = self.database.execute("""
            SELECT id::text FROM video_response WHERE async_interview_id = %(interview)s
            UNION ALL SELECT id::text FROM recording WHERE async_interview_id = %(interview)s
            UNION ALL SELECT id::text FROM resume WHERE candidate_id = %(candidate)s""", {"interview": self.interview.id, "candidate": self.id})
        return [self.id, self.interview.id, self.live["id"], *(identifier for (identifier,) in found)]


@pytest.fixture
def canary(recruiter, database, demo, organization, recording):
    made = Canary(recruiter, database, demo, organization, recording)
    yield made
    database.execute("DELETE FROM webhook_endpoint WHERE url = 'http://127.0.0.1:1/'")


def test_nothing_of_a_person_is_left(recruiter, database, run, canary):
    ids = canary.ids
    assert holders(database, [canary.word]) >= HOLDERS
    assert len(files(run, canary.id, canary.interview.id)) >= 2  # An answer and a resume.
    funnel = recruiter.get("/api/analytics")["funnel"]
    counts = recruiter.get("/api/deletions/preview", scope="PERSON", subjectId=canary.id)

    deletion = accepted(recruiter.call("DELETE", f"/api/candidates/{canary.id}"))

    assert deletion["counts"] == counts
    assert {name for name, count in counts.items() if count == 0} == set()
    # At once, before the courier has done anything.
    assert holders(database, [canary.word]) == set()
    assert holders(database, ids) <= RECORDS
    shown = gone(recruiter, deletion)
    assert files(run, canary.id, canary.interview.id) == []
    assert shown["deletion"]["gone"] == shown["deletion"]["objects"] == len(shown["objects"]) >= 2
    assert all(each["goneAt"] and each["problem"] is None for each in shown["objects"])
    assert canary.word not in json.dumps(shown)
    assert holders(database, [canary.word]) == set()
    assert holders(database, ids) <= RECORDS
    # Counts that name nobody stay.
    assert recruiter.get("/api/analytics")["funnel"] == funnel
    for path in (f"/api/candidates/{canary.id}", f"/api/async-interviews/{canary.interview.id}", f"/api/interviews/{canary.live['id']}"):
        is_problem(recruiter.call("GET", path), "NOT_FOUND")


def test_an_interview_goes_and_its_candidate_stays(recruiter, database, run, answered, somebody):
    deletion = accepted(recruiter.call("DELETE", f"/api/async-interviews/{answered.id}"))
    assert (deletion["scope"], deletion["subjectId"], deletion["cause"]) == ("INTERVIEW", answered.id, "REQUEST")
    assert (deletion["counts"]["interviews"], deletion["counts"]["recordings"]) == (1, 1)
    gone(recruiter, deletion)
    assert files(run, answered.id) == []
    assert recruiter.get(f"/api/candidates/{somebody['id']}")["interviews"] == []
    problem = is_problem(answered.candidate.call("GET", answered.path), "GONE")
    assert problem["detail"] == "This interview was deleted, with everything that was recorded and written in it."
    assert deletion["id"] in [each["id"] for each in recruiter.get("/api/deletions")["deletions"]]


def test_a_recording_goes_and_what_people_gave_stays(recruiter, database, run, answered):
    question = answered.questions[0]
    recruiter.post(f"/api/async-interviews/{answered.id}/score", {"questionId": question, "score": 4, "notes": "Clear."})
    path = f"/api/async-interviews/{answered.id}/recordings/{question}"
    deletion = accepted(recruiter.call("DELETE", path))
    assert deletion["counts"] == {**dict.fromkeys(deletion["counts"], 0), "recordings": 1, "transcripts": 1, "analyses": 1, "bytes": deletion["counts"]["bytes"]}
    [response] = answered.show()["videoResponses"]
    assert response["recordingDeletedAt"] and response["recruiterScore"] == 4 and response["recruiterNotes"] == "Clear."
    assert (response["videoUrl"], response["transcript"], response["aiInsights"], response["transcriptWords"]) == (None, None, None, [])
    assert (response["transcriptStatus"], response["analysisStatus"]) == ("deleted", "deleted")
    gone(recruiter, deletion)
    assert files(run, answered.id) == []
    assert accepted(recruiter.call("DELETE", path))["id"] == deletion["id"]
    assert answered.show()["aiAnalysisStatus"] == "complete"
    assert recruiter.call("GET", f"/api/async-interviews/{answered.id}/report.pdf").content.startswith(b"%PDF")
    # It is still scored, and reviewed with the rest.
    accepted(recruiter.call("POST", f"/api/async-interviews/{answered.id}/score", {"questionId": question, "score": 5}))


def test_what_may_be_recorded_anew_is_not_deleted_alone(recruiter, somebody, one_question, recording):
    interview = Interview(recruiter, somebody, one_question).send().start()
    interview.answer(interview.questions[0], recording)
    refused = is_problem(recruiter.call("DELETE", f"/api/async-interviews/{interview.id}/recordings/{interview.questions[0]}"), "CONFLICT")
    assert refused["detail"].startswith("The candidate may still record this answer anew.")


def test_an_interview_in_calendars_is_cancelled_first(recruiter, database, somebody, one_question):
    own = recruiter.get("/api/auth/profile")["user"]["id"]
    live = recruiter.post("/api/interviews", {
        "candidateId": somebody["id"], "assessmentId": one_question, "scheduledAt": moment(86_400 * 5000 + uuid.uuid4().int % 10**8),
        "durationMinutes": 30, "timeZone": "UTC", "interviewerIds": [own]})
    is_problem(recruiter.call("DELETE", f"/api/interviews/{live['id']}"), "CONFLICT")
    recruiter.post(f"/api/interviews/{live['id']}/cancel", {"version": live["changedAt"]})
    # Not before they were told.
    deletion = eventually(lambda: told(recruiter.call("DELETE", f"/api/interviews/{live['id']}")), "the mails")
    assert (deletion["counts"]["liveInterviews"], deletion["objects"]) == (1, 0)
    gone(recruiter, deletion)
    is_problem(recruiter.call("GET", f"/api/interviews/{live['id']}"), "NOT_FOUND")


def told(answer):
    return accepted(answer) if answer.ok else is_problem(answer, "CONFLICT") and None


# ---- Who may ---------------------------------------------------------------------------

def test_who_may_delete(base, demo, recruiter, stranger, somebody, one_question):
    colleague = new_colleague(base, demo, "Cora Colleague")
    interview = Interview(recruiter, somebody, one_question).send()
    person, all_of_it = f"/api/candidates/{somebody['id']}", f"/api/async-interviews/{interview.id}"
    for scope, subject in (("PERSON", somebody["id"]), ("INTERVIEW", interview.id)):
        is_problem(colleague.call("GET", "/api/deletions/preview", params={"scope": scope, "subjectId": subject}), "ACCESS_DENIED")
        is_problem(stranger.call("GET", "/api/deletions/preview", params={"scope": scope, "subjectId": subject}), "NOT_FOUND")
    for path in (person, all_of_it):
        is_problem(colleague.call("DELETE", path), "ACCESS_DENIED")
        is_problem(stranger.call("DELETE", path), "NOT_FOUND")
        is_problem(Client(base).call("DELETE", path), "AUTH_REQUIRED")
        is_problem(recruiter.call("DELETE", path, headers={"Origin": "https://evil.example"}), "ACCESS_DENIED")
    assert recruiter.get(person)["interviews"][0]["id"] == interview.id
    # Whoever created an interview may delete it, and nobody else's.
    own = Interview(colleague, somebody, one_question)
    deletion = accepted(colleague.call("DELETE", f"/api/async-interviews/{own.id}"))
    assert deletion["accountId"] == colleague.account["id"]
    is_problem(stranger.call("GET", f"/api/deletions/{deletion['id']}"), "NOT_FOUND")
    assert deletion["id"] not in [each["id"] for each in stranger.get("/api/deletions")["deletions"]]
    is_problem(recruiter.call("DELETE", f"/api/candidates/{uuid.uuid4()}"), "NOT_FOUND")
    is_problem(recruiter.call("DELETE", "/api/candidates/nobody"), "VALIDATION_FAILED")


# ---- A store that does not do it ---------------------------------------------------------

def test_what_cannot_be_removed_is_tried_until_it_is_gone(recruiter, database, run, answered):
    [video] = files(run, answered.id)
    video.unlink()
    video.mkdir()  # Which no function removes.
    deletion = accepted(recruiter.call("DELETE", f"/api/async-interviews/{answered.id}"))

    def tried(is_enough):
        hurry_deletion(database, deletion)
        record = recruiter.get(f"/api/deletions/{deletion['id']}")
        [shown] = record["objects"]
        return (record["deletion"], shown) if is_enough(shown) else None
    record, shown = eventually(lambda: tried(lambda shown: shown["attempts"] >= 3), "three attempts")
    assert shown["goneAt"] is None and shown["problem"] and record["completedAt"] is None
    video.rmdir()
    record, shown = eventually(lambda: tried(lambda shown: shown["goneAt"]), "the file's end")
    assert shown["problem"] is None
    gone(recruiter, deletion)


# ---- Retention ---------------------------------------------------------------------------

@pytest.fixture
def periods(recruiter):
    """Sets the organisation's periods, and takes them back."""
    def save(recordings, interviews):
        held = recruiter.get("/api/retention")["retention"]
        return accepted(recruiter.call("PUT", "/api/retention", {"version": held["version"], "recordingDays": recordings, "interviewDays": interviews}))
    yield save
    save(None, None)


def decide(recruiter, database, interview, days_ago):
    recruiter.post(f"/api/async-interviews/{interview.id}/score", {"questionId": interview.questions[0], "score": 3})
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {"recommendation": "decline", "reason": "Too early."}))
    database.execute("UPDATE decision_ledger SET created_at = now() - %s * interval '1 day' WHERE async_interview_id = %s", [days_ago, interview.id])


def apply(signer, organization, version):
    answer = signer.deliver("/api/webhooks/retention", "retention.due", {"version": version, "organizationId": organization})
    assert answer.status_code == 204, answer.text


def test_what_is_kept_long_enough_goes(recruiter, database, run, signer, organization, somebody, one_question, recording, periods):
    kept, older, oldest = (Interview(recruiter, somebody, one_question).send().start() for _ in range(3))
    for interview, days in ((kept, 2999), (older, 3001), (oldest, 3601)):
        interview.answer(interview.questions[0], recording)
        accepted(interview.submit())
        interview.wait_until_analysed()
        decide(recruiter, database, interview, days)
    overdue = Interview(recruiter, somebody, one_question).send()
    pass_deadline(database, overdue, "3650 days")
    waiting = Interview(recruiter, somebody, one_question).send()

    preview = recruiter.get("/api/retention", recordingDays=3000, interviewDays=3600)["preview"]
    assert preview == {"recordings": 1, "interviews": 2, "liveInterviews": 0}
    assert recruiter.get("/api/retention")["preview"] == {"recordings": 0, "interviews": 0, "liveInterviews": 0}
    apply(signer, organization, 1)  # Of no setting, or of one that was changed.
    assert oldest.show()["status"] == "REVIEWED"
    saved = periods(3000, 3600)
    assert saved["nextAt"] and (saved["recordingDays"], saved["interviewDays"]) == (3000, 3600)
    apply(signer, organization, saved["version"])

    assert kept.show()["videoResponses"][0]["videoUrl"]
    assert older.show()["videoResponses"][0]["recordingDeletedAt"]
    assert waiting.show()["status"] == "SENT"
    for interview in (oldest, overdue):
        is_problem(recruiter.call("GET", f"/api/async-interviews/{interview.id}"), "NOT_FOUND")
    deletions = {each["subjectId"]: each for each in recruiter.get("/api/deletions")["deletions"]}
    assert (deletions[oldest.id]["cause"], deletions[oldest.id]["accountId"]) == ("RETENTION", None)
    gone(recruiter, deletions[oldest.id])
    assert files(run, oldest.id, older.id) == [] and files(run, kept.id)
    # The next time is planned.
    assert database.execute("""
        SELECT count(*) FROM event e JOIN delivery d ON d.event_id = e.id
        WHERE e.topic = 'retention.due' AND e.data ->> 'version' = %s AND d.run_at > now() + interval '23 hours'""",
        [str(saved["version"])]).fetchone()[0] == 2  # When it was saved, and when it was applied.


def test_periods_are_for_administrators(base, demo, recruiter, periods):
    colleague = new_colleague(base, demo, "Rolf Recruiter")
    is_problem(colleague.call("GET", "/api/retention"), "ACCESS_DENIED")
    is_problem(colleague.call("PUT", "/api/retention", {"version": 0, "recordingDays": 1}), "ACCESS_DENIED")
    saved = periods(None, 365)
    is_problem(recruiter.call("PUT", "/api/retention", {"version": saved["version"] - 1, "recordingDays": 1}), "CONFLICT")
    for wrong in (0, 3651, -1, 1.5, "90 days", True):
        is_problem(recruiter.call("PUT", "/api/retention", {"version": saved["version"], "recordingDays": wrong}), "VALIDATION_FAILED")
        is_problem(recruiter.call("GET", "/api/retention", params={"recordingDays": wrong}), "VALIDATION_FAILED")
    assert recruiter.get("/api/retention")["retention"] == saved
