"""Candidates one by one and a thousand at once, found again, and shown with what became of them."""

import json
import threading
import uuid

import pytest

from parley import Interview, accepted, is_problem


@pytest.fixture
def mark():
    """A word that nobody else's name has."""
    return f"Zq{uuid.uuid4().hex[:10]}"


def import_sheet(recruiter, csv, **options):
    return recruiter.post("/api/candidates/import", {"csv": csv, **options})


def everybody(recruiter, **query):
    """All candidates that a search finds, page by page."""
    found, cursor = [], None
    while True:
        page = recruiter.get("/api/candidates", **query, **({"cursor": cursor} if cursor else {}))
        found += page["candidates"]
        if not (cursor := page["nextCursor"]):
            return found


def test_a_thousand_rows_and_what_is_wrong_with_some(recruiter, mark):
    known = recruiter.post("/api/candidates", {"name": f"{mark} Known", "email": f"known@{mark}.example"})
    lines = ["Stage;E-MAIL;Name;Phone;Email"]
    for number in range(2, 1002):
        lines.append(f"screening;-;\"{mark}; \"\"{number}\"\"\";+49 30 {number};p{number}@{mark}.example")
    lines[99] = f"lost;-;{mark} 100;;nobody"                         # line 100: stage and address
    lines[199] = f";-;;;p200@{mark}.example"                         # line 200: no name
    lines[299] = f";-;{mark} 300;p300@{mark}.example"                # line 300: a value too few
    lines[399] = f";-;{mark} \"quoted\";;p400@{mark}.example"        # line 400: a stray quotation mark
    lines[499] = f";-;\"{mark} never closed;;p500@{mark}.example"    # line 500
    lines[599] = f";-;{mark} 600;;P2@{mark}.EXAMPLE"                 # line 600: as line 2
    lines[699] = f";-;{mark} 700;;KNOWN@{mark}.example"              # line 700: as the organisation has
    lines[799] = f";-;=cmd|' {mark}'!A1;;p800@{mark}.example"        # line 800: a formula, which is a name
    sheet = "\ufeff" + "\r\n".join(lines) + "\r\n\r\n"

    rehearsed = import_sheet(recruiter, sheet, dryRun=True)
    assert len(everybody(recruiter, search=mark, limit=100)) == 1
    done = import_sheet(recruiter, sheet)
    assert done["rowCount"] == 1000 and done["ignoredColumns"] == ["E-MAIL"]
    assert [(each["line"], each["column"]) for each in done["refused"]] == [
        (100, "Email"), (100, "Stage"), (200, "Name"), (300, None), (400, "Name"), (500, "Name")]
    assert [(each["line"], each["candidateId"]) for each in done["duplicates"]] == [(600, None), (700, known["id"])]
    assert len(done["created"]) == 993
    for part in ("refused", "duplicates", "ignoredColumns"):
        assert rehearsed[part] == done[part]
    assert [each["line"] for each in rehearsed["created"]] == [each["line"] for each in done["created"]]

    found = everybody(recruiter, search=mark, limit=100)
    assert {each["id"] for each in found} == {each["candidateId"] for each in done["created"]} | {known["id"]}
    assert len(found) == 994
    names = {each["email"]: each for each in found}
    assert names[f"p2@{mark}.example"]["name"] == f"{mark}; \"2\"" and names[f"p2@{mark}.example"]["pipelineStage"] == "SCREENING"
    assert names[f"p800@{mark}.example"]["name"] == f"=cmd|' {mark}'!A1"
    again = import_sheet(recruiter, sheet)
    assert again["created"] == [] and len(again["duplicates"]) == 995


def test_sheets_that_cannot_be_read(recruiter):
    for csv, message in (
            ("", "must have a line that names the columns"), ("name;stage\nx;y", "must have a column “email”; its columns are name, stage"),
            ("name,email\n" + "x,x@x.example\n" * 5001, "must have at most 5000 rows, not 5001")):
        problem = is_problem(recruiter.call("POST", "/api/candidates/import", {"csv": csv}), "VALIDATION_FAILED")
        assert problem["errors"] == [{"field": "csv", "message": message}]
    padded = "name,email\n" + "x" * 1024 * 1024
    is_problem(recruiter.call("POST", "/api/candidates/import", {"csv": padded}), "PAYLOAD_TOO_LARGE")


def test_the_largest_sheet(recruiter, mark):
    rows = "".join(f"{mark} Person {number},person.number.{number}@{mark}.example,+49 30 1234567,interview\n" for number in range(5000))
    assert len(import_sheet(recruiter, "name,email,phone,stage\n" + rows)["created"]) == 5000


