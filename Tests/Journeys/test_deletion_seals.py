"""Records of deletions cannot be changed unseen: each is sealed with the one before it, and a command checks them."""

import hashlib
import json
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from conftest import new_organization
from deletion import gone
from machine import settings_of
from parley import accepted, eventually, sign_in
from test_deletion_races import at_once


@pytest.fixture(scope="module")
def owner(base, demo, run):
    """The administrator of an organisation where nobody else deletes anything."""
    return sign_in(base, new_organization(demo, run, "Sealwick", "Sela Sealer")[0])


@pytest.fixture(scope="module")
def home(owner):
    return owner.get("/api/auth/profile")["user"]["organization"]["id"]


@pytest.fixture
def chain(owner, home, database):
    """Three records, as their owner is shown them. What is done to them afterwards is undone."""
    people = [owner.post("/api/candidates", {"name": f"Pia Passing {each}", "email": f"passing-{os.urandom(6).hex()}@candidates.example"})
              for each in range(3)]
    records = [gone(owner, accepted(owner.call("DELETE", f"/api/candidates/{person['id']}"))) for person in people]
    tables = ("deletion", "deletion_seal")
    held = {table: database.execute(f"SELECT t::text FROM {table} t WHERE organization_id = %s", [home]).fetchall() for table in tables}
    yield records
    for table in reversed(tables):
        database.execute(f"DELETE FROM {table} WHERE organization_id = %s", [home])
    for table in tables:
        for row in held[table]:
            database.execute(f"INSERT INTO {table} SELECT (%s::{table}).*", row)


@pytest.fixture
def verify(demo, run, home):
    """Runs the command: its status, and what it printed of this organisation."""
    def check(*arguments):
        done = subprocess.run([f"{demo['functions']}/VerifyDeletions", *map(str, arguments)], env={**os.environ, **settings_of(run)},
                              capture_output=True, text=True)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, [line for line in lines if line["organizationId"] == home]
    return check


def faults(lines):
    return [(line["problem"], line["number"]) for line in lines if "problem" in line]


def test_anybody_can_check_a_record(chain, verify):
    for shown in chain:
        record, seal = shown["deletion"], shown["seal"]
        assert seal["isIntact"] and hashlib.sha256(seal["record"].encode()).hexdigest() == seal["sha256"]
        told = json.loads(seal["record"])
        # As RFC 8785 has it: sorted, and no more than there must be.
        assert json.dumps(told, sort_keys=True, separators=(",", ":")) == seal["record"]
        assert (told["number"], told["previous"]) == (seal["number"], seal["previous"])
        assert {name: told[name] for name in ("id", "scope", "subjectId", "cause", "accountId", "counts")} == {
            name: record[name] for name in ("id", "scope", "subjectId", "cause", "accountId", "counts")}
    numbers = [shown["seal"]["number"] for shown in chain]
    assert numbers == [*range(numbers[0], numbers[0] + 3)]
    assert [shown["seal"]["previous"] for shown in chain[1:]] == [shown["seal"]["sha256"] for shown in chain[:2]]
    status, lines = verify()
    assert (status, lines[0]["number"], lines[0]["sha256"]) == (0, numbers[2], chain[2]["seal"]["sha256"])


@pytest.mark.parametrize("change", [
    "counts = counts || '{\"notes\": 7}'", "requested_at = requested_at + interval '1 microsecond'", "subject_id = uuidv7()",
    "scope = 'INTERVIEW'", "cause = 'RETENTION', account_id = NULL", "completed_at = now()"])
def test_a_change_is_named(owner, chain, database, verify, change):
    changed = chain[1]["deletion"]["id"]
    database.execute(f"UPDATE deletion SET {change} WHERE id = %s", [changed])
    status, lines = verify()
    assert status == 1 and faults(lines) == [("CHANGED", chain[1]["seal"]["number"])]
    assert lines[0]["deletionId"] == changed
    assert [owner.get(f"/api/deletions/{shown['deletion']['id']}")["seal"]["isIntact"] for shown in chain] == [True, False, True]


def test_a_change_of_the_ledger_is_named(chain, home, database, verify):
    database.execute(
        "INSERT INTO deleted_object (organization_id, deletion_id, key, storable_until, gone_at) VALUES (%s, %s, 'a', now(), now())",
        [home, chain[2]["deletion"]["id"]])
    try:
        assert verify()[0] == 1 and faults(verify()[1]) == [("CHANGED", chain[2]["seal"]["number"])]
    finally:
        database.execute("DELETE FROM deleted_object WHERE deletion_id = %s", [chain[2]["deletion"]["id"]])


