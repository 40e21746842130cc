"""The token of a candidate's link stands in the address and nowhere else: no page is told of it, and the browser does not keep it."""

from playwright.sync_api import expect

from parley import Interview
from screens import pass_device_check, state
from test_text_answers import assessment  # noqa: F401

TEXT = "A sentence that is kept."
# All that a page can leave in a browser, as text.
EVERYTHING = """async () => {
    const done = (request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    const databases = {};
    for (const { name } of await indexedDB.databases()) {
        const database = await done(indexedDB.open(name));
        for (const store of database.objectStoreNames) databases[`${name} ${store}`] = await done(database.transaction(store).objectStore(store).getAll());
        database.close();
    }
    return JSON.stringify({
        databases, local: { ...localStorage }, session: { ...sessionStorage }, cookie: document.cookie, name: window.name,
        caches: await caches.keys(), locks: await navigator.locks.query(), state: history.state });
}"""


def test_the_token_stands_in_the_address_alone(device, recruiter, candidates, assessment):  # noqa: F811
    interview = Interview(recruiter, candidates[1], assessment, thinkTimeSeconds=60).send()
    page = device().new_page()
    requests = []
    page.on("requestfinished", lambda request: requests.append(request))
    assert page.goto(interview.created["candidateURL"]).headers["referrer-policy"] == "no-referrer"
    pass_device_check(page)
    state(page, "thinking")
    page.click("#start-recording")
    state(page, "recording")
    page.wait_for_timeout(2500)
    page.click("#stop-recording")
    state(page, "reviewing")
    recorded = page.evaluate(EVERYTHING)
    page.click("#use-take")
    expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
    page.click("#next-question")
    page.locator("#answer").press_sequentially(TEXT)
    expect(page.locator("#draft-state")).to_contain_text("Draft saved", timeout=15_000)
    written = page.evaluate(EVERYTHING)
    assert '"sha256"' in recorded and TEXT in written
    assert interview.token not in recorded + written
    # The page asked for files, for the server's answers and for a place to put the bytes.
    kinds = {request.resource_type for request in requests}
    assert {"document", "script", "stylesheet", "fetch"} <= kinds
    assert [request.url for request in requests if interview.token in request.all_headers().get("referer", "")] == []
