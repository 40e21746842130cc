"""Reviewers are asked, watch and read by keyboard, compare candidates, and see how far they agree."""

import re
import uuid

import psycopg
import pytest
from playwright.sync_api import expect

import speech
from conftest import new_colleague, shorter_assessment
from parley import Interview, accepted, eventually, is_problem
from test_decision import DESKTOP, PHONE, SAVED, colleague, pages, review, score_of, shown  # noqa: F401 - fixtures
from test_text_answers import TEXT, write

SPOKEN = "we had a team of six and the release froze so the team asked me and I told the team to ship"
WORD_SECONDS = 0.3


@pytest.fixture(scope="module")
def assessment(demo, organization):
    """The first question asks for a video, the second for a text."""
    identifier = shorter_assessment(demo, organization, "Seen side by side", 2)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s AND position = 2", [identifier])
    return identifier


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    return speech.record(speech.speak(SPOKEN, "rms", folder / "speech.wav", 2), folder / "answer.webm")


@pytest.fixture
def submit(recruiter, candidates, assessment, long_recording, demo):
    """Makes a submitted interview in whose video something is said, a word every 0.3 seconds."""
    def one(text=SPOKEN, candidate=1):
        interview = Interview(recruiter, candidates[candidate], assessment).send().start()
        video, written = interview.questions
        accepted(interview.save(video, interview.upload(video, long_recording), seconds=int(speech.seconds(long_recording))))
        accepted(write(interview, TEXT, written))
        accepted(interview.submit())
        interview.wait_until_analysed()
        words = [{"text": word, "start": round(index * WORD_SECONDS, 3), "end": round(index * WORD_SECONDS + 0.25, 3), "confidence": 0.9}
                 for index, word in enumerate(text.split())]
        with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
            connection.execute("""
                UPDATE video_response SET transcript = %s, transcript_status = 'complete',
                    transcript_data = transcript_data || jsonb_build_object('text', %s::text, 'words', %s::jsonb)
                WHERE async_interview_id = %s AND question_id = %s""", [text, text, psycopg.types.json.Jsonb(words), interview.id, video])
        return interview
    return one


def ready(page, address):
    page.goto(address)
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
    assert not re.search(r"\b(null|undefined|false|NaN)\b", page.inner_text("main"))


def fits(page):
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def second(page):
    return page.evaluate("document.querySelector('answer-player video').currentTime")


def wait_for_second(page, wanted):
    page.wait_for_function("wanted => Math.abs(document.querySelector('answer-player video').currentTime - wanted) < 0.1", arg=wanted)


# ---- The review page -------------------------------------------------------------

def test_reviewers_are_asked_score_blind_and_then_see_each_other(pages, screens, submit, recruiter, colleague):  # noqa: F811
    interview = submit()
    ours = pages(recruiter)
    review(ours, interview)
    asked = ours.locator("#asked")
    expect(asked).to_have_text("Nobody asked")
    asked.focus()
    ours.keyboard.press("Enter")
    dialog = ours.locator("#reviewers-dialog")
    expect(dialog).to_contain_text("scores without seeing what the others gave")
    dialog.locator(f"input[value='{colleague.account['id']}']").check()  # Others here have the same name.
    ours.route("**/reviewers", lambda route: route.abort())
    ours.click("#save-reviewers")
    expect(dialog.get_by_role("alert")).to_contain_text("nothing was changed")
    screens.see(ours, "reviewing-ask")
    fits(ours)
    screens.see(ours, "reviewing-ask-phone")
    ours.set_viewport_size(DESKTOP)
    ours.unroute("**/reviewers")
    own = recruiter.get("/api/auth/profile")["user"]
    dialog.locator(f"input[value='{own['id']}']").check()
    dialog.locator("#save-reviewers").focus()
    ours.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(asked).to_have_text("0 of 2 done")
    expect(asked).to_be_focused()

    # Only whoever created the interview, or an administrator, says who reviews.
    theirs = pages(colleague)
    review(theirs, interview)
    assert theirs.locator("#asked").evaluate("element => element.tagName") == "SPAN"
    theirs.keyboard.press("2")
    expect(theirs.locator("#score-status")).to_have_text(SAVED)
    theirs.fill("#score-notes", "Thin.")
    expect(theirs.locator("#score-status")).to_have_text(SAVED)
    theirs.click("#question-2")
    theirs.keyboard.press("5")
    eventually(lambda: "DONE" in {each["status"] for each in shown(recruiter, interview)["reviewers"]}, "their scores")

    ours.reload()
    expect(asked).to_have_text("1 of 2 done")
    expect(ours.locator("#others")).to_contain_text("Shown after you score")
    assert "Thin." not in ours.content()
    ours.keyboard.press("4")
    expect(ours.locator("#others")).to_contain_text("Thin.")
    asked.click()
    expect(dialog.locator("label", has=ours.locator(f"input[value='{colleague.account['id']}']"))).to_contain_text("has scored every answer")
    ours.keyboard.press("Escape")

    # What waits for whom is on the page of the evaluators.
    ready(ours, "/evaluators")
    row = ours.locator(f"tr[data-account='{own['id']}']")
    expect(row.locator(f"a[href='/async-interviews/{interview.id}']")).to_have_count(1)
    expect(ours.locator(f"tr[data-account='{colleague.account['id']}'] a[href='/async-interviews/{interview.id}']")).to_have_count(0)
    review(ours, interview)
    ours.keyboard.press("n")
    ours.keyboard.press("3")
    expect(asked).to_have_text("2 of 2 done")
    expect(ours.locator(".facts")).to_contain_text("Reviewed")


