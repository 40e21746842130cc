// A client of resumable uploads (tus 1.0, https://tus.io/protocols/resumable-upload)
// for bytes that are still growing. It knows no page and no browser storage.

const KIB = 1024;
const SMALLEST_PIECE = 256 * KIB;
const FIRST_PIECE = 1024 * KIB;
const FEW_PARTS = 4; // While bytes still come, so many are gathered before they are sent.
const QUICK_MS = 2000;
const STUCK_MS = 60_000;
const LONGEST_WAIT_SECONDS = 30;
const MOST_FRUITLESS = 5;
const MOST_REPLACED = 3;

/** No answer came from the server. */
export class Interrupted extends Error {
  constructor() {
    super("The server could not be reached.");
    this.name = "Interrupted";
  }
}

/** The server answered with a status that is not a success. */
export class Refused extends Error {
  constructor(response) {
    super(`The server answered ${response.status}.`);
    this.name = "Refused";
    this.status = response.status;
    this.response = response;
    this.retryAfter = Number(response.headers.get("Retry-After")) || null;
  }
}

/** Somebody else keeps sending other bytes to the same upload. */
export class TakenOver extends Error {
  constructor() {
    super("This answer is being sent from another window or device, too.");
    this.name = "TakenOver";
    this.code = "CONFLICT";
    this.status = 409;
  }
}

/**
 * One upload. Bytes are appended while they come into being and sent in the
 * background; `finish` says that there will be no more. What the server has
 * is asked of the server (HEAD), so bytes are never sent twice.
 *
 * @param options {
 *   create(): Promise<{uploadUrl, videoKey, chunkBytes, leastBytes, …}>, rejecting with `Interrupted`
 *     or an error with a `status`,
 *   grant: what an earlier `create` gave, if this goes on with it, or null,
 *   announced: whether the length had already been sent then,
 *   remember({grant, announced}): called when these change, awaited,
 *   report({sent, size, waiting: null | {seconds, error}}): bytes the server is known to have, bytes there are,
 *   fetch, digest(bytes): Promise<ArrayBuffer> SHA-256, sleep(ms), now(): ms }
 */
export class Upload {
  #options;
  #grant;
  #ownKey; // The upload that holds our bytes and no others.
  #bytes = new Blob();
  #parts = 0; // Appended since the last PATCH.
  #offset = null; // What the server has; null: to be asked.
  #known = 0; // What it had when it was last heard.
  #piece = FIRST_PIECE;
  #ending = false; // No byte will follow, whether the take is used or not.
  #announced; // The length was sent, so the upload may have ended unseen.
  #finished = null; // {promise, resolve, reject} once finish() was called.
  #fruitless = 0; // Failures since the server last took something.
  #replaced = 0;
  #stopped = false;
  #loop = null; // Settles when the loop that sends has ended.
  #again = false; // Something came while the loop ran.
  #flight = null;
  #nudge = () => {};

  constructor(options) {
    this.#options = options;
    this.#grant = options.grant ?? null;
    this.#ownKey = this.#grant?.videoKey ?? null;
    this.#announced = options.announced ?? false;
  }

  /** Adds a Blob at the end and starts sending. */
  append(blob) {
    this.#bytes = new Blob([this.#bytes, blob]);
    this.#parts += 1;
    this.#go();
  }

  /** Says that the recording has ended: what is left is sent without waiting for more, and is complete then. */
  flush() {
    this.#ending = true;
    this.#go();
  }

  /**
   * Resolves with {grant, certain} when the server has every byte; `certain` is
   * false if its last answer was lost. Rejects with what no repetition mends.
   */
  finish() {
    this.#finished ??= withResolvers();
    this.#stopped = false;
    this.flush();
    this.retry();
    return this.#finished.promise;
  }

  /** Tries again at once, as when the network is back. */
  retry() {
    this.#nudge();
  }

  /** Forgets the upload, so that everything is sent to a new one. */
  restart() {
    this.#finished = null;
    return this.#forget();
  }

  /** Stops sending; the upload stays as it is on the server. */
  stop() {
    this.#stopped = true;
    this.#flight?.abort();
    this.#nudge();
  }

  /** Stops, and has the server delete what it got. */
  async terminate() {
    this.stop();
    await this.#loop;
    if (this.#grant) await this.#delete();
  }

  // One loop at a time sends; it ends while there is nothing to send.
  #go() {
    this.#again = true;
    this.#loop ??= this.#run();
  }

