// Unfinished answers in IndexedDB: takes, their bytes in numbered chunks, each
// with its SHA-256, and drafts of written answers. All are found by a hash of
// the invitation's token; the token itself is never stored. And which pages
// this browser had open, by a hash, too.

const OLDEST_DAYS = 30;

/** Lower-case hexadecimal SHA-256 of bytes or text. */
export async function sha256(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The chunks that can be trusted: from sequence 0 on without a hole, each with
 * the bytes that were put in. A crash can lose the last ones.
 *
 * @param chunks [{sequence, bytes: ArrayBuffer, sha256}] in the order of their sequence
 */
export async function soundPrefix(chunks, digest = sha256) {
  const sound = [];
  for (const chunk of chunks) {
    if (chunk.sequence !== sound.length || await digest(chunk.bytes) !== chunk.sha256) break;
    sound.push(chunk);
  }
  return sound;
}

export class CaptureStore {
  #database;

  /** The browser's store; `null` where there is none, as in some private windows. */
  static async open() {
    if (!globalThis.indexedDB || !globalThis.crypto?.subtle) return null;
    try {
      const store = new CaptureStore();
      store.#database = await opened();
      await store.#removeOld();
      return store;
    } catch {
      return null; // Refused by the browser's settings: recording works without.
    }
  }

  /** Writes a take: {id, interview, begunAt, …}. */
  put(take) {
    return this.#write(["takes"], (takes) => takes.put(take));
  }

  /** Adds a chunk and brings the take in step, both or neither. */
  async addChunk(take, sequence, bytes) {
    const chunk = { take: take.id, sequence, bytes, sha256: await sha256(bytes) };
    await this.#write(["takes", "chunks"], (takes, chunks) => { takes.put(take); chunks.put(chunk); });
  }

  /** The takes of an interview, newest first. */
  async takes(interview) {
    const takes = await this.#read("takes", (store) => store.index("interview").getAll(interview));
    return takes.sort((one, other) => other.begunAt - one.begunAt);
  }

  /** The sound chunks of a take. */
  async chunks(id) {
    return soundPrefix(await this.#read("chunks", (store) => store.getAll(rangeOf(id))));
  }

  /** Removes a take and its bytes. */
  remove(id) {
    return this.#write(["takes", "chunks"], (takes, chunks) => { takes.delete(id); chunks.delete(rangeOf(id)); });
  }

  /** Writes a draft: {interview, questionId, text, …}. */
  putDraft(draft) {
    return this.#write(["drafts"], (drafts) => drafts.put({ ...draft, keptAt: Date.now() }));
  }

  /** The draft for a question, or `undefined`. */
  draft(interview, questionId) {
    return this.#read("drafts", (store) => store.get([interview, questionId]));
  }

  /** All drafts of an interview. */
  drafts(interview) {
    return this.#read("drafts", (store) => store.getAll(IDBKeyRange.bound([interview], [interview, []])));
  }

  removeDraft(interview, questionId) {
    return this.#write(["drafts"], (drafts) => drafts.delete([interview, questionId]));
  }

  /** Notes a page: {id, interview}. */
  putPage(page) {
    return this.#write(["pages"], (pages) => pages.put({ ...page, keptAt: Date.now() }));
  }

  /** The page of that id, or `undefined` if this browser had none. */
  page(id) {
    return this.#read("pages", (store) => store.get(id));
  }

  async #removeOld() {
    const before = Date.now() - OLDEST_DAYS * 86_400_000;
    for (const take of await this.#read("takes", (store) => store.getAll())) {
      if (take.begunAt < before) await this.remove(take.id);
    }
    for (const draft of await this.#read("drafts", (store) => store.getAll())) {
      if (draft.keptAt < before) await this.removeDraft(draft.interview, draft.questionId);
    }
    for (const page of await this.#read("pages", (store) => store.getAll())) {
      if (page.keptAt < before) await this.#write(["pages"], (pages) => pages.delete(page.id));
    }
  }

  #write(names, change) {
    const transaction = this.#database.transaction(names, "readwrite");
    change(...names.map((name) => transaction.objectStore(name)));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  #read(name, ask) {
    return result(ask(this.#database.transaction(name).objectStore(name)));
  }
}

const rangeOf = (take) => IDBKeyRange.bound([take, 0], [take, Infinity]);

async function opened() {
  const request = indexedDB.open("parley-capture", 2);
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      request.result.createObjectStore("takes", { keyPath: "id" }).createIndex("interview", "interview");
      request.result.createObjectStore("chunks", { keyPath: ["take", "sequence"] });
    }
    request.result.createObjectStore("drafts", { keyPath: ["interview", "questionId"] });
    request.result.createObjectStore("pages", { keyPath: "id" });
  };
  // A page of an older version in another tab keeps the store as it is.
  const database = await Promise.race([result(request), new Promise((_, reject) => { request.onblocked = reject; })]);
  database.onversionchange = () => database.close();
  return database;
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
