/** A failure the server described: an RFC 9457 problem with a stable `code`. */
export class Problem extends Error {
  constructor({ status, code, detail, errors, retryAfter, reason }) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.errors = errors ?? [];
    this.retryAfter = retryAfter ?? null;
    /** What a `code` stands for in particular, such as WITHDRAWN. */
    this.reason = reason ?? null;
  }
}

/** No answer came: the device is offline or the server cannot be reached. */
export class Unreachable extends Error {
  constructor() {
    super("The server could not be reached.");
    this.name = "Unreachable";
  }
}

/**
 * Calls the server and returns its JSON (`null` for 204). Throws `Problem` or `Unreachable`.
 *
 * A recruiter's change has an Idempotency-Key, so when its answer is lost it is sent once more
 * and still takes effect once. (What candidates send has ids of its own.)
 */
export async function call(method, path, body = undefined, options = {}) {
  const headers = body === undefined ? {} : { "Content-Type": "application/json" };
  const isKeyed = method !== "GET" && path.startsWith("/api/") && !path.startsWith("/api/candidate/");
  if (isKeyed) headers["Idempotency-Key"] = randomKey();
  const request = {
    method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store", ...options,
  };
  const response = await send(path, request, isKeyed ? 2 : 1);
  if (!response.ok) throw await problem(response);
  return response.status === 204 ? null : response.json();
}

async function send(path, request, tries) {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    if (tries > 1) return send(path, request, tries - 1);
    throw new Unreachable();
  }
}

/** 128 random bits; `crypto.randomUUID` is there on https pages only. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What an answer that is not a success says. */
export async function problem(response) {
  let content = {};
  try {
    content = await response.json();
  } catch {
    // A proxy's own error page is not JSON; the status still tells what happened.
  }
  return new Problem({
    status: response.status,
    code: content.code ?? (response.status >= 500 ? "UNAVAILABLE" : "INTERNAL_ERROR"),
    detail: content.detail ?? content.title ?? `The server answered ${response.status}.`,
    errors: content.errors,
    retryAfter: Number(response.headers.get("Retry-After")) || null,
    reason: content.reason,
  });
}

/** Whether trying the same call again later may succeed. */
export function isPassing(error) {
  return error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));
}
