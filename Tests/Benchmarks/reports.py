"""What an interview's report costs the function that draws it: a long one, of five answers as long as may be."""

from datetime import datetime, timedelta, timezone

from rig import wait_until

from api import Person  # of nginx/local
from measures import cpu_seconds

TIMES, QUESTIONS = 20, 5
ANSWER = ("My task was to bring a late project back on time. I wrote a list of risks that we talked about "
          "every morning. As a result we finished two weeks early.\n\n") * 60


def cpu_of_reports(recruiter, interview, functions):
    """(seconds for the first report of a new process, seconds for each after it, bytes of one).

    functions: what says which processes of functions run.
    """
    path = f"/api/async-interviews/{interview}/report.pdf"
    wait_until(lambda: not functions(), "leaving")
    size = draw(recruiter, path)
    (process,) = [pid for pid, name in functions().items() if name == "ShowReport"]
    first = cpu_seconds([process])
    for _ in range(TIMES):
        draw(recruiter, path)
    return first, (cpu_seconds([process]) - first) / TIMES, size


def reviewed(recruiter, candidate):
    """The id of an interview that was answered in writing, analysed and scored."""
    assessment = recruiter.post("/api/assessments", title="In writing", jobTitle="Writer", questions=[
        {"content": f"What did you do in case {number}, and how did it end?", "type": "ASYNC_TEXT", "competency": "Ownership",
         "rubricLevels": [{"label": f"Level {level}", "description": f"What level {level} is.",
                           "behavioralAnchors": ["Says one thing", "Says another"]} for level in range(1, 6)]}
        for number in range(1, QUESTIONS + 1)])
    recruiter.post(f"/api/assessments/{assessment['id']}/activate")
    deadline = datetime.now(timezone.utc) + timedelta(days=1)
    created = recruiter.post(
        "/api/async-interviews", assessmentId=assessment["id"], candidateId=candidate, timeLimitSeconds=600,
        deadlineAt=deadline.strftime("%Y-%m-%dT%H:%M:%SZ"), invitationEmail="grace@candidates.example")
    interview = f"/api/async-interviews/{created['id']}"
    recruiter.post(f"{interview}/send")
    answer(Person(recruiter.base), f"/api/candidate/interview/{created['invitationToken']}")
    wait_until(lambda: recruiter.get(interview)["aiAnalysisStatus"] == "complete", "the analysis")
    for question in recruiter.get(interview)["questions"]:
        recruiter.post(f"{interview}/score", questionId=question["id"], score=4, notes=ANSWER[:500])
    return created["id"]


def answer(person, path):
    person.post(f"{path}/start")
    for question in person.get(path)["questions"]:
        person.post(f"{path}/text-response", questionId=question["id"], text=ANSWER.strip(), durationSeconds=300)
    person.post(f"{path}/submit")


def draw(recruiter, path):
    with recruiter.opener.open(recruiter.base + path, timeout=60) as pdf:
        return len(pdf.read())
