// How long a detector watched. What nobody watched is unknown, not clean: so
// only the time counts in which the detector could see, and everything that
// kept it from seeing is told in words.

// A clock is looked at every second; a longer step means that the device or the page slept.
const LONGEST_STEP_MS = 5000;
// Entering and leaving fullscreen, for example, is not worth a reason.
const WORTH_TELLING_MS = 3000;
const LONGEST_REASON = 200; // characters, as the server takes them

/** Milliseconds in which somebody watched, from looks at a monotonic clock. */
export class WatchTime {
  #since = null;
  ms = 0;

  /** Takes note of whether it watches from now on; `true` if it slept since it last did. */
  look(now, isWatching) {
    const step = this.#since === null ? 0 : now - this.#since;
    const slept = step > LONGEST_STEP_MS;
    if (!slept) this.ms += step;
    this.#since = isWatching ? now : null;
    return slept;
  }
}

/**
 * Runs one detector, measures it, and says so when it fails. A detector is
 *
 *   {name, events: [type], unavailable: why it never can watch, or null,
 *    appliesTo(question), obstacle(): why it cannot see just now, or null,
 *    start({report(type, metadata), listen(target, type, handler), fail(reason)}), stop()}
 *
 * of which `name`, `events` and `unavailable` are required.
 */
export class Watch {
  #detector;
  #report;
  #time = new WatchTime();
  #blind = new Map(); // obstacle → WatchTime of it
  #reasons = new Set();
  #running = null;
  #failed = false;
  #wasUsed = false;

  /** @param report (eventType, metadata) */
  constructor(detector, report) {
    this.#detector = detector;
    this.#report = report;
    if (detector.unavailable) this.#reasons.add(detector.unavailable);
  }

  /** Watches, or not, as the question asks for. */
  follow(question, now) {
    const applies = this.#detector.appliesTo?.(question) ?? true;
    if (!applies) return this.stop(now);
    this.#wasUsed = true;
    if (!this.#running && !this.#failed && !this.#detector.unavailable) this.#start();
    this.look(now);
  }

  /** To be called every second, and whenever what can be seen may have changed. */
  look(now) {
    const obstacle = this.#running ? this.#obstacle() : null;
    if (obstacle && !this.#blind.has(obstacle)) this.#blind.set(obstacle, new WatchTime());
    for (const [reason, time] of this.#blind) time.look(now, reason === obstacle);
    const slept = this.#time.look(now, this.#running !== null && obstacle === null);
    if (slept) this.#reasons.add("the device or the page was asleep");
  }

  stop(now) {
    this.#end();
    this.look(now);
  }

  /** {name, watchedSeconds, unavailable?}; `null` if nothing asked for it yet. */
  get summary() {
    if (!this.#wasUsed) return null;
    const long = [...this.#blind].filter(([, { ms }]) => ms >= WORTH_TELLING_MS).map(([reason]) => reason);
    const reason = [...this.#reasons, ...long].join("; ").slice(0, LONGEST_REASON);
    return {
      name: this.#detector.name, watchedSeconds: Math.round(this.#time.ms / 100) / 10,
      ...(reason && { unavailable: reason }),
    };
  }

  #start() {
    const running = this.#running = new AbortController();
    const { signal } = running;
    const current = (act) => { if (!signal.aborted) act(); };
    this.#guarded(() => this.#detector.start?.({
      report: (type, metadata) => current(() => this.#report(type, metadata)),
      listen: (target, type, handler) => target.addEventListener(type, (event) => this.#guarded(() => handler(event)), { signal }),
      fail: (reason) => current(() => this.#fail(reason)),
    }));
  }

  #obstacle() {
    return this.#guarded(() => this.#detector.obstacle?.() ?? null);
  }

  // Whatever a detector does, at once or later: if it throws, it is out, and its record says so.
  #guarded(act) {
    try {
      const result = act();
      if (typeof result?.then === "function") result.then(null, (error) => this.#broken(error));
      return result;
    } catch (error) {
      this.#broken(error);
      return null;
    }
  }

  #broken(error) {
    console.error(error);
    this.#fail("it broke down in this browser");
  }

  #fail(reason) {
    this.#failed = true;
    this.#reasons.add(reason);
    this.#end();
  }

  #end() {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = null;
    try {
      this.#detector.stop?.();
    } catch (error) {
      console.error(error);
    }
  }
}
