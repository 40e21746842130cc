"""What the candidate's page notices in a real browser, and that all of it arrives, once."""

import json

import pytest
from playwright.sync_api import Error

from parley import Interview, eventually, note_secret_address
from tabs import Tab, window
from test_consent import choose

# Any page of the site, so that nothing but the monitor under test runs on it.
PAGE = "/sign-in"


@pytest.fixture
def interview(recruiter, candidates, two_questions):
    return Interview(recruiter, candidates[1], two_questions).send().start()


@pytest.fixture
def device(browser, base):
    """Opens a browser profile, whose pages must not fail."""
    contexts, problems = [], []

    def open_device(**settings):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=base, **settings)
        context.on("response", note_secret_address)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        contexts.append(context)
        return context
    yield open_device
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def tabs(browser):
    with window(browser) as opened:
        yield opened


# ---- What is noticed -----------------------------------------------------------

def test_another_tab_comes_to_the_front(tabs, base, interview, database):
    tab = Tab(tabs, base + PAGE)
    tab.evaluate(begin(interview))
    for _ in range(2):
        Tab(tabs, base + PAGE)
        eventually(lambda: tab.evaluate("document.hidden"), "the tab in the background")
        # Longer than the page waits to tell a switch from a window that lost the focus.
        tabs.wait(500)
        tab.to_front()
        eventually(lambda: not tab.evaluate("document.hidden"), "the tab in front")
    tab.evaluate(f"monitor.watch({question(interview, 1)})")
    Tab(tabs, base + PAGE)
    noted = wait_for(database, interview, 3)
    assert [each["type"] for each in noted] == ["TAB_SWITCH"] * 3
    assert [each["question"] for each in noted] == [interview.questions[0]] * 2 + [interview.questions[1]]
    assert [each["metadata"] for each in noted] == [
        {"count": 1, "total": 1}, {"count": 2, "total": 2}, {"count": 1, "total": 3}]


def test_another_window_comes_to_the_front(device, interview, database):
    context = device()
    page = watching(context, interview)
    # The focus is then what it is, and the page stays visible, as beside another window.
    context.new_cdp_session(page).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    context.new_page().bring_to_front()
    eventually(lambda: not page.evaluate("document.hasFocus()"), "the loss of the focus")
    assert not page.evaluate("document.hidden")
    (noted,) = wait_for(database, interview, 1)
    assert (noted["type"], noted["metadata"]) == ("WINDOW_BLUR", {"count": 1, "total": 1})


def test_developer_tools_take_their_part_of_the_window(tabs, base, interview, database):
    tab = Tab(tabs, base + PAGE)
    tab.evaluate(begin(interview))
    width, height = tab.evaluate("[outerWidth, innerHeight]")
    for narrow in (True, False, True):
        tab.call("Emulation.setDeviceMetricsOverride", width=width - (400 if narrow else 0), height=height, deviceScaleFactor=1, mobile=False)
        tabs.wait(300)
    noted = wait_for(database, interview, 2)
    assert [each["type"] for each in noted] == ["DEVTOOLS_OPEN"] * 2
    assert noted[0]["metadata"] == {"widthDifference": 400, "count": 1, "total": 1}


def test_pasting_is_prevented_and_noted_where_answers_are_written(device, interview, database):
    page = watching(device(), interview)
    page.evaluate("document.body.innerHTML = '<textarea id=text>Three words here</textarea>'")
    copy_and_paste(page)
    assert page.input_value("#text") == "Three words here" * 2
    page.evaluate(f"monitor.watch({question(interview, 1, 'ASYNC_TEXT')})")
    copy_and_paste(page)
    assert page.input_value("#text") == "Three words here" * 2
    noted = wait_for(database, interview, 2)
    assert [(each["type"], each["metadata"]["action"], each["metadata"]["count"]) for each in noted] == [
        ("COPY_PASTE_ATTEMPT", "copy", 1), ("COPY_PASTE_ATTEMPT", "paste", 2)]


