import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { test } from "node:test";
import { load } from "./load.mjs";

const { Upload } = await load("tus.js");
const MIB = 1024 * 1024;

/** A tus server in memory, with `faults`: what to do instead of answering a request, first come first served. */
class Server {
  uploads = new Map();
  requests = [];
  faults = [];
  created = 0;
  current = null;

  create() {
    if (!this.current || !this.uploads.has(this.current)) {
      this.created += 1;
      this.current = `key-${this.created}`;
      this.uploads.set(this.current, { bytes: new Uint8Array(), length: null });
    }
    return { uploadUrl: `https://host/uploads/${this.current}`, videoKey: this.current, chunkBytes: 2 * MIB };
  }

  async fetch(address, { method, headers, body }) {
    const request = { method, headers, size: body?.byteLength ?? 0 };
    this.requests.push(request);
    const fault = this.faults.length > 0 && this.faults[0].method === method ? this.faults.shift() : null;
    if (fault?.instead) return fault.instead();
    const answer = this.answer(address.split("/").at(-1), method, headers, body);
    return fault?.after ? fault.after() : answer;
  }

  answer(key, method, headers, body) {
    const upload = this.uploads.get(key);
    if (!upload || (upload.length !== null && upload.bytes.length === upload.length)) return reply(410);
    if (method === "DELETE") return this.uploads.delete(key), reply(204);
    if (method === "PATCH") {
      if (Number(headers["Upload-Offset"]) !== upload.bytes.length) return reply(409);
      assert.equal(headers["Tus-Resumable"], "1.0.0");
      assert.equal(headers["Content-Type"], "application/offset+octet-stream");
      const piece = new Uint8Array(body);
      if (piece.length > 0) assert.equal(headers["Upload-Checksum"], `sha256 ${createHash("sha256").update(piece).digest("base64")}`);
      upload.bytes = Buffer.concat([upload.bytes, piece]);
      if (headers["Upload-Length"]) upload.length = Number(headers["Upload-Length"]);
    }
    const length = upload.length === null ? { "Upload-Defer-Length": "1" } : { "Upload-Length": String(upload.length) };
    return reply(method === "PATCH" ? 204 : 200, { "Upload-Offset": String(upload.bytes.length), ...length });
  }

  sent() {
    return this.requests.filter(({ method }) => method === "PATCH").map(({ size }) => size);
  }

  lengths() {
    return this.requests.map(({ headers }) => headers["Upload-Length"]).filter(Boolean);
  }
}

const reply = (status, headers = {}) => new Response(null, { status, headers });
const offline = () => { throw new TypeError("Failed to fetch"); };

function begin(server, more = {}) {
  const known = {};
  const reports = [];
  const upload = new Upload({
    create: async () => server.create(),
    remember: async (what) => Object.assign(known, what),
    report: (what) => reports.push(what),
    fetch: (...request) => server.fetch(...request),
    digest: (bytes) => webcrypto.subtle.digest("SHA-256", bytes),
    sleep: () => new Promise((resolve) => { setImmediate(resolve); }),
    now: () => 0,
    ...more,
  });
  return { upload, known, reports };
}

const noise = (size) => {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index += 1) bytes[index] = (index * 31 + (index >> 8)) & 255;
  return bytes;
};
const turn = () => new Promise((resolve) => { setImmediate(resolve); });
const until = async (condition) => { while (!condition()) await turn(); };
/** Until the server has said that it has at least so many bytes. */
const acknowledged = (reports, size) => until(() => reports.some(({ sent }) => sent >= size));
const same = (server, bytes, key = server.current) => assert.deepEqual(Buffer.from(server.uploads.get(key).bytes), Buffer.from(bytes));

