"""What every journey starts from: the running stack, people, recordings, browsers."""

from own_stack import RUN  # Before all that reads where the stack is.

import json
import os
import subprocess
import uuid

import psycopg
import pytest
from playwright.sync_api import expect, sync_playwright

import speech
from engines import double, double_server  # noqa: F401
from machine import settings_of
from parley import ASSESSMENT, Interview, Signer, note_secret_address, seen_secrets, sign_in
from screens import Screens

DESKTOP = {"width": 1280, "height": 800}
# What a page shows it may show late, on a machine that does other work.
expect.set_options(timeout=15_000)
# Names that stand nowhere else, so that finding one in a log means that it leaked.
CANARIES = {
    "Mira Quillfeather": "mira.quillfeather@candidates.example",
    "Tobias Underbrook": "tobias.underbrook@candidates.example",
}


@pytest.fixture(scope="session")
def run():
    """The stack's state folder."""
    return RUN


@pytest.fixture(scope="session", autouse=True)
def keep_seen_secrets(run):
    """Leaves what must stand in no log to `test_privacy.py`, which comes last and looks at every stack."""
    yield
    with open(run / "seen-secrets", "a") as file:
        file.writelines(f"{secret}\n" for secret in sorted(seen_secrets))


@pytest.fixture(scope="session")
def demo(run):
    return json.loads((run / "demo.json").read_text())


@pytest.fixture(scope="session")
def base(demo):
    return demo["baseURL"]


@pytest.fixture
def database(demo):
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def signer(run, base):
    return Signer(run, base)


# ---- People --------------------------------------------------------------------

@pytest.fixture(scope="session")
def recruiter(base, demo):
    return sign_in(base, demo["recruiter"])


@pytest.fixture(scope="session")
def organization(recruiter):
    return recruiter.get("/api/auth/profile")["user"]["organization"]["id"]


@pytest.fixture(scope="session")
def candidates(demo, organization):
    """Two candidates: [{id, name, email}]."""
    people = [{"name": name, "email": email} for name, email in CANARIES.items()]
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        for person in people:
            # Tests may run again on the same stack.
            [person["id"]] = connection.execute("""
                INSERT INTO candidate (organization_id, name, email, pipeline_stage)
                VALUES (%(organization)s, %(name)s, %(email)s, 'SCREENING')
                ON CONFLICT (organization_id, lower(email)) DO UPDATE SET name = excluded.name
                RETURNING id::text""", {**person, "organization": organization}).fetchone()
    return people


def shorter_assessment(demo, organization, title, questions):
    """A copy of the sample assessment with its first questions only; its id."""
    identifier = str(uuid.uuid4())
    values = {"id": identifier, "organization": organization, "title": title, "questions": questions, "from": ASSESSMENT}
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("""
            INSERT INTO assessment (id, organization_id, title, job_title)
            VALUES (%(id)s, %(organization)s, %(title)s, 'Software Engineer')""", values)
        connection.execute("""
            WITH copied AS (
                INSERT INTO question (organization_id, assessment_id, competency_id, position, content, type)
                SELECT organization_id, %(id)s, competency_id, position, content, type FROM question
                WHERE assessment_id = %(from)s AND position <= %(questions)s RETURNING id, position)
            INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
            SELECT r.organization_id, copied.id, level, label, description, behavioral_anchors
            FROM copied JOIN question q ON q.assessment_id = %(from)s AND q.position = copied.position
            JOIN rubric_level r ON r.question_id = q.id""", values)
    return identifier


@pytest.fixture(scope="session")
def one_question(demo, organization):
    """The id of an assessment with a single question."""
    return shorter_assessment(demo, organization, "One question", 1)


@pytest.fixture(scope="session")
def two_questions(demo, organization):
    return shorter_assessment(demo, organization, "Working together", 2)


@pytest.fixture
def in_writing(demo, organization, recruiter, candidates):
    """An interview that has begun, whose only question is answered in writing."""
    assessment = shorter_assessment(demo, organization, "A question in writing", 1)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [assessment])
    return Interview(recruiter, candidates[1], assessment, thinkTimeSeconds=60).send().start()


def add_account(demo, name, email, role="RECRUITER", *, beside):
    """Adds an account to the organisation of another one, and with its password."""
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("""
            INSERT INTO account (organization_id, email, name, role, password_hash)
            SELECT organization_id, %s, %s, %s, password_hash FROM account WHERE email = %s""", [email, name, role, beside])


def new_colleague(base, demo, name, role="RECRUITER"):
    """Somebody else in the sample organisation, signed in."""
    email = f"{uuid.uuid4()}@northwind.example"
    add_account(demo, name, email, role, beside=demo["recruiter"]["email"])
    client = sign_in(base, {**demo["recruiter"], "email": email})
    client.account = client.get("/api/auth/profile")["user"]
    return client


def new_organization(demo, run, name, administrator, *recruiters):
    """Adds an organisation that has nothing but its people; their accounts, in order."""
    mark, password = uuid.uuid4().hex[:8], "a-password-of-a-new-organisation"
    accounts = [{"email": f"{each.split()[0].lower()}@{mark}.example", "password": password} for each in (administrator, *recruiters)]
    subprocess.run(
        [f"{demo['functions']}/AddOrganization", "--name", name, "--email", accounts[0]["email"], "--person", administrator],
        input=password + "\n", env={**os.environ, **settings_of(run)}, text=True, check=True, capture_output=True)
    for recruiter, account in zip(recruiters, accounts[1:], strict=True):
        add_account(demo, recruiter, account["email"], beside=accounts[0]["email"])
    return accounts


@pytest.fixture(scope="session")
def stranger(base, demo, run):
    """A recruiter of another organisation."""
    return sign_in(base, new_organization(demo, run, "Southgate", "Sam Stranger")[0])


# ---- Recordings ----------------------------------------------------------------

@pytest.fixture(scope="session")
def recording(tmp_path_factory):
    """A short spoken answer."""
    folder = tmp_path_factory.mktemp("recording")
    sound = speech.speak("My task was to help the team. As a result we finished on time.", "rms", folder / "speech.wav", 0.2)
    return speech.record(sound, folder / "answer.webm")


# ---- Browsers ------------------------------------------------------------------

@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as instance:
        yield instance


@pytest.fixture(scope="session")
def open_browser(playwright):
    """Opens Debian's Chromium with a fake camera and microphone, which play a file each, again and again."""
    opened = []

    def open_one(microphone=None, camera=None):
        arguments = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        if microphone:
            arguments.append(f"--use-file-for-fake-audio-capture={microphone}")
        if camera:
            arguments.append(f"--use-file-for-fake-video-capture={camera}")
        if os.getuid() == 0:
            arguments.append("--no-sandbox")
        opened.append(playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments))
        return opened[-1]
    yield open_one
    for browser in opened:
        browser.close()


@pytest.fixture(scope="session")
def browser(open_browser):
    return open_browser()


@pytest.fixture
def device(browser, base):
    """Opens a device: a browser profile that keeps what pages store in it."""
    contexts, problems = [], []

    def open_device(viewport=DESKTOP, **settings):
        context = browser.new_context(viewport=viewport, base_url=base, **settings)
        context.on("response", note_secret_address)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        contexts.append(context)
        return context
    yield open_device
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="session")
def screens(run):
    """Whatever test saw it, and in whichever process: axe found nothing on any screen, in light or in dark."""
    screens = Screens(run / "screenshots", os.environ.get("PARLEY_SCREENSHOTS"))
    yield screens
    assert {name: found for name, found in screens.violations.items() if found} == {}
