"""What moves on the candidate's page without having been touched (Layout Instability, as in Core Web Vitals)."""

from playwright.sync_api import expect

from screens import choose, record_test, state

# From the page's first moment: every shift with the elements that moved and from where to where.
OBSERVE = """
    window.shifts = [];
    const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" ");
    const name = (node) => node?.nodeType === 1
        ? [node.localName, node.id && `#${node.id}`, ...[...node.classList].map((each) => `.${each}`)].join("") : String(node?.nodeName);
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries()) shifts.push({
            value, hadRecentInput, state: document.querySelector("main")?.dataset.state,
            moved: sources.map(({ node, previousRect, currentRect }) => `${name(node)}: ${place(previousRect)} → ${place(currentRect)}`) });
    }).observe({ type: "layout-shift", buffered: true });
"""


# So much of the recording that ends by itself, which is half a minute, is skipped: its end is seen as it is.
SKIPPED_SECONDS = 22


def unasked(page):
    """The shifts that no click or key came just before."""
    return [shift for shift in page.evaluate("shifts") if not shift["hadRecentInput"]]


def cumulative(page):
    """Cumulative Layout Shift, of the page's whole life instead of its worst five seconds."""
    return sum(shift["value"] for shift in unasked(page))


def go_through(page):
    """The whole flow, with time to settle at every step: what comes later than half a second after a click counts.

    The first question's thinking and recording end by themselves.
    """
    state(page, "intro")
    settle(page)
    page.click("#continue")
    state(page, "consent")
    settle(page)
    choose(page)
    check_devices(page)
    state(page, "practice")
    settle(page)
    page.click("#practise")
    take(page)
    state(page, "practice")
    settle(page)
    page.click("#begin")
    take(page, by_itself=True)
    while not page.locator("#submit-all").count():
        expect(page.locator("#safe-to-close")).to_be_visible(timeout=60_000)
        settle(page)
        page.click("#next-question")
        page.locator("#start-recording, #answer, #submit-all").first.wait_for()
        if page.locator("#answer").count():
            write(page)
        elif not page.locator("#submit-all").count():
            take(page)
    state(page, "final")
    settle(page)
    page.click("#submit-all")
    state(page, "complete")
    settle(page)


def check_devices(page):
    state(page, "device-check")
    expect(page.locator(".check")).to_have_attribute("data-proof", "idle", timeout=15_000)
    page.wait_for_timeout(5_000)  # The meter says what it hears within four seconds.
    for _ in range(2):
        record_test(page)
        settle(page)
    page.check("#camera-works")
    page.check("#microphone-works")
    settle(page)
    page.click("#begin")


def take(page, by_itself=False):
    """Thinks, records, looks at it and uses it."""
    state(page, "thinking")
    settle(page)
    if not by_itself:
        page.click("#start-recording")
    expect(page.locator("main")).to_have_attribute("data-state", "recording", timeout=60_000)
    page.wait_for_timeout(2_000)
    if by_itself:
        # Of what is recorded meanwhile, nothing but the clock would be seen.
        page.evaluate(f"{{ const now = performance.now.bind(performance); performance.now = () => now() + {SKIPPED_SECONDS * 1000}; }}")
    else:
        page.click("#stop-recording")
    expect(page.locator("main")).to_have_attribute("data-state", "reviewing", timeout=60_000)
    settle(page)
    page.click("#use-take")


def write(page):
    settle(page)
    page.locator("#answer").press_sequentially("A sentence.")
    page.wait_for_timeout(3_000)  # Until the draft is kept.
    page.click("#use-answer")


def settle(page):
    page.wait_for_timeout(700)
