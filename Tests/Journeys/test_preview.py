"""An interview before it is there: the invitation and the candidate's page, exactly as they will be."""

import pytest

from machine import mails
from parley import Client, Interview, eventually, is_problem, moment

# What no preview can know.
OF_ITS_TIME = {"serverTime", "openedAt"}
ARRANGED = {"timeMultiplier": 1.5, "untimedThinking": True, "extraTakes": 1, "withoutMonitoring": ["FULLSCREEN", "GAZE"]}
USUAL = {"timeMultiplier": 1, "untimedThinking": False, "extraTakes": 0, "withoutMonitoring": []}


@pytest.mark.parametrize("settings", [
    {"introMessage": "Welcome <b>here</b>!\n\nTake your time.", "outroMessage": "Bye. 👋", "retakePolicy": "TWO", "thinkTimeSeconds": 45,
     "accommodations": ARRANGED},
    {"thinkTimeSeconds": 20, "timeLimitSeconds": 90, "retakePolicy": "ZERO", "accommodations": USUAL}], ids=["arranged", "usual"])
def test_the_preview_is_what_comes(recruiter, database, run, two_questions, settings):
    person = recruiter.post("/api/candidates", {"name": "Ünal O'Neil", "email": f"{'arranged' if 'outroMessage' in settings else 'usual'}@preview.example"})
    draft = {"assessmentId": two_questions, "candidateId": person["id"], "timeLimitSeconds": 100, "deadlineAt": moment(86400),
             "invitationEmail": person["email"], **settings}
    def interviews():
        return database.execute("SELECT count(*) FROM async_interview").fetchone()

    before = interviews()
    preview = recruiter.post("/api/async-interviews/preview", draft)
    assert interviews() == before and recruiter.get(f"/api/candidates/{person['id']}")["interviews"] == []

    created = recruiter.post("/api/async-interviews", draft)
    recruiter.post(f"/api/async-interviews/{created['id']}/send")
    path = f"/api/candidate/interview/{created['invitationToken']}"
    seen = Client(recruiter.base).get(path)
    assert {name: value for name, value in preview["candidateView"].items() if name not in OF_ITS_TIME} == {
        name: value for name, value in seen.items() if name not in OF_ITS_TIME}
    for shown in preview["consents"]:
        asked = Client(recruiter.base).get(f"{path}/consent", locale=shown["locale"])
        assert asked == {**shown, "receipts": []}
    assert [each["locale"] for each in preview["consents"]] == ["en", "de", "es"]

    [mail] = eventually(lambda: mails(run, to=person["email"]), "the invitation")
    shown = preview["invitation"]
    assert (mail["To"].addresses[0].addr_spec, mail["Subject"]) == (shown["to"], shown["subject"])
    link = f"{recruiter.base}/interview/made-when-sent"
    for form, kind in (("text", "plain"), ("html", "html")):
        arrived = mail.get_body([kind]).get_content().replace("\r\n", "\n").strip()
        assert shown[form].replace(link, created["candidateURL"]).strip() == arrived


def test_what_cannot_be_previewed(recruiter, stranger, candidates, two_questions):
    draft = {"assessmentId": two_questions, "candidateId": candidates[0]["id"], "timeLimitSeconds": 100, "deadlineAt": moment(3600),
             "invitationEmail": candidates[0]["email"]}
    wrong = {"timeLimitSeconds": 20, "deadlineAt": moment(-1), "thinkTimeSeconds": 200, "retakePolicy": "MANY", "introMessage": "x" * 5001,
             "outroMessage": 1, "invitationEmail": "nobody", "assessmentId": "1", "candidateId": "2"}
    problem = is_problem(recruiter.call("POST", "/api/async-interviews/preview", wrong), "VALIDATION_FAILED")
    assert {each["field"] for each in problem["errors"]} == set(wrong)
    is_problem(stranger.call("POST", "/api/async-interviews/preview", draft), "NOT_FOUND")
    is_problem(Client(recruiter.base).call("POST", "/api/async-interviews/preview", draft), "AUTH_REQUIRED")
    # U+2028 is no control character to a database, but some mail programs break lines at it.
    broken = recruiter.post("/api/candidates", {"name": "Line\u2028Breaker", "email": "breaker@preview.example"})
    draft = {**draft, "candidateId": broken["id"]}
    is_problem(recruiter.call("POST", "/api/async-interviews/preview", draft), "CONFLICT")


