"""Two reviewers score blind, agree or not, and come to a decision."""

import re
import uuid

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import new_colleague, shorter_assessment
from parley import Interview, accepted, is_problem, note_secret_address
from test_monitoring import event, report
from test_text_answers import TEXT, write

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture(scope="module")
def assessment(demo, organization):
    """Two questions, answered in writing."""
    identifier = shorter_assessment(demo, organization, "Decided together", 2)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [identifier])
    return identifier


@pytest.fixture(scope="module")
def colleague(base, demo):
    return new_colleague(base, demo, "Ottilie Marchbanks")


@pytest.fixture
def submit(recruiter, candidates, assessment, demo):
    """Makes a submitted and analysed interview whose answers the engine would give a 3."""
    def one():
        interview = Interview(recruiter, candidates[1], assessment).send().start()
        accepted(report(interview, str(uuid.uuid4()), [
            event(0, "MULTIPLE_FACES", questionId=interview.questions[0], metadata={"faceCount": 2}), event(1, "WINDOW_BLUR")],
            [{"name": "tab", "watchedSeconds": 60}]))
        for question in interview.questions:
            accepted(write(interview, TEXT, question))
        accepted(interview.submit())
        interview.wait_until_analysed()
        with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
            connection.execute("""
                UPDATE video_response SET ai_insights = ai_insights || '{"suggestedScore": 3, "confidence": 0.8}'
                WHERE async_interview_id = %s""", [interview.id])
        return interview
    return one


@pytest.fixture
def pages(browser, base):
    """Opens a page as somebody; fails if anything goes wrong in one."""
    opened = []

    def open_one(client):
        context = browser.new_context(viewport=DESKTOP, base_url=base)
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.problems = []
        page.on("response", note_secret_address)
        page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        opened.append(page)
        return page
    yield open_one
    for page in opened:
        page.context.close()
        assert page.problems == []


def review(page, interview):
    page.goto(f"/async-interviews/{interview.id}")
    expect(page.locator("main")).to_have_attribute("data-state", "ready")


def choose(page, score):
    page.locator(f"score-form input[value='{score}']").check(force=True)


def score_of(client, interview, question, score, **more):
    return client.call("POST", f"/api/async-interviews/{interview.id}/score", {"questionId": question, "score": score, **more})


def shown(client, interview):
    return client.get(f"/api/async-interviews/{interview.id}")


# ---- The pages -------------------------------------------------------------------

