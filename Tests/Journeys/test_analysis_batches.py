"""An assessment's answers analysed again, all together: sent as one batch, looked after, and kept, whatever comes of each."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from playwright.sync_api import expect

from conftest import shorter_assessment
from engines import choose
from parley import accepted, eventually, is_problem
from test_rating import GOOD, HESITANT, analyses, answered, insights_of

BATCHES = "/v1/messages/batches"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def assessment(demo, organization):
    """One of its own for each test: only its answers are analysed."""
    identifier = shorter_assessment(demo, organization, "Rated together", 1)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("UPDATE question SET type = 'ASYNC_TEXT' WHERE assessment_id = %s", [identifier])
    return identifier


@pytest.fixture
def interviews(recruiter, candidates, assessment, double):
    """Three answers that rules have read: two that can be rated, and one that is too short for that."""
    found = [answered(recruiter, candidates[0], assessment, text) for text in (GOOD, HESITANT, "I fixed it.")]
    for interview in found:
        insights_of(interview)
    choose(recruiter, "claude")
    return found


def state(recruiter, assessment):
    return recruiter.get(f"/api/assessments/{assessment}/analyses")


def ask(client, assessment):
    return client.call("POST", f"/api/assessments/{assessment}/analyze")


def ended(recruiter, assessment, patience=60):
    """The newest batch, once it has ended."""
    def found():
        batch = state(recruiter, assessment)["batches"][0]
        return batch if batch["state"] == "ENDED" else None
    return eventually(found, "the batch's end", patience)


def shown(interview):
    return interview.show()["videoResponses"][0]


def calls(database, assessment):
    """What the ledger has of the assessment's answers."""
    return database.execute("""
        SELECT c.outcome, c.attempts, c.cost_micro_usd, c.reserved_micro_usd, c.error FROM ai_call c
        JOIN video_response v ON v.id = c.subject JOIN async_interview i ON i.id = v.async_interview_id
        WHERE i.assessment_id = %s ORDER BY c.at, c.id""", [assessment]).fetchall()


def test_all_answers_go_in_one_batch_at_half_the_price(double, recruiter, assessment, interviews, database):
    assert state(recruiter, assessment) == {
        "answers": {"ready": 3, "declined": 0, "noTranscript": 0, "held": 0, "underWay": 0}, "batches": []}
    asked = accepted(ask(recruiter, assessment))
    assert (asked["requested"], asked["left"]) == (3, 0)
    batch = ended(recruiter, assessment)
    assert (batch["id"], batch["answers"], batch["analysed"]) == (asked["batchId"], 3, 2)
    assert (batch["provider"], batch["model"], batch["requestedBy"]["name"] != "") == ("claude", "claude-sonnet-5-5", True)
    assert batch["failures"] == [{"reason": "The answer is too short to rate.", "answers": 1}]

    good, hesitant, short = map(shown, interviews)
    assert good["aiInsights"]["suggestedScore"] == 5 and good["aiInsights"]["engine"]["method"] == "model"
    assert len(good["aiInsights"]["rating"]["samples"]) == 3 and hesitant["aiInsights"]["rating"]["lowAgreement"]
    assert short["aiInsights"]["engine"]["method"] == "rule" and short["analysisRequestedAt"] is None
    again, before = analyses(interviews[0], interviews[0].questions[0])
    assert (again["method"], before["method"], len(set(again["requestIds"]))) == ("model", "rule", 3)
    assert interviews[0].show()["insightSummary"]["overallScore"] == 5

    # One request carried everything; nothing was asked one by one.
    [sent] = [each for each in double.requests(BATCHES) if each["method"] == "POST"]
    assert len(sent["body"]["requests"]) == 6 and double.requests("/v1/messages") == []
    assert "Mira" not in str(sent) and interviews[0].id not in str(sent)
    # The ledger has each answer that was sent, and what the provider counted costs half.
    made = calls(database, assessment)
    assert [(outcome, attempts, held) for outcome, attempts, _, held, _ in made] == [("ANSWERED", 3, 0)] * 2
    assert sum(cost for _, _, cost, _, _ in made) == batch["costMicroUsd"]
    single = accepted(recruiter.call("POST", f"/api/async-interviews/{interviews[0].id}/analyze", {}))["requested"]
    newest = eventually(lambda: (lambda all: all[0] if len(all) == 3 else None)(analyses(interviews[0], single[0]["questionId"])), "one alone")
    assert newest["inputSha256"] == again["inputSha256"]
    # Each sample's cost is rounded up; the prompt is read from the cache, or not, by what came before.
    assert 0.2 < again["costMicroUsd"] / newest["costMicroUsd"] < 1


