import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { actionFor, listing } = await load("recruiter/keys.js");

const next = () => {};
const keys = { j: ["Next", next], " ": ["Play or pause", next], ArrowLeft: ["Back", next] };

/** A pressed key on an element of which `closest` finds the given simple selectors. */
const press = (key, matching = [], held = {}) => ({
  key, ...held, target: { closest: (selector) => selector.split(", ").find((part) => matching.includes(part)) ?? null },
});

test("a key means its shortcut, others mean nothing", () => {
  assert.equal(actionFor(press("j"), keys), next);
  assert.equal(actionFor(press("q"), keys), null);
  assert.equal(actionFor(press("toString"), keys), null);
});

test("typing, dialogs and open menus keep every key", () => {
  for (const place of ["textarea", "select", "[contenteditable]", "dialog", "[popover]"]) {
    assert.equal(actionFor(press("j", [place]), keys), null, place);
  }
});

test("what the browser does with Ctrl, Alt and Meta stays its own", () => {
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing", "defaultPrevented"]) {
    assert.equal(actionFor(press("j", [], { [held]: true }), keys), null, held);
  }
});

test("a focused control keeps the keys that work it, and only those", () => {
  assert.equal(actionFor(press(" ", ["button"]), keys), null);
  assert.equal(actionFor(press("ArrowLeft", ["video"]), keys), null);
  assert.equal(actionFor(press("j", ["button"]), keys), next);
  assert.equal(actionFor(press("ArrowLeft", ["button"]), keys), next);
});

test("help lists each label once, with all its keys as they are printed", () => {
  assert.deepEqual(listing({ 1: ["Score", next], 2: ["Score", next], " ": ["Play", next], ArrowLeft: ["Back", next] }), [
    { label: "Score", keys: ["1", "2"] }, { label: "Play", keys: ["Space"] }, { label: "Back", keys: ["←"] },
  ]);
});
