// The draft of a written answer: kept on the device at once and on the server
// soon after, so that it outlives the page, the network and the device.

const KEEP_MS = 400;
const SEND_MS = 3000;
const LONGEST_WAIT_MS = 30_000;

/**
 * What to go on with: what this device kept and what the server has. Nothing
 * that was written is dropped.
 *
 * @param local {text, base: the server's text when this was written, sent: whether the server has it} or null
 * @param remote the server's text, or null
 */
export function reconciled(local, remote) {
  if (!local || local.sent) return remote ?? local?.text ?? "";
  if (remote === null || remote === local.base || remote === local.text) return local.text;
  // Both were written on since: the other device's text, then this one's.
  return `${remote}\n\n${local.text}`;
}

/** One draft. `onstate(state)` hears "sending", "sent", "kept" (on the device) or "loose" (nowhere yet). */
export class Draft {
  #options;
  #text;
  #base;
  #timers = {};
  #attempt = 0;
  #sending = null;
  #ended = false;

  onstate = () => {};

  /**
   * @param options {
   *   remote: the server's text or null,
   *   local: {text, base, sent} or null,
   *   mostCharacters: what the server takes,
   *   keep({text, base, sent}): Promise<boolean> whether the device keeps it,
   *   send(text): Promise, isPassing(error): whether sending it again may help,
   *   fail(error): sending was refused for good }
   */
  constructor(options) {
    this.#options = options;
    this.#base = options.remote;
    this.#text = reconciled(options.local, options.remote).slice(0, options.mostCharacters);
    if (this.#text !== (this.#base ?? "")) this.#later("send", 0, () => this.flush());
  }

  get text() { return this.#text; }

  /** Whether the server has all of it. */
  get sent() { return this.#text === (this.#base ?? ""); }

  write(text) {
    if (this.#ended || text === this.#text) return;
    this.#text = text;
    this.#later("keep", KEEP_MS, () => this.#keep());
    if (!this.#timers.send) this.#later("send", SEND_MS, () => this.flush());
  }

  /** Sends what the server has not got yet, now; one sending at a time. */
  flush() {
    this.#cancel("send");
    this.#sending ??= this.#send().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  /** Resolves when nothing is under way any more, and begins nothing before the next `write`. */
  async settle() {
    this.#cancel("send");
    if (this.#timers.keep) await this.#keep();
    await this.#sending;
    this.#cancel("send");
  }

  /** Stops for good. */
  end() {
    this.#ended = true;
    return this.settle();
  }

  #keep() {
    this.#cancel("keep");
    return this.#options.keep({ text: this.#text, base: this.#base, sent: this.sent });
  }

  async #send() {
    const kept = await this.#keep();
    if (this.sent || this.#ended) return;
    const text = this.#text;
    this.onstate("sending");
    try {
      await this.#options.send(text);
    } catch (error) {
      if (this.#ended) return;
      if (!this.#options.isPassing(error)) return this.#options.fail(error);
      this.onstate(kept ? "kept" : "loose");
      const wait = Math.min(LONGEST_WAIT_MS, SEND_MS * 2 ** this.#attempt);
      this.#attempt += 1;
      return this.#later("send", wait, () => this.flush());
    }
    this.#attempt = 0;
    this.#base = text;
    if (this.#ended) return;
    await this.#keep();
    this.onstate("sent");
    // What was written meanwhile.
    if (!this.sent && !this.#timers.send) this.#later("send", SEND_MS, () => this.flush());
  }

  #later(name, ms, work) {
    this.#cancel(name);
    this.#timers[name] = setTimeout(() => {
      this.#timers[name] = null;
      work();
    }, ms);
  }

  #cancel(name) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = null;
  }
}
