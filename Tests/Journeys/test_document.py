"""Requests made up from the API document: the answers keep to it, and none is a fault of ours."""

import json

import psycopg
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance, response_headers_conformance, response_schema_conformance, status_code_conformance)

from machine import CHECKOUT
from operations import NOBODY
from parley import Interview, is_problem, note_secrets, sign_in

schema = schemathesis.openapi.from_path(CHECKOUT / "nginx/generated/openapi.json")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
          response_schema_conformance]
# What nginx answers before any function is asked, on every address alike.
OF_NGINX = {400, 405, 413, 414, 415, 429}


@pytest.fixture(scope="module")
def held(base, demo, recruiter, candidates, one_question):
    """What made-up requests are made on behalf of."""
    yield {"interview": Interview(recruiter, candidates[1], one_question).send().start(),
            # Its own, for signing out is among the operations.
            "cookie": sign_in(base, demo["recruiter"]).http.cookies["parley_session"]}
    # People who were made up may be called "0", which test_privacy.py would find in any log.
    with psycopg.connect(demo["databaseURL"], autocommit=True) as database:
        for table in ("account", "candidate"):
            database.execute(f"UPDATE {table} SET name = name || ' of nobody' WHERE length(name) < 4")


@schema.parametrize()
@settings(max_examples=40, derandomize=True, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))
def test_answers_keep_to_the_document(case, base, held, signer):
    headers = {}
    if "token" in (case.path_parameters or {}):
        case.path_parameters["token"] = held["interview"].token
    if case.operation.path.startswith(("/api/ai/", "/api/webhooks/")):
        # Signed, so that it is read at all.
        body = case.body if isinstance(case.body, dict) else {}
        content = json.dumps({"organizationId": NOBODY, **body}).encode()
        case.body = json.loads(content)
        headers = signer.webhook(content)
    answer = case.call(base_url=base, headers=headers, cookies={"parley_session": held["cookie"]})
    if answer.status_code in OF_NGINX:
        return
    case.validate_response(answer, checks=CHECKS)
