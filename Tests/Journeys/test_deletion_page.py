"""Somebody deletes a recording, an interview and a person in the browser, and keeps the proof of it."""

import hashlib
import json

import pytest
from playwright.sync_api import expect

from conftest import new_colleague
from deletion import answered, files, gone, somebody  # noqa: F401
from parley import Interview, accepted
from test_pages import PHONE


@pytest.fixture
def pages(device):
    """Pages of somebody who is signed in."""
    def signed_in(client, path, **settings):
        context = device(**settings)
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": client.base}])
        page = context.new_page()
        page.goto(path)
        expect(page.locator("main")).to_have_attribute("data-state", "ready")
        return page
    return signed_in


def confirm(page):
    page.fill("#delete-word", "DELETE")
    page.click("#delete-for-good")


def test_a_recording_then_the_interview(recruiter, pages, screens, run, answered):
    page = pages(recruiter, f"/async-interviews/{answered.id}")
    page.click("#delete")
    page.get_by_role("menuitem", name="Delete the recording of question 1…").click()
    expect(page.locator("#what-goes li")).to_have_text(["1 recording", "1 transcript", "1 analysis by an engine"])
    screens.see(page, "delete-recording")
    # Nothing but the word will do, and nothing happens before.
    expect(page.locator("#delete-word")).to_be_focused()
    for other in ("", "delete", "DELETE IT"):
        page.fill("#delete-word", other)
        expect(page.locator("#delete-for-good")).to_be_disabled()
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#delete-dialog")).to_have_count(0)
    assert answered.show()["videoResponses"][0]["videoUrl"]

    page.click("#delete")
    page.keyboard.press("Enter")
    confirm(page)
    expect(page.locator("#recording-deleted")).to_contain_text("was deleted for good")
    expect(page.locator("#analysis-deleted")).to_be_visible()
    screens.see(page, "recording-deleted")
    # Scores are given as before.
    expect(page.locator("score-form")).to_be_visible()

    page.click("#delete")
    expect(page.get_by_role("menuitem")).to_have_text(["Delete the interview…"])
    page.keyboard.press("Enter")
    confirm(page)
    page.wait_for_url("**/deletions")
    expect(page.locator(".record").first).to_contain_text("A video interview")
    expect(page.locator(".record").first.locator(".badge")).to_have_text("Gone", timeout=15_000)
    assert files(run, answered.id) == []
    # Whoever opens the link is told.
    candidate = page.context.new_page()
    candidate.goto(f"/interview/{answered.token}")
    expect(candidate.locator("main")).to_contain_text("This interview was deleted, with everything that was recorded and written in it.")


