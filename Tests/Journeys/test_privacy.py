"""What must not be written down was not, in all that the other tests made happen: to be run after them."""

import json
import re
from pathlib import Path

import psycopg
import pytest

from conftest import CANARIES
from machine import mails
from own_stack import RUNS
from parley import accepted, is_problem, seen_secrets
from resumes import RESUME_CANARIES, TEXT, another_hour, form, new_candidate, part, pdf, send_form, upload
from test_interview import NOTES, OUTRO

# What the installation keeps on purpose: recordings, mail, its database, its secrets.
KEPT = {"blobs", "mail", "postgres", "secret", "playback-secret", "demo.json", "environment", "nginx.conf", "screenshots", "seen-secrets"}


@pytest.fixture(scope="module")
def resume(recruiter, demo):
    """A resume that was taken in every way, and refused in some; names and phrases that stand nowhere else."""
    with psycopg.connect(demo["databaseURL"], autocommit=True) as database:
        another_hour(database)
    person = new_candidate(recruiter)
    canaries = RESUME_CANARIES + ["quillfern-cv-2026"]
    accepted(upload(recruiter, person, pdf(), f"{canaries[-1]}.pdf"))
    recruiter.http.get(recruiter.get(f"/api/resume/{person}/file/1")["url"])
    accepted(recruiter.call("POST", "/api/resume/analyze", {"candidateId": person, "resumeText": TEXT}))
    accepted(recruiter.call("PATCH", f"/api/resume/{person}", {"field": "phone", "value": "quillfern-ledger"}))
    is_problem(upload(recruiter, person, pdf()[:-600], f"{canaries[-1]}.pdf"), "UNREADABLE")
    is_problem(send_form(recruiter, form(part("candidateId", b"quillfern-ledger"), part("file", pdf(), "a.pdf"))), "VALIDATION_FAILED")
    is_problem(recruiter.call("POST", "/api/resume/analyze", {"candidateId": person, "resumeText": TEXT, "more": TEXT}), "VALIDATION_FAILED")
    return canaries


@pytest.fixture(scope="module")
def logs(resume):
    """Every file that the running parts have written, by its path in the state folder; of several stacks, one after another."""
    logs = {}
    for run in RUNS:
        for path in run.rglob("*"):
            name = path.relative_to(run)
            if path.is_file() and name.parts[0] not in KEPT:
                logs[name] = logs.get(name, b"") + path.read_bytes()
    return logs


@pytest.fixture(scope="module")
def databases():
    """A connection to the database of each stack."""
    addresses = [json.loads((run / "demo.json").read_text())["databaseURL"] for run in RUNS]
    connections = [psycopg.connect(address, autocommit=True) for address in addresses]
    yield connections
    for connection in connections:
        connection.close()


@pytest.fixture(scope="module")
def secrets():
    """What the other tests were handed, and the links of every mail."""
    found = set(seen_secrets)
    for run in RUNS:
        found.update((run / "seen-secrets").read_text().split())
        for mail in mails(run):
            found.update(re.findall(r"(?:/interview/|/password#)([\w-]{43})", mail.get_body(["plain"]).get_content()))
    assert len(found) > 50
    return found


def leaks(logs, needles):
    return sorted({f"{path}: {needle}" for path, content in logs.items() for needle in needles if needle.encode() in content})


def test_everything_was_logged(logs):
    """Else finding nothing would mean nothing."""
    requests = logs[Path("log/requests.log")].decode()
    functions = logs[Path("log/functions.log")].decode()
    for route in ("/api/candidate/interview/{token}/response", "/blob/{key}", "/api/webhooks/storage", "/api/auth/login"):
        assert f'"route":"{route}"' in requests
    for function in ("SignIn", "SaveResponse", "StoreRecording", "TranscribeResponse", "AnalyzeResponse", "MailInvitation", "Courier"):
        assert f'"function":"{function}"' in functions


def test_no_tokens_and_no_signatures(logs, secrets):
    assert leaks(logs, secrets) == []


def test_no_names_and_no_addresses(logs, databases):
    people = [person for database in databases for person in database.execute(
        "SELECT name, email FROM candidate UNION SELECT name, email FROM account").fetchall()]
    needles = {text for person in people for text in person} | set(CANARIES)
    assert len(needles) > 6
    assert leaks(logs, needles) == []


def test_nothing_of_what_was_said_or_written(logs, databases):
    transcripts = [text for database in databases for (text,) in database.execute(
        "SELECT transcript FROM video_response WHERE length(transcript) > 40").fetchall()]
    said = {text[start:start + 20] for text in transcripts for start in range(0, len(text) - 20, 20)}
    assert len(said) > 10
    assert leaks(logs, said | {NOTES[:25], OUTRO[:25], "Tell us about a conflict"}) == []


def test_nothing_of_a_resume(logs, resume):
    assert b'"function":"AnalyzeResume"' in logs[Path("log/functions.log")]
    assert b'"route":"/documents/{key}"' in logs[Path("log/requests.log")]
    assert leaks(logs, resume) == []


def test_no_passwords(logs, demo):
    assert leaks(logs, [demo["recruiter"]["password"], "not the password", "a-password-of-another-organisation"]) == []


def test_the_databases_have_no_token_in_plain_text(databases, secrets):
    for database in databases:
        columns = database.execute("""
            SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb') AND table_name NOT LIKE 'proctor_event'""").fetchall()
        for table, column in columns:
            values = {str(value) for (value,) in database.execute(f'SELECT DISTINCT "{column}"::text FROM "{table}"').fetchall()}
            assert not [secret for secret in secrets if any(secret in value for value in values)], f"{table}.{column}"
