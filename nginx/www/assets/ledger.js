// What this page tells the server about takes, and in which order. Recording
// never waits for it: what cannot be told now is told when the network is back.

const LONGEST_WAIT_MS = 30_000;
const LONGEST_AGO_SECONDS = 86_400;

/** A ledger that nothing is entered into, as for practice. */
export const noLedger = { open: async () => null, begin() {}, end() {}, close() {} };

/** The page's side of the ledger of one interview's takes. */
export class Ledger {
  #options;
  #queue = [];
  #sending = false;
  #attempt = 0;
  #last = null; // The newest entry the server has.
  #known = new Map(); // takeId → {promise, resolve, reject, refused} of what the server knows of it
  #nudge = () => {};

  /**
   * @param options {
   *   session: the page's UUID,
   *   post(path, body): Promise of the answer,
   *   isPassing(error): whether telling it again may help,
   *   refused(error): something was refused for good; TAKEN_OVER if another page goes on,
   *   now(): monotonic ms, sleep(ms) }
   */
  constructor(options) {
    this.#options = options;
  }

  /**
   * Opens a question on this page, which from then on holds the interview.
   * Rejects at once when the server cannot be reached.
   *
   * @param retake whether to give up the take that was recorded
   * @returns what the server holds of the question
   */
  open(questionId, { retake = false } = {}) {
    const { session } = this.#options;
    // Who was overtaken meanwhile hears of it before taking anything back.
    if (retake) this.check();
    return this.#enter({ path: "/question", body: () => ({ questionId, session, retake }), impatient: true });
  }

  /** Recording began at `at` (ms of `now`). */
  begin({ takeId, questionId, at }) {
    const { session, now } = this.#options;
    const secondsAgo = () => Math.min(LONGEST_AGO_SECONDS, Math.max(0, (now() - at) / 1000));
    // What was refused, as while another page went on, is told of again when this one goes on with the take.
    if (this.#known.get(takeId)?.refused) this.#known.delete(takeId);
    const knowing = this.#knowing(takeId);
    this.#enter({ path: "/take", takeId, body: () => ({ takeId, questionId, session, secondsAgo: secondsAgo() }) })
      .then(knowing.resolve, (error) => {
        knowing.refused = true;
        knowing.reject(error);
      });
  }

  /** A take ended: "RECORDED", or "INTERRUPTED" by a fault, which costs nothing. */
  end({ takeId, outcome, durationSeconds }) {
    const { session } = this.#options;
    this.#enter({ path: "/take/end", takeId, body: () => ({ takeId, session, outcome, durationSeconds }) }).catch(() => {});
  }

  /** Resolves with {takeNumber, …} once the server knows the take; rejects if it never will. */
  known(takeId) {
    return this.#knowing(takeId).promise;
  }

  /** Says that this page is there, and learns whether another one goes on. */
  check() {
    if (this.#last) this.#enter({ ...this.#last, impatient: true }).catch(() => {});
  }

  /** The question is left: nothing of it has to be checked any more. */
  close() {
    this.#last = null;
  }

  /** Tries again at once, as when the network is back. */
  retry() {
    this.#nudge();
  }

  #enter(entry) {
    const settled = withResolvers();
    this.#queue.push({ ...entry, ...settled });
    if (entry.impatient) this.retry();
    this.#send();
    return settled.promise;
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#queue.length > 0) {
      const [entry] = this.#queue;
      try {
        const answer = await this.#options.post(entry.path, entry.body());
        this.#attempt = 0;
        this.#queue.shift();
        if (entry.takeId) this.#last = { path: entry.path, takeId: entry.takeId, body: entry.body };
        entry.resolve(answer);
      } catch (error) {
        if (this.#options.isPassing(error)) await this.#wait(error);
        else this.#refuse(entry, error);
      }
    }
    this.#sending = false;
  }

  // Who is impatient is told that it does not work now; the rest stays in line.
  async #wait(error) {
    const impatient = this.#queue.filter((entry) => entry.impatient);
    this.#queue = this.#queue.filter((entry) => !entry.impatient);
    for (const entry of impatient) entry.reject(error);
    if (this.#queue.length === 0) return;
    const ms = error.retryAfter ? error.retryAfter * 1000 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#attempt);
    this.#attempt += 1;
    await Promise.race([this.#options.sleep(ms), new Promise((resolve) => { this.#nudge = resolve; })]);
  }

  #refuse(entry, error) {
    this.#queue.shift();
    entry.reject(error);
    if (error.code === "TAKEN_OVER") {
      for (const { reject } of this.#queue.splice(0)) reject(error);
      this.#last = null;
    } else if (entry.path === "/take/end") {
      return console.warn(`The end of a take was refused: ${error.message}`); // Saving the answer tells, too.
    }
    // Whoever opens a question hears of it by the answer.
    if (entry.path !== "/question") this.#options.refused(error);
  }

  #knowing(takeId) {
    if (!this.#known.has(takeId)) {
      const knowing = withResolvers();
      knowing.promise.catch(() => {});
      this.#known.set(takeId, knowing);
    }
    return this.#known.get(takeId);
  }
}

function withResolvers() {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
}
