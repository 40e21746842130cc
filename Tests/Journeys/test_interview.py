"""The main job, end to end: invited by mail, recorded in a real browser, transcribed, reviewed, scored."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

import speech
from machine import mails
from parley import Interview, eventually, note_secret_address
from screens import pass_device_check

DESKTOP = {"width": 1280, "height": 800}
NOTES = "Brings both sides together before deciding. Ask for the follow-up in the next round."
OUTRO = "Thank you for your time. We will write to you within a week."


@pytest.fixture(scope="module")
def interview(recruiter, candidates, two_questions):
    return Interview(
        recruiter, candidates[0], two_questions, timeLimitSeconds=90, thinkTimeSeconds=60,
        introMessage="We look forward to meeting you. There are two questions, and you may record each twice.",
        outroMessage=OUTRO).send()


@pytest.fixture(scope="module")
def voices(tmp_path_factory):
    """For each answer the microphone's sound and the words in it."""
    folder = tmp_path_factory.mktemp("voices")
    return [
        {"text": answer["text"], "sound": speech.speak(answer["text"], answer["voice"], folder / f"{index}.wav")}
        for index, answer in enumerate(speech.answers()[:2])]


def test_the_invitation_arrives_by_mail(run, interview, candidates, demo):
    link = interview.created["candidateURL"]
    mail = eventually(lambda: next((
        each for each in mails(run, to=candidates[0]["email"]) if link in each.get_body(["plain"]).get_content()), None),
        "the invitation")
    assert "Software Engineer" in mail["Subject"] and "Northwind Labs" in mail["Subject"]
    assert mail["To"].addresses[0].display_name == candidates[0]["name"]
    assert mail["Message-ID"] and mail["Date"] and mail["From"]
    assert link.startswith(f"{demo['baseURL']}/interview/")
    for kind in ("plain", "html"):
        part = mail.get_body([kind])
        assert part.get_content_type() == f"text/{kind}"
        assert link in part.get_content()
    assert "We look forward to meeting you." in mail.get_body(["plain"]).get_content()


def test_the_candidate_records_two_answers_and_submits(interview, voices, open_browser, screens, database):
    with at_the_interview(open_browser, voices[0], interview) as page:
        screens.see(page, "intro", picture=True)
        pass_device_check(page, screens)
        expect(page.locator("#progress")).to_contain_text("Question 1 of 2")
        screens.see(page, "thinking")
        record(page, 2)
        screens.see(page, "reviewing")
        page.click("#re-record")
        record(page, speech.seconds(voices[0]["sound"]) + 1, lambda: screens.see(page, "recording", picture=True))
        expect(page.locator("#re-record")).to_have_count(0)
        expect(page.locator(".take-line")).to_contain_text("Take 2")
        screens.see(page, "reviewing-last-take")
        page.click("#use-take")
        expect(page.locator("#safe-to-close")).to_be_visible(timeout=30_000)
        screens.see(page, "saved")
        page.click("#next-question")
        expect(page.locator("#progress")).to_contain_text("Question 2 of 2")
    # The tab is closed in the middle of the second question; another day, another browser.
    with at_the_interview(open_browser, voices[1], interview) as page:
        expect(page.locator(".lead").first).to_contain_text("1 of 2 answers are saved")
        screens.see(page, "welcome-back")
        pass_device_check(page)
        expect(page.locator("#progress")).to_contain_text("Question 2 of 2")
        record(page, speech.seconds(voices[1]["sound"]) + 1)
        page.click("#use-take")
        expect(page.locator("#safe-to-close")).to_be_visible(timeout=30_000)
        page.click("#next-question")
        expect(page.locator("main")).to_have_attribute("data-state", "final")
        screens.see(page, "final")
        page.click("#submit-all")
        expect(page.locator("main")).to_have_attribute("data-state", "complete")
        expect(page.locator("main")).to_contain_text(OUTRO)
        screens.see(page, "thank-you")
        page.reload()
        expect(page.locator("main")).to_have_attribute("data-state", "complete")
    saved = database.execute(
        "SELECT take_number, retakes_used, duration_seconds FROM video_response v JOIN question q ON q.id = v.question_id "
        "WHERE async_interview_id = %s ORDER BY position", [interview.id]).fetchall()
    assert [(take, retakes) for take, retakes, _ in saved] == [(2, 1), (1, 0)]
    for (_, _, duration), voice in zip(saved, voices):
        assert abs(duration - speech.seconds(voice["sound"])) < 10


def test_the_transcripts_hold_what_was_said(interview, voices):
    shown = interview.wait_until_analysed(patience=240)
    answers = [response_to(shown, question) for question in shown["questions"]]
    for answer, voice in zip(answers, voices):
        spoken = speech.content_words(voice["text"])
        understood = speech.content_words(answer["transcript"])
        assert len(spoken & understood) / len(spoken) > 0.5, answer["transcript"]
        assert [word["start"] for word in answer["transcriptWords"]] == sorted(word["start"] for word in answer["transcriptWords"])
        # Only that it is a pace: a loaded machine drops sound while it records. Tests/SpeechTests measure it.
        assert 60 < answer["aiInsights"]["speakingPacePWM"] < 400
        assert answer["aiInsights"]["engine"]["limits"]
    # Each answer was heard for its own question, not the other one's.
    own, other = (speech.content_words(answer["transcript"]) for answer in answers)
    first, second = (speech.content_words(voice["text"]) for voice in voices)
    assert len(own & first) > len(own & second) and len(other & second) > len(other & first)