@pytest.mark.parametrize(("outcomes", "analysed", "reason"), [
    (["succeeded", "succeeded", "expired"], 2, None),
    (["succeeded", "errored", "expired"], 0, "The provider is unavailable: api_error"),
    (["expired"], 0, "The provider is unavailable: it did not come to this within a day"),
    (["canceled"], 0, "The provider is unavailable: the batch was cancelled"),
    (["errored"], 0, "The provider is unavailable: api_error"),
    (["refusal"], 0, "The model declined to answer."),
    (["truncated"], 0, "The provider's answer cannot be used: the answer is longer than 6000 tokens"),
    (["wrong-schema"], 0, "The provider's answer cannot be used"),
], ids=["one-of-three-expired", "two-of-three-fail", "expired", "canceled", "errored", "refusal", "truncated", "wrong-schema"])
def test_what_fails_keeps_its_earlier_result(double, recruiter, assessment, interviews, database, outcomes, analysed, reason):
    double.control("batches", outcomes=outcomes)
    accepted(ask(recruiter, assessment))
    batch = ended(recruiter, assessment)
    assert batch["analysed"] == analysed
    for interview in interviews[:2]:
        insights = shown(interview)["aiInsights"]
        assert insights["engine"]["method"] == ("model" if analysed else "rule")
        assert shown(interview)["analysisRequestedAt"] is None
        if analysed:
            assert [each["problem"] is None for each in insights["rating"]["samples"]] == [True, True, False]
    if reason:
        [failed] = [each for each in batch["failures"] if "too short" not in each["reason"]]
        assert failed["answers"] == 2 and failed["reason"].startswith(reason)
    # Nothing is held back from the budget any more, and they can be asked again.
    assert all(held == 0 and outcome != "PENDING" for outcome, _, _, held, _ in calls(database, assessment))
    assert state(recruiter, assessment)["answers"]["ready"] == 3


@pytest.mark.parametrize(("kind", "times", "path", "patient"), [
    ("overloaded", 4, BATCHES, True), ("server-error", 1, "", True), ("cut", 1, "/results", True), ("overloaded", -1, BATCHES, False),
    ("invalid", -1, BATCHES, False), ("spend-cap", -1, BATCHES, False)])
def test_a_provider_that_is_not_well(double, recruiter, assessment, interviews, database, kind, times, path, patient):
    double.fault(kind, times, path=path)
    accepted(ask(recruiter, assessment))
    batch = ended(recruiter, assessment, 90)
    assert batch["analysed"] == (2 if patient else 0)
    if not patient:
        assert sum(each["answers"] for each in batch["failures"]) == 3
        assert all(outcome != "PENDING" and not cost for outcome, _, cost, _, _ in calls(database, assessment))
    assert shown(interviews[0])["aiInsights"]["engine"]["method"] == ("model" if patient else "rule")


def test_a_provider_that_forgets_a_batch(double, recruiter, assessment, interviews):
    double.control("batches", seconds=3600)
    accepted(ask(recruiter, assessment))
    eventually(lambda: state(recruiter, assessment)["batches"][0]["state"] == "SENT", "the sending")
    double.control("batches", forget=True)
    batch = ended(recruiter, assessment)
    assert batch["analysed"] == 0 and any("does not know the batch any more" in each["reason"] for each in batch["failures"])


# ---- Cancelling -------------------------------------------------------------------------------

def cancel(client, assessment, batch):
    return client.call("POST", f"/api/assessments/{assessment}/analyses/{batch}/cancel")


def nothing_is_held(database, assessment):
    return all(held == 0 and outcome != "PENDING" for outcome, _, _, held, _ in calls(database, assessment))


