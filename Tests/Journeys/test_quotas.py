"""An organisation's storage fills up: recruiters hear of it before, candidates when it is full, and nobody loses anything."""

import os
import subprocess
import uuid

import pytest
from playwright.sync_api import expect

from conftest import new_organization
from machine import CHECKOUT, settings_of
from parley import Interview, accepted, eventually, is_problem, sign_in
from screens import open_device_check, pass_device_check, record_test, state
from sweeping import command
from test_assessment_page import open_as  # noqa: F401 - a fixture
from test_assessments import Assessment

PHONE = {"width": 390, "height": 844}
RESUME = CHECKOUT / "Tests/Fixtures/Recordings/resume.pdf"


@pytest.fixture(scope="module")
def owner(base, demo, run):
    """The administrator of an organisation that has nothing yet."""
    return sign_in(base, new_organization(demo, run, "Fullbrook", "Fiona Fuller")[0])


@pytest.fixture(scope="module")
def person(owner):
    return owner.post("/api/candidates", {"name": "Casimir Stowe", "email": "casimir.stowe@candidates.example"})


@pytest.fixture(scope="module")
def assessment(owner):
    made = Assessment(owner)
    accepted(made.move("activate"))
    return made.shown["id"]


@pytest.fixture
def invite(owner, person, assessment):
    return lambda **settings: Interview(owner, person, assessment, **{"thinkTimeSeconds": 30, "retakePolicy": "ZERO", **settings}).send()


@pytest.fixture
def quota(owner, demo, run):
    """Sets how much the organisation may keep beyond what it does, in bytes."""
    organization = owner.get("/api/auth/profile")["user"]["organization"]["id"]

    def grant(room):
        command("Quotas", demo, run, "set", organization, str(used(owner) + room))
    grant.organization = organization
    yield grant
    command("Quotas", demo, run, "reset", organization)


def used(owner):
    return owner.get("/api/storage")["usedBytes"]


def upload_resume(owner, candidate):
    with open(RESUME, "rb") as file:
        return owner.http.post(
            f"{owner.base}/api/resume/analyze", data={"candidateId": candidate["id"]}, files={"file": file},
            headers={"Idempotency-Key": uuid.uuid4().hex})


def test_what_comes_and_goes_is_counted(owner, person, invite, recording, database):
    interview = invite().start()
    before, size = used(owner), recording.stat().st_size
    grant = interview.upload(interview.questions[0], recording)
    assert used(owner) == before + size
    # The changes are added up now and then; the sum is the same.
    organization = grant["videoKey"].split("/")[0]
    with database.transaction():
        database.execute("SELECT set_config('app.organization', %s, true)", [organization])
        database.execute("SET LOCAL ROLE parley_service")
        database.execute("SELECT add_up_storage()")
    assert not database.execute("SELECT FROM storage_change WHERE organization_id = %s", [organization]).fetchall()
    assert used(owner) == before + size
    database.execute("DELETE FROM blob WHERE key = %s", [grant["videoKey"]])
    assert used(owner) == before
    version = accepted(upload_resume(owner, person))["version"]
    assert used(owner) == before + RESUME.stat().st_size
    assert owner.call("DELETE", f"/api/resume/{person['id']}/versions/{version}").status_code == 204
    assert used(owner) == before


def test_grants_end_with_the_room(invite, recording, quota, owner, person):
    interview = invite().start()
    question, size = interview.questions[0], recording.stat().st_size

    def ask(**query):
        query = {"questionId": question, "mimeType": "video/webm", **query}
        return interview.candidate.call("GET", f"{interview.path}/upload-url", params=query)
    quota(size)
    accepted(ask(size=size))
    is_problem(ask(size=size + 1), "STORAGE_FULL")
    begun = interview.candidate.post(f"{interview.path}/uploads", {"questionId": question, "mimeType": "video/webm", "takeNumber": 1})
    quota(0)
    refused = ask(size=1)
    assert refused.status_code == 507 and refused.headers["Retry-After"] == "30"
    assert "Write to whoever invited you" in is_problem(refused, "STORAGE_FULL")["detail"]
    is_problem(ask(), "STORAGE_FULL")
    again = {"questionId": question, "mimeType": "video/webm", "takeNumber": 2}
    is_problem(interview.candidate.call("POST", f"{interview.path}/uploads", again), "STORAGE_FULL")
    is_problem(interview.candidate.call("POST", f"{interview.path}/device-check", {"mimeType": "video/webm", "size": 9}), "STORAGE_FULL")
    is_problem(upload_resume(owner, person), "STORAGE_FULL")
    # What had begun before may go on.
    assert interview.candidate.post(f"{interview.path}/uploads", {**again, "takeNumber": 1}) == begun


