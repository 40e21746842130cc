"""What pages show when things are not as they should be, and that everybody can use every page."""

import re

import pytest
from playwright.sync_api import expect

from parley import Interview, eventually
from screens import agree, open_device_check, pass_device_check, state

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(browser, base):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base)
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()
    assert page.problems == []


@pytest.fixture
def signed_in(page, recruiter):
    cookie = recruiter.http.cookies["parley_session"]
    page.context.add_cookies([{"name": "parley_session", "value": cookie, "url": recruiter.base}])
    return page


def test_a_link_that_was_not_copied_whole(page, screens):
    page.goto("/interview/" + "x" * 43)
    state(page, "invalid")
    screens.see(page, "link-invalid")


def test_a_link_after_the_deadline(page, screens, recruiter, candidates, database):
    interview = Interview(recruiter, candidates[1]).send()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '1 minute' WHERE id = %s", [interview.id])
    page.reload()
    state(page, "gone")
    expect(page.locator("main")).to_contain_text("ada@northwind.example")
    screens.see(page, "link-expired")


def test_no_connection(page, screens, recruiter, candidates):
    interview = Interview(recruiter, candidates[1]).send()
    page.route("**/api/**", lambda route: route.abort())
    page.goto(interview.created["candidateURL"])
    state(page, "offline")
    screens.see(page, "offline")
    page.unroute("**/api/**")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    state(page, "intro")


def test_a_server_that_fails(page, screens, recruiter, candidates):
    interview = Interview(recruiter, candidates[1]).send()
    page.route("**/api/**", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", headers={"Retry-After": "2"},
        body='{"status":503,"code":"UNAVAILABLE","title":"","detail":"The service is not available just now."}'))
    page.goto(interview.created["candidateURL"])
    state(page, "failed")
    expect(page.locator("main")).to_contain_text("Nothing you saved is lost.")
    screens.see(page, "failed")
    page.unroute("**/api/**")
    page.click("#try-again")
    state(page, "intro")


def test_fullscreen_that_is_refused_holds_nobody_up(page, screens, recruiter, candidates, one_question):
    interview = Interview(recruiter, candidates[1], one_question).send()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "recording")
    page.evaluate("() => { document.documentElement.requestFullscreen = () => Promise.reject(new TypeError()); }")
    page.evaluate("document.exitFullscreen()")
    page.click("#return-fullscreen")
    expect(page.locator("#pause-dialog")).to_contain_text("You can go on without it.")
    screens.see(page, "paused-for-good")
    page.click("#continue-without-fullscreen")
    expect(page.locator("#pause-dialog")).to_have_count(0)
    page.wait_for_timeout(1000)
    page.click("#stop-recording")
    state(page, "reviewing")


def test_a_refused_camera(page, screens, recruiter, candidates):
    interview = Interview(recruiter, candidates[1]).send()
    page.add_init_script("""
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", "NotAllowedError"))""")
    page.goto(interview.created["candidateURL"])
    agree(page)
    expect(page.locator("#device-fault")).to_have_attribute("data-reason", "denied")
    screens.see(page, "camera-refused")


def test_a_phone(page, screens, recruiter, candidates):
    interview = Interview(recruiter, candidates[1]).send()
    page.set_viewport_size(PHONE)
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "intro-phone")
    open_device_check(page)
    expect(page.locator("#record-test")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "device-check-phone")


def test_leaving_fullscreen_pauses_the_recording(page, screens, recruiter, candidates, one_question, database):
    interview = Interview(recruiter, candidates[1], one_question, retakePolicy="ZERO").send()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "recording")
    page.evaluate("document.exitFullscreen()")
    expect(page.locator("#pause-dialog")).to_be_visible()
    screens.see(page, "paused")
    page.click("#finish-answer")
    state(page, "reviewing")
    eventually(lambda: page.evaluate("1") and database.execute(
        "SELECT EXISTS (SELECT FROM proctor_log WHERE async_interview_id = %s AND event_type = 'FULLSCREEN_EXIT')",
        [interview.id]).fetchone()[0], "the note of it")

    # The note travels at once; how long was watched after it comes with what is reported next.
    def less_than_the_tab():
        watched = {each["name"]: each["watchedSeconds"] for each in interview.show()["monitoring"]["detectors"]}
        assert watched["face"] == 0
        return 0 < watched["fullscreen"] < watched["tab"]
    eventually(less_than_the_tab, "less time watched in fullscreen than in the tab")


def test_an_interview_that_nobody_has_answered(signed_in, screens, recruiter, candidates):
    interview = Interview(recruiter, candidates[1]).send()
    signed_in.goto(f"/async-interviews/{interview.id}")
    expect(signed_in.locator(".watch")).to_contain_text("has not answered this question")
    screens.see(signed_in, "review-unanswered")


def test_an_interview_that_does_not_exist(signed_in, screens):
    signed_in.goto("/async-interviews/01980000-0000-7000-8000-00000000dead")
    expect(signed_in.locator(".face")).to_contain_text("There is nothing here")
    screens.see(signed_in, "review-missing")


def test_a_filtered_list(signed_in, screens):
    signed_in.goto("/async-interviews")
    signed_in.get_by_role("link", name="Sent", exact=True).click()
    expect(signed_in).to_have_url(re.compile(r"\?status=SENT$"))
    expect(signed_in.locator(".filters [aria-current]")).to_have_text("Sent")
    expect(signed_in.locator(".filters [aria-current]")).to_be_focused()
    screens.see(signed_in, "list-filtered")
    signed_in.get_by_role("link", name="Draft", exact=True).click()
    expect(signed_in.locator(".filters [aria-current]")).to_have_text("Draft")
    screens.see(signed_in, "list-drafts")


def test_the_server_is_not_available(signed_in, screens):
    signed_in.route("**/api/async-interviews*", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", headers={"Retry-After": "2"},
        body='{"status":503,"code":"UNAVAILABLE","title":"","detail":"The service is not available just now."}'))
    signed_in.goto("/async-interviews")
    state(signed_in, "error")
    screens.see(signed_in, "list-unavailable")
    signed_in.unroute("**/api/async-interviews*")
    signed_in.click("#try-again")
    state(signed_in, "ready")


def test_a_page_that_does_not_exist(page, screens):
    assert page.goto("/nowhere").status == 404
    screens.see(page, "not-found")


def test_what_people_write_is_never_markup(page, recruiter, candidates):
    hostile = "<img src=x onerror=document.title='owned'><b id=markup>bold</b>"
    interview = Interview(recruiter, candidates[1], introMessage=hostile).send()
    page.goto(interview.created["candidateURL"])
    expect(page.locator("blockquote")).to_have_text(hostile)
    assert page.locator("#markup").count() == 0 and "owned" not in page.title()


def test_everybody_can_use_every_page(screens):
    """axe found nothing on any state of any page, in light or in dark, that a test of this run saw."""
    assert len(screens.violations) > 20
    assert {name: found for name, found in screens.violations.items() if found} == {}
