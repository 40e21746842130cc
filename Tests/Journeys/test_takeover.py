"""The server holds the session: a reload gives nothing away, and another page may go on where this one was."""

import pytest
from playwright.sync_api import expect

from parley import Interview, accepted, eventually
from screens import pass_device_check, prove_devices, state


@pytest.fixture
def invite(recruiter, candidates, one_question):
    return lambda **settings: Interview(
        recruiter, candidates[1], one_question, **{"thinkTimeSeconds": 60, "retakePolicy": "ONE", **settings}).send()


def begin(context, interview):
    """At the first question."""
    interview.start()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "thinking")
    return page


def record(page, seconds=2):
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(seconds * 1000)
    page.click("#stop-recording")
    state(page, "reviewing")


def takes(database, interview):
    return database.execute(
        "SELECT take_number, state FROM take WHERE async_interview_id = %s ORDER BY place", [interview.id]).fetchall()


def use(page):
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)


def think_more(database, interview, seconds):
    """As if thinking had begun so much earlier."""
    database.execute(
        "UPDATE opened_question SET thinking_since = thinking_since - %s * interval '1 second' WHERE async_interview_id = %s",
        [seconds, interview.id])


def seconds_left(page):
    minutes, seconds = page.locator(".pill").inner_text().rsplit(" ", 1)[1].split(":")
    return int(minutes) * 60 + int(seconds)


def test_a_reload_gives_no_new_time_to_think(device, invite, database):
    interview = invite()
    page = begin(device(), interview)
    assert seconds_left(page) > 50
    think_more(database, interview, 30)
    page.reload()
    pass_device_check(page)
    state(page, "thinking")
    assert seconds_left(page) <= 30
    think_more(database, interview, 60)
    page.reload()
    pass_device_check(page)
    expect(page.locator(".pill")).to_contain_text("Recording starts by itself")


def test_a_wrong_clock_on_the_device_changes_nothing(device, invite):
    interview = invite()
    context = device()
    context.add_init_script("const now = Date.now; Date.now = () => now() + 5 * 86_400_000")
    page = begin(context, interview)
    assert seconds_left(page) > 50


def test_retakes_are_counted_by_the_server(device, invite, database):
    interview = invite()
    page = begin(device(), interview)
    record(page)
    page.click("#re-record")
    state(page, "thinking")
    assert seconds_left(page) > 50
    # Another device knows of it.
    other = device().new_page()
    other.goto(interview.created["candidateURL"])
    pass_device_check(other)
    state(other, "thinking")
    record(other)
    expect(other.locator(".take-line")).to_contain_text("Take 2")
    expect(other.locator("#re-record")).to_have_count(0)
    use(other)
    assert takes(database, interview) == [(1, "RETAKEN"), (2, "RECORDED")]


def test_another_device_goes_on_and_this_one_is_paused(device, invite, screens, database):
    interview = invite()
    first = begin(device(), interview)
    first.click("#start-recording")
    state(first, "recording")
    eventually(lambda: takes(database, interview) == [(1, "RUNNING")], "the take")
    second = device().new_page()
    second.goto(interview.created["candidateURL"])
    expect(second.locator("#open-elsewhere")).to_be_visible()
    screens.see(second, "intro-elsewhere")
    pass_device_check(second)
    state(second, "thinking")
    assert takes(database, interview) == [(1, "INTERRUPTED")]
    first.wait_for_timeout(1500)
    first.click("#stop-recording")
    state(first, "elsewhere")
    expect(first.locator("#elsewhere-kept")).to_be_visible()
    screens.see(first, "elsewhere")
    # What was recorded on the first device was interrupted, which costs nothing, and can still be used there.
    first.click("#go-on-here")
    state(first, "reviewing")
    use(first)
    # The second hears of it when it wants to go on, and comes to what is true now.
    second.click("#start-recording")
    state(second, "elsewhere")
    second.click("#go-on-here")
    state(second, "final")
    assert takes(database, interview) == [(1, "RECORDED")]


def test_a_take_that_arrived_from_one_device_is_used_on_another(device, invite, screens, database):
    interview = invite()
    first = begin(device(), interview)
    record(first, 3)
    eventually(lambda: stored(database, interview), "the bytes")
    second = device().new_page()
    second.goto(interview.created["candidateURL"])
    pass_device_check(second)
    state(second, "reviewing")
    second.evaluate("document.querySelector('#take').play()")
    second.wait_for_function("() => document.querySelector('#take').currentTime > 0.5")
    screens.see(second, "reviewing-elsewhere")
    use(second)
    assert takes(database, interview) == [(1, "RECORDED")]
    (answer,) = interview.show()["videoResponses"]
    assert answer["takeNumber"] == 1 and answer["fileSizeBytes"] > 0


def test_a_take_that_was_lost_with_its_device_costs_nothing(device, invite, database):
    interview = invite(retakePolicy="ZERO")
    lost = device()
    lost.route("**/uploads/**", lambda route: route.abort())
    record(begin(lost, interview), 2)
    eventually(lambda: takes(database, interview) == [(1, "RECORDED")], "the ledger's entry")
    lost.close()
    page = device().new_page()
    page.goto(interview.created["candidateURL"])
    pass_device_check(page)
    state(page, "thinking")
    record(page, 2)
    use(page)
    assert takes(database, interview) == [(1, "INTERRUPTED"), (1, "RECORDED")]


