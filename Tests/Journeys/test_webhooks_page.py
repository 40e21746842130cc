"""An administrator connects another program, sees what arrives there and what does not."""

import re

import pytest
from playwright.sync_api import expect

from parley import note_secret_address, seen_secrets
from receiver import Receiver
from test_webhooks import colleague, eventually, hurry  # noqa: F401

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


@pytest.fixture
def clean(recruiter, stranger):
    """No endpoints before and after, in either organisation."""
    def remove():
        for client in (recruiter, stranger):
            for endpoint in client.get("/api/webhook-endpoints")["endpoints"]:
                client.call("DELETE", f"/api/webhook-endpoints/{endpoint['id']}")
    remove()
    yield
    remove()


@pytest.fixture
def pages(browser, base):
    """Opens the page as somebody; fails if anything goes wrong in one."""
    opened = []

    def open_one(client, viewport=None):
        context = browser.new_context(viewport=viewport or {"width": 1280, "height": 800}, base_url=base)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.problems = []
        page.on("response", note_secret_address)
        page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        opened.append(page)
        page.goto("/webhooks")
        expect(page.locator("main")).to_have_attribute("data-state", "ready")
        return page
    yield open_one
    for page in opened:
        page.context.close()
        assert page.problems == []


def add(page, url, *events):
    page.click("#add-endpoint")
    page.fill("#url", url)
    for event in events:
        page.check(f"input[value='{event}']")
    page.click("#save-endpoint")


def keep(page):
    """The secret that is shown once."""
    secret = page.input_value("#secret")
    seen_secrets.add(secret.removeprefix("whsec_"))
    page.click("#secret-kept")
    expect(page.locator("#secret-dialog")).to_have_count(0)
    return secret


def test_from_nothing_to_a_message_that_arrives(clean, recruiter, pages, receiver, screens, database):
    page = pages(recruiter)
    expect(page.get_by_role("heading", name="Let your other programs know")).to_be_visible()
    expect(page.locator("#main-nav [aria-current=page]")).to_have_text("Webhooks")
    screens.see(page, "webhooks-empty")
    # All that is wrong is said at its field.
    page.click("#add-endpoint")
    expect(page.locator("#url")).to_be_focused()
    page.fill("#url", "https://192.168.0.10/hook")
    page.click("#save-endpoint")
    expect(page.locator("#url-error")).to_have_text("The address must not be an address of a private network.")
    expect(page.locator("#eventTypes-error")).to_have_text("Choose at least one.")
    expect(page.locator("#url")).to_be_focused()
    screens.see(page, "webhooks-refused")
    page.fill("#url", receiver.url)
    page.fill("#description", "Applicant tracking")
    page.click("#choose-all")
    page.keyboard.press("Enter")
    page.click("#save-endpoint")
    # The secret is shown once.
    expect(page.locator("#secret")).to_be_focused()
    assert re.fullmatch(r"whsec_\S{44}", page.input_value("#secret"))
    page.click("#copy-secret")
    expect(page.locator("#copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#secret")
    assert not re.search(r"null|undefined|NaN", page.inner_text("#secret-dialog"))
    screens.see(page, "webhooks-secret")
    secret = keep(page)
    page.reload()
    expect(page.locator(".endpoint")).to_have_count(1)
    assert secret not in page.content()
    # A test arrives, and the log says so by itself.
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("#done")).to_contain_text("A test is on its way")
    [message] = receiver.wait_for("webhook.test")
    assert message.is_from(secret)
    row = page.locator(".log tbody tr").first
    expect(row).to_contain_text("Taken", timeout=15_000)
    expect(row).to_contain_text("204")
    expect(page.locator(".facts")).to_contain_text("Last taken")
    # One that fails is seen to wait, and can be followed.
    receiver.answers.extend([500, 500])
    page.get_by_role("button", name="Send a test").click()
    expect(row).to_contain_text("On its way", timeout=15_000)
    expect(row).to_contain_text("500", timeout=15_000)
    expect(row).to_contain_text("next try in")
    expect(page.locator(".endpoint .badge").first).to_have_text("Failing")
    screens.see(page, "webhooks-log")
    for _ in range(2):
        count = len(receiver.messages)
        hurry(database)
        eventually(lambda: len(receiver.messages) > count, "another try")
        eventually(lambda: database.execute("SELECT count(*) FROM webhook_delivery WHERE lease_token IS NOT NULL AND state = 'PENDING'").fetchone() == (0,), "its end")
    expect(row).to_contain_text("Taken", timeout=15_000)
    row.locator("summary").click()
    expect(row.locator(".tries li")).to_have_count(2)
    # What arrived can be sent again.
    before = len(receiver.messages)
    row.get_by_role("button", name="Send again").click()
    eventually(lambda: len(receiver.messages) > before, "the replay")
    assert receiver.messages[-1].id == receiver.messages[-2].id


