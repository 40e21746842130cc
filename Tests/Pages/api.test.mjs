import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./load.mjs";

const { call, Problem, Unreachable } = await load("api.js");

let requests;
let failures;

beforeEach(() => {
  requests = [];
  failures = 0;
  globalThis.fetch = async (path, request) => {
    requests.push({ path, ...request });
    if (requests.length <= failures) throw new TypeError("network");
    return new Response("{}", { status: 200 });
  };
});

test("a change has a key of its own", async () => {
  await call("POST", "/api/candidates", { name: "Ada" });
  await call("DELETE", "/api/webhook-endpoints/1");
  const keys = requests.map(({ headers }) => headers["Idempotency-Key"]);
  assert.match(keys[0], /^[0-9a-f]{32}$/);
  assert.notEqual(keys[0], keys[1]);
});

test("reading and what candidates send have none", async () => {
  await call("GET", "/api/candidates");
  await call("POST", "/api/candidate/interview/token/start");
  assert.deepEqual(requests.map(({ headers }) => headers["Idempotency-Key"]), [undefined, undefined]);
});

test("a change whose answer is lost is sent once more, under the same key", async () => {
  failures = 1;
  assert.deepEqual(await call("POST", "/api/candidates", { name: "Ada" }), {});
  assert.equal(requests.length, 2);
  assert.equal(requests[0].headers["Idempotency-Key"], requests[1].headers["Idempotency-Key"]);
  assert.equal(requests[0].body, requests[1].body);
});

test("and no more often", async () => {
  failures = 9;
  await assert.rejects(call("PUT", "/api/assessments/1", {}), Unreachable);
  assert.equal(requests.length, 2);
});

test("what has no key is not sent again", async () => {
  failures = 9;
  await assert.rejects(call("POST", "/api/candidate/interview/token/submit"), Unreachable);
  await assert.rejects(call("GET", "/api/candidates"), Unreachable);
  assert.equal(requests.length, 2);
});

test("a refusal is an answer", async () => {
  globalThis.fetch = async (path) => {
    requests.push(path);
    return new Response(JSON.stringify({ code: "UNAVAILABLE", detail: "Busy." }), { status: 503, headers: { "Retry-After": "2" } });
  };
  await assert.rejects(call("POST", "/api/candidates", {}), (error) => error instanceof Problem && error.retryAfter === 2);
  assert.equal(requests.length, 1);
});

test("what is given up is not sent again", async () => {
  globalThis.fetch = async (path) => {
    requests.push(path);
    throw new DOMException("given up", "AbortError");
  };
  await assert.rejects(call("POST", "/api/candidates", {}), { name: "AbortError" });
  assert.equal(requests.length, 1);
});
