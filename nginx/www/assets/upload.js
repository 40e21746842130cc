import { call, isPassing, Problem, Unreachable } from "./api.js";
import { md5 } from "./md5.js";

const FIRST_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 30;
const MOST_REGRANTED = 3;
const DAMAGED = "CHECKSUM_MISMATCH";

/**
 * Does `work` until it succeeds. Failures that may pass are tried again for
 * ever with growing waits; anything else is thrown.
 *
 * @param watch {waiting(seconds, error)}
 */
export async function persistently(work, watch) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const seconds = error.retryAfter ?? Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** attempt);
      await pause(seconds, (left) => watch.waiting(left, error));
    }
  }
}

/**
 * Brings one take to the server in one piece: asks for a grant, PUTs the bytes
 * to the blob store, and records the response.
 *
 * @param take {id, blob, questionId, durationSeconds, takeNumber}
 * @param watch {progress(fraction 0-1), waiting(seconds, error)}
 */
export function sendTake(address, take, watch) {
  const steps = { address, take, watch, grant: null, regranted: 0 };
  return persistently(() => bring(steps), watch);
}

async function bring(steps) {
  if (!steps.grant) await store(steps);
  try {
    return await record(steps.address, steps.take, steps.grant);
  } catch (error) {
    if (error.code !== DAMAGED) throw error;
    // What the store has is not what was sent.
    steps.grant = null;
    regrant(steps, error);
    return bring(steps);
  }
}

async function store(steps) {
  const { id, blob, questionId } = steps.take;
  const query = new URLSearchParams({ questionId, takeId: id, mimeType: blob.type, size: blob.size, md5: await md5(blob) });
  const grant = await call("GET", `${steps.address}/upload-url?${query}`);
  try {
    await put(grant, blob, steps.watch.progress);
  } catch (error) {
    const status = error instanceof Problem ? error.status : null;
    // A grant that aged or was used by a try whose answer got lost, or bytes damaged on their way: ask for another. Where
    // a store says that there is something (409, 412), it is ours, and recording the response finds out whether it is whole.
    if (status === 410 || status === 403 || error.code === DAMAGED) {
      regrant(steps, error);
      return store(steps);
    }
    if (status !== 409 && status !== 412) throw error;
  }
  steps.grant = grant;
}

function regrant(steps, error) {
  if ((steps.regranted += 1) > MOST_REGRANTED) throw error;
}

/** Makes stored bytes ({videoKey, videoUrl}) the answer to the take's question. */
export async function record(address, { questionId, durationSeconds, takeNumber }, { videoKey, videoUrl }) {
  try {
    return await call("POST", `${address}/response`, { questionId, videoKey, videoUrl, durationSeconds, takeNumber });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 409) throw error;
    // The answer to an earlier try may have been lost on the way back.
    const { responses } = await call("GET", address);
    const known = responses.find((response) => response.questionId === questionId);
    if (known?.status === "SUBMITTED" && known.takeNumber === takeNumber) return known;
    throw error;
  }
}

/**
 * PUTs bytes to a grant's address. XMLHttpRequest, because fetch does not
 * report the progress of an upload.
 *
 * @param progress called with the fraction sent, 0-1
 * @param signal ends it, as if the connection had been cut
 */
export function put(grant, blob, progress, signal = null) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.open(grant.method, grant.uploadUrl);
    for (const [name, value] of Object.entries(grant.headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    for (const end of ["error", "abort"]) request.addEventListener(end, () => reject(new Unreachable()));
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) return resolve();
      reject(refusal(request));
    });
    request.send(blob);
  });
}

function refusal(request) {
  let content = {};
  try {
    content = JSON.parse(request.responseText);
  } catch {
    // The store need not answer in JSON; the status is enough, but for S3's and Azure's word for damage.
    if (/<Code>(BadDigest|Md5Mismatch)</.test(request.responseText)) content.code = DAMAGED;
  }
  return new Problem({
    status: request.status,
    code: content.code ?? "INTERNAL_ERROR",
    detail: content.detail ?? `The recording was not accepted (${request.status}).`,
    retryAfter: Number(request.getResponseHeader("Retry-After")) || null,
  });
}

/** Why something waits, for people: the name of the error, or the code of what must be said otherwise. */
export function reasonToWait(error) {
  return error.code === "STORAGE_FULL" ? error.code : error.name;
}

// Counts down once a second; ends early when the network comes back.
function pause(seconds, report) {
  return new Promise((resolve) => {
    let left = Math.ceil(seconds);
    const end = () => {
      clearInterval(timer);
      window.removeEventListener("online", end);
      resolve();
    };
    const timer = setInterval(() => {
      left -= 1;
      if (left <= 0) end();
      else report(left);
    }, 1000);
    window.addEventListener("online", end);
    report(left);
  });
}
