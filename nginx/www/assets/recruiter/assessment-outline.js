import { button, h, icon } from "../dom.js";
import { ofQuestion, worst } from "./findings-view.js";

/**
 * `<assessment-outline>`: what the assessment consists of. Sends `open` with "details" or a question
 * in `detail`, `add`, and `act` with {question, name} for "up", "down" and "remove" by key.
 */
export class AssessmentOutline extends HTMLElement {
  /**
   * @param questions of the draft
   * @param view {open: "details" or a question, findings, refused: questions with refused fields, and "details", isReadOnly}
   */
  show(questions, { open, findings, refused, isReadOnly }) {
    const hadFocus = this.contains(document.activeElement) && !document.activeElement.matches("#add-question");
    const entry = (what, id, lines, mark) => h("li", {}, h("button", {
      type: "button", id, class: "entry", "aria-current": what === open ? "true" : null,
      onclick: () => this.#send("open", what),
      onkeydown: (event) => { if (what !== "details" && !isReadOnly) this.#pressed(event, what); },
    }, lines, mark));
    this.replaceChildren(
      h("ol", { class: "entries" },
        entry("details", "entry-details", [h("span", { class: "place" }, icon("pen")), h("span", { class: "what" }, "Title and job")], mark(refused.has("details"), null)),
        questions.map((question, index) => entry(question, `entry-${index + 1}`, [
          h("span", { class: "place figures" }, index + 1),
          h("span", { class: "what" }, h("span", { class: "asked" }, question.content.trim() || "Not written yet"),
            h("span", { class: "muted" }, question.competency.trim() || "No competency yet")),
        ], mark(refused.has(question), worst(ofQuestion(findings, index + 1)))))),
      !isReadOnly && button("Add question", { id: "add-question", title: "Add question (n)", onclick: () => this.#send("add") }, "plus"));
    if (hadFocus) this.querySelector("[aria-current]")?.focus();
  }

  focusOpen() {
    this.querySelector("[aria-current]")?.focus();
  }

  #pressed(event, question) {
    const name = event.key === "Delete" ? "remove" : event.altKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    this.#send("act", { question, name });
  }

  #send(type, detail = null) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const meanings = { critical: "has a serious finding", warning: "has a warning", info: "has a hint" };

function mark(isRefused, severity) {
  if (isRefused) return h("span", { class: "mark critical" }, h("span", { class: "visually-hidden" }, "was refused"));
  return severity && severity !== "info"
    ? h("span", { class: `mark ${severity}` }, h("span", { class: "visually-hidden" }, meanings[severity])) : null;
}

customElements.define("assessment-outline", AssessmentOutline);
