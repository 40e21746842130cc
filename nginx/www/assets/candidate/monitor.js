import { call, isPassing } from "../api.js";
import { sha256 } from "../capture-store.js";
import { makeDetectors } from "./detectors.js";
import { EventQueue } from "./event-queue.js";
import { EventStore } from "./event-store.js";
import { Watch } from "./watch.js";

const TICK_MS = 1000;
const PATIENCE_MS = 30_000;
const SPARED = { FULLSCREEN: ["fullscreen"], GAZE: ["face"] };

const lockOf = (session) => `parley-monitoring-${session}`;
const now = () => performance.now();

/**
 * Notes what happens around the answers and reports it, with how long each
 * detector really watched. Events outlive the page that saw them.
 */
export class Monitor {
  #address;
  #isEnabled;
  #question = null;
  #counts = new Map();
  #events;
  #watches = [];
  #queue = null;
  #earlier = []; // queues of earlier page loads
  #store = Promise.resolve(null);
  #interview = null; // the key of its records
  #period = null; // the listeners from `watch` to `stop`
  #ticks = null;
  #told = Promise.resolve(); // that what was seen before the last `stop` was sent

  /** UUID of this page load. */
  session;

  /**
   * @param address of the candidate's interview in the API
   * @param settings {session: of this page load, without: ["FULLSCREEN", "GAZE"] that an
   *   arrangement spares the candidate, enabled: `false` if monitoring was declined}
   */
  constructor(address, { session = randomUUID(), without = [], enabled = true } = {}) {
    this.#address = address;
    this.session = session;
    this.#isEnabled = enabled;
    const spared = new Set(without.flatMap((what) => SPARED[what]));
    const detectors = makeDetectors().filter(({ name }) => !spared.has(name));
    this.#events = new Set(detectors.flatMap(({ events }) => events));
    this.#watches = detectors.map((detector) => new Watch(detector, (type, metadata) => this.report(type, metadata)));
    this.#store = this.#openStore();
    if (!enabled) return;
    this.#queue = this.#makeQueue(session, () => this.#watches.map(({ summary }) => summary).filter(Boolean));
    this.#ticks = setInterval(() => this.#tick(), TICK_MS);
    window.addEventListener("online", () => this.#hurry());
    window.addEventListener("pagehide", () => this.#leave());
  }

  /** Watches until `stop`; `question` is what events are counted for. */
  watch(question) {
    if (!this.#isEnabled) return;
    this.#question = question;
    const at = now();
    for (const each of this.#watches) each.follow(question, at);
    if (this.#period) return;
    this.#period = new AbortController();
    const { signal } = this.#period;
    // After the detectors' own listeners: what they report is to leave with the page.
    document.addEventListener("visibilitychange", () => this.#visibilityChanged(), { signal });
    document.addEventListener("fullscreenchange", () => this.#look(), { signal });
    this.#queue.hurry(); // So that the server knows from the start who watches.
  }

  /** Watches no more, until `watch`. Resolves when what was seen has been sent, or could not be just now. */
  stop() {
    if (this.#period) {
      this.#endPeriod();
      this.#told = this.#queue.send();
    }
    return this.#told;
  }

  /** Takes up one event; it is tried again until the server has answered. */
  report(eventType, metadata = {}) {
    if (!this.#isEnabled || !this.#events.has(eventType)) return;
    this.#queue.add({
      ...(this.#question && { questionId: this.#question.id }), eventType,
      metadata: { ...metadata, ...this.#counted(eventType) }, occurredAt: new Date().toISOString(),
    });
  }

  // {count: in this question, total: on this page}
  #counted(eventType) {
    const up = (key) => {
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
      return this.#counts.get(key);
    };
    return { count: up(`${eventType} ${this.#question?.id}`), total: up(eventType) };
  }

  #endPeriod() {
    this.#period?.abort();
    this.#period = null;
    const at = now();
    for (const each of this.#watches) each.stop(at);
  }

  // A page in the background may never come back: browsers end it without a word.
  #visibilityChanged() {
    this.#look();
    if (document.visibilityState === "hidden") this.#leave();
  }

  #look() {
    const at = now();
    for (const each of this.#watches) each.look(at);
  }

  #leave() {
    if (!this.#period && this.#queue.isEmpty) return;
    this.#look();
    this.#queue.leave();
  }

  #hurry() {
    for (const queue of [this.#queue, ...this.#earlier]) queue.hurry();
    this.#tick();
  }

  async #tick() {
    if (this.#period) this.#look();
    if (this.#queue.isDue && (this.#period || !this.#queue.isEmpty)) await this.#queue.send();
    await Promise.all(this.#earlier.filter(({ isDue }) => isDue).map((queue) => queue.send()));
    this.#earlier = this.#earlier.filter(({ isEmpty }) => !isEmpty);
    if (this.#queue.isClosed) this.#end();
  }

  // The server takes nothing more: nothing is watched for nobody.
  #end() {
    this.#isEnabled = false;
    clearInterval(this.#ticks);
    this.#endPeriod();
  }

  #makeQueue(session, detectors, events = []) {
    return new EventQueue({
      session, events, detectors, now, isPassing,
      // `keepalive` lets a report outlive a page that is being closed.
      post: (report) => call("POST", `${this.#address}/proctor-events`, report, { keepalive: true, signal: AbortSignal.timeout(PATIENCE_MS) }),
      beacon: (report) => navigator.sendBeacon(
        `${this.#address}/proctor-events`, new Blob([JSON.stringify(report)], { type: "application/json" })),
      keep: (of, unsent) => this.#keep(of, unsent, detectors()),
    });
  }

  async #keep(session, events, detectors) {
    const store = await this.#store;
    if (!store) return;
    try {
      if (events.length === 0) await store.remove(session);
      else await store.put({ session, interview: this.#interview, events, detectors });
    } catch (error) {
      console.warn(`The browser does not keep what was noticed: ${error}`);
      this.#store = Promise.resolve(null);
    }
  }

  // What an earlier page load could not send is taken over, or thrown away if monitoring was declined since.
  async #openStore() {
    const store = await EventStore.open();
    if (!store) return null;
    this.#interview = await sha256(`parley monitoring ${this.#address}`);
    for (const { session, events, detectors } of await this.#left(store)) {
      if (this.#isEnabled) this.#earlier.push(this.#makeQueue(session, () => detectors, events));
      else await store.remove(session);
    }
    // Other windows can tell from the lock that this page lives and sends its events itself.
    navigator.locks?.request(lockOf(this.session), () => new Promise(() => {}));
    return store;
  }

  async #left(store) {
    const held = (await navigator.locks?.query())?.held.map(({ name }) => name) ?? [];
    return (await store.pages(this.#interview)).filter(({ session }) => !held.includes(lockOf(session)));
  }
}

// `crypto.randomUUID` is there on secure pages only; on others the page is to say what is wrong, not to break.
function randomUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
