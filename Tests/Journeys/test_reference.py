"""The API reference: every route with an example that holds, found, copied and run as it stands."""

import json
import subprocess

import jsonschema_rs
import pytest
from playwright.sync_api import expect

from machine import CHECKOUT
from test_report import read

DOCUMENT = json.loads((CHECKOUT / "nginx/generated/openapi.json").read_text())
OPERATIONS = [(path, method, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()]


# Leaves the routes that have an element such as no two before them: of the same colours, within the same three elements.
# Returns how many are left.
HIDE_WHAT_IS_ALIKE = """() => {
    const seen = new Map();
    const named = (element) => `${element.localName}.${element.className}`;
    const kind = (element, route) => {
        const { color, backgroundColor } = getComputedStyle(element);
        const path = [color, backgroundColor];
        for (let each = element; each !== route && path.length < 6; each = each.parentElement) path.push(named(each));
        return path.join(" ");
    };
    const routes = [...document.querySelectorAll("article.route")];
    for (const route of routes) {
        const kinds = new Set([...route.querySelectorAll("*")].map((element) => kind(element, route)));
        route.hidden = [...kinds].every((each) => seen.get(each) >= 2);
        if (!route.hidden) for (const each of kinds) seen.set(each, (seen.get(each) ?? 0) + 1);
    }
    return routes.filter(({ hidden }) => !hidden).length;
}"""


@pytest.fixture
def page(device):
    context = device(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
    yield page
    assert page.problems == []


def show(page, address="/docs"):
    page.goto(address)
    expect(page.locator("main")).to_have_attribute("data-state", "ready")


def copied(page, block):
    """What the button of a block of code copies."""
    figure = page.locator(f"figure:has(#{block}-title)")
    figure.get_by_role("button").click()
    expect(figure.get_by_role("status")).to_have_text("Copied")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("path, method, operation", OPERATIONS, ids=[each["operationId"] for _, _, each in OPERATIONS])
def test_examples_keep_to_their_schemas(path, method, operation):
    checked = [(parameter["schema"], parameter["example"]) for parameter in operation.get("parameters", []) if "example" in parameter]
    answers = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for part in (operation.get("requestBody", {}), *answers):
        checked += [(content["schema"], content["example"]) for content in part.get("content", {}).values() if "schema" in content]
    for schema, example in checked:
        jsonschema_rs.validate(schema, example)


def test_every_route_is_there_without_signing_in(page, screens):
    show(page)
    # Read all at once: to ask for each of so many takes long.
    addresses = page.eval_on_selector_all(
        "article.route", "routes => routes.map((route) => [route.id, route.querySelector('.address').textContent])")
    assert dict(addresses) == {f"route-{operation['operationId']}": f"{method.upper()}{path}" for path, method, operation in OPERATIONS}
    assert len(addresses) == len(OPERATIONS)
    expect(page.locator("#found")).to_have_text(f"{len(OPERATIONS)} routes")
    # What each code means, in words.
    codes = {code for _, _, operation in OPERATIONS for status, answer in operation["responses"].items()
             if status >= "400" for code in answer["description"].split(", ")}
    assert codes == set(page.locator(".chapter:has(#errors) .codes dt code").all_text_contents())
    assert all(page.locator(".chapter:has(#errors) .codes dd").all_text_contents())
    # Colours take axe a tenth of a second a route, and the rest next to nothing: all routes are looked at but for their
    # colours, and those of each kind of element in two of them.
    assert screens.axe.run(page, options={
        "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": False}}}).response["violations"] == []
    assert page.evaluate(HIDE_WHAT_IS_ALIKE) > 0
    screens.see(page, "docs")
    show(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    show(page, "/docs?q=report.pdf")
    screens.see(page, "docs-phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    show(page, "/docs?q=async-interviews+post")
    page.click("#route-CreateInterview summary")
    expect(page.locator("#route-CreateInterview details .fields")).to_contain_text("candidateURL")
    screens.see(page, "docs-route")
    seen = {name: found for name, found in screens.violations.items() if name.startswith("docs")}
    assert {name: found for name, found in seen.items() if found} == {}


def test_routes_are_found_by_their_words_and_the_search_is_in_the_address(page):
    show(page)
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("report.pdf")
    expect(page.locator("#found")).to_have_text("1 route has these words")
    expect(page.locator("article.route:visible")).to_have_count(1)
    expect(page.locator("#contents li:visible:has([href='#ShowReport'])")).to_have_count(1)
    page.reload()
    expect(page.locator("article.route:visible")).to_have_count(1)
    page.fill("#search", "no such <b>thing</b>")
    expect(page.locator("#nothing")).to_be_visible()
    page.click("#nothing button")
    expect(page.locator("article.route:visible")).to_have_count(len(OPERATIONS))
    assert "q=" not in page.url


def test_a_link_leads_to_its_route(page):
    show(page, "/docs?q=login#DecideInterview")
    expect(page.locator("#DecideInterview")).to_be_in_viewport()
    expect(page.locator("#DecideInterview")).to_be_focused()
    expect(page.locator("#contents [aria-current]")).to_have_attribute("href", "#DecideInterview")
    page.locator("#route-DecideInterview .refusals a", has_text="CONFLICT").click()
    expect(page.locator("#CONFLICT")).to_be_in_viewport()


def test_examples_run_as_they_are_copied(page, demo, tmp_path, recruiter):
    def run(command):
        done = subprocess.run(["bash", "-euc", command], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout
    show(page)
    account = demo["recruiter"]
    sign_in = copied(page, "SignIn-curl")
    body = json.loads(sign_in.split("-d '", 1)[1].rsplit("'", 1)[0])
    assert set(body) == {"email", "password"}
    run(sign_in.replace(body["email"], account["email"]).replace(body["password"], account["password"]))
    assert json.loads(run(copied(page, "Profile-curl")))["user"]["email"] == account["email"]
    created = json.loads(run(copied(page, "CreateCandidate-curl")))
    assert created.get("name") == "Ada Example" or created["code"] == "CONFLICT"
    told = run(copied(page, "lists-code"))
    emails = {json.loads(line)["email"] for line in told.strip().split("\n")}  # Not splitlines: names may hold other breaks.
    assert "ada@candidates.example" in emails
    assert "There is no such interview." in run(copied(page, "ShowInterview-curl"))


def test_the_reference_on_paper(page, tmp_path):
    show(page)
    page.pdf(path=tmp_path / "docs.pdf", format="A4")
    text = " ".join(read("pdftotext", tmp_path / "docs.pdf", "-").split())
    assert all(operation["summary"] in text for _, _, operation in OPERATIONS)
    assert "Search the reference" not in text


def test_when_the_description_cannot_be_had(page, screens):
    page.route("**/openapi.json", lambda route: route.abort())
    page.goto("/docs")
    expect(page.locator("main")).to_have_attribute("data-state", "offline")
    screens.see(page, "docs-offline")
    page.unroute("**/openapi.json")
    page.click("#try-again")
    expect(page.locator("main")).to_have_attribute("data-state", "ready")
