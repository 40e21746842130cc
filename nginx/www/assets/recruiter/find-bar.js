import { h } from "../dom.js";
import { findAll } from "./text-search.js";

const ALL = "found";
const CURRENT = "found-current";

/**
 * `<find-bar>`: finds words in transcripts and written answers, counts them, and goes from one to the
 * next. What is searched shows a place when its `goTo(range)` is called.
 */
export class FindBar extends HTMLElement {
  #within = [];
  #found = []; // [{element, range}]
  #index = -1;
  #input;
  #count;
  #steps;

  constructor() {
    super();
    this.#input = h("input", {
      type: "search", class: "input", placeholder: "Find in what was said", "aria-label": "Find in what was said", autocomplete: "off", spellcheck: "false",
      oninput: () => this.refresh(), onkeydown: (event) => this.#key(event),
    });
    this.#count = h("span", { class: "figures small muted", role: "status" });
    const step = (by, label, sign) => h("button", { type: "button", class: "button quiet small", "aria-label": label, title: label, hidden: true, onclick: () => this.go(by) }, sign);
    this.#steps = [step(-1, "Previous place", "‹"), step(1, "Next place", "›")];
  }

  connectedCallback() {
    if (this.childElementCount === 0) this.append(this.#input, this.#count, ...this.#steps);
    this.setAttribute("role", "search");
  }

  disconnectedCallback() {
    for (const name of [ALL, CURRENT]) CSS.highlights.delete(name);
  }

  /** @param elements where to look, in order; each has `goTo(range)` */
  within(elements) {
    this.#within = elements;
    this.refresh();
  }

  focus() {
    this.#input.focus();
    this.#input.select();
  }

  /** Looks again, after one wrote or after what is searched was drawn anew. */
  refresh() {
    const query = this.#input.value;
    this.#found = this.#within.flatMap((element) => places(element, query).map((range) => ({ element, range })));
    this.#index = -1;
    CSS.highlights.set(ALL, new Highlight(...this.#found.map(({ range }) => range)));
    CSS.highlights.delete(CURRENT);
    this.#tell(query.trim() === "");
  }

  /** Goes to the next place (1) or the one before (-1), around the end. */
  go(by) {
    const total = this.#found.length;
    if (total === 0) return;
    this.#index = this.#index < 0 && by < 0 ? total - 1 : (this.#index + by + total) % total;
    const { element, range } = this.#found[this.#index];
    CSS.highlights.set(CURRENT, new Highlight(range));
    CSS.highlights.get(CURRENT).priority = 1;
    element.goTo(range);
    this.#tell(false);
  }

  #tell(isEmpty) {
    const total = this.#found.length;
    this.#count.textContent = isEmpty ? "" : total === 0 ? "Not found" : this.#index < 0 ? `${total} found` : `${this.#index + 1} of ${total}`;
    for (const step of this.#steps) step.hidden = total === 0;
  }

  #key(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      this.#input.value = "";
      this.refresh();
      this.#input.blur();
    }
  }
}

/** The ranges of an element's text where `query` is; the labels of buttons are no text. */
function places(element, query) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) => (
    node.parentElement.closest("button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  let text = "";
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const at = (offset) => nodes.findLast(([start]) => start <= offset);
  return findAll(text, query).map(([from, to]) => {
    const [[first, begin], [last, end]] = [at(from), at(to - 1)];
    const range = new Range();
    range.setStart(begin, from - first);
    range.setEnd(end, to - last);
    return range;
  });
}

customElements.define("find-bar", FindBar);