def test_two_reviewers_score_blind_and_decide(pages, screens, submit, recruiter, colleague, assessment):
    interview = submit()
    recruiter_id = recruiter.get("/api/auth/profile")["user"]["id"]
    accepted(recruiter.call("PUT", f"/api/async-interviews/{interview.id}/reviewers", {"accountIds": [recruiter_id, colleague.account["id"]]}))
    # The colleague comes first. What is chosen and written is saved without a click.
    theirs = pages(colleague)
    review(theirs, interview)
    expect(theirs.locator("#others")).to_have_text("Nobody else has scored this answer.")
    expect(theirs.locator("#score-reason")).to_be_hidden()
    choose(theirs, 2)
    expect(theirs.locator("#score-reason")).to_be_visible()
    theirs.fill("#score-reason", "The quote is about somebody else.")
    theirs.fill("#score-notes", "Thin.")
    expect(theirs.locator("#score-status")).to_have_text(SAVED)
    screens.see(theirs, "decision-reason")
    theirs.click("#question-2")
    choose(theirs, 4)
    expect(theirs.locator("#score-status")).to_have_text(SAVED)
    assert shown(colleague, interview)["status"] == "SUBMITTED"

    ours = pages(recruiter)
    review(ours, interview)
    expect(ours.locator("#others")).to_have_text("1 other has scored this answer. Shown after you score.")
    assert "Thin." not in ours.content() and "somebody else" not in ours.content()
    ours.click("#decision > summary")
    expect(ours.locator("#totals")).to_contain_text("0 of 2")
    expect(ours.locator("#reviewers")).to_contain_text("Ottilie Marchbanks")
    screens.see(ours, "decision-blind")
    ours.click("#save-decision")
    expect(ours.locator("#decision-failure")).to_have_text("Choose a recommendation.")
    ours.locator("#recommend-advance").check(force=True)
    ours.click("#save-decision")
    expect(ours.locator("#decision-failure")).to_have_text("Say why.")
    expect(ours.locator("#decision-reason")).to_be_focused()
    ours.fill("#decision-reason", "Strong.")
    ours.click("#save-decision")
    expect(ours.locator("#decision-failure")).to_contain_text("The review is not complete")
    # By keyboard: the arrows choose.
    ours.locator("score-form input[value='3']").focus()
    ours.keyboard.press("ArrowRight")
    expect(ours.locator("#score-status")).to_have_text(SAVED)
    expect(ours.locator("#others")).to_contain_text("Ottilie Marchbanks")
    expect(ours.locator("#others")).to_contain_text("Thin.")
    expect(ours.locator("#others")).to_contain_text("Not the suggested 3: The quote is about somebody else.")
    ours.click("#question-2")
    expect(ours.locator("#others")).to_contain_text("Shown after you score")
    ours.click("#save-score")
    expect(ours.locator("#score-status")).to_have_text(SAVED)
    expect(ours.locator("#totals .overall")).to_contain_text("3.25")
    expect(ours.locator(".facts")).to_contain_text("Reviewed")
    screens.see(ours, "decision-totals")

    # What was written for the decision is still there.
    expect(ours.locator("#decision-reason")).to_have_value("Strong.")
    ours.click("#save-decision")
    expect(ours.locator("#decision-state")).to_have_text("Advance")
    expect(ours.locator("#scores-closed")).to_be_visible()
    expect(ours.locator("score-form input[value='5']")).to_be_disabled()
    screens.see(ours, "decision-made")
    ours.set_viewport_size(PHONE)
    assert ours.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(ours, "decision-phone")
    ours.set_viewport_size(DESKTOP)

    # Notes alone are no new decision.
    ours.fill("#decision-notes", "Ask for a start date.")
    with ours.expect_response(lambda response: response.request.method == "PATCH"):
        ours.click("#save-decision")
    expect(ours.locator("#decision-failure")).to_be_hidden()
    ours.reload()
    expect(ours.locator("#decision-notes")).to_have_value("Ask for a start date.")
    assert len(shown(recruiter, interview)["decisionLedger"]) == 1

    # The colleague's page knows nothing of it yet, and what it saves is refused kindly.
    choose(theirs, 5)
    expect(theirs.locator("#score-status")).to_contain_text("Not saved: This interview is decided")
    ours.click("#reopen")
    expect(ours.locator("#decision-state")).to_have_text("Open")
    ours.click("#decision-history summary")
    expect(ours.locator("#decision-history")).to_contain_text("Reopened")
    expect(ours.locator("#decision-history")).to_contain_text("Strong.")

    agreement = recruiter.get(f"/api/assessments/{assessment}/agreement")
    assert agreement["interviews"] == 0 and agreement["single"]["reason"] == "not enough data"
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {"status": "REVIEWED"}))
    agreement = recruiter.get(f"/api/assessments/{assessment}/agreement")
    assert (agreement["interviews"], agreement["answers"], agreement["reviewers"]) == (1, 2, 2)
    assert agreement["pairs"][0]["kappa"]["answers"] == 2


def test_a_score_from_two_tabs_is_not_lost(pages, screens, submit, recruiter):
    interview = submit()
    first, second = pages(recruiter), pages(recruiter)
    review(first, interview)
    review(second, interview)
    choose(first, 4)
    expect(first.locator("#score-status")).to_have_text(SAVED)
    choose(second, 2)
    expect(second.locator("#score-conflict")).to_contain_text("You scored this answer 4 in another tab or browser")
    screens.see(second, "decision-conflict")
    second.click("#keep-mine")
    expect(second.locator("#score-status")).to_have_text(SAVED)
    assert [each["score"] for each in shown(recruiter, interview)["evaluations"]] == [2]
    choose(first, 5)
    first.click("#take-other")
    expect(first.locator("score-form input[value='2']")).to_be_checked()
    assert [each["score"] for each in shown(recruiter, interview)["evaluations"]] == [2]


