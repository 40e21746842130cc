"""Lists as files for a spreadsheet: whole, as blind as the pages, and never taken for formulas."""

import csv
import io
import re
import uuid

import psycopg
import pytest

from conftest import shorter_assessment
from parley import Interview, accepted, is_problem
from test_decision import colleague, score_of
from test_text_answers import TEXT, write

__all__ = ["colleague"]

FORMULAS = ["=HYPERLINK(\"https://evil.example\")", "+1", "-1+2", "@SUM(A1)", "＝1+1"]


def table(client, path, **query):
    """The records of a file, by the names of their columns."""
    answer = client.call("GET", path, params=query)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8"), answer.text[:500]
    assert re.fullmatch(r'attachment; filename="\w+-\d{4}-\d\d-\d\d\.csv"', answer.headers["Content-Disposition"])
    assert answer.content.startswith(b"\xef\xbb\xbf") and answer.content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), strict=True))


@pytest.fixture(scope="module")
def written(demo, organization):
    """Two questions, the second of three times the weight, answered in writing."""
    identifier = shorter_assessment(demo, organization, "Exported, \"quoted\"", 2)
    with psycopg.connect(demo["databaseURL"], autocommit=True) as connection:
        connection.execute("""
            UPDATE question SET type = 'ASYNC_TEXT', weight = CASE position WHEN 2 THEN 3 ELSE 1 END
            WHERE assessment_id = %s""", [identifier])
    return identifier


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_in_a_name_is_text(recruiter, name):
    mark = f"{uuid.uuid4()}@candidates.example"
    accepted(recruiter.call("POST", "/api/candidates", {"name": name, "email": mark, "phone": "+49 30 123"}))
    (row,) = table(recruiter, "/api/candidates/export.csv", search=mark)
    assert (row["Name"], row["E-mail"], row["Phone"], row["Interviews"]) == (f"'{name}", mark, "'+49 30 123", "0")


def test_scores_in_a_file_are_as_blind_as_on_the_page(recruiter, colleague, candidates, written):
    interview = Interview(recruiter, candidates[0], written).send().start()
    for question in interview.questions:
        accepted(write(interview, TEXT, question))
    accepted(interview.submit())
    first, second = interview.questions

    def row(client):
        (found,) = table(client, "/api/async-interviews/export.csv", assessmentId=written)
        assert (found["Id"], found["Assessment"]) == (interview.id, "Exported, \"quoted\"")
        return found
    for question, score in ((first, 5), (second, 2)):
        accepted(score_of(colleague, interview, question, score))
    told = row(recruiter)
    assert (told["Status"], told["My score"], told["Combined score"], told["Integrity risk"]) == ("REVIEWED", "", "", "not monitored")
    accepted(score_of(recruiter, interview, first, 3))
    told = row(recruiter)
    assert (told["My score"], told["Combined score"]) == ("3.00", "")
    accepted(score_of(recruiter, interview, second, 4))
    told = row(recruiter)
    # By weight: (3 + 3 · 4) / 4 alone, (4 + 3 · 3) / 4 together.
    assert (told["My score"], told["Combined score"]) == ("3.75", "3.25")
    assert float(told["Combined score"]) == interview.show()["decision"]["overall"]
    accepted(recruiter.call("PATCH", f"/api/async-interviews/{interview.id}", {"recommendation": "hold", "reason": "=Thin,\nand short."}))
    told = row(colleague)
    assert (told["Recommendation"], told["Reason"], told["My score"]) == ("hold", "'=Thin,\nand short.", "2.75")


def test_a_file_holds_what_its_filters_leave(recruiter, stranger, candidates, written):
    drafts = {Interview(recruiter, candidates[1], written).id for _ in range(3)}
    rows = table(recruiter, "/api/async-interviews/export.csv", assessmentId=written, status="DRAFT")
    assert {row["Id"] for row in rows} == drafts
    assert [row["Created"] for row in rows] == sorted((row["Created"] for row in rows), reverse=True)
    assert table(recruiter, "/api/async-interviews/export.csv", assessmentId=written, status="DRAFT", search="nobody at all") == []
    everything = {row["Id"] for row in table(recruiter, "/api/async-interviews/export.csv")}
    assert drafts < everything
    assert everything.isdisjoint(row["Id"] for row in table(stranger, "/api/async-interviews/export.csv"))
    assert table(stranger, "/api/async-interviews/export.csv", assessmentId=written) == []
    assert not {row["Id"] for row in table(stranger, "/api/candidates/export.csv")} & {each["id"] for each in candidates}


def test_what_cannot_be_exported(recruiter, candidates):
    for path in ("/api/async-interviews/export.csv", "/api/candidates/export.csv"):
        is_problem(recruiter.call("GET", path, params={"page": 2}), "VALIDATION_FAILED")
        is_problem(recruiter.call("POST", path), "METHOD_NOT_ALLOWED")
        is_problem(Interview(recruiter, candidates[1]).candidate.call("GET", path), "AUTH_REQUIRED")
