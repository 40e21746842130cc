"""What became of interviews: the numbers, their pictures and tables, and what is too little to say."""

import csv
import io
import re
import uuid

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import DESKTOP, new_organization
from parley import is_problem, sign_in
from screens import state
from test_pages import PHONE

# Sixty interviews of the last days: of ten in a row two are never opened (one after its mail came back), one is
# opened and not begun, one begun and left at the second question, one cancelled, and five submitted, of which three
# are reviewed and two decided.
FILL = """
WITH home AS (SELECT %(organization)s::uuid AS o, (SELECT id FROM account WHERE organization_id = %(organization)s ORDER BY id LIMIT 1) AS a),
k AS (INSERT INTO competency (organization_id, name) SELECT o, name FROM home, unnest(ARRAY['Collaboration', 'Ownership']) AS name RETURNING id, name),
s AS (INSERT INTO assessment (organization_id, title, job_title) SELECT o, 'Measured together', 'Nurse' FROM home RETURNING id),
q AS (INSERT INTO question (organization_id, assessment_id, competency_id, position, content)
    SELECT o, s.id, k.id, CASE k.name WHEN 'Collaboration' THEN 1 ELSE 2 END, 'Tell us about ' || lower(k.name) FROM home, s, k RETURNING id, position),
c AS (INSERT INTO candidate (organization_id, name, email) SELECT o, 'Candidate ' || n, n || '@measured.example' FROM home, generate_series(1, 60) n RETURNING id, name),
i AS (INSERT INTO async_interview (organization_id, assessment_id, candidate_id, created_by_id, status, time_limit_seconds, think_time_seconds,
        retake_policy, deadline_at, invitation_token_hash, invitation_sent_at, invitation_email, opened_at, started_at, submitted_at, reviewed_at, recommendation)
    SELECT o, s.id, c.id, a, CASE WHEN kind < 4 THEN 'EXPIRED' WHEN kind = 4 THEN 'CANCELLED' WHEN kind < 7 THEN 'SUBMITTED' ELSE 'REVIEWED' END,
        60, 0, 'ONE', at + interval '2 days', sha256(gen_random_uuid()::text::bytea), at, 'x@measured.example',
        CASE WHEN kind >= 2 THEN at + interval '1 hour' END, CASE WHEN kind = 3 OR kind >= 5 THEN at + interval '2 hours' END,
        CASE WHEN kind >= 5 THEN at + n * interval '10 minutes' END, CASE WHEN kind >= 7 THEN at + interval '1 day' END,
        CASE WHEN kind >= 8 THEN 'advance' END
    FROM home, s, c CROSS JOIN LATERAL (SELECT split_part(c.name, ' ', 2)::integer AS n) number
    CROSS JOIN LATERAL (SELECT n %% 10 AS kind, now() - interval '3 days' AS at) each RETURNING id, candidate_id, status, started_at, submitted_at, recommendation),
l AS (INSERT INTO interview (organization_id, assessment_id, candidate_id, async_interview_id) SELECT o, s.id, i.candidate_id, i.id FROM home, s, i RETURNING id, async_interview_id),
v AS (INSERT INTO video_response (organization_id, async_interview_id, question_id, candidate_id, status)
    SELECT o, i.id, q.id, i.candidate_id, 'SUBMITTED' FROM home, i, q WHERE i.submitted_at IS NOT NULL OR i.started_at IS NOT NULL AND q.position = 1),
e AS (INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score)
    SELECT o, l.id, a, q.id, CASE q.position WHEN 1 THEN 4 ELSE 2 END FROM home, q, i JOIN l ON l.async_interview_id = i.id WHERE i.status = 'REVIEWED'),
g AS (INSERT INTO score_ledger (organization_id, async_interview_id, question_id, evaluator_id, suggested, given)
    SELECT o, i.id, q.id, a, 3, CASE q.position WHEN 1 THEN 4 ELSE 2 END FROM home, q, i WHERE i.status = 'REVIEWED'),
d AS (INSERT INTO decision_ledger (organization_id, async_interview_id, account_id, recommendation, reason, created_at)
    SELECT o, i.id, a, 'advance', 'Because.', now() - interval '1 day' FROM home, i WHERE recommendation IS NOT NULL),
x AS (INSERT INTO device_check (id, organization_id, async_interview_id, key, mime_type, expires_at, verdict)
    SELECT gen_random_uuid(), o, i.id, gen_random_uuid()::text, 'video/webm', now(),
        jsonb_build_object('durationSeconds', 5, 'problems', CASE WHEN i.submitted_at IS NULL THEN '["DARK"]' ELSE '[]' END::jsonb)
    FROM home, i WHERE i.started_at IS NOT NULL)
INSERT INTO mail (organization_id, async_interview_id, kind, delivery_id, recipient, subject, message_id, state, reason)
SELECT o, i.id, 'invitation', i.id::text, 'x@measured.example', 'Your video interview', 'x@parley.example', 'bounced', 'No such mailbox.'
FROM home, i JOIN c ON c.id = i.candidate_id WHERE split_part(c.name, ' ', 2)::integer %% 10 = 1
"""


