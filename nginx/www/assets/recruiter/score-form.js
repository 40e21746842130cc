import { button, h } from "../dom.js";
import { timeOfDay } from "../format.js";

const PROMPT = "Choose a score. It is saved by itself.";

/**
 * `<score-form>`: the rubric, a score from 1 to 5, why it is not the suggested
 * one, notes; saved as they are chosen and written. Sends `conflict` when the
 * score was changed elsewhere, upon which the page calls `settle`.
 */
export class ScoreForm extends HTMLElement {
  #question;
  #saver;
  #suggestion;
  #parts;
  #conflict;
  /** What its ids begin with, where a page has several forms. */
  scope = "";
  /** Whether the rubric is part of the form. */
  hasRubric = true;

  /**
   * @param question with `rubricLevels`
   * @param saver the answer's `ScoreSaver`, kept by the page
   * @param suggestion the engine's, 1 to 5, or null
   * @param closed why nothing can be scored here, or null
   */
  show(question, saver, suggestion, closed) {
    this.#question = question;
    this.#saver = saver;
    this.#suggestion = suggestion;
    this.#conflict = h("div", { class: "notice caution", role: "alert", id: `${this.scope}score-conflict`, hidden: true });
    this.#parts = this.#build(Boolean(closed));
    const { reason, notes, meaning, status, save } = this.#parts;
    this.replaceChildren(h("form", { onsubmit: (event) => { event.preventDefault(); this.#saver.save(); } },
      this.hasRubric && rubric(question),
      closed && h("p", { class: "notice", id: `${this.scope}scores-closed` }, closed),
      h("fieldset", { class: "scale", disabled: Boolean(closed) }, h("legend", {}, "Your score"),
        h("div", { class: "segments" }, question.rubricLevels.map(({ level, label }) => this.#segment(level, label)))),
      meaning, reason.field,
      h("div", { class: "field" }, h("label", { for: `${this.scope}score-notes` }, "Notes"), notes),
      this.#conflict,
      h("div", { class: "save-line" }, !closed && save, status)));
    saver.onstate = () => this.#told();
    this.#explain();
    this.#told();
  }

  #build(isClosed) {
    const area = (id, name, rows) => {
      const input = h("textarea", { class: "input", id: this.scope + id, rows, disabled: isClosed, oninput: () => this.#saver.change({ [name]: input.value }) });
      input.value = this.#saver.entry[name];
      return input;
    };
    const reason = area("score-reason", "reason", "2");
    reason.setAttribute("maxlength", "2000");
    reason.setAttribute("aria-describedby", `${this.scope}score-reason-note`);
    reason.field = h("div", { class: "field reason", hidden: true }, h("label", { for: `${this.scope}score-reason` }, `Why not ${this.#suggestion}, as suggested?`), reason,
      h("p", { class: "small muted", id: `${this.scope}score-reason-note` }, "Optional. It is kept beside the suggestion."));
    return {
      reason, notes: area("score-notes", "notes", "3"),
      meaning: h("p", { class: "small muted", id: `${this.scope}score-meaning` }),
      status: h("p", { class: "small", role: "status", id: `${this.scope}score-status` }),
      save: h("button", { type: "submit", class: "button primary", id: `${this.scope}save-score` }, "Save score"),
    };
  }

  #segment(level, label) {
    return h("label", { title: label },
      h("input", {
        type: "radio", name: "score", value: String(level), checked: this.#saver.entry.score === level, "aria-label": `${level}, ${label}`,
        onchange: () => this.#score(level),
      }), h("span", { class: "figures", "aria-hidden": "true" }, String(level)));
  }

  /** Chooses a score as a click on it does. */
  choose(level) {
    const input = this.querySelector(`.segments input[value="${level}"]:enabled`);
    if (!input || this.#saver.state === "conflict") return;
    input.checked = true;
    this.#score(level);
  }

  #score(level) {
    this.#saver.entry.isSuggested = false;
    this.#saver.change({ score: level });
    this.#explain();
  }

  #explain() {
    const { score, isSuggested } = this.#saver.entry;
    const level = this.#question.rubricLevels.find((each) => each.level === score);
    this.#parts.meaning.textContent = !level ? "" : isSuggested ? `${level.label} (suggested, not your score yet)` : level.label;
    this.#parts.reason.field.hidden = this.#suggestion === null || score === null || score === this.#suggestion;
    this.#parts.save.disabled = score === null;
  }

  // ---- What became of it

  #told() {
    const { state, savedAt, error, entry, version } = this.#saver;
    const since = savedAt ?? version;
    const [text, tone] = {
      empty: [PROMPT, ""],
      unsaved: entry.score === null || entry.isSuggested ? [PROMPT, ""] : ["Not saved yet", ""],
      saving: ["Saving…", ""],
      saved: [state === "saved" ? `Saved ${timeOfDay(since)}` : "", "good"],
      unreachable: ["Not saved: no connection. It is tried again by itself.", "bad"],
      conflict: ["Not saved", "bad"],
      refused: [`Not saved: ${error?.message}`, "bad"],
    }[state];
    this.#parts.status.className = `small ${tone}`;
    this.#parts.status.textContent = text;
    if (state !== "conflict") this.#conflict.hidden = true;
    else if (this.#conflict.hidden) this.dispatchEvent(new Event("conflict"));
  }

  /** Asks which of two entries counts: this page's, or what the server has, {score, notes, updatedAt} or null. */
  settle(saved) {
    const saver = this.#saver;
    const other = saved ? `You scored this answer ${saved.score} in another tab or browser at ${timeOfDay(saved.updatedAt)}.` : "This score was removed meanwhile.";
    this.#conflict.replaceChildren(h("p", {}, `${other} Here it is ${saver.entry.score}.`),
      h("div", { class: "actions" },
        button(`Keep ${saver.entry.score}`, { id: `${this.scope}keep-mine`, onclick: () => saver.overwrite(saved?.updatedAt ?? "none") }),
        saved && button(`Take ${saved.score}`, {
          id: `${this.scope}take-other`,
          onclick: () => {
            saver.take({ score: saved.score, notes: saved.notes ?? "", reason: saved.reason ?? "" }, saved.updatedAt);
            this.dispatchEvent(new Event("taken"));
          },
        })));
    this.#conflict.hidden = false;
    this.#conflict.querySelector("button").focus();
  }
}

/** What each score of a question means, to be opened. */
export function rubric({ rubricLevels, competency }) {
  return h("details", { class: "rubric", id: "rubric" }, h("summary", {}, `Rubric: ${competency.name}`),
    h("ol", {}, [...rubricLevels].sort((a, b) => b.level - a.level).map(({ level, label, description, behavioralAnchors }) => h("li", {},
      h("p", {}, h("b", {}, `${level} ${label}`)), h("p", {}, description),
      h("ul", {}, behavioralAnchors.map((anchor) => h("li", {}, anchor)))))));
}

customElements.define("score-form", ScoreForm);
