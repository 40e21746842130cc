"""Before the interview: proof that an answer would arrive, what to do when it would not, and a question to practise with."""

import subprocess
from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import expect

import shifts
from machine import hurry
from parley import Interview, eventually, is_problem, note_secret_address
from screens import agree, open_device_check, pass_device_check, press, prove_devices, record_test, state

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
MOST_AN_HOUR = 20


@pytest.fixture
def interview(recruiter, candidates, one_question):
    return Interview(recruiter, candidates[1], one_question, thinkTimeSeconds=60).send()


@pytest.fixture
def visit(browser, base, interview):
    """Opens the interview's page, by default in the browser with the good devices."""
    contexts, pages, problems = [], [], []

    def open_page(browser=browser, script=None, **settings):
        context = browser.new_context(**{"viewport": DESKTOP, "base_url": base, **settings})
        context.on("response", note_secret_address)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        contexts.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.add_init_script(shifts.OBSERVE)
        pages.append(page)
        page.goto(interview.created["candidateURL"])
        return page
    yield open_page
    assert [shift for page in pages for shift in shifts.unasked(page)] == []
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A file of ffmpeg's sources, for a fake device to play."""
    folder = tmp_path_factory.mktemp("devices")

    def make(name, source, *options):
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", source, "-t", "2", *options, folder / name], check=True)
        return folder / name
    return make


@pytest.fixture
def stored(run, database, interview):
    """What the installation holds of the interview: rows by table, and files."""
    (organization,) = database.execute("SELECT organization_id FROM async_interview WHERE id = %s", [interview.id]).fetchone()

    def look():
        rows = {
            table: database.execute(f"SELECT count(*) FROM {table} WHERE async_interview_id = %s", [interview.id]).fetchone()[0]
            for table in ("recording", "video_response", "proctor_log", "detector_watch")}
        rows["blob"] = database.execute("SELECT count(*) FROM blob WHERE key LIKE %s", [f"%/{interview.id}/%"]).fetchone()[0]
        rows["files"] = sum(path.is_file() for folder in ("objects", "parts")
                            for path in (run / "blobs" / folder / str(organization) / interview.id).glob("*"))
        return rows
    return look


NOTHING = {"recording": 0, "video_response": 0, "proctor_log": 0, "detector_watch": 0, "blob": 0, "files": 0}


# ---- The test ------------------------------------------------------------------

def test_a_test_that_passes(visit, screens, interview, database, stored):
    page = visit()
    open_device_check(page)
    expect(page.locator("#level-verdict")).to_have_text("We can hear you.", timeout=15_000)
    expect(page.locator("#begin")).to_have_count(0)
    screens.see(page, "check-ready")
    record_test(page)
    (verdict,) = verdicts(database, interview)
    expect(page.locator(".proof")).to_contain_text(f"{verdict['video']['width']} × {verdict['video']['height']}, bright enough")
    expect(page.locator(".proof")).to_contain_text(
        f"{rounded(verdict['video']['framesPerSecond'])} pictures a second, brightness {rounded(100 * verdict['video']['brightness'])}%")
    expect(page.locator(".proof")).to_contain_text("Sound: loud and clear")
    expect(page.locator(".proof")).to_contain_text(f"Loudness {rounded(verdict['audio']['loudnessDecibels'])} dB")
    assert verdict["problems"] == [] and 3 < verdict["durationSeconds"] < 8
    assert verdict["video"]["width"] == 1280 and 0 < verdict["video"]["brightness"] < 1

    page.click("#play-test")
    page.wait_for_function("() => document.querySelector('#test-clip').currentTime > 0.2")
    assert page.evaluate("() => [document.querySelector('#test-clip').muted, document.querySelector('#test-clip').volume]") == [False, 1]

    expect(page.locator("#begin")).to_be_disabled()
    page.check("#camera-works")
    expect(page.locator("#begin")).to_be_disabled()
    page.check("#microphone-works")
    expect(page.locator("#begin")).to_be_enabled()
    screens.see(page, "check-passed")

    assert stored() == NOTHING
    told = "SELECT state FROM delivery d JOIN event e ON e.id = d.event_id WHERE function = 'RecordingStored' AND data->>'key' LIKE %s"
    eventually(lambda: database.execute(told, [f"%/{interview.id}/%"]).fetchall() == [("done",)], "the store's event")


