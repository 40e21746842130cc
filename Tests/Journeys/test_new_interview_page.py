"""From an assessment to sent invitations, in four steps."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from machine import mails
from parley import eventually, sign_in
from screens import state

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(device, recruiter):
    context = device()
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": recruiter.base}])
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=recruiter.base)
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert page.problems == []


@pytest.fixture
def mark():
    """A word that nobody else's name has."""
    return f"Wz{uuid.uuid4().hex[:8]}"


@pytest.fixture
def people(recruiter, mark):
    return [recruiter.post("/api/candidates", {"name": f"{name} {mark}", "email": f"{name.lower()}@{mark}.example"}) for name in ("Anna", "Ben", "Cleo")]


def at_step(page, number):
    expect(page).to_have_url(re.compile(rf"\?step={number}$"))
    expect(page.locator("#step-title")).to_be_focused()


def choose_assessment(page, title):
    page.fill("#assessment-search", title)
    page.get_by_role("radio", name=re.compile(f"^{title}")).first.check()
    expect(page.locator("#questions")).to_contain_text(f"What “{title}” asks")
    page.click("#continue")
    at_step(page, 2)


def choose_people(page, mark, people):
    page.fill("#candidate-search", mark)
    for person in people:
        page.get_by_role("button", name=f"Choose {person['name']}").click()
    noun = "candidate" if len(people) == 1 else "candidates"
    expect(page.locator("#chosen-title")).to_have_text(f"{len(people)} {noun} chosen")


def refused(page, control, words):
    expect(page.locator(f"#{control}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{control}-error")).to_have_text(words)


