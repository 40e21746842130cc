import { call, isPassing, Problem } from "../api.js";
import { md5 } from "../md5.js";
import { ownRecordingType, TakeRecorder } from "../recorder.js";
import { put } from "../upload.js";

// The proof that an answer would arrive: five seconds, recorded and sent as
// answers are, and judged by the server from what it decodes.

export const PROOF_SECONDS = 5;
const TICK_MS = 100;
const START_MS = 10_000;
const SEND_MS = 120_000;
const TRIES = 3;

/** Why a test has no verdict: the middle part of the `proof.….title` texts. */
export class ProofFault extends Error {
  constructor(reason, cause = null) {
    super(reason, { cause });
    this.name = "ProofFault";
    this.reason = reason;
  }
}

/**
 * Records the stream for five seconds.
 *
 * @param signal of an AbortController: ends the test
 * @param tick called with the seconds left, as they pass
 */
export async function recordProof(stream, signal, tick) {
  const chunks = [];
  let lose;
  const lost = new Promise((_, reject) => { lose = () => reject(new ProofFault("nothing")); });
  lost.catch(() => {}); // A device may be lost when nobody waits for it any more.
  const recorder = new TakeRecorder(stream, {
    chunk: (chunk) => chunks.push(chunk),
    fault: lose,
  });
  try {
    await Promise.race([recorder.start(), lost, rejectedAfter(START_MS)]);
    await Promise.race([countDown(signal, tick), lost]);
  } finally {
    await recorder.stop();
  }
  if (chunks.length === 0) throw new ProofFault("nothing");
  return new Blob(chunks, { type: ownRecordingType() });
}

function countDown(signal, tick) {
  const ends = performance.now() + PROOF_SECONDS * 1000;
  return new Promise((resolve, reject) => {
    const step = () => {
      const left = ends - performance.now();
      if (left > 0 && !signal.aborted) return tick(left / 1000);
      clearInterval(timer);
      if (signal.aborted) reject(new ProofFault("stopped"));
      else resolve();
    };
    const timer = setInterval(step, TICK_MS);
    step();
  });
}

function rejectedAfter(milliseconds) {
  return new Promise((_, reject) => { setTimeout(() => reject(new ProofFault("nothing")), milliseconds); });
}

/**
 * Sends a recording the way of an answer and asks what the server makes of it.
 * Throws `ProofFault`, or the `Problem` that ends the interview here.
 *
 * @param report {sending(fraction 0-1), looking()}
 * @returns {verdict, seconds: how long the upload took}
 */
export async function judgeProof(address, blob, signal, report) {
  const late = AbortSignal.timeout(SEND_MS);
  const ended = new AbortController();
  for (const one of [signal, late]) one.addEventListener("abort", () => ended.abort(), { once: true });
  try {
    const order = { mimeType: blob.type, size: blob.size, md5: await md5(blob) };
    const check = await call("POST", `${address}/device-check`, order, { signal: ended.signal });
    const begun = performance.now();
    await put(check, blob, report.sending, ended.signal);
    const seconds = (performance.now() - begun) / 1000;
    report.looking();
    return { verdict: await verdict(`${address}/device-check/result`, check.checkId, ended.signal), seconds };
  } catch (error) {
    throw signal.aborted ? new ProofFault("stopped") : fault(error);
  }
}

// What was measured is kept until it was asked for, so asking again is safe.
async function verdict(address, checkId, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call("POST", address, { checkId }, { signal });
    } catch (error) {
      if (!isPassing(error) || attempt === TRIES) throw error;
      await new Promise((resolve) => { setTimeout(resolve, 1000 * attempt); });
    }
  }
}

function fault(error) {
  if (!(error instanceof Problem)) return new ProofFault("unreachable", error);
  if (error.code === "STORAGE_FULL") return new ProofFault("full", error);
  if (error.status === 429) return new ProofFault("limited", error);
  if (isPassing(error)) return new ProofFault("unreachable", error);
  return [401, 409, 410].includes(error.status) ? error : new ProofFault("refused", error);
}
