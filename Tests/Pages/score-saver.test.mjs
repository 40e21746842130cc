import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { ScoreSaver } = await load("recruiter/score-saver.js");

function begin({ version = "none", score = null, isSuggested, errors = [] } = {}) {
  const all = { sent: [], states: [] };
  all.saver = new ScoreSaver({ score, notes: "", reason: "", ...(isSuggested && { isSuggested }) }, version, {
    send: async (entry, seen) => {
      all.sent.push([entry, seen]);
      const error = errors.shift();
      if (error) throw error;
      return `v${all.sent.length}`;
    },
    isPassing: ({ kind }) => kind === "passing", isConflict: ({ kind }) => kind === "conflict",
  });
  all.saver.onstate = (state) => all.states.push(state);
  return all;
}

test("nothing is sent before there is a score", async () => {
  const { saver, sent } = begin();
  saver.change({ notes: "Hm." });
  await saver.save();
  assert.deepEqual(sent, []);
  assert.equal(saver.state, "unsaved");
});

test("what the engine suggests is not saved for notes alone, and is when asked to", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { saver, sent } = begin({ score: 3, isSuggested: true });
  saver.change({ notes: "Hm." });
  context.mock.timers.tick(10_000);
  assert.equal(sent.length, 0);
  saver.change({ score: 4, isSuggested: false });
  context.mock.timers.tick(10_000);
  assert.equal(sent.length, 1);
  const other = begin({ score: 3, isSuggested: true });
  await other.saver.save();
  assert.equal(other.sent[0][0].score, 3);
});

test("each save names the version before it", async () => {
  const { saver, sent, states } = begin();
  saver.change({ score: 4 });
  await saver.save();
  saver.change({ notes: "Calm." });
  await saver.save();
  assert.deepEqual(sent, [[{ score: 4, notes: "", reason: "" }, "none"], [{ score: 4, notes: "Calm.", reason: "" }, "v1"]]);
  assert.deepEqual(states, ["unsaved", "saving", "saved", "unsaved", "saving", "saved"]);
});

test("what is written while it is sent is sent after it", async () => {
  const { saver, sent } = begin({ score: 3 });
  const saved = saver.save();
  saver.change({ notes: "And more." });
  await saved;
  assert.equal(sent.length, 2);
  assert.equal(sent[1][0].notes, "And more.");
  assert.equal(saver.isSaved, true);
});

test("a conflict stops it until somebody decides", async () => {
  const { saver, sent } = begin({ version: "v0", score: 3, errors: [{ kind: "conflict" }] });
  await saver.save();
  assert.equal(saver.state, "conflict");
  saver.change({ notes: "Still writing." });
  await saver.save();
  assert.equal(sent.length, 1);
  await saver.overwrite("v9");
  assert.deepEqual(sent[1], [{ score: 3, notes: "Still writing.", reason: "" }, "v9"]);
  assert.equal(saver.version, "v2");
});

test("the other entry may be taken instead", async () => {
  const { saver, sent } = begin({ version: "v0", score: 3, errors: [{ kind: "conflict" }] });
  await saver.save();
  saver.take({ score: 5, notes: "Theirs", reason: "" }, "v9");
  assert.equal(saver.state, "saved");
  assert.equal(saver.version, "v9");
  assert.equal(sent.length, 1);
});

test("what fails in passing is kept, what is refused says why", async () => {
  const refusal = { kind: "other" };
  const { saver } = begin({ score: 3, errors: [{ kind: "passing" }, refusal] });
  await saver.save();
  assert.equal(saver.state, "unreachable");
  await saver.save();
  assert.equal(saver.state, "refused");
  assert.equal(saver.error, refusal);
  await saver.save();
  assert.equal(saver.state, "saved");
});
