"""From an empty organisation to a decision, a report on paper and a message to another program: every step on the
pages, but for the candidate's, whose own pages have journeys of their own."""

import re

import pytest
from playwright.sync_api import expect

from conftest import new_organization
from machine import mails
from parley import Client, Interview, accepted, eventually, seen_secrets, sign_in
from receiver import Receiver
from test_assessment_page import QUESTIONS, is_saved
from test_new_interview_page import at_step
from test_decision import SAVED
from test_report import read
from test_webhooks import ALL
from test_webhooks_page import add, keep

# A rubric: what each level is, and how one recognises it.
RUBRIC = [
    ("Does not answer, or blames others.", "Names no part of their own", "Speaks of others’ mistakes only"),
    ("Acts, but late or only when told.", "Waited until somebody complained", "Did what was asked and no more"),
    ("Acts in time and says what they did.", "Lists their own steps in order", "Says what came of it"),
    ("Looks for the cause and mends it.", "Asked why before acting", "Changed something so that it stayed away"),
    ("Leaves others better prepared.", "Shared what they had learned", "Shows a result that others confirm"),
]
# What each reviewer gives the three answers.
SCORES = {"Nora Newcomer": (4, 2, 5), "Ottilie Marchbanks": (4, 3, 5)}


@pytest.fixture
def accounts(demo, run):
    """An administrator and a recruiter of an organisation that has nothing else."""
    return new_organization(demo, run, "Westbrook", *SCORES)


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


def entered(device, base, account):
    """A page of somebody who has just signed in."""
    page = device().new_page()
    page.goto("/sign-in")
    page.fill("#email", account["email"])
    page.fill("#password", account["password"])
    page.click("#submit")
    expect(page).to_have_url(f"{base}/dashboard")
    return page


def answered(base, link, recruiter, recording):
    """The candidate's part, through the link alone."""
    interview = Interview.__new__(Interview)
    interview.recruiter, interview.candidate = recruiter, Client(base)
    interview.token = link.rsplit("/", 1)[-1]
    interview.path = f"/api/candidate/interview/{interview.token}"
    interview.start()
    for question in interview.questions:
        interview.answer(question, recording)
    accepted(interview.submit())
    return interview


def write_rubric(page):
    for number, (description, *anchors) in enumerate(RUBRIC, 1):
        level = page.locator(f"[data-level='{number}']")
        level.get_by_label(f"Level {number}: description").fill(description)
        level.locator(".anchors textarea").first.focus()
        page.keyboard.insert_text(anchors[0])
        page.keyboard.press("Enter")
        page.keyboard.insert_text(anchors[1])


def score(page, name):
    for number, points in enumerate(SCORES[name], 1):
        page.click(f"#question-{number}")
        expect(page.locator(f"#question-{number}")).to_have_attribute("aria-current", "true")
        page.keyboard.press(str(points))
        expect(page.locator("#score-status")).to_have_text(SAVED)


