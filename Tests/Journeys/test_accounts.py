"""Accounts: colleagues are invited, choose a password by a link, get roles, and are signed out when they leave."""

import re
import threading
import uuid

import pytest
from playwright.sync_api import expect

from conftest import DESKTOP, new_organization
from machine import hurry, mails
from parley import Client, accepted, eventually, is_problem, seen_secrets, sign_in, unhurried
from screens import state
from test_pages import PHONE

PASSWORD = "four words in a row"


@pytest.fixture
def people(base, demo, run):
    """An organisation of two: (its administrator's client, its recruiter's client, their accounts)."""
    accounts = new_organization(demo, run, "Accounts and Sons", "Anna Admin", "Rudi Recruiter")
    return sign_in(base, accounts[0]), sign_in(base, accounts[1]), accounts


@pytest.fixture
def pages(device):
    opened = []

    def one(client=None, path="/accounts", viewport=DESKTOP):
        context = device(viewport)
        if client:
            context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": client.base}])
        page = context.new_page()
        page.problems = []
        page.on("console", lambda message: page.problems.append(message.text) if "Content Security Policy" in message.text else None)
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        opened.append(page)
        page.goto(path)
        return page
    yield one
    assert [problem for page in opened for problem in page.problems] == []


def links_for(run, database, address, count=1):
    """The links of so many mails to an address, oldest first."""
    def come():
        hurry(database)
        found = mails(run, to=address)
        return len(found) >= count and found
    links = []
    for mail in eventually(come, f"{count} mails to {address}"):
        [link] = re.findall(r"http\S+/password#[\w-]{43}", mail.get_body(["plain"]).get_content())
        assert link in mail.get_body(["html"]).get_content()
        links.append(link)
    seen_secrets.update(link.split("#")[1] for link in links)
    return links


def listed(client, name):
    return next(each for each in client.get("/api/accounts/all")["accounts"] if each["name"] == name)


def choose(page, password, again=None):
    page.fill("#password", password)
    page.fill("#again", again or password)
    page.click("#submit")


def act(page, name, action):
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=action).click()


def test_invited_joined_and_signed_in(pages, people, run, database, screens):
    anna, _, _ = people
    address = f"frieda.{uuid.uuid4().hex[:8]}@accounts.example"
    page = pages(anna)
    expect(page.locator("tbody tr")).to_have_count(2)
    page.click("#invite")
    page.click("#send-invitation")
    expect(page.locator("#account-person-error")).to_have_text("Enter their name.")
    page.fill("#account-person", "Frieda Fresh")
    page.fill("#account-email", people[2][1]["email"].upper())
    screens.see(page, "accounts-invite")
    page.click("#send-invitation")
    expect(page.locator("#account-email-error")).to_contain_text("There is an account with this e-mail address already.")
    page.fill("#account-email", address)
    page.click("#send-invitation")
    expect(page.locator("#toast")).to_contain_text("Frieda Fresh gets a mail")
    row = page.locator("tr", has_text="Frieda Fresh")
    expect(row).to_contain_text("Invited")
    screens.see(page, "accounts")
    page.set_viewport_size(PHONE)
    screens.see(page, "accounts-phone")

    theirs = pages(path=links_for(run, database, address)[0])
    expect(theirs.locator("#whose")).to_contain_text("Frieda Fresh, for your new account at Accounts and Sons.")
    choose(theirs, "too short")
    expect(theirs.locator("#password-error")).to_contain_text("at least 12 characters; this has 9")
    choose(theirs, PASSWORD, "four words in a raw")
    expect(theirs.locator("#again-error")).to_have_text("This is not the same.")
    screens.see(theirs, "password")
    choose(theirs, PASSWORD)
    theirs.wait_for_url("**/dashboard")
    expect(theirs.locator("#account-name")).to_have_text("Frieda Fresh")
    assert listed(anna, "Frieda Fresh")["status"] == "ACTIVE"
    assert sign_in(anna.base, {"email": address.upper(), "password": PASSWORD}).get("/api/auth/profile")["user"]["role"] == "RECRUITER"


