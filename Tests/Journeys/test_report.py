"""The interview report on paper: what it says, to whom, and that every page can be read."""

import subprocess
import uuid

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import shorter_assessment
from parley import Interview, accepted, is_problem
from test_consent import choose
from test_decision import colleague, score_of
from test_monitoring import event, report
from test_text_answers import TEXT, write

__all__ = ["colleague"]

LONG = "\n\n".join(
    f"Paragraph {number} of a long answer. My task was to bring a late project back on time, and I wrote a list of "
    "risks that we talked about every morning before the work began." for number in range(1, 41))
# Each name in another script, and with what some program might take for an instruction.
NAMES = {
    "latin": "Zoë Ångström-Šimánek", "arabic": "محمد عبد الله", "chinese": "王小明", "korean": "김민수", "thai": "สมชาย ใจดี",
    "hindi": "प्रिया शर्मा", "emoji": "Robin 🚀 Sparrow", "markup": "<b>Bo</b> &amp; <span size='1'>Jo</span> </markup>",
    "direction": "Eve \u202eMallory",
}


@pytest.fixture(scope="module")
def assessment(demo, organization):
    """A question on video, and two in writing."""
    identifier = shorter_assessment(demo, organization, "Reported on", 3)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s AND position > 1", [identifier])
    return identifier


@pytest.fixture(scope="module")
def decided(demo, recruiter, colleague, candidates, assessment, recording):
    """An interview from its choices to its decision: answered on video and in writing, watched, scored by two."""
    interview = Interview(recruiter, candidates[0], assessment).send()
    accepted(choose(interview, RECORDING=True, TRANSCRIPTION=True, ANALYSIS=True, MONITORING=True))
    interview.start()
    first, second, third = interview.questions
    accepted(report(interview, str(uuid.uuid4()), [
        event(0, "MULTIPLE_FACES", questionId=first, metadata={"faceCount": 2}), event(1, "WINDOW_BLUR", questionId=second),
        event(3, "TAB_SWITCH")],
        [{"name": "tab", "watchedSeconds": 60}, {"name": "face", "watchedSeconds": 0, "unavailable": "not part of this installation"}]))
    interview.answer(first, recording)
    accepted(write(interview, TEXT, second))
    accepted(write(interview, LONG, third))
    accepted(interview.submit())
    interview.wait_until_analysed()
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("""
            UPDATE video_response SET ai_insights = ai_insights || '{"suggestedScore": 3, "confidence": 0.8}'
            WHERE async_interview_id = %s AND question_id = %s""", [interview.id, second])
    accepted(recruiter.call("POST", f"/api/async-interviews/{interview.id}/proctors/dispositions", {
        "eventType": "MULTIPLE_FACES", "questionId": first, "disposition": "DISMISSED", "reason": "A poster on the wall."}))
    notes = ["Clear about <i>her</i> part & the result.", "Thin.", "Long, and to the point."]
    for question, score, note in zip(interview.questions, (5, 2, 4), notes, strict=True):
        more = {"reason": "The quote is about somebody else."} if question == second else {}
        accepted(score_of(colleague, interview, question, score, notes=note, **more))
    for question, score in zip(interview.questions, (4, 3, 4), strict=True):
        accepted(score_of(recruiter, interview, question, score, notes="Mine alone." if question == first else None))
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {
        "recommendation": "strong_advance", "reason": "Two of three answers are strong.", "recruiterNotes": "Ask for a start date."}))
    return interview


@pytest.fixture
def fetch(tmp_path):
    """A report as one client gets it: (path, its text)."""
    def one(client, identifier):
        answer = client.call("GET", f"/api/async-interviews/{identifier}/report.pdf")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.text[:500]
        assert answer.headers["Cache-Control"] == "no-store"
        path = tmp_path / f"{identifier}.pdf"
        path.write_bytes(answer.content)
        # As it was drawn: a table's cell after the other.
        return path, read("pdftotext", "-raw", path, "-")
    return one


def read(*command):
    """What one of Poppler's programs says; it says nothing of faults in the file."""
    done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def words(text):
    return " ".join(text.split())


