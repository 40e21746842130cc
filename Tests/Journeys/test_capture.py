"""Nobody loses an answer: the network goes, the tab closes, the screen is small, the page is in German."""

import json
import subprocess
from contextlib import contextmanager, suppress

import pytest
from playwright.sync_api import Error, expect

from parley import Interview
from screens import pass_device_check, state

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def invite(recruiter, candidates, one_question):
    return lambda **settings: Interview(
        recruiter, candidates[1], one_question, **{"thinkTimeSeconds": 30, "retakePolicy": "ZERO", **settings}).send()


def test_the_network_goes_during_an_answer_and_comes_back_a_minute_later(device, invite, screens, run, database):
    interview, context = invite(timeLimitSeconds=180), device()
    page = begin(context, interview)
    with watched(page) as sent:
        record(page)
        page.wait_for_timeout(7000)
        context.set_offline(True)
        expect(page.locator("#recording-offline")).to_be_visible(timeout=30_000)
        screens.see(page, "recording-offline")
        # A minute is long enough for every wait between tries to have grown.
        page.wait_for_timeout(60_000)
        page.click("#stop-recording")
        state(page, "reviewing")
        page.click("#use-take")
        expect(page.locator("#upload-line")).to_contain_text("The connection is interrupted")
        expect(page.locator("#safe-to-close")).to_have_count(0)
        screens.see(page, "sending-offline")
        context.set_offline(False)
        saved(page)
    is_whole(run, database, interview, page)
    # Bytes that the server had before were not sent a second time.
    assert len(sent) > 1
    assert sum(piece.sizes()["requestBodySize"] for piece in sent) == answer(database, interview)[1]
    assert kept_takes(page) == 0


@pytest.mark.parametrize("ends", ["closed", "killed"])
def test_the_tab_ends_during_recording_and_the_answer_is_used(device, invite, screens, run, database, ends):
    interview, context = invite(), device()
    page = begin(context, interview)
    record(page)
    page.wait_for_timeout(4000)
    if ends == "killed":
        kill(page)
    page.close()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    expect(page.locator(".lead").first).to_contain_text("was kept on this device")
    assert interview.token not in everything_kept(page)
    screens.see(page, "welcome-back-kept")
    page.click("#review-kept")
    state(page, "reviewing")
    expect(page.locator("main")).to_contain_text("The page was closed while you recorded this")
    plays(page)
    screens.see(page, "reviewing-kept")
    page.click("#use-take")
    saved(page)
    is_whole(run, database, interview, page)
    assert kept_takes(page) == 0


def test_the_tab_is_closed_during_recording_and_recording_again_costs_nothing(device, invite, run, database):
    interview, context = invite(), device()
    page = begin(context, interview)
    record(page)
    page.wait_for_timeout(4000)
    page.close()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    page.click("#review-kept")
    page.click("#re-record")
    state(page, "thinking")
    expect(page.locator("main")).to_contain_text("did not cost you a take")
    record(page)
    page.wait_for_timeout(3000)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")
    saved(page)
    is_whole(run, database, interview, page)
    assert database.execute(
        "SELECT take_number, retakes_used FROM video_response WHERE async_interview_id = %s", [interview.id]).fetchall() == [(1, 0)]


def test_a_reload_in_review_keeps_the_take_and_its_number(device, invite, run, database):
    interview, context = invite(retakePolicy="ONE"), device()
    page = begin(context, interview)
    for again in ("#re-record", None):
        record(page)
        page.wait_for_timeout(2500)
        page.click("#stop-recording")
        state(page, "reviewing")
        if again:
            page.click(again)
            state(page, "thinking")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.click("#review-kept")
    state(page, "reviewing")
    expect(page.locator(".take-line")).to_contain_text("Take 2")
    expect(page.locator("#re-record")).to_have_count(0)
    page.click("#use-take")
    saved(page)
    is_whole(run, database, interview, page)
    assert database.execute(
        "SELECT take_number, retakes_used FROM video_response WHERE async_interview_id = %s", [interview.id]).fetchall() == [(2, 1)]


def test_the_tab_is_closed_after_the_last_byte_and_before_the_answer_is_saved(device, invite, run, database):
    interview, context = invite(), device()
    page = begin(context, interview)
    record(page)
    page.wait_for_timeout(3000)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.route("**/response", lambda route: route.abort())
    page.click("#use-take")
    expect(page.locator("#upload-line")).to_contain_text("The connection is interrupted")
    page.close()
    page = context.new_page()
    with watched(page) as sent:
        page.goto(interview.created["candidateURL"])
        page.click("#review-kept")
        page.click("#use-take")
        saved(page)
    assert sent == []
    is_whole(run, database, interview, page)


def test_a_phone(device, invite, screens, run, database):
    interview, context = invite(), device(PHONE, has_touch=True, is_mobile=True)
    page = begin(context, interview)
    fits(page)
    screens.see(page, "thinking-phone")
    record(page)
    fits(page)
    screens.see(page, "recording-phone")
    page.wait_for_timeout(2000)
    page.click("#stop-recording")
    state(page, "reviewing")
    fits(page)
    screens.see(page, "reviewing-phone")
    page.click("#use-take")
    saved(page)
    fits(page)
    screens.see(page, "saved-phone")
    is_whole(run, database, interview, page)