def test_a_phone_and_another_language(visit, screens):
    page = visit(viewport=PHONE, locale="de", has_touch=True)
    open_device_check(page)
    screens.see(page, "check-ready-phone")
    record_test(page)
    expect(page.locator(".proof")).to_contain_text("hell genug")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "check-passed-phone")


def test_a_test_by_keyboard_alone(visit):
    page = visit()
    agree(page)
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    press(page, "#record-test", "Enter")
    expect(page.locator("#stop-test")).to_be_focused()
    expect(page.locator("#announcer")).to_contain_text("Please speak")
    expect(page.locator("#proof-title")).to_be_focused(timeout=60_000)
    press(page, "#camera-works", "Space")
    press(page, "#microphone-works", "Space")
    press(page, "#begin", "Enter")
    state(page, "practice")
    expect(page.locator("h1")).to_be_focused()


def test_a_silent_microphone(visit, open_browser, made, screens, interview, database):
    page = visit(open_browser(microphone=made("silence.wav", "anullsrc=r=48000:cl=mono")))
    open_device_check(page)
    expect(page.locator("#level-verdict")).to_contain_text("choose another microphone", timeout=15_000)
    record_test(page, "problems")
    expect(page.locator("[data-problem]")).to_have_count(1)
    expect(page.locator("[data-problem=NO_SOUND]")).to_contain_text("look for a mute switch")
    assert verdicts(database, interview)[0]["problems"] == ["NO_SOUND"]
    screens.see(page, "check-silent")
    expect(page.locator("#begin")).to_have_count(0)
    expect(page.locator("#anyway-note")).to_contain_text("sees and hears your answers as this test came out")
    page.click("#go-on-anyway")
    page.click("#begin")
    state(page, "thinking")


@pytest.mark.parametrize("color, problem, advice", [
    ("black", "NO_PICTURE", "Open the cover"), ("0x101010", "DARK", "a window or a lamp"),
])
def test_a_dark_picture(visit, open_browser, made, screens, color, problem, advice):
    camera = made(f"{color}.y4m", f"color={color}:size=320x180:rate=20", "-pix_fmt", "yuv420p")
    page = visit(open_browser(camera=camera))
    open_device_check(page)
    record_test(page, "problems")
    expect(page.locator("[data-problem]")).to_have_count(1)
    expect(page.locator(f"[data-problem={problem}]")).to_contain_text(advice)
    screens.see(page, f"check-{problem.lower()}")


def test_a_camera_that_is_allowed_at_the_second_try(visit, screens):
    page = visit(script="""
        const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
        let asked = 0;
        if (open) navigator.mediaDevices.getUserMedia = (wanted) =>
            (asked += 1) === 1 ? Promise.reject(new DOMException("", "NotAllowedError")) : open(wanted)""")
    agree(page)
    expect(page.locator("#device-fault")).to_have_attribute("data-reason", "denied")
    page.click("#try-again")
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)


# ---- When no verdict comes -------------------------------------------------------

def test_uploads_do_not_get_through(visit, screens, interview, database):
    page = visit()
    page.route("**/blob/**", lambda route: route.abort())
    open_device_check(page)
    record_test(page, "failed")
    expect(page.locator(".proof")).to_contain_text("The test did not reach us")
    expect(page.locator("#anyway-note")).to_contain_text("kept on this device until they can be sent")
    screens.see(page, "check-failed")
    page.unroute("**/blob/**")
    record_test(page)
    assert [verdict and verdict["problems"] for verdict in verdicts(database, interview)] == [None, []]


def test_the_server_is_out_of_reach_and_the_way_on_leads_on(visit):
    page = visit()
    page.route("**/device-check**", lambda route: route.abort())
    open_device_check(page)
    record_test(page, "failed")
    record_test(page, "failed")
    page.click("#go-on-anyway")
    page.click("#begin")
    state(page, "thinking")


