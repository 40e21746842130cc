import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { draftOf } from "./assessment-draft.js";
import { assessmentStatuses } from "./labels.js";

const TYPING_MS = 250;

/**
 * Lets one choose questions of other assessments, with their rubrics. Resolves to copies of them as
 * in a draft; to none when nothing was chosen.
 * @param ownId the assessment that is being written, or null: it is left out
 */
export function chooseQuestions(ownId) {
  return new Promise((resolve) => new Library(ownId, resolve).open());
}

class Library {
  #ownId;
  #chosen = new Set();
  #result = [];
  #timer = null;
  /** What is being loaded, by the place it is for. */
  #asking = new Map();
  #list = h("div", { class: "sources", "aria-live": "polite" });
  #search = h("input", { class: "input", type: "search", id: "library-search", "aria-label": "Search assessments", placeholder: "Title or job title",
    maxlength: 100, autocomplete: "off", oninput: () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => this.#load(), TYPING_MS); } });
  #add = button("Add", { class: "primary", id: "add-chosen", onclick: () => { this.#result = [...this.#chosen]; this.#dialog.close(); } });
  #dialog;

  constructor(ownId, resolve) {
    this.#ownId = ownId;
    this.#dialog = h("dialog", { class: "card library", id: "library", "aria-labelledby": "library-title",
      onclose: () => { for (const each of this.#asking.values()) each.abort(); this.#dialog.remove(); resolve(this.#result); } },
    h("div", { class: "library-head" }, h("h2", { id: "library-title" }, "Questions from other assessments"),
      h("p", { class: "muted small" }, "They are copied with their rubrics; what you change here changes nothing there."), this.#search),
    this.#list,
    h("div", { class: "actions" }, this.#add, button("Cancel", { class: "quiet", onclick: () => this.#dialog.close() })));
  }

  open() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#search.focus();
    this.#count();
    this.#load();
  }

  async #load() {
    this.#list.replaceChildren(h("p", { class: "muted", role: "status" }, "Loading…"));
    const query = new URLSearchParams({ limit: 25 });
    if (this.#search.value.trim()) query.set("search", this.#search.value.trim());
    await this.#show(this.#list, () => this.#load(), async (signal) => {
      const { assessments, nextCursor } = await call("GET", `/api/assessments?${query}`, undefined, { signal });
      const found = assessments.filter(({ id, questionCount }) => id !== this.#ownId && questionCount > 0);
      return [
        ...found.length > 0 ? found.map((assessment) => this.#source(assessment)) : [h("p", { class: "muted" }, "There is no other assessment with questions by that name.")],
        ...nextCursor ? [h("p", { class: "muted small" }, "There are more: search for a name.")] : [],
      ];
    });
  }

  #source({ id, title, jobTitle, status, questionCount }) {
    const questions = h("div", { class: "source-questions" });
    const [label, tone] = assessmentStatuses[status];
    const load = () => this.#show(questions, load, async (signal) => {
      const draft = draftOf(await call("GET", `/api/assessments/${id}`, undefined, { signal }));
      return draft.questions.map((question) => this.#choice(question));
    });
    return h("details", { ontoggle: (event) => { if (event.target.open && questions.childElementCount === 0) load(); } },
      h("summary", {}, h("b", {}, title), h("span", { class: "muted small" }, `${jobTitle} · ${questionCount === 1 ? "one question" : `${questionCount} questions`}`),
        h("span", { class: `badge ${tone}` }, label)), questions);
  }

  #choice(question) {
    const box = h("input", { type: "checkbox", onchange: () => {
      if (box.checked) this.#chosen.add(question);
      else this.#chosen.delete(question);
      this.#count();
    } });
    return h("label", { class: "choice" }, box, h("span", {}, question.content, " ", h("span", { class: "muted small" }, question.competency)));
  }

  #count() {
    const { size } = this.#chosen;
    this.#add.disabled = size === 0;
    this.#add.textContent = size === 0 ? "Add" : size === 1 ? "Add the question" : `Add ${size} questions`;
  }

  /** Fills a place with what is loaded, or says there why it could not be. */
  async #show(place, again, load) {
    this.#asking.get(place)?.abort();
    const asking = new AbortController();
    this.#asking.set(place, asking);
    try {
      place.replaceChildren(...await load(asking.signal));
    } catch (error) {
      if (error.name === "AbortError") return;
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      place.replaceChildren(h("p", { class: "notice bad", role: "alert" }, error.message), button("Try again", { onclick: again }));
    }
  }
}
