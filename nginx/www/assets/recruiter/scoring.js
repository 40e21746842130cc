import { call, isPassing, Problem } from "../api.js";
import { ScoreSaver } from "./score-saver.js";

/** One reviewer's scores of one interview: what is saved, and a saver for each answer. */
export class Scoring {
  #interview;
  #userId;
  #changed;
  #savers = new Map();

  /**
   * @param interview () => the interview as it was fetched last
   * @param userId the reviewer's
   * @param changed called when a score was saved that is another than before; fetches the interview
   */
  constructor(interview, userId, changed) {
    this.#interview = interview;
    this.#userId = userId;
    this.#changed = changed;
  }

  /** The reviewer's own evaluation of an answer, if there is one. */
  own(questionId) {
    return this.#interview().evaluations.find((each) => each.questionId === questionId && each.evaluatorId === this.#userId);
  }

  /** How many questions the reviewer has scored. */
  get count() {
    return this.#interview().questions.filter(({ id }) => this.own(id)).length;
  }

  /** Why nothing can be scored, or null. */
  get closed() {
    const { status, recommendation } = this.#interview();
    if (!["SUBMITTED", "REVIEWED"].includes(status)) return "Answers can be scored once the candidate has submitted them.";
    return recommendation ? "This interview is decided, so its scores are closed." : null;
  }

  /** Keeps what is entered for an answer; begins with one's own score if there is one, else with the suggestion. */
  saver({ questionId, aiInsights }) {
    if (!this.#savers.has(questionId)) {
      const own = this.own(questionId);
      const suggestion = aiInsights?.suggestedScore ?? null;
      const entry = own ? this.#entry(own) : { score: suggestion, notes: "", reason: "", isSuggested: suggestion !== null };
      this.#savers.set(questionId, new ScoreSaver(entry, own?.updatedAt ?? "none", {
        send: (what, version) => this.#send(questionId, what, version),
        isPassing, isConflict: (error) => error instanceof Problem && error.status === 409 && !this.closed,
      }));
    }
    return this.#savers.get(questionId);
  }

  /**
   * After a conflict, with the interview fetched anew: lets the form ask which score counts.
   * Returns whether it asks; if not, nothing can be scored any more.
   */
  settle(form, response) {
    if (this.closed) {
      this.saver(response).refuse(new Error(this.closed));
      return false;
    }
    const own = this.own(response.questionId);
    form.settle(own ? { ...own, ...this.#entry(own) } : null);
    return true;
  }

  #entry({ questionId, score, notes }) {
    const { reason } = this.#interview().scoreLedger.findLast((each) => each.questionId === questionId && each.evaluatorId === this.#userId) ?? {};
    return { score, notes: notes ?? "", reason: reason ?? "", isSuggested: false };
  }

  async #send(questionId, { score, notes, reason }, version) {
    const { evaluation } = await call("POST", `/api/async-interviews/${this.#interview().id}/score`, {
      questionId, score, version, ...(notes.trim() && { notes: notes.trim() }), ...(reason.trim() && { reason: reason.trim() }),
    });
    this.#savers.get(questionId).entry.isSuggested = false;
    const before = this.own(questionId);
    if (before?.score === score) Object.assign(before, evaluation);
    else await this.#changed();
    return evaluation.updatedAt;
  }
}