def test_the_recruiter_is_called_once(run, interview, candidates, demo, database):
    def calls():
        return [each for each in mails(run, to=demo["recruiter"]["email"], subject=candidates[0]["name"])
                if f"/async-interviews/{interview.id}" in each.get_body(["plain"]).get_content()]
    assert len({each["Message-ID"] for each in eventually(calls, "the call to review")}) == 1


def test_the_recruiter_watches_reads_and_scores(interview, candidates, demo, browser, screens, database, base):
    context = browser.new_context(viewport=DESKTOP, base_url=base)
    page = context.new_page()
    page.on("response", note_secret_address)
    page.goto(f"/async-interviews/{interview.id}")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    screens.see(page, "sign-in")
    page.fill("#email", demo["recruiter"]["email"])
    page.fill("#password", "not the password")
    page.click("#submit")
    expect(page.locator("#failure")).to_be_visible()
    screens.see(page, "sign-in-refused")
    page.fill("#password", demo["recruiter"]["password"])
    page.click("#submit")
    expect(page).to_have_url(f"{base}/async-interviews/{interview.id}")
    expect(page.locator("h1")).to_have_text(candidates[0]["name"])
    answer = response_to(interview.show(), interview.show()["questions"][0])

    expect(page.locator(".insights")).to_contain_text(answer["aiInsights"]["summary"])
    words = page.locator("transcript-view .word")
    assert words.count() == len(answer["transcriptWords"])
    play_and_seek(page, answer)
    page.click("#rubric summary")
    screens.see(page, "review-rubric")
    page.click("#rubric summary")

    score(page, 4, NOTES)
    screens.see(page, "review", picture=True)
    page.click("#question-2")
    expect(page.locator("h2.asked")).to_contain_text("2.")
    score(page, 3, "")
    expect(page.locator(".facts")).to_contain_text("2 of 2")
    page.reload()
    expect(page.locator("#score-notes")).to_have_value(NOTES)
    agree_on_scores(interview, database, demo)

    page.get_by_role("link", name="Video Interviews").click()
    expect(page.locator("#interviews")).to_contain_text(candidates[0]["name"])
    screens.see(page, "list")
    page.click("#sign-out")
    expect(page).to_have_url(re.compile("/sign-in$"))
    context.close()


def test_the_candidate_can_read_but_not_change_it_any_more(interview):
    assert interview.candidate.get(interview.path)["readOnly"] is True
    assert interview.submit().status_code == 409
    assert interview.candidate.call("POST", f"{interview.path}/proctor", {"eventType": "TAB_SWITCH"}).status_code == 409


# ---- The candidate's steps -----------------------------------------------------

@contextmanager
def at_the_interview(open_browser, voice, interview):
    """A page at the link, in a browser of its own whose microphone plays the voice."""
    browser = open_browser(voice["sound"])
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(interview.created["candidateURL"])
    expect(page.locator("main")).to_have_attribute("data-state", "intro")
    yield page
    browser.close()


def record(page, seconds, meanwhile=None):
    """Records so long. The voice begins anew when it ends, so it is heard whole wherever this begins."""
    page.click("#start-recording")
    expect(page.locator("main")).to_have_attribute("data-state", "recording", timeout=15_000)
    if meanwhile:
        meanwhile()
    page.wait_for_timeout(seconds * 1000)
    page.click("#stop-recording")
    expect(page.locator("main")).to_have_attribute("data-state", "reviewing", timeout=15_000)


# ---- The recruiter's steps -----------------------------------------------------

def response_to(shown, question):
    return next(each for each in shown["videoResponses"] if each["questionId"] == question["id"])


def play_and_seek(page, answer):
    """Plays the video, then clicks a word far from there."""
    video = page.locator("answer-player video")
    page.click("#play")
    page.wait_for_function("() => document.querySelector('answer-player video').currentTime > 0.5")
    page.click("#play")
    index = len(answer["transcriptWords"]) * 2 // 3
    page.locator("transcript-view .word").nth(index).click()
    start = answer["transcriptWords"][index]["start"]
    page.wait_for_function(
        "start => Math.abs(document.querySelector('answer-player video').currentTime - start) < 0.1", arg=start)
    expect(page.locator("transcript-view .word").nth(index)).to_have_class(re.compile(r"\bnow\b"))
    assert video.evaluate("video => video.videoWidth") > 0


def score(page, value, notes):
    page.locator(f"score-form input[value='{value}']").check(force=True)
    page.fill("#score-notes", notes)
    page.click("#save-score")
    expect(page.locator("#score-status")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))


def agree_on_scores(interview, database, demo):
    """The answer's row, the linked interview's evaluation and the API say the same."""
    rows = database.execute("""
        SELECT v.recruiter_score, v.recruiter_notes, e.score, e.notes, a.email, i.status
        FROM async_interview i JOIN video_response v ON v.async_interview_id = i.id JOIN question q ON q.id = v.question_id
        JOIN interview l ON l.async_interview_id = i.id
        JOIN evaluation e ON e.interview_id = l.id AND e.question_id = v.question_id
        JOIN account a ON a.id = e.evaluator_id
        WHERE i.id = %s ORDER BY q.position""", [interview.id]).fetchall()
    assert rows == [
        (4, NOTES, 4, NOTES, demo["recruiter"]["email"], "REVIEWED"),
        (3, None, 3, None, demo["recruiter"]["email"], "REVIEWED")]
    shown = interview.show()
    assert sorted(each["score"] for each in shown["evaluations"]) == [3, 4]
    assert sorted(each["recruiterScore"] for each in shown["videoResponses"]) == [3, 4]
