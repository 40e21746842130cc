"""What recruiters see of an interview's mails on the review page."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from correspondence import emit, kept, settle
from parley import Interview, moment, note_secret_address

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def page(device, recruiter, base):
    def open_one(interview, **settings):
        context = device(**settings)
        context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.refused = []
        page.on("response", note_secret_address)
        page.on("console", lambda message: page.refused.append(message.text) if "Content Security Policy" in message.text else None)
        page.goto(f"/async-interviews/{interview.id}")
        page.locator("#mails > summary").click()
        return page
    return open_one


@pytest.fixture
def invite(recruiter, candidates, one_question, database):
    def begin(**settings):
        interview = Interview(recruiter, candidates[1], one_question, deadlineAt=moment(10 * 86400), **settings).send()
        settle(database, interview)
        return interview
    return begin


def test_mails_that_went_out(invite, page, screens, candidates):
    interview = invite(introMessage="We look forward to <b>meeting</b> you.")
    shown = page(interview)
    mails = shown.locator("mails-view")
    expect(mails.locator("li")).to_have_count(1)
    expect(mails.locator("li")).to_contain_text(re.compile(f"Invitation.*Sent.*{re.escape(candidates[1]['email'])}", re.DOTALL))
    expect(mails).to_contain_text("The candidate will be reminded in 8 days.")
    mails.locator("li .button", has_text="Preview").scroll_into_view_if_needed()
    screens.see(shown, "mails")

    shown.get_by_role("button", name="Preview: Invitation").click()
    preview = shown.locator(".mail-preview")
    expect(preview).to_contain_text("Your video interview for Software Engineer at Northwind Labs")
    expect(preview.get_by_text("We look forward to <b>meeting</b> you.", exact=True)).to_be_visible()
    link = preview.locator("a.button")
    expect(link).to_have_text("Begin Interview")
    # The mail's own style is there, and the link opens nothing in the candidate's name.
    assert link.evaluate("each => getComputedStyle(each).borderRadius") == "8px"
    assert link.get_attribute("href") is None
    screens.see(shown, "mail-preview")
    preview.get_by_role("button", name="Plain text").click()
    expect(preview.locator("pre")).to_contain_text(f"Begin Interview: {interview.created['candidateURL']}")
    screens.see(shown, "mail-preview-text")
    shown.keyboard.press("Escape")
    expect(preview).to_have_count(0)
    expect(shown.get_by_role("button", name="Preview: Invitation")).to_be_focused()
    assert shown.refused == []


def test_mails_that_did_not_arrive(invite, page, screens, database):
    interview = invite(invitationEmail=f"refused-{uuid.uuid4()}@candidates.example")
    shown = page(interview)
    mails = shown.locator("mails-view")
    expect(mails.locator("summary")).to_contain_text("1 not delivered")
    expect(mails.locator("li")).to_contain_text("The mail server said: 550 5.1.1 No such mailbox here")
    mails.locator("li .button", has_text="Preview").scroll_into_view_if_needed()
    screens.see(shown, "mails-refused")
    shown.set_viewport_size(PHONE)
    mails.locator("li .button", has_text="Preview").scroll_into_view_if_needed()
    screens.see(shown, "mails-refused-narrow")
    mails.get_by_role("button", name="Preview: Invitation").click()
    screens.see(shown, "mail-preview-narrow")
    assert shown.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_mail_that_waits_for_its_server(invite, page, database):
    interview = invite()
    database.execute("""
        UPDATE mail SET state = 'sending', attempts = 2, reason = 'The mail server said: 451 4.7.1 Come back later', sent_at = NULL
        WHERE async_interview_id = %s""", [interview.id])
    shown = page(interview)
    row = shown.locator("mails-view li")
    expect(row).to_contain_text("Being sent")
    expect(row).to_contain_text("Come back later It will be tried again; attempt 2 was the last.")
    database.execute("UPDATE mail SET state = 'bounced', reason = 'Permanent: no such user' WHERE async_interview_id = %s", [interview.id])
    expect(row).to_contain_text("Came back", timeout=20_000)
    expect(row).to_contain_text("Permanent: no such user")


def test_what_was_made_good_needs_no_attention(invite, page, database):
    interview = invite(invitationEmail=f"refused-{uuid.uuid4()}@candidates.example")
    lost = "SELECT count(*) FROM undelivered_mail WHERE async_interview_id = %s"
    assert database.execute(lost, [interview.id]).fetchone() == (1,)
    database.execute("UPDATE async_interview SET invitation_email = 'right@candidates.example' WHERE id = %s", [interview.id])
    emit(database, interview, "invitation.sent")
    settle(database, interview)
    assert database.execute(lost, [interview.id]).fetchone() == (0,)
    shown = page(interview)
    expect(shown.locator("mails-view summary")).to_have_text("Mails2")
    rows = shown.locator("mails-view li")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Sent")
    expect(rows.nth(1)).to_contain_text("Not sent")
    expect(rows.nth(0).get_by_role("button", name="Send again")).to_be_visible()
    expect(rows.nth(1).get_by_role("button", name="Send again")).to_have_count(0)


def test_a_draft_has_no_mails_yet(recruiter, candidates, one_question, page, screens):
    shown = page(Interview(recruiter, candidates[1], one_question))
    mails = shown.locator("mails-view")
    expect(mails).to_contain_text("Nothing was mailed yet.")
    mails.get_by_role("button", name="Preview: Invitation").scroll_into_view_if_needed()
    screens.see(shown, "mails-none")
    mails.get_by_role("button", name="Preview: Invitation").click()
    expect(shown.locator(".mail-preview")).to_be_visible()


def test_what_cannot_be_loaded_can_be_tried_again(invite, page, database):
    interview = invite()
    address = re.compile(r"/mails$")
    shown = page(interview)
    expect(shown.locator("mails-view li")).to_have_count(1)
    shown.context.route(address, lambda route: route.abort())
    shown.reload()
    shown.locator("#mails > summary").click()
    expect(shown.locator("mails-view")).to_contain_text("The mails could not be loaded. The server could not be reached.")
    shown.context.unroute(address)
    shown.get_by_role("button", name="Try again").click()
    expect(shown.locator("mails-view li")).to_have_count(1)


def test_a_preview_of_what_cannot_be_sent(invite, page, database, candidates):
    interview = invite()
    database.execute("UPDATE candidate SET name = E'Evangeline\\r\\nBcc: all@example.org' WHERE id = %s", [candidates[1]["id"]])
    try:
        shown = page(interview)
        shown.get_by_role("button", name="Preview: Invitation").click()
        expect(shown.locator("mails-view [role=status]")).to_contain_text("The name holds a line break or another control character.")
    finally:
        database.execute("UPDATE candidate SET name = %s WHERE id = %s", [candidates[1]["name"], candidates[1]["id"]])
    assert len(kept(interview)) == 1


def test_axe_finds_nothing(screens):
    found = {name: problems for name, problems in screens.violations.items() if name.startswith("mail") and problems}
    assert found == {}
