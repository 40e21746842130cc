"""An organisation's choice of engines, its budget and the circuit breaker, by many at once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from conftest import new_colleague
from engines import VOICES, choose
from machine import mails
from parley import Client, accepted, eventually, is_problem

BEGIN = """
    SELECT service_session(%(organization)s, '');
    SELECT verdict, call::text, retry_after, detail FROM begin_ai_call(
        'rating', NULL, %(provider)s, 'claude-sonnet-5-5', 'a-test', 1, 'schema', 'input', %(reserved)s, interval '1 minute')"""
FINISH = """
    SELECT service_session(%(organization)s, '');
    SELECT finish_ai_call(%(call)s, %(outcome)s, %(error)s, 'claude-sonnet-5-5', 1, 'req_1', 10, 0, 5, 0, %(cost)s,
        %(health)s, %(stop)s, 3, %(rest)s, 0)"""


class Process:
    """A connection of its own, as every process of a function has."""

    def __init__(self, demo, organization):
        # A function's role; the demo's address is the administrator's.
        self.connection = psycopg.connect(demo["databaseURL"], autocommit=True, user="parley_service")
        self.organization = organization

    def begin(self, provider, reserved=0):
        return self.run(BEGIN, provider=provider, reserved=reserved)

    def finish(self, call, health, outcome="ANSWERED", error=None, cost=0, stop=None, rest="1 hour"):
        self.run(FINISH, call=call, health=health, outcome=outcome, error=error, cost=cost, stop=stop, rest=rest)

    def run(self, script, **values):
        first, second = script.split(";")
        with self.connection.transaction():
            self.connection.execute(first, {"organization": self.organization})
            return self.connection.execute(second, values).fetchone()


@pytest.fixture
def processes(demo, organization, double):
    made = [Process(demo, organization) for _ in range(8)]
    yield made
    for each in made:
        each.connection.close()


def at_once(processes, work):
    with ThreadPoolExecutor(len(processes)) as pool:
        return list(pool.map(work, processes))


def spent(database, organization):
    return database.execute(
        "SELECT coalesce(sum(coalesce(cost_micro_usd, reserved_micro_usd)), 0)::bigint FROM ai_call "
        "WHERE organization_id = %s AND at >= date_trunc('month', now())", [organization]).fetchone()[0]


def test_a_budget_holds_for_calls_at_once(recruiter, processes, database, organization):
    before = spent(database, organization)
    cents = before // 10_000 + 10
    choose(recruiter, "claude", monthlyBudgetCents=cents)
    room = (cents * 10_000 - before) // 25_000
    verdicts = at_once(processes, lambda process: process.begin("claude", 25_000))
    assert sum(verdict == "GO" for verdict, *_ in verdicts) == room < len(processes)
    assert {verdict for verdict, *_ in verdicts} == {"GO", "OVER_BUDGET"}
    # What was held back and not spent is there again.
    calls = [call for verdict, call, *_ in verdicts if verdict == "GO"]
    for call in calls:
        processes[0].finish(call, "UP", cost=10)
    assert processes[0].begin("claude", 25_000)[0] == "GO"
    assert spent(database, organization) == before + 10 * len(calls) + 25_000


def test_a_call_whose_process_ended_counts_as_if_it_had_cost_all(recruiter, processes, database, organization):
    before = spent(database, organization)
    choose(recruiter, "claude", monthlyBudgetCents=before // 10_000 + 2)
    assert processes[0].begin("claude", 10_000)[0] == "GO"
    processes[0].connection.close()
    assert spent(database, organization) == before + 10_000
    assert processes[1].begin("claude", 10_000)[0] == "OVER_BUDGET"


def test_after_failures_a_provider_rests_and_one_call_tries_it(processes, database):
    calls = at_once(processes, lambda process: process.begin("claude")[1])
    for process, call in zip(processes, calls):
        process.finish(call, "DOWN", "UNAVAILABLE", "no answer in time")
    verdict, _, seconds, detail = processes[0].begin("claude")
    # The failures that came in while it rested have not made the rest longer.
    assert (verdict, detail) == ("RESTING", "no answer in time") and 3590 <= seconds <= 3600
    assert processes[0].begin("own-chat")[0] == "GO"

    database.execute("UPDATE ai_provider SET resting_until = now() - interval '1 second' WHERE name = 'claude'")
    verdicts = at_once(processes, lambda process: process.begin("claude"))
    tries = [call for verdict, call, *_ in verdicts if verdict == "GO"]
    assert len(tries) == 1 and {verdict for verdict, *_ in verdicts} == {"GO", "RESTING"}
    # It failed once more: twice the rest.
    processes[0].finish(tries[0], "DOWN", "UNAVAILABLE", "HTTP 529")
    assert 7190 <= processes[0].begin("claude")[2] <= 7200

    database.execute("UPDATE ai_provider SET resting_until = now() - interval '1 second' WHERE name = 'claude'")
    processes[0].finish(processes[0].begin("claude")[1], "UP")
    assert all(verdict == "GO" for verdict, *_ in at_once(processes, lambda process: process.begin("claude")))


def test_a_try_whose_process_ended_does_not_hold_the_others_up(processes, database):
    for _ in range(3):
        processes[0].finish(processes[0].begin("claude")[1], "DOWN", "UNAVAILABLE", "HTTP 500")
    database.execute("UPDATE ai_provider SET resting_until = now() - interval '1 second'")
    assert processes[0].begin("claude")[0] == "GO"
    processes[0].connection.close()
    assert processes[1].begin("claude")[0] == "RESTING"
    database.execute("UPDATE ai_provider SET trial_until = now() - interval '1 second'")
    assert processes[1].begin("claude")[0] == "GO"


def test_an_administrator_chooses_among_what_the_operator_declared(recruiter, double, demo, base):
    shown = recruiter.get("/api/ai/settings")
    assert shown["setting"] == {"languageModel": None, "transcriber": None, "monthlyBudgetCents": None, "region": "EU",
                                "wordingTone": None, "countsVoices": True, "version": 0}
    assert shown["reportsWordingTone"] is False
    providers = {each["name"]: each for each in shown["providers"]}
    assert providers["claude"]["model"] == "claude-sonnet-5-5" and providers["claude"]["smallModel"] == "claude-haiku-5-5"
    assert providers["claude"]["state"] == "UNKNOWN" and providers["claude"]["hasPrice"]
    assert "2027-02-26" in providers["hosted-whisper"]["warnings"][0]
    assert (providers["two-models"]["speakersModel"], providers["hosted-whisper"]["speakersModel"]) == (VOICES, None)
    assert providers["two-models"]["hasPrice"] and not providers["one-for-both"]["hasPrice"]
    # Neither a key nor where it is.
    assert double.anthropic_key not in str(shown) and "PARLEY_TEST" not in str(shown) and double.url not in str(shown)

    chosen = choose(recruiter, "claude", "hosted-whisper", monthlyBudgetCents=5000, region="ELSEWHERE")
    assert chosen["setting"]["version"] == 1 and chosen["reportsWordingTone"] is True
    assert choose(recruiter, "claude", "hosted-whisper", region="EU")["reportsWordingTone"] is False
    assert choose(recruiter, "claude", "hosted-whisper", region="EU", wordingTone=True)["reportsWordingTone"] is True

    assert choose(recruiter, countsVoices=False)["setting"]["countsVoices"] is False

    body = {"version": 1, "languageModel": None, "transcriber": None, "region": "EU"}
    is_problem(recruiter.call("PUT", "/api/ai/settings", body), "CONFLICT")
    current = {**body, "version": recruiter.get("/api/ai/settings")["setting"]["version"]}
    for wrong in ({"languageModel": "hosted-whisper"}, {"transcriber": "claude"}, {"languageModel": "nobody"}, {"region": "MARS"},
                  {"countsVoices": "maybe"}, {"monthlyBudgetCents": -1}, {"key": "sk-ant"}):
        problem = is_problem(recruiter.call("PUT", "/api/ai/settings", {**current, **wrong}), "VALIDATION_FAILED")
        assert [each["field"] for each in problem["errors"]] == list(wrong)


def test_engines_are_for_administrators(base, demo, stranger, double):
    colleague = new_colleague(base, demo, "Ella Engineless")
    for path in ("/api/ai/settings", "/api/ai/usage"):
        is_problem(colleague.call("GET", path), "ACCESS_DENIED")
        is_problem(Client(base).call("GET", path), "AUTH_REQUIRED")
        accepted(stranger.call("GET", path))


def test_a_stop_is_told_to_every_administrator_concerned(recruiter, processes, database, demo, organization, run):
    choose(recruiter, "claude")
    for _ in range(2):
        verdict, call, *_ = processes[0].begin("claude")
        if verdict == "GO":
            processes[0].finish(call, "STOPPED", "UNAVAILABLE", "its spend limit is reached (HTTP 429)", stop="SPEND_CAP")
        database.execute("UPDATE ai_provider SET resting_until = now() - interval '1 second'")
    told = database.execute(
        "SELECT data->>'accountId' FROM event WHERE topic = 'engine.stopped' AND organization_id = %s "
        "AND created_at > now() - interval '1 minute'", [organization]).fetchall()
    administrators = database.execute(
        "SELECT id::text FROM account WHERE organization_id = %s AND role = 'ADMIN'", [organization]).fetchall()
    assert sorted(told) == sorted(administrators) and told
    state = {each["name"]: each for each in recruiter.get("/api/ai/settings")["providers"]}["claude"]
    assert (state["state"], state["stop"]) == ("STOPPED", "SPEND_CAP")
    assert state["stopReason"] == "its spend limit is reached"
    mail = eventually(lambda: mails(run, to=demo["recruiter"]["email"], subject="claude has stopped"), "the mail")[0]
    assert "its spend limit is reached" in mail.get_body(["plain"]).get_content()


def test_an_organisation_sees_its_own_use_alone(recruiter, stranger, processes, double):
    mark = f"a problem called {uuid.uuid4()}"
    processes[0].finish(processes[0].begin("own-chat")[1], "DOWN", "UNAVAILABLE", mark, cost=1234)
    own = recruiter.get("/api/ai/usage")
    assert own["problems"][0]["error"] == mark and own["costMicroUsd"] >= 1234
    assert sum(each["calls"] for each in own["byDay"]) == sum(each["calls"] for each in own["byPurpose"])
    assert mark not in str(stranger.get("/api/ai/usage"))