def test_what_was_done_when_it_was_cancelled_counts(double, recruiter, stranger, demo, organization, assessment, interviews, database):
    double.control("batches", seconds=3600, begun=3)
    asked = accepted(ask(recruiter, assessment))["batchId"]
    eventually(lambda: state(recruiter, assessment)["batches"][0]["state"] == "SENT", "the sending")
    is_problem(cancel(stranger, assessment, asked), "NOT_FOUND")
    is_problem(cancel(recruiter, shorter_assessment(demo, organization, "Another one", 1), asked), "NOT_FOUND")
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: cancel(recruiter, assessment, asked), range(4)))
    assert [each.status_code for each in answers] == [204] * 4
    batch = ended(recruiter, assessment)
    assert (batch["analysed"], batch["cancelledBy"]) == (1, batch["requestedBy"]) and batch["cancelledAt"]
    assert {"reason": "It was cancelled.", "answers": 1} in batch["failures"] and batch["costMicroUsd"] > 0
    assert sorted(shown(each)["aiInsights"]["engine"]["method"] for each in interviews[:2]) == ["model", "rule"]
    assert double.requests("/cancel") and nothing_is_held(database, assessment)
    # It stays cancelled, and what is left can be asked about again.
    accepted(cancel(recruiter, assessment, asked))
    assert state(recruiter, assessment)["answers"]["ready"] == 3


def test_what_has_ended_is_not_cancelled(double, recruiter, assessment, interviews):
    asked = accepted(ask(recruiter, assessment))["batchId"]
    batch = ended(recruiter, assessment)
    is_problem(cancel(recruiter, assessment, asked), "CONFLICT")
    assert state(recruiter, assessment)["batches"] == [batch] and batch["cancelledAt"] is None


def test_cancelled_while_the_provider_cannot_take_it(double, recruiter, assessment, interviews, database):
    double.fault("overloaded", -1, path=BATCHES)
    asked = accepted(ask(recruiter, assessment))["batchId"]
    accepted(cancel(recruiter, assessment, asked))
    batch = state(recruiter, assessment)["batches"][0]
    assert (batch["state"], batch["analysed"]) == ("ENDED", 0)
    assert sum(each["answers"] for each in batch["failures"] if each["reason"] == "It was cancelled.") >= 2
    eventually(lambda: nothing_is_held(database, assessment), "the ledger's release")


def test_cancelled_while_it_is_being_sent(double, recruiter, assessment, interviews, database):
    double.control("batches", seconds=3600)
    double.fault("slow", 1, path=BATCHES, seconds=3)
    asked = accepted(ask(recruiter, assessment))["batchId"]
    # Requests of the batch before may still come to the double; the ledger tells which is ours.
    eventually(lambda: any(outcome == "PENDING" for outcome, *_ in calls(database, assessment)), "the request")
    accepted(cancel(recruiter, assessment, asked))
    # The provider has it all the same, and is told.
    batch = eventually(
        lambda: (lambda found: found if found["state"] == "ENDED" and found["provider"] else None)(state(recruiter, assessment)["batches"][0]), "the end", 60)
    assert (batch["analysed"], len(double.requests("/cancel")) >= 1) == (0, True)
    assert {"reason": "It was cancelled.", "answers": 2} in batch["failures"] and nothing_is_held(database, assessment)


def test_cancelled_where_each_answer_goes_its_own_way(double, recruiter, assessment, interviews, database, signer, organization):
    # As SendAnalysisBatch leaves it, before the courier brings the answers.
    [(batch, request)] = database.execute("""
        WITH batch AS (
            INSERT INTO analysis_batch (organization_id, assessment_id, account_id, state)
            SELECT organization_id, assessment_id, created_by_id, 'ONE_BY_ONE' FROM async_interview WHERE id = %(interview)s RETURNING *)
        INSERT INTO analysis_request (organization_id, video_response_id, account_id, batch_id)
        SELECT b.organization_id, v.id, b.account_id, b.id FROM batch b, video_response v WHERE v.async_interview_id = %(interview)s
        RETURNING batch_id, id""", {"interview": interviews[0].id}).fetchall()
    accepted(cancel(recruiter, assessment, batch))
    accepted(signer.deliver("/api/ai/analyze-video", "analysis.requested", {
        "videoResponseId": shown(interviews[0])["id"], "requestId": str(request), "organizationId": organization}))
    found = state(recruiter, assessment)["batches"][0]
    assert (found["state"], found["analysed"], found["failures"]) == ("ENDED", 0, [{"reason": "It was cancelled.", "answers": 1}])
    assert double.requests() == [] and len(analyses(interviews[0], interviews[0].questions[0])) == 1