def test_notes_and_decisions_of_two_people_do_not_overwrite_each_other(pages, screens, submit, recruiter, colleague):
    interview = submit()
    for question in interview.questions:
        accepted(score_of(recruiter, interview, question, 4))
    page = pages(recruiter)
    review(page, interview)
    page.click("#decision > summary")
    page.fill("#decision-notes", "Call on Monday.")
    accepted(colleague.call("PATCH", f"/api/async-interviews/{interview.id}", {"recommendation": "hold", "reason": "Thin."}))
    page.click("#save-decision")
    expect(page.locator("#decision-failure")).to_contain_text("changed meanwhile")
    expect(page.locator("#decision-state")).to_have_text("Hold")
    expect(page.locator("#decision-failure")).to_contain_text("recommendation hold")
    expect(page.locator("#decision-notes")).to_have_value("Call on Monday.")
    screens.see(page, "decision-stale")
    assert shown(recruiter, interview)["recruiterNotes"] is None
    # What was not edited here is theirs by now, so saving again adds the notes and nothing else.
    expect(page.locator("#recommend-hold")).to_be_checked()
    page.click("#save-decision")
    expect(page.locator("#decision-failure")).to_be_hidden()
    told = shown(recruiter, interview)
    assert (told["recruiterNotes"], told["recommendation"], len(told["decisionLedger"])) == ("Call on Monday.", "hold", 1)


def test_what_is_being_pressed_stays_while_others_score(pages, submit, recruiter, colleague):
    interview = submit()
    accepted(recruiter.call("PUT", f"/api/async-interviews/{interview.id}/reviewers", {"accountIds": [colleague.account["id"]]}))
    page = pages(recruiter)
    review(page, interview)
    page.click("#decision > summary")
    expect(page.locator("#asked")).to_have_text("0 of 1 done")
    page.locator("#recommend-advance").hover(force=True)
    page.mouse.down()
    for question in interview.questions:
        accepted(score_of(colleague, interview, question, 4))
    page.dispatch_event("decision-panel", "outdated")
    expect(page.locator("#asked")).to_have_text("1 of 1 done")
    page.locator("#recommend-advance").hover(force=True)  # What is above it has become longer.
    page.mouse.up()
    expect(page.locator("#recommend-advance")).to_be_checked()


def test_what_cannot_be_sent_is_sent_later(pages, submit, recruiter):
    interview = submit()
    page = pages(recruiter)
    review(page, interview)
    page.route("**/score", lambda route: route.abort())
    choose(page, 4)
    expect(page.locator("#score-status")).to_contain_text("no connection")
    page.unroute("**/score")
    expect(page.locator("#score-status")).to_have_text(SAVED)
    assert [each["score"] for each in shown(recruiter, interview)["evaluations"]] == [4]


