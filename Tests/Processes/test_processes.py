"""The life of a function's process: it comes on demand, leaves by itself, and never takes the socket along."""

import json
import os
import re
import signal
import subprocess

import pytest

from conftest import PATIENCE, children, is_busy, wait_until

BODY_LIMIT = 64 * 1024
TRACE = "0af7651916cd43dd8448eb211c80319c"


def check_refusal(reply):
    """The answer to an empty body."""
    problem = json.loads(reply.body)
    assert reply.status == 400
    assert reply.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in problem["errors"]] == ["email", "password"]


def in_hand(function, process):
    """A request that the process has accepted and whose body has begun."""
    request = function.request()
    wait_until(lambda: is_busy(process.pid))
    request.send(b"{")
    return request


# ---- Requests

def test_one_process_answers_one_request_after_another(function):
    process = function.start()
    for number in range(5):
        reply = function.request(REQUEST_ID=f"r{number}").finish(b"{}")
        check_refusal(reply)
        assert reply.headers["X-Request-Id"] == f"r{number}"
    assert process.poll() is None
    requests = [json.loads(line) for line in function.log.read_text().splitlines()]
    assert [line["request"] for line in requests] == ["r0", "r1", "r2", "r3", "r4"]


def test_a_trace_is_continued(function):
    function.start()
    reply = function.request(HTTP_TRACEPARENT=f"00-{TRACE}-b7ad6b7169203331-01").finish(b"{}")
    assert re.fullmatch(f"00-{TRACE}-[0-9a-f]{{16}}-01", reply.headers["traceparent"])
    assert TRACE in function.log.read_text()


def test_the_log_holds_nothing_that_was_sent(function):
    function.start()
    function.request(QUERY_STRING="secret=1", HTTP_COOKIE="a=secret", REMOTE_ADDR="192.0.2.1").finish(b'{"secret": 1}')
    log = function.log.read_text()
    assert "secret" not in log and "192.0.2.1" not in log and "/api/auth/login" not in log


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 5_000_000])
def test_a_body_that_is_too_large_is_refused_and_the_next_request_answered(function, size):
    function.start()
    reply = function.request().finish(b"{" * size)
    assert reply.status == 413
    assert json.loads(reply.body)["code"] == "PAYLOAD_TOO_LARGE"
    check_refusal(function.request().finish(b"{}"))


def test_a_body_of_the_largest_size_is_read(function):
    function.start()
    check_refusal(function.request().finish(b"{}".ljust(BODY_LIMIT)))


def test_a_request_that_breaks_off_harms_nobody(function):
    process = function.start()
    for part in (b"", b"{"):
        request = function.request()
        request.send(part)
        request.close()
        check_refusal(function.request().finish(b"{}"))
    assert process.poll() is None


def test_without_its_database_a_function_says_when_to_try_again(function):
    process = function.start()
    reply = function.request().finish(b'{"email": "a@b.example", "password": "x"}')
    assert reply.status == 503
    assert json.loads(reply.body)["code"] == "UNAVAILABLE"
    assert int(reply.headers["Retry-After"]) > 0
    assert process.poll() is None


def test_a_function_that_is_not_configured_says_so_and_leaves(function):
    (function.folder / "environment").write_text("")
    process = function.start()
    reply = function.request().finish(b"{}")
    assert reply.status == 503
    assert process.wait(PATIENCE) == 0


# ---- Leaving

def test_an_idle_process_leaves_and_the_next_takes_its_place(function):
    process = function.start(PARLEY_IDLE_SECONDS="1")
    check_refusal(function.request().finish(b"{}"))
    assert process.wait(PATIENCE) == 0
    waiting = function.request()
    function.start()
    check_refusal(waiting.finish(b"{}"))


def test_sigterm_lets_the_request_in_hand_finish(function):
    process = function.start()
    request = in_hand(function, process)
    process.terminate()
    waiting = function.request()
    check_refusal(request.finish(b"}"))
    assert process.wait(PATIENCE) == 0
    function.start()
    check_refusal(waiting.finish(b"{}"))


def test_sigterm_ends_an_idle_process(function):
    process = function.start()
    check_refusal(function.request().finish(b"{}"))
    process.terminate()
    assert process.wait(PATIENCE) == 0


def test_a_process_leaves_when_its_program_is_replaced(function):
    function.install()
    process = function.start()
    request = in_hand(function, process)
    function.replace()
    check_refusal(request.finish(b"}"))
    waiting = function.request()
    assert process.wait(PATIENCE) == 0
    function.start()
    check_refusal(waiting.finish(b"{}"))


@pytest.mark.parametrize(("settings", "served"), [
    ({"PARLEY_MAX_REQUESTS": "2"}, 2),
    # Looked at after every hundredth request of the quota.
    ({"PARLEY_MAX_MEMORY": "1", "PARLEY_MAX_REQUESTS": "101"}, 1),
])
def test_a_process_is_recycled(function, settings, served):
    process = function.start(**settings)
    for _ in range(served):
        check_refusal(function.request().finish(b"{}"))
    assert process.wait(PATIENCE) == 0
    waiting = function.request()
    function.start()
    check_refusal(waiting.finish(b"{}"))