test("bytes go while they come into being, and the length only with the last", async () => {
  const server = new Server();
  const bytes = noise(2.5 * MIB);
  const { upload, reports } = begin(server);
  for (let from = 0; from < bytes.length; from += MIB / 2) {
    upload.append(new Blob([bytes.subarray(from, from + MIB / 2)]));
    await turn();
  }
  await acknowledged(reports, 2 * MIB);
  assert.ok(server.sent().length >= 2);
  assert.deepEqual(server.lengths(), []);
  const { grant, certain } = await upload.finish();
  assert.deepEqual([grant.videoKey, certain], ["key-1", true]);
  assert.deepEqual(server.lengths(), [String(bytes.length)]);
  assert.equal(server.sent().reduce((sum, size) => sum + size, 0), bytes.length);
  assert.equal(reports.at(-1).sent, bytes.length);
  same(server, bytes);
});

test("small parts are gathered before they are sent", async () => {
  const server = new Server();
  const { upload, reports } = begin(server);
  for (let count = 0; count < 3; count += 1) upload.append(new Blob([noise(100)]));
  await acknowledged(reports, 0);
  assert.deepEqual(server.sent(), []);
  upload.append(new Blob([noise(100)]));
  await acknowledged(reports, 400);
  assert.deepEqual(server.sent(), [400]);
});

test("an upload is complete when its recording has ended, whether it is used or not", async () => {
  const server = new Server();
  const { upload, reports } = begin(server);
  upload.append(new Blob([noise(1000)]));
  upload.flush();
  await acknowledged(reports, 1000);
  assert.deepEqual(server.lengths(), ["1000"]);
  assert.equal((await upload.finish()).certain, true);
  assert.deepEqual(server.sent(), [1000]);
});

test("a recording whose bytes are all there when it ends is completed by an empty PATCH", async () => {
  const server = new Server();
  const { upload, reports } = begin(server);
  upload.append(new Blob([noise(MIB)]));
  await acknowledged(reports, MIB);
  assert.deepEqual(server.lengths(), []);
  await upload.finish();
  assert.deepEqual(server.sent(), [MIB, 0]);
  assert.equal(server.requests.at(-1).headers["Upload-Checksum"], undefined);
});

test("nothing is sent of a recording without bytes", async () => {
  const server = new Server();
  const { upload } = begin(server);
  upload.append(new Blob([]));
  upload.flush();
  for (let count = 0; count < 20; count += 1) await turn();
  assert.deepEqual(server.sent(), []);
});

test("nothing larger than the server's limit is sent", async () => {
  const server = new Server();
  const { upload } = begin(server);
  upload.append(new Blob([noise(7 * MIB)]));
  await upload.finish();
  assert.ok(Math.max(...server.sent()) <= 2 * MIB);
  assert.ok(server.sent().includes(2 * MIB));
});

test("a reopened page goes on where the server is", async () => {
  const server = new Server();
  const bytes = noise(1.5 * MIB);
  const first = begin(server);
  first.upload.append(new Blob([bytes.subarray(0, MIB)]));
  await acknowledged(first.reports, MIB);
  first.upload.stop();
  const before = server.requests.length;
  const second = begin(server, first.known);
  second.upload.append(new Blob([bytes]));
  await second.upload.finish();
  assert.equal(server.created, 1);
  assert.deepEqual(server.requests.slice(before).map(({ method, size }) => [method, size]), [["HEAD", 0], ["PATCH", MIB / 2]]);
  same(server, bytes);
});

test("a piece whose answer was lost is not sent again", async () => {
  const server = new Server();
  const bytes = noise(MIB + 5);
  const { upload } = begin(server);
  server.faults.push({ method: "PATCH", after: offline });
  upload.append(new Blob([bytes]));
  await upload.finish();
  assert.deepEqual(server.sent(), [MIB, 5]);
  same(server, bytes);
});

test("409 asks for the offset and goes on", async () => {
  const server = new Server();
  const bytes = noise(300_000);
  const { upload } = begin(server);
  server.faults.push({ method: "PATCH", instead: () => reply(409) });
  upload.append(new Blob([bytes]));
  await upload.finish();
  assert.deepEqual(server.requests.map(({ method }) => method), ["HEAD", "PATCH", "HEAD", "PATCH"]);
  same(server, bytes);
});

