import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { choice, countsByType, hasDeclined, isMonitored, openSeconds, watchLines } = await load("recruiter/monitoring-facts.js");

const interview = (more = {}) => ({
  questions: [{ id: "a", position: 1, type: "BEHAVIORAL" }, { id: "b", position: 2, type: "BEHAVIORAL" }],
  videoResponses: [{ durationSeconds: 100 }, { durationSeconds: null }], proctorLogs: [],
  monitoring: { detectors: [], gaps: [], missingEvents: 0 }, ...more,
});
const watchedBy = (...detectors) => interview({ monitoring: { detectors, gaps: [], missingEvents: 0 } });
const line = (of, name) => watchLines(of).find((each) => each.name === name);

test("the newest choice counts, and none is no refusal", () => {
  const receipts = [{ purpose: "MONITORING", granted: true }, { purpose: "ANALYSIS", granted: false }, { purpose: "MONITORING", granted: false }];
  assert.equal(choice(receipts, "MONITORING"), receipts[2]);
  assert.deepEqual(["MONITORING", "ANALYSIS", "RECORDING"].map((purpose) => hasDeclined(receipts, purpose)), [true, true, false]);
});

test("only what the page saw shows that it watched", () => {
  assert.equal(isMonitored(interview()), false);
  assert.equal(isMonitored(interview({ proctorLogs: [{ eventType: "TIME_LIMIT_EXCEEDED" }] })), false);
  assert.equal(isMonitored(interview({ proctorLogs: [{ eventType: "TAB_SWITCH" }] })), true);
  assert.equal(isMonitored(watchedBy({ name: "face", watchedSeconds: 0, unavailable: "no" })), false);
  assert.equal(isMonitored(watchedBy({ name: "tab", watchedSeconds: 1, unavailable: null })), true);
});

test("questions were open at least as long as the answers last, or as long as anything watched", () => {
  assert.equal(openSeconds(interview()), 100);
  assert.equal(openSeconds(watchedBy({ name: "tab", watchedSeconds: 130 }, { name: "window", watchedSeconds: 90 })), 130);
});

test("what no page spoke of was not watched", () => {
  const lines = watchLines(watchedBy({ name: "tab", watchedSeconds: 100, unavailable: null }, { name: "gaze", watchedSeconds: 1, unavailable: null }));
  assert.deepEqual(lines.map(({ name }) => name), ["tab", "window", "fullscreen", "devtools", "time-limit", "face", "gaze"]);
  assert.deepEqual(lines[1], { name: "window", seconds: 0, share: 0, isWhole: false, reason: null });
});

test("copying is spoken of only where something is written", () => {
  assert.equal(line(interview(), "clipboard"), undefined);
  assert.ok(line(interview({ questions: [{ id: "a", position: 1, type: "ASYNC_TEXT" }] }), "clipboard"));
});

test("a share is of the time in which questions were open", () => {
  const of = watchedBy({ name: "tab", watchedSeconds: 50, unavailable: "dark" }, { name: "window", watchedSeconds: 98, unavailable: null });
  assert.deepEqual(line(of, "tab"), { name: "tab", seconds: 50, share: 0.5, isWhole: false, reason: "dark" });
  assert.equal(line(of, "window").isWhole, true);
});

test("a reason that several page loads had is told once", () => {
  assert.equal(line(watchedBy({ name: "tab", watchedSeconds: 5, unavailable: "sleep; dark; dark" }), "tab").reason, "sleep; dark");
});

test("an interview without answers has no shares", () => {
  const of = interview({ videoResponses: [] });
  assert.ok(watchLines(of).every(({ share, isWhole }) => share === 0 && !isWhole));
});

test("events are counted by type and by question", () => {
  const log = (eventType, questionId, severity = "info") => ({ eventType, questionId, severity });
  assert.deepEqual(countsByType(interview({ proctorLogs: [
    log("TAB_SWITCH", null), log("TAB_SWITCH", "b"), log("DEVTOOLS_OPEN", "a", "critical"), log("TAB_SWITCH", "a"), log("TAB_SWITCH", "b"),
  ] })), [
    { eventType: "TAB_SWITCH", severity: "info", count: 4, places: [
      { position: 1, count: 1 }, { position: 2, count: 2 }, { position: null, count: 1 }] },
    { eventType: "DEVTOOLS_OPEN", severity: "critical", count: 1, places: [{ position: 1, count: 1 }] },
  ]);
});
