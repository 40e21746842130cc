import { button, h, icon } from "../dom.js";
import { ofQuestion, worst } from "./findings-view.js";

/**
 * `<assessment-outline>`: what the assessment consists of. Sends `open` with "details" or a question
 * in `detail`, `add`, `take` for questions of other assessments, and `act` with {question, name} for "up", "down" and "remove" by key.
 * Entries stay the same elements while one types, so that no click on one is lost.
 */
export class AssessmentOutline extends HTMLElement {
  #entries = new Map();
  #list = h("ol", { class: "entries" });
  #add = button("Add question", { id: "add-question", title: "Add question (n)", onclick: () => this.#send("add") }, "plus");
  #take = button("From another assessment", { id: "take-questions", class: "quiet", onclick: () => this.#send("take") }, "copy");
  #isReadOnly = false;

  connectedCallback() {
    this.replaceChildren(this.#list, h("div", { class: "adding" }, this.#add, this.#take));
  }

  /**
   * @param questions of the draft
   * @param view {open: "details" or a question, findings, refused: questions with refused fields, and "details", isReadOnly}
   */
  show(questions, { open, findings, refused, isReadOnly }) {
    this.#isReadOnly = isReadOnly;
    this.#add.hidden = this.#take.hidden = isReadOnly;
    const all = ["details", ...questions];
    const entries = all.map((what) => this.#entries.get(what) ?? this.#made(what));
    this.#entries = new Map(all.map((what, index) => [what, entries[index]]));
    if (this.#list.childElementCount !== entries.length || entries.some(({ item }, index) => item !== this.#list.children[index])) {
      const hadFocus = this.#list.contains(document.activeElement);
      this.#list.replaceChildren(...entries.map(({ item }) => item));
      if (hadFocus) this.#entries.get(open).opener.focus();
    }
    entries.forEach((entry, index) => {
      const what = all[index];
      if (what === open) entry.opener.setAttribute("aria-current", "true");
      else entry.opener.removeAttribute("aria-current");
      entry.opener.id = index === 0 ? "entry-details" : `entry-${index}`;
      if (index > 0) {
        entry.place.textContent = index;
        entry.asked.textContent = what.content.trim() || "Not written yet";
        entry.competency.textContent = what.competency.trim() || "No competency yet";
      }
      mark(entry.mark, refused.has(what), index === 0 ? null : worst(ofQuestion(findings, index)));
    });
  }

  focusOpen() {
    this.querySelector("[aria-current]")?.focus();
  }

  #made(what) {
    const isDetails = what === "details";
    const entry = {
      place: h("span", { class: "place figures" }, isDetails && icon("pen")),
      asked: h("span", { class: "asked" }, isDetails ? "Title and job" : ""), competency: h("span", { class: "muted" }),
      mark: h("span", { hidden: true }, h("span", { class: "visually-hidden" })),
    };
    entry.opener = h("button", {
      type: "button", class: "entry", onclick: () => this.#send("open", what),
      onkeydown: (event) => { if (!isDetails && !this.#isReadOnly) this.#pressed(event, what); },
    }, entry.place, h("span", { class: "what" }, entry.asked, !isDetails && entry.competency), entry.mark);
    entry.item = h("li", {}, entry.opener);
    return entry;
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

const meanings = { critical: "has a serious finding", warning: "has a warning" };

function mark(element, isRefused, severity) {
  element.hidden = !isRefused && !(severity in meanings);
  element.className = `mark ${isRefused ? "critical" : severity}`;
  element.firstChild.textContent = isRefused ? "was refused" : meanings[severity] ?? "";
}

customElements.define("assessment-outline", AssessmentOutline);
