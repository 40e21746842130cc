import { h } from "../../dom.js";
import { moment } from "../../format.js";
import { engineName, methods } from "./words.js";

/** How a resume was read: by what, in which version, and how far to trust it. */
export function howItWasRead({ engine, analyzedAt, evidence, pages, unreadPages }) {
  if (!engine) return null;
  const { name, version, method, origin, fallback, dropped } = engine;
  const fact = (label, text) => text && h("div", {}, h("dt", {}, label), h("dd", {}, text));
  return h("details", { class: "card padded how", id: "how" },
    h("summary", {}, "How this was read"),
    h("dl", {},
      fact("Engine", `${engineName(name)}, version ${version}`),
      origin && fact("Model", `${origin.model} of ${origin.provider}; prompt ${origin.promptName}, version ${origin.promptVersion}`),
      fact("Text", `${methods[method]}${pages > 1 ? `, ${pages} pages` : ""}`),
      unreadPages.length > 0 && fact("Not read", `${unreadPages.length} scanned ${unreadPages.length === 1 ? "page" : "pages"}, from page ${unreadPages[0]} on: too many to recognise`),
      fact("Read", h("time", { datetime: analyzedAt }, moment(analyzedAt))),
      fact("Sure of", sureness(evidence)),
      dropped > 0 && fact("Left out", `${dropped} ${dropped === 1 ? "value that was" : "values that were"} not in the text`)),
    fallback && h("p", { class: "notice caution" }, `The organisation’s model did not do this: ${fallback}`),
    h("p", { class: "muted small" }, "Every value is taken from the document and leads to its place there. Underlined with dots is what the engine was not sure of. Nothing here ranks or rejects anybody."));
}

function sureness(evidence) {
  const sure = evidence.filter(({ confidence }) => confidence >= 0.6).length;
  return `${sure} of ${evidence.length} values`;
}
