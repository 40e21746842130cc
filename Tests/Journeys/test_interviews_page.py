"""The list of interviews: searching, selecting, acting, undoing, by pointer and from the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from conftest import shorter_assessment
from parley import Interview, eventually
from screens import state
from test_pages import PHONE, page, signed_in  # noqa: F401


@pytest.fixture(scope="module")
def drafts(recruiter, candidates, demo, organization):
    """Of an assessment that nobody else is asked."""
    assessment = shorter_assessment(demo, organization, "One of a kind", 1)
    return [Interview(recruiter, candidates[at % 2], assessment) for at in range(4)]


def row(page, interview):
    return page.locator(f"tr[data-id='{interview.id}']")


def choose(page, interview, label):
    row(page, interview).locator(".more button").click()
    page.get_by_role("menuitem", name=label).click()


def test_searching_lives_in_the_address(signed_in, screens, drafts, candidates):
    signed_in.goto("/async-interviews")
    state(signed_in, "ready")
    signed_in.keyboard.press("/")
    expect(signed_in.locator("#search")).to_be_focused()
    signed_in.keyboard.type("quillfeather kind")
    expect(signed_in).to_have_url(re.compile(r"\?search=quillfeather\+kind$"))
    expect(row(signed_in, drafts[1])).to_have_count(0)
    expect(row(signed_in, drafts[0])).to_be_visible()
    expect(signed_in.locator("#search")).to_be_focused()
    signed_in.select_option("#deadline", "soon")
    expect(signed_in).to_have_url(re.compile("deadline=soon"))
    expect(signed_in.locator(".face")).to_contain_text("Nothing fits")
    screens.see(signed_in, "interviews-nothing")
    signed_in.go_back()
    expect(row(signed_in, drafts[0])).to_be_visible()
    expect(signed_in.locator("#deadline")).to_have_value("")
    signed_in.reload()
    expect(signed_in.locator("#search")).to_have_value("quillfeather kind")
    expect(row(signed_in, drafts[0])).to_be_visible()


def test_many_are_sent_cancelled_and_restored(signed_in, screens, drafts):
    signed_in.goto("/async-interviews")
    for draft in drafts[:3]:
        row(signed_in, draft).get_by_role("checkbox").check()
    bar = signed_in.locator("#bulk")
    expect(bar).to_contain_text("3 selected")
    screens.see(signed_in, "interviews-selected", picture=True)
    assert signed_in.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert signed_in.evaluate("(frame => frame.scrollWidth <= frame.clientWidth)(document.querySelector('.table-frame'))")
    bar.get_by_role("button", name="Send", exact=True).click()
    expect(signed_in.locator("#toast")).to_contain_text("3 interviews are sent.")
    expect(row(signed_in, drafts[0]).locator(".status")).to_have_text("Sent")
    expect(bar).to_be_hidden()
    for draft in drafts:
        row(signed_in, draft).get_by_role("checkbox").check()
    bar.get_by_role("button", name="Send again").click()
    expect(signed_in.locator("#refusals")).to_contain_text("One interview was not changed")
    expect(signed_in.locator("#refusals li")).to_contain_text("this one is DRAFT")
    screens.see(signed_in, "interviews-refused")
    for draft in drafts:
        row(signed_in, draft).get_by_role("checkbox").check()
    bar.get_by_role("button", name="Cancel interview").click()
    expect(row(signed_in, drafts[3]).locator(".status")).to_have_text("Cancelled")
    screens.see(signed_in, "interviews-undo")
    signed_in.click("#undo")
    expect(row(signed_in, drafts[3]).locator(".status")).to_have_text("Draft")
    expect(row(signed_in, drafts[0]).locator(".status")).to_have_text("Sent")
    assert [each.show()["status"] for each in drafts] == ["SENT", "SENT", "SENT", "DRAFT"]


def test_a_deadline_is_moved_and_moved_back(signed_in, screens, drafts):
    draft = drafts[3]
    before = draft.show()["deadlineAt"]
    signed_in.goto("/async-interviews")
    choose(signed_in, draft, "Move deadline…")
    dialog = signed_in.locator("#deadline-dialog")
    expect(dialog.locator("input")).to_be_focused()
    dialog.locator("input").fill("2020-01-01T12:00")
    dialog.get_by_role("button", name="Move deadline").click()
    expect(dialog.get_by_role("alert")).to_have_text("Choose a moment in the future.")
    screens.see(signed_in, "interviews-deadline")
    signed_in.route("**/bulk", lambda route: route.abort())
    dialog.get_by_role("button", name="+ three days").click()
    dialog.get_by_role("button", name="Move deadline").click()
    expect(dialog.get_by_role("alert")).to_contain_text("No connection")
    signed_in.unroute("**/bulk")
    dialog.get_by_role("button", name="Move deadline").click()
    expect(dialog).to_have_count(0)
    expect(row(signed_in, draft).locator(".deadline")).to_contain_text("in 3 days")
    expect(row(signed_in, draft).locator(".more button")).to_be_focused()
    assert draft.show()["deadlineAt"] > before
    signed_in.click("#undo")
    eventually(lambda: draft.show()["deadlineAt"] == before, "the deadline as before")


def test_all_of_it_from_the_keyboard(signed_in, screens, drafts):
    signed_in.goto(f"/async-interviews?assessmentId={drafts[0].created['assessmentId']}")
    state(signed_in, "ready")
    links = signed_in.locator("tbody .candidate a")
    signed_in.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    signed_in.keyboard.press("j")
    signed_in.keyboard.press("j")
    signed_in.keyboard.press("k")
    expect(links.nth(1)).to_be_focused()
    signed_in.keyboard.press("x")
    expect(signed_in.locator("#bulk")).to_contain_text("1 selected")
    signed_in.keyboard.press("m")
    expect(signed_in.get_by_role("menuitem", name="Open")).to_be_focused()
    screens.see(signed_in, "interviews-menu")
    signed_in.keyboard.press("ArrowUp")
    expect(signed_in.get_by_role("menuitem").last).to_be_focused()
    signed_in.keyboard.press("Escape")
    expect(signed_in.get_by_role("menu")).to_have_count(0)
    signed_in.keyboard.press("?")
    expect(signed_in.locator("#shortcuts")).to_contain_text("Next interview")
    screens.see(signed_in, "interviews-shortcuts")
    signed_in.get_by_label("Use these shortcuts in this browser").uncheck()
    signed_in.keyboard.press("Escape")
    signed_in.keyboard.press("/")
    expect(signed_in.locator("#search")).not_to_be_focused()
    signed_in.keyboard.press("?")
    signed_in.get_by_label("Use these shortcuts in this browser").check()


def test_pages_and_the_way_back(signed_in, recruiter, candidates, one_question):
    for _ in range(27):
        Interview(recruiter, candidates[0], one_question)
    signed_in.goto(f"/async-interviews?candidateId={candidates[0]['id']}&status=DRAFT")
    chip = signed_in.locator(".filters a", has_text=candidates[0]["name"])
    expect(chip).to_be_visible()
    first = signed_in.locator("tbody .candidate a").first.get_attribute("href")
    signed_in.get_by_role("link", name="Next").click()
    expect(signed_in.locator(".pages")).to_contain_text("Page 2")
    expect(signed_in.locator("tbody .candidate a").first).not_to_have_attribute("href", first)
    signed_in.get_by_role("link", name="Previous").click()
    expect(signed_in.locator("tbody .candidate a").first).to_have_attribute("href", first)
    assert "cursor" not in signed_in.url
    chip.click()
    expect(signed_in).to_have_url(re.compile(r"/async-interviews\?status=DRAFT$"))


def test_a_phone(signed_in, screens, drafts):
    signed_in.set_viewport_size(PHONE)
    signed_in.goto("/async-interviews")
    signed_in.locator("tbody").get_by_role("checkbox").first.check()
    expect(signed_in.locator("#bulk")).to_contain_text("1 selected")
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(signed_in, "interviews-phone")


def test_a_withdrawn_interview_is_explained(page, screens, recruiter, candidates, one_question):
    interview = Interview(recruiter, candidates[1], one_question).send()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    recruiter.post(f"/api/async-interviews/{interview.id}/cancel")
    page.reload()
    state(page, "withdrawn")
    expect(page.locator("main")).to_contain_text("ada@northwind.example")
    screens.see(page, "withdrawn")


def test_everybody_can_use_the_list(screens):
    """axe found nothing on any state of the list above, in light or in dark."""
    seen = {name: found for name, found in screens.violations.items() if name.startswith(("interviews-", "withdrawn"))}
    assert len(seen) >= 16
    assert {name: found for name, found in seen.items() if found} == {}