test("423 waits and goes on", async () => {
  const server = new Server();
  const { upload, reports } = begin(server);
  server.faults.push({ method: "PATCH", instead: () => reply(423, { "Retry-After": "3" }) });
  upload.append(new Blob([noise(100)]));
  await upload.finish();
  assert.deepEqual(reports.filter(({ waiting }) => waiting).map(({ waiting }) => waiting.seconds), [3, 2, 1]);
});

test("460 sends the piece again, but not for ever", async () => {
  const server = new Server();
  const { upload } = begin(server);
  server.faults.push({ method: "PATCH", instead: () => reply(460) });
  upload.append(new Blob([noise(100)]));
  await upload.finish();
  assert.deepEqual(server.sent(), [100, 100]);
  const broken = new Server();
  const other = begin(broken);
  for (let count = 0; count < 20; count += 1) broken.faults.push({ method: "PATCH", instead: () => reply(460) }, { method: "HEAD", instead: () => reply(200, { "Upload-Offset": "0" }) });
  other.upload.append(new Blob([noise(100)]));
  await assert.rejects(other.upload.finish(), { status: 460 });
});

test("offline is waited out however long, with growing waits, and `retry` cuts a wait short", async () => {
  const server = new Server();
  let connected = false;
  const waits = [];
  const { upload, reports } = begin(server, {
    fetch: (...request) => (connected ? server.fetch(...request) : offline()),
    report: ({ waiting }) => waiting && waits.push(waiting.seconds),
  });
  upload.append(new Blob([noise(100)]));
  const finished = upload.finish();
  await until(() => waits.includes(30));
  assert.deepEqual(waits.slice(0, 7), [1, 2, 1, 4, 3, 2, 1]);
  connected = true;
  upload.retry();
  assert.equal((await finished).certain, true);
  assert.deepEqual(reports, []);
});

test("an expired upload is replaced, and everything is sent to the new one", async () => {
  const server = new Server();
  const bytes = noise(MIB + 10);
  const { upload, reports } = begin(server);
  upload.append(new Blob([bytes]));
  await acknowledged(reports, MIB);
  server.uploads.delete("key-1");
  const { grant } = await upload.finish();
  assert.equal(grant.videoKey, "key-2");
  same(server, bytes);
});

test("bytes that another device began with are not mixed with ours", async () => {
  const server = new Server();
  server.create();
  server.uploads.get("key-1").bytes = noise(50).reverse();
  const { upload } = begin(server);
  upload.append(new Blob([noise(100)]));
  await upload.finish();
  same(server, noise(100), "key-2");
});

test("a completed upload whose last answer was lost is not sent again", async () => {
  const server = new Server();
  const { upload } = begin(server);
  server.faults.push({ method: "PATCH", after: offline });
  upload.append(new Blob([noise(100)]));
  const { grant, certain } = await upload.finish();
  assert.deepEqual([grant.videoKey, certain], ["key-1", false]);
  assert.deepEqual(server.sent(), [100]);
});

test("a refusal ends it, and finishing again tries again", async () => {
  const server = new Server();
  const { upload } = begin(server);
  server.faults.push({ method: "PATCH", instead: () => reply(413) });
  upload.append(new Blob([noise(100)]));
  await assert.rejects(upload.finish(), { status: 413 });
  assert.equal((await upload.finish()).certain, true);
});

test("a discarded take is deleted on the server", async () => {
  const server = new Server();
  const { upload, reports } = begin(server);
  upload.append(new Blob([noise(2 * MIB)]));
  await acknowledged(reports, 2 * MIB);
  await upload.terminate();
  assert.equal(server.uploads.size, 0);
  const count = server.requests.length;
  upload.append(new Blob([noise(2 * MIB)]));
  await turn();
  assert.equal(server.requests.length, count);
});
