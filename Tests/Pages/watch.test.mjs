import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Watch, WatchTime } = await load("candidate/watch.js");

const video = { id: "1", type: "BEHAVIORAL" };
const written = { id: "2", type: "ASYNC_TEXT" };

/** A watch on a detector that sees until `world.obstacle` says why not. */
function make(more = {}) {
  const world = { obstacle: null, reports: [], started: 0, stopped: 0 };
  const watch = new Watch({
    name: "tab", events: ["TAB_SWITCH"], unavailable: null,
    obstacle: () => world.obstacle,
    start(tools) { world.tools = tools; world.started += 1; },
    stop() { world.stopped += 1; },
    ...more,
  }, (type, metadata) => world.reports.push([type, metadata]));
  return { world, watch };
}

/** Looks every second from one second to another. */
function pass(watch, from, to) {
  for (let second = from; second <= to; second += 1) watch.look(second * 1000);
}

test("time counts from look to look while something watches", () => {
  const time = new WatchTime();
  time.look(1000, true);
  time.look(2500, true);
  time.look(3000, false);
  time.look(9000, true);
  time.look(10_000, true);
  assert.equal(time.ms, 3000);
});

test("a step that is too long was sleep, and does not count", () => {
  const time = new WatchTime();
  assert.equal(time.look(0, true), false);
  assert.equal(time.look(5000, true), false);
  assert.equal(time.look(3_600_000, true), true);
  assert.equal(time.look(3_601_000, true), false);
  assert.equal(time.ms, 6000);
});

test("a long time in which nothing watched was no sleep", () => {
  const time = new WatchTime();
  time.look(0, true);
  time.look(1000, false);
  assert.equal(time.look(100_000, true), false);
  assert.equal(time.ms, 1000);
});

test("a detector's time is the time in which it could see, with the reason for the rest", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  pass(watch, 1, 10);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 10 });
  world.obstacle = "it was dark";
  pass(watch, 10, 20);
  world.obstacle = null;
  pass(watch, 20, 25);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 15, unavailable: "it was dark" });
});

test("an obstacle that passes at once is not worth telling", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  world.obstacle = "it was dark";
  watch.look(1000);
  world.obstacle = null;
  pass(watch, 2, 4);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 3 });
});

test("sleep is told as what it is", () => {
  const { watch } = make();
  watch.follow(video, 0);
  pass(watch, 1, 5);
  pass(watch, 600, 605);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 10, unavailable: "the device or the page was asleep" });
});

test("time between stop and the next question does not count", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  pass(watch, 1, 3);
  watch.stop(4000);
  pass(watch, 5, 9);
  watch.follow(video, 60_000);
  pass(watch, 61, 62);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 6 });
  assert.deepEqual([world.started, world.stopped], [2, 1]);
});

test("a detector runs only for the questions that it is for, and is not spoken of before", () => {
  const { world, watch } = make({ appliesTo: ({ type }) => type === "ASYNC_TEXT" });
  watch.follow(video, 0);
  pass(watch, 1, 5);
  assert.equal(watch.summary, null);
  watch.follow(written, 5000);
  pass(watch, 6, 8);
  watch.follow(video, 8000);
  pass(watch, 9, 12);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 3 });
  assert.deepEqual([world.started, world.stopped], [1, 1]);
});

test("the same detector goes on with the next question", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  watch.follow(written, 1000);
  assert.deepEqual([world.started, world.stopped], [1, 0]);
});

test("a detector that cannot be here says why and never starts", () => {
  const { world, watch } = make({ unavailable: "not part of this installation" });
  watch.follow(video, 0);
  pass(watch, 1, 5);
  assert.deepEqual(watch.summary, { name: "tab", watchedSeconds: 0, unavailable: "not part of this installation" });
  assert.equal(world.started, 0);
});

test("what it sees is reported, and nothing after it has stopped", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  world.tools.report("TAB_SWITCH", { a: 1 });
  watch.stop(1000);
  world.tools.report("TAB_SWITCH", { a: 2 });
  assert.deepEqual(world.reports, [["TAB_SWITCH", { a: 1 }]]);
});

test("listeners end with the detector", () => {
  const target = new EventTarget();
  let heard = 0;
  const { watch } = make({ start({ listen }) { listen(target, "blur", () => { heard += 1; }); } });
  watch.follow(video, 0);
  target.dispatchEvent(new Event("blur"));
  watch.stop(1000);
  target.dispatchEvent(new Event("blur"));
  assert.equal(heard, 1);
});

const target = new EventTarget();
for (const [when, broken] of Object.entries({
  "at its start": { start() { throw new Error("broken"); } },
  "after its start": { start: () => Promise.reject(new Error("broken")) },
  "when asked whether it sees": { obstacle() { throw new Error("broken"); } },
  "at an event": { start({ listen }) { listen(target, "blur", () => { throw new Error("broken"); }); } },
})) {
  test(`a detector that throws ${when} does not pass for one that watches`, async (t) => {
    const complaint = t.mock.method(console, "error", () => {});
    const { watch } = make(broken);
    watch.follow(video, 0);
    target.dispatchEvent(new Event("blur"));
    await Promise.resolve();
    pass(watch, 1, 10);
    watch.follow(written, 11_000);
    pass(watch, 12, 20);
    const { watchedSeconds, unavailable } = watch.summary;
    assert.ok(watchedSeconds <= 1);
    assert.equal(unavailable, "it broke down in this browser");
    assert.equal(complaint.mock.callCount(), 1);
  });
}

test("a detector can say itself that it failed", () => {
  const { world, watch } = make();
  watch.follow(video, 0);
  pass(watch, 1, 3);
  world.tools.fail("the model could not be loaded");
  pass(watch, 4, 9);
  assert.equal(watch.summary.unavailable, "the model could not be loaded");
  assert.ok(watch.summary.watchedSeconds <= 4);
  assert.equal(world.stopped, 1);
});
