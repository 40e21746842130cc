import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { moment } from "../format.js";
import { recommendations } from "./labels.js";

/**
 * `<decision-panel>`: the scores combined, who has reviewed, and the
 * recommendation with its reason. Sends `decided` when the server has a
 * decision, and `outdated` when somebody else's must be loaded first.
 */
export class DecisionPanel extends HTMLElement {
  #interview;
  #form = {};
  #edited = new Set();
  #failure = null;
  /** The form's elements. They stay while all around them is drawn anew: somebody may be pressing one. */
  #fields = null;
  #state = h("span", { class: "drawn" });
  #before = h("div", { class: "drawn" });
  #after = h("div", { class: "drawn" });

  /** Draws the interview's state; what is being written stays. */
  show(interview) {
    this.#interview = interview;
    const { recommendation, reason, recruiterNotes, status } = interview;
    const saved = { recommendation, reason: reason ?? "", recruiterNotes: recruiterNotes ?? "" };
    for (const name of Object.keys(saved)) if (!this.#edited.has(name)) this.#form[name] = saved[name];
    if (!this.#fields) this.#build();
    this.#state.replaceChildren(state(interview));
    const isReviewable = ["SUBMITTED", "REVIEWED"].includes(status);
    this.#before.replaceChildren(...(isReviewable ? [totals(interview), reviewers(interview)].filter(Boolean)
      : [h("p", { class: "small muted" }, "There is something to decide once the candidate has submitted.")]));
    this.#fill(isReviewable);
    const isHistoryOpen = this.querySelector("#decision-history")?.open ?? false;
    this.#after.replaceChildren(...[isReviewable && history(interview, isHistoryOpen)].filter(Boolean));
  }

