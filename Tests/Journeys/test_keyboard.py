"""The candidate's page without a mouse: where the focus is, what a screen reader hears, and that no key or click counts twice."""

import pytest
from playwright.sync_api import expect

from parley import Interview, eventually
from screens import pass_device_check, press, state
from test_text_answers import assessment  # noqa: F401

# Whether something moves without end.
PULSES = "document.getAnimations().some((each) => each.effect.getComputedTiming().iterations === Infinity)"


@pytest.fixture
def interview(recruiter, candidates, assessment):  # noqa: F811
    """A question on video, and one in writing."""
    return Interview(recruiter, candidates[1], assessment, thinkTimeSeconds=60, retakePolicy="TWO").send()


def hears(page, text):
    expect(page.locator("#announcer")).to_contain_text(text)


def at_heading(page, name):
    state(page, name)
    expect(page.locator("h1")).to_be_focused()


def test_the_whole_interview_by_keyboard_alone(device, interview):
    page = device(reduced_motion="reduce").new_page()
    page.goto(interview.created["candidateURL"])
    at_heading(page, "intro")
    press(page, "#continue", "Enter")
    at_heading(page, "consent")
    for _ in page.locator(".purpose").all():
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    press(page, "#save-choices", "Enter")
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    press(page, "#record-test", "Enter")
    hears(page, "Please speak")
    expect(page.locator("#proof-title")).to_be_focused(timeout=60_000)
    press(page, "#camera-works", "Space")
    press(page, "#microphone-works", "Space")
    press(page, "#begin", "Enter")
    at_heading(page, "practice")
    press(page, "#begin", "Enter")

    at_heading(page, "thinking")
    hears(page, "Time to think")
    press(page, "#start-recording", "Enter")
    state(page, "recording")
    expect(page.locator("#stop-recording")).to_be_focused()
    hears(page, "Recording. You have 1 minute.")
    assert not page.evaluate(PULSES)
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(PULSES)
    page.evaluate("document.exitFullscreen()")
    expect(page.locator("#return-fullscreen")).to_be_focused()
    hears(page, "Recording paused.")
    page.keyboard.press("Enter")
    expect(page.locator("#pause-dialog")).to_have_count(0)
    expect(page.locator("#stop-recording")).to_be_focused()
    hears(page, "Recording goes on.")
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    state(page, "reviewing")
    expect(page.locator("#use-take")).to_be_focused()
    hears(page, "Recording stopped.")
    page.keyboard.press("Enter")
    expect(page.locator("#next-question")).to_be_focused(timeout=60_000)
    hears(page, "Answer saved.")
    page.keyboard.press("Enter")

    at_heading(page, "writing")
    hears(page, "Write your answer.")
    press(page, "#answer", "A")
    page.keyboard.type(" sentence.")
    press(page, "#use-answer", "Enter")
    expect(page.locator("#next-question")).to_be_focused()
    page.keyboard.press("Enter")
    at_heading(page, "final")
    press(page, "#submit-all", "Enter")
    at_heading(page, "complete")
    assert interview.show()["status"] == "SUBMITTED"


def test_waiting_for_the_network_is_said_once_and_not_every_second(device, interview):
    context = device()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    record(page)
    context.set_offline(True)
    page.evaluate("""() => {
        window.said = [];
        const live = [...document.querySelectorAll("[aria-live=polite]")];
        new MutationObserver(() => {
            const text = live.concat(...document.querySelectorAll("[role=status]")).map((each) => each.textContent).join("");
            if (text && text !== said.at(-1)) said.push(text);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
    }""")
    page.click("#use-take")
    line = page.locator("#upload-line")
    expect(line).to_contain_text("The connection is interrupted")
    counted = line.inner_text()
    for _ in range(3):
        expect(line).not_to_have_text(counted)
        counted = line.inner_text()
    said = [text for text in page.evaluate("said") if "The connection is interrupted" in text]
    assert len(said) == 1, said
    context.set_offline(False)
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)


# ---- Once is once ----------------------------------------------------------------

def test_the_second_half_of_a_double_click_presses_nothing_new(device, interview):
    page = at_the_first_question(device(), interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(1500)
    page.click("#stop-recording")
    state(page, "reviewing")
    click_a_second_time(page, "#use-take")
    expect(page.locator("main")).to_have_attribute("data-state", "reviewing")
    page.click("#use-take")
    expect(page.locator("#next-question")).to_be_visible(timeout=60_000)
    click_a_second_time(page, "#next-question")
    expect(page.locator("#next-question")).to_be_enabled()
    page.dblclick("#next-question")
    state(page, "writing")
    page.locator("#answer").press_sequentially("A sentence.")
    page.click("#use-answer")
    page.click("#next-question")
    page.dblclick("#submit-all")
    state(page, "complete")
    assert interview.show()["status"] == "SUBMITTED"


def test_a_key_that_is_held_presses_nothing_new(device, interview):
    page = at_the_first_question(device(), interview)
    page.focus("#start-recording")
    page.keyboard.down("Enter")
    state(page, "recording")
    expect(page.locator("#stop-recording")).to_be_focused()
    page.keyboard.down("Enter")
    expect(page.locator("main")).to_have_attribute("data-state", "recording")
    page.keyboard.up("Enter")
    page.wait_for_timeout(1500)
    page.keyboard.press("Enter")
    state(page, "reviewing")


@pytest.mark.parametrize("then", ["#re-record", "#use-take"])
def test_what_is_pressed_while_a_retake_is_asked_for_changes_nothing(device, interview, database, then):
    page = at_the_first_question(device(), interview)
    record(page)
    asked = []
    page.route("**/question", lambda route: route.continue_() if asked else asked.append(route))
    page.click("#re-record")
    page.click(then)
    expect(page.locator("main")).to_have_attribute("data-state", "reviewing")
    eventually(lambda: page.evaluate("1") and asked, "the question")
    asked[0].continue_()
    state(page, "thinking")
    record(page)
    expect(page.locator(".take-line")).to_contain_text("Take 2")
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    assert database.execute("SELECT take_number, state FROM take WHERE async_interview_id = %s ORDER BY place", [interview.id]).fetchall() == [
        (1, "RETAKEN"), (2, "RECORDED")]


# ---- Steps -----------------------------------------------------------------------

def at_the_first_question(context, interview):
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "thinking")
    return page


def record(page):
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(1500)
    page.click("#stop-recording")
    state(page, "reviewing")


def click_a_second_time(page, selector):
    """The second half of a double click, on what has taken the place of what the first half pressed."""
    box = page.locator(selector).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
