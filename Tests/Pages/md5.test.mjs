import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";
import { load } from "./load.mjs";

const { MD5, md5 } = await load("md5.js");

const expected = (bytes, form) => createHash("md5").update(bytes).digest(form);
const whole = (bytes) => {
  const digest = new MD5();
  digest.update(bytes);
  return Buffer.from(digest.finish()).toString("hex");
};

test("the digests of RFC 1321, section A.5", () => {
  const suite = {
    "": "d41d8cd98f00b204e9800998ecf8427e",
    a: "0cc175b9c0f1b6a831c399e269772661",
    abc: "900150983cd24fb0d6963f7d28e17f72",
    "message digest": "f96b697d7cb7938d525a2f31aaf161d0",
    abcdefghijklmnopqrstuvwxyz: "c3fcd3d76192e4007dfb496cca67e13b",
    ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789: "d174ab98d277d9f5a5611c2c9f419d9f",
    "12345678901234567890123456789012345678901234567890123456789012345678901234567890": "57edf4a22be3c955ac49da2e2107b67a",
  };
  for (const [text, digest] of Object.entries(suite)) assert.equal(whole(new TextEncoder().encode(text)), digest);
});

test("any length, whole and around the ends of blocks", () => {
  for (let length = 0; length <= 260; length += 1) {
    const bytes = randomBytes(length);
    assert.equal(whole(bytes), expected(bytes, "hex"), `${length} bytes`);
  }
});

test("pieces of any length", () => {
  const bytes = randomBytes(5000);
  for (const piece of [1, 7, 55, 56, 63, 64, 65, 127, 128, 1000]) {
    const digest = new MD5();
    for (let start = 0; start < bytes.length; start += piece) digest.update(bytes.subarray(start, start + piece));
    assert.equal(Buffer.from(digest.finish()).toString("hex"), expected(bytes, "hex"), `pieces of ${piece} bytes`);
  }
});

test("a Blob of several megabytes, and an empty one", async () => {
  for (const length of [0, 256 * 1024, 5 * 1024 * 1024 + 1]) {
    const bytes = randomBytes(length);
    assert.equal(await md5(new Blob([bytes])), expected(bytes, "base64"));
  }
});
