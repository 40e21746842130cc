"""The candidate's page sends to the store itself, and loses nothing when the tab or the store goes."""

import re

import pytest
import requests
from playwright.sync_api import expect

from parley import Interview
from screens import state
from test_capture import begin, kept_takes, kill, record, saved

# Makes recordings larger, so that they are sent in parts while they are made: a Void element of a megabyte after every piece,
# which players pass over (https://www.rfc-editor.org/rfc/rfc8794#section-11.3.2). Not after the smallest: on a busy machine the
# first may end within the file's header.
LARGE = """
    const read = Object.getOwnPropertyDescriptor(BlobEvent.prototype, "data").get;
    const size = 1 << 20;
    const nothing = new Uint8Array(9 + size);
    nothing.set([0xEC, 0x01]);
    new DataView(nothing.buffer).setUint32(5, size);
    const larger = new WeakMap();
    Object.defineProperty(BlobEvent.prototype, "data", {
        get() {
            const data = read.call(this);
            if (!larger.has(data)) larger.set(data, data.size > 4096 ? new Blob([data, nothing], { type: data.type }) : data);
            return larger.get(data);
        } })"""

# Changes the last byte of the first part on its way, after the page has taken its digest.
DAMAGE = """
    const send = window.fetch;
    let isDamaged = false;
    window.fetch = (address, request) => {
        if (isDamaged || !request?.headers?.["Content-MD5"]) return send(address, request);
        isDamaged = true;
        const body = new Uint8Array(request.body.slice(0));
        body[body.length - 1] ^= 1;
        return send(address, { ...request, body });
    }"""


@pytest.fixture
def invite(recruiter, candidates, one_question):
    return lambda: Interview(
        recruiter, candidates[1], one_question, thinkTimeSeconds=30, timeLimitSeconds=120, retakePolicy="ZERO").send()


@pytest.fixture
def recruiters_page(device, demo, base):
    page = device().new_page()
    page.goto(f"{base}/sign-in")
    page.fill("[name=email]", demo["recruiter"]["email"])
    page.fill("[name=password]", demo["recruiter"]["password"])
    page.click("button[type=submit]")
    page.wait_for_url("**/dashboard")
    return page


def test_recorded_and_played(device, invite, recruiters_page, base, store):
    interview, sent = invite(), []
    context = device()
    context.on("requestfinished", lambda request: sent.append((request.method, request.url)))
    page = begin(context, interview)
    stored = [url for method, url in sent if method == "PUT"]
    assert len(stored) == 1 and stored[0].startswith(store.endpoint), "the device check"
    record(page)
    page.wait_for_timeout(6000)
    use(page)
    saved(page)
    # No byte went through us.
    assert [url for method, url in sent if method in ("PUT", "POST") and url.startswith(store.endpoint)][1:]
    assert not [url for method, url in sent if method in ("PUT", "PATCH") and re.match(rf"{re.escape(base)}/(blob|uploads)/", url)]
    page = recruiters_page
    page.goto(f"{base}/async-interviews/{interview.id}")
    page.wait_for_selector("video")
    page.evaluate("document.querySelector('video').play()")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    page.evaluate("document.querySelector('video').currentTime = 4")
    page.wait_for_function("() => { const video = document.querySelector('video'); return !video.seeking && video.currentTime > 4.2; }")


def test_the_tab_is_killed_while_parts_are_sent(device, invite, store, database):
    interview, context = invite(), device()
    context.add_init_script(LARGE)
    page = begin(context, interview)
    record(page)
    part_sent(page, store)
    kill(page)
    page.close()
    sent = []
    context.on("requestfinished", lambda request: sent.append(request))
    page = context.new_page()
    page.goto(interview.created["candidateURL"])
    page.click("#review-kept")
    state(page, "reviewing")
    page.click("#use-take")
    saved(page)
    # What the store had was not sent again.
    again = sum(each.sizes()["requestBodySize"] for each in sent if is_part(each, store))
    assert again < is_whole(interview, database)
    assert kept_takes(page) == 0


def test_a_part_that_is_damaged_on_its_way(device, invite, store, database):
    if store.name == "vercel":
        pytest.skip("Vercel knows no digests")
    interview, context, refused = invite(), device(), []
    context.add_init_script(LARGE)
    context.add_init_script(DAMAGE)
    page = begin(context, interview)
    page.on("response", lambda response: refused.append(response.url) if response.status == 400 else None)
    # Swift refuses without the headers by which a page could tell why.
    page.on("requestfailed", lambda request: refused.append(request.url))
    record(page)
    part_sent(page, store)
    use(page)
    saved(page)
    assert any(url.startswith(store.endpoint) for url in refused)
    is_whole(interview, database)


def test_the_store_goes_down_and_comes_back(device, invite, screens, store, cut, database):
    interview, context = invite(), device()
    context.add_init_script(LARGE)
    page = begin(context, interview)
    record(page)
    part_sent(page, store)
    cut()
    page.wait_for_timeout(3000)
    use(page)
    # By what it met last: the store itself, or our server that could not ask it.
    expect(page.locator("#upload-line")).to_contain_text(re.compile("The connection is interrupted|Your answer is kept"))
    expect(page.locator("#safe-to-close")).to_have_count(0)
    screens.see(page, "sending-without-store")
    assert kept_takes(page) == 1
    assert database.execute("SELECT count(*) FROM blob WHERE key LIKE %s", [f"%/{interview.id}/%"]).fetchone() == (0,)
    cut(False)
    saved(page)
    is_whole(interview, database)
    assert kept_takes(page) == 0


def use(page):
    page.click("#stop-recording")
    state(page, "reviewing")
    page.click("#use-take")


def part_sent(page, store):
    with page.expect_event("requestfinished", lambda request: is_part(request, store), timeout=60_000):
        pass


def is_part(request, store):
    return request.method in ("PUT", "POST") and request.url.startswith(store.endpoint)


def is_whole(interview, database):
    """The store has what the answer is made of; how many bytes that is."""
    [response] = interview.show()["videoResponses"]
    (size,) = database.execute(
        "SELECT size_bytes FROM blob JOIN video_response ON video_key = key WHERE async_interview_id = %s", [interview.id]).fetchone()
    content = requests.get(response["videoUrl"]).content
    assert len(content) == size and content.startswith(bytes.fromhex("1A45DFA3"))
    return size
