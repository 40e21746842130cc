"""Pictures of the pages, what axe finds on them and whether they fit, and the steps that many journeys take."""

import base64
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


class Screens:
    """Every state that a page was seen in, in light and in dark."""

    def __init__(self, folder, pictures=None):
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.pictures = Path(pictures).resolve() if pictures else None
        self.axe = Axe()
        self.violations = {}

    def see(self, page, name, picture=False):
        """Keeps a picture of the page, and what is inaccessible about it.

        picture: it is one of the README's, written where PARLEY_SCREENSHOTS says.
        """
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_timeout(300)
            page.screenshot(path=self.folder / f"{name}-{scheme}.png")
            found = self.axe.run(page).response["violations"]
            self.violations[f"{name}-{scheme}"] = [
                f"{each['id']} ({each['impact']}): {node['html'][:200]} {node['failureSummary']}"
                for each in found for node in each["nodes"]] + too_wide(page)
            if picture and self.pictures:
                write_picture(page, self.pictures / f"{name}-{scheme}.webp")
        page.emulate_media(color_scheme="light", reduced_motion="reduce")


def too_wide(page):
    """What there is to say of a page that scrolls sideways."""
    width, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [f"the page is {width} px wide, its window {window} px"] if width > window else []


def write_picture(page, path):
    """WebP, which is a third of a PNG's size; Playwright itself writes none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    devtools = page.context.new_cdp_session(page)
    captured = devtools.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
    devtools.detach()
    path.write_bytes(base64.b64decode(captured["data"]))


# ---- The candidate's steps ------------------------------------------------------

def state(page, name):
    """Waits for a screen."""
    expect(page.locator("main")).to_have_attribute("data-state", name, timeout=15_000)


def press(page, selector, key):
    """Walks to an element with the Tab key and presses another there."""
    for _ in range(30):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return page.keyboard.press(key)
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def choose(page, refused=()):
    """Answers every question about consent, and goes on."""
    state(page, "consent")
    for purpose in page.locator(".purpose").all():
        name = purpose.get_attribute("id").removeprefix("purpose-")
        purpose.locator(f"input[value={'decline' if name in refused else 'agree'}]").check()
    page.click("#save-choices")


def agree(page, refused=()):
    """From the overview of an interview that is opened for the first time to what comes after the choices."""
    page.click("#continue")
    choose(page, refused)


def record_test(page, outcome="passed"):
    """Records the test of the device check, up to what the server says of it."""
    page.click("#record-test")
    expect(page.locator(".check")).to_have_attribute("data-proof", outcome, timeout=60_000)


def open_device_check(page):
    """From the overview, through the choices if none were made yet."""
    state(page, "intro")
    if page.locator("#continue").is_visible():
        agree(page)
    else:
        page.click("#check-devices")
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)


def prove_devices(page, screens=None):
    """From the device check to the question, past the one to practise with."""
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    # Who comes back in the middle of an interview need not test again.
    comes_back = page.locator("#begin").is_visible()
    if not comes_back:
        record_test(page)
    page.check("#camera-works")
    page.check("#microphone-works")
    if screens:
        screens.see(page, "device-check", picture=True)
    page.click("#begin")
    if not comes_back:
        expect(page.locator("main")).to_have_attribute("data-state", "practice")
        if screens:
            screens.see(page, "practice")
        page.click("#begin")


def pass_device_check(page, screens=None):
    """From the overview to the question."""
    open_device_check(page)
    prove_devices(page, screens)
