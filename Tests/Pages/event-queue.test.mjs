import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { isPassing, Problem, Unreachable } = await load("api.js");
const { EventQueue, firstBatch } = await load("candidate/event-queue.js");

const event = (eventType = "WINDOW_BLUR", more = {}) => ({ eventType, occurredAt: "2026-11-21T09:00:00.000Z", ...more });
const numbers = (events) => events.map(({ sequence }) => sequence);

/** A server as the contract has it, a clock that moves when told, and a store. */
class World {
  at = 0;
  noted = new Map(); // sequence → event
  bodies = [];
  refusals = []; // one for each of the next posts; null lets it through, "lost" notes it and loses the answer
  kept = [];
  beacons = 0;
  detectors = [{ name: "tab", watchedSeconds: 1 }];

  queue(events = undefined) {
    return new EventQueue({
      session: "page", events,
      isPassing, post: async (report) => this.post(structuredClone(report)),
      beacon: (report) => { this.bodies.push(report); this.note(report); this.beacons -= 1; return this.beacons >= 0; },
      keep: (session, unsent) => { this.kept = unsent; },
      detectors: () => this.detectors,
      now: () => this.at,
    });
  }

  async post(report) {
    this.bodies.push(report);
    const refusal = this.refusals.shift() ?? null;
    if (refusal && refusal !== "lost") throw refusal;
    if (report.events.some(({ eventType }) => eventType === "BAD")) throw new Problem({ status: 400 });
    this.note(report);
    if (refusal === "lost") throw new Unreachable();
  }

  note({ events }) {
    for (const each of events) this.noted.set(each.sequence, each);
  }
}

const refused = (status, retryAfter = null) => new Problem({ status, retryAfter, detail: "" });

test("events are numbered from 0 and sent with the detectors' times", async () => {
  const world = new World();
  const queue = world.queue();
  queue.add(event("TAB_SWITCH"));
  queue.add(event());
  await queue.send();
  assert.deepEqual(world.bodies, [{
    session: "page", detectors: world.detectors, events: [{ sequence: 0, ...event("TAB_SWITCH") }, { sequence: 1, ...event() }],
  }]);
  queue.add(event());
  await queue.send();
  assert.deepEqual(numbers(world.bodies[1].events), [2]);
  assert.deepEqual(world.kept, []);
});

test("a report has at most 200 events and fits what may outlive a page", async () => {
  const world = new World();
  const queue = world.queue();
  for (let count = 0; count < 450; count += 1) queue.add(event());
  await queue.send();
  assert.deepEqual(world.bodies.map(({ events }) => events.length), [200, 200, 50]);
  assert.deepEqual([...world.noted.keys()], Array.from({ length: 450 }, (_, index) => index));

  const long = Array.from({ length: 40 }, (_, sequence) => ({ sequence, ...event("WINDOW_BLUR", { metadata: { text: "ü".repeat(1900) } }) }));
  const batch = firstBatch(long);
  assert.ok(batch.length > 1 && batch.length < long.length);
  assert.ok(Buffer.byteLength(JSON.stringify(batch)) <= 60 * 1024);
  assert.ok(Buffer.byteLength(JSON.stringify(long.slice(0, batch.length + 1))) > 60 * 1024);
  assert.equal(firstBatch(long, 200, 10).length, 1);
  assert.deepEqual(firstBatch([]), []);
});

test("what was not answered is sent again with the same numbers, and counts once", async () => {
  const world = new World();
  const queue = world.queue();
  queue.add(event("TAB_SWITCH"));
  world.refusals = ["lost"];
  await queue.send();
  assert.deepEqual(numbers(world.kept), [0]);
  queue.add(event());
  await queue.send();
  assert.deepEqual(world.bodies.map(({ events }) => numbers(events)), [[0], [0, 1]]);
  assert.deepEqual([...world.noted.keys()], [0, 1]);
  assert.equal(queue.isEmpty, true);
});