def test_a_server_without_batches_is_asked_one_by_one(double, recruiter, assessment, interviews, database):
    double.fault("not-found", -1, path=BATCHES)
    accepted(ask(recruiter, assessment))
    batch = ended(recruiter, assessment)
    assert (batch["analysed"], batch["provider"]) == (2, None)
    assert len(double.requests("/v1/messages")) == 6
    assert recruiter.get("/api/ai/settings")["providers"][0]["state"] == "UP"


def test_without_a_model_rules_read_the_answers_again(double, recruiter, assessment, interviews):
    choose(recruiter, None)
    accepted(ask(recruiter, assessment))
    batch = ended(recruiter, assessment)
    assert (batch["analysed"], batch["failures"], batch["costMicroUsd"]) == (3, [], None)
    assert len(analyses(interviews[0], interviews[0].questions[0])) == 2 and double.requests() == []


def test_a_budget_that_does_not_reach(double, recruiter, assessment, interviews):
    choose(recruiter, "claude", monthlyBudgetCents=0)
    accepted(ask(recruiter, assessment))
    batch = ended(recruiter, assessment)
    assert {"reason": "This month's budget is spent.", "answers": 2} in batch["failures"]
    assert double.requests(BATCHES) == []


def test_who_refuses_meanwhile_gets_no_result(double, recruiter, candidates, assessment, interviews, database):
    double.control("batches", seconds=4)
    accepted(ask(recruiter, assessment))
    eventually(lambda: state(recruiter, assessment)["batches"][0]["state"] == "SENT", "the sending")
    # As GiveConsent does, from whose page nobody comes after submission.
    database.execute("""
        INSERT INTO consent_receipt (organization_id, async_interview_id, candidate_id, purpose, granted, version, locale, text_hash)
        SELECT organization_id, id, candidate_id, 'ANALYSIS', false, '1', 'en', sha256('') FROM async_interview WHERE id = %s""",
        [interviews[0].id])
    database.execute("UPDATE video_response SET updated_at = now() WHERE async_interview_id = %s", [interviews[0].id])
    batch = ended(recruiter, assessment)
    assert batch["analysed"] == 1 and shown(interviews[0])["aiInsights"] is None
    assert {"reason": "The answer may not be analysed any more.", "answers": 1} in batch["failures"]
    assert all(outcome != "PENDING" for outcome, *_ in calls(database, assessment))


def test_who_may_ask_and_when(double, recruiter, stranger, candidates, assessment, interviews):
    is_problem(ask(stranger, assessment), "NOT_FOUND")
    is_problem(stranger.call("GET", f"/api/assessments/{assessment}/analyses"), "NOT_FOUND")
    refusing = answered(recruiter, candidates[0], assessment, GOOD, RECORDING=True, TRANSCRIPTION=True, ANALYSIS=False, MONITORING=True)
    assert state(recruiter, assessment)["answers"] == {"ready": 3, "declined": 1, "noTranscript": 0, "held": 0, "underWay": 0}
    double.control("batches", seconds=10)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: ask(recruiter, assessment), range(4)))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    [asked] = [accepted(each) for each in answers if each.status_code == 200]
    assert asked["requested"] == 3
    eventually(lambda: state(recruiter, assessment)["batches"][0]["state"] == "SENT", "the sending")
    # The one that is too short was not sent.
    assert state(recruiter, assessment)["answers"]["underWay"] == 2
    # One that is being analysed is not asked for alone, either.
    is_problem(recruiter.call("POST", f"/api/async-interviews/{interviews[0].id}/analyze", {}), "CONFLICT")
    ended(recruiter, assessment)
    assert "rate-answer" in str(double.requests(BATCHES)) and analyses(refusing, refusing.questions[0]) == []


def test_the_same_news_twice_changes_nothing(double, recruiter, assessment, interviews, signer, organization):
    asked = accepted(ask(recruiter, assessment))
    ended(recruiter, assessment)
    for path, topic in (("/api/ai/batches/send", "analysis.batch-requested"), ("/api/ai/batches/collect", "analysis.batch-due")):
        accepted(signer.deliver(path, topic, {"batchId": asked["batchId"], "organizationId": organization}))
    assert len(analyses(interviews[0], interviews[0].questions[0])) == 2
    assert sum(each["method"] == "POST" for each in double.requests(BATCHES)) == 1


