"""The deadline on the candidate's page: nothing is begun after it, and what was begun is not lost."""

import pytest
from playwright.sync_api import expect

from parley import Interview, eventually, moment
from screens import agree, pass_device_check, state
from test_text_answers import only_text  # noqa: F401


@pytest.fixture
def invite(recruiter, candidates, one_question):
    return lambda assessment=one_question, **settings: Interview(
        recruiter, candidates[1], assessment, **{"thinkTimeSeconds": 60, "retakePolicy": "ONE", **settings}).send()


def begin(context, interview):
    interview.start()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "thinking")
    return page


def pass_deadline(page, database, interview):
    """As if it were later, for the server and, without a reload, for the page."""
    database.execute("""
        UPDATE async_interview SET started_at = started_at - interval '2 hours', deadline_at = now() - interval '1 second'
        WHERE id = %s""", [interview.id])
    database.execute("UPDATE take SET begun_at = begun_at - interval '1 minute' WHERE async_interview_id = %s", [interview.id])
    database.execute(
        "UPDATE opened_question SET opened_at = opened_at - interval '1 minute' WHERE async_interview_id = %s", [interview.id])
    page.evaluate("const now = Date.now; Date.now = () => now() + 2 * 3_600_000")


def test_the_deadline_while_thinking_closes_the_interview_and_says_whom_to_write_to(device, invite, database, screens, demo):
    interview = invite()
    page = begin(device(), interview)
    pass_deadline(page, database, interview)
    state(page, "gone")
    expect(page.locator("main a[href^='mailto:']")).to_have_text(demo["recruiter"]["email"])
    screens.see(page, "gone-thinking")
    page.reload()
    page.click("#finish-begun")
    state(page, "gone")


def test_an_answer_under_way_is_finished_and_everything_submitted(device, invite, database, screens):
    interview = invite()
    page = begin(device(), interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(2000)
    pass_deadline(page, database, interview)
    expect(page.locator("#recording-late")).to_have_text("The deadline has passed. Your answer still counts: finish it.")
    screens.see(page, "recording-late")
    page.click("#stop-recording")
    state(page, "reviewing")
    expect(page.locator("#review-late")).to_be_visible()
    expect(page.locator("#re-record")).to_have_count(0)
    screens.see(page, "reviewing-late")
    page.click("#use-take")
    state(page, "complete")
    expect(page.locator("#submitted-late")).to_be_visible()
    screens.see(page, "thank-you-late")
    assert interview.show()["status"] == "SUBMITTED"


def test_what_was_noticed_arrives_before_everything_is_submitted(device, invite, database):
    interview = invite()
    page = begin(device(), interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(1000)
    page.evaluate("document.exitFullscreen()")
    page.click("#finish-answer")
    pass_deadline(page, database, interview)
    expect(page.locator("#review-late")).to_be_visible()
    held = []
    page.route("**/proctor-events", lambda route: route.continue_() if held else held.append(route))
    # However long this test takes.
    page.evaluate("const set = setTimeout; window.setTimeout = (work, after) => set(work, after === 10_000 ? 600_000 : after)")
    submissions = []
    page.on("request", lambda request: submissions.append(request.url) if request.url.endswith("/submit") else None)
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    eventually(lambda: page.evaluate("1") and held, "what was noticed")
    assert submissions == []
    held[0].continue_()
    state(page, "complete")
    assert "FULLSCREEN_EXIT" in [each["eventType"] for each in interview.show()["proctorLogs"]]


def test_who_had_not_answered_everything_learns_what_was_saved(device, invite, two_questions, database, screens):
    interview = invite(two_questions)
    page = begin(device(), interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(2000)
    pass_deadline(page, database, interview)
    page.click("#stop-recording")
    page.click("#use-take")
    state(page, "gone")
    expect(page.locator("#gone-saved")).to_have_text("1 answer was saved")
    expect(page.locator(".answers li")).to_have_count(1)
    screens.see(page, "gone-saved")
    assert len(interview.show()["videoResponses"]) == 1


def test_a_reload_within_the_grace_loses_nothing(device, invite, database, screens):
    interview = invite()
    context = device()
    page = begin(context, interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(3000)
    pass_deadline(page, database, interview)
    page.close()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    expect(page.locator("#deadline-countdown")).to_have_text("The deadline has passed")
    expect(page.locator(".lead").first).to_contain_text("can still be finished until")
    screens.see(page, "intro-late")
    page.click("#review-kept")
    state(page, "reviewing")
    expect(page.locator("#re-record")).to_have_count(0)
    page.click("#use-take")
    state(page, "complete")
    assert interview.show()["status"] == "SUBMITTED"


def test_what_was_being_written_is_finished(device, invite, only_text, database, screens):  # noqa: F811
    interview = invite(only_text)
    context = device()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    agree(page)
    page.click("#begin")
    state(page, "writing")
    page.locator("#answer").press_sequentially("A thought")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved", timeout=15_000)
    pass_deadline(page, database, interview)
    expect(page.locator("#writing-late")).to_be_visible()
    screens.see(page, "writing-late")
    page.reload()
    page.click("#finish-begun")
    expect(page.locator("#answer")).to_have_value("A thought")
    page.click("#use-answer")
    state(page, "complete")
    assert interview.show()["status"] == "SUBMITTED"


def test_everything_answered_can_still_be_submitted(device, invite, recording, database, screens):
    interview = invite().start()
    interview.answer(interview.questions[0], recording)
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    pass_deadline(page, database, interview)
    page.reload()
    state(page, "final")
    expect(page.locator("#final-late")).to_be_visible()
    screens.see(page, "final-late")
    page.click("#submit-all")
    state(page, "complete")


def test_after_the_grace_everything_is_over(device, invite, database):
    interview = invite().start()
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    database.execute("UPDATE async_interview SET deadline_at = now() - interval '2 hours' WHERE id = %s", [interview.id])
    page.reload()
    state(page, "gone")
    expect(page.locator("main")).to_contain_text("ada@northwind.example")


def test_the_overview_closes_when_the_deadline_passes_before_anything_began(device, invite, database):
    interview = invite(deadlineAt=moment(3600))
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    pass_deadline(page, database, interview)
    state(page, "gone")


def test_a_deadline_that_was_moved_meanwhile_holds(device, invite, database):
    interview = invite(deadlineAt=moment(3600))
    page = begin(device(), interview)
    # By what this page has heard, it is over.
    page.evaluate("const now = Date.now; Date.now = () => now() + 2 * 3_600_000")
    state(page, "intro")
    expect(page.locator("#deadline-countdown")).to_contain_text("Closes in")
    page.click("#begin")
    state(page, "thinking")
    page.click("#start-recording")
    state(page, "recording")
    page.evaluate("const earlier = Date.now; Date.now = () => earlier() + 2 * 3_600_000")
    expect(page.locator("#recording-late")).to_be_visible()
    page.wait_for_timeout(1000)
    page.click("#stop-recording")
    page.click("#use-take")
    # Nothing is submitted that nobody has submitted.
    state(page, "intro")
    page.click("#go-to-final")
    state(page, "final")
    assert interview.show()["status"] == "IN_PROGRESS"