  async #run() {
    while (this.#again && !this.#stopped) {
      this.#again = false;
      try {
        if (!await this.#step()) this.#again = true;
      } catch (error) {
        if (!this.#stopped) await this.#recover(error);
      }
    }
    this.#loop = null;
  }

  // Does what is next; true when there is nothing left to do for now.
  async #step() {
    if (!this.#grant) return this.#obtain();
    if (this.#offset === null) return this.#ask();
    const size = this.#bytes.size;
    const left = size - this.#offset;
    if (this.#finished && this.#announced && left === 0) return this.#complete(true);
    const gathered = (this.#parts >= FEW_PARTS || left >= FIRST_PIECE) && left >= this.#least;
    const enough = this.#ending ? left > 0 || (size > 0 && !this.#announced) : gathered;
    if (!enough) return true;
    await this.#send(size);
    return false;
  }

  // Some stores take no small parts, but for the last.
  get #least() {
    return this.#grant?.leastBytes ?? 1;
  }

  #complete(certain) {
    this.#finished.resolve({ grant: this.#grant, certain });
    return true;
  }

  async #obtain() {
    this.#grant = await this.#options.create();
    return false;
  }

  async #ask() {
    const response = await this.#request("HEAD");
    const offset = Number(response.headers.get("Upload-Offset"));
    const { videoKey } = this.#grant;
    // Begun by another device or an abandoned take, or more than was kept
    // here: these are not our bytes.
    if (offset > 0 && (videoKey !== this.#ownKey || offset > this.#bytes.size)) {
      this.#replaced += 1;
      if (this.#replaced > MOST_REPLACED) throw new TakenOver();
      await this.#delete();
      await this.#forget();
      return false;
    }
    this.#announced = response.headers.get("Upload-Length") !== null;
    this.#offset = offset;
    if (videoKey !== this.#ownKey) {
      this.#ownKey = videoKey;
      await this.#remember();
    }
    this.#tell();
    return false;
  }

  #forget() {
    this.#grant = null;
    this.#ownKey = null;
    this.#offset = null;
    this.#known = 0;
    this.#announced = false;
    return this.#remember();
  }

  async #send(size) {
    const from = this.#offset;
    this.#parts = 0;
    const end = Math.min(size, from + Math.max(this.#least, Math.min(this.#piece, this.#grant.chunkBytes)));
    const piece = await this.#bytes.slice(from, end).arrayBuffer();
    const headers = { "Upload-Offset": String(from), "Content-Type": "application/offset+octet-stream" };
    if (piece.byteLength > 0) headers["Upload-Checksum"] = `sha256 ${base64(await this.#options.digest(piece))}`;
    const announcing = this.#ending && end === size && !this.#announced;
    if (announcing) {
      headers["Upload-Length"] = String(size);
      this.#announced = true;
      await this.#remember();
    }
    const began = this.#options.now();
    const response = await this.#request("PATCH", headers, piece).catch((error) => {
      if (announcing && error instanceof Refused) this.#announced = false; // It was heard, and not taken.
      throw error;
    });
    this.#offset = Number(response.headers.get("Upload-Offset"));
    this.#fruitless = 0;
    if (this.#options.now() - began < QUICK_MS) this.#piece = Math.min(this.#piece * 2, this.#grant.chunkBytes);
    this.#tell();
  }

  // What went wrong decides what comes next.
  async #recover(error) {
    const { status } = error;
    const lost = status === 404 || status === 410;
    // Closed after its length was sent: very likely complete, only the answer got lost.
    if (lost && this.#announced) return this.#finished && this.#complete(false);
    const passes = error instanceof Interrupted || status === 423 || status === 429 || status >= 500;
    this.#fruitless += 1;
    if (!passes && !this.#mends(error)) return this.#fail(error);
    this.#again = true;
    this.#offset = null;
    if (error instanceof Interrupted) this.#piece = SMALLEST_PIECE;
    // Aged or gone: ask for another. Otherwise (409, 460) asking for the offset is enough.
    if (lost || status === 403) this.#grant = null;
    if (!passes && this.#fruitless === 1) return;
    await this.#wait(error.retryAfter ?? Math.min(LONGEST_WAIT_SECONDS, 2 ** (this.#fruitless - 1)), error);
  }

  #mends(error) {
    return error instanceof Refused && [403, 404, 409, 410, 460].includes(error.status) && this.#fruitless <= MOST_FRUITLESS;
  }

  // Nobody waits before finish(), which then tries once more.
  #fail(error) {
    this.#stopped = true;
    this.#offset = null;
    this.#fruitless = 0;
    this.#replaced = 0;
    this.#finished?.reject(error);
    this.#finished = null;
  }

  async #wait(seconds, error) {
    let awake = false;
    const nudged = new Promise((resolve) => { this.#nudge = () => { awake = true; resolve(); }; });
    for (let left = Math.ceil(seconds); left > 0 && !awake && !this.#stopped; left -= 1) {
      this.#tell({ seconds: left, error });
      await Promise.race([this.#options.sleep(1000), nudged]);
    }
    this.#nudge = () => {};
  }

  #tell(waiting = null) {
    this.#known = this.#offset ?? this.#known;
    this.#options.report({ sent: this.#known, size: this.#bytes.size, waiting });
  }

  #remember() {
    return this.#options.remember({ grant: this.#grant, announced: this.#announced });
  }

  async #delete() {
    try {
      await this.#request("DELETE", {}, undefined, true);
    } catch (error) {
      if (error.status !== 404 && error.status !== 410) throw error;
    }
  }

  async #request(method, headers = {}, body = undefined, always = false) {
    const flight = new AbortController();
    if (!always) this.#flight = flight;
    // What a store will not take in smaller pieces may take longer.
    const timer = setTimeout(() => flight.abort(), STUCK_MS * Math.max(1, this.#least / FIRST_PIECE));
    try {
      const response = await this.#options.fetch(this.#grant.uploadUrl, {
        method, headers: { "Tus-Resumable": "1.0.0", ...headers }, body, signal: flight.signal, cache: "no-store",
      });
      if (!response.ok) throw new Refused(response);
      return response;
    } catch (error) {
      throw error instanceof Refused ? error : new Interrupted();
    } finally {
      clearTimeout(timer);
    }
  }
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}

function base64(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)));
}