def test_a_change_with_a_new_seal_is_named_by_the_next(chain, database, verify):
    changed = chain[1]["deletion"]["id"]
    database.execute("UPDATE deletion SET subject_id = uuidv7() WHERE id = %s", [changed])
    database.execute("""
        UPDATE deletion_seal s SET sha256 = sha256(convert_to(deletion_text(d, s.number, s.previous), 'UTF8'))
        FROM deletion d WHERE d.id = s.deletion_id AND d.id = %s""", [changed])
    assert verify()[0] == 1 and faults(verify()[1]) == [("REPLACED_BEFORE", chain[2]["seal"]["number"])]


def test_a_record_that_was_taken_out_is_named(chain, database, verify):
    removed = chain[1]["deletion"]["id"]
    database.execute("DELETE FROM deletion_seal WHERE deletion_id = %s", [removed])
    assert verify()[0] == 1 and faults(verify()[1]) == [("REMOVED_BEFORE", chain[2]["seal"]["number"]), ("NOT_SEALED", None)]
    database.execute("DELETE FROM deletion WHERE id = %s", [removed])
    assert verify()[0] == 1 and faults(verify()[1]) == [("REMOVED_BEFORE", chain[2]["seal"]["number"])]


def test_a_chain_that_was_cut_is_named_by_what_was_kept(chain, database, verify, demo, run, tmp_path):
    kept = tmp_path / "ends"
    printed = subprocess.run([f"{demo['functions']}/VerifyDeletions"], env={**os.environ, **settings_of(run)}, capture_output=True, text=True)
    kept.write_text(printed.stdout)
    assert verify(kept)[0] == 0
    for table, column in (("deletion_seal", "deletion_id"), ("deletion", "id")):
        database.execute(f"DELETE FROM {table} WHERE {column} = %s", [chain[2]["deletion"]["id"]])
    # What is left is a chain.
    assert verify()[0] == 0
    assert verify(kept)[0] == 1 and faults(verify(kept)[1]) == [("NOT_THE_KEPT_ONE", chain[2]["seal"]["number"])]


def test_what_the_command_does_not_take(verify, tmp_path):
    wrong = tmp_path / "wrong"
    wrong.write_text('{"organizationId": "Sealwick"}\n')
    assert verify(wrong)[0] == 1
    assert verify(tmp_path / "nowhere")[0] == 66
    assert verify(wrong, wrong)[0] == 64


def test_many_at_once_are_one_chain(owner, verify):
    people = [owner.post("/api/candidates", {"name": f"Pia Passing {each}", "email": f"passing-{os.urandom(6).hex()}@candidates.example"})
              for each in range(6)]
    deletions = at_once(*(lambda person=person: accepted(owner.call("DELETE", f"/api/candidates/{person['id']}")) for person in people))
    numbers = sorted(gone(owner, deletion)["seal"]["number"] for deletion in deletions)
    assert numbers == [*range(numbers[0], numbers[0] + 6)] and verify()[0] == 0


def test_one_seal_waits_for_the_other(owner, home, demo, database, verify):
    """Two last objects that are gone at the same moment, in two transactions."""
    planned = [database.execute(
        "INSERT INTO deletion (organization_id, scope, subject_id, cause, counts) VALUES (%s, 'PERSON', uuidv7(), 'RETENTION', '{}') RETURNING id",
        [home]).fetchone()[0] for _ in range(2)]

    def begin():
        connection = psycopg.connect(demo["databaseURL"])
        connection.execute("SELECT set_config('app.organization', %s, true)", [home])
        return connection

    def complete(connection, deletion):
        connection.execute("UPDATE deletion SET completed_at = clock_timestamp() WHERE id = %s", [deletion])
    with ThreadPoolExecutor(1) as pool, begin() as second, begin() as first:
        complete(first, planned[0])
        waiting = pool.submit(complete, second, planned[1])
        blocked = "SELECT pg_blocking_pids(%s::integer) = ARRAY[%s::integer]"
        eventually(lambda: database.execute(blocked, [second.info.backend_pid, first.info.backend_pid]).fetchone()[0], "the wait")
        first.commit()
        waiting.result()
        second.commit()
    numbers = [number for (number,) in database.execute(
        "SELECT number FROM deletion_seal WHERE deletion_id = ANY (%s) ORDER BY array_position(%s, deletion_id)", [planned, planned])]
    assert numbers[1] == numbers[0] + 1 and verify()[0] == 0