def test_captions_are_shown_and_stay_chosen(pages, screens, submit, recruiter, stranger):
    interview = submit()
    page = pages(recruiter)
    review(page, interview)
    button = page.get_by_role("button", name="Captions")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("c")
    expect(button).to_have_attribute("aria-pressed", "true")
    page.locator("transcript-view .word").nth(5).click()
    wait_for_second(page, 5 * WORD_SECONDS)
    page.wait_for_function("() => document.querySelector('answer-player video').textTracks[0].activeCues?.length === 1")
    assert page.evaluate("document.querySelector('answer-player video').textTracks[0].activeCues[0].text").split() == SPOKEN.split()[:20]
    screens.see(page, "reviewing-captions")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    assert page.evaluate("document.querySelector('answer-player video').textTracks[0].mode") == "disabled"
    # A written answer has none.
    page.keyboard.press("n")
    expect(page.locator("written-answer")).to_be_visible()
    expect(button).to_have_count(0)
    address = f"/api/async-interviews/{interview.id}/captions/{interview.questions[0]}"
    answer = recruiter.call("GET", address)
    assert answer.headers["Content-Type"] == "text/vtt; charset=utf-8" and answer.text.startswith("WEBVTT\n")
    is_problem(stranger.call("GET", address), "NOT_FOUND")
    is_problem(recruiter.call("GET", f"/api/async-interviews/{interview.id}/captions/{interview.questions[1]}"), "NOT_FOUND")


def test_words_are_found_and_the_video_goes_there(pages, screens, submit, recruiter):
    interview = submit()
    page = pages(recruiter)
    review(page, interview)
    page.keyboard.press("f")
    expect(page.locator("find-bar input")).to_be_focused()
    page.keyboard.type("THE team")
    status = page.locator("find-bar [role=status]")
    expect(status).to_have_text("2 found")
    assert second(page) == 0
    first, last = [index for index, pair in enumerate(zip(SPOKEN.split(), SPOKEN.split()[1:])) if pair == ("the", "team")]
    page.keyboard.press("Enter")
    expect(status).to_have_text("1 of 2")
    wait_for_second(page, first * WORD_SECONDS)
    page.keyboard.press("Enter")
    expect(status).to_have_text("2 of 2")
    wait_for_second(page, last * WORD_SECONDS)
    assert page.evaluate("[...CSS.highlights.get('found-current')].map(String)") == ["the team"]
    screens.see(page, "reviewing-find")
    page.keyboard.press("Shift+Enter")
    wait_for_second(page, first * WORD_SECONDS)
    page.get_by_role("button", name="Next place").click()
    wait_for_second(page, last * WORD_SECONDS)
    page.fill("find-bar input", "elephant")
    expect(status).to_have_text("Not found")
    # What is looked for is looked for in the next answer too.
    page.fill("find-bar input", TEXT.split()[0])
    page.click("#question-2")
    expect(status).to_contain_text("found")
    page.locator("find-bar input").press("Enter")
    expect(status).to_contain_text("1 of")
    page.locator("find-bar input").press("Escape")
    expect(status).to_have_text("")
    assert page.evaluate("CSS.highlights.get('found').size") == 0
    fits(page)
    screens.see(page, "reviewing-find-phone")


