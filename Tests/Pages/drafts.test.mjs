import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Draft, reconciled } = await load("drafts.js");

function begin({ remote = null, local = null, keeps = true, errors = [] } = {}) {
  const all = { sent: [], kept: [], failed: [], states: [] };
  all.draft = new Draft({
    remote, local,
    keep: async (what) => { all.kept.push(what); return keeps; },
    send: async (text) => {
      const error = errors.shift();
      if (error) throw error;
      all.sent.push(text);
    },
    isPassing: (error) => error.passing === true,
    fail: (error) => all.failed.push(error),
  });
  all.draft.onstate = (state) => all.states.push(state);
  return all;
}

test("the server's text is gone on with, and this device's where only it was written on", () => {
  assert.equal(reconciled(null, null), "");
  assert.equal(reconciled(null, "from there"), "from there");
  assert.equal(reconciled({ text: "old", base: "old", sent: true }, "newer, from there"), "newer, from there");
  assert.equal(reconciled({ text: "more", base: "some", sent: false }, "some"), "more");
  assert.equal(reconciled({ text: "first words", base: null, sent: false }, null), "first words");
});

test("what two devices wrote apart is kept, both", () => {
  assert.equal(reconciled({ text: "here", base: "some", sent: false }, "there"), "there\n\nhere");
});

test("no draft is longer than the server takes", () => {
  const draft = new Draft({ remote: "12345", local: { text: "67890", base: null, sent: false }, mostCharacters: 9, keep: async () => true, send: async () => {} });
  assert.equal(draft.text, "12345\n\n67");
  return draft.end();
});

test("what is written is kept here and sent", async () => {
  const { draft, sent, kept, states } = begin();
  draft.write("a");
  draft.write("ab");
  await draft.flush();
  assert.deepEqual(sent, ["ab"]);
  assert.deepEqual(kept.at(-1), { text: "ab", base: "ab", sent: true });
  assert.deepEqual(states, ["sending", "sent"]);
  await draft.flush();
  assert.deepEqual(sent, ["ab"]);
});

test("offline it stays on the device, or nowhere, and says which", async () => {
  const offline = Object.assign(new Error("offline"), { passing: true });
  for (const [keeps, state] of [[true, "kept"], [false, "loose"]]) {
    const { draft, sent, kept, states } = begin({ keeps, errors: [offline] });
    draft.write("a");
    await draft.flush();
    assert.deepEqual([states.at(-1), kept.at(-1).sent, draft.sent], [state, false, false]);
    await draft.flush();
    assert.deepEqual([sent, states.at(-1)], [["a"], "sent"]);
    await draft.end();
  }
});

test("what is refused for good is told, and not sent again", async () => {
  const { draft, failed, sent } = begin({ errors: [new Error("elsewhere")] });
  draft.write("a");
  await draft.flush();
  assert.equal(failed.length, 1);
  assert.deepEqual(sent, []);
});

test("after its end nothing is written or sent", async () => {
  const { draft, sent } = begin({ remote: "a" });
  draft.write("ab");
  await draft.end();
  draft.write("abc");
  await draft.flush();
  assert.deepEqual([draft.text, sent], ["ab", []]);
});
