#!/usr/bin/env python3
"""Measures in Chromium how soon a review can be read; prints JSON.

    review_page.py ADDRESS SESSION
"""

import json
import os
import sys
from statistics import median
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

ROUNDS = 5


def measure(address, session):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"] if os.getuid() == 0 else [])
        seconds = [measure_opening(browser, address, session) for _ in range(ROUNDS)]
        browser.close()
    return {"seconds": median(seconds)}


def measure_opening(browser, address, session):
    """Seconds from the click on the link until the answer, its insights and the score are painted."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "parley_session", "value": session, "url": urljoin(address, "/")}])
    page = context.new_page()
    page.add_init_script("""
        addEventListener("DOMContentLoaded", () => {
            new MutationObserver((_, observer) => {
                if (!document.querySelector("main[data-state='ready'] score-form input")) return;
                observer.disconnect();
                requestAnimationFrame(() => setTimeout(() => { window.readable = performance.now(); }));
            }).observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true });
        });
    """)
    page.goto(address)
    page.wait_for_function("() => window.readable")
    seconds = page.evaluate("window.readable") / 1000
    context.close()
    return seconds


print(json.dumps(measure(*sys.argv[1:])))