def test_what_an_arrangement_spares_is_neither_watched_nor_noted(device, interview, database):
    page = watching(device(), interview, without=["FULLSCREEN", "GAZE"])
    page.evaluate("monitor.report('FULLSCREEN_EXIT', {}), monitor.report('MULTIPLE_FACES', {}), monitor.report('TIME_LIMIT_EXCEEDED', {})")
    noted = wait_for(database, interview, 1)
    assert [each["type"] for each in noted] == ["TIME_LIMIT_EXCEEDED"]
    assert {each["name"] for each in detectors(interview)}.isdisjoint({"fullscreen", "face"})


# ---- That it arrives, once -----------------------------------------------------

def test_offline_for_a_while(device, interview, database):
    context = device()
    page = watching(context, interview)
    wait_for_sign_of_life(database, interview)
    context.set_offline(True)
    page.evaluate("for (let i = 0; i < 3; i += 1) monitor.report('WINDOW_BLUR')")
    page.wait_for_timeout(4500)
    assert events(database, interview) == []
    context.set_offline(False)
    noted = wait_for(database, interview, 3)
    assert [each["sequence"] for each in noted] == [0, 1, 2]
    assert all(each["received"] > each["occurred"] for each in noted)
    eventually(lambda: kept(page) == [], "an empty store")
    assert interview.show()["monitoring"]["missingEvents"] == 0


def test_an_answer_that_was_lost_is_asked_for_again(device, interview, database):
    page = watching(device(), interview)
    wait_for_sign_of_life(database, interview)
    lost = []

    def lose(route):
        route.fetch()
        lost.append(route.request.post_data_json)
        route.abort()
    page.route("**/proctor-events", lose, times=1)
    page.evaluate("monitor.report('WINDOW_BLUR')")
    eventually(lambda: page.evaluate("1") and lost, "the lost answer")
    page.evaluate("monitor.report('TAB_SWITCH')")
    noted = wait_for(database, interview, 2)
    assert [(each["sequence"], each["type"]) for each in noted] == [(0, "WINDOW_BLUR"), (1, "TAB_SWITCH")]


def test_a_tab_that_is_closed_sends_what_it_has(device, interview, database):
    page = watching(device(), interview)
    wait_for_sign_of_life(database, interview)
    # What goes out any other way than by a beacon is stopped.
    page.route("**/proctor-events", lambda route: route.continue_() if route.request.resource_type == "ping" else route.abort())
    page.evaluate("monitor.report('WINDOW_BLUR')")
    page.close()
    (noted,) = wait_for(database, interview, 1)
    assert (noted["sequence"], noted["type"]) == (0, "WINDOW_BLUR")


def test_a_tab_that_was_killed_is_made_up_for_when_the_page_is_opened_again(device, interview, database):
    context = device()
    page = watching(context, interview)
    wait_for_sign_of_life(database, interview)
    session = page.evaluate("monitor.session")
    page.route("**/proctor-events", lambda route: route.abort())
    page.evaluate("monitor.report('TAB_SWITCH'), monitor.report('WINDOW_BLUR')")
    eventually(lambda: sum(len(each["events"]) for each in kept(page)) == 2, "the events in the store")
    assert interview.token not in json.dumps(kept(page))
    crash(page)
    assert events(database, interview) == []
    page = watching(context, interview)
    noted = wait_for(database, interview, 2)
    assert [(each["session"], each["sequence"], each["type"]) for each in noted] == [
        (session, 0, "TAB_SWITCH"), (session, 1, "WINDOW_BLUR")]
    eventually(lambda: kept(page) == [], "an empty store")
    page.evaluate("monitor.report('DEVTOOLS_OPEN')")
    assert [each["sequence"] for each in wait_for(database, interview, 3) if each["session"] != session] == [0]


