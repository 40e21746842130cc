#!/usr/bin/env python3
"""Measures in Chromium how light and how smooth the candidate's page is; prints JSON.

The arguments are the links of three interviews that were sent: one to look at, and one each to go
through on a desktop and on a phone.
"""

import json
import os
import sys
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "Journeys"))

import shifts  # noqa: E402
from screens import pass_device_check, state  # noqa: E402

ROUNDS = 5
RECORDED_SECONDS = 20

VIEWPORTS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

# In every page from its first moment: tasks of over 50 ms (Long Tasks API), shifts of the layout.
OBSERVE = shifts.OBSERVE + """
    window.longTasks = [];
    new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration });
    }).observe({ type: "longtask", buffered: true });
"""


def measure(link, *links):
    with sync_playwright() as playwright:
        arguments = ["--use-fake-device-for-media-stream=fps=30", "--use-fake-ui-for-media-stream"]
        if os.getuid() == 0:
            arguments.append("--no-sandbox")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        opened = [measure_opening(browser, link) for _ in range(ROUNDS)]
        recording = measure_recording(browser, link)
        shift = {name: measure_flow(browser, each, VIEWPORTS[name]) for name, each in zip(VIEWPORTS, links, strict=True)}
        browser.close()
    return {
        "bytes": max(each["bytes"] for each in opened), "seconds": median(each["seconds"] for each in opened),
        "shift": {"opening": max(each["shift"] for each in opened), **shift}, **recording}


def measure_opening(browser, link):
    """Bytes, and seconds from the click on the link until its main button can be used."""
    page = browser.new_context().new_page()
    page.add_init_script(OBSERVE)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.add_init_script("""
        addEventListener("DOMContentLoaded", () => {
            new MutationObserver((_, observer) => {
                if (!document.querySelector("main[data-state='intro'] .button.primary")) return;
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(() => { window.interactive = performance.now(); }));
            }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
        });
    """)
    page.goto(link)
    page.wait_for_function("() => window.interactive")
    page.wait_for_load_state("networkidle")
    found = {
        "bytes": sum(sizes), "seconds": page.evaluate("window.interactive") / 1000, "shift": shifts.cumulative(page)}
    page.context.close()
    return found


def measure_recording(browser, link):
    page = browser.new_context(viewport=VIEWPORTS["desktop"]).new_page()
    page.add_init_script(OBSERVE)
    page.goto(link)
    pass_device_check(page)
    state(page, "thinking")
    page.click("#start-recording")
    state(page, "recording")
    settings = page.evaluate("document.querySelector('main video').srcObject.getVideoTracks()[0].getSettings()")
    began = page.evaluate("performance.now()")
    page.wait_for_timeout(RECORDED_SECONDS * 1000)
    tasks = page.evaluate("began => longTasks.filter(({ startTime }) => startTime > began).map(({ duration }) => duration)", began)
    found = {
        "longestTask": max(tasks, default=0), "recordedSeconds": RECORDED_SECONDS,
        "picture": f"{settings['width']} × {settings['height']} at {settings['frameRate']:.0f}"}
    page.context.close()
    return found


def measure_flow(browser, link, viewport):
    page = browser.new_context(viewport=viewport).new_page()
    page.add_init_script(OBSERVE)
    page.goto(link)
    shifts.go_through(page)
    shift = shifts.cumulative(page)
    page.context.close()
    return shift


print(json.dumps(measure(*sys.argv[1:])))
