import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const machine = await load("writing-machine.js");

const limits = { timeLimitSeconds: 120, answerSecondsLeft: 150, spentSeconds: 0 };
const run = (state, ...events) => events.reduce(machine.next, state);
const at = (seconds, type, more = {}) => ({ type, now: seconds * 1000, ...more });
const write = (more = {}) => machine.begin({ ...limits, ...more }, 0);

test("writing counts down", () => {
  assert.equal(machine.secondsLeft(write()), 150);
  assert.equal(machine.secondsLeft(run(write(), at(10, "tick", { blank: true }))), 140);
});

test("where there is no limit nothing counts down", () => {
  const state = run(write({ answerSecondsLeft: null }), at(1_000_000, "tick", { blank: true }));
  assert.deepEqual([state.phase, machine.secondsLeft(state)], ["writing", null]);
});

test("when the time is up, what is written is saved by itself", () => {
  const state = run(write(), at(150, "tick", { blank: false }));
  assert.deepEqual([state.phase, state.byItself, state.durationSeconds], ["saving", true, 120]);
  const saved = run(state, at(151, "saved"));
  assert.deepEqual([saved.phase, saved.byItself], ["saved", true]);
});

test("who has written nothing by then may still write a sentence, without a clock", () => {
  const extra = run(write(), at(150, "tick", { blank: true }));
  assert.deepEqual([extra.phase, machine.mostCharacters(extra), machine.secondsLeft(extra)], ["extra", machine.EXTRA_CHARACTERS, null]);
  assert.equal(run(extra, at(9000, "tick", { blank: false })), extra);
  const saving = run(extra, at(9000, "use"));
  assert.deepEqual([saving.phase, saving.byItself, saving.durationSeconds], ["saving", false, 120]);
});

test("a refusal leads back to writing while there is time", () => {
  const saving = run(write(), at(20, "use"), at(21, "waiting", { seconds: 4, reason: "Unreachable" }));
  assert.deepEqual([saving.durationSeconds, saving.waiting.seconds], [20, 4]);
  const back = run(saving, at(22, "refused", { message: "too odd" }));
  assert.deepEqual([back.phase, back.refusal, machine.mostCharacters(back)], ["writing", "too odd", machine.MOST_CHARACTERS]);
});

test("a refusal after the time leads to no clock that has run out", () => {
  const back = run(write(), at(150, "tick", { blank: false }), at(151, "refused", { message: "too odd" }));
  assert.deepEqual([back.phase, machine.mostCharacters(back)], ["extra", machine.MOST_CHARACTERS]);
});

test("what was written before a reload counts", () => {
  const state = run(write({ answerSecondsLeft: 100, spentSeconds: 50 }), at(10, "use"));
  assert.equal(state.durationSeconds, 60);
  assert.equal(run(write(), at(0, "use")).durationSeconds, 1);
});

test("events without meaning change nothing", () => {
  const saved = run(write(), at(1, "use"), at(2, "saved"));
  for (const type of ["tick", "use", "refused", "waiting"]) assert.equal(machine.next(saved, at(3, type)), saved);
});
