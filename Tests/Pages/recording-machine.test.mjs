import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const machine = await load("recording-machine.js");

const limits = { thinkTimeSeconds: 30, timeLimitSeconds: 120, retakesAllowed: 1, retakesUsed: 0 };
const run = (state, ...events) => events.reduce(machine.next, state);
const at = (seconds, type, more = {}) => ({ type, now: seconds * 1000, ...more });
const recorded = (seconds, more = {}) => run(
  machine.begin({ ...limits, ...more }, 0), at(0, "started"), at(seconds, "tick"), at(seconds, "stopped"));

test("thinking counts down, then warns, then is due", () => {
  const state = machine.begin(limits, 0);
  assert.equal(state.phase, "thinking");
  assert.equal(machine.thinkSecondsLeft(run(state, at(10, "tick"))), 20);
  const over = run(state, at(30, "tick"));
  assert.equal(machine.thinkSecondsLeft(over), 0);
  assert.equal(machine.leadSecondsLeft(over), machine.LEAD_SECONDS);
  assert.equal(over.due, false);
  assert.equal(run(state, at(30 + machine.LEAD_SECONDS, "tick")).due, true);
});

test("thinking time 0 is due at once", () => {
  assert.equal(machine.begin({ ...limits, thinkTimeSeconds: 0 }, 0).due, true);
});

test("recording can start before thinking time is over", () => {
  assert.equal(run(machine.begin(limits, 0), at(3, "tick"), at(3, "started")).phase, "recording");
});

test("the take is full at the limit, and lasts no longer than it for a late timer", () => {
  assert.equal(run(machine.begin(limits, 0), at(0, "started"), at(119.9, "tick")).full, false);
  const full = run(machine.begin(limits, 0), at(0, "started"), at(120.1, "tick"));
  assert.equal(full.full, true);
  const take = run(full, at(120.2, "stopped"));
  assert.deepEqual([take.phase, take.durationSeconds, take.atLimit], ["reviewing", 120, true]);
});

test("an overrun of more than a second is told", () => {
  assert.equal(recorded(125).durationSeconds, 125);
});

test("duration is in started seconds, at least one", () => {
  assert.equal(recorded(41.2).durationSeconds, 42);
  assert.equal(recorded(0).durationSeconds, 1);
});

test("pauses do not count", () => {
  const state = run(machine.begin(limits, 0), at(0, "started"), at(10, "pause"), at(500, "tick"), at(600, "resume"), at(605, "tick"));
  assert.equal(machine.recordSecondsLeft(state), 105);
  assert.equal(run(state, at(605, "stopped")).durationSeconds, 15);
});

test("a take can be ended while paused", () => {
  const state = run(machine.begin(limits, 0), at(0, "started"), at(10, "pause"), at(60, "stopped"));
  assert.deepEqual([state.phase, state.durationSeconds], ["reviewing", 10]);
});

test("retakes are counted and end with the policy", () => {
  const first = recorded(20);
  assert.equal(machine.takeNumber(first), 1);
  const second = run(first, at(30, "retake"), at(30, "started"), at(40, "stopped"));
  assert.equal(machine.takeNumber(second), 2);
  assert.equal(machine.mayRetake(second), false);
  assert.equal(run(second, at(50, "retake")), second);
});

test("retakes the server knows of count too", () => {
  const state = recorded(20, { retakesUsed: 1 });
  assert.equal(machine.takeNumber(state), 2);
  assert.equal(machine.mayRetake(state), false);
});

test("a fault of the device or an empty recording costs no take", () => {
  const broken = run(machine.begin({ ...limits, retakesAllowed: 0 }, 0), at(0, "started"), at(5, "stopped", { fault: true }));
  assert.equal(machine.mayRetake(broken), true);
  assert.equal(machine.takeNumber(run(broken, at(6, "retake"))), 1);
  const empty = run(machine.begin(limits, 0), at(0, "started"), at(5, "empty"));
  assert.deepEqual([empty.phase, empty.notice, machine.takeNumber(empty)], ["thinking", "empty", 1]);
});

test("an unplayable recording costs no take and says why", () => {
  const again = run(machine.begin(limits, 0), at(0, "started"), at(5, "empty", { notice: "unplayable" }));
  assert.deepEqual([again.phase, again.notice, machine.takeNumber(again)], ["thinking", "unplayable", 1]);
});