@pytest.fixture(scope="module")
def accounts(demo, run):
    return new_organization(demo, run, "Measured", "Mona Measured")


@pytest.fixture(scope="module")
def measured(base, demo, accounts):
    """Somebody whose organisation has interviews of every fate."""
    client = sign_in(base, accounts[0])
    organization = client.get("/api/auth/profile")["user"]["organization"]["id"]
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute(FILL, {"organization": organization})
        client.assessment = connection.execute("SELECT id::text FROM assessment WHERE organization_id = %s", [organization]).fetchone()[0]
        yield client
        # Other journeys look at how the planner finds what is among few.
        connection.execute("DELETE FROM async_interview WHERE assessment_id = %s", [client.assessment])


@pytest.fixture
def pages(device):
    def signed_in(client):
        context = device(timezone_id="Europe/Berlin")
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": client.base}])
        return context.new_page()
    return signed_in


def test_the_numbers(measured):
    found = measured.get("/api/analytics")
    assert [(step["step"], step["count"]) for step in found["funnel"]] == [
        ("invited", 60), ("opened", 48), ("started", 36), ("submitted", 30), ("reviewed", 18), ("decided", 12)]
    assert found["funnel"][3]["share"] == 0.5 and found["funnel"][5]["shareOfPrevious"] == pytest.approx(12 / 18)
    # Submitted after n times ten minutes, n being 5 to 9 and so on up to 59.
    minutes = sorted(n * 10 for n in range(1, 61) if n % 10 >= 5)
    assert found["timeToSubmission"] == {"count": 30, "median": pytest.approx((minutes[14] + minutes[15]) / 2 * 60), "p90": pytest.approx(
        (minutes[26] + 0.1 * (minutes[27] - minutes[26])) * 60)}
    assert found["timeToDecision"]["median"] == pytest.approx(2 * 86400, abs=60)
    assert [(each["reached"], each["left"]) for each in found["questions"]] == [(36, 0), (36, 6)]
    assert {each["reason"]: each["count"] for each in found["losses"]} == {
        "NOT_DELIVERED": 6, "EXPIRED_UNOPENED": 6, "EXPIRED_UNSTARTED": 6, "EXPIRED_UNFINISHED": 6, "CANCELLED": 6}
    checks = found["deviceChecks"]
    assert (checks["interviews"], checks["withProblems"], checks["unsolved"]) == (36, 6, 6)
    assert checks["problems"] == [{"problem": "DARK", "interviews": 6}]
    assert [(each["name"], each["counts"], each["mean"]) for each in found["competencies"]] == [
        ("Collaboration", [0, 0, 0, 18, 0], 4), ("Ownership", [0, 18, 0, 0, 0], 2)]
    suggestions = found["suggestions"]
    assert (suggestions["compared"], suggestions["differing"], suggestions["meanDifference"], suggestions["meanDistance"]) == (36, 36, 0, 1)
    assert [(each["scores"], each["interviews"]) for each in found["reviewers"]] == [(36, 18)]


def test_the_table_for_a_spreadsheet(measured, database):
    database.execute("UPDATE competency SET name = '=cmd()' WHERE name = 'Ownership' AND organization_id = (SELECT organization_id FROM assessment WHERE id = %s)",
                     [measured.assessment])
    answer = measured.call("GET", "/api/analytics/export.csv")
    assert answer.headers["Content-Type"].startswith("text/csv") and "analytics-" in answer.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:5] == ["Section", "Item", "Count", "Of", "Share"]
    assert ["Funnel", "submitted", "30", "60", "0.5"] in [row[:5] for row in rows]
    assert all(cell[:1] not in ("=", "+", "-", "@") for row in rows for cell in row if not re.fullmatch(r"-?[\d.e-]+", cell))
    database.execute("UPDATE competency SET name = 'Ownership' WHERE name = '=cmd()'")


