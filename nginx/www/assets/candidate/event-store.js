// Events that are not known to have arrived, in IndexedDB, so that they survive
// a tab that is killed. One record per page load: {session, interview, savedAt,
// events, detectors}; `interview` is a hash, the invitation's token is never stored.

const OLDEST_DAYS = 30;

export class EventStore {
  #database;

  /** The browser's store; `null` where there is none, as in some private windows. */
  static async open() {
    if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null;
    try {
      const store = new EventStore();
      store.#database = await opened();
      await store.#removeOld();
      return store;
    } catch {
      return null; // Refused by the browser's settings: what is unsent lives as long as the page.
    }
  }

  /** Keeps a page load's record, in place of the one before. */
  put(record) {
    return this.#request("readwrite", (pages) => pages.put({ ...record, savedAt: Date.now() }));
  }

  remove(session) {
    return this.#request("readwrite", (pages) => pages.delete(session));
  }

  /** The records of an interview. */
  pages(interview) {
    return this.#request("readonly", (pages) => pages.index("interview").getAll(interview));
  }

  async #removeOld() {
    const before = Date.now() - OLDEST_DAYS * 86_400_000;
    for (const { session, savedAt } of await this.#request("readonly", (pages) => pages.getAll())) {
      if (savedAt < before) await this.remove(session);
    }
  }

  #request(mode, ask) {
    return result(ask(this.#database.transaction("pages", mode).objectStore("pages")));
  }
}

function opened() {
  const request = indexedDB.open("parley-monitoring", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("pages", { keyPath: "session" }).createIndex("interview", "interview");
  };
  return result(request);
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
