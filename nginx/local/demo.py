#!/usr/bin/python3
"""Fills a running Parley with a sample organisation and takes a candidate through an interview.

Everything goes the way it does for people: through the API, with recordings
uploaded to signed addresses. Run again, it goes on where it was.

  demo.py                        all of it
  demo.py --organization-only    no interviews
"""

import json
import math
import secrets
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

from api import Person, put_file
from stack import CHECKOUT, DATABASE_SOCKET, FUNCTIONS, LOCAL, POSTGRES, RUN, fail, read_environment, say

RESULT = RUN / "demo.json"
EMAIL = "ada@northwind.example"
ASSESSMENT = "01980000-0000-7000-8000-000000000021"
INTERVIEWED = "01980000-0000-7000-8000-000000000001"
INVITED = "01980000-0000-7000-8000-000000000002"
EMAILS = {INTERVIEWED: "grace@candidates.example", INVITED: "alan@candidates.example"}
ANSWERS = CHECKOUT / "Tests/Fixtures/Speech/answers.json"
WRITTEN = """Hi Sam,

I hope your week is going well. I need the interface by Thursday, because the tests for the customer's demo on \
Monday depend on it. What is in the way? If it helps, I can take the error handling, or we start with a smaller first \
part. Do you have ten minutes for a call at two?

I wrote it this way because I do not know the reason yet. I say what depends on the work and by when, and I offer help \
before I ask anybody else. As a result the team still has two days if we have to change the plan."""
FONT = "/usr/share/fonts/truetype/inter-vf/Inter-roman.var.ttf"


def main():
    if not (RUN / "environment").exists():
        fail("nothing runs here; run make up first")
    base = read_environment()["PARLEY_BASE_URL"]
    print("Filling the sample organisation")
    result = fill_organization(base)
    if "--organization-only" in sys.argv[1:]:
        return
    recruiter = Person(base)
    recruiter.post("/api/auth/login", **result["recruiter"])
    finished = finish_interview(recruiter)
    result["reviewURL"] = f"{base}/async-interviews/{finished}"
    result["candidateURL"] = open_interview(recruiter)
    save(result)
    print_addresses(result)


def fill_organization(base):
    result = json.loads(RESULT.read_text()) if RESULT.exists() else {}
    password = result.get("recruiter", {}).get("password") or secrets.token_urlsafe(12)
    result |= {
        "baseURL": base,
        "recruiter": {"email": EMAIL, "password": password},
        "mailbox": str(RUN / "mail"),
        "databaseURL": f"postgresql:///parley?host={DATABASE_SOCKET}&user=parley_admin",
        "functions": str(FUNCTIONS),
    }
    save(result)
    added = run(
        FUNCTIONS / "AddOrganization", "--name", "Northwind Labs", "--email", EMAIL,
        "--person", "Ada Example", input=password + "\n")
    organization = json.loads(added)["organizationId"]
    run(POSTGRES / "psql", result["databaseURL"], "-Xq", "--set=ON_ERROR_STOP=1",
        f"--set=organization={organization}", f"--file={LOCAL / 'demo.sql'}")
    say("organisation", "Northwind Labs with one recruiter, one assessment and two candidates")
    return result


def save(result):
    RESULT.touch(mode=0o600)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")


# ---- Interviews ------------------------------------------------------------------

def interview_of(recruiter, candidate, usable):
    """The candidate's newest interview in one of the statuses, sent; a new one if there is none."""
    found = recruiter.get("/api/async-interviews", candidateId=candidate)["interviews"]
    identifier = next((each["id"] for each in found if each["status"] in usable), None)
    if not identifier:
        identifier = recruiter.post(
            "/api/async-interviews", assessmentId=ASSESSMENT, candidateId=candidate,
            timeLimitSeconds=180, thinkTimeSeconds=30, retakePolicy="ONE", deadlineAt=in_two_weeks(),
            introMessage="Thank you for your interest in Northwind Labs. Take your time: "
                         "there are four questions. You may record each answer twice; the last one you write.",
            outroMessage="Thank you. We will be in touch within a week.",
            invitationEmail=EMAILS[candidate])["id"]
    interview = recruiter.get(f"/api/async-interviews/{identifier}")
    if interview["status"] == "DRAFT":
        recruiter.post(f"/api/async-interviews/{identifier}/send")
        interview = recruiter.get(f"/api/async-interviews/{identifier}")
    return interview


def in_two_weeks():
    moment = datetime.now(timezone.utc) + timedelta(days=14)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def open_interview(recruiter):
    """An interview that waits for its candidate; its address for them."""
    return interview_of(recruiter, INVITED, {"DRAFT", "SENT", "OPENED", "IN_PROGRESS"})["candidateURL"]