def test_a_link_that_is_handed_over(recruiter, candidates, run, one_question, database):
    """Without mail the candidate's link works all the same, and nothing is mailed."""
    person = recruiter.post("/api/candidates", {"name": "Lena Link", "email": "lena@preview.example"})
    interview = Interview(recruiter, person, one_question)
    recruiter.post(f"/api/async-interviews/{interview.id}/send", {"byMail": False})
    assert interview.candidate.get(interview.path)["candidate"]["name"] == "Lena Link"
    eventually(lambda: database.execute("""
        SELECT FROM delivery d JOIN event e ON e.id = d.event_id
        WHERE e.data ->> 'interviewId' = %s AND d.function = 'MailInvitation' AND d.state = 'done'""", [interview.id]).fetchall(), "the courier")
    assert mails(run, to=person["email"]) == []


def test_notes_about_a_candidate(recruiter, stranger, database, organization):
    person = recruiter.post("/api/candidates", {"name": "Nora Noted", "email": "nora@preview.example"})
    path = f"/api/candidates/{person['id']}"
    first = recruiter.post(f"{path}/notes", {"text": "Prefers mornings."})
    second = recruiter.post(f"{path}/notes", {"text": "<b>Moves in May</b>"})
    assert recruiter.get(path)["notes"] == [second, first] and first["isOwn"]
    is_problem(recruiter.call("POST", f"{path}/notes", {"text": "  "}), "VALIDATION_FAILED")
    is_problem(recruiter.call("POST", f"{path}/notes", {"text": "x" * 5001}), "VALIDATION_FAILED")
    is_problem(stranger.call("POST", f"{path}/notes", {"text": "Hello"}), "NOT_FOUND")
    is_problem(stranger.call("DELETE", f"{path}/notes/{first['id']}"), "NOT_FOUND")
    [colleague] = database.execute("""
        INSERT INTO account (organization_id, email, name, role, password_hash) VALUES (%s, 'colleague@notes.example', 'Cora Colleague', 'RECRUITER', '-')
        ON CONFLICT DO NOTHING RETURNING id""", [organization]).fetchone() or database.execute(
            "SELECT id FROM account WHERE email = 'colleague@notes.example'").fetchone()
    [theirs] = database.execute("""
        INSERT INTO candidate_note (organization_id, candidate_id, author_id, text) VALUES (%s, %s, %s, 'Mine alone') RETURNING id::text""",
        [organization, person["id"], colleague]).fetchone()
    is_problem(recruiter.call("DELETE", f"{path}/notes/{theirs}"), "ACCESS_DENIED")
    assert recruiter.call("DELETE", f"{path}/notes/{first['id']}").status_code == 204
    is_problem(recruiter.call("DELETE", f"{path}/notes/{first['id']}"), "NOT_FOUND")
    assert [(each["text"], each["author"]["name"], each["isOwn"]) for each in recruiter.get(path)["notes"]] == [
        ("Mine alone", "Cora Colleague", False), ("<b>Moves in May</b>", second["author"]["name"], True)]


def test_a_stale_edit(recruiter):
    person = recruiter.post("/api/candidates", {"name": "Stella Stale", "email": "stella@preview.example"})
    path = f"/api/candidates/{person['id']}"
    def patch(body):
        return recruiter.call("PATCH", path, body)

    saved = patch({"phone": "1", "version": person["updatedAt"]}).json()
    assert saved["updatedAt"] > person["updatedAt"]
    problem = is_problem(patch({"phone": "2", "version": person["updatedAt"]}), "CONFLICT")
    assert (problem["yourVersion"], problem["currentVersion"], problem["current"]) == (person["updatedAt"], saved["updatedAt"], saved)
    assert patch({"phone": "2", "version": saved["updatedAt"]}).json()["phone"] == "2"
    is_problem(patch({"phone": "2", "version": "yesterday"}), "VALIDATION_FAILED")
