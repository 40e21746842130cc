"""What the dashboard says needs attention, and that it goes away once somebody has seen to it."""

import re

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import new_organization
from correspondence import kept
from parley import Interview, accepted, eventually, is_problem, moment, sign_in
from test_assessment_page import open_as  # noqa: F401 - a fixture
from test_assessments import Assessment

SCORES = {"score": 4, "notes": ""}


@pytest.fixture(scope="module")
def people(base, demo, run):
    """An administrator and a recruiter of an organisation in which nobody else does anything."""
    return [sign_in(base, account) for account in new_organization(demo, run, "Eastfield", "Edna Owner", "Ottilie Marchbanks")]


@pytest.fixture(scope="module")
def owner(people):
    return people[0]


@pytest.fixture(scope="module")
def person(owner):
    return owner.post("/api/candidates", {"name": "Philippa Overgrove", "email": "philippa.overgrove@candidates.example"})


@pytest.fixture(scope="module")
def assessment(owner):
    made = Assessment(owner)
    accepted(made.move("activate"))
    return made.shown["id"]


@pytest.fixture
def dashboard(open_as, owner):  # noqa: F811
    return lambda: open_as(owner, "/dashboard")


def answered(owner, person, demo, assessment):
    """An interview that is submitted, with its answers as text; no pipeline is waited for."""
    interview = Interview(owner, person, assessment).send().start()
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("""
            INSERT INTO video_response (organization_id, async_interview_id, question_id, candidate_id, status, text_answer)
            SELECT organization_id, id, unnest(%s::uuid[]), candidate_id, 'SUBMITTED', 'My answer.' FROM async_interview WHERE id = %s""",
            [interview.questions, interview.id])
        connection.execute("""
            UPDATE async_interview SET status = 'SUBMITTED', submitted_at = now(), ai_analysis_status = 'complete' WHERE id = %s""", [interview.id])
    return interview


def in_group(page, group, person):
    return page.locator(f"#{group}").get_by_text(person["name"])


def names(client, group):
    return [each["candidate"]["name"] for each in client.get("/api/dashboard")["attention"][group]["interviews"]]


def score(client, interview):
    for question in interview.questions:
        accepted(client.call("POST", f"/api/async-interviews/{interview.id}/score", {"questionId": question, **SCORES}))


def test_an_interview_moves_through_what_needs_attention(dashboard, owner, person, demo, assessment, screens, database):
    draft = Interview(owner, person, assessment, deadlineAt=moment(20 * 3600))
    page = dashboard()
    expect(in_group(page, "drafts", person)).to_be_visible()
    draft.send()
    page.reload()
    expect(in_group(page, "drafts", person)).to_have_count(0)
    expect(in_group(page, "closing", person)).to_be_visible()
    expect(page.locator("#closing")).to_contain_text("ends in 19 hours")
    # A later invitation would count more than one that came back.
    eventually(lambda: [mail["state"] for mail in kept(draft, "invitation")] == ["sent"], "the invitation to be sent")
    database.execute("""
        INSERT INTO mail (organization_id, async_interview_id, kind, delivery_id, recipient, subject, message_id, state, reason)
        SELECT organization_id, id, 'invitation', id::text, invitation_email, 'Your video interview', id::text, 'bounced', 'No such mailbox.'
        FROM async_interview WHERE id = %s""", [draft.id])
    page.reload()
    expect(in_group(page, "failedMails", person)).to_be_visible()
    screens.see(page, "dashboard-bounced")
    # Whoever has begun needs no reminder.
    draft.start()
    page.reload()
    expect(in_group(page, "closing", person)).to_have_count(0)

    interview = answered(owner, person, demo, assessment)
    database.execute("UPDATE async_interview SET ai_analysis_status = 'failed' WHERE id = %s", [interview.id])
    page.reload()
    expect(in_group(page, "failedAnalyses", person)).to_be_visible()
    screens.see(page, "dashboard")
    in_group(page, "toReview", person).click()
    expect(page).to_have_url(re.compile(interview.id))
    score(owner, interview)
    page.goto("/dashboard")
    expect(in_group(page, "toDecide", person)).to_be_visible()
    expect(in_group(page, "toReview", person)).to_have_count(0)
    accepted(owner.call("PATCH", f"/api/async-interviews/{interview.id}", {"recommendation": "hold", "reason": "One answer is not enough."}))
    page.reload()
    expect(in_group(page, "newest", person)).to_have_count(2)
    for group in ("toDecide", "failedAnalyses"):
        expect(in_group(page, group, person)).to_have_count(0)


def test_reviews_await_those_who_were_asked(owner, people, person, demo, assessment):
    interview = answered(owner, person, demo, assessment)
    colleague = people[1]
    assert names(owner, "toReview") == names(colleague, "toReview") == [person["name"]]
    asked = colleague.get("/api/auth/profile")["user"]["id"]
    accepted(owner.call("PUT", f"/api/async-interviews/{interview.id}/reviewers", {"accountIds": [asked]}))
    assert names(owner, "toReview") == [] and names(colleague, "toReview") == [person["name"]]


def test_the_dashboard_is_the_organisations_own(stranger, recruiter, person):
    theirs = stranger.get("/api/dashboard")
    assert theirs["newest"] == [] and theirs["funnel"]["invited"] == 0 and not theirs["setup"]["hasAssessment"]
    assert person["name"] not in str(theirs)
    is_problem(recruiter.call("GET", "/api/dashboard", params={"surprise": 1}), "VALIDATION_FAILED")


def test_the_dashboard_without_a_connection(dashboard, screens):
    page = dashboard()
    page.route("**/api/dashboard", lambda route: route.abort())
    page.reload()
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    page.unroute("**/api/dashboard")
    page.click("#try-again")
    expect(page.locator("#attention-title")).to_be_visible()


def test_what_needs_attention_is_found_without_reading_everything(database, organization):
    """Each kind has its index: the planner, kept from reading whole tables, uses it."""
    conditions = {
        "async_interview_to_review": "status = 'SUBMITTED' ORDER BY submitted_at",
        "async_interview_to_decide": "status = 'REVIEWED' AND recommendation IS NULL ORDER BY reviewed_at",
        "async_interview_not_begun": "status IN ('SENT', 'OPENED') AND deadline_at > now() ORDER BY deadline_at",
        "async_interview_not_analyzed":
            "ai_analysis_status = 'failed' AND status IN ('SUBMITTED', 'REVIEWED') AND recommendation IS NULL ORDER BY submitted_at",
        "async_interview_invited": "invitation_sent_at > now() - interval '30 days' ORDER BY invitation_sent_at DESC",
    }
    with database.transaction():
        database.execute("SET LOCAL enable_seqscan = off")
        database.execute("SET LOCAL enable_sort = off")
        for index, condition in conditions.items():
            plan = "\n".join(row[0] for row in database.execute(
                f"EXPLAIN SELECT id FROM async_interview WHERE organization_id = '{organization}' AND {condition} LIMIT 100"))
            assert f"using {index} " in plan, plan


def test_everybody_can_use_the_dashboard(screens):
    assert {name: found for name, found in screens.violations.items() if found} == {}
