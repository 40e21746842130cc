"""What reviewers are shown of how an interview was watched, of choices, of answers in writing, and of adjustments."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from parley import Interview, accepted, note_secret_address
from test_consent import choose
from test_monitoring import event, report
from test_text_answers import TEXT, assessment, write  # noqa: F401 - a fixture

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(browser, base, recruiter):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base)
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
    page = context.new_page()
    page.problems = []
    page.on("response", note_secret_address)
    page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    context.close()
    assert page.problems == []


@pytest.fixture
def interview(recruiter, candidates, assessment):  # noqa: F811
    """The first question asks for a video, the second for a text."""
    return Interview(recruiter, candidates[1], assessment).send().start()


def review(page, interview):
    page.goto(f"/async-interviews/{interview.id}")
    expect(page.locator("main")).to_have_attribute("data-state", "ready")


# ---- Monitoring ----------------------------------------------------------------

def test_the_report_tells_what_was_watched_noticed_and_missed(page, screens, interview, recording, database):
    database.execute("UPDATE async_interview SET opened_at = now() - interval '1 hour' WHERE id = %s", [interview.id])
    video, text = interview.questions
    interview.answer(video, recording)
    switches = [event(number, "TAB_SWITCH", questionId=question) for number, question in ((0, video), (1, video), (3, text))]
    accepted(report(interview, str(uuid.uuid4()), [*switches, event(5), event(6, "FULLSCREEN_EXIT", questionId=video, metadata={"atSecond": 12})], [
        {"name": "tab", "watchedSeconds": 200}, {"name": "window", "watchedSeconds": 199},
        {"name": "fullscreen", "watchedSeconds": 150, "unavailable": "the page was not in fullscreen"},
        {"name": "time-limit", "watchedSeconds": 200},
        {"name": "face", "watchedSeconds": 0, "unavailable": "not part of this installation"}]))
    review(page, interview)
    expect(page.locator("#integrity summary")).to_contain_text("Low")
    page.click("#integrity summary")
    lines = {line.get_attribute("data-detector"): line.inner_text().split("\n")[-1] for line in page.locator("#watched li").all()}
    assert lines == {
        "tab": "Watched all the time.", "window": "Watched all the time.", "time-limit": "Watched all the time.",
        "fullscreen": "Watched 2:30 of 3:20, otherwise the page was not in fullscreen.",
        "devtools": "Not watched: no page has reported on it.", "clipboard": "Not watched: no page has reported on it.",
        "face": "Not watched: not part of this installation."}
    expect(page.locator("#missing-events")).to_contain_text("2 events that the candidate’s page counted never arrived")
    expect(page.locator("#missing-events")).to_contain_text("number 3, 5.")
    left = page.locator("#noticed [data-event=TAB_SWITCH]")
    expect(left).to_contain_text("Left the interview’s tab: 3")
    expect(left).to_contain_text("Question 1: 2 · Question 2: 1")
    expect(left).to_contain_text("can cause this")
    expect(page.locator("#noticed [data-event=WINDOW_BLUR]")).to_contain_text("Between questions: 1")
    order = page.locator("#integrity ol li")
    expect(order).to_have_count(5)
    expect(order.filter(has_text="fullscreen")).to_contain_text("at second 12")
    screens.see(page, "review-integrity")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "review-integrity-phone")


def test_nothing_noticed_is_not_clean_where_nothing_was_watched(page, screens, interview, recording):
    interview.answer(interview.questions[0], recording)
    review(page, interview)
    expect(page.locator(".facts")).to_contain_text("Not monitored")
    expect(page.locator("#integrity summary")).to_contain_text("Not monitored")
    page.click("#integrity summary")
    expect(page.locator("#not-monitored")).to_contain_text("is not known")
    expect(page.locator("#integrity")).not_to_contain_text("Nothing was noticed")
    page.goto("/async-interviews")
    row = page.locator("tr", has=page.locator(f"a[href$='{interview.id}']"))
    expect(row.locator(".risk")).to_have_text("Not monitored")
    expect(row.locator(".answers")).to_contain_text("1 of 2")
    accepted(report(interview, str(uuid.uuid4()), [], [{"name": "tab", "watchedSeconds": 1}]))
    page.reload()
    expect(row.locator(".risk")).to_have_text("Low")


# ---- Choices and answers in writing --------------------------------------------

def test_a_written_answer_is_read_with_its_evidence(page, screens, interview, recording):
    video, text = interview.questions
    interview.answer(video, recording)
    accepted(write(interview, TEXT, text))
    accepted(choose(interview, locale="de", RECORDING=True, TRANSCRIPTION=True, ANALYSIS=True, MONITORING=True))
    accepted(interview.submit())
    evidence = interview.wait_until_analysed()["videoResponses"][1]["aiInsights"]["evidence"]
    assert evidence
    review(page, interview)
    page.click("#question-2")
    answer = page.locator("written-answer")
    assert answer.evaluate("element => element.textContent") == TEXT
    expect(page.locator("answer-player")).to_have_count(0)
    marked = "".join(answer.locator("mark").all_text_contents())
    assert all(each["quote"] in marked for each in evidence)
    page.locator(".quotes button").last.click()
    expect(answer.locator("mark.now")).to_have_text(re.compile("^" + re.escape(evidence[-1]["quote"][:20])))
    expect(page.locator("speech-timeline")).to_have_count(0)
    page.click("#consents summary")
    expect(page.locator("#consents")).to_contain_text("all agreed")
    expect(page.locator("#consents dl > div")).to_have_count(4)
    expect(page.locator("#consents dl > div").first).to_contain_text(re.compile("Agreed, .*Text of [0-9-]+ in German"))
    page.locator("score-form input[value='4']").check(force=True)
    page.click("#save-score")
    expect(page.locator("#score-status")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    screens.see(page, "review-written")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "review-written-phone")


def test_a_choice_against_the_engines_is_shown_as_a_choice(page, screens, interview, recording):
    accepted(choose(interview, RECORDING=True, TRANSCRIPTION=True, ANALYSIS=False, MONITORING=True))
    accepted(choose(interview, TRANSCRIPTION=False, MONITORING=False))
    video, text = interview.questions
    interview.answer(video, recording)
    accepted(write(interview, TEXT, text))
    accepted(interview.submit())
    interview.wait_until_analysed()
    review(page, interview)
    expect(page.locator("#transcript-declined")).to_contain_text("No disadvantage may follow")
    expect(page.locator("#analysis-declined")).to_have_text("The candidate chose human review only. No disadvantage may follow.")
    expect(page.locator("main")).not_to_contain_text("under way")
    page.click("#integrity summary")
    expect(page.locator("#monitoring-declined")).to_contain_text("chose not to be monitored")
    expect(page.locator("#watched")).to_have_count(0)
    page.click("#consents summary")
    expect(page.locator("#consents")).to_contain_text("3 declined")
    expect(page.locator("#consents dl > div").last).to_contain_text(re.compile("Declined, .*Before: Agreed, "))
    screens.see(page, "review-declined")
    page.click("#question-2")
    assert page.locator("written-answer").evaluate("element => element.textContent") == TEXT
    expect(page.locator("written-answer mark")).to_have_count(0)
    expect(page.locator("#analysis-declined")).to_be_visible()


# ---- Adjustments ---------------------------------------------------------------

def open_adjustments(page, interview):
    page.locator("tr", has=page.locator(f"a[href$='{interview.id}']")).locator(".more button").click()
    page.get_by_role("menuitem", name="Adjustments…").click()


def test_adjustments_are_made_in_the_list(page, screens, interview, recruiter):
    address = f"/api/async-interviews/{interview.id}/accommodations"
    page.goto("/async-interviews")
    trigger = page.locator("tr", has=page.locator(f"a[href$='{interview.id}']")).locator(".more button")
    trigger.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Open")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    dialog = page.locator("#adjustments")
    expect(dialog).to_contain_text("Those who score the answers do not see it.")
    expect(dialog.locator("input[name=timeMultiplier][value='1']")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    dialog.get_by_label("+2").check(force=True)
    dialog.get_by_label("No face or gaze monitoring").check()
    screens.see(page, "adjustments")
    page.set_viewport_size(PHONE)
    screens.see(page, "adjustments-phone")
    page.click("#save-adjustments")
    expect(dialog).to_have_count(0)
    expect(page.locator("#toast")).to_contain_text("are saved")
    expect(trigger).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "list-phone")
    given = {"timeMultiplier": 1.5, "untimedThinking": True, "extraTakes": 2, "withoutMonitoring": ["GAZE"]}
    assert recruiter.get(address) == given
    open_adjustments(page, interview)
    expect(dialog.get_by_label("1.5×")).to_be_checked()
    expect(dialog.get_by_label("No limit on thinking time")).to_be_checked()
    expect(dialog.get_by_label("No fullscreen")).not_to_be_checked()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert recruiter.get(address) == given


def test_who_may_not_adjust_is_told_kindly(page, screens, interview):
    page.goto("/async-interviews")
    page.route("**/accommodations", lambda route: route.fulfill(
        status=403, content_type="application/problem+json", body='{"status":403,"code":"ACCESS_DENIED","detail":"No."}'))
    open_adjustments(page, interview)
    expect(page.locator("#adjustments [role=alert]")).to_contain_text("only the person who created this interview")
    screens.see(page, "adjustments-denied")
    page.get_by_role("button", name="Close").click()
    expect(page.locator("#adjustments")).to_have_count(0)


def test_adjustments_come_too_late_for_what_was_submitted(page, interview, recording):
    video, text = interview.questions
    page.goto("/async-interviews")
    row = page.locator("tr", has=page.locator(f"a[href$='{interview.id}']"))
    open_adjustments(page, interview)
    interview.answer(video, recording)
    accepted(write(interview, TEXT, text))
    accepted(interview.submit())
    page.click("#save-adjustments")
    expect(page.locator("#adjustments [role=alert]")).to_contain_text("submitted")
    page.reload()
    row.locator(".more button").click()
    expect(page.get_by_role("menuitem")).to_have_text(["Open"])


def test_nothing_above_keeps_anybody_out(screens):
    """axe found nothing on any state of the pages above, in light or in dark."""
    seen = {name: found for name, found in screens.violations.items() if name.startswith(("review-", "adjustments", "list-phone"))}
    assert len(seen) > 10
    assert {name: found for name, found in seen.items() if found} == {}
