"""Anthropic's Message Batches: https://platform.claude.com/docs/en/api/messages/batches.

A batch ends some time after it came. Params are looked at only then, as the real service does: what is wrong with a
request is its result. Results come in another order than requests.
"""

import datetime
import json
import random
import re
import time
import uuid
from types import SimpleNamespace

import ai_anthropic

PATH = "/v1/messages/batches"
MOST_REQUESTS = 100_000
MOST_BYTES = 256 << 20
NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")


def respond(method, path, headers, body, state):
    """(status, answer, headers); the answer of results is text."""
    if refusal := ai_anthropic.refused_headers(headers):
        return refusal
    if path == PATH:
        return create(body, state) if method == "POST" else ai_anthropic.error(405, "invalid_request_error", "Method Not Allowed")
    name, _, action = path.removeprefix(f"{PATH}/").partition("/")
    batch = state.batches.get(name)
    if batch is None:
        return ai_anthropic.error(404, "not_found_error", "Not found")
    progress(batch, state)
    if (method, action) == ("GET", ""):
        return found(shown(batch))
    if (method, action) == ("POST", "cancel"):
        if batch.ended:
            return ai_anthropic.invalid("The batch has ended")
        batch.cancelled = batch.cancelled or now()
        return found(shown(batch))
    if (method, action) == ("GET", "results"):
        if batch.results is None:
            return ai_anthropic.invalid("The batch's results are not available: it has not ended")
        return 200, "".join(f"{json.dumps(each)}\n" for each in batch.results), {"Content-Type": "application/x-jsonl"}
    return ai_anthropic.error(404, "not_found_error", "Not found")


def found(answer):
    return 200, answer, {"request-id": f"req_{uuid.uuid4().hex}"}


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def create(body, state):
    try:
        requests = json.loads(body)["requests"]
    except (ValueError, KeyError, TypeError):
        return ai_anthropic.invalid("requests: Field required")
    if len(body) > MOST_BYTES:
        return ai_anthropic.error(413, "request_too_large", "Request exceeds the maximum size")
    if not requests or len(requests) > MOST_REQUESTS:
        return ai_anthropic.invalid("requests: must have between 1 and 100000 items")
    names = [each.get("custom_id") for each in requests]
    if any(not isinstance(name, str) or not NAME.fullmatch(name) for name in names):
        return ai_anthropic.invalid("requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'")
    if len(set(names)) < len(names):
        return ai_anthropic.invalid("requests: custom_id must be unique")
    if any(not isinstance(each.get("params"), dict) for each in requests):
        return ai_anthropic.invalid("requests.0.params: Field required")
    batch = SimpleNamespace(
        id=f"msgbatch_{uuid.uuid4().hex}", requests=requests, created=now(), ends=time.monotonic() + state.batch["seconds"],
        ended=None, cancelled=None, results=None)
    state.batches[batch.id] = batch
    return found(shown(batch))


def progress(batch, state):
    """Ends the batch when it is time, or when it was cancelled."""
    if batch.results is not None or (time.monotonic() < batch.ends and not batch.cancelled):
        return
    outcomes = state.batch["outcomes"]
    results = []
    for index, request in enumerate(batch.requests):
        isTooLate = batch.cancelled and index >= state.batch["begun"]
        outcome = "canceled" if isTooLate else outcomes[index % len(outcomes)]
        results.append({"custom_id": request["custom_id"], "result": result(request["params"], outcome, state)})
    random.Random(batch.id).shuffle(results)
    batch.results, batch.ended = results, now()


def result(params, outcome, state):
    """`outcome` is succeeded, errored, canceled, expired, or what a message can have wrong."""
    if outcome in ("canceled", "expired"):
        return {"type": outcome}
    if outcome == "errored":
        return {"type": "errored", "error": ai_anthropic.error(500, "api_error", "Internal server error")[1]}
    request = SimpleNamespace(headers={"x-api-key": ai_anthropic.KEY, "anthropic-version": "2023-06-01"}, size=0, content=params)
    status, answer, _ = ai_anthropic.answer(request, {"kind": None if outcome == "succeeded" else outcome}, state)
    return {"type": "succeeded", "message": answer} if status == 200 else {"type": "errored", "error": answer}


def shown(batch):
    counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
    for each in batch.results or []:
        counts[each["result"]["type"]] += 1
    if batch.results is None:
        counts["processing"] = len(batch.requests)
    stamp = lambda moment: moment and moment.isoformat().replace("+00:00", "Z")
    return {
        "id": batch.id, "type": "message_batch", "request_counts": counts,
        "processing_status": "ended" if batch.ended else "canceling" if batch.cancelled else "in_progress",
        "created_at": stamp(batch.created), "expires_at": stamp(batch.created + datetime.timedelta(hours=24)),
        "ended_at": stamp(batch.ended), "cancel_initiated_at": stamp(batch.cancelled), "archived_at": None,
        "results_url": f"https://api.anthropic.com{PATH}/{batch.id}/results" if batch.ended else None,
    }