def test_a_killed_process_does_not_take_the_socket_along(function):
    process = function.start()
    request = in_hand(function, process)
    waiting = function.request()
    process.kill()
    with pytest.raises(ConnectionResetError):
        request.reply()
    process.wait()
    function.start()
    check_refusal(waiting.finish(b"{}"))
    check_refusal(function.request().finish(b"{}"))


# ---- Several workers

def three_in_hand(function):
    requests = [function.request() for _ in range(3)]
    for request in requests:
        request.send(b"{")
    return requests


def test_workers_answer_at_the_same_time(function):
    master = function.start(PARLEY_WORKERS="3")
    # Only another worker can answer the last while the first two are in hand.
    for request in reversed(three_in_hand(function)):
        check_refusal(request.finish(b"}"))
    assert 1 <= len(children(master)) <= 3


def test_there_are_no_more_workers_than_allowed(function):
    master = function.start(PARLEY_WORKERS="2")
    first, second, third = three_in_hand(function)
    check_refusal(second.finish(b"}"))
    check_refusal(third.finish(b"}"))
    check_refusal(first.finish(b"}"))
    assert len(children(master)) == 2


def test_sigterm_lets_every_worker_finish(function):
    master = function.start(PARLEY_WORKERS="3")
    requests = three_in_hand(function)
    wait_until(lambda: len(children(master)) == 3 and all(map(is_busy, children(master))))
    master.terminate()
    for request in requests:
        check_refusal(request.finish(b"}"))
    assert master.wait(PATIENCE) == 0


def test_idle_workers_leave_and_their_master_after_them(function):
    master = function.start(PARLEY_WORKERS="3", PARLEY_IDLE_SECONDS="1")
    for request in three_in_hand(function):
        check_refusal(request.finish(b"}"))
    assert master.wait(PATIENCE) == 0


def test_a_killed_worker_is_replaced(function):
    master = function.start(PARLEY_WORKERS="2")
    request = function.request()
    request.send(b"{")
    wait_until(lambda: any(map(is_busy, children(master))))
    for child in children(master):
        os.kill(int(child), signal.SIGKILL)
    with pytest.raises(ConnectionResetError):
        request.reply()
    check_refusal(function.request().finish(b"{}"))
    assert master.poll() is None


# ---- Without a socket

def run(function, *arguments, body=b"", **variables):
    return subprocess.run(
        [function.program, *arguments], env=function.environment(**variables), input=body, capture_output=True, timeout=PATIENCE)


CGI = {"GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "POST", "PATH_INFO": "/api/auth/login", "CONTENT_TYPE": "application/json"}


@pytest.mark.parametrize(("body", "status"), [(b"{}", 400), (b"{", 400), (b"a" * (BODY_LIMIT + 1), 413)])
def test_it_answers_one_request_as_cgi(function, body, status):
    result = run(function, body=body, CONTENT_LENGTH=str(len(body)), **CGI)
    head, content = result.stdout.split(b"\r\n\r\n", 1)
    assert head.startswith(b"Status: %d\r\n" % status)
    assert json.loads(content)["status"] == status


def test_cgi_reads_no_further_than_the_body(function):
    result = run(function, body=b"{}trailing", CONTENT_LENGTH="2", **CGI)
    assert [error["field"] for error in json.loads(result.stdout.split(b"\r\n\r\n", 1)[1])["errors"]] == ["email", "password"]


def test_it_describes_itself(function):
    declaration = json.loads(run(function, "describe").stdout)
    assert declaration["name"] == "SignIn"
    assert declaration["bodyLimit"] == BODY_LIMIT


def test_it_explains_itself_when_there_is_nothing_to_do(function):
    result = run(function)
    assert result.returncode == 64
    assert b"POST /api/auth/login" in result.stderr


def test_an_unreadable_fixture_is_named(function, tmp_path):
    fixture = tmp_path / "fixture.json"
    fixture.write_text('{"bodyy": {}}')
    result = run(function, fixture)
    assert result.returncode == 66
    assert b'"bodyy" is not a member that fixtures have' in result.stderr


# ---- Settings

def test_variables_win_over_the_file_of_settings(function):
    check_refusal_of = lambda: check_refusal(function.request().finish(b"{}"))
    process = function.start()
    check_refusal_of()
    process.terminate()
    process.wait(PATIENCE)
    assert len(function.log.read_text().splitlines()) == 1
    other = function.folder / "other.log"
    function.start(PARLEY_LOG=str(other))
    check_refusal_of()
    assert len(function.log.read_text().splitlines()) == 1
    assert len(other.read_text().splitlines()) == 1
