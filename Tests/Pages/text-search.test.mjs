import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { findAll } = await load("recruiter/text-search.js");
const found = (text, query) => findAll(text, query).map(([from, to]) => text.slice(from, to));

test("words are found whatever their case, accents, apostrophes and spaces", () => {
  assert.deepEqual(found("Did the team. The TEAM did.", "team"), ["team", "TEAM"]);
  assert.deepEqual(found("A café in Köln", "cafe in koln"), ["café in Köln"]);
  assert.deepEqual(found("I didn’t,  then I didn't", "didn't"), ["didn’t", "didn't"]);
  assert.deepEqual(found("two\n  engineers", " two engineers "), ["two\n  engineers"]);
  assert.deepEqual(found("ﬁnal 👍🏽 word", "final"), ["ﬁnal"]);
  assert.deepEqual(found("𝐛old 👍 text", "text"), ["text"]);
});

test("punctuation counts only when it is asked for", () => {
  assert.deepEqual(found("the release, freeze", "release freeze"), ["release, freeze"]);
  assert.deepEqual(found("the release, freeze", "release, f"), ["release, f"]);
  assert.deepEqual(found("C and C++ and C", "c++"), ["C++"]);
});

test("places do not overlap, and nothing is found for nothing", () => {
  assert.deepEqual(findAll("aaaa", "aa"), [[0, 2], [2, 4]]);
  assert.deepEqual(findAll("anything", "  "), []);
  assert.deepEqual(findAll("", "a"), []);
  assert.deepEqual(findAll("team", "teams"), []);
  assert.deepEqual(findAll("a.b", "."), [[1, 2]]);
});
