import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { throughParts } = await load("store-parts.js");

const ADDRESS = "/api/candidate/interview/token";
const KEY = "a/b/c.webm";

/** Our server and a store, as `fetch`: answers what `routes` say for "METHOD path". */
function world(routes) {
  const asked = [];
  const fetch = async (address, { method = "GET", headers, body }) => {
    const path = address.split("?")[0];
    asked.push({ method, path, headers, body });
    const answer = routes[`${method} ${path}`];
    return typeof answer === "function" ? answer(body) : answer.clone();
  };
  return { asked, send: throughParts(ADDRESS, KEY, async (blob) => `md5 of ${blob.size}`, fetch) };
}

const json = (value, status = 200) => new Response(JSON.stringify(value), { status });
const granted = json({ method: "PUT", url: "https://store/part", headers: { "X-Of-The-Store": "yes" } }, 201);
const patch = (offset, bytes, length) => ({
  method: "PATCH", body: new ArrayBuffer(bytes),
  headers: { "Upload-Offset": String(offset), ...(length !== undefined && { "Upload-Length": String(length) }) },
});

test("each part is granted and sent to the store, after those that have arrived", async () => {
  const { asked, send } = world({
    [`GET ${ADDRESS}/uploads/parts`]: json({ offset: 100, parts: 2, isStored: false }),
    [`POST ${ADDRESS}/uploads/part`]: granted,
    "PUT https://store/part": new Response(""),
  });
  const head = await send("", { method: "HEAD", headers: {} });
  assert.equal(head.headers.get("Upload-Offset"), "100");
  assert.equal(head.headers.get("Upload-Length"), null);
  assert.equal((await send("", patch(100, 50))).headers.get("Upload-Offset"), "150");
  await send("", patch(150, 60));
  assert.deepEqual(
    asked.filter(({ method }) => method === "POST").map(({ body }) => JSON.parse(body)),
    [{ videoKey: KEY, position: 2, offset: 100, size: 50, md5: "md5 of 50" },
      { videoKey: KEY, position: 3, offset: 150, size: 60, md5: "md5 of 60" }]);
  const [put] = asked.filter(({ method }) => method === "PUT");
  assert.deepEqual([put.headers, put.body.byteLength], [{ "X-Of-The-Store": "yes" }, 50]);
});

test("the last part completes the upload, and only our server's word counts", async () => {
  for (const status of [204, 503]) {
    const { asked, send } = world({
      [`POST ${ADDRESS}/uploads/part`]: granted,
      "PUT https://store/part": new Response(""),
      [`POST ${ADDRESS}/uploads/complete`]: new Response(null, { status }),
    });
    assert.equal((await send("", patch(0, 10, 10))).status, status);
    assert.deepEqual(JSON.parse(asked.at(-1).body), { videoKey: KEY, size: 10 });
  }
});

test("what a store tells only the sender of a part is told to our server, before it counts", async () => {
  for (const status of [204, 503]) {
    const { asked, send } = world({
      [`POST ${ADDRESS}/uploads/part`]: json({ method: "POST", url: "https://store/part", headers: {}, isNoted: true }, 201),
      "POST https://store/part": json({ etag: "tag" }),
      [`PUT ${ADDRESS}/uploads/part`]: new Response(null, { status }),
    });
    assert.equal((await send("", patch(0, 10))).status, status);
    assert.deepEqual(JSON.parse(asked.at(-1).body), { videoKey: KEY, position: 0, size: 10, tag: "tag" });
  }
});

test("what is a recording already says its length", async () => {
  const { send } = world({ [`GET ${ADDRESS}/uploads/parts`]: json({ offset: 70, parts: 0, isStored: true }) });
  const head = await send("", { method: "HEAD", headers: {} });
  assert.deepEqual([head.headers.get("Upload-Offset"), head.headers.get("Upload-Length")], ["70", "70"]);
});

test("what a store refuses is asked about; what it cannot do now is tried later; neither is counted as sent", async () => {
  for (const [status, expected] of [[400, 409], [403, 409], [404, 409], [500, 503], [503, 503]]) {
    const { asked, send } = world({
      [`POST ${ADDRESS}/uploads/part`]: granted, "PUT https://store/part": new Response("<Error/>", { status }),
    });
    assert.equal((await send("", patch(0, 10, 10))).status, expected);
    assert.equal(asked.length, 2);
  }
});

test("a store that cannot be reached is an answer that never came", async () => {
  const { send } = world({
    [`POST ${ADDRESS}/uploads/part`]: granted, "PUT https://store/part": () => { throw new TypeError("Failed to fetch"); },
  });
  await assert.rejects(send("", patch(0, 10)), TypeError);
});

test("refusals of our server are handed on", async () => {
  const { send } = world({
    [`POST ${ADDRESS}/uploads/part`]: json({ code: "GONE" }, 410), [`DELETE ${ADDRESS}/uploads/parts`]: new Response(null, { status: 204 }),
  });
  assert.equal((await send("", patch(0, 10))).status, 410);
  assert.equal((await send("", { method: "DELETE", headers: {} })).status, 204);
});
