import { call } from "../../api.js";
import { button, h } from "../../dom.js";
import { sentence } from "../fields.js";
import { pdfView } from "./pdf-view.js";

/**
 * The document beside what was read in it: its text and, for a PDF, its pages.
 *
 * @returns {element, show(ranges, from)}: marks the passages [{start, end}] (UTF-16) and brings the first into view; `from` is the
 * control that asked, to which Escape leads back
 */
export function documentView(resume) {
  const { candidateId, version, text, lines, kind, fileName } = resume;
  const address = `/api/resume/${candidateId}/file/${version}`;
  const words = h("div", { class: "document-text", id: "document-text", tabindex: "0", role: "region", "aria-label": "The resume’s text", dir: "auto" });
  const pages = h("div", { class: "document-pages", tabindex: "0", role: "region", "aria-label": "The resume’s pages", hidden: true });
  const told = h("p", { class: "visually-hidden", role: "status" });
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const isPdf = kind === "PDF";
  const asText = button("Text", { "aria-pressed": "true", onclick: () => choose(false) });
  const asPages = isPdf && button("Pages", { id: "show-pages", "aria-pressed": "false", onclick: () => choose(true) });
  let marked = [];
  let asked = null;
  let drawn = null;

  const element = h("section", { class: "card document", "aria-labelledby": "document-title" },
    h("div", { class: "document-head" }, h("h3", { id: "document-title" }, fileName ?? "Pasted text"),
      h("div", { class: "head-actions" }, isPdf && h("div", { class: "segments" }, asText, asPages), fileName && button("Open file", { id: "open-file", class: "quiet", onclick: open }))),
    failure, words, pages, told);
  element.addEventListener("keydown", ({ key }) => { if (key === "Escape" && asked?.isConnected) asked.focus(); });

  function draw() {
    words.replaceChildren(...segments(text, marked).map(([part, isMarked]) => (isMarked ? h("mark", {}, part) : part)));
    scrollWithin(words, words.querySelector("mark"));
  }

  async function show(ranges, from = null) {
    marked = ranges;
    asked = from;
    draw();
    const passage = ranges.map(({ start, end }) => text.slice(start, end)).join(" … ");
    told.textContent = `In the document: ${passage}`;
    if (!pages.hidden) (await drawn)?.mark(places(lines, marked));
    if (!isInView(element)) element.scrollIntoView({ block: "nearest" });
  }

  async function choose(wantsPages) {
    asText.setAttribute("aria-pressed", String(!wantsPages));
    asPages.setAttribute("aria-pressed", String(wantsPages));
    pages.hidden = !wantsPages;
    words.hidden = wantsPages;
    if (!wantsPages) return draw();
    failure.hidden = true;
    try {
      // Loaded when it is asked for: most of what a resume says can be had without its pages.
      drawn ??= call("GET", address).then(({ url }) => pdfView(pages, url));
      (await drawn).mark(places(lines, marked));
    } catch (error) {
      drawn = null;
      complain(error.name === "InvalidPDFException" ? "The browser cannot show this file. Its text is here." : sentence(error));
      choose(false);
    }
  }

  async function open() {
    failure.hidden = true;
    try {
      location.assign((await call("GET", address)).url); // An attachment: the page stays.
    } catch (error) {
      complain(sentence(error));
    }
  }

  function complain(sentence) {
    failure.textContent = sentence;
    failure.hidden = false;
  }

  draw();
  return { element, show };
}

/** A text cut where marks begin and end: [[part, isMarked]]. */
function segments(text, ranges) {
  const parts = [];
  let position = 0;
  for (const { start, end } of [...ranges].sort((one, other) => one.start - other.start)) {
    if (start < position) continue;
    if (start > position) parts.push([text.slice(position, start), false]);
    parts.push([text.slice(start, end), true]);
    position = end;
  }
  if (position < text.length) parts.push([text.slice(position), false]);
  return parts;
}

/**
 * Where passages stand on the pages: [{page, x, y, width, height}] in points. Within a line, letters are
 * taken to be equally wide, which is near enough to find them.
 */
function places(lines, ranges) {
  return ranges.flatMap(({ start, end }) => lines.filter((line) => line.box && line.start < end && line.end > start).map((line) => {
    const length = line.end - line.start;
    const from = Math.max(0, start - line.start) / length;
    const to = Math.min(length, end - line.start) / length;
    const { x, y, width, height } = line.box;
    return { page: line.page, x: x + width * from, y, width: width * (to - from), height };
  }));
}

function scrollWithin(container, target) {
  if (!target) return;
  const offset = target.getBoundingClientRect().top - container.getBoundingClientRect().top;
  if (offset < 0 || offset > container.clientHeight - 24) container.scrollTop += offset - container.clientHeight / 3;
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight - 80 && bottom > 80;
}