def test_from_an_empty_organisation_to_a_decision(device, base, accounts, receiver, run, recording, screens):
    page = entered(device, base, accounts[0])
    client = sign_in(base, accounts[0])

    # Another program is told of everything from here on.
    page.get_by_role("link", name="Webhooks").click()
    add(page, receiver.url, *ALL)
    secret = keep(page)
    seen_secrets.add(secret)

    # An assessment.
    page.get_by_role("link", name="Dashboard").click()
    page.locator(".steps").get_by_role("link").first.click()
    page.locator("#title").fill("First line")
    page.locator("#jobTitle").fill("Support Engineer")
    for content, competency in QUESTIONS:
        page.keyboard.press("Control+Enter")
        page.locator("#question-text").fill(content)
        page.fill("#competency", competency)
        write_rubric(page)
    page.keyboard.press("Control+s")
    is_saved(page)
    screens.see(page, "hiring-assessment", picture=True)
    page.click("#activate")
    page.click("#invite")

    # A candidate, and an invitation that is read before it is sent.
    expect(page).to_have_url(re.compile(r"\?step=2$"))
    page.click("#new-candidate-button")
    page.fill("#candidate-name", "Dora Field")
    page.fill("#candidate-email", "dora@candidates.example")
    page.click("#save-candidate")
    page.click("#continue")
    at_step(page, 3)
    page.fill("#introMessage", "We look forward to your answers.")
    page.click("#continue")
    at_step(page, 4)
    expect(page.frame_locator("#mail-frame").locator("body")).to_contain_text("We look forward to your answers.")
    expect(page.frame_locator("#interview-frame").locator("main")).to_contain_text("We look forward to your answers.")
    before = len(mails(run, to="dora@candidates.example"))
    page.click("#send")
    expect(page.locator("#sending-status")).to_have_text("The invitation is on the way.")

    # What arrives is what was shown; its link leads to the interview.
    invitation = eventually(lambda: mails(run, to="dora@candidates.example")[before:], "the invitation")[0]
    text = invitation.get_body(["plain"]).get_content()
    assert invitation["Subject"] == "Your video interview for Support Engineer at Westbrook"
    assert "We look forward to your answers." in text
    interview = answered(base, re.search(rf"{base}/interview/[\w-]{{43}}", text)[0], client, recording)
    [listed] = client.get("/api/async-interviews")["interviews"]
    interview.id = listed["id"]
    interview.wait_until_analysed()
    receipt = eventually(lambda: mails(run, to="dora@candidates.example")[before + 1:], "the receipt")[0]
    assert "We received" in receipt["Subject"]
    ready = eventually(lambda: mails(run, to=accounts[0]["email"], subject="Ready to review"), "the notice")[0]
    address = re.search(rf"{base}/async-interviews/{interview.id}", ready.get_body(["plain"]).get_content())[0]

    # Two are asked to review. Neither sees the other's scores before giving their own.
    page.goto(address)
    page.click("#asked")
    boxes = page.locator("#reviewers-dialog input[type=checkbox]")
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    page.click("#save-reviewers")
    expect(page.locator("#asked")).to_have_text("0 of 2 done")
    theirs = entered(device, base, accounts[1])
    theirs.goto(address)
    score(theirs, "Ottilie Marchbanks")
    page.reload()
    expect(page.locator("#asked")).to_have_text("1 of 2 done")
    expect(page.locator("#others")).to_contain_text("Shown after you score")
    screens.see(page, "hiring-blind")
    score(page, "Nora Newcomer")
    page.click("#question-2")
    expect(page.locator("#others")).to_contain_text("Ottilie Marchbanks")

    # How far they agree, and then the decision.
    shown = page.context.new_page()
    shown.goto("/calibration")
    expect(shown.locator("#basis")).to_contain_text("3 answers, 2 reviewers")
    # Worked out by hand: mean squares of 19/6 between answers, 1/6 between reviewers and 1/6 of the rest.
    expect(shown.locator("#single .big")).to_have_text("0.90")
    screens.see(shown, "hiring-agreement")
    shown.close()
    page.click("#decision > summary")
    page.locator("#recommend-advance").check(force=True)
    page.fill("#decision-reason", "Two of three answers are strong, and both reviewers say so.")
    page.click("#save-decision")
    expect(page.locator("#decision-state")).to_have_text("Advance")
    screens.see(page, "hiring-decision")

    # The report, page by page.
    with page.expect_download() as begun:
        page.click("#pdf-report")
    report = run / "screenshots" / "hiring-report.pdf"
    begun.value.save_as(report)
    words = read("pdftotext", "-raw", report, "-")
    for expected in ("Dora Field", "Support Engineer", "Advance", "both reviewers say so", "Ottilie Marchbanks"):
        assert expected in words
    pages = int(re.search(r"Pages:\s+(\d+)", read("pdfinfo", report))[1])
    read("pdftoppm", "-r", 60, "-png", report, report.with_suffix(""))
    assert len(list(report.parent.glob("hiring-report-*.png"))) == pages

    # The other program was told, and can trust what it was told.
    receiver.wait_for("interview.decided", interviewId=interview.id)
    told = [message.verified(secret) for message in receiver.messages]
    kinds = [each["type"] for each in told]
    assert sorted(kinds) == sorted([
        "interview.sent", "interview.opened", "interview.submitted", "interview.ready", "interview.scored", "interview.scored",
        "interview.decided"])
    assert {each["data"]["interviewId"] for each in told} == {interview.id}
    assert "Dora" not in "".join(message.body.decode() for message in receiver.messages)
    for name in ("hiring-assessment", "hiring-blind", "hiring-agreement", "hiring-decision"):
        assert screens.violations[f"{name}-light"] == screens.violations[f"{name}-dark"] == []
