// Unfinished takes in IndexedDB: what they are, and their bytes in numbered
// chunks, each with its SHA-256. A take is found by a hash of the invitation's
// token; the token itself is never stored.

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

  async #removeOld() {
    const before = Date.now() - OLDEST_DAYS * 86_400_000;
    for (const take of await this.#read("takes", (store) => store.getAll())) {
      if (take.begunAt < before) await this.remove(take.id);
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

function opened() {
  const request = indexedDB.open("parley-capture", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("takes", { keyPath: "id" }).createIndex("interview", "interview");
    request.result.createObjectStore("chunks", { keyPath: ["take", "sequence"] });
  };
  return result(request);
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