test("an event that comes while others are being sent is not lost", async () => {
  const world = new World();
  const queue = world.queue();
  queue.add(event());
  const sent = queue.send();
  queue.add(event());
  await Promise.all([sent, queue.send()]);
  assert.deepEqual([...world.noted.keys()], [0, 1]);
});

test("one event that is refused does not hold up the others, and its number stays missing", async () => {
  const world = new World();
  const queue = world.queue();
  for (const type of ["A", "B", "BAD", "C", "D"]) queue.add(event(type));
  await queue.send();
  assert.deepEqual([...world.noted.keys()].sort(), [0, 1, 3, 4]);
  assert.equal(queue.isEmpty, true);
  queue.add(event());
  await queue.send();
  assert.ok(world.noted.has(5));
});

test("a refusal for good ends it quietly", async () => {
  for (const status of [401, 409, 410]) {
    const world = new World();
    const queue = world.queue();
    queue.add(event());
    world.refusals = [refused(status)];
    await queue.send();
    assert.deepEqual([queue.isClosed, queue.isEmpty, world.kept], [true, true, []]);
    queue.add(event());
    await queue.send();
    queue.leave();
    assert.equal(world.bodies.length, 1);
  }
});

test("events wait a little for others, and nothing is due without one but a sign of life", async () => {
  const world = new World();
  const queue = world.queue();
  assert.equal(queue.isDue, false);
  world.at = 1000;
  queue.add(event());
  assert.equal(queue.isDue, false);
  world.at = 4000;
  assert.equal(queue.isDue, true);
  await queue.send();
  assert.equal(queue.isDue, false);
  world.at = 19_000;
  assert.equal(queue.isDue, true);
  await queue.send();
  assert.deepEqual(world.bodies[1].events, []);
});

test("after a failure it waits as long as it is told, whatever comes in", async () => {
  const world = new World();
  const queue = world.queue();
  queue.add(event());
  for (const [refusal, seconds] of [[new Unreachable(), 5], [refused(503, 30), 30]]) {
    world.refusals = [refusal];
    const failedAt = world.at;
    await queue.send();
    queue.add(event());
    world.at = failedAt + seconds * 1000 - 1;
    assert.equal(queue.isDue, false);
    world.at = failedAt + seconds * 1000;
    assert.equal(queue.isDue, true);
  }
  world.refusals = [new Unreachable()];
  await queue.send();
  queue.hurry();
  assert.equal(queue.isDue, true);
});

test("a page that goes hands everything to the browser, and still knows it", async () => {
  const world = new World();
  world.beacons = 10;
  const queue = world.queue();
  for (let count = 0; count < 201; count += 1) queue.add(event());
  queue.leave();
  assert.deepEqual(world.bodies.map(({ events }) => events.length), [200, 1]);
  assert.equal(world.noted.size, 201);
  assert.equal(world.kept.length, 201);
  await queue.send();
  assert.equal(world.noted.size, 201);
  assert.equal(queue.isEmpty, true);
});

test("a page that goes stops when the browser takes no more", () => {
  const world = new World();
  world.beacons = 1;
  const queue = world.queue();
  for (let count = 0; count < 600; count += 1) queue.add(event());
  queue.leave();
  assert.equal(world.bodies.length, 2);
  assert.equal(world.kept.length, 600);
});

test("a page that goes tells the detectors' times even without an event", () => {
  const world = new World();
  world.beacons = 1;
  world.queue().leave();
  assert.deepEqual(world.bodies, [{ session: "page", events: [], detectors: world.detectors }]);
});

test("what an earlier page load left is sent at once under its own numbers", async () => {
  const world = new World();
  const queue = world.queue([{ sequence: 7, ...event() }, { sequence: 8, ...event() }]);
  assert.equal(queue.isDue, true);
  await queue.send();
  assert.deepEqual([...world.noted.keys()], [7, 8]);
  assert.equal(queue.isEmpty, true);
});
