import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { recordingType } = await load("recorder.js");
const { devtoolsSeemOpen } = await load("candidate/window-shape.js");
const { clock, duration, percent } = await load("format.js");

test("Safari records MP4 although it claims WebM", () => {
  assert.match(recordingType(() => true, true), /^video\/mp4/);
});

test("others record WebM, VP9 before VP8", () => {
  assert.equal(recordingType(() => true, false), "video/webm;codecs=vp9,opus");
  assert.equal(recordingType((type) => !type.includes("vp9"), false), "video/webm;codecs=vp8,opus");
});

test("a browser that records nothing has no type", () => {
  assert.equal(recordingType(() => false, false), null);
});

const plain = { fullscreen: false, touch: false, pinched: false };
const docked = { outerWidth: 1366, innerWidth: 966, outerHeight: 768, innerHeight: 640 };

test("developer tools at the side are seen", () => {
  assert.equal(devtoolsSeemOpen(docked, plain), true);
});

test("zoom, fullscreen, phones and a plain window are not developer tools", () => {
  assert.equal(devtoolsSeemOpen({ outerWidth: 1366, innerWidth: 683, outerHeight: 768, innerHeight: 320 }, plain), false);
  assert.equal(devtoolsSeemOpen({ outerWidth: 1366, innerWidth: 1366, outerHeight: 768, innerHeight: 640 }, plain), false);
  for (const excuse of ["fullscreen", "touch", "pinched"]) assert.equal(devtoolsSeemOpen(docked, { ...plain, [excuse]: true }), false);
});

test("durations name the two largest units", () => {
  assert.equal(duration(150), "2 minutes 30 seconds");
  assert.equal(duration(60), "1 minute");
  assert.equal(duration(2 * 86400 + 3 * 3600 + 59), "2 days 3 hours");
  assert.equal(clock(95.9), "1:35");
});

test("durations and shares follow the language", () => {
  assert.equal(duration(150, "de"), "2 Minuten, 30 Sekunden");
  assert.equal(duration(61, "es"), "1 minuto 1 segundo");
  assert.equal(percent(0.45, "en"), "45%");
  assert.equal(percent(0.45, "de"), "45\u00a0%");
});
