"""Parley's API as a person's browser would call it."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request

from stack import fail


class Person:
    """Somebody with a cookie jar of their own."""

    def __init__(self, base):
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path, **query):
        return self.send(urllib.request.Request(f"{self.base}{path}?{urllib.parse.urlencode(query)}"))

    def post(self, path, **body):
        return self.send(urllib.request.Request(
            self.base + path, json.dumps(body).encode(), {"Content-Type": "application/json"}))

    def send(self, request):
        try:
            with self.opener.open(request, timeout=60) as answer:
                text = answer.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            # Neither the path nor the query: they may hold a token.
            fail(f"{request.get_method()} answered {error.code}: {error.read().decode(errors='replace')}")


def put_file(url, path, headers):
    """Uploads a file to a signed address."""
    with open(path, "rb") as body:
        length = {"Content-Length": str(path.stat().st_size)}
        request = urllib.request.Request(url, body, {**headers, **length}, method="PUT")
        Person("").send(request)
