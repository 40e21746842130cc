import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { followLinks } = await load("recruiter/links.js");

const handlers = {};
const addresses = [];
globalThis.document = globalThis.window = { addEventListener: (type, handle) => { handlers[type] = handle; } };
globalThis.history = { pushState: (state, title, address) => addresses.push(address) };

/** Whether a click on a link, or beside one, is left to the browser. */
function isLeft(keys, link = { href: "/list?page=2" }) {
  let left = true;
  handlers.click({
    button: 0, metaKey: false, ctrlKey: false, shiftKey: false, target: { closest: () => link }, preventDefault: () => { left = false; }, ...keys,
  });
  return left;
}

test("a plain click changes the address and what is shown, any other is the browser's", () => {
  const shown = [];
  followLinks("a", () => shown.push("followed"), () => shown.push("returned"));
  assert.equal(isLeft({}), false);
  for (const keys of [{ metaKey: true }, { ctrlKey: true }, { shiftKey: true }, { button: 1 }]) assert.equal(isLeft(keys), true);
  assert.equal(isLeft({}, null), true);
  handlers.popstate({});
  assert.deepEqual(shown, ["followed", "returned"]);
  assert.deepEqual(addresses, ["/list?page=2"]);
});

test("going back shows the same where nothing else is said", () => {
  const shown = [];
  followLinks("a", (...given) => shown.push(given));
  handlers.popstate({});
  assert.deepEqual(shown, [[]]);
});
