// What one page load has to report: events with numbers of its own from 0 on,
// and its detectors' times. What is not known to have arrived is sent again; the
// server tells by the numbers what it has already, and what never came.

const MOST_EVENTS = 200; // in one report, as the server takes them
// Browsers let 64 KiB outlive the page, over all that is under way; some is left for the rest of the body.
const MOST_BYTES = 60 * 1024;
const GATHER_MS = 3000;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 5000;
const ABOUT_CONTENT = [400, 413]; // statuses that speak of the report, not of the interview

const encoder = new TextEncoder();
const sizeOf = (value) => encoder.encode(JSON.stringify(value)).length + 1;

/** The first of the events that one report can take: at least one, if there is one. */
export function firstBatch(events, most = MOST_EVENTS, bytes = MOST_BYTES) {
  let size = 0;
  const tooMany = events.findIndex((event, index) => {
    size += sizeOf(event);
    return index > 0 && (index === most || size > bytes);
  });
  return tooMany < 0 ? events : events.slice(0, tooMany);
}

/** Reports the events of one page load, each until the server has it. */
export class EventQueue {
  #session;
  #unsent;
  #next;
  #way;
  #sending = null;
  #isClosed = false;
  #dueAt;
  #notBefore = 0;

  /**
   * @param session UUID of the page load
   * @param events of an earlier page load that may not have arrived
   * @param way how everything gets out: {
   *   post(report): resolves when the server has it,
   *   isPassing(error): whether what `post` threw may succeed later,
   *   beacon(report): whether the browser took it to send while the page goes,
   *   keep(session, events): so that they outlive the page; none are to be forgotten,
   *   detectors(): their times as the report has them,
   *   now(): milliseconds, never going back }
   */
  constructor({ session, events = [], ...way }) {
    this.#session = session;
    this.#unsent = events;
    this.#next = (events.at(-1)?.sequence ?? -1) + 1;
    this.#way = way;
    this.#dueAt = events.length > 0 ? way.now() : way.now() + HEARTBEAT_MS;
  }

  /** Whether the server will take nothing more from this page. */
  get isClosed() { return this.#isClosed; }

  get isEmpty() { return this.#unsent.length === 0; }

  /** Whether it is time to send: soon after an event, now and then without one. */
  get isDue() { return !this.#isClosed && this.#way.now() >= this.#dueAt; }

  /** Takes up {questionId?, eventType, metadata?, occurredAt}. */
  add(event) {
    if (this.#isClosed) return;
    this.#unsent = [...this.#unsent, { sequence: this.#next, ...event }];
    this.#next += 1;
    this.#dueAt = Math.min(this.#dueAt, Math.max(this.#way.now() + GATHER_MS, this.#notBefore));
    this.#keep();
  }

  /** No need to wait any longer, as when the device is online again. */
  hurry() {
    this.#notBefore = 0;
    this.#dueAt = this.#way.now();
  }

  /** Sends everything there is. Resolves when it arrived, or later will be tried again. */
  send() {
    if (this.#isClosed) return Promise.resolve();
    this.#sending ??= this.#attempt().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  /**
   * Sends everything while the page goes. Whether it arrives is not told, so
   * it stays to be sent again.
   */
  leave() {
    let rest = this.#unsent;
    while (!this.#isClosed) {
      const batch = firstBatch(rest);
      rest = rest.slice(batch.length);
      if (!this.#way.beacon(this.#report(batch)) || rest.length === 0) return;
    }
  }

  async #attempt() {
    try {
      await this.#sendAll();
      this.#notBefore = 0;
      this.#dueAt = this.#way.now() + HEARTBEAT_MS;
    } catch (error) {
      if (!this.#way.isPassing(error)) return this.#refused(error);
      this.#notBefore = this.#dueAt = this.#way.now() + (error.retryAfter * 1000 || RETRY_MS);
    }
  }

  async #sendAll() {
    let most = MOST_EVENTS;
    do {
      const batch = firstBatch(this.#unsent, most);
      try {
        await this.#way.post(this.#report(batch));
      } catch (error) {
        if (!ABOUT_CONTENT.includes(error.status) || batch.length === 0) throw error;
        if (batch.length > 1) {
          most = Math.ceil(batch.length / 2);
          continue;
        }
        // One event must not hold up the others. Its number stays missing, and shows.
        console.warn(`${batch[0].eventType} was refused: ${error.message}`);
      }
      this.#forget(batch);
    } while (this.#unsent.length > 0);
  }

  // Submitted, past the deadline, or not agreed to: nothing more is taken, and nobody is bothered with it.
  #refused(error) {
    if (error.status === undefined) throw error;
    this.#isClosed = true;
    this.#forget(this.#unsent);
  }

  #report(events) {
    return { session: this.#session, events, detectors: this.#way.detectors() };
  }

  #forget(events) {
    if (events.length === 0) return;
    const numbers = new Set(events.map(({ sequence }) => sequence));
    this.#unsent = this.#unsent.filter(({ sequence }) => !numbers.has(sequence));
    this.#keep();
  }

  #keep() {
    this.#way.keep(this.#session, this.#unsent);
  }
}
