"""Tabs as people have them: one is in front, the others are hidden.

Playwright makes every page that it knows believe it is in front. These tabs are in a
browser profile of their own, which Playwright lets alone, and are driven through the
DevTools protocol (https://chromedevtools.github.io/devtools-protocol/tot/Target/).
"""

import itertools
import json
from contextlib import contextmanager

from parley import eventually


@contextmanager
def window(browser):
    """A browser window: give it to `Tab`."""
    opened = Window(browser)
    try:
        yield opened
    finally:
        opened.close()


class Window:
    def __init__(self, browser):
        self.devtools = browser.new_browser_cdp_session()
        self.pulse = browser.new_context()
        self.waiting = self.pulse.new_page()
        self.profile = self.devtools.send("Target.createBrowserContext")["browserContextId"]
        self.answers = {}
        self.numbers = itertools.count(1)
        self.devtools.on("Target.receivedMessageFromTarget", self.received)

    def received(self, event):
        answer = json.loads(event["message"])
        if "id" in answer:
            self.answers[event["sessionId"], answer["id"]] = answer

    def wait(self, milliseconds):
        self.waiting.wait_for_timeout(milliseconds)

    def close(self):
        self.devtools.send("Target.disposeBrowserContext", {"browserContextId": self.profile})
        self.devtools.detach()
        self.pulse.close()


class Tab:
    """A tab, opened in front of the window's others."""

    def __init__(self, window, address):
        self.window = window
        self.target = window.devtools.send("Target.createTarget", {"url": address, "browserContextId": window.profile})["targetId"]
        self.session = window.devtools.send("Target.attachToTarget", {"targetId": self.target, "flatten": False})["sessionId"]
        eventually(self.is_loaded, address)

    def is_loaded(self):
        answer = self.ask("Runtime.evaluate", expression="document.readyState + ' ' + location.protocol")
        # While the page changes there is nothing to evaluate in.
        return answer.get("result", {}).get("result", {}).get("value") == "complete http:"

    def call(self, method, **parameters):
        answer = self.ask(method, **parameters)
        assert "error" not in answer, answer
        return answer["result"]

    def ask(self, method, **parameters):
        key = self.session, next(self.window.numbers)
        message = json.dumps({"id": key[1], "method": method, "params": parameters})
        self.window.devtools.send("Target.sendMessageToTarget", {"sessionId": self.session, "message": message})
        while key not in self.window.answers:
            self.window.wait(20)
        return self.window.answers.pop(key)

    def evaluate(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def to_front(self):
        self.window.devtools.send("Target.activateTarget", {"targetId": self.target})
