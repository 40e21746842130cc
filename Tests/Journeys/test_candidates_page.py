"""The list of candidates and one candidate's profile, in the browser."""

import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import expect

from parley import Interview, accepted
from screens import state

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(device, recruiter):
    context = device()
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": recruiter.base}])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert page.problems == []


@pytest.fixture
def mark():
    """A word that nobody else's name has."""
    return f"Cp{uuid.uuid4().hex[:8]}"


def create(recruiter, mark, name, **more):
    return recruiter.post("/api/candidates", {"name": f"{name} {mark}", "email": f"{name.lower()}@{mark}.example", **more})


def test_an_organisation_without_candidates(page, screens, stranger, recruiter):
    page.context.add_cookies([{"name": "parley_session", "value": stranger.http.cookies["parley_session"], "url": recruiter.base}])
    page.goto("/candidates?stage=OFFER")
    expect(page.locator(".face")).to_contain_text("Nobody matches")
    page.goto("/candidates")
    state(page, "ready")
    if page.locator("#candidates").count() == 0:  # Other tests give this organisation somebody.
        expect(page.locator(".face")).to_contain_text("No candidates yet")
        screens.see(page, "candidates-none")


def test_create_find_and_filter(page, screens, recruiter, mark):
    page.goto("/candidates")
    page.click("#create")
    page.click("#save-candidate")
    expect(page.locator("#candidate-name-error")).to_have_text("Enter the candidate’s name.")
    expect(page.locator("#candidate-email-error")).to_have_text("Enter the candidate’s e-mail address.")
    expect(page.locator("#candidate-name")).to_be_focused()
    page.fill("#candidate-name", f"Eva {mark}")
    page.fill("#candidate-email", "eva@nowhere")
    page.click("#save-candidate")
    expect(page.locator("#candidate-email-error")).to_have_text("This is not a complete e-mail address.")
    screens.see(page, "candidates-create-wrong")
    page.fill("#candidate-email", f"eva@{mark}.example")
    page.fill("#candidate-phone", "+49 30 1")
    page.select_option("#candidate-stage", "SCREENING")
    page.click("#save-candidate")
    expect(page.locator("#name")).to_have_text(f"Eva {mark}")
    profile = page.url

    page.goto("/candidates")
    page.click("#create")
    page.fill("#candidate-name", "Eva again")
    page.fill("#candidate-email", f"EVA@{mark}.example")
    page.click("#save-candidate")
    expect(page.locator("#candidate-email-error")).to_contain_text("There is a candidate with this e-mail address already.")
    page.click("#use-known")
    expect(page).to_have_url(profile)

    create(recruiter, mark, "Finn", pipelineStage="OFFER")
    page.goto("/candidates")
    page.fill("#search", mark.lower())
    page.press("#search", "Enter")
    expect(page).to_have_url(re.compile(rf"\?search={mark.lower()}$"))
    expect(page.locator("#candidates tbody tr")).to_have_count(2)
    screens.see(page, "candidates")
    page.get_by_role("navigation", name="Filter by stage").get_by_role("link", name="Offer").click()
    expect(page).to_have_url(re.compile(rf"search={mark.lower()}&stage=OFFER$"))
    with page.expect_download() as begun:
        page.click("#export")
    exported = Path(begun.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(exported) == 2 and mark in exported[1]
    expect(page.locator("#candidates tbody tr")).to_have_count(1)
    page.reload()
    expect(page.locator("#candidates tbody tr")).to_contain_text(f"Finn {mark}")
    page.go_back()
    expect(page.locator("#candidates tbody tr")).to_have_count(2)
    page.fill("#search", f"{mark} nobody")
    page.press("#search", "Enter")
    expect(page.locator(".face")).to_contain_text("Nobody matches")


def test_by_keyboard(page, recruiter, mark):
    for name in ("Nele", "Otto"):
        create(recruiter, mark, name)
    page.goto(f"/candidates?search={mark}")
    rows = page.locator("#candidates tbody a")
    expect(rows).to_have_count(2)
    page.keyboard.press("j")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("n")
    expect(page.locator("#new-candidate")).to_have_count(0)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#new-candidate")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#new-candidate")).to_have_count(0)
    rows.nth(0).press("Enter")
    expect(page.locator("#name")).to_have_text(f"Otto {mark}")
    page.keyboard.press("e")
    expect(page.locator("#candidate-name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#edit-candidate")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator("#note")).to_be_focused()


def test_pages(page, recruiter, mark):
    sheet = "name,email\n" + "".join(f"{mark} {number:02},p{number}@{mark}.example\n" for number in range(30))
    recruiter.post("/api/candidates/import", {"csv": sheet})
    page.goto(f"/candidates?search={mark}")
    expect(page.locator("#candidates tbody tr")).to_have_count(25)
    page.get_by_role("link", name="Older").click()
    expect(page.locator("#candidates tbody tr")).to_have_count(5)
    expect(page).to_have_url(re.compile("cursor="))
    page.get_by_role("link", name="Newest").click()
    expect(page.locator("#candidates tbody tr")).to_have_count(25)
    answer = page.goto("/candidates?cursor=nonsense")
    assert answer.ok
    state(page, "error")


def test_two_people_edit_one_candidate(page, screens, recruiter, mark):
    person = create(recruiter, mark, "Greta", phone="1")
    page.goto(f"/candidates/{person['id']}")
    page.click("#edit")
    page.fill("#candidate-name", f"Greta Grün {mark}")
    page.fill("#candidate-phone", "2")
    accepted(recruiter.call("PATCH", f"/api/candidates/{person['id']}", {"phone": "3", "pipelineStage": "OFFER"}))
    page.click("#save-candidate")
    conflict = page.locator("#edit-conflict")
    expect(conflict).to_contain_text("Somebody else changed this candidate")
    rows = {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in conflict.locator("tbody tr").all()}
    assert rows == {"Name": [f"Greta Grün {mark}", f"Greta {mark}"], "Phone": ["2", "3"], "Stage": ["Applied", "Offer"]}
    screens.see(page, "candidate-conflict")
    page.click("#keep-mine")
    expect(page.locator("#name")).to_have_text(f"Greta Grün {mark}")
    saved = recruiter.get(f"/api/candidates/{person['id']}")
    assert (saved["name"], saved["phone"], saved["pipelineStage"]) == (f"Greta Grün {mark}", "2", "APPLIED")

    page.click("#edit")
    page.fill("#candidate-phone", "4")
    accepted(recruiter.call("PATCH", f"/api/candidates/{person['id']}", {"phone": "5"}))
    page.click("#save-candidate")
    page.click("#take-theirs")
    expect(page.locator(".profile-facts")).to_contain_text("5")
    other = create(recruiter, mark, "Hugo")
    page.click("#edit")
    page.fill("#candidate-email", other["email"])
    page.click("#save-candidate")
    expect(page.locator("#candidate-email-error")).to_have_text("Another candidate has this e-mail address.")


def test_the_stage_is_moved_and_moved_back(page, screens, recruiter, mark):
    person = create(recruiter, mark, "Ivo")
    page.goto(f"/candidates/{person['id']}")
    page.select_option("#stage", "INTERVIEW")
    expect(page.locator(".toast")).to_contain_text("Moved to “Interview”.")
    screens.see(page, "candidate-moved")
    page.click("#undo")
    expect(page.locator(".toast")).to_contain_text("Back in “Applied”.")
    assert recruiter.get(f"/api/candidates/{person['id']}")["pipelineStage"] == "APPLIED"
    accepted(recruiter.call("PATCH", f"/api/candidates/{person['id']}", {"pipelineStage": "HIRED"}))
    page.select_option("#stage", "REJECTED")
    expect(page.locator(".toast")).to_contain_text("Somebody else changed this candidate meanwhile.")
    expect(page.locator("#stage")).to_have_value("HIRED")


def test_a_spreadsheet_with_errors(page, screens, recruiter, mark):
    known = create(recruiter, mark, "Known")
    sheet = (f"Name;Email;Phone;Stage;Shoe size\n"
             f"Ina Groß {mark};ina@{mark}.example;+49 30 2;offer;38\n"
             f";nobody;;lost;40\n"
             f"Known again;{known['email']};;;41\n"
             f"Twice {mark};INA@{mark}.example;;;42\n"
             f"Short {mark};short@{mark}.example\n"
             f"<b>Jan</b> {mark};jan@{mark}.example;;;43\n")
    page.goto("/candidates")
    page.click("#import")

    def choose(name, content):
        page.set_input_files("#import-file", {"name": name, "mimeType": "text/csv", "buffer": content})
    with page.expect_download() as example:
        page.click("text=Download an example")
    outcome = recruiter.post("/api/candidates/import", {"csv": example.value.path().read_text(), "dryRun": True})
    assert outcome["rowCount"] == 1 and outcome["refused"] == []
    choose("none.csv", b"first,second\nx,y\n")
    expect(page.locator("#import-failure")).to_contain_text("must have a column “name”")
    choose("image.csv", b"\x89PNG\x00\x01")
    expect(page.locator("#import-failure")).to_contain_text("This is not a text file.")
    choose("large.csv", b"name,email\n" + b"x" * 950_000)
    expect(page.locator("#import-failure")).to_contain_text("This file is too large.")
    screens.see(page, "import")
    choose("people.csv", sheet.encode())
    expect(page.locator("#import-counts")).to_contain_text("6rows in the file")
    expect(page.locator("#import-confirm")).to_have_text("Add 2 candidates")
    refused = [" ".join(row.locator("th, td").all_inner_texts()) for row in page.locator("#refused-lines tbody tr").all()]
    assert [line.split()[0] for line in refused] == ["3", "3", "3", "6"]
    assert "“Name”" in refused[0] and "“Email” must be an e-mail address" in refused[1] and "“Stage” must be one of" in refused[2]
    assert "The line has 2 values, and the header has 5." in refused[3]
    expect(page.locator("#duplicate-lines")).to_contain_text("There is a candidate with this e-mail address already.")
    expect(page.locator("#duplicate-lines")).to_contain_text("The candidate in line 2 has this e-mail address.")
    expect(page.locator("#import-dialog")).to_contain_text("Columns that are passed over: Shoe size.")
    screens.see(page, "import-preview")
    assert len(recruiter.get("/api/candidates", search=mark)["candidates"]) == 1
    page.click("#import-confirm")
    expect(page.locator("#import-outcome")).to_have_text("2 candidates were added.")
    screens.see(page, "import-done")
    page.click("#import-done")
    expect(page.locator("#candidates")).to_contain_text(f"<b>Jan</b> {mark}")
    found = {each["email"]: each for each in recruiter.get("/api/candidates", search=mark)["candidates"]}
    assert found[f"ina@{mark}.example"]["name"] == f"Ina Groß {mark}" and found[f"ina@{mark}.example"]["pipelineStage"] == "OFFER"


def test_a_spreadsheet_that_is_dropped_and_not_in_utf_8(page, recruiter, mark):
    page.goto("/candidates")
    page.click("#import")
    content = list(f"name,email\nJosé Núñez {mark},jose@{mark}.example\n".encode("cp1252"))
    page.evaluate("""(bytes) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(bytes)], "people.csv", { type: "text/csv" }));
        document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }""", content)
    expect(page.locator("#import-dialog")).to_contain_text("The file is not in UTF-8")
    page.click("#import-confirm")
    expect(page.locator("#import-outcome")).to_have_text("1 candidate was added.")
    [found] = recruiter.get("/api/candidates", search=mark)["candidates"]
    assert found["name"] == f"José Núñez {mark}"


def test_everything_about_a_candidate(page, screens, recruiter, one_question, recording, mark):
    person = create(recruiter, mark, "Kim", phone="+49 30 7")
    page.goto(f"/candidates/{person['id']}")
    expect(page.locator(".face")).to_contain_text("Not invited yet")
    screens.see(page, "candidate-new")
    done = Interview(recruiter, person, one_question).send().start()
    done.answer(done.questions[0], recording)
    accepted(done.submit())
    recruiter.post(f"/api/async-interviews/{done.id}/score", {"questionId": done.questions[0], "score": 4})
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{done.id}", {"recommendation": "advance", "reason": "Clear.", "recruiterNotes": "Can start in May."}))
    Interview(recruiter, person, one_question)
    page.reload()
    cards = page.locator(".interview-card")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("Draft")
    for words in ("Reviewed", "Advance", "1 of 1", "4.0 of 5", "Can start in May."):
        expect(cards.nth(1)).to_contain_text(words)

    page.click("#add-note")
    expect(page.locator("#note-error")).to_have_text("Write something first.")
    page.fill("#note", f"<b>Prefers</b> mornings.\nReally.")
    page.click("#add-note")
    expect(page.locator("#notes li")).to_contain_text("<b>Prefers</b> mornings.")
    page.fill("#note", "x" * 5001)
    page.click("#add-note")
    expect(page.locator("#note-error")).to_have_text("Write at most 5000 characters.")
    page.fill("#note", "Another.")
    page.route("**/notes", lambda route: route.abort())
    page.click("#add-note")
    expect(page.locator("#note-error")).to_contain_text("No connection")
    expect(page.locator("#note")).to_have_value("Another.")
    page.unroute("**/notes")
    page.click("#add-note")
    expect(page.locator("#notes li")).to_have_count(2)
    screens.see(page, "candidate")
    page.locator("#notes li").nth(0).get_by_role("button").click()
    expect(page.locator("#notes li")).to_have_count(1)
    page.click("#undo")
    expect(page.locator("#notes li")).to_have_count(2)
    assert [note["text"] for note in recruiter.get(f"/api/candidates/{person['id']}")["notes"]] == ["Another.", "<b>Prefers</b> mornings.\nReally."]
    page.click("#invite")
    expect(page).to_have_url(re.compile(r"/async-interviews/new\?step=1$"))
    page.fill("#assessment-search", "One question")
    page.click("text=One question")
    page.click("#continue")
    expect(page.locator("#people")).to_contain_text(f"Kim {mark}")


def test_who_is_not_there_and_no_connection(page, screens, stranger, recruiter, mark):
    person = create(recruiter, mark, "Lou")
    page.goto("/candidates/01980000-0000-7000-8000-00000000dead")
    expect(page.locator(".face")).to_contain_text("There is nothing here")
    page.route("**/api/candidates/*", lambda route: route.abort())
    page.goto(f"/candidates/{person['id']}")
    state(page, "offline")
    page.unroute("**/api/candidates/*")
    page.click("#try-again")
    expect(page.locator("#name")).to_be_visible()
    page.context.add_cookies([{"name": "parley_session", "value": stranger.http.cookies["parley_session"], "url": recruiter.base}])
    page.reload()
    expect(page.locator(".face")).to_contain_text("There is nothing here")
    page.context.clear_cookies()
    page.reload()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_phone(page, screens, recruiter, one_question, mark):
    person = create(recruiter, mark, "Mona", phone="+49 30 8")
    Interview(recruiter, person, one_question).send()
    recruiter.post(f"/api/candidates/{person['id']}/notes", {"text": "A note about Mona."})
    page.set_viewport_size(PHONE)
    for name, address in (("candidates-phone", f"/candidates?search={mark}"), ("candidate-phone", f"/candidates/{person['id']}")):
        page.goto(address)
        state(page, "ready")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        screens.see(page, name)
    page.click("#edit")
    screens.see(page, "candidate-edit-phone")


def test_everybody_can_use_the_candidates_pages(screens):
    seen = {name: found for name, found in screens.violations.items() if name.startswith(("candidate", "import"))}
    assert len(seen) > 20
    assert {name: found for name, found in seen.items() if found} == {}