def test_a_test_is_stopped(visit, screens):
    page = visit()
    open_device_check(page)
    # Its five seconds are as long as it takes to look at it.
    page.evaluate("const now = performance.now(); performance.now = () => now")
    page.click("#record-test")
    expect(page.locator(".check")).to_have_attribute("data-proof", "recording")
    screens.see(page, "check-recording")
    page.click("#stop-test")
    expect(page.locator(".check")).to_have_attribute("data-proof", "failed")
    expect(page.locator(".proof")).to_contain_text("You stopped the test")
    expect(page.locator("#camera-select")).to_be_enabled()
    page.evaluate("delete performance.now")
    record_test(page)


def test_the_screen_is_left_while_a_test_runs(visit, stored):
    page = visit()
    open_device_check(page)
    page.click("#record-test")
    expect(page.locator(".check")).to_have_attribute("data-proof", "recording")
    page.evaluate("() => document.querySelector('#microphone-select').dispatchEvent(new Event('change'))")
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    record_test(page)
    assert stored() == NOTHING


def test_too_many_tests(visit, screens, interview, database):
    database.execute("""
        INSERT INTO device_check (id, organization_id, async_interview_id, key, mime_type, expires_at)
        SELECT gen_random_uuid(), organization_id, id, 'test ' || id || number, 'video/webm', now()
        FROM async_interview, generate_series(1, %s) AS number WHERE id = %s""", [MOST_AN_HOUR, interview.id])
    refused = interview.candidate.call("POST", f"{interview.path}/device-check", {"mimeType": "video/webm", "size": 1000})
    is_problem(refused, "RATE_LIMITED")
    assert 0 < int(refused.headers["Retry-After"]) <= 3600
    page = visit()
    open_device_check(page)
    record_test(page, "failed")
    expect(page.locator(".proof")).to_contain_text("More are possible in a while")
    screens.see(page, "check-limited")
    expect(page.locator("#go-on-anyway")).to_be_enabled()


# ---- What the server lets through --------------------------------------------------

def test_a_check_goes_the_way_of_an_answer_and_is_gone_when_measured(interview, recording, stored):
    check = begin(interview, recording.stat().st_size)
    is_problem(finish(interview, check), "CONFLICT")
    assert interview.put(check, recording.read_bytes()).status_code == 201
    assert stored() == {**NOTHING, "blob": 1, "files": 1}
    is_problem(interview.put(check, recording.read_bytes()), "GONE")
    measured = finish(interview, check)
    assert measured.status_code == 200 and measured.json()["audio"], measured.text
    assert stored() == NOTHING
    assert finish(interview, check).json() == measured.json()


def test_what_is_no_check(interview, recruiter, candidates, recording, stored):
    content = recording.read_bytes()
    check = begin(interview, len(content))
    is_problem(interview.put(check, content, **{"Content-Type": "video/mp4"}), "ACCESS_DENIED")
    is_problem(interview.put(check, content[:-1]), "ACCESS_DENIED")
    is_problem(interview.put(check, b""), "ACCESS_DENIED")
    is_problem(interview.put(check, b"no video" + bytes(len(content) - 8)), "VALIDATION_FAILED")
    is_problem(finish(interview, check), "CONFLICT")
    other = Interview(recruiter, candidates[0]).send()
    is_problem(finish(other, check), "NOT_FOUND")
    assert stored() == NOTHING
    # It begins as a video does: no failure of the request, but of the test.
    assert interview.put(check, content[:4] + bytes(len(content) - 4)).status_code == 201
    assert finish(interview, check).json() == {"durationSeconds": 0.0, "video": None, "audio": None, "problems": ["UNREADABLE"]}


def test_what_nobody_asks_about_goes_by_itself(interview, recording, database, stored):
    check = begin(interview, recording.stat().st_size)
    assert interview.put(check, recording.read_bytes()).status_code == 201
    assert stored()["files"] == 1
    database.execute("UPDATE device_check SET expires_at = now() WHERE id = %s", [check["checkId"]])
    database.execute("""
        UPDATE delivery SET run_at = now() FROM event
        WHERE event.id = event_id AND topic = 'device-check.expired' AND data->>'checkId' = %s""", [check["checkId"]])
    hurry(database)
    eventually(lambda: stored() == NOTHING, "the removal")
    is_problem(finish(interview, check), "GONE")