def finish_interview(recruiter):
    """An interview that was answered and analysed; its id."""
    usable = {"DRAFT", "SENT", "OPENED", "IN_PROGRESS", "SUBMITTED", "REVIEWED"}
    interview = interview_of(recruiter, INTERVIEWED, usable)
    if interview["status"] not in {"SUBMITTED", "REVIEWED"}:
        answer_questions(recruiter.base, interview["candidateURL"].rsplit("/", 1)[1])
    wait_for_analysis(recruiter, interview["id"])
    return interview["id"]


def answer_questions(base, token):
    candidate = Person(base)
    path = f"/api/candidate/interview/{token}"
    interview = candidate.get(path)
    candidate.post(f"{path}/start")
    answered = {each["questionId"] for each in interview["responses"] if each["status"] == "SUBMITTED"}
    spoken = iter(json.loads(ANSWERS.read_text()))
    for question in interview["questions"]:
        answer = WRITTEN if question["type"] == "ASYNC_TEXT" else next(spoken)
        if question["id"] not in answered:
            what = answer_question(candidate, path, question, answer)
            say("answer", f"{question['position']} of {len(interview['questions'])} {what}")
    candidate.post(f"{path}/submit")
    say("interview", "submitted")


def answer_question(candidate, path, question, answer):
    """Gives one answer, recorded or written; says what was done."""
    if answer is WRITTEN:
        candidate.post(f"{path}/text-response", questionId=question["id"], text=WRITTEN, durationSeconds=150)
        return "written"
    with tempfile.TemporaryDirectory() as folder:
        video, seconds = make_video(Path(folder), answer, f"Question {question['position']}")
        upload(candidate, path, question["id"], video, seconds)
    return f"recorded, {seconds} seconds"


def upload(candidate, path, question, video, seconds):
    grant = candidate.get(
        f"{path}/upload-url", questionId=question, mimeType="video/webm", size=video.stat().st_size)
    put_file(grant["uploadUrl"], video, grant["headers"])
    candidate.post(
        f"{path}/response", questionId=question, videoKey=grant["videoKey"], videoUrl=grant["videoUrl"],
        durationSeconds=seconds, takeNumber=1)


def wait_for_analysis(recruiter, identifier, patience=900):
    deadline = time.monotonic() + patience
    told = None
    while True:
        interview = recruiter.get(f"/api/async-interviews/{identifier}")
        answers = interview["videoResponses"]
        transcribed = sum(each["transcriptStatus"] == "complete" for each in answers)
        analysed = sum(each["aiInsights"] is not None for each in answers)
        progress = f"{transcribed} of {len(answers)} answers transcribed, {analysed} analysed"
        if progress != told:
            say("analysis", progress)
            told = progress
        if interview["aiAnalysisStatus"] == "complete":
            return
        if interview["aiAnalysisStatus"] == "failed" or time.monotonic() > deadline:
            fail(f"the analysis did not complete; {RUN}/log/functions.log says why")
        time.sleep(1)


# ---- Recordings --------------------------------------------------------------------

def make_video(folder, answer, title):
    """A recording of the answer's text: its file, and its length in whole seconds."""
    speech, video = folder / "speech.wav", folder / "answer.webm"
    run("flite", "-voice", answer["voice"], "-t", answer["text"], "-o", speech)
    picture = (
        "[0:a]asplit[voice][shape];"
        "[shape]showwaves=size=640x120:mode=cline:rate=15:colors=0x8fb8de[wave];"
        "gradients=size=64x36:rate=15:c0=0x14213d:c1=0x1f4068:x0=0:y0=0:x1=64:y1=36:speed=0.01,scale=640:360[sky];"
        "[sky][wave]overlay=0:190:shortest=1,"
        f"drawtext=fontfile={FONT}:text='Grace Sample':fontcolor=white:fontsize=34:x=40:y=70,"
        f"drawtext=fontfile={FONT}:text='{title}, made with a speech synthesiser'"
        ":fontcolor=0xc8d6e5:fontsize=18:x=40:y=120,format=yuv420p[video]")
    run("ffmpeg", "-nostdin", "-loglevel", "error", "-i", speech, "-filter_complex", picture,
        "-map", "[video]", "-map", "[voice]", "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8",
        "-b:v", "250k", "-c:a", "libopus", "-b:a", "48k", "-ar", "48000", "-shortest", video)
    length = run("ffprobe", "-loglevel", "error", "-show_entries", "format=duration", "-of", "csv=p=0", video)
    return video, math.ceil(float(length))


def run(*command, input=None):
    """Runs the command to its end and returns what it printed."""
    result = subprocess.run(command, input=input, capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"{Path(command[0]).name} failed:\n{result.stderr or result.stdout}")
    return result.stdout.strip()


def print_addresses(result):
    print(f"""
Parley is ready.

  Recruiter          {result["baseURL"]}/sign-in
                     {result["recruiter"]["email"]}
                     {result["recruiter"]["password"]}
  Finished review    {result["reviewURL"]}
  Try an interview   {result["candidateURL"]}
                     (with your own camera and microphone)
  Mail               {result["mailbox"]}

It stays up until `make down`. All of this is also in {RESULT}.
""")


main()
