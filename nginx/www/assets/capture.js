import { call, Problem, problem, Unreachable } from "./api.js";
import { CaptureStore, sha256 } from "./capture-store.js";
import { md5 } from "./md5.js";
import { throughParts } from "./store-parts.js";
import { Interrupted, Refused, Upload } from "./tus.js";
import { persistently, record, sendTake } from "./upload.js";

// Takes that survive the page: every chunk goes to the browser's store and, in
// the background, to the server. Where a browser has no store, or a server no
// resumable uploads, a take stays in memory and is sent whole.

const PATIENCE_MS = 3000;
const lockOf = (id) => `parley-take-${id}`;

/** The takes of one interview on this device. */
export class Captures {
  #address;
  #interview;
  #store;
  #ledger;
  #ending = Promise.resolve(); // Discarded uploads are deleted before the next begins.

  /**
   * @param token the invitation's; only its hash is kept
   * @param ledger {known(takeId): resolves with {takeNumber} once the server knows of the take}
   */
  static async open(address, token, ledger) {
    const captures = new Captures();
    captures.#address = address;
    captures.#ledger = ledger;
    captures.#store = await CaptureStore.open();
    captures.#interview = globalThis.crypto?.subtle ? await sha256(`parley interview ${token}`) : null;
    return captures;
  }

