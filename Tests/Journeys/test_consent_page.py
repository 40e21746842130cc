"""Consent on the candidate's page: every choice is the candidate's own, and each leads somewhere."""

import json

import pytest
from playwright.sync_api import expect

from parley import Interview
from screens import agree, choose, prove_devices, state
from test_text_answers import only_text  # noqa: F401

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()
    assert page.problems == []


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send()


def receipts(interview):
    """Purpose → what was chosen last."""
    return {each["purpose"]: each["granted"] for each in interview.candidate.get(f"{interview.path}/consent")["receipts"]}


def test_four_choices_in_the_servers_words(page, interview, screens):
    page.goto(interview.created["candidateURL"])
    expect(page.locator(".assurances").first).to_contain_text("You choose yourself whether AI")
    page.click("#continue")
    state(page, "consent")
    shown = interview.candidate.get(f"{interview.path}/consent", locale="en")["items"]
    assert page.locator(".purpose .words").all_inner_texts() == [item["text"] for item in shown]
    assert page.locator(".purpose input:checked").count() == 0
    weights = [(label["width"], label["height"]) for label in (each.bounding_box() for each in page.locator(".option").all())]
    assert len(set(weights)) == 1 and len(weights) == 8
    expect(page.locator("#purpose-RECORDING")).to_contain_text("Needed for video answers")
    screens.see(page, "consent", picture=True)
    page.click("#save-choices")
    expect(page.locator("#consent-failure")).to_be_visible()
    expect(page.locator("#purpose-RECORDING input").first).to_be_focused()
    screens.see(page, "consent-missing")
    assert receipts(interview) == {}
    choose(page)
    state(page, "device-check")
    assert receipts(interview) == dict.fromkeys(("RECORDING", "TRANSCRIPTION", "ANALYSIS", "MONITORING"), True)


def test_the_keyboard_alone_is_enough(page, interview):
    page.goto(interview.created["candidateURL"])
    page.focus("#continue")
    page.keyboard.press("Enter")
    state(page, "consent")
    for _ in range(4):
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    state(page, "declined")
    assert set(receipts(interview).values()) == {False}


def test_without_ai_people_review(page, interview, screens):
    page.goto(interview.created["candidateURL"])
    page.click("#continue")
    page.locator("#purpose-TRANSCRIPTION input[value=decline]").check()
    expect(page.locator("#purpose-TRANSCRIPTION .remark")).to_have_text("People review your answers. This has no disadvantage for you.")
    page.locator("#purpose-ANALYSIS input[value=agree]").check()
    expect(page.locator("#purpose-ANALYSIS .remark")).to_contain_text("no words of your recordings")
    choose(page, refused=("TRANSCRIPTION", "ANALYSIS"))
    state(page, "device-check")
    page.reload()
    expect(page.locator(".assurances").first).to_contain_text("no AI works on your answers")
    page.click("#your-choices")
    state(page, "consent")
    assert page.locator(".purpose input:checked").evaluate_all("all => all.map(each => each.value)") == ["agree", "decline", "decline", "agree"]
    expect(page.locator("#purpose-ANALYSIS")).to_contain_text("You chose this on")
    screens.see(page, "consent-again")
    page.locator("#purpose-TRANSCRIPTION input[value=agree]").check()
    page.click("#save-choices")
    state(page, "intro")
    expect(page.locator(".assurances").first).to_contain_text("AI writes down what you say, so that people can read along")
    assert receipts(interview)["TRANSCRIPTION"] and not receipts(interview)["ANALYSIS"]


def test_who_will_not_be_recorded_is_told_whom_to_write_to_and_may_think_again(page, interview, screens, demo):
    page.goto(interview.created["candidateURL"])
    agree(page, refused=("RECORDING",))
    state(page, "declined")
    expect(page.locator("main a[href^='mailto:']")).to_have_text(demo["recruiter"]["email"])
    screens.see(page, "consent-declined")
    page.reload()
    page.click("#continue")
    state(page, "declined")
    page.click("#change-choices")
    choose(page)
    state(page, "device-check")


def test_choices_can_be_changed_until_everything_is_submitted(page, interview, recording, screens):
    interview.start().answer(interview.questions[0], recording)
    page.goto(interview.created["candidateURL"])
    expect(page.locator("#go-to-final")).to_be_visible()
    page.click("#your-choices")
    choose(page, refused=("ANALYSIS",))
    state(page, "intro")
    assert not receipts(interview)["ANALYSIS"]
    page.click("#your-choices")
    choose(page, refused=("RECORDING",))
    state(page, "declined")
    expect(page.locator("#declined-kept")).to_contain_text("What you answered before stays saved")
    screens.see(page, "consent-withdrawn")
    page.reload()
    page.click("#continue")
    state(page, "declined")
    page.click("#change-choices")
    choose(page)
    state(page, "final")


def test_nobody_is_watched_or_held_in_fullscreen_who_refused(page, interview):
    told = []
    page.on("request", lambda request: told.append(request.url) if "proctor" in request.url else None)
    page.goto(interview.created["candidateURL"])
    interview.start()
    agree(page, refused=("MONITORING",))
    prove_devices(page)
    state(page, "recording")
    assert page.evaluate("document.fullscreenElement") is None
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    page.wait_for_timeout(1000)
    page.click("#stop-recording")
    state(page, "reviewing")
    assert told == []
    assert interview.show()["proctorLogs"] == []


def test_texts_that_changed_meanwhile_are_read_again(page, interview, screens):
    answers = []

    def older(route):
        shown = interview.candidate.get(f"{interview.path}/consent")
        if not answers:
            shown["version"] = "2001-01-01"
        answers.append(shown["version"])
        route.fulfill(json=shown)
    page.route("**/consent?locale=*", older)
    page.goto(interview.created["candidateURL"])
    agree(page)
    expect(page.locator("#consent-changed")).to_be_visible()
    assert page.locator(".purpose input:checked").count() == 0
    screens.see(page, "consent-changed")
    choose(page)
    state(page, "device-check")


def test_choices_wait_for_the_network(page, interview):
    page.goto(interview.created["candidateURL"])
    page.click("#continue")
    page.route("**/consent", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    choose(page)
    expect(page.locator("#consent-failure")).to_contain_text("no connection")
    page.unroute("**/consent")
    page.click("#save-choices")
    state(page, "device-check")


def test_who_only_writes_is_not_asked_about_recordings(page, recruiter, candidates, only_text):  # noqa: F811
    interview = Interview(recruiter, candidates[1], only_text).send()
    page.goto(interview.created["candidateURL"])
    page.click("#continue")
    assert [each.get_attribute("id") for each in page.locator(".purpose").all()] == ["purpose-ANALYSIS", "purpose-MONITORING"]
    choose(page, refused=("ANALYSIS",))
    state(page, "intro")
    expect(page.locator("#begin")).to_be_visible()


@pytest.mark.parametrize("locale", ["de", "es"])
def test_on_a_phone_in_another_language(browser, base, interview, screens, locale):
    context = browser.new_context(viewport=PHONE, base_url=base, locale=locale, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    page.click("#continue")
    state(page, "consent")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, f"consent-phone-{locale}")
    choose(page)
    state(page, "device-check")
    assert json.dumps(interview.show()["consents"]).count(f'"{locale}"') == 4
    context.close()
