import { h } from "../../dom.js";
import { hiddenReasons } from "./words.js";

/** What a recruiter should know about a document before they trust it; nothing where there is nothing. */
export function warnings({ hiddenText, flags }, view) {
  if (hiddenText.length === 0 && flags.length === 0) return null;
  return h("section", { class: "notice caution", id: "resume-warnings", "aria-labelledby": "resume-warnings-title" },
    h("h3", { id: "resume-warnings-title" }, hiddenText.length > 0 ? "This document holds text that a reader does not see" : "A passage speaks to a machine"),
    h("p", {}, hiddenText.length > 0
      ? "It was not read, and changes nothing on this page. It may be an accident of the program that made the file. Judge for yourself:"
      : "It was read as text and followed by nobody: it changes nothing on this page. Judge for yourself:"),
    h("ul", {}, hiddenText.map(({ text, page, reason }) => h("li", {}, quoted(text), ` on page ${page}, ${hiddenReasons[reason] ?? reason}`)),
      flags.map(({ quote, range, reason }) => h("li", {}, h("button", { type: "button", class: "value", onclick: ({ currentTarget }) => view.show([range], currentTarget) }, quoted(quote)), ` – ${reason}`))));
}

const quoted = (text) => h("span", { dir: "auto" }, `“${text.length > 200 ? `${text.slice(0, 200)}…` : text}”`);