def test_a_german_browser_meets_a_german_page(device, invite, screens, run, database):
    interview, context = invite(), device(locale="de-AT")
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    state(page, "intro")
    expect(page.locator("html")).to_have_attribute("lang", "de-AT")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    expect(page.locator(".facts")).to_contain_text("Jeweils bis zu 1 Minute")
    screens.see(page, "intro-german")
    page.click("#languages a[lang=es]")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator("#continue")).to_have_text("Continuar")
    screens.see(page, "intro-spanish")
    page.click("#languages a[lang=de]")
    expect(page.locator("html")).to_have_attribute("lang", "de-AT")
    check_devices(page)
    expect(page).to_have_url(f"{interview.created['candidateURL']}/question/1?lang=de")
    expect(page.locator("#languages")).to_be_hidden()
    record(page)
    screens.see(page, "recording-german")
    page.wait_for_timeout(2000)
    page.click("#stop-recording")
    state(page, "reviewing")
    screens.see(page, "reviewing-german")
    page.click("#use-take")
    saved(page)
    expect(page.locator("#safe-to-close")).to_contain_text("gefahrlos schließen")
    is_whole(run, database, interview, page)


def test_a_browser_that_keeps_nothing_sends_the_take_whole(device, invite, run, database):
    interview, context = invite(), device()
    context.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    page = begin(context, interview)
    record(page)
    page.wait_for_timeout(2000)
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")
    saved(page)
    is_whole(run, database, interview, page)


def test_a_device_that_is_full_does_not_say_that_it_keeps_the_answer(device, invite, run, database):
    interview, context = invite(), device()
    context.add_init_script("""
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (...what) {
            if (this.name === "chunks") throw new DOMException("", "QuotaExceededError");
            return put.apply(this, what);
        };""")
    page = begin(context, interview)
    record(page)
    page.wait_for_timeout(2000)
    page.click("#stop-recording")
    state(page, "reviewing")
    context.set_offline(True)
    page.click("#use-take")
    expect(page.locator("#upload-line")).to_contain_text("The connection is interrupted")
    expect(page.locator(".sending .small")).to_have_text("Please keep this page open until it is done.")
    context.set_offline(False)
    saved(page)
    is_whole(run, database, interview, page)


@pytest.mark.parametrize("name, content, reason", [
    ("unplayable", '"no video"', "could not be played"), ("empty", "", "delivered nothing")])
def test_a_recording_without_use_is_recorded_again_at_no_cost(device, invite, screens, run, database, name, content, reason):
    interview, context = invite(), device()
    context.add_init_script(f"""
        const read = Object.getOwnPropertyDescriptor(BlobEvent.prototype, "data").get;
        Object.defineProperty(BlobEvent.prototype, "data", {{
            get() {{ return window.spoil ? new Blob([{content}]) : read.call(this); }} }})""")
    page = begin(context, interview)
    page.evaluate("window.spoil = true")
    record(page)
    page.wait_for_timeout(2500)
    page.click("#stop-recording")
    state(page, "thinking")
    expect(page.locator("main")).to_contain_text(reason)
    screens.see(page, f"thinking-after-{name}")
    page.evaluate("window.spoil = false")
    record(page)
    page.wait_for_timeout(2500)
    page.click("#stop-recording")
    state(page, "reviewing")
    expect(page.locator(".take-line")).to_contain_text("Take 1")
    page.click("#use-take")
    saved(page)
    is_whole(run, database, interview, page)


# ---- Steps ---------------------------------------------------------------------

def kill(page):
    """Ends the process that runs the page, which has no say in it."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def begin(context, interview):
    """A page at the first question."""
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    check_devices(page)
    return page


def check_devices(page):
    pass_device_check(page)
    state(page, "thinking")


def record(page):
    page.click("#start-recording")
    state(page, "recording")


def saved(page):
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)


@contextmanager
def watched(page):
    """The pieces that were sent to the server, as requests."""
    sent = []

    def note(request):
        if request.method == "PATCH":
            sent.append(request)
    page.on("requestfinished", note)
    yield sent
    page.remove_listener("requestfinished", note)


# ---- What has to be true -------------------------------------------------------

def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def plays(page):
    page.evaluate("document.querySelector('#take').play()")
    page.wait_for_function("() => document.querySelector('#take').currentTime > 0.5")


def answer(database, interview):
    (row,) = database.execute(
        "SELECT video_key, size_bytes, duration_seconds FROM video_response v JOIN blob b ON b.key = v.video_key "
        "WHERE v.async_interview_id = %s AND v.status = 'SUBMITTED'", [interview.id]).fetchall()
    return row


def is_whole(run, database, interview, page):
    """The answer is saved, and what is stored is a video with sound of that length."""
    key, size, seconds = answer(database, interview)
    stored = run / "blobs/objects" / key
    assert stored.stat().st_size == size
    probed = json.loads(subprocess.run(
        ["ffprobe", "-v", "error", "-show_entries", "stream=codec_type:packet=pts_time", "-of", "json", stored],
        check=True, capture_output=True, text=True).stdout)
    assert {stream["codec_type"] for stream in probed["streams"]} == {"video", "audio"}
    last = max(float(packet["pts_time"]) for packet in probed["packets"])
    assert abs(last - seconds) < 2, f"{last} seconds are stored, {seconds} were recorded"


def kept_takes(page):
    return len(json.loads(everything_kept(page))["takes"])


def everything_kept(page):
    """All that the page has stored on the device, as text."""
    return page.evaluate("""async () => {
        const opened = indexedDB.open("parley-capture");
        await new Promise((resolve) => { opened.onsuccess = resolve; });
        const all = (name) => new Promise((resolve) => {
            const request = opened.result.transaction(name).objectStore(name).getAll();
            request.onsuccess = () => resolve(request.result);
        });
        const kept = { takes: await all("takes"), chunks: await all("chunks"), local: { ...localStorage }, session: { ...sessionStorage } };
        opened.result.close();
        return JSON.stringify(kept);
    }""")
