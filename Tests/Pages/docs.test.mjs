import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { load } from "./load.mjs";

const { rows, ruleOf, typeOf } = await load("docs/schema.js");
const { curl } = await load("docs/curl.js");
const { areasOf, matches } = await load("docs/routes.js");

const orNull = (schema) => ({ anyOf: [schema, { type: "null" }] });

test("types are told in words", () => {
  assert.deepEqual([{ type: "string" }, orNull({ type: "integer" }), { type: "array", items: { type: "object" } }, {}].map(typeOf),
    ["string", "integer or null", "array of objects", "any JSON"]);
});

test("rules are told in words", () => {
  assert.deepEqual([
    { type: "string", minLength: 1, maxLength: 200 }, { type: "string", minLength: 0, maxLength: 1 }, { type: "integer", minimum: 30, maximum: 600 },
    { type: "integer", minimum: 1 }, orNull({ type: "string", enum: ["A", "B"] }), { type: "string", format: "uuid" }, { type: "array", minItems: 5, maxItems: 5 },
    { type: "array", items: { type: "string", minLength: 1, maxLength: 9 } }, { type: "boolean" },
  ].map(ruleOf), ["1 to 200 characters", "at most 1 character", "30 to 600", "at least 1", "one of A, B", "id", "5 elements", "each 1 to 9 characters", ""]);
});

test("what is within objects and arrays follows one step further in", () => {
  const inner = { type: "object", properties: { level: { type: "integer" } }, required: ["level"] };
  const found = rows({ properties: { title: { type: "string" }, levels: { type: "array", items: orNull(inner) }, best: orNull(inner) }, required: ["title"] });
  assert.deepEqual(found.map(({ name, depth, isRequired }) => [name, depth, isRequired]),
    [["title", 0, true], ["levels", 0, false], ["level", 1, true], ["best", 0, false], ["level", 1, true]]);
});

test("an example can be pasted into a shell, whatever it holds", () => {
  const body = { name: "Ann O'Hara", note: "$HOME `id` \"quoted\" \\ !" };
  const command = curl({
    method: "POST", path: "/api/rooms/{id}", caller: "recruiter", body, media: "application/json",
    parameters: [{ name: "id", in: "path", example: "a b/c" }, { name: "lang", in: "query", example: "d&e" }, { name: "page", in: "query" }, { name: "Idempotency-Key", in: "header" }],
  }, "https://parley.example");
  const printed = execFileSync("sh", ["-c", `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }; openssl() { echo 7; }; ${command}`], { encoding: "utf8" });
  const [...given] = printed.split("\0").slice(0, -1);
  assert.deepEqual(given.slice(0, -1), ["-X", "POST", "https://parley.example/api/rooms/a%20b%2Fc?lang=d%26e", "-b", "cookies.txt",
    "-H", "Idempotency-Key: 7", "-H", "Content-Type: application/json", "-d"]);
  assert.deepEqual(JSON.parse(given.at(-1)), body);
});

test("a document's routes are found by any of their words", () => {
  const document = {
    tags: [{ name: "Rooms", "x-displayName": "The rooms", description: "" }],
    paths: { "/api/rooms": { post: {
      operationId: "AddRoom", summary: "Add a room", tags: ["Rooms"], "x-caller": "candidateReading",
      requestBody: { content: { "application/json": { schema: { properties: { sizeInMetres: {} } }, example: { sizeInMetres: 3 } } } },
      responses: { 201: { description: "Success", content: { "application/json": { schema: { type: "object" }, example: {} } } }, 400: { description: "A, B" } },
    } } },
  };
  const [{ title, routes: [route] }] = areasOf(document);
  assert.deepEqual([title, route.method, route.caller, route.status, route.body.sizeInMetres, route.failures], ["The rooms", "POST", "candidate", "201", 3, [{ status: "400", codes: ["A", "B"] }]]);
  assert.ok(matches(route, "post  METRES"));
  assert.ok(!matches(route, "post floors"));
});
