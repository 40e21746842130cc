"""The operations of the API document, each with a request that it would accept."""

import json
import re
import uuid

from machine import CHECKOUT
from parley import Client, moment, unhurried

DOCUMENT = json.loads((CHECKOUT / "nginx/generated/openapi.json").read_text())
NOBODY = "01980000-0000-7000-8000-00000000dead"

# Values that satisfy what a schema cannot say.
KNOWN = {"deadlineAt": moment(7200), "occurredAt": moment(0), "invitationEmail": "nobody@candidates.example", "email": "nobody@candidates.example",
         "mimeType": "video/webm", "contentType": "video/webm", "csv": "name,email\n"}


class Operation:
    def __init__(self, path, method, details):
        self.path = path
        self.method = method.upper()
        self.details = details
        self.parameters = {each["name"]: each for each in details.get("parameters", []) if each["in"] != "header"}
        body = details.get("requestBody")
        self.schema = body["content"]["application/json"]["schema"] if body else None
        self.most_bytes = body["x-max-bytes"] if body else 0
        self.security = next((name for each in details.get("security", []) for name in each), None)
        if "token" in self.parameters:
            self.security = "token"

    def __str__(self):
        return self.details["operationId"]

    def example(self):
        """A body that only lacks a real subject."""
        return {name: example(name, schema) for name, schema in self.schema["properties"].items()}

    def query(self):
        return {name: example(name, each["schema"]) for name, each in self.parameters.items()
                if each["in"] == "query" and each.get("required")}


def filled(path, **values):
    """A path with its parameters; those without a value are nobody's."""
    return re.sub(r"{(\w+)}", lambda name: str(values.get(name[1], NOBODY)), path)


def example(name, schema):
    schema = schema.get("anyOf", [schema])[0]
    if name in KNOWN:
        return KNOWN[name]
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date-time":
        return moment(7200)
    if schema.get("format") == "uuid":
        return NOBODY
    if schema["type"] == "array":
        return [example(name, schema["items"])] * max(1, schema.get("minItems", 1))
    if schema["type"] == "object":
        return {each: example(each, schema["properties"][each]) for each in schema.get("required", [])}
    return {"string": "x" * max(1, schema.get("minLength", 1)), "integer": schema.get("minimum", 1),
            "number": 1, "boolean": True}[schema["type"]]


def wrong(schema):
    """A value of another type."""
    schema = schema.get("anyOf", [schema])[0]
    return [] if schema["type"] == "object" else {} if schema["type"] == "array" else [[1]]


OPERATIONS = [
    Operation(path, method, details) for path, methods in DOCUMENT["paths"].items() for method, details in methods.items()]
WITH_BODY = [operation for operation in OPERATIONS if operation.schema]


class Caller:
    """Sends requests as somebody whom the operation accepts, so that only the request itself can be wrong."""

    def __init__(self, recruiter, interview, signer):
        self.recruiter = recruiter
        self.interview = interview
        self.signer = signer

    def send(self, operation, content=None, query=None, content_type="application/json", **path):
        values = {"token": self.interview.token, "id": self.interview.id, **path}
        address = filled(operation.path, **values)
        headers = {"Content-Type": content_type} if content is not None else {}
        query = operation.query() if query is None else query
        if operation.security == "signature":
            headers = {**self.signer.webhook(content or b"", str(uuid.uuid4())), **headers}
        if operation.security == "svix":
            headers = {**self.signer.mail_report(content or b""), **headers}
        client = self.recruiter if operation.security == "cookie" else Client(self.recruiter.base)
        return unhurried(lambda: client.call(operation.method, address, params=query, data=content, headers=headers))

    def send_body(self, operation, body, **options):
        if operation.security == "signature":
            body = {"organizationId": NOBODY, **body}
        return self.send(operation, json.dumps(body).encode(), **options)
