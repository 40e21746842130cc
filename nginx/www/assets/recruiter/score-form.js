import { call, Problem, Unreachable } from "../api.js";
import { h } from "../dom.js";

/**
 * `<score-form>`: the rubric, a score from 1 to 5, notes. Sends `scored`
 * ({detail: {score, notes}}) when the server has it. What is typed survives a
 * switch to another question: `draft` holds it.
 */
export class ScoreForm extends HTMLElement {
  #interviewId;
  #question;
  #draft;
  #status;
  #save;

  /**
   * @param question with `rubricLevels`
   * @param draft {score, notes, saved, suggested} kept by the page; changed here
   */
  show(interviewId, question, draft) {
    this.#interviewId = interviewId;
    this.#question = question;
    this.#draft = draft;
    this.#status = h("p", { class: "small", role: "status", id: "score-status" });
    this.#save = h("button", { type: "submit", class: "button primary", id: "save-score", disabled: draft.score === null }, "Save score");
    const meaning = h("p", { class: "small muted", id: "score-meaning" });
    const notes = h("textarea", { class: "input", id: "score-notes", rows: "3", oninput: () => { draft.notes = notes.value; this.#changed(); } });
    notes.value = draft.notes;
    this.replaceChildren(h("form", { onsubmit: (event) => { event.preventDefault(); this.#send(); } },
      rubric(question),
      h("fieldset", { class: "scale" }, h("legend", {}, "Your score"),
        h("div", { class: "segments" }, question.rubricLevels.map(({ level, label }) => this.#segment(level, label, meaning)))),
      meaning,
      h("div", { class: "field" }, h("label", { for: "score-notes" }, "Notes"), notes),
      h("div", { class: "save-line" }, this.#save, this.#status)));
    this.#explain(meaning);
    if (draft.saved) this.#say("Saved", "good");
  }

  #segment(level, label, meaning) {
    return h("label", { title: label },
      h("input", {
        type: "radio", name: "score", value: String(level), checked: this.#draft.score === level, "aria-label": `${level}, ${label}`,
        onchange: () => {
          this.#draft.score = level;
          this.#draft.suggested = false;
          this.#explain(meaning);
          this.#changed();
        },
      }), h("span", { class: "figures", "aria-hidden": "true" }, String(level)));
  }

  #explain(meaning) {
    const level = this.#question.rubricLevels.find(({ level }) => level === this.#draft.score);
    meaning.textContent = !level ? "Choose a level." : this.#draft.suggested ? `${level.label} (suggested, not saved yet)` : level.label;
  }

  #changed() {
    this.#draft.saved = false;
    this.#save.disabled = this.#draft.score === null;
    this.#say("Not saved yet", "");
  }

  async #send() {
    const { score, notes } = this.#draft;
    const draft = this.#draft;
    this.#save.disabled = true;
    this.#say("Saving…", "");
    try {
      const body = { questionId: this.#question.id, score, ...(notes.trim() && { notes: notes.trim() }) };
      await call("POST", `/api/async-interviews/${this.#interviewId}/score`, body);
      Object.assign(draft, { saved: true, suggested: false });
      this.dispatchEvent(new CustomEvent("scored", { detail: { questionId: body.questionId, score, notes: body.notes ?? null } }));
      if (this.#draft === draft) this.#say("Saved", "good");
    } catch (error) {
      this.#say(reason(error), "bad");
    } finally {
      this.#save.disabled = false;
    }
  }

  #say(text, tone) {
    this.#status.className = `small ${tone}`;
    this.#status.textContent = text;
  }
}

function reason(error) {
  if (error instanceof Unreachable) return "Not saved: no connection. Your entry is kept; try again.";
  if (!(error instanceof Problem)) throw error;
  return `Not saved: ${error.message}`;
}

function rubric({ rubricLevels, competency }) {
  return h("details", { class: "rubric", id: "rubric" }, h("summary", {}, `Rubric: ${competency.name}`),
    h("ol", {}, [...rubricLevels].sort((a, b) => b.level - a.level).map(({ level, label, description, behavioralAnchors }) => h("li", {},
      h("p", {}, h("b", {}, `${level} ${label}`)), h("p", {}, description),
      h("ul", {}, behavioralAnchors.map((anchor) => h("li", {}, anchor)))))));
}

customElements.define("score-form", ScoreForm);
