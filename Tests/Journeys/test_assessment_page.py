"""From an empty organisation to an active assessment, on the pages; and what the editor does with mistakes,
with somebody else's edits, with a lost connection and with a closed tab."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from conftest import new_organization
from parley import Interview, accepted, sign_in
from test_assessments import Assessment, question
from test_decision import colleague  # noqa: F401 - a fixture

PHONE = {"width": 390, "height": 844}
QUESTIONS = [
    ("Tell us about a customer who was angry. What did you do?", "Patience"),
    ("Describe a fault that you found although nobody had reported it.", "Thoroughness"),
    ("Describe how you learned a tool that you had never used.", "Learning"),
]


@pytest.fixture(scope="session")
def newcomer(base, demo, run):
    """The recruiter of an organisation that has nothing yet."""
    [account] = new_organization(demo, run, "Westbrook", "Nora Newcomer")
    return account, sign_in(base, account)


@pytest.fixture
def open_as(device, base):
    """Opens a page as somebody who is signed in."""
    def open_one(client, path, viewport=None):
        context = device(viewport) if viewport else device()
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.goto(path)
        expect(page.locator("main")).not_to_have_attribute("data-state", "loading")
        return page
    return open_one


@pytest.fixture
def page(open_as, recruiter):
    return lambda path, viewport=None: open_as(recruiter, path, viewport)


def write_rubric(page, levels=range(1, 6)):
    """With the keyboard alone, from the first anchor of each level."""
    for number in levels:
        level = page.locator(f"[data-level='{number}']")
        level.get_by_label(f"Level {number}: description").fill(f"What level {number} is.")
        level.locator(".anchors textarea").first.focus()
        page.keyboard.type(f"Says one thing of level {number}")
        page.keyboard.press("Enter")
        page.keyboard.type(f"Says another of level {number}")


def codes(page, within="#panel"):
    return [each.get_attribute("data-code") for each in page.locator(f"{within} .finding").all()]


def is_saved(page):
    expect(page.locator("#save-state")).to_contain_text("Saved")


# ---- From nothing to an active assessment -------------------------------------------

def test_a_new_organisation_is_led_to_its_first_assessment(newcomer, base, device, screens):
    account, client = newcomer
    page = device().new_page()
    page.goto("/sign-in")
    page.fill("#email", account["email"])
    page.fill("#password", account["password"])
    page.click("#submit")
    expect(page).to_have_url(f"{base}/dashboard")
    steps = page.locator(".steps li")
    expect(steps).to_have_count(3)
    expect(steps.nth(0)).to_have_attribute("aria-current", "step")
    screens.see(page, "dashboard-new")
    page.get_by_role("link", name="Assessments", exact=True).click()
    expect(page.locator(".face")).to_contain_text("Write the first assessment")
    screens.see(page, "assessments-none")
    page.locator(".face").get_by_role("link", name="New assessment").click()

    # The editor, with the keyboard.
    expect(page.locator("#title")).to_be_focused()
    screens.see(page, "assessment-new")
    page.keyboard.type("First line")
    page.keyboard.press("Tab")
    page.keyboard.type("Support Engineer")
    for content, competency in QUESTIONS:
        page.keyboard.press("Control+Enter")
        expect(page.locator("#question-text")).to_be_focused()
        page.keyboard.type(content)
        page.fill("#competency", competency)
    page.click("#entry-1")
    write_rubric(page)
    # The others begin with the same rubric, and say something else at one level.
    for number in (2, 3):
        page.click(f"#entry-{number}")
        page.locator("#take-rubric").select_option(index=1)
        expect(page.locator("[data-level='5'] .anchors textarea").first).to_have_value("Says one thing of level 5")
        page.get_by_label("Level 3: description").fill(f"What level 3 is for question {number}.")
    expect(page.locator("#panel .finding")).to_have_count(0)
    page.keyboard.press("Control+s")
    is_saved(page)
    expect(page).to_have_url(re.compile(r"/assessments/[0-9a-f-]{36}$"))
    screens.see(page, "assessment-question")
    page.click("#activate")
    expect(page.locator(".toast")).to_contain_text("candidates can be invited")
    expect(page.locator("#invite")).to_have_attribute("href", re.compile(r"^/async-interviews/new\?assessmentId=[0-9a-f-]{36}$"))
    screens.see(page, "assessment-active")

    shown = client.get(f"/api/assessments/{page.url.split('/')[-1]}")
    assert shown["status"] == "ACTIVE" and shown["title"] == "First line" and shown["jobTitle"] == "Support Engineer"
    assert [(each["content"], each["competency"]["name"]) for each in shown["questions"]] == QUESTIONS
    assert shown["findings"] == []
    for number, each in enumerate(shown["questions"], 1):
        assert [level["behavioralAnchors"] for level in each["rubricLevels"]] == [
            [f"Says one thing of level {level}", f"Says another of level {level}"] for level in range(1, 6)]
        assert each["rubricLevels"][2]["description"] == ("What level 3 is." if number == 1 else f"What level 3 is for question {number}.")
    page.get_by_role("link", name="Dashboard").click()
    expect(page.locator(".steps li").nth(0)).to_have_attribute("data-done", "true")
    expect(page.locator(".steps li").nth(1)).to_have_attribute("aria-current", "step")


# ---- While one types ----------------------------------------------------------------

def test_hints_stand_beside_what_they_are_about_while_one_types(page, screens, newcomer, open_as):
    editor = open_as(newcomer[1], "/assessments/new")
    editor.click("#add-question")
    editor.fill("#question-text", "How old are you, and where did you learn that?")
    expect(editor.locator("#wording .finding[data-code=ASKS_AGE]")).to_contain_text("How old are you")
    expect(editor.locator("#entry-1 .mark")).to_have_class("mark critical")
    write_rubric(editor, levels=[1, 2, 5])
    editor.locator("[data-level='4'] .anchors textarea").fill("Says one thing of level 5")
    expect(editor.locator("[data-level='3'] .hints")).to_have_text("incomplete")
    expect(editor.locator("[data-level='4'] .hints")).to_contain_text("same anchor elsewhere")
    screens.see(editor, "assessment-hints")
    editor.fill("#question-text", "Describe a task of yours.")
    expect(editor.locator("#wording .finding")).to_have_count(0)
    assert codes(editor, "#about-rubric")[0] == "RUBRIC_INCOMPLETE"
    # What cannot be asked cannot be activated, and the way to it opens.
    editor.fill("#competency", "Care")
    editor.click("#entry-details")
    editor.fill("#title", "Not complete")
    editor.fill("#jobTitle", "Nurse")
    editor.click("#save")
    is_saved(editor)
    editor.click("#activate")
    expect(editor.locator("#notice")).to_contain_text("lacks level 3")
    expect(editor.locator("#question-text")).to_have_value("Describe a task of yours.")


def test_anchors_are_written_split_joined_and_pasted_without_the_mouse(newcomer, open_as):
    editor = open_as(newcomer[1], "/assessments/new")
    editor.keyboard.press("Control+Enter")
    anchors = editor.locator("[data-level='1'] .anchors textarea")
    values = lambda: [each.input_value() for each in anchors.all()]  # noqa: E731
    anchors.first.focus()
    editor.keyboard.type("Listens asks")
    for _ in range(4):
        editor.keyboard.press("ArrowLeft")
    editor.keyboard.press("Enter")
    assert values() == ["Listens ", "asks"]
    editor.keyboard.press("Backspace")
    assert values() == ["Listens asks"]
    editor.keyboard.press("End")
    editor.keyboard.press("Enter")
    editor.evaluate("""() => {
        const data = new DataTransfer();
        data.setData("text/plain", "- Waits\\n• Repeats what was said\\n\\n3. Thanks");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }""")
    assert values() == ["Listens asks", "Waits", "Repeats what was said", "Thanks"]
    editor.keyboard.press("ArrowUp")
    assert editor.evaluate("document.activeElement.value") == "Thanks"  # The caret is at its end: the text comes first.
    editor.keyboard.press("Home")
    editor.keyboard.press("ArrowUp")
    assert editor.evaluate("document.activeElement.value") == "Repeats what was said"
    # Two empty ends lead on to the next level.
    anchors.last.focus()
    editor.keyboard.press("End")
    editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")
    expect(editor.get_by_label("Level 2: description")).to_be_focused()


def test_questions_are_moved_copied_removed_and_brought_back_by_key(page, recruiter):
    assessment = Assessment(recruiter, questions=[question(f"Describe task {letter} of yours.") for letter in "ABC"])
    editor = page(f"/assessments/{assessment.shown['id']}")
    order = lambda: "".join(re.findall(r"task (\w)", " ".join(editor.locator(".entry .asked").all_inner_texts())))  # noqa: E731
    editor.click("#entry-1")
    editor.keyboard.press("Escape")
    expect(editor.locator("#entry-1")).to_be_focused()
    editor.keyboard.press("Alt+ArrowDown")
    assert order() == "BAC"
    expect(editor.locator("#entry-2")).to_be_focused()
    editor.keyboard.press("j")
    expect(editor.locator("#question-title")).to_have_text("Question 3 of 3")
    editor.keyboard.press("Delete")
    assert order() == "BA"
    expect(editor.locator(".toast")).to_contain_text("Question 3 was removed")
    editor.click("#undo")
    assert order() == "BAC"
    editor.click("#question-up")
    assert order() == "BCA"
    expect(editor.locator("#question-up")).to_be_focused()
    editor.click("#question-copy")
    assert order() == "BCCA"
    editor.click("#save")
    is_saved(editor)
    saved = recruiter.get(assessment.path)
    assert [each["content"][14] for each in saved["questions"]] == list("BCCA")
    assert saved["questions"][2]["rubricLevels"] == saved["questions"][1]["rubricLevels"]


def test_questions_of_other_assessments_are_taken_with_their_rubrics(page, recruiter, screens):
    mark = f"Library {uuid.uuid4().hex[:6]}"
    source = Assessment(recruiter, title=mark, questions=[question("Describe a plan of yours.", "Planning", weight=2), question("Describe a risk of yours.")])
    target = Assessment(recruiter, questions=[question("Describe a goal of yours.")])
    editor = page(target.path.removeprefix("/api"))
    editor.click("#take-questions")
    editor.fill("#library-search", mark)
    expect(editor.locator("#library summary")).to_have_count(1)
    editor.locator("#library summary").click()
    editor.get_by_label("Describe a plan of yours.").check()
    screens.see(editor, "assessment-library")
    editor.click("#add-chosen")
    expect(editor.locator("#question-text")).to_have_value("Describe a plan of yours.")
    editor.click("#save")
    is_saved(editor)
    taken = recruiter.get(target.path)["questions"][1]
    original = recruiter.get(source.path)["questions"][0]
    assert (taken["competency"], taken["weight"], taken["rubricLevels"]) == (original["competency"], 2, original["rubricLevels"])
    editor.click("#take-questions")
    editor.fill("#library-search", "nothing has this name")
    expect(editor.locator("#library")).to_contain_text("There is no other assessment")
    editor.route("**/api/assessments?*", lambda route: route.abort())
    editor.fill("#library-search", mark)
    expect(editor.locator("#library [role=alert]")).to_be_visible()
    editor.unroute("**/api/assessments?*")
    editor.locator("#library").get_by_role("button", name="Try again").click()
    expect(editor.locator("#library summary")).to_have_count(1)
    editor.keyboard.press("Escape")
    expect(editor.locator("#library")).to_have_count(0)
    expect(editor.locator(".entry")).to_have_count(3)


# ---- Mistakes -----------------------------------------------------------------------

def test_every_refused_field_says_why_where_it_is(newcomer, open_as, screens):
    editor = open_as(newcomer[1], "/assessments/new")
    editor.fill("#jobTitle", "x" * 201)
    for _ in range(2):
        editor.click("#add-question")
    editor.fill("#weight", "a lot")
    editor.fill("#competency", "y" * 101)
    editor.get_by_label("Level 2: label").fill("z" * 101)
    editor.get_by_label("Level 4: description").fill("z" * 1001)
    anchors = editor.locator("[data-level='5'] .anchors textarea")
    anchors.first.focus()
    editor.keyboard.press("Enter")
    editor.locator("[data-level='3'] .anchors textarea").fill("w" * 501)
    editor.click("#save")
    expect(editor.locator("#notice")).to_contain_text("10 fields are not as they should be")

    said = lambda: {each.evaluate("error => error.previousElementSibling.id || error.previousElementSibling.ariaLabel"): each.inner_text()  # noqa: E731
                    for each in editor.locator("#panel .field-error").all()}
    expect(editor.locator("#title")).to_be_focused()
    assert said() == {"title": "This must not be empty.", "jobTitle": "This must have 1 to 200 characters, not 201."}
    screens.see(editor, "assessment-refused")
    expect(editor.locator(".mark.critical")).to_have_count(3)
    editor.click("#entry-1")
    assert said() == {"question-text": "This must not be empty.", "competency": "This must not be empty."}
    editor.click("#entry-2")
    wrong = editor.locator("#panel [aria-invalid=true]")
    expect(wrong).to_have_count(6)
    assert [each.inner_text() for each in editor.locator("#panel .field-error").all()] == [
        "This must not be empty.", "This must have 1 to 100 characters, not 101.", "This must be a number.",
        "This must have 0 to 100 characters, not 101.", "This must have 1 to 500 characters, not 501.",
        "This must have 0 to 1000 characters, not 1001."]
    screens.see(editor, "assessment-refused-rubric")
    # What is put right stops complaining, and what was typed is all there.
    editor.fill("#weight", "2,5")
    expect(wrong).to_have_count(5)
    editor.click("#entry-1")
    editor.click("#entry-2")
    expect(wrong).to_have_count(5)
    expect(editor.locator("#competency")).to_have_value("y" * 101)


def test_what_was_asked_already_stays_and_can_be_saved_as_another(page, recruiter, candidates, screens):
    assessment = Assessment(recruiter)
    accepted(assessment.move("activate"))
    editor = page(assessment.path.removeprefix("/api"))
    editor.click("#entry-1")
    editor.fill("#question-text", "Describe something else of yours.")
    Interview(recruiter, candidates[0], assessment.shown["id"]).send()
    editor.click("#save")
    expect(editor.locator("#notice")).to_contain_text("Somebody was asked these questions already")
    editor.click("#save-copy")
    expect(editor).not_to_have_url(re.compile(assessment.shown["id"]))
    expect(editor.locator("h1")).to_have_text("Leading (copy)")
    expect(editor.locator("#entry-1")).to_contain_text("Describe something else of yours.")
    editor.goto(assessment.path.removeprefix("/api"))
    expect(editor.locator(".details .notice")).to_contain_text("Duplicate the assessment")
    editor.click("#entry-1")
    expect(editor.locator("#question-text")).to_have_attribute("readonly", "")
    expect(editor.locator("#question-text")).to_have_value("Describe a decision of yours.")
    expect(editor.locator("#add-question")).to_be_hidden()
    screens.see(editor, "assessment-sent")


# ---- Nothing is lost ----------------------------------------------------------------

def test_a_stale_edit_shows_both_versions_and_keeps_what_is_chosen(page, recruiter, colleague, open_as, screens):  # noqa: F811
    assessment = Assessment(recruiter, questions=[question("Describe a decision of yours."), question("Describe a mistake of yours.")])
    path = assessment.path.removeprefix("/api")
    mine = page(path)
    theirs = open_as(colleague, path)
    theirs.fill("#jobTitle", "Head of Team")
    theirs.click("#entry-1")
    theirs.fill("#question-text", "Describe a decision that was theirs.")
    theirs.click("#save")
    is_saved(theirs)

    mine.fill("#title", "Leading people")
    mine.click("#entry-1")
    mine.fill("#question-text", "Describe a decision that was mine.")
    mine.click("#entry-2")
    mine.fill("#question-text", "Describe a mistake that was mine.")
    mine.click("#save")
    dialog = mine.locator("#conflict")
    expect(dialog).to_be_visible()
    expect(dialog.locator("legend h3")).to_have_text(["Title", "Job title", "Question 1", "Question 2"])
    chosen = dialog.locator("fieldset").evaluate_all("all => all.map((each) => each.querySelector(':checked').value)")
    assert chosen == ["mine", "theirs", "mine", "mine"]
    expect(dialog.locator(".badge")).to_have_text("changed by both")
    expect(dialog.locator("mark").nth(0)).to_contain_text("Describe a decision that was mine.")
    screens.see(mine, "assessment-conflict")
    # Whoever cannot decide yet goes on, and has lost nothing.
    mine.get_by_role("button", name="Back to editing").click()
    expect(mine.locator("#question-text")).to_have_value("Describe a mistake that was mine.")
    mine.click("#compare")
    dialog.locator("fieldset").nth(2).get_by_role("radio", name="Theirs").check()
    mine.click("#save-chosen")
    is_saved(mine)
    saved = recruiter.get(assessment.path)
    assert (saved["title"], saved["jobTitle"], saved["version"]) == ("Leading people", "Head of Team", 3)
    assert [each["content"] for each in saved["questions"]] == ["Describe a decision that was theirs.", "Describe a mistake that was mine."]


def test_what_was_typed_survives_a_closed_tab_and_a_lost_connection(page, recruiter, screens):
    assessment = Assessment(recruiter)
    editor = page(assessment.path.removeprefix("/api"))
    editor.route("**/api/assessments/**", lambda route: route.abort())
    editor.click("#entry-1")
    editor.fill("#question-text", "Describe what must not get lost.")
    editor.click("#save")
    expect(editor.locator("#notice")).to_contain_text("cannot be reached")
    again = editor.context.new_page()
    editor.close()
    again.goto(assessment.path.removeprefix("/api"))
    expect(again.locator("#notice")).to_contain_text("It is back")
    expect(again.locator("#entry-1")).to_contain_text("Describe what must not get lost.")
    screens.see(again, "assessment-restored")
    again.click("#save")
    is_saved(again)
    assert recruiter.get(assessment.path)["questions"][0]["content"] == "Describe what must not get lost."
    again.reload()
    expect(again.locator("#entry-1")).to_contain_text("Describe what must not get lost.")
    expect(again.locator("#notice")).to_be_empty()
    # What is not wanted any more can be dropped.
    again.fill("#title", "Never mind")
    again.reload()
    again.click("#drop-kept")
    expect(again.locator("#title")).to_have_value("Leading")


def test_whoever_was_signed_out_comes_back_to_what_they_typed(newcomer, base, device):
    account, _ = newcomer
    editor = device().new_page()
    editor.goto("/sign-in?next=/assessments/new")

    def sign_in_again():
        editor.fill("#email", account["email"])
        editor.fill("#password", account["password"])
        editor.click("#submit")
    sign_in_again()
    editor.fill("#title", "Typed before")
    editor.context.clear_cookies()
    editor.click("#save")
    expect(editor.locator("#notice")).to_contain_text("You are signed out")
    editor.get_by_role("link", name="Sign in").click()
    editor.wait_for_timeout(1100)
    sign_in_again()
    expect(editor).to_have_url(f"{base}/assessments/new")
    expect(editor.locator("#title")).to_have_value("Typed before")


# ---- The list -----------------------------------------------------------------------

def test_the_list_is_searched_filtered_paged_and_changed(page, recruiter, screens):
    mark = f"Mark{uuid.uuid4().hex[:6]}"
    all_of_them = [Assessment(recruiter, title=f"{mark} {number:02}", questions=[question("Describe a task of yours.")]) for number in range(27)]
    accepted(all_of_them[3].move("activate"))
    listed = page("/assessments")
    listed.keyboard.press("/")
    listed.keyboard.type(mark)
    rows = listed.locator("#assessments tbody tr")
    expect(rows).to_have_count(25)
    expect(listed).to_have_url(re.compile(rf"\?search={mark}$"))
    expect(rows.first).to_contain_text(f"{mark} 26")
    screens.see(listed, "assessments")
    listed.click("#more")
    expect(rows).to_have_count(27)
    listed.get_by_role("link", name="Active", exact=True).click()
    expect(rows).to_have_count(1)
    expect(listed).to_have_url(re.compile(rf"status=ACTIVE&search={mark}$"))

    rows.first.locator("[data-act=archive]").click()
    expect(rows.first.locator(".badge")).to_have_text("Archived")
    assert recruiter.get(all_of_them[3].path)["status"] == "ARCHIVED"
    listed.click("#undo")
    expect(rows.first.locator(".badge")).to_have_text("Active")
    assert recruiter.get(all_of_them[3].path)["status"] == "ACTIVE"
    listed.go_back()
    expect(rows).to_have_count(25)
    listed.fill("#search", "nothing has this name")
    expect(listed.locator(".face")).to_contain_text("Nothing with “nothing has this name”")
    screens.see(listed, "assessments-not-found")
    listed.click("#show-all")
    rows.first.locator("[data-act=duplicate]").click()
    expect(listed.locator("h1")).to_contain_text("(copy)")


def test_lists_and_editor_when_the_server_cannot_be_reached(page, recruiter, screens):
    listed = page("/assessments")
    listed.route("**/api/**", lambda route: route.abort())
    listed.reload()
    expect(listed.locator("main")).to_have_attribute("data-state", "offline")
    listed.unroute("**/api/**")
    listed.click("#try-again")
    expect(listed.locator("#assessments")).to_be_visible()
    listed.goto("/assessments/01980000-0000-7000-8000-00000000dead")
    expect(listed.locator(".face")).to_contain_text("There is nothing here")
    listed.get_by_role("link", name="To Assessments").click()
    expect(listed.locator("#assessments")).to_be_visible()


# ---- On a phone ---------------------------------------------------------------------

def test_a_phone(page, screens):
    phone = page("/assessments", PHONE)
    expect(phone.locator("#main-nav")).to_be_hidden()
    phone.locator("#menu").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator("#menu")).to_have_attribute("aria-expanded", "true")
    screens.see(phone, "menu-phone")
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("link", name="Dashboard")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(phone.locator("#main-nav")).to_be_hidden()
    expect(phone.locator("#menu")).to_be_focused()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(phone, "assessments-phone")
    phone.locator("#assessments tbody a").first.click()
    phone.click("#entry-1")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(phone, "assessment-phone")
    phone.goto("/dashboard")
    expect(phone.locator("main")).to_have_attribute("data-state", "ready")
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(phone, "dashboard-phone")


def test_everybody_can_use_these_pages(screens):
    """axe found nothing in any state that a test of this run saw."""
    assert {name: found for name, found in screens.violations.items() if found} == {}
