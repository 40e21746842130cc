"""Every candidate route with every field missing, wrong or too long, or of another interview: the
answer names the field, and nothing has changed."""

import copy
import json

import pytest

from candidate_page import Page
from operations import WITH_BODY, OPERATIONS, Caller, example, wrong
from parley import Client, Interview, accepted, is_problem
from test_text_answers import only_text, write  # noqa: F401
from test_uploads import Upload

CANDIDATES = [each for each in OPERATIONS if each.security == "token"]
BODIES = [each for each in WITH_BODY if each.security == "token"]
MISSING = object()


@pytest.fixture(scope="module")
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send().start()


@pytest.fixture(scope="module")
def other(recruiter, candidates, two_questions):
    """Somebody else's interview, begun."""
    return Interview(recruiter, candidates[0], two_questions).send().start()


@pytest.fixture(scope="module")
def caller(recruiter, interview, signer):
    return Caller(recruiter, interview, signer)


@pytest.fixture
def unchanged(database, interview, other):
    """Fails when the test has changed anything that belongs to one of the interviews."""
    before = everything(database, [interview.id, other.id])
    yield
    assert everything(database, [interview.id, other.id]) == before


def everything(database, interviews):
    tables = [name for (name,) in database.execute(
        "SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) "
        "WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name = 'async_interview_id'")]
    assert len(tables) >= 7
    rows = {name: f"SELECT t::text FROM {name} t WHERE async_interview_id = ANY (%(ids)s)" for name in tables}
    rows["async_interview"] = "SELECT t::text FROM async_interview t WHERE id = ANY (%(ids)s)"
    rows["blob"] = "SELECT t::text FROM blob t WHERE split_part(key, '/', 2) = ANY (%(ids)s::text[])"
    return {name: sorted(database.execute(query, {"ids": interviews})) for name, query in rows.items()}


# ---- What a schema forbids -----------------------------------------------------------

def violations(schema, path=()):
    """(path of the field, a value that it must not have): everything that the schema rules out."""
    for value in own_violations(schema):
        yield path, value
    if schema["type"] == "object":
        for name, inner in schema.get("properties", {}).items():
            if name in schema.get("required", []):
                yield (*path, name), MISSING
                yield (*path, name), None
            yield from violations(inner, (*path, name))
    if schema["type"] == "array" and schema.get("maxItems", 1) > 0:
        yield from violations(schema["items"], (*path, 0))


def own_violations(schema):
    yield wrong(schema)
    if "enum" in schema:
        yield "NO_SUCH_VALUE"
        yield schema["enum"][0].swapcase()
    elif schema.get("format") == "uuid":
        yield from ("not-an-id", "", "01980000-0000-7000-8000-00000000000g")
    elif schema.get("format") == "date-time":
        yield from ("yesterday", "2026-13-40T00:00:00Z", "2026-11-21")
    if "minLength" in schema and schema["minLength"] > 0:
        yield "x" * (schema["minLength"] - 1)
    if "maxLength" in schema:
        yield "x" * (schema["maxLength"] + 1)
    if "minimum" in schema:
        yield schema["minimum"] - 1
    if "maximum" in schema:
        yield schema["maximum"] + 1
    if schema["type"] == "integer":
        yield from (1.5, "1", 2 ** 63)
    if schema.get("minItems"):
        yield [example("", schema["items"])] * (schema["minItems"] - 1)
    if "maxItems" in schema:
        yield [example("", schema["items"])] * (schema["maxItems"] + 1)


def changed(body, path, value):
    """The body with another value at the path, where there may have been none."""
    body = copy.deepcopy(body)
    holder = body
    for step in path[:-1]:
        holder = holder[step]
    if value is MISSING:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value
    return body


def complete(operation):
    """A body with every field that the operation knows, the optional ones too."""
    def fill(name, schema):
        if schema["type"] == "object" and "properties" in schema:
            return {each: fill(each, inner) for each, inner in schema["properties"].items()}
        if schema["type"] == "array":
            return [fill(name, schema["items"])] * max(1, schema.get("minItems", 1))
        return example(name, schema)
    return {name: fill(name, schema) for name, schema in operation.schema["properties"].items()}


@pytest.mark.parametrize("operation", BODIES, ids=str)
def test_fields_that_are_not_as_they_must_be(caller, operation, unchanged):
    tried = 0
    for path, value in violations(operation.schema):
        if not path:
            continue  # The body as a whole: test_bad_input.
        problem = is_problem(caller.send_body(operation, changed(complete(operation), path, value)), "VALIDATION_FAILED")
        name = ".".join(map(str, path))
        assert name in {each["field"] for each in problem["errors"]}, f"{name} = {str(value)[:60]}: {problem['errors']}"
        tried += 1
    assert tried >= 3