def test_the_report_of_a_decided_interview(fetch, screens, recruiter, decided, candidates):
    path, text = fetch(recruiter, decided.id)
    keep_pictures(path, screens, "report")
    told = words(text)
    for expected in (
            candidates[0]["name"], "Reported on", "Software Engineer", "Reviewed", "Strong advance",
            "Two of three answers are strong.", "Ask for a start date.", "3.67 of 5", "Ottilie Marchbanks",
            "Clear about <i>her</i> part & the result.", "Not the suggested 3: ", "The quote is about somebody else.",
            "Mine alone.", "I wrote a list of risks", "High risk", "low after what reviewers dismissed", "A poster on the wall.",
            "More than one face in the picture", "1 event that the candidate’s page counted never arrived", "Faces in the picture Not watched",
            "not part of this installation", "Transcription by AI", "Agreed", "In order", "STAR", "Situation: "):
        assert expected in told, expected
    # The quotes stand with their second.
    video = next(each for each in decided.show()["videoResponses"] if each["videoUrl"])
    for quote in video["aiInsights"]["evidence"]:
        assert f"0:{int(quote['start']):02}" in told and quote["quote"].split()[0] in told
    # The long answer goes on from page to page, whole and in order.
    places = [told.index(f"Paragraph {number} of a long answer.") for number in range(1, 41)]
    assert places == sorted(places)
    about = read("pdfinfo", path)
    pages = int(about.split("Pages:")[1].split()[0])
    assert pages >= 4 and "Tagged:          yes" in about and "A4" in about
    assert f"Title:           Interview report: {candidates[0]['name']}" in about
    for page in range(1, pages + 1):
        assert f"Page {page} of {pages}" in words(read("pdftotext", "-f", page, "-l", page, path, "-"))
    structure = read("pdfinfo", "-struct", path)
    assert all(element in structure for element in ("Document", "H1", "H2", "H3", "P", "Table", "TR", "TH", "TD"))
    fonts = read("pdffonts", path)
    assert "Inter" in fonts and " no  " not in "\n".join(line[54:58] for line in fonts.splitlines()[2:])


def keep_pictures(path, screens, name):
    subprocess.run(["pdftoppm", "-r", "70", "-png", path, screens.folder / name], check=True)


def test_who_has_not_scored_reads_nobody_elses_scores(fetch, screens, demo, organization, recruiter, colleague, candidates):
    written = shorter_assessment(demo, organization, "Reported on blind", 2)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [written])
    interview = Interview(recruiter, candidates[1], written).send().start()
    for question in interview.questions:
        accepted(write(interview, TEXT, question))
    accepted(interview.submit())
    interview.wait_until_analysed()
    accepted(score_of(colleague, interview, interview.questions[1], 2, notes="Thin as paper.", reason="For no reason."))
    path, blind = fetch(recruiter, interview.id)
    assert "1 reviewer has scored this answer." in words(blind) and "has scored 0 of 2" in words(blind)
    assert not any(secret in blind for secret in ("Thin as paper.", "For no reason."))
    keep_pictures(path, screens, "report-blind")
    _, theirs = fetch(colleague, interview.id)
    assert "Thin as paper." in theirs and "has scored 1 of 2" in words(theirs)
    accepted(score_of(recruiter, interview, interview.questions[1], 4))
    _, seen = fetch(recruiter, interview.id)
    assert "Thin as paper." in seen


@pytest.mark.parametrize("script", NAMES)
def test_names_are_drawn_as_they_are_written(fetch, screens, recruiter, assessment, script):
    name = NAMES[script]
    person = recruiter.post("/api/candidates", {"name": name, "email": f"{uuid.uuid4()}@candidates.example"})
    interview = Interview(recruiter, person | {"email": "somebody@candidates.example"}, assessment)
    path, _ = fetch(recruiter, interview.id)
    text, fonts = read("pdftotext", path, "-"), read("pdffonts", path)
    # Right-to-left text comes with marks of direction.
    plain = "".join(c for c in text if c not in "\u202a\u202b\u202c\u2066\u2067\u2068\u2069\u200e\u200f")
    if script in ("latin", "chinese", "korean", "arabic", "markup", "hindi"):
        assert "".join(name.split()) in "".join(plain.split()), plain[:600]
    if script == "emoji":
        assert "Robin" in plain and "Sparrow" in plain
        assert read("pdfimages", "-list", path).count("image") > 0 or "Type 3" in fonts
    assert "LastResort" not in fonts
    keep_pictures(path, screens, f"report-name-{script}")


def test_the_button_on_the_review_page(device, demo, base, screens, recruiter, decided):
    context = device()
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
    page = context.new_page()
    page.goto(f"/async-interviews/{decided.id}")
    with page.expect_download() as begun:
        page.click("#pdf-report")
    assert begun.value.suggested_filename == f"interview-report-{decided.id}.pdf"
    assert "Strong advance" in read("pdftotext", begun.value.path(), "-")
    expect(page.locator("#pdf-report")).to_be_focused()
    screens.see(page, "report-button")
    assert screens.violations["report-button-light"] == screens.violations["report-button-dark"] == []
    context.set_offline(True)
    page.click("#pdf-report")
    expect(page.locator(".report-button [role=status]")).to_have_text("Not loaded: The server could not be reached.")
    context.set_offline(False)
    context.clear_cookies()
    page.keyboard.press("Enter")
    expect(page.locator(".report-button [role=status]")).to_have_text("Sign in again first.")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screens.see(page, "report-button-phone")


def test_whose_report_it_is(recruiter, stranger, decided):
    path = f"/api/async-interviews/{decided.id}/report.pdf"
    is_problem(stranger.call("GET", path), "NOT_FOUND")
    is_problem(recruiter.call("GET", f"/api/async-interviews/{uuid.uuid4()}/report.pdf"), "NOT_FOUND")
    is_problem(recruiter.call("GET", "/api/async-interviews/none/report.pdf"), "VALIDATION_FAILED")
    is_problem(recruiter.call("GET", path, params={"all": "yes"}), "VALIDATION_FAILED")
    is_problem(decided.candidate.call("GET", path), "AUTH_REQUIRED")
