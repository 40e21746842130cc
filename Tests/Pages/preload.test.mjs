import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const pages = new URL("../../nginx/www/", import.meta.url);
const read = (address) => readFile(new URL(`.${address}`, pages), "utf8");

/** A module's address with those of all that it imports. */
async function graph(address, known = new Set()) {
  if (known.has(address)) return known;
  known.add(address);
  for (const [, path] of (await read(address)).matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]+)";/gm)) {
    await graph(new URL(path, new URL(address, "http://page")).pathname, known);
  }
  return known;
}

test("the candidate's page names every module that it needs, and no other", async () => {
  const page = await read("/interview.html");
  const needed = await graph("/assets/candidate/interview.js");
  assert.ok(needed.size > 20);
  const named = [...page.matchAll(/<(?:link rel="modulepreload" href|script type="module" src)="([^"]+)"/g)].map(([, address]) => address);
  assert.deepEqual(named.sort(), [...needed].sort());
});