test("a take that was cut off can be used, or recorded again without losing one", () => {
  const kept = machine.recover({ ...limits, retakesAllowed: 0 }, { durationSeconds: 7, cutOff: true });
  assert.deepEqual([kept.phase, kept.durationSeconds, machine.mayRetake(kept)], ["reviewing", 7, true]);
  const again = run(kept, at(1, "retake"));
  assert.deepEqual([again.phase, machine.takeNumber(again)], ["thinking", 1]);
  assert.equal(run(kept, at(1, "use")).phase, "submitting");
});

test("a take that was stopped before the page went keeps to the policy", () => {
  const kept = machine.recover({ ...limits, retakesUsed: 1 }, { durationSeconds: 7, cutOff: false });
  assert.equal(machine.mayRetake(kept), false);
  assert.equal(machine.takeNumber(kept), 2);
});

test("a refused upload gives the take back, a saved one ends the question", () => {
  const sending = run(recorded(20), at(21, "use"), at(22, "progress", { fraction: 0.5 }));
  assert.deepEqual([sending.phase, sending.fraction], ["submitting", 0.5]);
  const refused = run(sending, at(23, "refused", { message: "too large" }));
  assert.deepEqual([refused.phase, refused.refusal, refused.durationSeconds], ["reviewing", "too large", 20]);
  assert.equal(run(sending, at(23, "waiting", { seconds: 4, reason: "Unreachable" })).waiting.seconds, 4);
  assert.equal(run(sending, at(23, "saved")).phase, "submitted");
});

test("events without meaning change nothing", () => {
  const thinking = machine.begin(limits, 0);
  for (const type of ["pause", "resume", "stopped", "retake", "use", "saved", "refused"]) {
    assert.equal(machine.next(thinking, at(1, type)), thinking);
  }
  const saved = run(recorded(20), at(21, "use"), at(22, "saved"));
  for (const type of ["tick", "started", "stopped", "retake", "use"]) assert.equal(machine.next(saved, at(30, type)), saved);
});

test("opening a question again gives no new time to think", () => {
  const state = machine.begin(limits, 0, 12.4);
  assert.equal(machine.thinkSecondsLeft(state), 13);
  const over = machine.begin(limits, 0, 0);
  assert.deepEqual([over.due, machine.leadSecondsLeft(over)], [false, machine.LEAD_SECONDS]);
});

test("where thinking has no limit, recording never starts by itself", () => {
  const state = run(machine.begin({ ...limits, thinkTimeSeconds: null }, 0), at(100_000, "tick"));
  assert.deepEqual([state.due, machine.thinkSecondsLeft(state)], [false, Infinity]);
  assert.equal(run(state, at(100_001, "started")).phase, "recording");
});

test("the server counts retakes, and the page only where it could not be asked", () => {
  const take = recorded(20);
  const told = run(take, at(30, "retake", { opened: { retakesUsed: 1, thinkSecondsLeft: 30 } }));
  assert.deepEqual([machine.takeNumber(told), machine.thinkSecondsLeft(told)], [2, 30]);
  assert.equal(machine.takeNumber(run(take, at(30, "retake"))), 2);
  const untimed = run(take, at(30, "retake", { opened: { retakesUsed: 1, thinkSecondsLeft: null } }));
  assert.equal(machine.thinkSecondsLeft(untimed), Infinity);
});

test("the deadline ends thinking", () => {
  assert.equal(run(machine.begin(limits, 0), at(3, "deadline")).phase, "gone");
});

test("an answer under way at the deadline can be finished and used, but not recorded anew", () => {
  const recording = run(machine.begin(limits, 0), at(0, "started"), at(5, "deadline"), at(9, "tick"));
  assert.deepEqual([recording.phase, recording.late], ["recording", true]);
  const take = run(recording, at(10, "stopped"));
  assert.deepEqual([take.phase, take.late, machine.mayRetake(take)], ["reviewing", true, false]);
  assert.equal(run(take, at(11, "retake")), take);
  assert.equal(run(take, at(11, "use"), at(12, "saved")).phase, "submitted");
  assert.equal(run(recording, at(10, "stopped", { fault: true }), at(11, "retake")).phase, "reviewing");
  assert.equal(run(recording, at(10, "empty")).phase, "gone");
});

test("the deadline during a review or an upload is remembered", () => {
  const take = recorded(20);
  assert.equal(machine.mayRetake(run(take, at(21, "deadline"))), false);
  const sending = run(take, at(21, "use"), at(22, "deadline"));
  assert.deepEqual([sending.phase, machine.mayRetake(run(sending, at(23, "refused", { message: "no" })))], ["submitting", false]);
  const again = run(sending, at(23, "deadline"));
  assert.equal(again, sending);
});
