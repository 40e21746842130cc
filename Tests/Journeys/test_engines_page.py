"""An administrator sees what engines do and cost, and chooses them."""

import re

import pytest
from playwright.sync_api import expect

from conftest import new_colleague
from engines import VOICES, choose, declare
from parley import note_secret_address
from screens import Screens


@pytest.fixture
def pages(browser, base):
    opened = []

    def open_one(client, **viewport):
        context = browser.new_context(viewport={"width": 1280, "height": 900, **viewport}, base_url=base)
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": base}])
        page = context.new_page()
        page.problems = []
        page.on("response", note_secret_address)
        page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        opened.append(page)
        page.goto("/ai")
        expect(page.locator("main")).to_have_attribute("data-state", "ready")
        return page
    yield open_one
    for page in opened:
        page.context.close()
        assert page.problems == []


@pytest.fixture
def used(double, database, organization):
    """Some days of use."""
    database.execute("DELETE FROM ai_call WHERE organization_id = %s", [organization])
    database.execute("""
        INSERT INTO ai_call (organization_id, at, purpose, provider, model, input_sha256, outcome, error, attempts, input_tokens,
            output_tokens, audio_seconds, cost_micro_usd, reserved_micro_usd)
        SELECT %s, greatest(date_trunc('month', now()), now() - make_interval(days => n / 3)),
            CASE n %% 3 WHEN 0 THEN 'transcription' ELSE 'rating' END, CASE n %% 3 WHEN 0 THEN 'hosted-whisper' ELSE 'claude' END,
            'claude-sonnet-5-5', 'x', CASE n %% 10 WHEN 0 THEN 'UNAVAILABLE' ELSE 'ANSWERED' END,
            CASE n %% 10 WHEN 0 THEN 'The provider is unavailable: HTTP 529 overloaded_error' END, 1,
            CASE n %% 3 WHEN 0 THEN 0 ELSE 2400 END, CASE n %% 3 WHEN 0 THEN 0 ELSE 500 END, CASE n %% 3 WHEN 0 THEN 95 ELSE 0 END, 9000 + 731 * n, 0
        FROM generate_series(1, 40) n""", [organization])
    database.execute("""
        INSERT INTO ai_provider (name, failures, resting_until, stop, last_error, last_error_at, last_success_at) VALUES
            ('claude', 0, NULL, NULL, NULL, NULL, now() - interval '2 minutes'),
            ('hosted-whisper', 3, now() + interval '10 minutes', 'SPEND_CAP', 'its spend limit is reached (HTTP 429 insufficient_quota)', now(), now() - interval '2 hours'),
            ('own-chat', 1, NULL, NULL, 'nobody answers at its address', now() - interval '4 minutes', NULL)""")
    database.execute("INSERT INTO ai_wait (organization_id, purpose, subject) VALUES (%s, 'transcription', gen_random_uuid())", [organization])
    yield
    database.execute("DELETE FROM ai_call WHERE organization_id = %s", [organization])


def test_an_administrator_chooses_engines(double, used, recruiter, pages, screens):
    page = pages(recruiter)
    expect(page.locator("#main-nav [aria-current=page]")).to_have_text("AI engines")
    page.select_option("#transcriber", "hosted-whisper")
    page.select_option("#languageModel", "claude")
    page.select_option("#countsVoices", "false")
    page.fill("#budget", "a lot")
    page.click("#save")
    expect(page.locator("#budget-error")).to_contain_text("The budget must be")
    page.fill("#budget", "12.5")
    page.select_option("#region", "ELSEWHERE")
    page.keyboard.press("Enter")
    page.click("#save")
    expect(page.locator("#saved")).to_have_text("Saved.")
    shown = recruiter.get("/api/ai/settings")
    assert shown["setting"] | {"version": 0} == {
        "languageModel": "claude", "transcriber": "hosted-whisper", "monthlyBudgetCents": 1250, "region": "ELSEWHERE",
        "wordingTone": None, "countsVoices": False, "version": 0}
    expect(page.locator(".notice.bad").first).to_contain_text("hosted-whisper does no work: its spend limit is reached")
    expect(page.locator("#usage")).to_contain_text("of $12.50")
    expect(page.locator("#provider-claude .badge")).to_have_text("Works")
    expect(page.locator("#provider-two-models")).to_contain_text(f"counts voices with {VOICES}")
    expect(page.locator("#provider-hosted-whisper .badge")).to_have_text("Stopped")
    screens.see(page, "engines")
    page.locator("#providers-title").scroll_into_view_if_needed()
    page.mouse.wheel(0, 3000)
    screens.see(page, "engines-providers")
    # Somebody else was faster.
    choose(recruiter, "claude")
    page.click("#save")
    expect(page.locator(".engine-form [role=alert]")).to_contain_text("changed meanwhile")
    narrow = pages(recruiter, width=390, height=844)
    screens.see(narrow, "engines-narrow")
    assert narrow.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [each for each in violations(screens) if each] == []


def test_without_providers_everything_is_done_here(double_server, run, recruiter, pages, screens, database, organization):
    database.execute("DELETE FROM ai_call WHERE organization_id = %s", [organization])
    declare(run, None)
    try:
        page = pages(recruiter)
        expect(page.locator("#own-only")).to_contain_text("nothing that candidates say leaves it")
        assert not re.search(r"\b(null|undefined|NaN|false)\b", page.inner_text("main"))
        expect(page.locator("#budget")).to_have_count(0)
        screens.see(page, "engines-none")
        assert [each for each in violations(screens) if each] == []
    finally:
        declare(run, {"fallbackAfterSeconds": 4, "providers": double_server.declaration()})


def test_others_are_told_whom_to_ask(double, base, demo, pages, screens):
    page = pages(new_colleague(base, demo, "Nora Nopower"))
    expect(page.locator("h1")).to_have_text("For administrators")
    screens.see(page, "engines-forbidden")


def test_a_lost_connection_is_said_and_got_over(double, recruiter, pages, screens):
    page = pages(recruiter)
    page.route("**/api/ai/**", lambda route: route.abort())
    page.evaluate("location.reload()")
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    screens.see(page, "engines-offline")
    page.unroute("**/api/ai/**")
    page.click("#try-again")
    expect(page.locator("#choice-title")).to_be_visible()


def violations(screens: Screens):
    return [found for name, each in screens.violations.items() if name.startswith("engines") for found in each]
