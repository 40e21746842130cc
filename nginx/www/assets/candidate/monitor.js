import { call, isPassing } from "../api.js";
import { devtoolsSeemOpen } from "./window-shape.js";

// The eight event types are the server's; this page sees these of them:
// TAB_SWITCH, WINDOW_BLUR, FULLSCREEN_EXIT, DEVTOOLS_OPEN, TIME_LIMIT_EXCEEDED,
// and COPY_PASTE_ATTEMPT on text questions. It does not watch faces.

const RETRY_SECONDS = 5;

/** Notes what happens around the answers and reports it to the server. */
export class Monitor {
  #address;
  #question = null;
  #counts = new Map();
  #queue = [];
  #sending = false;
  #stopped = null;
  #devtoolsOpen = false;
  #leaving = false;

  constructor(address) {
    this.#address = address;
  }

  /** Watches until `stop`; `question` is what events are counted for. */
  watch(question) {
    this.#question = question;
    if (this.#stopped) return;
    this.#stopped = new AbortController();
    const { signal } = this.#stopped;
    // Closing or reloading the page also hides it, and is not a switch.
    this.#leaving = false;
    window.addEventListener("pagehide", () => { this.#leaving = true; }, { signal });
    window.addEventListener("pageshow", () => { this.#leaving = false; }, { signal });
    document.addEventListener("visibilitychange", () => this.#visibilityChanged(), { signal });
    window.addEventListener("blur", () => this.#blurred(), { signal });
    window.addEventListener("resize", () => this.#lookForDevtools(), { signal });
    window.addEventListener("online", () => this.#send(), { signal });
    for (const type of ["copy", "cut", "paste"]) {
      document.addEventListener(type, (event) => this.#clipboardUsed(event), { signal });
    }
    this.#lookForDevtools();
  }

  stop() {
    this.#stopped?.abort();
    this.#stopped = null;
  }

  /** Queues one event; it is tried again until the server has answered. */
  report(eventType, metadata = {}) {
    this.#queue.push({
      questionId: this.#question?.id, eventType,
      metadata: { ...metadata, noticedAt: new Date().toISOString() },
    });
    this.#send();
  }

  #visibilityChanged() {
    if (document.visibilityState === "hidden" && !this.#leaving) this.report("TAB_SWITCH", this.#counted("TAB_SWITCH"));
  }

  // Changing the tab also blurs the window; that is one act and reported once.
  #blurred() {
    setTimeout(() => {
      if (document.visibilityState === "visible") this.report("WINDOW_BLUR", this.#counted("WINDOW_BLUR"));
    }, 200);
  }

  #clipboardUsed(event) {
    if (this.#question?.type !== "ASYNC_TEXT") return;
    event.preventDefault();
    this.report("COPY_PASTE_ATTEMPT", { action: event.type, ...this.#counted("COPY_PASTE_ATTEMPT") });
  }

  #lookForDevtools() {
    const open = devtoolsSeemOpen(window, {
      fullscreen: document.fullscreenElement !== null,
      touch: window.matchMedia("(pointer: coarse)").matches,
      pinched: (window.visualViewport?.scale ?? 1) !== 1,
    });
    if (open && !this.#devtoolsOpen) {
      this.report("DEVTOOLS_OPEN", { widthDifference: window.outerWidth - window.innerWidth });
    }
    this.#devtoolsOpen = open;
  }

  // {count: in this question, total: in the session}
  #counted(eventType) {
    const up = (key) => {
      const value = (this.#counts.get(key) ?? 0) + 1;
      this.#counts.set(key, value);
      return value;
    };
    return { count: up(`${eventType} ${this.#question?.id}`), total: up(eventType) };
  }

  async #send() {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#queue.length > 0) {
      const [event] = this.#queue;
      try {
        // `keepalive` lets the report outlive a page that is being closed.
        await call("POST", `${this.#address}/proctor`, event, { keepalive: true });
      } catch (error) {
        if (isPassing(error)) {
          setTimeout(() => this.#send(), (error.retryAfter ?? RETRY_SECONDS) * 1000);
          break;
        }
        // Refused for good, as after submission: keeping it would block the rest.
        console.warn(`${event.eventType} was refused: ${error.message}`);
      }
      this.#queue.shift();
    }
    this.#sending = false;
  }
}
