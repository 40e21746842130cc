// Stores that are not ours take each part of an upload by a request of its own, which our server signs. Here the client of
// resumable uploads (tus.js) is answered as a tus server would answer it, so that for the page all stores are alike.

const JSON_TYPE = { "Content-Type": "application/json" };

/**
 * What to give the client instead of `fetch`, for one upload.
 *
 * @param address that of the interview's routes
 * @param md5     (blob): Promise<digest in base 64>; the store takes no other bytes than those
 * @param send    `fetch`
 */
export function throughParts(address, videoKey, md5, send = fetch) {
  const route = `${address}/uploads`;
  const query = new URLSearchParams({ videoKey });
  let position = 0; // Parts that have arrived before the next.

  async function ask(request) {
    const response = await send(`${route}/parts?${query}`, request);
    if (!response.ok) return response;
    const { offset, parts, isStored } = await response.json();
    position = parts;
    return reply(200, { "Upload-Offset": String(offset), ...(isStored && { "Upload-Length": String(offset) }) });
  }

  async function store(body, offset, signal) {
    const order = { videoKey, position, offset, size: body.byteLength, md5: await md5(new Blob([body])) };
    const granted = await send(`${route}/part`, { method: "POST", headers: JSON_TYPE, body: JSON.stringify(order), signal });
    if (!granted.ok) return granted;
    const { method, url, headers, isNoted } = await granted.json();
    const stored = await send(url, { method, headers, body, signal, credentials: "omit", referrerPolicy: "no-referrer" });
    const answer = await stored.text(); // The connection is not free for the next part before.
    // What a store refuses, damaged bytes included, is signed anew after asking how far it is.
    if (!stored.ok) return reply(stored.status < 500 ? 409 : 503);
    if (isNoted) {
      const { etag: tag } = JSON.parse(answer);
      const note = JSON.stringify({ videoKey, position, size: body.byteLength, tag });
      const noted = await send(`${route}/part`, { method: "PUT", headers: JSON_TYPE, body: note, signal });
      if (!noted.ok) return noted;
    }
    position += 1;
    return stored;
  }

  async function patch({ headers, body, signal }) {
    const offset = Number(headers["Upload-Offset"]);
    if (body.byteLength > 0) {
      const stored = await store(body, offset, signal);
      if (!stored.ok) return stored;
    }
    const size = headers["Upload-Length"];
    if (size !== undefined) {
      const order = JSON.stringify({ videoKey, size: Number(size) });
      const completed = await send(`${route}/complete`, { method: "POST", headers: JSON_TYPE, body: order, signal });
      if (!completed.ok) return completed;
    }
    return reply(204, { "Upload-Offset": String(offset + body.byteLength) });
  }

  return (_, { method, headers, body, signal, cache }) => {
    switch (method) {
      case "HEAD": return ask({ signal, cache });
      case "PATCH": return patch({ headers, body, signal });
      default: return send(`${route}/parts?${query}`, { method, signal });
    }
  };
}

function reply(status, headers = {}) {
  return new Response(null, { status, headers });
}
