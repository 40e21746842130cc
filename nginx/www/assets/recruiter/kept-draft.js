// What was typed and not saved, kept in this browser until it is: a closed tab, a crash or a lost
// session loses nothing.

const NAME = "parley-assessment";

export class KeptDraft {
  #key;

  /** @param id of the assessment, or "new"; @param account whose draft it is */
  constructor(id, account) {
    this.account = account;
    this.#key = `${NAME}:${account}:${id}`;
  }

  /** {draft, base: the record it began from or null, at: when, in milliseconds}, or null. */
  read() {
    const text = localStorage.getItem(this.#key);
    return text === null ? null : JSON.parse(text);
  }

  /** Returns whether there was room for it. */
  write(draft, base) {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ draft, base, at: Date.now() }));
      return true;
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
      return false;
    }
  }

  forget() {
    localStorage.removeItem(this.#key);
  }
}