def test_a_quota_is_a_number_of_an_organisation(demo, run, quota):
    listed = {line["organizationId"]: line for line in command("Quotas", demo, run, "list")}
    assert listed[quota.organization]["quotaBytes"] is None
    quota(1000)
    listed = {line["organizationId"]: line for line in command("Quotas", demo, run, "list")}
    assert listed[quota.organization]["quotaBytes"] == listed[quota.organization]["usedBytes"] + 1000
    command("Quotas", demo, run, "set", quota.organization, "much", status=65)
    command("Quotas", demo, run, "set", quota.organization, "-1", status=65)
    command("Quotas", demo, run, "set", str(uuid.uuid4()), "5", status=1)
    command("Quotas", demo, run, "set", "Fullbrook", "5", status=1)
    command("Quotas", demo, run, status=64)


@pytest.mark.parametrize("value", ["much", "-1", "5 GB", "1e9", "9" * 19])
def test_a_quota_for_all_that_is_no_number_ends_the_start(tmp_path, value):
    folder = tmp_path / "run"
    settings = {"PARLEY_RUN": str(folder), "PARLEY_QUOTA_BYTES": value}
    result = subprocess.run([CHECKOUT / "nginx/local/up.py"], env=os.environ | settings, capture_output=True, text=True)
    assert result.returncode != 0
    assert f"PARLEY_QUOTA_BYTES is {value}; it must be a number of bytes such as 50000000000" in result.stderr
    # Before anything was made.
    assert not folder.exists()


def test_a_quota_for_all_that_is_no_number_ends_a_command(demo, run):
    done = subprocess.run([f"{demo['functions']}/Quotas", "list"], env={**os.environ, **settings_of(run), "PARLEY_QUOTA_BYTES": "much"},
                          capture_output=True, text=True)
    assert done.returncode != 0 and done.stdout == ""
    assert "PARLEY_QUOTA_BYTES must be a number of bytes such as 50000000000" in done.stderr


# ---- On the pages -------------------------------------------------------------------

def test_the_dashboard_says_so_before(open_as, owner, quota, database, screens):  # noqa: F811
    # As much as answers take, without any.
    database.execute("INSERT INTO storage_change (organization_id, bytes) VALUES (%s, 8000000000)", [quota.organization])
    try:
        quota(4_000_000_000)
        page = open_as(owner, "/dashboard")
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("#storage")).to_have_count(0)
        quota(1_000_000_000)
        page.reload()
        expect(page.locator("#storage")).to_contain_text("The storage is nearly full")
        expect(page.locator("#storage")).to_contain_text("8 GB of 9 GB")
        screens.see(page, "dashboard-nearly-full")
        quota(0)
        page = open_as(owner, "/dashboard", PHONE)
        expect(page.locator("#storage")).to_contain_text("The storage is full")
        screens.see(page, "dashboard-full-narrow")
    finally:
        database.execute("DELETE FROM storage_change WHERE organization_id = %s AND bytes = 8000000000", [quota.organization])


def test_administrators_see_how_much_is_kept(open_as, owner, quota, screens):  # noqa: F811
    page = open_as(owner, "/deletions")
    expect(page.locator("#storage")).to_contain_text("There is no limit to it.")
    screens.see(page, "storage-without-a-limit")
    quota(1_000_000_000 - used(owner))
    page.reload()
    expect(page.locator("#storage .room")).to_contain_text("of 1 GB")
    screens.see(page, "storage-with-a-limit")
    screens.see(open_as(owner, "/deletions", PHONE), "storage-with-a-limit-narrow")


def test_a_recording_waits_for_room_and_is_sent_then(device, invite, quota, run, database, screens, owner):
    interview, context = invite(), device()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "thinking")
    quota(0)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(3000)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")
    expect(page.locator("#upload-line")).to_contain_text("There is no more room for recordings at the organisation that invited you.")
    expect(page.locator("#safe-to-close")).to_have_count(0)
    screens.see(page, "sending-storage-full")
    assert interview.show()["videoResponses"] == []
    # Nothing is lost with the page.
    page.close()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    expect(page.locator(".lead").first).to_contain_text("was kept on this device")
    quota(100_000_000)
    page.click("#review-kept")
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    [key] = eventually(lambda: database.execute(
        "SELECT video_key FROM recording WHERE async_interview_id = %s AND status = 'STORED'", [interview.id]).fetchone(), "the recording")
    assert (run / "blobs/objects" / key).stat().st_size > 0


def test_a_test_of_the_devices_says_so_before_the_interview(device, invite, quota, screens):
    interview = invite()
    page = device(PHONE).new_page()
    page.goto(interview.created["candidateURL"])
    open_device_check(page)
    quota(0)
    record_test(page, outcome="failed")
    expect(page.locator("#proof-title")).to_have_text("Just now there is no room for recordings")
    screens.see(page, "device-check-storage-full")
    quota(100_000_000)
    record_test(page)
