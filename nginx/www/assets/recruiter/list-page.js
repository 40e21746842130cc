import { call } from "../api.js";
import { h } from "../dom.js";
import { isPlain } from "./links.js";
import { listQuery } from "./list-query.js";
import { showContent, showFailure } from "./shell.js";

// A page with a list. What it shows lives in its address: filters, words and pages change the address
// and the list, not the rest of the page.

const PAUSE_MS = 250; // while one types

export class ListPage {
  /** For the part of the page that changes. */
  results = h("div", { id: "results", role: "region", "aria-label": "Results" });
  #given;
  #isShown = false;
  #asking = 0;
  #typing = null;

  /**
   * @param given path: the page's; source: the route of the list; names: what the list can be asked for;
   * alongside: asks for what else the page needs, an array of promises; frame: makes the parts of the page
   * from their answers, `results` among them; draw: shows a list, and what it was asked for, in these parts;
   * first: what has the focus on another page of the list, a selector
   */
  constructor(given) {
    this.#given = given;
    Object.assign(this, listQuery(given.path, given.names));
    document.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => this.reload());
  }

  get view() { return this.asked(location.search); }

  /** Asks for the list that the address asks for; the whole page is drawn where it is not there yet. */
  async reload({ refocus = null } = {}) {
    const { source, alongside, frame, draw } = this.#given;
    const number = ++this.#asking;
    this.results.setAttribute("aria-busy", "true");
    try {
      const [list, ...answers] = await Promise.all([call("GET", this.address(this.view, source)), ...(this.#isShown ? [] : alongside())]);
      if (number !== this.#asking) return; // Something newer was asked for meanwhile.
      if (!this.#isShown) showContent(...frame(...answers));
      this.#isShown = true;
      this.results.removeAttribute("aria-busy");
      for (const field of document.querySelectorAll(".search .input")) show(field, this.view);
      draw(list, this.view);
      if (refocus) document.querySelector(refocus)?.focus();
    } catch (error) {
      if (number !== this.#asking) return;
      this.#isShown = false;
      showFailure(error, () => this.reload());
    }
  }

  /** Goes to another view, which the browser's way back leaves again. `trail`: the pages before it. */
  go(next, { replace = false, trail = [], refocus = null } = {}) {
    history[replace ? "replaceState" : "pushState"]({ trail }, "", this.address(next));
    return this.reload({ refocus });
  }

  /** Goes to another view with some of what is asked for changed. */
  change(values, options) { return this.go(this.changed(this.view, values), options); }

  #follow(event) {
    const link = event.target.closest(".filters a, .pages a, #results .face a");
    const to = link && new URL(link.href);
    if (!link || to.pathname !== location.pathname || !isPlain(event)) return;
    event.preventDefault();
    const trail = history.state?.trail ?? [];
    this.go(this.asked(to.search), {
      trail: link.rel === "next" ? [...trail, this.view.cursor ?? ""] : link.rel === "prev" ? trail.slice(0, -1) : [],
      refocus: link.closest(".filters") ? ".filters [aria-current]" : this.#given.first,
    });
  }

  // ---- Parts that every such page has

  /** The form above the list: words, and of each of `choices`, [name, label, options], one or any. */
  search(label, choices) {
    const words = h("input", {
      class: "input", id: "search", type: "search", maxlength: 100, "aria-label": "Search", autocomplete: "off",
      placeholder: "Search name, e-mail, assessment, job", "aria-keyshortcuts": "/", oninput: () => {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => this.change({ search: words.value.trim() }, { replace: true }), PAUSE_MS);
      },
    });
    return h("form", { class: "search", role: "search", "aria-label": label, onsubmit: (event) => event.preventDefault() }, words,
      choices.map(([name, any, options]) => h("select", {
        class: "input", id: name, "aria-label": any, onchange: ({ target }) => this.change({ [name]: target.value }),
      }, h("option", { value: "" }, any), options.map(([value, text]) => h("option", { value }, text)))));
  }

  /** A link to another view, among those above the list. */
  chip(next, isOn, ...label) {
    return h("a", { href: this.address(next), class: "filter", "aria-current": isOn ? "true" : null }, label);
  }

  /** The chip of the one candidate whose interviews are asked for, which takes that away. */
  candidateChip(now, [interview]) {
    return now.candidateId && this.chip(this.changed(now, { candidateId: "" }), true,
      interview?.candidate.name ?? "One candidate", h("span", { "aria-label": ", remove" }, " ×"));
  }

  /** The ways to the pages before and after. */
  pages({ nextCursor }, now) {
    const trail = history.state?.trail ?? [];
    if (!nextCursor && !now.cursor) return [];
    const isKnown = trail.length > 0 || !now.cursor; // Otherwise it was opened in the middle of the list.
    const link = (isThere, to, label, rel) => (isThere
      ? h("a", { class: "button", href: this.address(to), rel }, label) : h("span", { class: "button", "aria-disabled": "true" }, label));
    return [h("nav", { class: "pages", "aria-label": "Pages" },
      link(now.cursor, { ...now, cursor: trail.at(-1) }, isKnown ? "Previous" : "First page", "prev"),
      h("span", { class: "muted figures" }, isKnown ? `Page ${trail.length + 1}` : ""),
      link(nextCursor, { ...now, cursor: nextCursor }, "Next", "next"))];
  }

  /** Moves the focus by so many rows. */
  step(by) {
    const links = [...document.querySelectorAll("tbody .candidate a")];
    const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
  }
}

// Shows what the address asks for, but not while somebody types it.
function show(field, now) {
  const value = now[field.id] ?? "";
  if (field.id === "search" && document.activeElement === field) return;
  if (field.tagName === "SELECT" && value && !field.querySelector(`option[value="${CSS.escape(value)}"]`)) {
    field.append(h("option", { value }, "As asked for"));
  }
  field.value = value;
}