def test_two_windows_do_not_take_each_others_events(device, interview, database):
    context = device()
    first = watching(context, interview)
    wait_for_sign_of_life(database, interview)
    first.route("**/proctor-events", lambda route: route.abort())
    first.evaluate("monitor.report('TAB_SWITCH')")
    eventually(lambda: kept(first) != [], "the event in the store")
    second = watching(context, interview)
    second.evaluate("monitor.report('WINDOW_BLUR')")
    assert [each["type"] for each in wait_for(database, interview, 1)] == ["WINDOW_BLUR"]
    assert [each["events"][0]["eventType"] for each in kept(second)] == ["TAB_SWITCH"]


def test_who_declined_is_not_watched(device, interview, database):
    context = device()
    page = watching(context, interview)
    wait_for_sign_of_life(database, interview)
    page.route("**/proctor-events", lambda route: route.abort())
    page.evaluate("monitor.report('WINDOW_BLUR')")
    eventually(lambda: kept(page) != [], "the event in the store")
    crash(page)
    assert choose(interview, MONITORING=False).ok
    page = context.new_page()
    sent = []
    page.on("request", lambda request: sent.append(request.url) if "proctor" in request.url else None)
    page.goto(PAGE)
    page.evaluate(begin(interview, enabled=False))
    page.evaluate("monitor.report('WINDOW_BLUR')")
    page.wait_for_timeout(4500)
    page.goto(PAGE)
    assert sent == [] and events(database, interview) == []
    assert kept(page) == []


def test_a_page_that_does_not_know_of_a_refusal_falls_silent(device, interview, database):
    assert choose(interview, MONITORING=False).ok
    page = device().new_page()
    sent = []
    page.on("response", lambda response: sent.append(response.status) if "proctor" in response.url else None)
    page.goto(PAGE)
    page.evaluate(begin(interview))
    eventually(lambda: page.evaluate("1") and sent, "the refusal")
    page.evaluate("monitor.report('WINDOW_BLUR')")
    page.wait_for_timeout(4500)
    assert sent == [409] and events(database, interview) == []


# ---- How long it was watched ---------------------------------------------------

def test_detectors_count_the_time_in_which_they_see(tabs, base, interview):
    tab = Tab(tabs, base + PAGE)
    tab.evaluate(begin(interview))
    tabs.wait(2000)
    Tab(tabs, base + PAGE)
    tabs.wait(4500)
    tab.to_front()
    tabs.wait(500)
    tab.evaluate("monitor.stop()")
    lived = tab.evaluate("performance.now() / 1000")
    watched = {each["name"]: each for each in detectors(interview)}
    assert set(watched) == {"tab", "window", "fullscreen", "devtools", "time-limit", "face"}
    assert watched["tab"]["watchedSeconds"] <= lived
    assert watched["tab"]["unavailable"] is None
    assert watched["time-limit"]["watchedSeconds"] == watched["tab"]["watchedSeconds"]
    # In the background nothing is known of windows.
    assert 0 < watched["window"]["watchedSeconds"] < watched["tab"]["watchedSeconds"]
    assert watched["window"]["unavailable"] == watched["devtools"]["unavailable"] == "the page was in the background"
    assert watched["fullscreen"]["watchedSeconds"] == watched["face"]["watchedSeconds"] == 0
    assert watched["fullscreen"]["unavailable"] == "the page was not in fullscreen"
    assert watched["face"]["unavailable"] == "not part of this installation"


def test_fullscreen_is_watched_in_fullscreen_and_the_shape_of_the_window_outside(device, interview):
    page = watching(device(), interview)
    page.wait_for_timeout(2000)
    page.evaluate("document.documentElement.requestFullscreen()")
    page.wait_for_timeout(4500)
    page.evaluate("document.exitFullscreen()")
    page.evaluate("monitor.stop()")
    watched = {each["name"]: each for each in detectors(interview)}
    assert min(watched["fullscreen"]["watchedSeconds"], watched["devtools"]["watchedSeconds"]) > 0
    # Each has the time that the other has not; all three are rounded to tenths.
    both = watched["fullscreen"]["watchedSeconds"] + watched["devtools"]["watchedSeconds"]
    assert abs(both - watched["tab"]["watchedSeconds"]) < 0.2
    assert watched["devtools"]["unavailable"] == "the shape of the window says nothing in fullscreen"