def test_what_is_recorded_anew_is_deleted(device, invite, database, run):
    interview = invite()
    page = begin(device(), interview)
    record(page, 2)
    (discarded,) = eventually(lambda: stored(database, interview), "the bytes")
    page.click("#re-record")
    state(page, "thinking")
    eventually(lambda: not stored(database, interview), "the row's end")
    eventually(lambda: not (run / "blobs/objects" / discarded).exists(), "the file's end")
    record(page, 2)
    use(page)
    (answer,) = stored(database, interview)
    assert answer != discarded and (run / "blobs/objects" / answer).exists()


def test_another_tab_of_the_same_browser_is_heard_of_at_once(device, invite, screens):
    interview = invite()
    context = device()
    first = begin(context, interview)
    second = context.new_page()
    second.goto(interview.created["candidateURL"])
    expect(second.locator("#open-elsewhere")).to_be_visible()
    pass_device_check(second)
    state(second, "thinking")
    state(first, "elsewhere")
    expect(first.locator("#elsewhere-kept")).to_have_count(0)
    second.close()
    first.click("#go-on-here")
    prove_devices(first)
    state(first, "thinking")
    # Nobody else is there any more, which this browser knows.
    first.reload()
    expect(first.locator("#check-devices")).to_be_visible()
    expect(first.locator("#open-elsewhere")).to_have_count(0)


def test_what_pages_say_to_each_other_holds_no_token(device, invite):
    interview = invite()
    context = device()
    context.add_init_script("""
        window.said = [];
        const Channel = window.BroadcastChannel;
        window.BroadcastChannel = class extends Channel {
            constructor(name) { super(name); window.said.push(name); }
            postMessage(message) { window.said.push(JSON.stringify(message)); super.postMessage(message); }
        };""")
    page = begin(context, interview)
    said = page.evaluate("window.said")
    assert len(said) == 2 and interview.token not in " ".join(said)
    assert interview.token not in page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")


def test_the_ledger_never_holds_up_the_recorder(device, invite, database):
    interview = invite()
    context = device()
    page = begin(context, interview)
    context.set_offline(True)
    record(page)
    page.click("#re-record")
    state(page, "thinking")
    record(page)
    expect(page.locator(".take-line")).to_contain_text("Take 2")
    expect(page.locator("#re-record")).to_have_count(0)
    page.click("#use-take")
    expect(page.locator("#upload-line")).to_contain_text("The connection is interrupted", timeout=15_000)
    context.set_offline(False)
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    assert takes(database, interview) == [(1, "RETAKEN"), (2, "RECORDED")]
    assert database.execute("SELECT take_number, retakes_used FROM video_response WHERE async_interview_id = %s", [interview.id]).fetchall() == [(2, 1)]


def test_a_fault_of_the_camera_costs_nothing(device, invite, screens, database):
    interview = invite(retakePolicy="ZERO")
    page = begin(device(), interview)
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(2000)
    page.evaluate("""() => {
        const [track] = document.querySelector(".stage video").srcObject.getVideoTracks();
        track.stop();
        track.dispatchEvent(new Event("ended"));
    }""")
    state(page, "reviewing")
    expect(page.locator("main")).to_contain_text("The camera or microphone stopped.")
    screens.see(page, "reviewing-fault")
    page.click("#re-record")
    state(page, "thinking")
    record(page)
    expect(page.locator(".take-line")).to_contain_text("Take 1")
    use(page)
    assert takes(database, interview) == [(1, "INTERRUPTED"), (1, "RECORDED")]


def test_what_was_arranged_is_said_and_given(device, invite, recruiter, screens, database):
    interview = invite(retakePolicy="ZERO")
    accepted(recruiter.call("PUT", f"/api/async-interviews/{interview.id}/accommodations", {
        "timeMultiplier": 1.5, "untimedThinking": True, "extraTakes": 1, "withoutMonitoring": ["FULLSCREEN", "GAZE"]}))
    context = device()
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    expect(page.locator(".arranged")).to_contain_text("Your time is extended: it is 1.5 times the usual time.")
    expect(page.locator(".arranged li")).to_have_count(5)
    expect(page.locator(".facts")).to_contain_text("Up to 1 minute 30 seconds each")
    expect(page.locator(".facts")).to_contain_text("as long as you like")
    screens.see(page, "intro-arranged")
    interview.start()
    pass_device_check(page)
    state(page, "thinking")
    expect(page.locator(".pill")).to_have_text("Think as long as you like")
    screens.see(page, "thinking-untimed")
    assert page.evaluate("document.fullscreenElement") is None
    think_more(database, interview, 600)
    record(page)
    expect(page.locator(".take-line")).to_contain_text("1 more time")
    page.click("#re-record")
    state(page, "thinking")
    record(page)
    use(page)
    assert takes(database, interview) == [(1, "RETAKEN"), (2, "RECORDED")]


def stored(database, interview):
    """The keys of the interview's recordings whose bytes are all there."""
    return [key for (key,) in database.execute(
        "SELECT key FROM blob JOIN recording ON video_key = key WHERE async_interview_id = %s", [interview.id])]
