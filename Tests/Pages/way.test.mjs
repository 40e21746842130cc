import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { kindOf, nextStep } = await load("candidate/way.js");

const video = { id: "video", type: "BEHAVIORAL" };
const text = { id: "text", type: "ASYNC_TEXT" };
const session = ({ questions = [video, text], answered = [], startedAt = "then", late = false, ...more } = {}) => ({
  interview: { questions, startedAt }, answers: new Map(answered.map(({ id }) => [id, {}])),
  consent: { complete: true, preventing: false }, kept: null, devices: { stream: null }, isLate: () => late, ...more,
});

test("interviews are told apart by how their questions are answered", () => {
  assert.deepEqual([[video], [text], [video, text]].map((questions) => kindOf({ questions })), ["video", "written", "mixed"]);
});

test("first come the choices, and a refusal leads no further", () => {
  assert.equal(nextStep(session({ consent: { complete: false, preventing: false } })), "choose");
  const refused = { consent: { complete: true, preventing: true } };
  assert.equal(nextStep(session(refused)), "refused");
  assert.equal(nextStep(session({ ...refused, answered: [video, text] })), "refused");
});

test("camera and microphone are checked before the first question, and later only for those on video", () => {
  assert.equal(nextStep(session({ startedAt: null, questions: [text, video] })), "check");
  assert.equal(nextStep(session({ questions: [text, video] })), "begin");
  assert.equal(nextStep(session({ answered: [text] })), "check");
  assert.equal(nextStep(session({ answered: [text], devices: { stream: {} } })), "begin");
  assert.equal(nextStep(session({ answered: [video] })), "begin");
  assert.equal(nextStep(session({ startedAt: null, questions: [text] })), "begin");
});

test("a take that waits is looked at first, and then comes what is left", () => {
  assert.equal(nextStep(session({ kept: {} })), "review");
  assert.equal(nextStep(session({ answered: [video, text] })), "finish");
});

test("after the deadline nothing is asked for any more that is only needed to begin", () => {
  const late = { late: true, consent: { complete: false, preventing: false } };
  assert.equal(nextStep(session(late)), "late");
  assert.equal(nextStep(session({ ...late, kept: {} })), "review");
  assert.equal(nextStep(session({ ...late, answered: [video, text] })), "finish");
});
