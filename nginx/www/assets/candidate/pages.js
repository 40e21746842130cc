import { sha256 } from "../capture-store.js";

const lockOf = (page) => `parley-page-${page}`;

/** A UUID; `crypto.randomUUID` is only there on secure addresses. */
export function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * The pages of one interview in this browser. They hear of each other at once;
 * of pages on other devices only the server tells. What they say and what is
 * kept are hashes.
 */
export class Pages {
  #channel = null;
  #store = null;
  #self = null;

  /** Called when another page of this browser goes on with the interview. */
  ontaken = () => {};

  /** @param place {store, interview: the interview's hash, or null where there are no hashes} */
  static async open({ store, interview }, session) {
    const pages = new Pages();
    if (!interview) return pages;
    pages.#self = await hash(session);
    pages.#store = store;
    // Held as long as this page lives, so that others can tell.
    navigator.locks?.request(lockOf(pages.#self), () => new Promise(() => {}));
    // A browser that keeps nothing takes its own earlier pages for another device's.
    await store?.putPage({ id: pages.#self, interview }).catch((error) => console.warn(`The browser does not note this page: ${error}`));
    pages.#channel = new BroadcastChannel(`parley-interview-${interview}`);
    pages.#channel.onmessage = ({ data }) => { if (data !== pages.#self) pages.ontaken(); };
    return pages;
  }

  /** Says to the others that this page goes on. */
  take() {
    this.#channel?.postMessage(this.#self);
  }

  /**
   * Whether the page that holds the interview is another one and may still be
   * open. A page of this browser that is gone, as before a reload, is not.
   *
   * @param activePage {session} or null, as the server has it
   */
  async isElsewhere(activePage) {
    if (!activePage) return false;
    if (!this.#self) return true;
    const page = await hash(activePage.session);
    if (page === this.#self) return false;
    if (!await this.#store?.page(page)) return true;
    const { held } = await navigator.locks.query();
    return held.some(({ name }) => name === lockOf(page));
  }
}

const hash = (session) => sha256(`parley page ${session}`);