# ---- The practice question -----------------------------------------------------------

def test_practising_leaves_nothing(visit, base, screens, interview, database, stored):
    page = visit()
    open_device_check(page)
    record_test(page)
    page.check("#camera-works")
    page.check("#microphone-works")
    page.click("#begin")
    state(page, "practice")
    screens.see(page, "practice-offer")
    sent = []
    # The page's own drawings, and what it plays from memory, go nowhere.
    page.on("request", lambda request: sent.append(request.url) if not request.url.startswith((f"{base}/assets/", "blob:")) else None)
    page.click("#practise")
    expect(page.locator(".practice-label")).to_contain_text("Practice")
    screens.see(page, "practice-thinking")
    for take in (1, 2):
        practise(page, take)
    screens.see(page, "practice-reviewing")
    page.click("#use-take")
    expect(page.locator("h1")).to_have_text("That is how it works")
    screens.see(page, "practice-done")
    page.click("#practise")
    page.click("#start-recording")
    state(page, "recording")
    page.click("#leave-practice")
    state(page, "practice")
    assert sent == []
    assert page.evaluate("""() => new Promise((resolve) => {
        const request = indexedDB.open("parley-capture");
        request.onsuccess = () => {
            const count = request.result.transaction("takes").objectStore("takes").count();
            count.onsuccess = () => resolve(count.result);
        }; })""") == 0
    assert stored() == NOTHING
    assert started(database, interview) is None

    page.click("#begin")
    state(page, "thinking")
    expect(page.locator(".practice-label")).to_have_count(0)
    assert started(database, interview) is not None


def test_practice_can_be_reached_again_until_the_first_question(visit):
    page = visit()
    open_device_check(page)
    record_test(page)
    page.check("#camera-works")
    page.check("#microphone-works")
    expect(page.locator("#practise")).to_have_count(0)
    page.click("#begin")
    state(page, "practice")
    page.get_by_role("button", name="Back").click()
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    page.click("#practise")
    state(page, "thinking")
    page.click("#leave-practice")
    page.click("#begin")
    state(page, "thinking")
    page.reload()
    open_device_check(page)
    expect(page.locator("#begin")).to_be_visible()
    expect(page.locator("#practise")).to_have_count(0)


def test_who_comes_back_need_not_test_again(visit):
    page = visit()
    pass_device_check(page)
    state(page, "thinking")
    page.reload()
    open_device_check(page)
    expect(page.locator("#begin")).to_be_disabled()
    prove_devices(page)
    state(page, "thinking")


def test_everybody_can_use_the_check(screens):
    """axe found nothing on any of its states, in light or in dark."""
    seen = {name: found for name, found in screens.violations.items() if name.startswith(("check-", "practice-"))}
    assert len(seen) >= 20
    assert {name: found for name, found in seen.items() if found} == {}


# ---- Steps ---------------------------------------------------------------------

def practise(page, take):
    if take > 1:
        page.click("#re-record")
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(1500)
    page.click("#stop-recording")
    state(page, "reviewing")
    expect(page.locator(".take-line")).to_contain_text(f"Take {take}")
    expect(page.locator(".take-line")).to_contain_text("as often as you like")


def rounded(value):
    """As browsers do, with halves away from zero; the decimal digits are the server's."""
    return Decimal(str(round(value, 6))).quantize(Decimal(1), ROUND_HALF_UP)


def verdicts(database, interview):
    """Of the interview's checks, in their order."""
    return [verdict for (verdict,) in database.execute(
        "SELECT verdict FROM device_check WHERE async_interview_id = %s ORDER BY begun_at", [interview.id]).fetchall()]


def started(database, interview):
    return database.execute("SELECT started_at FROM async_interview WHERE id = %s", [interview.id]).fetchone()[0]


def begin(interview, size):
    return interview.candidate.post(f"{interview.path}/device-check", {"mimeType": "video/webm", "size": size})


def finish(interview, check):
    return interview.candidate.call("POST", f"{interview.path}/device-check/result", {"checkId": check["checkId"]})
