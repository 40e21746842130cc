"""The film of how an interview goes: offered, not imposed, and captioned in the page's language."""

import re

import pytest
from playwright.sync_api import expect

import shifts
from film import END, OUT, STEPS
from parley import Interview
from test_layout import DESKTOP, PHONE

LANGUAGES = ["en", "de", "es"]
LARGEST = 300_000


@pytest.fixture(scope="module")
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question).send()


@pytest.fixture
def visit(device, interview):
    """Opens the overview; `asked` are the files of the film that were asked for."""
    def open_page(language, viewport=DESKTOP):
        page = device(viewport, locale=language).new_page()
        page.add_init_script(shifts.OBSERVE)
        page.asked = []
        page.on("request", lambda request: page.asked.extend(re.findall(r"/assets/film/(.+)", request.url)))
        page.goto(interview.created["candidateURL"])
        expect(page.locator("#watch-film")).to_be_visible()
        return page
    return open_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_plays_with_captions_in_the_language_of_the_page(visit, screens, language):
    page = visit(language)
    page.locator("#watch-film").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert set(page.asked) <= {f"{language}.webp"}
    screens.see(page, f"film-offered-{language}")

    page.locator("#watch-film").focus()
    page.keyboard.press("Enter")
    video = page.locator("#film-video")
    expect(video).to_be_focused()
    page.wait_for_function("() => document.querySelector('#film-video').currentTime > 0.5", timeout=30_000)
    page.wait_for_function("() => [...document.querySelector('#film-video').textTracks].some((track) => track.cues?.length)")
    shown = video.evaluate("video => [...video.textTracks].filter(({ mode }) => mode === 'showing').map(({ language }) => language)")
    assert shown == [language]
    assert abs(video.evaluate("video => video.duration") - END) < 1
    steps = page.locator("#film-text li").all_text_contents()
    assert video.evaluate("video => [...video.textTracks].find(({ mode }) => mode === 'showing').cues.length") == len(STEPS) == len(steps)
    for begin, step in zip(STEPS.values(), steps):
        video.evaluate("(video, time) => { video.pause(); video.currentTime = time; }", begin + 0.5)
        page.wait_for_function("""text => {
            const [track] = [...document.querySelector('#film-video').textTracks].filter(({ mode }) => mode === 'showing');
            return [...track.activeCues].map((cue) => cue.text).join() === text;
        }""", arg=step)
    video.evaluate("video => { video.currentTime = 8; }")
    video.scroll_into_view_if_needed()
    page.wait_for_function("() => !document.querySelector('#film-video').seeking")
    screens.see(page, f"film-{language}")
    # The browser moves captions, which are no nodes of the page, as it shows and hides its controls.
    assert [moved for shift in shifts.unasked(page) for moved in shift["moved"] if not moved.startswith("undefined: ")] == []
    for name, found in screens.violations.items():
        assert not name.startswith("film-") or found == []


def test_it_can_be_read_instead(visit, screens):
    page = visit("de", PHONE)
    page.locator("#film-text summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#film-text li").first).to_be_visible()
    expect(page.locator("#film-text li")).to_have_count(len(STEPS))
    page.locator("#film-text").scroll_into_view_if_needed()
    screens.see(page, "film-read-phone")
    assert screens.violations["film-read-phone-light"] == screens.violations["film-read-phone-dark"] == []
    assert set(page.asked) <= {"de.webp"}
    page.click("#watch-film")
    page.wait_for_function("() => document.querySelector('#film-video').currentTime > 0", timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "film-phone")


def test_what_is_answered_in_writing_needs_no_film(device, in_writing):
    page = device().new_page()
    page.goto(in_writing.created["candidateURL"])
    expect(page.locator("main")).to_have_attribute("data-state", "intro")
    expect(page.locator(".film")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_files_are_small_and_served_as_what_they_are(recruiter, language):
    for ending, kind in (("webm", "video/webm"), ("mp4", "video/mp4"), ("vtt", "text/vtt; charset=utf-8"), ("webp", "image/webp")):
        path = OUT / f"{language}.{ending}"
        answer = recruiter.call("GET", f"/assets/film/{path.name}")
        assert answer.headers["Content-Type"] == kind
        assert answer.content == path.read_bytes() and len(answer.content) <= LARGEST
        part = recruiter.call("GET", f"/assets/film/{path.name}", headers={"Range": "bytes=0-9"})
        assert part.status_code == 206 and len(part.content) == 10
