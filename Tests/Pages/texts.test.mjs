import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { assets, load, source } from "./load.mjs";

const { default: english } = await load("texts/en.js");
const reasons = ["denied", "missing", "busy", "insecure", "unsupported", "unknown"];
const messages = ["invalid", "gone", "offline", "failed"];

// Keys in the code, with the few that are put together there spelled out.
async function usedKeys() {
  const files = (await readdir(new URL("candidate/", assets))).map((name) => `candidate/${name}`);
  const code = (await Promise.all(files.map(source))).join("\n");
  const keys = new Set(code.match(/"[a-z]+\.[a-zA-Z.]+"/g)?.map((key) => key.slice(1, -1)).filter((key) => !key.endsWith(".js")));
  for (const reason of reasons) keys.add(`device.${reason}.title`).add(`device.${reason}.way`);
  for (const state of messages) keys.add(`${state}.screen`).add(`${state}.title`);
  for (const key of ["who", "ai", "monitor", "keep"]) keys.add(`intro.recordings.${key}`);
  for (const kind of ["camera", "microphone"]) keys.add(`check.${kind}`);
  return keys;
}

test("every text the candidate's page uses exists, and none lies idle", async () => {
  assert.deepEqual([...await usedKeys()].sort(), Object.keys(english).sort());
});

test("every language has the same texts with the same places", async () => {
  const places = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g) ?? [])].sort();
  for (const name of await readdir(new URL("texts/", assets))) {
    const { default: texts } = await load(`texts/${name}`);
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(english).sort(), name);
    for (const [key, text] of Object.entries(texts)) assert.deepEqual(places(text), places(english[key]), `${name} ${key}`);
  }
});
