"""Assessments from the first draft to the archive, by one author and by two at once."""

import threading
import uuid

import pytest

from parley import Interview, accepted, is_problem

NOBODY = "01980000-0000-7000-8000-00000000dead"


def question(content, competency="Ownership", **more):
    rubric = [{"label": f"Level {number}", "description": f"What level {number} is.",
               "behavioralAnchors": [f"Says one thing of level {number}", f"Says another of level {number}"]} for number in range(1, 6)]
    return {"content": content, "type": "BEHAVIORAL", "competency": competency, "rubricLevels": rubric, **more}


class Assessment:
    """An assessment as its author holds it: with the version that was read last."""

    def __init__(self, recruiter, **fields):
        self.recruiter = recruiter
        self.fields = {"title": "Leading", "jobTitle": "Team Lead", "description": "", "questions": [question("Describe a decision of yours.")], **fields}
        self.shown = recruiter.post("/api/assessments", self.fields)
        self.path = f"/api/assessments/{self.shown['id']}"

    def put(self, version=None, **changes):
        return self.recruiter.call("PUT", self.path, {**self.fields, "version": version or self.shown["version"], **changes})

    def save(self, **changes):
        self.shown = accepted(self.put(**changes))
        self.fields.update(changes)
        return self.shown

    def move(self, verb):
        return self.recruiter.call("POST", f"{self.path}/{verb}")


@pytest.fixture
def assessment(recruiter):
    return Assessment(recruiter)


def all_pages(recruiter, path, name, **query):
    """Every element of a list, and how many pages it took."""
    elements, pages, cursor = [], 0, None
    while pages == 0 or cursor:
        page = recruiter.get(path, **query, **({"cursor": cursor} if cursor else {}))
        elements += page[name]
        pages += 1
        cursor = page["nextCursor"]
    return elements, pages


# ---- Writing one -------------------------------------------------------------------

def test_from_a_draft_to_an_interview_and_the_archive(recruiter, candidates):
    written = Assessment(recruiter, questions=[])
    assert [each["code"] for each in written.shown["findings"]] == ["NO_QUESTIONS"]
    assert "no question" in is_problem(written.move("activate"), "CONFLICT")["detail"]

    name = f"Judgement {uuid.uuid4()}"
    saved = written.save(questions=[question("Describe a decision of yours.", name), question("Describe a mistake of yours.", name.upper(), weight=2)])
    assert saved["findings"] == [] and [each["weight"] for each in saved["questions"]] == [1, 2]
    competency = saved["questions"][0]["competency"]
    assert saved["questions"][1]["competency"] == competency and competency["name"] == name
    [used] = [each for each in recruiter.get("/api/competencies")["competencies"] if each["id"] == competency["id"]]
    assert (used["questionCount"], used["assessmentCount"]) == (2, 1)

    # Drafts are not asked, nor is what was put away.
    asked = {"assessmentId": saved["id"], "candidateId": candidates[0]["id"], "timeLimitSeconds": 60, "deadlineAt": "2099-01-01T00:00:00Z",
             "invitationEmail": candidates[0]["email"]}
    is_problem(recruiter.call("POST", "/api/async-interviews", asked), "NOT_FOUND")
    assert accepted(written.move("activate"))["status"] == "ACTIVE"
    assert is_problem(written.move("activate"), "CONFLICT")["legalStatuses"] == ["ARCHIVED"]
    interview = Interview(recruiter, candidates[0], saved["id"]).send()
    assert accepted(written.move("archive"))["status"] == "ARCHIVED"
    is_problem(recruiter.call("POST", "/api/async-interviews", asked), "NOT_FOUND")
    assert is_problem(written.move("archive"), "CONFLICT")["legalStatuses"] == ["ACTIVE"]
    # What was sent goes on.
    assert len(interview.start().questions) == 2
    assert accepted(written.move("activate"))["status"] == "ACTIVE"


def test_questions_that_were_sent_stay_and_their_copy_changes(recruiter, assessment, candidates):
    accepted(assessment.move("activate"))
    interview = Interview(recruiter, candidates[0], assessment.shown["id"])
    assessment.shown = recruiter.get(assessment.path)
    changed = [question("Describe another decision of yours.")]
    assert not assessment.save(questions=changed)["isSent"]

    interview.send().start()
    refusal = is_problem(assessment.put(questions=[]), "CONFLICT")
    assert "Duplicate" in refusal["detail"]
    kept = assessment.save(title="Leading, as it was sent")
    assert kept["isSent"] and [each["id"] for each in kept["questions"]] == interview.questions

    copy = recruiter.post(f"{assessment.path}/duplicate")
    assert copy["title"] == "Leading, as it was sent (copy)" and copy["status"] == "DRAFT" and not copy["isSent"]
    assert copy["questions"][0]["rubricLevels"] == kept["questions"][0]["rubricLevels"]
    assert copy["questions"][0]["id"] != kept["questions"][0]["id"]
    body = {**assessment.fields, "version": copy["version"], "questions": [question("Describe a third decision of yours.")]}
    accepted(recruiter.call("PUT", f"/api/assessments/{copy['id']}", body))
    assert recruiter.get(assessment.path)["questions"] == kept["questions"]