def test_a_link_works_once_and_only_the_last_one(pages, people, run, database, screens):
    anna, rudi, accounts = people
    address = accounts[1]["email"]
    own = listed(anna, "Rudi Recruiter")
    for count in (1, 2):  # One that was replaced before it could be sent is not sent.
        anna.post(f"/api/accounts/{own['id']}/password-link")
        links = links_for(run, database, address, count)
    older, newest = links
    page = pages(path=older)
    expect(page.locator("#unusable-title")).to_have_text("This link no longer works")
    screens.see(page, "password-used")
    # Until another is chosen, the password stays.
    assert rudi.get("/api/auth/profile")["user"]["name"] == "Rudi Recruiter"
    page = pages(path=newest)
    expect(page.locator("#whose")).to_contain_text("for your account at")
    choose(page, PASSWORD)
    page.wait_for_url("**/dashboard")
    is_problem(rudi.call("GET", "/api/auth/profile"), "INVALID_TOKEN")
    is_problem(unhurried(lambda: Client(anna.base).call("POST", "/api/auth/login", accounts[1])), "AUTH_REQUIRED")
    token = newest.split("#")[1]
    is_problem(Client(anna.base).call("POST", f"/api/password-links/{token}", {"password": PASSWORD}), "GONE")
    page = pages(path="/password")
    expect(page.locator("#unusable-title")).to_have_text("This link is not complete")


def test_deactivated_at_once_and_let_in_again(pages, people, screens):
    anna, rudi, accounts = people
    theirs = pages(rudi, "/dashboard")
    state(theirs, "ready")
    page = pages(anna)
    act(page, "Rudi Recruiter", "Deactivate…")
    screens.see(page, "accounts-deactivate")
    page.click("#confirm-deactivation")
    expect(page.locator("#toast")).to_contain_text("Rudi Recruiter is signed out")
    expect(page.locator("tr", has_text="Rudi Recruiter")).to_contain_text("Deactivated")
    theirs.goto("/candidates")
    theirs.wait_for_url("**/sign-in?next=*")
    is_problem(unhurried(lambda: Client(anna.base).call("POST", "/api/auth/login", accounts[1])), "AUTH_REQUIRED")
    assert [each["name"] for each in anna.get("/api/accounts")["accounts"]] == ["Anna Admin"]
    page.click("#undo")
    expect(page.locator("#toast")).to_contain_text("Rudi Recruiter can sign in again.")
    accepted(unhurried(lambda: rudi.call("POST", "/api/auth/login", accounts[1])))


def test_an_organization_keeps_an_administrator(pages, people, screens):
    anna, rudi, _ = people
    page = pages(anna)
    act(page, "Anna Admin", "Deactivate…")
    expect(page.locator("#deactivate")).to_contain_text("Deactivate your own account?")
    page.click("#confirm-deactivation")
    expect(page.locator("#toast")).to_contain_text("This is the last administrator who can sign in.")
    act(page, "Rudi Recruiter", "Make an administrator")
    expect(page.locator("#toast")).to_contain_text("Rudi Recruiter is an administrator now.")
    accepted(rudi.call("GET", "/api/accounts/all"))

    # Each removes the other at the same time: one of them is left.
    ids = {client: listed(anna, name)["id"] for client, name in ((rudi, "Anna Admin"), (anna, "Rudi Recruiter"))}
    answers = []
    both = [threading.Thread(target=lambda by=by, other=other: answers.append(
        by.call("PATCH", f"/api/accounts/{other}", {"isActive": False}))) for by, other in ids.items()]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answer.ok for answer in answers) == [False, True]
    left = [client for client in ids if client.call("GET", "/api/accounts/all").ok]
    assert len(left) == 1
    assert sorted(each["status"] for each in left[0].get("/api/accounts/all")["accounts"]) == ["ACTIVE", "DEACTIVATED"]


def test_others_are_told_whom_to_ask(pages, people, screens):
    anna, rudi, _ = people
    page = pages(rudi)
    expect(page.locator(".face")).to_contain_text("For administrators")
    screens.see(page, "accounts-forbidden")
    page = pages(anna)
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    state(page, "offline")
    page.unroute("**/api/**")
    page.route("**/api/accounts/all", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body='{"status":503,"code":"UNAVAILABLE","detail":"The database is busy."}'))
    page.click("#try-again")
    state(page, "error")
    page.unroute("**/api/accounts/all")
    page.click("#try-again")
    state(page, "ready")
    page.route("**/api/**", lambda route: route.abort())
    act(page, "Rudi Recruiter", "Make an administrator")
    expect(page.locator("#toast")).to_contain_text("No connection: nothing was changed.")


def test_nothing_above_keeps_anybody_out(screens):
    assert {name: found for name, found in screens.violations.items() if name.startswith(("accounts", "password")) and found} == {}
