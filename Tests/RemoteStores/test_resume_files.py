"""Resume files are kept in the same store as recordings, and come from it only to be saved."""

import pytest
import requests
from playwright.sync_api import expect

from machine import CHECKOUT
from parley import accepted, eventually, is_problem
from resumes import another_hour, new_candidate, pdf, upload


@pytest.fixture
def person(recruiter, database):
    another_hour(database)
    return new_candidate(recruiter)


def test_kept_saved_and_removed(recruiter, person, store):
    content = pdf()
    accepted(upload(recruiter, person, content))
    opened = recruiter.get(f"/api/resume/{person}/file/1")
    assert opened["url"].startswith(store.endpoint)
    answer = requests.get(opened["url"])
    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{opened["fileName"]}"'
    # The name that it is saved under is signed as well.
    assert requests.get(opened["url"].replace(opened["fileName"], "other.pdf")).status_code == 403
    accepted(recruiter.call("DELETE", f"/api/resume/{person}/versions/1"))
    eventually(lambda: requests.get(opened["url"]).status_code == 404, "the end of the file")


def test_its_pages_are_shown_and_it_is_saved(device, recruiter, person, store):
    accepted(upload(recruiter, person, pdf(), "Oakenshaw.pdf"))
    context = device()
    context.add_cookies([{"name": "parley_session", "value": recruiter.http.cookies["parley_session"], "url": recruiter.base}])
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/candidates/{person}")
    page.click("#show-pages")
    expect(page.locator(".sheet canvas")).to_have_count(1, timeout=30_000)
    assert any(url.startswith(store.endpoint) for url in asked)
    with page.expect_download() as begun:
        page.click("#open-file")
    assert begun.value.suggested_filename == "Oakenshaw.pdf"


def test_a_scan_is_read_from_the_store(recruiter, person):
    scan = (CHECKOUT / "Tests/DocumentsTests/Corpus/scan.pdf").read_bytes()
    assert accepted(upload(recruiter, person, scan, "scan.pdf"))["status"] == "READING"
    read = eventually(lambda: recruiter.get(f"/api/resume/{person}")["resume"], "the scan's reading", patience=120)
    assert read["engine"]["method"] == "recognized"


def test_the_store_is_down(recruiter, person, cut, database):
    cut()
    is_problem(upload(recruiter, person, pdf()), "UNAVAILABLE")
    assert database.execute("SELECT count(*) FROM resume WHERE candidate_id = %s", [person]).fetchone() == (0,)
    cut(False)
    accepted(upload(recruiter, person, pdf()))