@pytest.mark.parametrize("operation", [each for each in CANDIDATES if any(
    parameter["in"] == "query" for parameter in each.parameters.values())], ids=str)
def test_queries_that_are_not_as_they_must_be(caller, operation, unchanged):
    for name, parameter in operation.parameters.items():
        if parameter["in"] != "query":
            continue
        values = [value for value in own_violations(parameter["schema"]) if not isinstance(value, (dict, list)) and value not in ("", "1")]
        for value in values:
            problem = is_problem(caller.send(operation, query={**operation.query(), name: value}), "VALIDATION_FAILED")
            assert name in {each["field"] for each in problem["errors"]}
        if parameter.get("required"):
            query = {each: value for each, value in operation.query().items() if each != name}
            problem = is_problem(caller.send(operation, query=query), "VALIDATION_FAILED")
            assert [each["field"] for each in problem["errors"]] == [name]


# ---- Other people's things -------------------------------------------------------------

@pytest.mark.parametrize("operation", [each for each in CANDIDATES if "questionId" in (
    each.schema["properties"] if each.schema else each.parameters)], ids=str)
def test_questions_of_another_interview(caller, operation, other, unchanged):
    question = other.questions[0]
    if operation.schema:
        answer = caller.send_body(operation, {**operation.example(), "questionId": question})
    else:
        answer = caller.send(operation, query={**operation.query(), "questionId": question})
    problem = is_problem(answer, "VALIDATION_FAILED")
    assert [each["field"] for each in problem["errors"]] == ["questionId"], problem["errors"]


def test_takes_of_another_interview(interview, other, database):
    question, foreign = interview.questions[0], other.questions[0]
    theirs, page = Page(other), Page(interview)
    theirs.open(foreign)
    take = theirs.begin(foreign)
    page.open(question)
    before = everything(database, [interview.id, other.id])
    is_problem(page.ask_to_end(take), "CONFLICT")
    upload = page.call("uploads", {"questionId": question, "mimeType": "video/webm", "takeNumber": 1, "takeId": take})
    for answer in (page.ask_for_upload(take, question), upload):
        problem = is_problem(answer, "VALIDATION_FAILED")
        assert [each["field"] for each in problem["errors"]] == ["takeId"]
    assert everything(database, [interview.id, other.id]) == before


def test_recordings_of_another_interview(interview, other, database):
    theirs = Upload(other)
    key = {"videoKey": theirs.key}
    part = {**key, "position": 0}
    client = Client(interview.recruiter.base)
    before = everything(database, [interview.id, other.id])
    problem = is_problem(interview.save(interview.questions[0], theirs.grant), "VALIDATION_FAILED")
    assert [each["field"] for each in problem["errors"]] == ["videoKey"]
    for answer in (
            client.call("GET", f"{interview.path}/uploads/parts", params=key),
            client.call("DELETE", f"{interview.path}/uploads/parts", params=key),
            client.call("POST", f"{interview.path}/uploads/part", {**part, "offset": 0, "size": 1000, "md5": "1B2M2Y8AsgTpgAmY7PhCfg=="}),
            client.call("PUT", f"{interview.path}/uploads/part", {**part, "size": 1000, "tag": "a-tag"}),
            client.call("POST", f"{interview.path}/uploads/complete", {**key, "size": 1000})):
        is_problem(answer, "NOT_FOUND")
    assert everything(database, [interview.id, other.id]) == before


# ---- After submission --------------------------------------------------------------------

# What candidates can change; the rest goes on: answers are analysed and people told.
THEIRS = ["active_page", "blob", "consent_receipt", "detector_watch", "device_check", "opened_question", "proctor_log", "recording", "take"]


@pytest.fixture(scope="module")
def submitted(recruiter, candidates, only_text):  # noqa: F811
    interview = Interview(recruiter, candidates[1], only_text).send().start()
    accepted(write(interview, "That is all."))
    accepted(interview.submit())
    return interview


@pytest.mark.parametrize("operation", [each for each in CANDIDATES if each.path.startswith("/api/candidate/")], ids=str)
def test_what_was_submitted_can_be_read_and_not_changed(recruiter, submitted, signer, operation, database):
    before = everything(database, [submitted.id])
    answer = Caller(recruiter, submitted, signer).send(operation, json.dumps(complete(operation)).encode() if operation.schema else None)
    if str(operation) in ("OpenInterview", "ShowConsent"):
        accepted(answer)
    else:
        assert "submitted" in is_problem(answer, "CONFLICT")["detail"]
    after = everything(database, [submitted.id])
    assert {name: after[name] for name in THEIRS} == {name: before[name] for name in THEIRS}
    assert submitted.candidate.get(submitted.path)["responses"][0]["textAnswer"] == "That is all."
