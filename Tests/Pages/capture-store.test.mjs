import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { CaptureStore, soundPrefix } = await load("capture-store.js");

const digest = async (bytes) => `hash of ${bytes}`;
const chunk = (sequence, bytes) => ({ sequence, bytes, sha256: `hash of ${bytes}` });
const kept = async (...chunks) => (await soundPrefix(chunks, digest)).map(({ bytes }) => bytes);

test("chunks are trusted up to the first hole", async () => {
  assert.deepEqual(await kept(chunk(0, "a"), chunk(1, "b"), chunk(3, "d")), ["a", "b"]);
  assert.deepEqual(await kept(chunk(1, "b")), []);
});

test("chunks are trusted up to the first whose bytes have changed", async () => {
  assert.deepEqual(await kept(chunk(0, "a"), { ...chunk(1, "b"), bytes: "x" }, chunk(2, "c")), ["a"]);
});

test("where there is no IndexedDB there is no store", async () => {
  assert.equal(await CaptureStore.open(), null);
});
