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
  #form = { recommendation: null, reason: "", recruiterNotes: "", isEdited: false };

  /** Draws the interview's state; what is being written stays. */
  show(interview) {
    this.#interview = interview;
    if (!this.#form.isEdited) {
      const { recommendation, reason, recruiterNotes } = interview;
      this.#form = { recommendation, reason: reason ?? "", recruiterNotes: recruiterNotes ?? "", isEdited: false };
    }
    const isOpen = this.querySelector("details")?.open ?? Boolean(interview.recommendation);
    const focused = this.contains(document.activeElement) ? document.activeElement.id : null;
    this.replaceChildren(h("details", { id: "decision", open: isOpen, ontoggle: () => { if (this.querySelector("details").open) this.scrollIntoView({ block: "nearest" }); } },
      h("summary", {}, "Decision", state(interview)),
      h("div", { class: "stack" }, this.#content())));
    if (focused) this.querySelector(`#${focused}`)?.focus();
  }

  #content() {
    const interview = this.#interview;
    if (!["SUBMITTED", "REVIEWED"].includes(interview.status)) {
      return [h("p", { class: "small muted" }, "There is something to decide once the candidate has submitted.")];
    }
    return [totals(interview), reviewers(interview), this.#decide(), history(interview)].filter(Boolean);
  }

  #decide() {
    const form = this.#form;
    const failure = h("p", { class: "notice bad", role: "alert", id: "decision-failure", hidden: true });
    const note = (name) => (event) => { form[name] = event.target.value; form.isEdited = true; };
    const area = (id, name, rows, attributes = {}) => {
      const input = h("textarea", { class: "input", id, rows, oninput: note(name), ...attributes });
      input.value = form[name];
      return input;
    };
    const { recommendation } = this.#interview;
    return h("form", { novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(failure); } },
      h("fieldset", { class: "choices-4" }, h("legend", {}, "Recommendation"),
        Object.entries(recommendations).map(([value, [label]]) => h("label", {},
          h("input", { type: "radio", name: "recommendation", id: `recommend-${value}`, value, checked: form.recommendation === value, onchange: note("recommendation") }),
          h("span", {}, label)))),
      h("div", { class: "field" }, h("label", { for: "decision-reason" }, "Reason (required)"),
        area("decision-reason", "reason", "2", { required: true, "aria-describedby": "decision-failure" })),
      h("div", { class: "field" }, h("label", { for: "decision-notes" }, "Notes on the interview"), area("decision-notes", "recruiterNotes", "2")),
      failure,
      h("div", { class: "actions" }, h("button", { type: "submit", class: "button primary", id: "save-decision" }, recommendation ? "Change decision" : "Save decision"),
        recommendation && button("Reopen review", { class: "quiet", id: "reopen", title: "Takes the recommendation back and opens the scores", onclick: () => this.#reopen(failure) })));
  }

  async #send(failure) {
    const { recommendation, reason, recruiterNotes } = this.#form;
    const missing = !recommendation ? ["Choose a recommendation.", "input[name=recommendation]"] : !reason.trim() ? ["Say why.", "#decision-reason"] : null;
    if (missing) {
      say(failure, missing[0]);
      return this.querySelector(missing[1]).focus();
    }
    await this.#patch({ recommendation, reason: reason.trim(), recruiterNotes: recruiterNotes.trim() }, failure);
  }

  #reopen(failure) {
    return this.#patch({ status: "SUBMITTED" }, failure);
  }

  async #patch(changes, failure) {
    const { id, decisionUpdatedAt } = this.#interview;
    try {
      await call("PATCH", `/api/async-interviews/${id}`, { ...changes, version: decisionUpdatedAt ?? "none" });
    } catch (error) {
      if (error instanceof Unreachable) return say(failure, "Not saved: no connection. What you wrote is kept; try again.");
      if (!(error instanceof Problem)) throw error;
      say(failure, error.message);
      if (error.status === 409) this.dispatchEvent(new Event("outdated"));
      return;
    }
    this.#form.isEdited = false;
    this.dispatchEvent(new Event("decided"));
  }
}

function say(failure, text) {
  failure.textContent = text;
  failure.hidden = false;
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
  const figure = (score, covered) => (score === null ? "none" : `${score.toFixed(1)}${covered < 1 ? ` (${Math.round(covered * 100)} % of the weight)` : ""}`);
  const rows = (title, list) => list.length > 0 && h("div", {}, h("h3", {}, title), h("dl", { class: "scores" }, list.map(({ name, score, coveredWeight }) =>
    h("div", {}, h("dt", {}, name), h("dd", { class: "figures" }, figure(score, coveredWeight))))));
  return h("div", { id: "totals", class: "stack" },
    h("p", { class: "overall" }, h("span", { class: "big figures" }, decision.overall?.toFixed(1) ?? "–"), h("span", { class: "muted" }, " of 5, all scores combined by weight")),
    rows("By competency", decision.perCompetency), rows("By reviewer", decision.perReviewer));
}

function reviewers({ reviewers: list, videoResponses }) {
  if (list.length === 0) return null;
  return h("div", { id: "reviewers" }, h("h3", {}, "Reviewers"), h("dl", { class: "scores" }, list.map(({ name, isAssigned, scored, status }) =>
    h("div", {}, h("dt", {}, name, isAssigned && h("span", { class: "muted small" }, " asked")),
      h("dd", { class: "figures" }, status === "DONE" ? "done" : `${scored} of ${videoResponses.length}`)))));
}

function history({ decisionLedger }) {
  if (decisionLedger.length === 0) return null;
  return h("details", { id: "decision-history" }, h("summary", {}, "History"),
    h("ol", { class: "history" }, [...decisionLedger].reverse().map(({ recommendation, reason, decidedBy, createdAt }) => h("li", { class: "small" },
      h("b", {}, recommendation ? recommendations[recommendation][0] : "Reopened"), h("span", { class: "muted" }, ` ${decidedBy.name}, ${moment(createdAt)}`),
      reason && h("p", {}, reason)))));
}

customElements.define("decision-panel", DecisionPanel);