def test_findings_follow_the_times_of_the_interview(recruiter, assessment):
    short = recruiter.get(assessment.path, thinkTimeSeconds=0, timeLimitSeconds=600)["findings"]
    assert [each["code"] for each in short] == ["THINK_TIME_SHORT"]
    assert recruiter.get(assessment.path)["findings"] == []


# ---- Two authors -------------------------------------------------------------------

def test_a_stale_edit_is_told_both_versions(recruiter, assessment):
    first = assessment.shown["version"]
    assessment.save(title="Mine")
    problem = is_problem(assessment.put(version=first, title="Yours"), "CONFLICT")
    assert (problem["yourVersion"], problem["currentVersion"]) == (first, first + 1)
    assert problem["current"] == recruiter.get(assessment.path) and problem["current"]["title"] == "Mine"


def test_of_edits_at_the_same_moment_one_is_saved(recruiter, assessment):
    answers = []
    start = threading.Barrier(6)

    def edit(number):
        start.wait()
        answers.append((number, assessment.put(title=f"Title {number}", questions=[question(f"Describe task {number} of yours.")])))
    authors = [threading.Thread(target=edit, args=[number]) for number in range(6)]
    for author in authors:
        author.start()
    for author in authors:
        author.join()

    saved = [number for number, answer in answers if answer.status_code == 200]
    assert len(saved) == 1
    for _, answer in answers:
        if answer.status_code != 200:
            assert is_problem(answer, "CONFLICT")["currentVersion"] == assessment.shown["version"] + 1
    shown = recruiter.get(assessment.path)
    assert shown["title"] == f"Title {saved[0]}"
    assert [each["content"] for each in shown["questions"]] == [f"Describe task {saved[0]} of yours."]


def test_sending_and_editing_at_the_same_moment_agree(recruiter, candidates):
    for _ in range(5):
        assessment = Assessment(recruiter)
        accepted(assessment.move("activate"))
        assessment.shown = recruiter.get(assessment.path)
        interview = Interview(recruiter, candidates[0], assessment.shown["id"])
        answers = {}
        actions = {"send": lambda: recruiter.call("POST", f"/api/async-interviews/{interview.id}/send"),
                   "edit": lambda: assessment.put(questions=[question("Describe what came later.")])}
        start = threading.Barrier(2)

        def act(name):
            start.wait()
            answers[name] = actions[name]()
        both = [threading.Thread(target=act, args=[name]) for name in actions]
        for one in both:
            one.start()
        for one in both:
            one.join()
        accepted(answers["send"])
        if answers["edit"].status_code != 200:
            is_problem(answers["edit"], "CONFLICT")
        # Either way the candidate is asked what the assessment says.
        asked = interview.start().questions
        assert [each["id"] for each in recruiter.get(assessment.path)["questions"]] == asked


# ---- Lists and strangers -----------------------------------------------------------

def test_pages_have_neither_gaps_nor_repetitions_while_others_write(recruiter):
    mark = f"Mark{uuid.uuid4().hex[:8]}"
    mine = [Assessment(recruiter, title=f"{mark} {number}", questions=[]).shown["id"] for number in range(7)]
    first = recruiter.get("/api/assessments", search=mark.lower(), limit=3)
    Assessment(recruiter, title=f"{mark} later", questions=[])
    rest, pages = all_pages(recruiter, "/api/assessments", "assessments", search=mark, limit=3, status="DRAFT")
    following = recruiter.get("/api/assessments", search=mark, limit=3, cursor=first["nextCursor"])
    assert [each["id"] for each in first["assessments"] + following["assessments"]] == mine[:0:-1]
    assert [each["id"] for each in rest][1:] == mine[::-1] and pages == 3


def test_another_organisation_sees_and_changes_nothing(stranger, recruiter, assessment):
    for method, call, body in (("GET", "", None), ("PUT", "", {**assessment.fields, "version": 1}), ("POST", "/duplicate", None),
                               ("POST", "/archive", None), ("POST", "/activate", None)):
        for identifier in (assessment.shown["id"], NOBODY):
            is_problem(stranger.call(method, f"/api/assessments/{identifier}{call}", body), "NOT_FOUND")
    assert stranger.get("/api/assessments")["assessments"] == []
    competency = assessment.shown["questions"][0]["competency"]
    assert competency["id"] not in str(stranger.get("/api/competencies"))
    theirs = {**assessment.fields, "questions": [question("Describe a task.", competency["id"])]}
    is_problem(stranger.call("POST", "/api/assessments", theirs), "NOT_FOUND")
    assert recruiter.get(assessment.path) == assessment.shown