def test_events_are_dismissed_with_a_reason_and_stay(pages, screens, submit, recruiter):
    interview = submit()
    page = pages(recruiter)
    review(page, interview)
    page.click("#integrity summary")
    expect(page.locator("#integrity > summary")).to_contain_text("High")
    faces = page.locator("#noticed [data-event=MULTIPLE_FACES]")
    faces.get_by_role("button", name="Dismiss").click()
    expect(faces.locator("input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(faces.locator("input")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.type("It is a poster.")
    screens.see(page, "decision-dismissing")
    page.keyboard.press("Enter")
    expect(faces).to_contain_text("Question 1: dismissed by")
    expect(faces).to_contain_text("It is a poster.")
    expect(page.locator("#integrity > summary")).to_contain_text("High")
    expect(page.locator("#integrity > summary")).to_contain_text("Low after dismissals")
    screens.see(page, "decision-dismissed")
    told = recruiter.get(f"/api/async-interviews/{interview.id}/proctors")
    assert (told["totalEvents"], told["overallRiskLevel"], told["afterDismissals"]["overallRiskLevel"]) == (2, "high", "low")
    faces.get_by_role("button", name="Confirm").click()
    page.keyboard.type("It moves.")
    page.keyboard.press("Enter")
    expect(faces).to_contain_text("Question 1: confirmed by")
    expect(page.locator("#integrity > summary")).not_to_contain_text("after dismissals")


# ---- The routes ------------------------------------------------------------------

def test_the_ledger_has_each_change_of_mind_once(submit, recruiter, database):
    interview = submit()
    question = interview.questions[0]
    for more in ({"score": 3, "reason": "None is needed."}, {"score": 3, "notes": "Only a note."}, {"score": 5, "reason": " Both sides. "}, {"score": 5, "reason": "Both sides.", "notes": "."}):
        score = more.pop("score")
        accepted(score_of(recruiter, interview, question, score, **more))
    ledger = shown(recruiter, interview)["scoreLedger"]
    assert [(each["suggested"], each["given"], each["reason"]) for each in ledger] == [(3, 3, None), (3, 5, "Both sides.")]
    assert ledger[0]["engineName"] and ledger[0]["engineVersion"]


def test_the_mean_is_a_whole_level_and_the_decision_is_exact(submit, recruiter, colleague):
    interview = submit()
    first, second = interview.questions
    for client, scores in ((recruiter, (5, 2)), (colleague, (4, 3))):
        for question, score in zip((first, second), scores):
            accepted(score_of(client, interview, question, score))
    told = shown(colleague, interview)
    assert [each["recruiterScore"] for each in told["videoResponses"]] == [5, 3]
    assert (told["decision"]["overall"], told["decision"]["coveredWeight"]) == (3.5, 1)
    assert sorted(each["score"] for each in told["decision"]["perCompetency"]) == [2.5, 4.5]


def test_a_review_waits_for_everybody_who_was_asked(submit, recruiter, colleague, stranger):
    interview = submit()
    path = f"/api/async-interviews/{interview.id}"
    accepted(recruiter.call("PUT", f"{path}/reviewers", {"accountIds": [colleague.account["id"]]}))
    is_problem(colleague.call("PUT", f"{path}/reviewers", {"accountIds": []}), "ACCESS_DENIED")
    for question in interview.questions:
        accepted(score_of(recruiter, interview, question, 4))
    assert shown(recruiter, interview)["status"] == "SUBMITTED"
    decision = {"recommendation": "hold", "reason": "Thin."}
    is_problem(recruiter.call("PATCH", path, decision), "CONFLICT")
    accepted(recruiter.call("PUT", f"{path}/reviewers", {"accountIds": []}))
    assert shown(recruiter, interview)["status"] == "REVIEWED"
    accepted(recruiter.call("PUT", f"{path}/reviewers", {"accountIds": [colleague.account["id"]]}))
    assert shown(recruiter, interview)["status"] == "SUBMITTED"
    for question in interview.questions:
        accepted(score_of(colleague, interview, question, 2))
    decided = accepted(colleague.call("PATCH", path, decision))
    assert (decided["status"], decided["reviewedBy"]["name"]) == ("REVIEWED", "Ottilie Marchbanks")
    is_problem(score_of(recruiter, interview, interview.questions[0], 1), "CONFLICT")
    stale = is_problem(recruiter.call("PATCH", path, {**decision, "version": "none"}), "CONFLICT")
    assert decided["decisionUpdatedAt"] in stale["detail"]
    for address, method, body in (("", "PATCH", decision), ("/proctors", "GET", None), ("/reviewers", "PUT", {"accountIds": []})):
        is_problem(stranger.call(method, path + address, body), "NOT_FOUND")


def test_nothing_above_keeps_anybody_out(screens):
    """axe found nothing on any state of the pages above, in light or in dark."""
    seen = {name: found for name, found in screens.violations.items() if name.startswith("decision-")}
    assert len(seen) > 10
    assert {name: found for name, found in seen.items() if found} == {}