  /** {store: `null` where there is none, interview: its hash, `null` where there are no hashes}. */
  get place() {
    return { store: this.#store, interview: this.#interview };
  }

  /** Whether takes outlive the page. */
  get lasting() {
    return this.#store !== null;
  }

  /** Begins a take: {id, questionId, takeNumber, mimeType}. */
  begin(about) {
    const state = {
      ...about, interview: this.#interview, begunAt: Date.now(),
      recordedMs: 0, durationSeconds: null, grant: null, announced: false,
    };
    return this.#take(state);
  }

  /**
   * The newest take that was not sent, or `null`. Those of questions for which
   * `isOpen(questionId)` is false are removed, as are drafts; a take that
   * another window is recording is left alone.
   */
  async unfinished(isOpen) {
    if (!this.#store) return null;
    const held = (await navigator.locks?.query())?.held.map(({ name }) => name) ?? [];
    let newest = null;
    for (const state of await this.#store.takes(this.#interview)) {
      if (held.includes(lockOf(state.id))) continue;
      const chunks = isOpen(state.questionId) && !newest ? await this.#store.chunks(state.id) : [];
      if (chunks.length > 0) newest = this.#take(state, chunks.map(({ bytes }) => bytes));
      else await this.#store.remove(state.id);
    }
    for (const { questionId } of await this.#store.drafts(this.#interview)) {
      if (!isOpen(questionId)) await this.forgetDraft(questionId);
    }
    return newest;
  }

  /** The draft of a written answer that this device kept, or `null`. */
  async draft(questionId) {
    return (await this.#store?.draft(this.#interview, questionId)) ?? null;
  }

  /** Keeps a draft; `false` if this browser does not. */
  async keepDraft(questionId, draft) {
    if (!this.#store) return false;
    try {
      await this.#store.putDraft({ ...draft, interview: this.#interview, questionId });
      return true;
    } catch (error) {
      console.warn(`The browser does not keep this draft: ${error}`);
      return false;
    }
  }

  async forgetDraft(questionId) {
    await this.#store?.removeDraft(this.#interview, questionId);
  }

  #take(state, chunks = []) {
    return new Take({
      state, chunks, address: this.#address, store: this.#store, ledger: this.#ledger,
      before: () => this.#ending,
      ended: (work) => { this.#ending = this.#ending.then(() => work); },
    });
  }
}

/** One take, from its first chunk to the saved answer. */
export class Take {
  #state;
  #parts;
  #address;
  #store;
  #context;
  #upload = null;
  #sequence;
  #work = Promise.resolve();
  #release = () => {};
  #retry = () => this.#upload?.retry();
  #discarded = false;
  #fallback = false;
  #fetch;

  /** Called with {sent, size, waiting} whenever the upload moves or stands. */
  onprogress = () => {};

  constructor({ state, chunks, address, store, ...context }) {
    this.#state = state;
    this.#parts = chunks;
    this.#sequence = chunks.length;
    this.#address = address;
    this.#store = store;
    this.#context = context;
    if (!store) return;
    this.#hold();
    this.#upload = this.#makeUpload();
    window.addEventListener("online", this.#retry);
    if (chunks.length === 0) return;
    this.#upload.append(this.blob);
    this.#upload.flush();
  }

  get id() { return this.#state.id; }
  get questionId() { return this.#state.questionId; }
  get takeNumber() { return this.#state.takeNumber; }

  /** When recording began, by the device's clock. */
  get begunAt() { return this.#state.begunAt; }

  /** Whether it outlives the page; it does not once the device refused to keep it, as when it is full. */
  get lasting() { return this.#store !== null; }

  /** Whether recording was cut off instead of stopped. */
  get wasCutOff() { return this.#state.durationSeconds === null; }

  /** Seconds, at least 1; of a take that was cut off, up to its last chunk. */
  get durationSeconds() {
    return this.#state.durationSeconds ?? Math.max(1, Math.ceil(this.#state.recordedMs / 1000));
  }

  get blob() {
    return new Blob(this.#parts, { type: this.#state.mimeType });
  }

  /** An address to play it from; to be revoked. */
  playback() {
    return URL.createObjectURL(this.blob);
  }

  /** Keeps a chunk; `recordedMs` is how long the take is with it. */
  add(chunk, recordedMs) {
    this.#parts.push(chunk);
    this.#state.recordedMs = recordedMs;
    const sequence = this.#sequence;
    this.#sequence += 1;
    // Kept first, then sent: the server never has what a reopened page has not.
    this.#queue(async () => {
      await this.#keep(async () => this.#store.addChunk({ ...this.#state }, sequence, await chunk.arrayBuffer()));
      this.#upload?.append(chunk);
    });
  }

  /** The recording has stopped after so many seconds. */
  stopped(durationSeconds) {
    this.#state.durationSeconds = durationSeconds;
    this.#queue(async () => {
      await this.#keep(() => this.#store.put({ ...this.#state }));
      this.#upload?.flush();
    });
    return this.#work;
  }

  /**
   * Makes the take the answer: waits until the server has every byte, then
   * saves. Passing failures are tried again for ever, others thrown as `Problem`.
   *
   * @param watch {progress(fraction 0-1), waiting(seconds, error)}
   */
  async send(watch) {
    await this.#work;
    const take = { id: this.id, blob: this.blob, questionId: this.questionId, durationSeconds: this.durationSeconds, takeNumber: this.takeNumber };
    const response = await (this.#upload ? this.#sendOn(take, watch) : this.#sendWhole(take, watch));
    await this.#forget();
    return response;
  }

  async #sendWhole(take, watch) {
    // The server counts the takes.
    const { takeNumber } = await this.#context.ledger.known(this.id);
    return sendTake(this.#address, { ...take, takeNumber }, watch);
  }

  async #sendOn(take, watch) {
    this.onprogress = ({ sent, size, waiting }) => {
      watch.progress(sent / size);
      if (waiting) watch.waiting(waiting.seconds, waiting.error);
    };
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { grant, certain } = await this.#upload.finish();
        watch.progress(1);
        return await this.#save(take, grant, certain || attempt > 0, watch);
      } catch (error) {
        if (this.#fallback) return this.#sendWhole(take, watch);
        if (error instanceof Refused) throw await problem(error.response);
        if (!(error instanceof Incomplete)) throw error;
        await this.#upload.restart();
      }
    }
  }

  async #save(take, grant, certain, watch) {
    const { takeNumber } = await this.#context.ledger.known(this.id);
    try {
      return await persistently(() => record(this.#address, { ...take, takeNumber }, grant), watch);
    } catch (error) {
      // What looked like a lost answer was an expired upload.
      throw !certain && error.status === 409 ? new Incomplete() : error;
    }
  }

  /** Throws the take away, here and on the server. */
  discard() {
    const upload = this.#upload;
    this.#upload = null;
    if (upload) this.#context.ended(upload.terminate().catch(() => {})); // Else it expires there by itself.
    return this.#forget();
  }

  async #forget() {
    this.#discarded = true;
    window.removeEventListener("online", this.#retry);
    this.#upload?.stop();
    await this.#work;
    await this.#keep(() => this.#store.remove(this.#state.id));
    this.#release();
  }

  // Others can tell from the lock that this take is being worked on.
  #hold() {
    navigator.locks?.request(lockOf(this.#state.id), () => new Promise((resolve) => { this.#release = resolve; }));
  }

  #queue(step) {
    this.#work = this.#work.then(() => (this.#discarded ? null : step()));
  }

  // A store that is full or broken is done without; the upload goes on from memory.
  async #keep(write) {
    if (!this.#store) return;
    try {
      await write();
    } catch (error) {
      console.warn(`The browser does not keep this take: ${error}`);
      this.#store = null;
    }
  }

  #makeUpload() {
    this.#go(this.#state.grant);
    return new Upload({
      create: () => this.#create(),
      grant: this.#state.grant,
      announced: this.#state.announced,
      remember: (known) => {
        Object.assign(this.#state, known);
        return this.#discarded ? null : this.#keep(() => this.#store.put({ ...this.#state }));
      },
      report: (progress) => this.onprogress(progress),
      fetch: (...request) => this.#fetch(...request),
      digest: (bytes) => crypto.subtle.digest("SHA-256", bytes),
      sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }),
      now: () => performance.now(),
    });
  }

  // An upload to a store that is not ours goes another way.
  #go(grant) {
    this.#fetch = grant?.transport === "parts" ? throughParts(this.#address, grant.videoKey, md5) : (...request) => fetch(...request);
    return grant;
  }

  async #create() {
    await this.#context.before();
    const { id, questionId, mimeType } = this.#state;
    const { takeNumber } = await soon(this.#context.ledger.known(id));
    try {
      return this.#go(await call("POST", `${this.#address}/uploads`, { questionId, mimeType, takeNumber, takeId: id }));
    } catch (error) {
      if (error instanceof Unreachable) throw new Interrupted();
      this.#fallback = error instanceof Problem && [404, 405, 501].includes(error.status);
      throw error;
    }
  }
}

/** A take that was recorded on another device and has arrived whole. */
export class RemoteTake {
  #address;
  #kept;
  #questionId;

  /** @param kept {takeNumber, durationSeconds, videoKey, videoUrl, playbackUrl}, as the server has it */
  constructor(address, questionId, kept) {
    this.#address = address;
    this.#questionId = questionId;
    this.#kept = kept;
  }

  get questionId() { return this.#questionId; }
  get durationSeconds() { return this.#kept.durationSeconds; }
  get wasCutOff() { return false; }
  get lasting() { return true; }

  playback() {
    return this.#kept.playbackUrl;
  }

  /** As that of `Take`; nothing has to be uploaded. */
  send(watch) {
    watch.progress(1);
    const { durationSeconds, takeNumber } = this.#kept;
    return persistently(() => record(this.#address, { questionId: this.#questionId, durationSeconds, takeNumber }, this.#kept), watch);
  }

  /** A retake replaces it on the server. */
  discard() {}
}

// What is not known soon is waited for as an answer of the server is: not for ever, and again.
function soon(promise) {
  let timer;
  const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Interrupted()), PATIENCE_MS); });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** The upload had ended, but not with all bytes. */
class Incomplete extends Error {}