def test_a_person_and_the_proof(recruiter, pages, screens, answered, somebody):
    recruiter.post(f"/api/candidates/{somebody['id']}/notes", {"text": "A kind person."})
    page = pages(recruiter, f"/candidates/{somebody['id']}")
    page.click("#delete")
    expect(page.locator("#what-goes li")).to_have_count(7)
    expect(page.locator("#delete-dialog")).to_contain_text("1 note about the candidate")
    screens.see(page, "delete-person")
    page.set_viewport_size(PHONE)
    screens.see(page, "delete-person-phone")
    # The connection is lost: nothing was deleted, and the dialog says so.
    page.route(f"**/api/candidates/{somebody['id']}", lambda route: route.abort())
    confirm(page)
    expect(page.locator("#delete-failure")).to_contain_text("No connection")
    page.unroute(f"**/api/candidates/{somebody['id']}")
    page.click("#delete-for-good")
    page.wait_for_url("**/deletions")

    record = page.locator(".record").first
    expect(record.locator(".badge")).to_have_text("Gone", timeout=15_000)
    expect(record).to_contain_text(somebody["id"])
    record.locator("summary").click()
    expect(record.locator(".objects li")).to_have_count(1)
    expect(record.locator(".objects")).to_contain_text("Gone")
    expect(record.locator(".seal")).to_contain_text("Sealed as record")
    screens.see(page, "deletions-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    screens.see(page, "deletions")
    with page.expect_download() as download:
        record.get_by_role("link", name="Download the record").click()
    kept = json.loads(open(download.value.path()).read())
    assert download.value.suggested_filename == f"deletion-{kept['deletion']['id']}.json"
    assert kept["deletion"]["subjectId"] == somebody["id"] and kept["objects"][0]["goneAt"]
    assert hashlib.sha256(kept["seal"]["record"].encode()).hexdigest() == kept["seal"]["sha256"]
    assert somebody["name"] not in json.dumps(kept) and somebody["email"] not in json.dumps(kept)
    page.goto(f"/candidates/{somebody['id']}")
    expect(page.locator("main")).to_contain_text("There is nothing here")


def test_a_record_that_was_changed(recruiter, pages, screens, database, somebody):
    deletion = accepted(recruiter.call("DELETE", f"/api/candidates/{somebody['id']}"))
    gone(recruiter, deletion)
    change = "UPDATE deletion SET subject_id = %s WHERE id = %s"
    database.execute(change, [deletion["id"], deletion["id"]])
    try:
        record = pages(recruiter, "/deletions").locator(f"#deletion-{deletion['id']}")
        record.locator("summary").click()
        expect(record.locator(".notice")).to_contain_text("This record is not what was sealed.")
        screens.see(record.page, "deletion-changed")
    finally:
        database.execute(change, [somebody["id"], deletion["id"]])


def test_periods(recruiter, pages, screens):
    page = pages(recruiter, "/deletions")
    expect(page.locator("#main-nav [aria-current=page]")).to_have_text("Deletions")
    expect(page.locator("#periods-next")).to_have_text("Nothing is deleted by itself.")
    page.fill("#recordingDays", "ninety")
    page.click("#save-periods")
    expect(page.locator("#recordingDays-error")).to_contain_text("The number of days must be")
    expect(page.locator("#recordingDays")).to_be_focused()
    screens.see(page, "retention-refused")
    page.fill("#recordingDays", "3000")
    page.fill("#candidateDays", "3650")
    page.click("#look-ahead")
    expect(page.locator("#periods-said")).to_have_text("Now nothing would go.")
    page.click("#save-periods")
    expect(page.locator("#periods-said")).to_have_text("Saved.")
    assert recruiter.get("/api/retention")["retention"]["candidateDays"] == 3650
    expect(page.locator("#periods-next")).to_contain_text("Applied next")
    expect(page.locator("#save-periods")).to_be_focused()
    screens.see(page, "retention")
    page.set_viewport_size({"width": 390, "height": 844})
    screens.see(page, "retention-phone")
    page.fill("#candidateDays", "")
    page.fill("#recordingDays", "")
    page.click("#save-periods")
    expect(page.locator("#periods-next")).to_have_text("Nothing is deleted by itself.")
    page.route("**/api/**", lambda route: route.abort())
    page.click("#look-ahead")
    expect(page.locator("#periods .notice.bad")).to_contain_text("No connection")
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    screens.see(page, "deletions-offline")


def test_who_is_offered_what(base, demo, recruiter, pages, somebody, one_question):
    colleague = new_colleague(base, demo, "Wanda Watcher")
    interview = Interview(recruiter, somebody, one_question)
    page = pages(colleague, f"/candidates/{somebody['id']}")
    expect(page.locator("#edit")).to_be_visible()
    expect(page.locator("#delete")).to_have_count(0)
    page = pages(colleague, f"/async-interviews/{interview.id}")
    expect(page.locator("#delete")).to_have_count(0)
    page = pages(colleague, "/deletions")
    expect(page.locator("h1")).to_have_text("Deletions")
    expect(page.locator("#periods, #storage")).to_have_count(0)


def test_the_pages_are_accessible(screens):
    """What axe found on the pages of this file."""
    assert {name: found for name, found in screens.violations.items() if found} == {}
