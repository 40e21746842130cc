"""What the tests of deleting share: somebody to delete, and looking for what is left."""

import uuid

import pytest

from parley import Interview, accepted, eventually

# What may know the ids of what was deleted.
RECORDS = {"deletion", "deleted_object"}


def holders(database, needles):
    """The tables with a row in which one of the texts stands, whatever the column."""
    tables = [name for (name,) in database.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")]
    patterns = [f"%{needle}%" for needle in needles]
    return {table for table in tables if database.execute(
        f'SELECT EXISTS (SELECT FROM "{table}" each WHERE each::text ILIKE ANY (%s))', [patterns]).fetchone()[0]}


def files(run, *parts):
    """The files in the store whose path has one of the parts."""
    return [path for path in (run / "blobs").rglob("*") if path.is_file() and any(part in str(path) for part in parts)]


def gone(client, deletion):
    """Waits until nothing of it is left in the store; the record then."""
    def completed():
        shown = client.get(f"/api/deletions/{deletion['id']}")
        return shown if shown["deletion"]["completedAt"] else None
    return eventually(completed, "the deletion", 30)


@pytest.fixture
def somebody(recruiter):
    """A candidate whom nobody else meets."""
    mark = uuid.uuid4().hex[:10]
    created = recruiter.post("/api/candidates", {"name": f"Dora {mark}", "email": f"{mark}@candidates.example"})
    return {"id": created["id"], "name": created["name"], "email": created["email"]}


@pytest.fixture
def answered(recruiter, somebody, one_question, recording):
    """An interview of theirs whose only answer is recorded and analysed."""
    interview = Interview(recruiter, somebody, one_question).send().start()
    interview.answer(interview.questions[0], recording)
    accepted(interview.submit())
    interview.wait_until_analysed()
    return interview


def hurry_deletion(database, deletion):
    """How long it waits before it tries again is not what is tested."""
    database.execute("""
        UPDATE delivery d SET run_at = now() FROM event e
        WHERE e.id = d.event_id AND e.data ->> 'deletionId' = %s AND d.state = 'ready' AND d.lease_token IS NULL""", [deletion["id"]])
    database.execute("NOTIFY delivery")
