import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { listQuery } = await load("recruiter/list-query.js");
const { address, asked, changed, isFiltered } = listQuery("/async-interviews", ["search", "status", "deadline"]);

test("a view survives its address", () => {
  const view = { search: "ada & co", status: "SENT,OPENED", cursor: "17-x" };
  assert.deepEqual(asked(address(view).split("?")[1]), view);
  assert.equal(address({}), "/async-interviews");
});

test("what the list does not know is not sent to the server", () => {
  assert.deepEqual(asked("?surprise=1&status=SENT&search="), { status: "SENT" });
});

test("another filter begins on the first page, an empty one takes it away", () => {
  assert.deepEqual(changed({ status: "SENT", cursor: "17-x" }, { search: "ada" }), { status: "SENT", search: "ada" });
  assert.deepEqual(changed({ status: "SENT", search: "ada" }, { status: "" }), { search: "ada" });
});

test("a page alone is no filter", () => {
  assert.equal(isFiltered({ cursor: "17-x" }), false);
  assert.equal(isFiltered({ deadline: "soon" }), true);
});
