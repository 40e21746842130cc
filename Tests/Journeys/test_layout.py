"""Every screen of the candidate's page fits: on a phone, zoomed to 200 %, and written from right to left."""

import pytest
from playwright.sync_api import expect

from parley import Interview
from screens import choose, pass_device_check, state
from test_text_answers import assessment  # noqa: F401

PHONE = {"width": 390, "height": 844}
# What is left of 1280 × 800 when everything is twice as large.
ZOOMED = {"width": 640, "height": 400}
DESKTOP = {"width": 1280, "height": 800}


@pytest.mark.parametrize(("name", "viewport", "direction"), [
    ("phone", PHONE, "ltr"), ("zoomed", ZOOMED, "ltr"), ("rtl", DESKTOP, "rtl"), ("phone-rtl", PHONE, "rtl")])
def test_every_screen_fits(browser, base, recruiter, candidates, assessment, screens, name, viewport, direction):  # noqa: F811
    interview = Interview(recruiter, candidates[1], assessment, thinkTimeSeconds=30, retakePolicy="ONE").send().start()
    context = browser.new_context(viewport=viewport, base_url=base)
    context.add_init_script(f"""
        document.addEventListener("DOMContentLoaded", () => {{
            new MutationObserver(() => {{ if (document.documentElement.dir !== "{direction}") document.documentElement.dir = "{direction}"; }})
                .observe(document.documentElement, {{ attributes: true, attributeFilter: ["dir"] }});
        }});""")
    page = context.new_page()

    def fits(screen, reached=None):
        state(page, reached or screen)
        expect(page.locator("html")).to_have_attribute("dir", direction)
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], screen
        outside = page.evaluate("""() => [...document.querySelectorAll("main button, main label, main h1, main p")]
            .filter((each) => each.checkVisibility() && !each.closest(".visually-hidden"))
            .map((each) => [each.textContent, each.getBoundingClientRect()])
            .filter(([, box]) => box.left < 0 || box.right > innerWidth).map(([text]) => text)""")
        assert outside == [], screen
        screens.see(page, f"{screen}-{name}")

    page.goto(interview.created["candidateURL"])
    fits("intro")
    if direction == "rtl" and viewport is DESKTOP:
        aside, heading = page.locator(".aside").bounding_box(), page.locator("h1").bounding_box()
        assert aside["x"] < heading["x"]
    page.click("#continue")
    fits("consent")
    choose(page)
    fits("device-check")
    page.click("#back") if page.locator("#back").count() else page.get_by_role("button", name="Back", exact=True).click()
    pass_device_check(page)
    fits("thinking")
    page.click("#start-recording")
    fits("recording")
    page.wait_for_timeout(1500)
    page.click("#stop-recording")
    fits("reviewing")
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    fits("saved", "submitted")
    page.click("#next-question")
    page.locator("#answer").press_sequentially("One sentence.")
    page.evaluate("document.querySelector('#answer').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))")
    fits("writing")
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    page.click("#next-question")
    fits("final")
    page.click("#submit-all")
    fits("complete")
    context.close()