def test_wrong_periods_and_foreign_assessments(measured, recruiter):
    is_problem(measured.call("GET", "/api/analytics", params={"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}), "VALIDATION_FAILED")
    is_problem(measured.call("GET", "/api/analytics", params={"from": "2020-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"}), "VALIDATION_FAILED")
    is_problem(recruiter.call("GET", "/api/analytics", params={"assessmentId": measured.assessment}), "NOT_FOUND")
    is_problem(recruiter.call("GET", "/api/analytics/export.csv", params={"assessmentId": str(uuid.uuid4())}), "NOT_FOUND")


def test_the_page(pages, screens, measured):
    page = pages(measured)
    page.goto("/analytics")
    state(page, "ready")
    expect(page.locator("#basis")).to_contain_text("60 video interviews were sent")
    expect(page.locator("#funnel .bar-plot")).to_have_attribute("aria-label", re.compile("Submitted: 30 · 50%"))
    expect(page.locator("#suggestions")).to_contain_text("100% of 36 scores are not the suggested one: 1.00 levels apart on average, 0.00 in all.")
    assert not re.search(r"\b(null|undefined|false|NaN)\b", page.inner_text("main"))
    screens.see(page, "analytics", picture=True)
    for summary in page.get_by_text("As a table").all():
        summary.focus()
        page.keyboard.press("Enter")
    assert page.locator("#funnel tbody tr", has_text="Submitted").inner_text().split() == ["Submitted", "30", "50%", "83%"]
    # Each picture's numbers are in its table.
    for card in page.locator(".card.measure").all():
        drawn = card.locator("[role=img]").first
        assert card.locator("tbody tr").count() > 0
        for number in re.findall(r": (\d+)(?= ·|;|$)", drawn.get_attribute("aria-label") if drawn.count() else ""):
            assert number in card.locator("tbody").inner_text()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    screens.see(page, "analytics-tables")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.evaluate("scrollTo(0, 0)")
    screens.see(page, "analytics-phone")
    page.set_viewport_size(DESKTOP)

    # The period and the assessment stand in the address.
    page.select_option("#assessment", measured.assessment)
    expect(page).to_have_url(re.compile(f"assessmentId={measured.assessment}"))
    expect(page.locator("#assessment")).to_be_focused()
    expect(page.locator("#questions tbody")).to_contain_text("1. Tell us about collaboration")
    page.get_by_role("link", name="Last 7 days").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Last 7 days")).to_have_attribute("aria-current", "true")
    expect(page.locator("#assessment")).to_have_value(measured.assessment)
    page.fill("#from", "2020-01-01")
    expect(page.locator("#refusal")).to_contain_text("a year at most")
    page.fill("#to", "2020-02-01")
    expect(page.locator(".face")).to_contain_text("Nothing was sent in this time")
    screens.see(page, "analytics-empty")
    page.goto("/analytics")
    expect(page.locator("#basis")).to_contain_text("60 video interviews")
    with page.expect_download() as download:
        page.click("#export")
    assert download.value.suggested_filename.startswith("analytics-")


def test_too_little_is_called_that(pages, screens, measured, database):
    """All but four are sent long before the period."""
    database.execute("""
        UPDATE async_interview SET invitation_sent_at = invitation_sent_at - interval '100 days'
        WHERE assessment_id = %s AND id NOT IN (SELECT id FROM async_interview WHERE assessment_id = %s AND status = 'REVIEWED' LIMIT 4)""",
        [measured.assessment] * 2)
    try:
        page = pages(measured)
        page.goto("/analytics")
        expect(page.locator("#basis")).to_contain_text("4 video interviews were sent")
        expect(page.locator("#times")).to_contain_text("Not enough data")
        expect(page.locator("#questions .none")).to_have_text("Not enough data")
        assert not re.search(r"(?<!\d)0\s?%", page.inner_text("main"))
        screens.see(page, "analytics-few")
    finally:
        database.execute("""
            UPDATE async_interview SET invitation_sent_at = invitation_sent_at + interval '100 days'
            WHERE assessment_id = %s AND invitation_sent_at < now() - interval '50 days'""", [measured.assessment])


def test_unreachable_and_broken(pages, screens, measured):
    page = pages(measured)
    page.route("**/api/analytics*", lambda route: route.abort())
    page.goto("/analytics")
    state(page, "offline")
    page.unroute("**/api/analytics*")
    page.route("**/api/analytics*", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body='{"status":503,"code":"UNAVAILABLE","detail":"The database is busy."}'))
    page.click("#try-again")
    state(page, "error")
    expect(page.get_by_role("alert")).to_contain_text("The database is busy.")
    screens.see(page, "analytics-error")


def test_no_picture_has_a_violation(screens):
    """Runs after all of the pages above were looked at."""
    assert {name: found for name, found in screens.violations.items() if name.startswith("analytics") and found} == {}