def test_time_asleep_does_not_count(device, interview):
    page = watching(device(), interview)
    page.wait_for_timeout(1500)
    page.evaluate("const until = performance.now() + 7000; while (performance.now() < until);")
    page.wait_for_timeout(1500)
    page.evaluate("monitor.stop()")
    lived = page.evaluate("performance.now() / 1000")
    tab = next(each for each in detectors(interview) if each["name"] == "tab")
    assert 0 < tab["watchedSeconds"] < lived - 7
    assert tab["unavailable"] == "the device or the page was asleep"


def test_a_detector_that_breaks_says_so(device, interview):
    context = device()
    context.add_init_script("Object.defineProperty(window, 'visualViewport', { get() { throw new Error('broken'); } })")
    page = watching(context, interview)
    page.wait_for_timeout(2000)
    page.evaluate("monitor.stop()")
    watched = {each["name"]: each for each in detectors(interview)}
    assert watched["devtools"]["unavailable"] == "it broke down in this browser"
    assert watched["devtools"]["watchedSeconds"] < watched["tab"]["watchedSeconds"]


# ---- Steps ---------------------------------------------------------------------

def question(interview, index, kind="BEHAVIORAL"):
    return json.dumps({"id": interview.questions[index], "type": kind})


def begin(interview, **settings):
    """JavaScript that watches the interview's first question, as the interview's page does."""
    return f"""(async () => {{
        const {{ Monitor }} = await import("/assets/candidate/monitor.js");
        window.monitor = new Monitor({json.dumps(interview.path)}, {json.dumps(settings)});
        monitor.watch({question(interview, 0)});
    }})()"""


def watching(context, interview, **settings):
    page = context.new_page()
    page.goto(PAGE)
    page.evaluate(begin(interview, **settings))
    return page


def copy_and_paste(page):
    page.focus("#text")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.keyboard.press("End")
    page.keyboard.press("Control+v")


def crash(page):
    """Ends the page's process, which gives the page no chance to do anything."""
    with page.expect_event("crash"), pytest.raises(Error):
        page.goto("chrome://crash")
    page.close()


# ---- What is there -------------------------------------------------------------

def events(database, interview):
    rows = database.execute(
        "SELECT page_session, sequence, event_type, question_id, metadata, occurred_at, received_at FROM proctor_log "
        "WHERE async_interview_id = %s ORDER BY occurred_at, sequence", [interview.id]).fetchall()
    return [{"session": str(session), "sequence": sequence, "type": kind, "question": str(question), "metadata": metadata,
             "occurred": occurred, "received": received}
            for session, sequence, kind, question, metadata, occurred, received in rows]


def wait_for(database, interview, count):
    """The events when there are so many, and no more."""
    eventually(lambda: len(events(database, interview)) >= count, f"{count} events")
    noted = events(database, interview)
    assert len(noted) == count
    return noted


def wait_for_sign_of_life(database, interview):
    """Until the page has reported for the first time: the next report without an event is many seconds away."""
    eventually(lambda: database.execute(
        "SELECT EXISTS (SELECT FROM detector_watch WHERE async_interview_id = %s)", [interview.id]).fetchone()[0], "the first report")


def detectors(interview):
    return interview.show()["monitoring"]["detectors"]


def kept(page):
    """The records of unsent events on the device."""
    return page.evaluate("""async () => {
        const opened = indexedDB.open("parley-monitoring");
        await new Promise((resolve) => { opened.onsuccess = resolve; });
        const request = opened.result.transaction("pages").objectStore("pages").getAll();
        await new Promise((resolve) => { request.onsuccess = resolve; });
        opened.result.close();
        return request.result;
    }""")
