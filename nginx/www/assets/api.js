/** A failure the server described: an RFC 9457 problem with a stable `code`; `members` is all that it said. */
export class Problem extends Error {
  constructor({ status, code, detail, errors, retryAfter, members }) {
    super(detail);
    this.name = "Problem";
    this.status = status;
    this.code = code;
    this.errors = errors ?? [];
    this.retryAfter = retryAfter ?? null;
    this.members = members ?? {};
  }
}

/** No answer came: the device is offline or the server cannot be reached. */
export class Unreachable extends Error {
  constructor() {
    super("The server could not be reached.");
    this.name = "Unreachable";
  }
}

/** Calls the server and returns its JSON (`null` for 204). Throws `Problem` or `Unreachable`. */
export async function call(method, path, body = undefined, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      ...options,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  if (!response.ok) throw await problem(response);
  return response.status === 204 ? null : response.json();
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
    members: content,
    retryAfter: Number(response.headers.get("Retry-After")) || null,
  });
}

/** Whether trying the same call again later may succeed. */
export function isPassing(error) {
  return error instanceof Unreachable || (error instanceof Problem && (error.status >= 500 || error.status === 429));
}