# ---- The page ---------------------------------------------------------------------------------

@pytest.fixture
def page(device, recruiter, base):
    context = device()
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": base}])
    return context.new_page()


def see(screens, page, name):
    screens.see(page, name)
    assert screens.violations[f"{name}-light"] == screens.violations[f"{name}-dark"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_recruiter_has_all_answers_analysed_again(double, recruiter, candidates, assessment, interviews, page, screens):
    answered(recruiter, candidates[0], assessment, GOOD, RECORDING=True, TRANSCRIPTION=True, ANALYSIS=False, MONITORING=True)
    double.control("batches", seconds=3, outcomes=["succeeded", "succeeded", "succeeded", "expired", "expired", "expired"])
    page.goto(f"/assessments/{assessment}")
    page.click("#analyze-again")
    expect(page.locator("#analyze-all")).to_have_text("Analyse 3 answers")
    expect(page.locator("#left-out")).to_contain_text("1 answer of candidates who chose human review only")
    expect(page.locator("#no-batches")).to_be_visible()
    see(screens, page, "analyse-again")
    page.click("#analyze-all")
    expect(page.locator("#analyses-said")).to_have_text("3 answers will be analysed again.")
    expect(page.locator("#analyze-all")).to_be_disabled()
    expect(page.locator(".batches li[data-state=ENDED]")).to_contain_text("1 of 3 answers analysed", timeout=60_000)
    expect(page.locator(".batches")).to_contain_text("1 answer kept the earlier result: The provider is unavailable: it did not come to this within a day")
    expect(page.locator(".batches")).to_contain_text("with claude (claude-sonnet-5-5), $0.0")
    see(screens, page, "analyse-again-done")
    page.set_viewport_size(PHONE)
    see(screens, page, "analyse-again-phone")
    page.keyboard.press("Escape")
    expect(page.locator("#analyses")).to_have_count(0)


def test_a_recruiter_cancels_an_analysis(double, recruiter, assessment, interviews, page, screens):
    double.control("batches", seconds=3600, begun=3)
    accepted(ask(recruiter, assessment))
    eventually(lambda: state(recruiter, assessment)["batches"][0]["state"] == "SENT", "the sending")
    page.goto(f"/assessments/{assessment}")
    page.click("#analyze-again")
    expect(page.locator(".batches li .badge")).to_have_text("With the provider")
    see(screens, page, "analyse-again-cancel")
    page.route("**/cancel", lambda route: route.abort())
    page.get_by_role("button", name="Cancel this analysis").click()
    expect(page.locator("#analyses-said")).to_have_text("The server could not be reached.")
    page.unroute("**/cancel")
    page.get_by_role("button", name="Cancel this analysis").press("Enter")
    expect(page.locator(".batches li .badge")).to_have_text("Cancelled", timeout=60_000)
    expect(page.locator(".batches")).to_contain_text("1 of 3 answers analysed")
    expect(page.locator(".batches")).to_contain_text("1 answer kept the earlier result: It was cancelled.")
    expect(page.get_by_role("button", name="Cancel this analysis")).to_have_count(0)
    expect(page.locator("#left-out")).to_have_count(0)
    expect(page.locator("#analyses")).not_to_contain_text("null")
    expect(page.locator("#analyze-all")).to_be_enabled()
    page.set_viewport_size(PHONE)
    see(screens, page, "analyse-again-cancelled-phone")


def test_without_a_connection_the_dialog_says_so(double, recruiter, assessment, interviews, page, screens):
    page.goto(f"/assessments/{assessment}")
    expect(page.locator("#analyze-again")).to_be_visible()
    page.route("**/analyses", lambda route: route.abort())
    page.click("#analyze-again")
    expect(page.locator("#analyses [role=alert]")).to_contain_text("The server could not be reached.")
    see(screens, page, "analyse-again-offline")
    page.unroute("**/analyses")
    page.click("#analyses .notice button")
    expect(page.locator("#analyze-all")).to_be_enabled()
    page.route("**/analyze", lambda route: route.abort())
    page.click("#analyze-all")
    expect(page.locator("#analyses-said")).to_have_text("The server could not be reached.")
    expect(page.locator("#analyze-all")).to_be_enabled()
