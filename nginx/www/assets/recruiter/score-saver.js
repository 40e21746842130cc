// One reviewer's score of one answer, saved as it is chosen and written.

const WAIT_MS = 800;
const LONGEST_WAIT_MS = 30_000;

/**
 * Keeps {score, notes, reason} and sends it soon after it changed, one sending
 * at a time. `onstate(state)` hears "unsaved", "saving", "saved", "unreachable"
 * (sent again by itself), "conflict" (it was changed elsewhere: `overwrite` or
 * `take`) or "refused" with the error.
 */
export class ScoreSaver {
  #options;
  #timer = null;
  #sending = null;
  #attempt = 0;
  #isDirty = false;

  onstate = () => {};

  /** When the server last took it; `null` before. */
  savedAt = null;
  state = "empty";
  error = null;

  /**
   * @param entry {score: 1-5 or null, notes, reason, isSuggested: whether the score is only the
   *   engine's, which is saved when asked to and never by itself}
   * @param version what the server has of it, or "none"
   * @param options {send(entry, version): Promise<version>, isPassing(error), isConflict(error)}
   */
  constructor(entry, version, options) {
    this.entry = entry;
    this.version = version;
    this.#options = options;
    if (version !== "none") this.#tell("saved");
  }

  get isSaved() { return this.state === "saved"; }

  /** Changes some of it, and saves it soon if there is a score of the reviewer's own. */
  change(changes) {
    Object.assign(this.entry, changes);
    this.#isDirty = true;
    if (this.state === "conflict") return;
    this.#tell("unsaved");
    if (this.entry.score !== null && !this.entry.isSuggested) this.#later(WAIT_MS);
  }

  /** Sends it now. */
  save() {
    if (this.entry.score === null || this.state === "conflict") return Promise.resolve();
    this.#isDirty = true;
    clearTimeout(this.#timer);
    this.#sending ??= this.#send().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  /** After a conflict: this entry replaces the other one. */
  overwrite(version) {
    this.version = version;
    this.#tell("unsaved");
    return this.save();
  }

  /** After a conflict: the other entry replaces this one. */
  take(entry, version) {
    this.entry = entry;
    this.version = version;
    this.#isDirty = false;
    this.#tell("saved");
  }

  /** After a conflict that is none: nothing can be saved any more, and why. */
  refuse(error) {
    this.#tell("refused", error);
  }

  async #send() {
    while (this.#isDirty) {
      this.#isDirty = false;
      this.#tell("saving");
      try {
        this.version = await this.#options.send({ ...this.entry }, this.version);
      } catch (error) {
        this.#isDirty = true;
        return this.#failed(error);
      }
      this.#attempt = 0;
      this.savedAt = Date.now();
    }
    this.#tell("saved");
  }

  #failed(error) {
    if (this.#options.isConflict(error)) return this.#tell("conflict");
    if (!this.#options.isPassing(error)) return this.#tell("refused", error);
    this.#tell("unreachable");
    this.#later(Math.min(LONGEST_WAIT_MS, 2 * WAIT_MS * 2 ** this.#attempt));
    this.#attempt += 1;
  }

  #later(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { if (this.#isDirty) this.save(); }, ms);
  }

  #tell(state, error = null) {
    this.state = state;
    this.error = error;
    this.onstate(state);
  }
}
