"""Live interviews: scheduled, moved, cancelled, held and scored, in the browser and by whoever else calls."""

import re
import threading
import uuid
from datetime import datetime, timedelta, timezone

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from conftest import DESKTOP, new_colleague, new_organization, shorter_assessment
from machine import hurry, mails
from parley import Client, accepted, eventually, is_problem, sign_in
from screens import state
from test_pages import PHONE

ZONE = "Europe/Berlin"
READY = re.compile("ready")


@pytest.fixture(scope="module")
def assessment(demo, organization):
    return shorter_assessment(demo, organization, "Meeting in person", 2)


@pytest.fixture(scope="module")
def colleague(base, demo):
    return new_colleague(base, demo, "Carl Colleague")


@pytest.fixture
def somebody(recruiter):
    """A candidate whom nobody else meets."""
    mark = uuid.uuid4().hex[:8]
    created = recruiter.post("/api/candidates", {"name": f"Lena Live {mark}", "email": f"lena.{mark}@candidates.example"})
    return {"id": created["id"], "name": created["name"], "email": created["email"]}


def in_days(days, hour=10):
    return (datetime.now(timezone.utc) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def iso(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@pytest.fixture
def schedule(recruiter, somebody, assessment, colleague):
    """Schedules an interview of the colleague with somebody new, on a day of its own."""
    def one(by=recruiter, at=None, **settings):
        return by.post("/api/interviews", {
            "candidateId": somebody["id"], "assessmentId": assessment, "scheduledAt": iso(at or in_days(400 + uuid.uuid4().int % 3000)),
            "durationMinutes": 45, "timeZone": ZONE, "interviewerIds": [colleague.account["id"]], **settings})
    return one


@pytest.fixture
def pages(device):
    def signed_in(client, **settings):
        context = device(**settings)
        context.add_cookies([{"name": "parley_session", "value": client.http.cookies["parley_session"], "url": client.base}])
        return context.new_page()
    return signed_in


def begin(database, live, minutes=60):
    """Puts an interview into the past."""
    database.execute("""
        UPDATE interview SET scheduled_at = now() - %(ago)s * interval '1 minute', ends_at = now() - (%(ago)s - 45) * interval '1 minute'
        WHERE id = %(id)s""", {"id": live["id"], "ago": minutes})


def received(run, database, address, count):
    def come():
        hurry(database)
        found = [mail for mail in mails(run) if mail["To"].addresses[0].addr_spec == address]
        return found if len(found) >= count else None
    return eventually(come, f"{count} mails to {address}")


def entry(mail):
    """The calendar's entry of a mail, as a library reads it: (its method, the event)."""
    [part] = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_filename() == "interview.ics"
    content = part.get_payload(decode=True)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["METHOD"]
    assert event.errors == [] and calendar.errors == []
    return calendar["METHOD"], event


# ---- Calendars ----------------------------------------------------------------------------

def test_calendars_follow_from_invitation_to_cancellation(recruiter, colleague, schedule, somebody, run, database):
    note = "Bring: a laptop, a charger; and \\ \"both\" hands.\nÜber uns: " + "weiß " * 30
    at = in_days(500)
    live = schedule(at=at, place="Room 4, second floor; left", meetingUrl="https://meet.example/room?x=1", note=note)
    [invitation] = received(run, database, somebody["email"], 1)
    method, event = entry(invitation)
    assert method == "REQUEST" and event["SEQUENCE"] == 0 and event["STATUS"] == "CONFIRMED"
    assert event.decoded("DTSTART") == at and event.decoded("DTEND") == at + timedelta(minutes=45)
    assert event["LOCATION"] == "Room 4, second floor; left"
    assert event["ATTENDEE"] == f"mailto:{somebody['email']}" and event["ATTENDEE"].params["CN"] == somebody["name"]
    assert "ORGANIZER" in event and colleague.account["name"] in event["DESCRIPTION"]
    text = invitation.get_body(["plain"]).get_content()
    assert "Room 4, second floor; left" in text and "weiß weiß" in text and f"({ZONE})" in text
    assert colleague.account["email"] not in invitation.as_string()

    moved = accepted(recruiter.call("PUT", f"/api/interviews/{live['id']}", {
        "scheduledAt": iso(at + timedelta(days=1)), "durationMinutes": 60, "timeZone": "America/New_York",
        "interviewerIds": [colleague.account["id"]], "version": live["changedAt"]}))
    _, change = received(run, database, somebody["email"], 2)
    method, again = entry(change)
    assert method == "REQUEST" and again["SEQUENCE"] == 1 and again["UID"] == event["UID"]
    assert again.decoded("DTSTART") == at + timedelta(days=1)
    assert change["Subject"].startswith("New time: ") and change["References"] == invitation["Message-ID"]

    accepted(recruiter.call("POST", f"/api/interviews/{live['id']}/cancel", {"version": moved["changedAt"], "reason": "The position is filled."}))
    *_, cancellation = received(run, database, somebody["email"], 3)
    method, last = entry(cancellation)
    assert method == "CANCEL" and last["STATUS"] == "CANCELLED" and last["SEQUENCE"] == 2 and last["UID"] == event["UID"]
    assert "The position is filled." in cancellation.get_body(["plain"]).get_content()
    assert [entry(mail)[0] for mail in received(run, database, colleague.account["email"], 3)[-3:]] == ["REQUEST", "REQUEST", "CANCEL"]
    shown = recruiter.get(f"/api/interviews/{live['id']}")["details"]["mails"]
    assert {(mail["kind"], mail["state"]) for mail in shown} == {(kind, "sent") for kind in ("live-scheduled", "live-moved", "live-cancelled")}
    assert len(shown) == 6


def test_who_leaves_is_released_and_who_joins_is_invited(base, demo, recruiter, schedule, run, database):
    leaving, joining = (new_colleague(base, demo, name) for name in ("Lee Leaving", "Joe Joining"))
    live = schedule(interviewerIds=[leaving.account["id"]])
    accepted(recruiter.call("PUT", f"/api/interviews/{live['id']}", {
        "scheduledAt": live["scheduledAt"], "durationMinutes": 45, "timeZone": ZONE, "interviewerIds": [joining.account["id"]],
        "version": live["changedAt"]}))
    assert entry(received(run, database, joining.account["email"], 1)[0])[0] == "REQUEST"
    *_, release = received(run, database, leaving.account["email"], 1)
    # The invitation may have become pointless before it went out; the release never does.
    release = eventually(lambda: next((mail for mail in received(run, database, leaving.account["email"], 1) if entry(mail)[0] == "CANCEL"), None), "the release")
    assert "You need not come" in release.get_body(["plain"]).get_content()


# ---- Wrong and simultaneous ------------------------------------------------------------------

def test_of_two_who_schedule_the_same_person_at_once_one_is_told(base, demo, recruiter, colleague, assessment, candidates):
    at = iso(in_days(700 + uuid.uuid4().int % 2000))
    body = {"assessmentId": assessment, "scheduledAt": at, "durationMinutes": 30, "timeZone": ZONE, "interviewerIds": [colleague.account["id"]]}
    answers = []
    clients = [Client(base) for _ in range(4)]
    for client in clients:
        client.http.cookies.update(recruiter.http.cookies)
    threads = [threading.Thread(target=lambda client=client, place=place: answers.append(client.call(
        "POST", "/api/interviews", {**body, "candidateId": candidates[place % 2]["id"]}))) for place, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    refusal = is_problem(next(answer for answer in answers if answer.status_code == 409), "CONFLICT")
    assert colleague.account["name"] in refusal["detail"] and refusal["conflicts"]


def test_sent_again_it_is_scheduled_once(recruiter, somebody, assessment, colleague):
    body = {"candidateId": somebody["id"], "assessmentId": assessment, "scheduledAt": iso(in_days(4000)), "durationMinutes": 30,
            "timeZone": ZONE, "interviewerIds": [colleague.account["id"]], "allowConflicts": True}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first, second = (accepted(recruiter.call("POST", "/api/interviews", body, headers=key)) for _ in range(2))
    assert first == second
    assert len(recruiter.get("/api/interviews", candidateId=somebody["id"])["interviews"]) == 1


def test_who_may_do_what(recruiter, colleague, stranger, schedule, database, base):
    live = schedule()
    path = f"/api/interviews/{live['id']}"
    version = {"version": live["changedAt"]}
    for client, code in ((stranger, "NOT_FOUND"), (Client(base), "AUTH_REQUIRED")):
        is_problem(client.call("GET", path), code)
        is_problem(client.call("POST", f"{path}/cancel", version), code)
        is_problem(client.call("POST", f"{path}/outcome", {**version, "outcome": "COMPLETED"}), code)
        is_problem(client.call("GET", f"{path}/mails/live-scheduled/preview"), code)
    is_problem(colleague.call("POST", f"{path}/cancel", version), "ACCESS_DENIED")
    is_problem(recruiter.call("POST", f"{path}/outcome", {**version, "outcome": "COMPLETED"}), "CONFLICT")
    begin(database, live)
    done = accepted(colleague.call("POST", f"{path}/outcome", {**version, "outcome": "COMPLETED"}))
    question = recruiter.get(path)["details"]["questions"][0]["id"]
    is_problem(recruiter.call("POST", f"{path}/score", {"questionId": question, "score": 3, "version": "none"}), "ACCESS_DENIED")
    problem = is_problem(recruiter.call("POST", f"{path}/cancel", {"version": done["changedAt"]}), "CONFLICT")
    assert "NO_SHOW by marking that the candidate did not come" in problem["detail"]


# ---- In the browser --------------------------------------------------------------------------------

def test_scheduling_moving_and_cancelling(pages, screens, recruiter, colleague, somebody, assessment):
    page = pages(recruiter, timezone_id="Asia/Kathmandu")
    page.goto("/interviews?search=nobody-of-this-name")
    state(page, "ready")
    expect(page.locator(".face")).to_contain_text("Nothing fits")
    screens.see(page, "live-nothing-fits")
    page.get_by_role("link", name="Show all").click()
    expect(page).to_have_url(re.compile("/interviews$"))
    page.keyboard.press("n")
    dialog = page.locator("#schedule-dialog")
    dialog.locator("#save-schedule").click()
    expect(dialog.locator("#candidateId-error")).to_have_text("Choose a candidate.")
    dialog.locator("#candidate-search").fill(somebody["email"])
    expect(dialog.locator("#candidateId option")).to_have_count(1)
    expect(dialog.locator("#candidateId")).to_have_value(somebody["id"])
    dialog.locator("#assessmentId").select_option(assessment)
    dialog.locator("#timeZone").select_option(ZONE)
    dialog.locator("#scheduledAt").fill("2096-03-25T02:30")
    dialog.locator("#meetingUrl").fill("http://meet.example")
    dialog.locator("#save-schedule").click()
    expect(dialog.locator("#scheduledAt-error")).to_contain_text("skip that time")
    expect(dialog.locator("#meetingUrl-error")).to_have_text("A link begins with https://")
    screens.see(page, "live-schedule-refused")
    day = in_days(30 + uuid.uuid4().int % 300, hour=0).strftime("%Y-%m-%d")
    dialog.locator("#scheduledAt").fill(f"{day}T09:00")
    expect(dialog.locator("#time-meaning")).to_contain_text("For you that is")
    dialog.locator("#meetingUrl").fill("https://meet.example/room")
    dialog.locator("#note").fill("We talk about something that you built.")
    dialog.get_by_label(colleague.account["name"], exact=True).last.check()
    screens.see(page, "live-schedule")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "live-schedule-phone")
    page.set_viewport_size(DESKTOP)
    page.route("**/api/interviews", lambda route: route.abort() if route.request.method == "POST" else route.fallback())
    dialog.locator("#save-schedule").click()
    expect(dialog.get_by_role("alert")).to_contain_text("No connection")
    page.unroute("**/api/interviews")
    dialog.locator("#save-schedule").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#toast")).to_contain_text("is scheduled")
    page.locator("#search").fill(somebody["name"])
    row = page.locator("tbody tr", has_text=somebody["name"])
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(row.locator(".when")).to_contain_text(f"09:00 in {ZONE}")
    expect(row.locator(".interviewers")).to_contain_text("Carl Colleague")
    screens.see(page, "live-list")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "live-list-phone")
    page.set_viewport_size(DESKTOP)
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(row.locator("a")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_contain_text(somebody["name"])
    expect(page.locator("#waiting")).to_contain_text("Not held yet")
    live = recruiter.get("/api/interviews", candidateId=somebody["id"])["interviews"][0]
    eventually(lambda: len(recruiter.get(f"/api/interviews/{live['id']}")["details"]["mails"]) >= 2, "the mails")
    page.reload()
    expect(page.locator("#mails li")).to_have_count(len(live["interviewers"]) + 1)
    screens.see(page, "live-interview")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(page, "live-interview-phone")
    page.set_viewport_size(DESKTOP)
    page.click("#preview")
    expect(page.locator(".mail-preview")).to_contain_text("Your interview for")
    page.keyboard.press("Escape")

    # Somebody else moves it while the dialog is open.
    page.click("#move")
    dialog.locator("#place").fill("Room 9")
    accepted(recruiter.call("PUT", f"/api/interviews/{live['id']}", {
        "scheduledAt": live["scheduledAt"], "durationMinutes": 30, "timeZone": ZONE, "interviewerIds": [each["id"] for each in live["interviewers"]],
        "version": live["changedAt"]}))
    dialog.locator("#save-schedule").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Somebody changed this interview meanwhile")
    screens.see(page, "live-stale")
    page.click("#save-mine")
    expect(dialog).to_have_count(0)
    expect(page.locator(".facts")).to_contain_text("Room 9")
    page.click("#cancel")
    page.fill("#reason", "The position is filled.")
    screens.see(page, "live-cancel")
    page.click("#confirm-cancel")
    expect(page.locator("h1")).to_contain_text("Cancelled")
    expect(page.locator(".facts")).to_contain_text("The position is filled.")
    expect(page.locator("#move")).to_have_count(0)


def test_conflicts_are_shown_before_saving(pages, screens, recruiter, colleague, schedule, somebody, assessment):
    at = in_days(200 + uuid.uuid4().int % 100, hour=9)
    schedule(at=at)
    page = pages(recruiter, timezone_id="UTC")
    page.goto("/interviews")
    page.click("#schedule")
    dialog = page.locator("#schedule-dialog")
    dialog.locator("#candidate-search").fill(somebody["email"])
    expect(dialog.locator("#candidateId")).to_have_value(somebody["id"])
    dialog.locator("#assessmentId").select_option(assessment)
    dialog.locator("#scheduledAt").fill(at.strftime("%Y-%m-%dT09:30"))
    expect(dialog.locator("#conflicts")).to_contain_text(f"{somebody['name']}, the candidate")
    dialog.locator(f"input[value='{colleague.account['id']}']").check()
    expect(dialog.locator("#conflicts li")).to_have_count(2)
    screens.see(page, "live-conflict")
    dialog.locator("#save-schedule").click()
    expect(dialog.locator("#allowConflicts")).to_be_focused()
    page.keyboard.press("Space")
    dialog.locator("#save-schedule").click()
    expect(page.locator("#toast")).to_contain_text("is scheduled")


def give(page, place, score):
    page.locator(".question").nth(place).locator(f"input[value='{score}']").check()


def covered_scores(page):
    """Scores that something else lies over once they are scrolled to."""
    return page.evaluate("""() => [...document.querySelectorAll("score-form .segments input")].filter((input) => {
        input.scrollIntoView({ block: "nearest" });
        const { x, y, width, height } = input.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) !== input;
    }).map((input) => input.closest(".question").querySelector("h2").textContent + " " + input.value)""")


def test_scored_blind_question_by_question(pages, screens, base, demo, recruiter, colleague, schedule, database):
    second = new_colleague(base, demo, "Dora Double")
    live = schedule(interviewerIds=[colleague.account["id"], second.account["id"]])
    begin(database, live)
    page = pages(colleague)
    page.goto(f"/interviews/{live['id']}")
    expect(page.locator("#waiting")).to_contain_text("Was it held?")
    page.click("#no-show")
    expect(page.locator("h1")).to_contain_text("Did not come")
    screens.see(page, "live-no-show")
    page.click("#take-back")
    page.click("#done")
    questions = page.locator(".question")
    expect(questions).to_have_count(2)
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)
        expect(page.locator("#toast")).to_be_visible()
        assert covered_scores(page) == []
    screens.see(page, "live-message-phone")
    page.set_viewport_size(DESKTOP)
    give(page, 0, 4)
    questions.nth(0).get_by_label("Notes").fill("Named the cause.")
    expect(questions.nth(0).get_by_role("status")).to_contain_text("Saved")
    theirs = pages(second)
    theirs.goto(f"/interviews/{live['id']}")
    expect(theirs.locator("#blind")).to_contain_text("once you have scored every question")
    assert "Named the cause." not in theirs.content()
    for place, score in enumerate(("2", "5")):
        give(theirs, place, score)
        expect(theirs.locator(".question").nth(place).get_by_role("status")).to_contain_text("Saved")
    expect(theirs.locator(".others").first).to_contain_text("Named the cause.")
    expect(theirs.locator("#blind")).to_have_count(0)
    screens.see(theirs, "live-scored")
    theirs.set_viewport_size(PHONE)
    assert theirs.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    screens.see(theirs, "live-scored-phone")

    # The first one changes a score in another tab meanwhile.
    other = pages(colleague)
    other.goto(f"/interviews/{live['id']}")
    give(other, 0, 1)
    expect(other.locator(".question").nth(0).get_by_role("status")).to_contain_text("Saved")
    give(page, 0, 5)
    expect(questions.nth(0).locator(".notice.caution")).to_contain_text("You scored this answer 1 in another tab")
    questions.nth(0).get_by_role("button", name="Keep 5").click()
    expect(questions.nth(0).get_by_role("status")).to_contain_text("Saved")
    # What comes below moves up when the question is gone.
    expect(questions.nth(0).locator(".notice.caution")).to_be_hidden()
    # Whoever scheduled it sees the scores when all are there.
    details = recruiter.get(f"/api/interviews/{live['id']}")["details"]
    assert details["isBlind"] and details["evaluations"] == [] and details["combined"] is None
    give(page, 1, 3)
    expect(questions.nth(1).get_by_role("status")).to_contain_text("Saved")
    details = recruiter.get(f"/api/interviews/{live['id']}")["details"]
    assert not details["isBlind"] and len(details["evaluations"]) == 4 and details["combined"]["score"] == 3.75


def test_empty_missing_and_unreachable(pages, screens, base, demo, run):
    [account] = new_organization(demo, run, "Nobody yet", "Nina New")
    page = pages(sign_in(base, account))
    page.goto("/interviews")
    expect(page.locator(".face")).to_contain_text("Nothing is scheduled")
    screens.see(page, "live-empty")
    page.get_by_role("link", name="Past").click()
    expect(page.locator(".face")).to_contain_text("No interview is over yet")
    expect(page.get_by_role("link", name="Past")).to_be_focused()
    page.goto(f"/interviews/{uuid.uuid4()}")
    expect(page.get_by_role("alert")).to_contain_text("There is nothing here")
    page.route("**/api/**", lambda route: route.abort())
    page.goto("/interviews")
    state(page, "offline")
    screens.see(page, "live-offline")
    page.unroute("**/api/**")
    page.route("**/api/interviews*", lambda route: route.fulfill(
        status=503, content_type="application/problem+json", body='{"status":503,"code":"UNAVAILABLE","detail":"The database is busy."}'))
    page.click("#try-again")
    state(page, "error")
    expect(page.get_by_role("alert")).to_contain_text("The database is busy.")


def test_no_page_has_a_violation(screens):
    """Runs after all of the pages above were looked at."""
    found = {name: violations for name, violations in screens.violations.items() if name.startswith("live-") and violations}
    assert found == {}
