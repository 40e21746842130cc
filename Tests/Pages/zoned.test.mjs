import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { instantOf, localOf, offsetAt, offsetWords, zonedMoment } = await load("recruiter/zoned.js");

const iso = (instant) => new Date(instant).toISOString();

test("a local time means an instant", () => {
  assert.equal(iso(instantOf("2026-11-24T10:00", "Europe/Berlin")), "2026-11-24T09:00:00.000Z");
  assert.equal(iso(instantOf("2026-07-24T10:00", "Europe/Berlin")), "2026-07-24T08:00:00.000Z");
  assert.equal(iso(instantOf("2026-01-01T00:15", "Asia/Kathmandu")), "2025-12-31T18:30:00.000Z");
  assert.equal(iso(instantOf("2026-11-24T10:00", "UTC")), "2026-11-24T10:00:00.000Z");
});

test("there and back again, on each side of a change of the clocks", () => {
  for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati"]) {
    for (const instant of ["2026-03-28T23:30Z", "2026-03-29T02:30Z", "2026-10-25T03:30Z", "2026-11-01T09:00Z", "2026-04-04T12:00Z"]) {
      assert.equal(iso(instantOf(localOf(Date.parse(instant), zone), zone)), iso(Date.parse(instant)));
    }
  }
});

test("an hour that the clocks skip is none", () => {
  assert.equal(instantOf("2027-03-28T02:30", "Europe/Berlin"), null);
  assert.equal(instantOf("2026-10-04T02:15", "Australia/Lord_Howe"), null);
});

test("of an hour that comes twice, the first is meant", () => {
  assert.equal(iso(instantOf("2026-10-25T02:30", "Europe/Berlin")), "2026-10-25T00:30:00.000Z");
});

test("what is no time means no instant", () => {
  assert.equal(instantOf("", "Europe/Berlin"), null);
});

test("offsets in words", () => {
  assert.equal(offsetWords(offsetAt(Date.parse("2026-01-01T00:00Z"), "Asia/Kathmandu")), "UTC+5:45");
  assert.equal(offsetWords(offsetAt(Date.parse("2026-01-01T00:00Z"), "America/New_York")), "UTC−5");
  assert.equal(offsetWords(0), "UTC");
});

test("a moment in words", () => {
  assert.match(zonedMoment("2026-11-24T09:00:00Z", "Europe/Berlin"), /24 Nov 2026,? 10:00/);
});