def test_the_same_sheet_twice_at_once(recruiter, mark):
    sheet = "name,email\n" + "".join(f"{mark} {number},p{number}@{mark}.example\n" for number in range(200))
    results = []
    both = [threading.Thread(target=lambda: results.append(import_sheet(recruiter, sheet))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sum(len(each["created"]) for each in results) == 200
    assert sum(len(each["duplicates"]) for each in results) == 200
    assert len(everybody(recruiter, search=mark)) == 200


def test_pages_have_neither_gaps_nor_repetitions_while_others_write(recruiter, mark):
    import_sheet(recruiter, "name,email,stage\n" + "".join(f"{mark} {number},p{number}@{mark}.example,OFFER\n" for number in range(30)))
    expected = [each["id"] for each in everybody(recruiter, search=mark, limit=100)]
    found, cursor = [], None
    for number in range(5):
        page = recruiter.get("/api/candidates", search=mark, pipelineStage="OFFER", limit=7, **({"cursor": cursor} if cursor else {}))
        recruiter.post("/api/candidates", {"name": f"{mark} later {number}", "email": f"later{number}@{mark}.example", "pipelineStage": "OFFER"})
        found += [each["id"] for each in page["candidates"]]
        cursor = page["nextCursor"]
    assert cursor is None and found == expected


def test_words_are_found_in_any_order_and_piece(recruiter, mark):
    person = recruiter.post("/api/candidates", {"name": f"Ünsal {mark} O'Neil-Łuk", "email": f"u_{mark}@candidates.example"})
    for words in (mark.lower(), f"o'neil {mark}", f"{mark[3:8]} ünsal", f"u_{mark}", "łuk " + mark):
        assert [each["id"] for each in everybody(recruiter, search=words)] == [person["id"]], words
    for words in (f"{mark} nobody", f"u%{mark}", f"{mark}\\", "' OR ''='"):
        assert everybody(recruiter, search=words) == [], words


def test_searching_looks_only_at_its_own_organisation(recruiter, stranger, mark):
    person = recruiter.post("/api/candidates", {"name": mark, "email": f"one@{mark}.example"})
    theirs = stranger.post("/api/candidates", {"name": mark, "email": f"one@{mark}.example"})
    assert [each["id"] for each in everybody(recruiter, search=mark)] == [person["id"]]
    assert [each["id"] for each in everybody(stranger, search=mark)] == [theirs["id"]]
    for method, body in (("GET", None), ("PATCH", {"name": "Taken"})):
        is_problem(stranger.call(method, f"/api/candidates/{person['id']}", body), "NOT_FOUND")
    assert recruiter.get(f"/api/candidates/{person['id']}")["name"] == mark


def test_a_candidate_from_the_first_line_to_a_score(recruiter, one_question, recording, mark):
    person = recruiter.post("/api/candidates", {"name": f"{mark} One", "email": f"one@{mark}.example", "phone": "+49 30 1"})
    other = recruiter.post("/api/candidates", {"name": f"{mark} Two", "email": f"two@{mark}.example"})
    path = f"/api/candidates/{person['id']}"
    taken = is_problem(recruiter.call("POST", "/api/candidates", {"name": "Again", "email": f"ONE@{mark}.example"}), "CONFLICT")
    assert taken["candidateId"] == person["id"]
    is_problem(recruiter.call("PATCH", path, {"email": other["email"]}), "CONFLICT")
    changed = accepted(recruiter.call("PATCH", path, {"pipelineStage": "INTERVIEW", "phone": ""}))
    assert (changed["name"], changed["phone"], changed["pipelineStage"]) == (f"{mark} One", None, "INTERVIEW")

    interview = Interview(recruiter, person, one_question).send().start()
    [shown] = recruiter.get(path)["interviews"]
    assert (shown["id"], shown["status"], shown["questionCount"], shown["responseCount"]) == (interview.id, "IN_PROGRESS", 1, 0)
    assert shown["scores"] == {"own": None, "team": None, "reviewerCount": 0}
    interview.answer(interview.questions[0], recording)
    accepted(interview.submit())
    recruiter.post(f"/api/async-interviews/{interview.id}/score", {"questionId": interview.questions[0], "score": 4})
    [shown] = recruiter.get(path)["interviews"]
    assert (shown["status"], shown["responseCount"]) == ("REVIEWED", 1)
    assert shown["scores"] == {"own": 4, "team": 4, "reviewerCount": 1}
    assert everybody(recruiter, search=mark)[1]["interviewCount"] == 1


def test_lists_and_searches_look_things_up(database, organization, mark):
    """With many candidates neither a common word nor a rare one, nor none, is looked for in all of them."""
    with database.transaction(force_rollback=True):
        database.execute("""
            INSERT INTO candidate (organization_id, name, email, created_at)
            SELECT %s, 'Common ' || md5(number::text), number || %s, now() + number * interval '1 second'
            FROM generate_series(1, 20000) AS number""", [organization, f"@{mark}.example"])
        database.execute("ANALYZE candidate")
        database.execute("LOAD 'auto_explain'")
        for setting, value in (("auto_explain.log_min_duration", "0"), ("auto_explain.log_nested_statements", "on"), ("auto_explain.log_analyze", "on"),
                               ("auto_explain.log_format", "json"), ("client_min_messages", "log")):
            database.execute(f"SET LOCAL {setting} = '{value}'")
        database.execute("SELECT set_config('app.organization', %s, true)", [organization])
        plans = []
        database.add_notice_handler(lambda notice: plans.append(notice.message_primary))
        database.execute("SET LOCAL ROLE parley_recruiter")
        ways = {}
        for search in ("common", f"19@{mark}", f"nobody@{mark}", None):
            del plans[:]
            found = database.execute("SELECT * FROM find_candidates(%s, NULL, NULL, NULL, 26)", [search]).fetchall()
            ways[search] = [json.loads(plan.split("plan:\n", 1)[1])["Plan"] for plan in plans if "FROM candidate" in plan and "plan:" in plan]
            assert len(found) == (0 if search == f"nobody@{mark}" else 26), search
    assert [len(ways[search]) for search in ways] == [1, 2, 2, 1]
    assert [search for search in ways if "candidate_searched" in str(ways[search])] == [f"19@{mark}", f"nobody@{mark}"]
    for node in (node for plans in ways.values() for plan in plans for node in nodes(plan)):
        assert node["Node Type"] != "Seq Scan"
        assert node["Actual Rows"] <= 1000


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", []):
        yield from nodes(inner)
