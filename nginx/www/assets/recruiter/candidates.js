import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { openNewCandidate } from "./candidate-form.js";
import { openImport } from "./import.js";
import { followLinks } from "./links.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { stageBadge, stages } from "./stages.js";

// The list of candidates. Search, stage and place live in the address.

function asked() {
  const query = new URLSearchParams(location.search);
  const stage = query.get("stage");
  return { search: (query.get("search") ?? "").trim().slice(0, 100), stage: Object.hasOwn(stages, stage ?? "") ? stage : null, cursor: query.get("cursor") };
}

function address({ search = "", stage = null, cursor = null }) {
  const query = new URLSearchParams();
  if (search) query.set("search", search);
  if (stage) query.set("stage", stage);
  if (cursor) query.set("cursor", cursor);
  return `/candidates${query.size > 0 ? `?${query}` : ""}`;
}

function source({ search, stage, cursor }) {
  const query = new URLSearchParams({ limit: "25" });
  if (search) query.set("search", search);
  if (stage) query.set("pipelineStage", stage);
  if (cursor) query.set("cursor", cursor);
  return `/api/candidates?${query}`;
}

let latest = 0;

/** @param focus what has the reader afterwards: a selector, or null */
async function open({ focus = null } = {}) {
  const turn = (latest += 1);
  const view = asked();
  try {
    const [list] = await Promise.all([call("GET", source(view)), signedIn()]);
    if (turn !== latest) return;
    showContent(head(view), search(view), filters(view), list.candidates.length > 0 ? table(list.candidates) : empty(view), pages(list, view));
    if (focus) document.querySelector(focus)?.focus();
  } catch (error) {
    if (turn === latest) showFailure(error, () => open());
  }
}

function head(view) {
  return h("div", { class: "page-head" }, h("h1", {}, "Candidates"),
    h("div", { class: "head-actions" },
      shortcutsButton(),
      h("a", { class: "button", id: "export", download: true, href: exportOf(view) }, "Export CSV"),
      button("Import CSV", { id: "import", onclick: () => openImport(() => open()) }),
      button("New candidate", { id: "create", class: "primary", onclick: create })));
}

function exportOf({ search: words, stage }) {
  const query = new URLSearchParams({ ...(words && { search: words }), ...(stage && { pipelineStage: stage }) });
  return `/api/candidates/export.csv${query.size > 0 ? `?${query}` : ""}`;
}

function create() {
  const show = (id) => location.assign(`/candidates/${id}`);
  openNewCandidate({}, { created: ({ id }) => show(id), known: show, label: "Open the candidate who has it" });
}

function search(view) {
  const input = h("input", {
    class: "input", id: "search", type: "search", name: "search", value: view.search, maxlength: "100",
    placeholder: "Search by name or e-mail", "aria-label": "Search candidates",
  });
  return h("form", {
    class: "search search-line", role: "search",
    onsubmit: (event) => {
      event.preventDefault();
      history.pushState(null, "", address({ ...view, search: input.value.trim(), cursor: null }));
      open({ focus: "#search" });
    },
  }, input, button("Search", { type: "submit" }));
}

function filters(view) {
  const link = (value, label) => h("a", {
    href: address({ ...view, stage: value, cursor: null }), class: "filter", "aria-current": value === view.stage ? "true" : null,
  }, label);
  return h("nav", { class: "filters", "aria-label": "Filter by stage" },
    link(null, "All"), Object.entries(stages).map(([value, [label]]) => link(value, label)));
}

function table(candidates) {
  const columns = [["Candidate", ""], ["Stage", ""], ["Phone", "phone"], ["Interviews", ""], ["Added", "added"]];
  return h("div", { class: "card table-frame" }, h("table", { id: "candidates" },
    h("caption", { class: "visually-hidden" }, "Candidates, newest first"),
    h("thead", {}, h("tr", {}, columns.map(([label, name]) => h("th", { scope: "col", class: name }, label)))),
    h("tbody", {}, candidates.map(({ id, name, email, phone, pipelineStage, interviewCount, createdAt }) => h("tr", {},
      h("th", { scope: "row" }, h("a", { href: `/candidates/${id}` }, name), h("span", { class: "muted small" }, email)),
      h("td", {}, stageBadge(pipelineStage)),
      h("td", { class: "phone" }, phone ?? h("span", { class: "muted" }, "–")),
      h("td", { class: "figures" }, String(interviewCount)),
      h("td", { class: "added" }, h("time", { datetime: createdAt, title: moment(createdAt) }, relative(createdAt))))))));
}

function empty({ search: words, stage, cursor }) {
  if (words || stage || cursor) {
    return h("div", { class: "face card" }, icon("candidates"), h("h2", {}, "Nobody matches"),
      h("p", {}, "Every word of the search has to be somewhere in the name or the e-mail address."),
      h("a", { class: "button", href: "/candidates" }, "Show all"));
  }
  return h("div", { class: "face card" }, icon("candidates"), h("h2", {}, "No candidates yet"),
    h("p", {}, "Write the first one down, or import a spreadsheet with the columns name and email. Then invite them to a video interview."),
    h("div", { class: "head-actions" }, button("Import CSV", { onclick: () => openImport(() => open()) }), button("New candidate", { class: "primary", onclick: create })));
}

function pages({ nextCursor }, view) {
  if (!nextCursor && !view.cursor) return "";
  return h("nav", { class: "pages", "aria-label": "Pages" },
    view.cursor && h("a", { class: "button", href: address({ ...view, cursor: null }), rel: "first" }, "Newest"),
    nextCursor && h("a", { class: "button", href: address({ ...view, cursor: nextCursor }), rel: "next" }, "Older"));
}

// Moves the reader from row to row.
function step(by) {
  const rows = [...document.querySelectorAll("#candidates tbody a")];
  const now = rows.indexOf(document.activeElement);
  rows[Math.min(Math.max(now + by, 0), rows.length - 1)]?.focus();
}

shortcuts({
  "/": ["Search", () => document.querySelector("#search")?.focus()],
  j: ["Next candidate", () => step(1)],
  k: ["Previous candidate", () => step(-1)],
  n: ["New candidate", create],
});

// Filters and pages change the address and the list, not the whole page.
followLinks(".filters a, .pages a, .face a", () => open({ focus: ".filters [aria-current]" }), open);

open();