def test_an_answer_is_reviewed_by_keyboard_alone(pages, screens, submit, recruiter):
    interview = submit()
    page = pages(recruiter)
    review(page, interview)
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('answer-player video').currentTime > 0.4")
    page.keyboard.press("k")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")
    page.keyboard.press("l")
    page.wait_for_function("() => document.querySelector('answer-player video').currentTime > 5")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("j")
    wait_for_second(page, 0)
    page.keyboard.press(">")
    expect(page.locator("#speed")).to_have_value("1.25")
    assert page.evaluate("document.querySelector('answer-player video').playbackRate") == 1.25
    page.keyboard.press("<")
    expect(page.locator("#speed")).to_have_value("1")
    page.keyboard.press("4")
    expect(page.locator("#score-status")).to_have_text(SAVED)
    # Where one writes, a key is a letter.
    page.locator("#score-notes").focus()
    page.keyboard.type("5 people, n questions? f")
    expect(page.locator("#score-notes")).to_have_value("5 people, n questions? f")
    expect(page.locator("score-form input[value='4']")).to_be_checked()
    expect(page.locator("#score-status")).to_have_text(SAVED)
    page.locator("#score-notes").blur()
    page.keyboard.press("n")
    expect(page.locator("#question-2")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Space")
    page.keyboard.press("n")
    page.keyboard.press("2")
    expect(page.locator("#score-status")).to_have_text(SAVED)
    page.keyboard.press("p")
    expect(page.locator("#question-1")).to_have_attribute("aria-current", "true")
    page.keyboard.press("?")
    help_of = page.locator("#shortcuts")
    for label in ("Play or pause", "Score the answer", "Find in what was said", "Next question", "Captions"):
        expect(help_of).to_contain_text(label)
    screens.see(page, "reviewing-shortcuts")
    page.keyboard.press("Escape")
    assert sorted(each["score"] for each in shown(recruiter, interview)["evaluations"]) == [2, 4]


# ---- Comparison ------------------------------------------------------------------

def test_two_candidates_are_compared_on_one_question(pages, screens, submit, recruiter, colleague, candidates):  # noqa: F811
    first, other = submit(), submit("nobody asked the team and the plan failed twice", candidate=0)
    question = first.questions[0]
    accepted(score_of(colleague, first, question, 2, notes="Says nothing of themselves."))
    page = pages(recruiter)
    review(page, first)
    page.get_by_role("link", name="Compare").click()
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
    columns = page.locator(".column")
    expect(columns).to_have_count(1)
    expect(page.locator("#question-1")).to_have_attribute("aria-current", "true")
    page.locator(f"#answers input[value='{other.id}']").focus()
    page.keyboard.press("Space")
    expect(columns).to_have_count(2)
    expect(page).to_have_url(re.compile(f"interviews={first.id}%2C{other.id}"))
    expect(page.locator(f"#answers input[value='{other.id}']")).to_be_focused()
    here, there = (page.locator(f".column[data-interview='{each.id}']") for each in (first, other))
    expect(here.locator("transcript-view")).to_contain_text("the release froze")
    expect(there.locator("transcript-view")).to_contain_text("the plan failed twice")

    # One plays at a time.
    here.get_by_role("button", name="Play", exact=True).click()
    there.get_by_role("button", name="Play", exact=True).click()
    expect(here.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(there.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    there.get_by_role("button", name="Pause", exact=True).click()

    # Words are found in both, and each player goes to its own second.
    page.keyboard.press("Escape")
    page.fill("find-bar input", "the team")
    expect(page.locator("find-bar [role=status]")).to_have_text("3 found")
    page.locator("find-bar input").press("Shift+Enter")
    page.wait_for_function("id => Math.abs(document.querySelector(`[data-interview='${id}'] video`).currentTime - 0.6) < 0.1", arg=other.id)
    page.locator("find-bar input").press("Escape")

    # Blind here too: the other's score is shown once one's own is saved.
    expect(here).to_contain_text("Shown after you score")
    assert "Says nothing" not in page.content()
    expect(page.locator("#answers li", has=page.locator(f"input[value='{first.id}']"))).to_contain_text("1 other has scored")
    screens.see(page, "reviewing-compare")
    page.keyboard.press("[")
    expect(here).to_be_focused()
    page.keyboard.press("4")
    expect(here).to_contain_text("Says nothing of themselves.")
    expect(here.locator("[id$=score-status]")).to_have_text(SAVED)
    expect(page.locator("#answers li", has=page.locator(f"input[value='{first.id}']"))).to_contain_text("mean 3.0")
    page.keyboard.press("]")
    expect(there).to_be_focused()
    page.keyboard.press("3")
    expect(there.locator("[id$=score-status]")).to_have_text(SAVED)
    assert [(each["score"], each["questionId"]) for each in shown(recruiter, other)["evaluations"]] == [(3, question)]
    page.locator(".asked-line .rubric summary").click()
    here.locator("summary", has_text="Insights").click()
    screens.see(page, "reviewing-compare-scored", picture=True)

    # The next question, in writing; what is shown survives a reload.
    page.locator(".asked-line .rubric summary").blur()
    page.keyboard.press("n")
    expect(here.locator("written-answer")).to_be_visible()
    page.reload()
    expect(columns).to_have_count(2)
    expect(page.locator("#question-2")).to_have_attribute("aria-current", "true")
    fits(page)
    screens.see(page, "reviewing-compare-phone")
    page.set_viewport_size(DESKTOP)
    page.get_by_role("button", name=f"Remove {candidates[0]['name']} from the comparison").click()
    expect(columns).to_have_count(1)
    page.fill("#search-answers", "nobody of this name")
    expect(page.locator("#answers")).to_contain_text("Nobody of this name has answered")
    page.fill("#search-answers", candidates[0]["name"].split()[1].lower())
    expect(page.locator(f"#answers input[value='{other.id}']")).to_have_count(1)
    expect(page.locator(f"#answers input[value='{first.id}']")).to_have_count(0)


def test_what_cannot_be_compared_is_said(pages, screens, submit, recruiter, stranger, assessment):
    interview = submit()
    page = pages(recruiter)
    ready(page, f"/compare?assessment={assessment}&interviews={uuid.uuid4()},x,{interview.id}")
    expect(page.locator(".column")).to_have_count(1)
    expect(page.locator(".asked-line .notice")).to_contain_text("is not there")
    ready(page, f"/compare?assessment={assessment}")
    expect(page.locator(".columns")).to_contain_text("Choose candidates")
    screens.see(page, "reviewing-compare-none")
    page.goto(f"/compare?assessment={uuid.uuid4()}")
    expect(page.locator("main")).to_have_attribute("data-state", "error")
    page.route("**/answers?*", lambda route: route.abort())
    page.goto(f"/compare?assessment={assessment}")
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    page.unroute("**/answers?*")
    page.click("#try-again")
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
    question = interview.questions[0]
    is_problem(stranger.call("GET", f"/api/assessments/{assessment}/answers?questionId={question}"), "NOT_FOUND")
    empty = pages(stranger)
    for address, text in (("/compare", "Nothing to compare yet"), ("/calibration", "Nothing to calibrate yet")):
        ready(empty, address)
        expect(empty.locator("main")).to_contain_text(text)
        screens.see(empty, f"reviewing-empty{address.replace('/', '-')}")


# ---- Agreement -------------------------------------------------------------------

@pytest.fixture(scope="module")
def third(demo, base):
    return new_colleague(base, demo, "Percival Ainsworth", "ADMIN").account["id"]


def reviewed(database, assessment, candidate, accounts, rows):
    """Interviews whose review is finished, with the first question's scores, a row for each interview; None is no score."""
    for row in rows:
        [interview, question] = database.execute("""
            WITH made AS (
                INSERT INTO async_interview (organization_id, assessment_id, candidate_id, created_by_id, status, time_limit_seconds,
                    think_time_seconds, retake_policy, deadline_at, invitation_token_hash, invitation_email, submitted_at)
                SELECT organization_id, id, %(candidate)s, %(account)s, 'REVIEWED', 60, 30, 'ONE', now(), sha256(gen_random_uuid()::text::bytea), '', now()
                FROM assessment WHERE id = %(assessment)s RETURNING *)
            INSERT INTO interview (organization_id, assessment_id, candidate_id, async_interview_id)
            SELECT organization_id, assessment_id, candidate_id, id FROM made
            RETURNING id, (SELECT id FROM question WHERE assessment_id = %(assessment)s AND position = 1)""",
            {"assessment": assessment, "candidate": candidate, "account": accounts[0]}).fetchone()
        for account, score in zip(accounts, row):
            if score:
                database.execute("""
                    INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score)
                    SELECT organization_id, %s, id, %s, %s FROM account WHERE id = %s""", [interview, question, score, account])


def test_agreement_is_told_with_enough_and_with_too_little_data(pages, screens, recruiter, colleague, third, candidates, database, demo, organization):  # noqa: F811
    accounts = [recruiter.get("/api/auth/profile")["user"]["id"], colleague.account["id"], third]
    little = shorter_assessment(demo, organization, "Hardly reviewed", 1)
    reviewed(database, little, candidates[1]["id"], accounts, [(4, 4, None)])
    page = pages(recruiter)
    ready(page, f"/calibration?assessment={little}")
    expect(page.locator("#basis")).to_contain_text("1 interview whose review is finished: 1 answer, 2 reviewers")
    for measure in ("single", "average", "alpha"):
        expect(page.locator(f"#{measure}")).to_contain_text("Not enough data")
    expect(page.locator("#severity")).to_contain_text("Not enough data")
    expect(page.locator("#pairs")).to_contain_text("Not enough data")
    assert "0.00" not in page.locator("main").inner_text()
    screens.see(page, "reviewing-calibration-little")

    # The matrix of Tests/Fixtures/ShowAgreement/success.json, whose measures are known.
    enough = shorter_assessment(demo, organization, "Reviewed by three", 1)
    reviewed(database, enough, candidates[1]["id"], accounts, [(1, 2, 1), (2, 2, 3), (3, 4, 3), (4, 4, 5), (5, 4, 5), (3, 3, None)])
    page.reload()
    page.select_option("#assessment", enough)
    expect(page).to_have_url(re.compile(enough))
    expect(page.locator("#single .big")).to_have_text("0.84")
    expect(page.locator("#single")).to_contain_text("poor to excellent agreement")
    expect(page.locator("#single")).to_contain_text("95 % interval 0.47 to 0.98")
    expect(page.locator("#single")).to_contain_text("5 answers, 1 left out")
    expect(page.locator("#average .big")).to_have_text("0.94")
    expect(page.locator("#alpha .big")).to_have_text("0.84")
    expect(page.locator("#alpha")).to_contain_text("reliable")
    assert sorted(page.locator("#pairs td:nth-child(2)").all_text_contents()) == ["0.69", "0.80", "0.91"]
    severity = page.locator("#severity")
    expect(severity.locator("tr", has_text="Percival Ainsworth")).to_contain_text("0.30 higher than others, which may be chance")
    expect(severity.locator("tr", has_text="Ottilie Marchbanks")).to_contain_text("the same as others")
    page.click("#reading summary")
    screens.see(page, "reviewing-calibration")
    page.go_back()
    expect(page.locator("#single")).to_contain_text("Not enough data")
    page.go_forward()
    expect(page.locator("#single .big")).to_have_text("0.84")
    fits(page)
    screens.see(page, "reviewing-calibration-phone")
    is_problem(recruiter.call("GET", "/api/evaluators?days=0"), "VALIDATION_FAILED")

    page.set_viewport_size(DESKTOP)
    ready(page, "/evaluators")
    row = page.locator(f"tr[data-account='{third}']")
    expect(row).to_contain_text("5 answers in 5 interviews")
    expect(row).to_contain_text("higher than others")
    assert row.locator(".spread svg").get_attribute("aria-label") == "Scores by Percival Ainsworth: 1: 1, 2: 0, 3: 2, 4: 0, 5: 2"
    screens.see(page, "reviewing-evaluators")
    page.get_by_role("link", name="Last 30 days").click()
    expect(page).to_have_url(re.compile(r"days=30$"))
    expect(page.get_by_role("link", name="Last 30 days")).to_be_focused()
    fits(page)
    screens.see(page, "reviewing-evaluators-phone")
    page.route("**/api/evaluators?*", lambda route: route.abort())
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    page.unroute("**/api/evaluators?*")
    page.click("#try-again")
    expect(page.locator("main")).to_have_attribute("data-state", "ready")


def test_nothing_above_keeps_anybody_out(screens):
    """axe found nothing on any state of the pages above, in light or in dark."""
    seen = {name: found for name, found in screens.violations.items() if name.startswith("reviewing-")}
    assert len(seen) > 30
    assert {name: found for name, found in seen.items() if found} == {}
