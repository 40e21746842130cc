"""Writing an answer: drafts that outlive page, network and device, a clock that is kind, and no pasting."""

import re

import pytest
from playwright.sync_api import expect

from parley import Interview, eventually
from screens import agree, choose, pass_device_check, state
from test_text_answers import assessment, only_text  # noqa: F401

PHONE = {"width": 390, "height": 844}
# To another one, and back.
LEAVE_THE_TAB = """for (const visibility of ["hidden", "visible"]) {
    Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""
TEXT = "I listed the risks, and we talked about each of them every morning."


@pytest.fixture
def interview(recruiter, candidates, only_text):  # noqa: F811
    return Interview(recruiter, candidates[1], only_text).send()


def begin(context, interview):
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    agree(page)
    state(page, "intro")
    page.click("#begin")
    state(page, "writing")
    return page


def go_on(context, interview):
    """As `begin`, for somebody who has chosen already."""
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    page.click("#begin")
    return page


def write(page, text=TEXT):
    page.locator("#answer").press_sequentially(text)


def draft_saved(page):
    expect(page.locator("#draft-state")).to_have_text(re.compile("^Draft saved "), timeout=15_000)


def answer(interview):
    return interview.show()["videoResponses"][0]


def kept_drafts(page):
    """What is written that the device has kept."""
    return page.evaluate("""async () => {
        const opened = indexedDB.open("parley-capture");
        await new Promise((resolve) => { opened.onsuccess = resolve; });
        const all = opened.result.transaction("drafts").objectStore("drafts").getAll();
        await new Promise((resolve) => { all.onsuccess = resolve; });
        opened.result.close();
        return all.result.map(({ text }) => text);
    }""")


def spend(database, interview, seconds):
    """As if the question had been opened so much earlier."""
    database.execute(
        "UPDATE opened_question SET opened_at = opened_at - %s * interval '1 second' WHERE async_interview_id = %s", [seconds, interview.id])


def test_an_answer_in_writing_needs_no_camera(device, interview, screens):
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    expect(page.locator("h1")).to_have_text("Interview in writing: Software Engineer")
    expect(page.locator(".facts")).not_to_contain_text("re-recording")
    screens.see(page, "intro-written")
    agree(page)
    page.click("#begin")
    state(page, "writing")
    expect(page.locator(".time-left")).to_contain_text("left")
    page.click("#use-answer")
    expect(page.locator("#writing-note")).to_contain_text("write something first")
    expect(page.locator("#answer")).to_be_focused()
    write(page)
    expect(page.locator("#character-count")).to_have_text(f"{len(TEXT)} of 10,000 characters")
    draft_saved(page)
    screens.see(page, "writing")
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    assert answer(interview)["textAnswer"] == TEXT
    assert kept_drafts(page) == []
    page.click("#next-question")
    state(page, "final")
    screens.see(page, "final-written")
    page.click("#submit-all")
    state(page, "complete")
    expect(page.locator(".receipt")).to_contain_text(f"{len(TEXT)} characters")
    screens.see(page, "thank-you-written")
    page.emulate_media(media="print")
    expect(page.locator("#print")).to_be_hidden()
    expect(page.locator(".receipt")).to_be_visible()
    page.screenshot(path=screens.folder / "receipt-print.png", full_page=True)


def test_pasting_is_prevented_with_a_reason_and_noted(device, interview, screens, demo):
    page = begin(device(), interview)
    write(page, "My own words.")
    page.evaluate("""() => {
        const text = new DataTransfer();
        text.setData("text/plain", "Somebody else's words.");
        document.querySelector("#answer").dispatchEvent(new ClipboardEvent("paste", { clipboardData: text, bubbles: true, cancelable: true }));
    }""")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    expect(page.locator("#answer")).to_have_value("My own words.")
    expect(page.locator("#writing-note")).to_contain_text("in your own words")
    expect(page.locator("#writing-note a")).to_have_text(demo["recruiter"]["email"])
    screens.see(page, "writing-paste")
    noted = eventually(lambda: len(found := [each for each in interview.show()["proctorLogs"] if each["eventType"] == "COPY_PASTE_ATTEMPT"]) >= 2 and found, "the attempts")
    assert {each["metadata"]["action"] for each in noted} == {"paste", "cut"}


def test_a_draft_outlives_the_page_and_goes_along_to_another_device(device, interview):
    page = begin(device(), interview)
    write(page)
    draft_saved(page)
    page.reload()
    page.click("#begin")
    expect(page.locator("#answer")).to_have_value(TEXT)
    other = go_on(device(), interview)
    expect(other.locator("#answer")).to_have_value(TEXT)
    write(other, " And more.")
    draft_saved(other)
    # The first device may not write over it any more.
    write(page, " Or less.")
    state(page, "elsewhere")
    page.click("#go-on-here")
    state(page, "writing")
    expect(page.locator("#answer")).to_have_value(f"{TEXT} And more.\n\n{TEXT} Or less.")


def test_a_page_that_was_left_open_writes_nothing_over(device, interview):
    left = begin(device(), interview)
    write(left, "An old thought.")
    draft_saved(left)
    page = go_on(device(), interview)
    page.locator("#answer").fill(TEXT)
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    # There the time is up.
    left.evaluate("const now = performance.now.bind(performance); performance.now = () => now() + 3_600_000")
    state(left, "elsewhere")
    assert answer(interview)["textAnswer"] == TEXT
    left.click("#go-on-here")
    state(left, "final")


def test_between_questions_nobody_is_watched(device, interview):
    page = begin(device(), interview)
    page.evaluate(LEAVE_THE_TAB)
    write(page)
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    page.evaluate(LEAVE_THE_TAB)
    page.click("#next-question")
    state(page, "final")
    page.click("#submit-all")
    state(page, "complete")
    assert [each["eventType"] for each in interview.show()["proctorLogs"]] == ["TAB_SWITCH"]


def test_a_draft_outlives_the_network(device, interview, screens):
    context = device()
    page = begin(context, interview)
    context.set_offline(True)
    write(page)
    expect(page.locator("#draft-state")).to_contain_text("kept on this device", timeout=15_000)
    assert kept_drafts(page) == [TEXT]
    screens.see(page, "writing-offline")
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = go_on(context, interview)
    expect(page.locator("#answer")).to_have_value(TEXT)
    draft_saved(page)
    context.set_offline(True)
    page.click("#use-answer")
    expect(page.locator("#upload-line")).to_contain_text("The connection is interrupted")
    context.set_offline(False)
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    assert answer(interview)["textAnswer"] == TEXT


def test_when_the_time_is_up_what_is_written_is_saved(device, interview, database, screens):
    context = device()
    page = begin(context, interview)
    write(page)
    draft_saved(page)
    spend(database, interview, 54)
    page.reload()
    page.click("#begin")
    expect(page.locator("#saved-remark")).to_contain_text("The time was up", timeout=15_000)
    screens.see(page, "writing-time-up")
    assert answer(interview)["textAnswer"] == TEXT


def test_a_reload_gives_no_new_time_and_nobody_ends_with_a_blank_page(device, interview, database, screens):
    page = begin(device(), interview)
    spend(database, interview, 54)
    page.reload()
    page.click("#begin")
    expect(page.locator("#time-up")).to_contain_text("still write a sentence", timeout=15_000)
    state(page, "extra")
    assert page.locator("#answer").get_attribute("maxlength") == "280"
    screens.see(page, "writing-extra")
    write(page)
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    assert (answer(interview)["textAnswer"], answer(interview)["durationSeconds"]) == (TEXT, 60)


def test_beside_a_question_on_video(device, recruiter, candidates, assessment, screens):  # noqa: F811
    interview = Interview(recruiter, candidates[1], assessment).send()
    context = device(PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    expect(page.locator(".facts")).to_contain_text("1 of them is answered in writing")
    screens.see(page, "intro-mixed-phone")
    pass_device_check(page)
    state(page, "recording")
    page.wait_for_timeout(2500)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    page.click("#next-question")
    state(page, "writing")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "writing-phone")
    # For what is left no camera is needed.
    page.reload()
    page.click("#begin")
    write(page)
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    page.click("#next-question")
    page.click("#submit-all")
    state(page, "complete")
    expect(page.locator(".receipt .answers li")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "thank-you-phone")


def test_who_refused_monitoring_is_not_noted_but_pasting_stays_off(device, interview):
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    page.click("#continue")
    choose(page, refused=("MONITORING",))
    page.click("#begin")
    state(page, "writing")
    write(page, "My own words.")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+x")
    expect(page.locator("#answer")).to_have_value("My own words.")
    expect(page.locator("#writing-note")).to_be_visible()
    page.click("#use-answer")
    expect(page.locator("#safe-to-close")).to_be_visible()
    assert interview.show()["proctorLogs"] == []