def test_one_candidate_created_on_the_spot(page, screens, recruiter, run, two_questions, mark):
    page.goto("/async-interviews/new")
    expect(page.get_by_role("radio").first).to_be_visible()
    screens.see(page, "wizard-assessment")
    page.click("#continue")
    expect(page.locator("#step-failure")).to_have_text("Choose an assessment.")
    page.goto("/async-interviews/new?step=3")
    expect(page).to_have_url(re.compile(r"\?step=1$"))
    choose_assessment(page, "Working together")

    page.click("#continue")
    expect(page.locator("#step-failure")).to_have_text("Choose at least one candidate.")
    page.fill("#candidate-search", f"Dora {mark}")
    expect(page.locator(".step")).to_contain_text("Nobody matches")
    page.click("#new-candidate-button")
    expect(page.locator("#candidate-name")).to_have_value(f"Dora {mark}")
    page.fill("#candidate-email", "dora")
    page.click("#save-candidate")
    refused(page, "candidate-email", "This is not a complete e-mail address.")
    screens.see(page, "wizard-new-candidate")
    page.fill("#candidate-email", f"dora@{mark}.example")
    page.click("#save-candidate")
    expect(page.locator("#people")).to_contain_text(f"Dora {mark}")
    # Somebody who is there already is offered, not created again.
    page.click("#new-candidate-button")
    page.fill("#candidate-name", "Dora again")
    page.fill("#candidate-email", f"DORA@{mark}.example")
    page.click("#save-candidate")
    refused(page, "candidate-email", "There is a candidate with this e-mail address already.")
    page.click("#use-known")
    expect(page.locator("#chosen-title")).to_have_text("1 candidate chosen")
    screens.see(page, "wizard-candidates")
    page.click("#continue")
    at_step(page, 3)

    page.fill("#timeLimitSeconds", "601")
    page.fill("#thinkTimeSeconds", "")
    page.fill("#deadlineAt", "2020-01-01T10:00")
    page.click("#continue")
    refused(page, "timeLimitSeconds", "Enter a whole number of seconds from 30 to 600.")
    refused(page, "thinkTimeSeconds", "Enter a whole number of seconds from 0 to 120.")
    refused(page, "deadlineAt", "The deadline must be in the future.")
    expect(page.locator("#timeLimitSeconds")).to_be_focused()
    screens.see(page, "wizard-terms-wrong")
    page.fill("#timeLimitSeconds", "90")
    page.fill("#thinkTimeSeconds", "0")
    page.get_by_role("button", name="In 3 days").click()
    expect(page.locator("#terms-summary")).to_contain_text("1 minute 30 seconds for each answer")
    expect(page.locator("#lint")).not_to_be_empty()
    page.fill("#introMessage", f"Welcome <b>{mark}</b>")
    page.fill("#outroMessage", "You hear from us on Friday.")
    page.get_by_role("button", name=f"Adjustments for Dora {mark}").click()
    page.get_by_text("1.5×").click()
    page.click("#save-adjustments")
    expect(page.locator(".adjusted")).to_contain_text("1.5× the time")

    # A reload in the middle costs nothing, and the address names nobody.
    page.reload()
    expect(page.locator("#resumed")).to_be_visible()
    expect(page.locator("#timeLimitSeconds")).to_have_value("90")
    expect(page.locator("#introMessage")).to_have_value(f"Welcome <b>{mark}</b>")
    expect(page.locator(".adjusted")).to_contain_text("1.5× the time")
    assert mark not in page.url
    screens.see(page, "wizard-terms")
    page.click("#continue")
    at_step(page, 4)

    expect(page.locator("#mail-to")).to_have_text(f"dora@{mark}.example")
    expect(page.locator("#mail-subject")).to_contain_text("Your video interview for Software Engineer at")
    mail = page.frame_locator("#mail-frame")
    expect(mail.locator("body")).to_contain_text(f"Welcome <b>{mark}</b>")
    view = page.frame_locator("#interview-frame")
    expect(view.locator("main")).to_have_attribute("data-state", "intro")
    expect(view.locator("main")).to_contain_text("2 minutes 15 seconds")
    expect(view.locator("blockquote")).to_have_text(f"Welcome <b>{mark}</b>")
    expect(page.locator("#step-title")).to_be_focused()
    screens.see(page, "wizard-preview")
    shown = page.locator("#mail-text").text_content()
    page.click("#send")
    expect(page.locator("#sending-status")).to_have_text("The invitation is on the way.")
    screens.see(page, "wizard-sent")

    [message] = eventually(lambda: mails(run, to=f"dora@{mark}.example"), "the invitation")
    text = message.get_body(["plain"]).get_content().replace("\r\n", "\n").strip()
    page.get_by_role("button", name=f"Copy Dora {mark}’s link").click()
    expect(page.get_by_role("button", name=f"Copy Dora {mark}’s link")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link in text and shown.strip() == text.replace(link, f"{recruiter.base}/interview/made-when-sent")
    page.reload()
    expect(page.locator("#results li")).to_have_attribute("data-state", "sent")
    [person] = recruiter.get("/api/candidates", search=f"dora@{mark}")["candidates"]
    assert person["interviewCount"] == 1
    page.click("#invite-others")
    at_step(page, 1)
    expect(page.locator("#resumed")).to_have_count(0)


def test_the_preview_is_the_candidates_page_and_reaches_nothing(page, screens, recruiter, two_questions, mark, people):
    """Every language, the choices and the last page; no request and no camera, whatever is clicked."""
    page.goto(f"/async-interviews/new?assessmentId={two_questions}&candidateId={people[0]['id']}")
    at_step_three(page)
    page.fill("#outroMessage", "You hear from us on Friday.")
    page.click("#continue")
    view = page.frame_locator("#interview-frame")
    expect(view.locator("main")).to_have_attribute("data-state", "intro")
    [frame] = [each for each in page.frames if each.url.endswith("/preview/interview")]
    assert frame.evaluate("fetch('/api/auth/profile').then(() => 'reached', () => 'refused')") == "refused"
    assert frame.evaluate("navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'opened', (error) => error.name)") == "NotAllowedError"
    page.problems.clear()  # The policy said so about the attempt.
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    view.locator("#continue").click()
    for purpose in view.locator(".purpose").all():
        purpose.locator("input[value=agree]").check()
    view.locator("#save-choices").click()
    view.locator("#check-devices").click()
    expect(view.locator("main")).to_have_attribute("data-state", "preview")
    screens.see(page, "wizard-preview-questions")
    view.locator("#show-last").click()
    expect(view.locator("main")).to_contain_text("You hear from us on Friday.")
    view.get_by_role("link", name="Deutsch").click()
    expect(view.locator("html")).to_have_attribute("lang", "de")
    expect(view.locator("main")).to_have_attribute("data-state", "intro")
    view.locator("#continue").click()
    expect(view.locator("main")).to_contain_text("Ihre Antworten")
    assert asked == []
    mail = [each for each in page.frames if each.url.endswith("/preview/mail")][0]
    assert mail.evaluate("document.querySelectorAll('script').length") == 0

    # The frames are for that page alone, and nobody else's page may hold them.
    for address, policy in (("/preview/interview", "frame-ancestors 'self'"), ("/preview/mail", "frame-ancestors 'self'"),
                            ("/interview/some", "frame-ancestors 'none'"), ("/async-interviews/new", "frame-ancestors 'none'")):
        headers = recruiter.call("GET", address).headers
        assert policy in headers["Content-Security-Policy"]
        assert ("camera=()" in headers["Permissions-Policy"]) == address.startswith("/preview/")
    assert "frame-src" not in recruiter.call("GET", "/async-interviews").headers["Content-Security-Policy"]


def at_step_three(page):
    expect(page).to_have_url(re.compile(r"\?step=3$"))
    expect(page.locator("#timeLimitSeconds")).to_be_visible()


def test_three_candidates_one_with_a_refused_address(page, screens, recruiter, run, two_questions, mark, people):
    page.goto("/async-interviews/new")
    choose_assessment(page, "Working together")
    choose_people(page, mark, people)
    page.fill(f"#address-{people[1]['id']}", "ben@nowhere")
    page.click("#continue")
    refused(page, f"address-{people[1]['id']}", "This is not a complete e-mail address.")
    screens.see(page, "wizard-address-wrong")
    page.fill(f"#address-{people[1]['id']}", f"ben.private@{mark}.example")
    page.click("#continue")
    at_step(page, 3)
    page.click("#continue")
    at_step(page, 4)
    expect(page.locator("#send")).to_have_text("Send 3 invitations")
    page.select_option("#preview-person", people[1]["id"])
    expect(page.locator("#mail-to")).to_have_text(f"ben.private@{mark}.example")

    # The server has the last word: here about the address of one.
    refusals = {"count": 0}

    def refuse(route):
        body = route.request.post_data_json
        if route.request.method == "POST" and body["candidateId"] == people[1]["id"] and refusals["count"] == 0:
            refusals["count"] += 1
            return route.continue_(post_data={**body, "invitationEmail": "ben@nowhere"})
        return route.continue_()
    page.route("**/api/async-interviews", refuse)
    page.click("#send")
    expect(page.locator("#sending-status")).to_have_text("2 of 3 invitations are sent. Nobody else was invited.")
    lines = page.locator("#results li")
    assert [lines.nth(index).get_attribute("data-state") for index in range(3)] == ["sent", "refused", "sent"]
    expect(lines.nth(1)).to_contain_text("The e-mail address must be an e-mail address such as name@example.com.")
    screens.see(page, "wizard-one-refused")
    page.click("#correct-rest")
    expect(page).to_have_url(re.compile(r"\?step=2$"))
    expect(page.locator("#chosen-title")).to_have_text("1 candidate chosen")
    refused(page, f"address-{people[1]['id']}", "This must be an e-mail address such as name@example.com.")
    page.fill(f"#address-{people[1]['id']}", f"ben.second@{mark}.example")
    page.click("#continue")
    page.click("#continue")
    page.click("#send")
    expect(page.locator("#sending-status")).to_have_text("The invitation is on the way.")

    for address in (f"anna@{mark}.example", f"ben.second@{mark}.example", f"cleo@{mark}.example"):
        eventually(lambda: mails(run, to=address), f"the mail to {address}")
    assert mails(run, to=f"ben.private@{mark}.example") == []
    assert [each["interviewCount"] for each in recruiter.get("/api/candidates", search=mark)["candidates"]] == [1, 1, 1]


def test_what_changed_meanwhile_is_told_before_anybody_is_invited(page, screens, recruiter, database, demo, organization, mark, people):
    from conftest import shorter_assessment
    assessment = shorter_assessment(demo, organization, f"Archived {mark}", 1)
    page.goto(f"/async-interviews/new?assessmentId={assessment}&candidateId={people[0]['id']}")
    at_step_three(page)
    database.execute("UPDATE assessment SET status = 'ARCHIVED' WHERE id = %s", [assessment])
    page.click("#continue")
    expect(page.locator("#refusals")).to_contain_text("There is no such active assessment or candidate.")
    expect(page.locator("#send")).to_be_disabled()
    screens.see(page, "wizard-refused")
    page.get_by_role("button", name="Correct it in step 1").click()
    at_step(page, 1)


def test_links_without_mail_through_a_lost_connection(page, screens, recruiter, run, database, two_questions, mark, people):
    page.goto("/async-interviews/new")
    choose_assessment(page, "Working together")
    choose_people(page, mark, people[:2])
    page.click("#continue")
    page.click("#continue")
    page.get_by_text("Copy the link").click()
    expect(page.locator("#send")).to_have_text("Create 2 links")
    # The first is created, then the connection is gone.
    page.route("**/send", lambda route: route.abort())
    page.click("#send")
    expect(page.locator("#sending-status")).to_have_text("0 of 2 links are ready. Nobody else was invited.")
    expect(page.locator("#results")).to_contain_text("No connection")
    screens.see(page, "wizard-offline")
    page.unroute("**/send")
    page.reload()
    expect(page.locator("#sending-status")).to_have_text("All 2 links are ready to copy.")
    page.get_by_role("button", name=f"Copy {people[0]['name']}’s link").click()
    expect(page.get_by_role("button", name=f"Copy {people[0]['name']}’s link")).to_have_text("Copied")
    link = page.evaluate("navigator.clipboard.readText()")
    page.goto(link)
    state(page, "intro")
    expect(page.locator("main")).to_contain_text(people[0]["name"])
    [count] = database.execute("SELECT count(*) FROM async_interview WHERE candidate_id = ANY (%s::uuid[])", [[each["id"] for each in people]]).fetchone()
    assert count == 2
    assert mails(run, to=people[0]["email"]) == []


def test_another_account_does_not_find_the_draft(page, screens, stranger, recruiter, two_questions, people):
    page.goto(f"/async-interviews/new?assessmentId={two_questions}&candidateId={people[0]['id']}")
    at_step_three(page)
    page.context.add_cookies([{"name": "parley_session", "value": stranger.http.cookies["parley_session"], "url": recruiter.base}])
    page.goto("/async-interviews/new")
    expect(page.locator("#assessment-search")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?step=1$"))
    expect(page.locator("main")).to_contain_text("No active assessment yet")
    screens.see(page, "wizard-empty")


def test_signing_out_leaves_nothing(page, base, demo, two_questions, people):
    own = sign_in(base, demo["recruiter"])  # A session that can end without ending everybody's.
    page.context.add_cookies([{"name": "parley_session", "value": own.http.cookies["parley_session"], "url": base}])
    page.goto(f"/async-interviews/new?assessmentId={two_questions}&candidateId={people[0]['id']}")
    at_step_three(page)
    assert people[0]["name"] in page.evaluate("JSON.stringify(sessionStorage)")
    page.click("#sign-out")
    expect(page).to_have_url(re.compile("/sign-in"))
    assert page.evaluate("sessionStorage.length") == 0


def test_no_connection_at_each_step(page, screens, two_questions, people):
    page.route("**/api/assessments*", lambda route: route.abort())
    page.goto("/async-interviews/new")
    expect(page.locator(".step")).to_contain_text("No connection")
    screens.see(page, "wizard-assessments-offline")
    page.unroute("**/api/assessments*")
    page.get_by_role("button", name="Try again").click()
    choose_assessment(page, "Working together")
    page.route("**/api/candidates?*", lambda route: route.abort())
    page.fill("#candidate-search", people[0]["name"])
    expect(page.locator(".step")).to_contain_text("No connection")
    page.unroute("**/api/candidates?*")
    page.get_by_role("button", name="Try again").click()
    page.get_by_role("button", name=f"Choose {people[0]['name']}").click()
    page.click("#continue")
    at_step(page, 3)
    page.route("**/preview", lambda route: route.abort())
    page.click("#continue")
    expect(page.locator("#previews")).to_contain_text("No connection")
    page.unroute("**/preview")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#mail-to")).to_have_text(people[0]["email"])


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_a_phone(page, screens, two_questions, people, step):
    page.set_viewport_size(PHONE)
    page.goto(f"/async-interviews/new?assessmentId={two_questions}&candidateId={people[0]['id']}")
    at_step_three(page)
    if step == 4:
        page.click("#continue")
    else:
        page.goto(f"/async-interviews/new?step={step}")
    expect(page.locator("#step-title")).to_contain_text(f"{step}.")
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, f"wizard-{step}-phone")


def test_everybody_can_use_the_wizard(screens):
    seen = {name: found for name, found in screens.violations.items() if name.startswith("wizard")}
    assert len(seen) > 20
    assert {name: found for name, found in seen.items() if found} == {}