def test_change_switch_rotate_remove(clean, recruiter, pages, receiver, screens):
    page = pages(recruiter)
    add(page, receiver.url, "interview.ready")
    first = keep(page)
    expect(page.locator(".event-types li")).to_have_text(["interview.ready"])
    page.get_by_role("button", name="Edit").click()
    expect(page.locator("#url")).to_have_value(receiver.url)
    page.fill("#description", "Channel")
    page.check("input[value='interview.decided']")
    page.click("#save-endpoint")
    expect(page.locator(".event-types li")).to_have_text(["interview.decided", "interview.ready"])
    expect(page.get_by_role("button", name="Edit")).to_be_focused()
    page.get_by_role("button", name="Switch off").click()
    expect(page.locator(".endpoint .badge").first).to_have_text("Off")
    expect(page.get_by_role("button", name="Switch on")).to_be_focused()
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator(".endpoint .badge").first).to_have_text("On")
    page.get_by_role("button", name="New secret").click()
    expect(page.locator("#secret-dialog")).to_contain_text("The secret before signs too until")
    second = keep(page)
    assert first != second
    expect(page.locator(".endpoint .notice")).to_contain_text("The secret before signs too until")
    # Somebody else changes it meanwhile.
    [endpoint] = recruiter.get("/api/webhook-endpoints")["endpoints"]
    recruiter.call("PATCH", f"/api/webhook-endpoints/{endpoint['id']}", {"version": endpoint["version"], "description": "Elsewhere"})
    page.get_by_role("button", name="Switch off").click()
    expect(page.locator("#done")).to_have_text("Somebody else changed this endpoint meanwhile. Reload the page to see how it is now.")
    page.get_by_role("button", name="Remove").click()
    screens.see(page, "webhooks-removal")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Remove").click()
    page.click("#confirm-removal")
    expect(page.locator(".endpoint")).to_have_count(0)
    expect(page.locator("#done")).to_contain_text("is removed")


def test_what_is_wrong_is_seen(clean, recruiter, pages, receiver, screens, database):
    page = pages(recruiter)
    for name in ("gone", "failing", "troubled"):
        add(page, f"{receiver.url}&{name}", "interview.ready")
        keep(page)
    database.execute("UPDATE webhook_endpoint SET enabled = false, disabled_reason = 'GONE' WHERE url LIKE '%gone'")
    database.execute("UPDATE webhook_endpoint SET enabled = false, disabled_reason = 'FAILING', failing_since = now() - interval '5 days' WHERE url LIKE '%failing'")
    database.execute("UPDATE webhook_endpoint SET failing_since = now() - interval '2 days' WHERE url LIKE '%troubled'")
    for viewport, name in ((None, "webhooks-trouble"), (PHONE, "webhooks-trouble-narrow")):
        page = pages(recruiter, viewport)
        expect(page.locator(".endpoint .notice")).to_have_count(3)
        expect(page.locator(".notice.bad").first).to_contain_text("answered 410")
        page.locator(".log summary").last.click()
        expect(page.locator(".log-body").last).to_contain_text("Nothing was sent yet")
        screens.see(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_on_a_phone_and_offline(clean, recruiter, pages, receiver, screens):
    page = pages(recruiter, PHONE)
    screens.see(page, "webhooks-empty-narrow")
    add(page, receiver.url, "interview.ready", "interview.decided")
    keep(page)
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator(".log tbody tr").first).to_contain_text("Taken", timeout=15_000)
    screens.see(page, "webhooks-narrow")
    page.get_by_role("button", name="Edit").click()
    screens.see(page, "webhooks-form-narrow")
    page.context.set_offline(True)
    page.fill("#description", "Offline")
    page.click("#save-endpoint")
    expect(page.locator("#endpoint-dialog .notice.bad")).to_have_text("No connection: nothing was changed. Please try again.")
    page.context.set_offline(False)
    page.click("#save-endpoint")
    expect(page.locator("#endpoint-dialog")).to_have_count(0)
    expect(page.locator(".endpoint")).to_contain_text("Offline")


def test_a_recruiter_is_told_whom_to_ask(colleague, pages, screens):  # noqa: F811
    page = pages(colleague)
    expect(page.get_by_role("heading", name="For administrators")).to_be_visible()
    screens.see(page, "webhooks-forbidden")


def test_an_answer_that_was_lost_changes_nothing_twice(clean, recruiter, pages, receiver):
    """The page sends the request again under its key; the endpoint is there once."""
    page = pages(recruiter)
    lost = []

    def lose_the_first(route):
        if route.request.method == "POST" and not lost:
            lost.append(route.request.headers["idempotency-key"])
            route.fetch()
            return route.abort()
        route.continue_()
    page.route("**/api/webhook-endpoints", lose_the_first)
    with page.expect_request(lambda request: request.method == "POST" and bool(lost)) as again:
        add(page, receiver.url, "interview.ready")
    assert again.value.headers["idempotency-key"] == lost[0]
    keep(page)
    assert len(recruiter.get("/api/webhook-endpoints")["endpoints"]) == 1


def test_axe_finds_nothing(screens):
    found = {name: problems for name, problems in screens.violations.items() if name.startswith("webhooks") and problems}
    assert found == {}
