import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { assets, load, source } from "./load.mjs";

const names = (await readdir(new URL("texts/", assets))).map((file) => file.replace(/\.js$/, ""));
const texts = Object.fromEntries(await Promise.all(
  names.map(async (name) => [name, (await load(`texts/${name}.js`)).default])));
const reasons = ["denied", "missing", "busy", "insecure", "unsupported", "unknown"];
const messages = ["invalid", "gone", "withdrawn", "declined", "elsewhere", "offline", "failed"];
const purposes = ["RECORDING", "TRANSCRIPTION", "ANALYSIS", "MONITORING"];
const problems = [
  "VALIDATION_FAILED", "INVALID_TOKEN", "ACCESS_DENIED", "NOT_FOUND", "CONFLICT", "GONE",
  "PAYLOAD_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE", "RATE_LIMITED", "STORAGE_FULL", "UNAVAILABLE", "INTERNAL_ERROR",
];

const proofs = [
  "NO_PICTURE", "DARK", "NO_SOUND", "QUIET", "TOO_SHORT", "UNREADABLE",
  "unreachable", "limited", "full", "refused", "nothing", "stopped",
];

// Keys in the code, with the few that are put together there spelled out.
async function usedKeys() {
  const files = (await readdir(new URL("candidate/", assets))).map((name) => `candidate/${name}`);
  const code = (await Promise.all([...files, "../interview.html"].map(source))).join("\n");
  const keys = new Set(code.match(/"[a-z]+\.[a-zA-Z.]+"/g)?.map((key) => key.slice(1, -1)).filter((key) => !key.endsWith(".js")));
  for (const reason of reasons) keys.add(`device.${reason}.title`).add(`device.${reason}.way`);
  for (const state of messages) keys.add(`${state}.screen`).add(`${state}.title`);
  for (const kind of ["video", "mixed", "written"]) keys.add(`intro.title.${kind}`).add(`intro.lead.${kind}`);
  for (const choice of ["open", "agreed", "declined"]) keys.add(`intro.data.monitor.${choice}`);
  for (const what of ["FULLSCREEN", "GAZE"]) keys.add(`intro.arranged.${what}`);
  for (const purpose of purposes) keys.add(`consent.${purpose}.title`).add(`consent.${purpose}.declined`);
  for (const state of ["none", "sending", "sent", "kept", "loose"]) keys.add(`writing.draft.${state}`);
  for (const kind of ["camera", "microphone"]) keys.add(`check.${kind}`);
  for (const proof of proofs) keys.add(`proof.${proof}.title`).add(`proof.${proof}.way`);
  for (const step of ["think", "record", "stop", "look", "use", "saved", "submit", "receipt"]) keys.add(`film.${step}`);
  for (const key of ["time", "retakes", "nothing"]) keys.add(`practice.${key}`);
  for (const code of problems) keys.add(`problem.${code}`);
  return keys;
}

/** The texts of an entry: itself, or its plural forms. */
const forms = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const places = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test("every text the candidate's page uses exists, and none lies idle", async () => {
  assert.deepEqual([...await usedKeys()].sort(), Object.keys(texts.en).sort());
});

test("the languages offered are the languages there are", async () => {
  const offered = (await source("texts.js")).match(/^ {2}\w+(?=: \{ name:)/gm).map((name) => name.trim());
  assert.deepEqual(offered.sort(), [...names].sort());
});

for (const name of names) {
  test(`${name} has every text, none besides, and nothing empty`, () => {
    assert.deepEqual(Object.keys(texts[name]).sort(), Object.keys(texts.en).sort());
    for (const [key, entry] of Object.entries(texts[name])) {
      for (const text of forms(entry)) assert.match(text, /\S/, key);
    }
  });

  test(`${name} has the same places in every form of every text`, () => {
    for (const [key, entry] of Object.entries(texts[name])) {
      for (const text of forms(entry)) assert.deepEqual(places(text), places(forms(texts.en[key]).at(-1)), `${key}: ${text}`);
    }
  });

  test(`${name} has the plural forms that its small numbers need, and none that its rules do not know`, () => {
    const rules = new Intl.PluralRules(name);
    const needed = new Set([...Array(100).keys()].map((number) => rules.select(number)));
    for (const [key, entry] of Object.entries(texts[name])) {
      assert.equal(typeof entry, typeof texts.en[key], key);
      if (typeof entry === "string") continue;
      for (const form of needed) assert.ok(form in entry, `${key} lacks ${form}`);
      for (const form of Object.keys(entry)) assert.ok(rules.resolvedOptions().pluralCategories.includes(form), `${key}: ${form}`);
    }
  });

  test(`${name} is translated`, () => {
    if (name === "en") return;
    const same = Object.entries(texts[name]).filter(([key, entry]) => JSON.stringify(entry) === JSON.stringify(texts.en[key]));
    assert.deepEqual(same.map(([key]) => key), ["page.title"]);
  });
}