  #build() {
    this.#fields = this.#makeFields();
    const details = h("details", { id: "decision", open: Boolean(this.#interview.recommendation), ontoggle: () => { if (details.open) this.scrollIntoView({ block: "nearest" }); } },
      h("summary", {}, "Decision", this.#state),
      h("div", { class: "stack" }, this.#before, this.#fields.form, this.#after));
    this.replaceChildren(details);
  }

  #makeFields() {
    const note = (name) => (event) => { this.#form[name] = event.target.value; this.#edited.add(name); };
    const radios = Object.keys(recommendations).map((value) =>
      h("input", { type: "radio", name: "recommendation", id: `recommend-${value}`, value, onchange: note("recommendation") }));
    const reason = h("textarea", { class: "input", id: "decision-reason", rows: "2", oninput: note("reason"), required: true, "aria-describedby": "decision-failure" });
    const notes = h("textarea", { class: "input", id: "decision-notes", rows: "2", oninput: note("recruiterNotes") });
    const failure = h("p", { class: "notice bad", role: "alert", id: "decision-failure" });
    const save = h("button", { type: "submit", class: "button primary", id: "save-decision" });
    const reopen = button("Reopen review", { class: "quiet", id: "reopen", title: "Takes the recommendation back and opens the scores", onclick: () => this.#patch({ status: "SUBMITTED" }) });
    const form = h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(); } },
      h("fieldset", { class: "choices-4" }, h("legend", {}, "Recommendation"),
        radios.map((radio) => h("label", {}, radio, h("span", {}, recommendations[radio.value][0])))),
      h("div", { class: "field" }, h("label", { for: "decision-reason" }, "Reason (required)"), reason),
      h("div", { class: "field" }, h("label", { for: "decision-notes" }, "Notes on the interview"), notes),
      failure, h("div", { class: "actions" }, save, reopen));
    return { form, radios, reason, notes, failure, save, reopen };
  }

  #fill(isReviewable) {
    const { form, radios, reason, notes, save, reopen } = this.#fields;
    const { recommendation } = this.#interview;
    for (const radio of radios) radio.checked = radio.value === this.#form.recommendation;
    // Setting a text takes the caret to its end.
    if (reason.value !== this.#form.reason) reason.value = this.#form.reason;
    if (notes.value !== this.#form.recruiterNotes) notes.value = this.#form.recruiterNotes;
    save.textContent = recommendation ? "Change decision" : "Save decision";
    reopen.hidden = !recommendation;
    form.hidden = !isReviewable;
    this.#say(this.#failure);
  }

  async #send() {
    const { recommendation: saved, reason: savedReason, recruiterNotes: savedNotes } = this.#interview;
    const { recommendation } = this.#form;
    const [reason, recruiterNotes] = [this.#form.reason.trim(), this.#form.recruiterNotes.trim()];
    const isDecided = recommendation !== saved || reason !== (savedReason ?? "");
    const changes = { ...(isDecided && { recommendation, reason }), ...(recruiterNotes !== (savedNotes ?? "") && { recruiterNotes }) };
    if (isDecided && !reason) return this.#miss("Say why.", "#decision-reason");
    if (!recommendation && (isDecided || Object.keys(changes).length === 0)) return this.#miss("Choose a recommendation.", "input[name=recommendation]");
    if (Object.keys(changes).length === 0) return this.#say("This is what is saved already.");
    await this.#patch(changes);
  }

  async #patch(changes) {
    const { id, decisionUpdatedAt } = this.#interview;
    try {
      await call("PATCH", `/api/async-interviews/${id}`, { ...changes, version: decisionUpdatedAt ?? "none" });
    } catch (error) {
      if (error instanceof Unreachable) return this.#say("Not saved: no connection. What you wrote is kept; try again.");
      if (!(error instanceof Problem)) throw error;
      this.#say(error.message);
      if (error.status === 409) this.dispatchEvent(new Event("outdated"));
      return;
    }
    this.#say(null);
    this.#edited.clear();
    this.dispatchEvent(new Event("decided"));
  }

  #miss(text, field) {
    this.#say(text);
    this.querySelector(field).focus();
  }

  /** Kept, so that it is still there when the panel is drawn anew. */
  #say(text) {
    this.#failure = text;
    const { failure } = this.#fields;
    failure.hidden = !text;
    if (failure.textContent !== (text ?? "")) failure.textContent = text ?? "";
  }
}

function state({ recommendation }) {
  const [label, tone] = recommendation ? recommendations[recommendation] : ["Open", ""];
  return h("span", { class: `badge ${tone}`, id: "decision-state" }, label);
}

function totals({ decision, videoResponses }) {
  if (!decision) {
    const own = videoResponses.filter(({ isBlind }) => !isBlind).length;
    return h("p", { class: "small muted", id: "totals" }, `The combined scores appear when you have scored every answer: ${own} of ${videoResponses.length}.`);
  }
  const figure = (score, covered) => (score === null ? "none" : `${score.toFixed(2)}${covered < 1 ? ` (${Math.round(covered * 100)} % of the weight)` : ""}`);
  const rows = (title, list) => list.length > 0 && h("div", {}, h("h3", {}, title), h("dl", { class: "scores" }, list.map(({ name, score, coveredWeight }) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: "figures" }, figure(score, coveredWeight))))));
  return h("div", { id: "totals", class: "stack" },
    h("p", { class: "overall" }, h("span", { class: "big figures" }, decision.overall?.toFixed(2) ?? "–"), h("span", { class: "muted" }, " of 5, all scores combined by weight")),
    rows("By competency", decision.perCompetency), rows("By reviewer", decision.perReviewer));
}

function reviewers({ reviewers: list, videoResponses }) {
  if (list.length === 0) return null;
  return h("div", { id: "reviewers" }, h("h3", {}, "Reviewers"), h("dl", { class: "scores" }, list.map(({ name, isAssigned, scored, status }) =>
    h("div", {}, h("dt", {}, name, isAssigned && h("span", { class: "muted small" }, " asked")),
      h("dd", { class: "figures" }, status === "DONE" ? "done" : `${scored} of ${videoResponses.length}`)))));
}

function history({ decisionLedger }, isOpen) {
  if (decisionLedger.length === 0) return null;
  return h("details", { id: "decision-history", open: isOpen }, h("summary", {}, "History"),
    h("ol", { class: "history" }, [...decisionLedger].reverse().map(({ recommendation, reason, decidedBy, createdAt }) => h("li", { class: "small" },
      h("b", {}, recommendation ? recommendations[recommendation][0] : "Reopened"), h("span", { class: "muted" }, ` ${decidedBy.name}, ${moment(createdAt)}`),
      reason && h("p", {}, reason)))));
}

customElements.define("decision-panel", DecisionPanel);
