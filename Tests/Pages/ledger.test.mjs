import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Ledger } = await load("ledger.js");
const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const offline = Object.assign(new Error("offline"), { passing: true });
const takenOver = Object.assign(new Error("elsewhere"), { code: "TAKEN_OVER" });

/** A ledger, what it posted, and the errors that the next posts meet. */
function begin() {
  const all = { posted: [], errors: [], refused: [], clock: 0, connected: true };
  all.ledger = new Ledger({
    session: "page",
    post: async (path, body) => {
      await turn();
      if (!all.connected) throw offline;
      const error = all.errors.shift();
      if (error) throw error;
      all.posted.push([path, body]);
      return path === "/take" ? { takeNumber: 7 } : { path };
    },
    isPassing: (error) => error.passing === true,
    refused: (error) => all.refused.push(error),
    now: () => all.clock,
    sleep: () => turn(),
  });
  return all;
}
const paths = ({ posted }) => posted.map(([path]) => path);
const until = async (condition) => { while (!condition()) await turn(); };

test("everything is told in order, with the page's session", async () => {
  const all = begin();
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  all.ledger.end({ takeId: "a", outcome: "RECORDED", durationSeconds: 4 });
  assert.deepEqual(await all.ledger.open("q", { retake: true }), { path: "/question" });
  assert.deepEqual(paths(all), ["/take", "/take/end", "/question"]);
  assert.ok(all.posted.every(([, body]) => body.session === "page"));
  assert.deepEqual(await all.ledger.known("a"), { takeNumber: 7 });
});

test("a take begun offline is told later, and how long ago it began", async () => {
  const all = begin();
  all.connected = false;
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  all.ledger.end({ takeId: "a", outcome: "RECORDED", durationSeconds: 60 });
  for (let count = 0; count < 5; count += 1) await turn();
  all.clock = 90_000;
  all.connected = true;
  await until(() => all.posted.length === 2);
  assert.deepEqual(paths(all), ["/take", "/take/end"]);
  assert.equal(all.posted[0][1].secondsAgo, 90);
});

test("opening does not wait for the network, and what came before stays in line", async () => {
  const all = begin();
  all.connected = false;
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  await assert.rejects(all.ledger.open("q", { retake: true }), offline);
  all.connected = true;
  await all.ledger.known("a");
  assert.deepEqual(paths(all), ["/take"]);
});

test("who was overtaken hears of it once, and tells nothing more", async () => {
  const all = begin();
  all.errors.push(takenOver);
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  all.ledger.end({ takeId: "a", outcome: "RECORDED", durationSeconds: 4 });
  await assert.rejects(all.ledger.known("a"), takenOver);
  await turn();
  assert.deepEqual([all.refused, paths(all)], [[takenOver], []]);
  await all.ledger.open("q");
  assert.deepEqual(paths(all), ["/question"]);
});

test("a retake takes nothing back from a page that went on", async () => {
  const all = begin();
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  await all.ledger.known("a");
  all.errors.push(takenOver);
  await assert.rejects(all.ledger.open("q", { retake: true }), takenOver);
  assert.deepEqual(paths(all), ["/take"]);
});

test("checking repeats the newest entry, and nothing once the question is left", async () => {
  const all = begin();
  all.ledger.check();
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  await all.ledger.known("a");
  await turn();
  all.ledger.check();
  await until(() => all.posted.length === 2);
  assert.deepEqual(paths(all), ["/take", "/take"]);
  await turn();
  all.ledger.close();
  all.ledger.check();
  await turn();
  await turn();
  assert.equal(all.posted.length, 2);
});

test("an end that is refused is not fatal, a beginning that is refused is", async () => {
  const all = begin();
  const conflict = Object.assign(new Error("no"), { code: "CONFLICT" });
  const { warn } = console;
  console.warn = () => {};
  all.errors.push(null, conflict);
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  all.ledger.end({ takeId: "a", outcome: "INTERRUPTED", durationSeconds: 0 });
  await all.ledger.open("q");
  console.warn = warn;
  assert.deepEqual(all.refused, []);
  all.errors.push(conflict);
  all.ledger.begin({ takeId: "b", questionId: "q", at: 0 });
  await assert.rejects(all.ledger.known("b"), conflict);
  assert.deepEqual(all.refused, [conflict]);
});

test("a take that was refused while another page went on is known when it is told of again", async () => {
  const all = begin();
  all.errors.push(takenOver);
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  await assert.rejects(all.ledger.known("a"), takenOver);
  await all.ledger.open("q");
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  assert.deepEqual(await all.ledger.known("a"), { takeNumber: 7 });
  assert.deepEqual(paths(all), ["/question", "/take"]);
});

test("a take that is told of again stays known meanwhile", async () => {
  const all = begin();
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  await all.ledger.known("a");
  all.connected = false;
  all.ledger.begin({ takeId: "a", questionId: "q", at: 0 });
  assert.deepEqual(await all.ledger.known("a"), { takeNumber: 7 });
  all.connected = true;
});
