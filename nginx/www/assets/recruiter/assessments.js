import { call, Problem } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { assessmentStatuses } from "./labels.js";
import { followLinks } from "./links.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { toast } from "./toast.js";

// The list of assessments. Search and filter live in the address; more are added below on demand.

const PAGE_SIZE = 25;
const TYPING_MS = 250;

const page = { shown: [], cursor: null, asking: null };
const parts = {};

function asked() {
  const query = new URLSearchParams(location.search);
  const status = query.get("status");
  return { status: status in assessmentStatuses ? status : null, search: (query.get("search") ?? "").trim().slice(0, 100) };
}

function address({ status, search }, path = "/assessments") {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (search) query.set("search", search);
  return `${path}${query.size > 0 ? `?${query}` : ""}`;
}

// ---- Loading ---------------------------------------------------------------------

async function fetchPage(view, cursor) {
  const query = new URLSearchParams({ limit: PAGE_SIZE });
  for (const [name, value] of Object.entries({ ...view, cursor })) if (value) query.set(name, value);
  page.asking?.abort();
  page.asking = new AbortController();
  return call("GET", `/api/assessments?${query}`, undefined, { signal: page.asking.signal });
}

async function load() {
  const view = asked();
  try {
    const [list] = await Promise.all([fetchPage(view, null), parts.search ? null : signedIn()]);
    Object.assign(page, { shown: list.assessments, cursor: list.nextCursor });
    if (!parts.search) build(view);
    draw();
  } catch (error) {
    if (error.name === "AbortError") return;
    delete parts.search;
    showFailure(error, load);
  }
}

async function more() {
  parts.more.disabled = true;
  try {
    const { assessments, nextCursor } = await fetchPage(asked(), page.cursor);
    const first = page.shown.length;
    page.shown.push(...assessments);
    page.cursor = nextCursor;
    draw();
    parts.list.querySelectorAll("tbody a")[first]?.focus();
  } catch (error) {
    if (error.name === "AbortError") return;
    parts.more.disabled = false;
    toast(error.message);
    if (!(error instanceof Problem) && error.name !== "Unreachable") throw error;
  }
}

// ---- The page --------------------------------------------------------------------

function build({ search }) {
  parts.search = h("input", { class: "input", type: "search", id: "search", value: search, placeholder: "Title or job title",
    "aria-label": "Search assessments", maxlength: 100, autocomplete: "off", oninput: typed });
  parts.filters = h("nav", { class: "filters", "aria-label": "Filter by status" });
  parts.list = h("div", { id: "list" });
  parts.found = h("p", { class: "visually-hidden", role: "status", id: "found" });
  showContent(
    h("div", { class: "page-head" }, h("h1", {}, "Assessments"),
      h("a", { class: "button primary", id: "new", href: "/assessments/new" }, icon("plus"), "New assessment")),
    h("div", { class: "tools" }, parts.search, parts.filters), parts.found, parts.list, shortcutsButton());
}

function draw() {
  const view = asked();
  if (document.activeElement !== parts.search) parts.search.value = view.search;
  parts.filters.replaceChildren(...[[null, "All"], ...Object.entries(assessmentStatuses).map(([value, [label]]) => [value, label])]
    .map(([value, label]) => h("a", { class: "filter", href: address({ ...view, status: value }), "aria-current": value === view.status ? "true" : null }, label)));
  const isEmpty = page.shown.length === 0;
  parts.found.textContent = isEmpty ? "Nothing found." : `${page.shown.length}${page.cursor ? " or more" : ""} found.`;
  parts.list.replaceChildren(isEmpty ? empty(view) : table());
  const isFresh = isEmpty && !view.search && !view.status;
  document.querySelector(".tools").hidden = isFresh;
  document.querySelector("#new").hidden = isFresh;
}

function table() {
  const columns = ["Assessment", "Competencies", "Questions", "Status", "Changed", h("span", { class: "visually-hidden" }, "Actions")];
  const names = ["title", "competencies", "questions", "status", "changed", "act"];
  parts.more = page.cursor ? button("Show more", { id: "more", onclick: more }) : null;
  return h("div", { class: "listing" }, h("div", { class: "card table-frame" }, h("table", { id: "assessments" },
    h("caption", { class: "visually-hidden" }, "Assessments, newest first"),
    h("thead", {}, h("tr", {}, columns.map((label, index) => h("th", { scope: "col", class: names[index] }, label)))),
    h("tbody", {}, page.shown.map(row)))), parts.more);
}

function row(assessment) {
  const { id, title, jobTitle, status, questionCount, competencies, updatedAt } = assessment;
  const [label, tone] = assessmentStatuses[status];
  return h("tr", { "data-id": id },
    h("th", { scope: "row", class: "title" }, h("a", { href: `/assessments/${id}` }, title), h("span", { class: "muted small" }, jobTitle)),
    h("td", { class: "competencies" }, h("span", {}, competencies.join(", ") || "–")),
    h("td", { class: "questions figures" }, questionCount),
    h("td", { class: "status" }, h("span", { class: `badge ${tone}` }, label)),
    h("td", { class: "changed" }, h("time", { datetime: updatedAt, title: moment(updatedAt) }, Date.now() - Date.parse(updatedAt) < 60_000 ? "just now" : relative(updatedAt))),
    h("td", { class: "act" }, h("div", { class: "row-actions" },
      button("", { class: "quiet", "data-act": "duplicate", title: "Duplicate", "aria-label": `Duplicate ${title}`, onclick: () => duplicate(assessment) }, "copy"),
      status === "ARCHIVED"
        ? button("", { class: "quiet", "data-act": "activate", title: "Activate again", "aria-label": `Activate ${title} again`, onclick: () => change(assessment, "activate") }, "retake")
        : button("", { class: "quiet", "data-act": "archive", title: "Archive", "aria-label": `Archive ${title}`, onclick: () => change(assessment, "archive") }, "archive"))));
}

function empty({ search, status }) {
  if (search || status) {
    const what = [search && `“${search}”`, status && `status ${assessmentStatuses[status][0]}`].filter(Boolean).join(" and ");
    return h("div", { class: "face card" }, icon("assessments"), h("h2", {}, `Nothing with ${what}`),
      h("a", { class: "button", href: "/assessments", id: "show-all" }, "Show all"));
  }
  return h("div", { class: "face card" }, icon("assessments"), h("h2", {}, "Write the first assessment"),
    h("p", {}, "An assessment is a set of questions that everybody who applies for a job is asked, each with a rubric: five levels that say what an answer at that level has in it. It is what makes scores of different people, by different people, comparable."),
    h("a", { class: "button primary", href: "/assessments/new" }, icon("plus"), "New assessment"));
}

// ---- Actions ---------------------------------------------------------------------

async function duplicate({ id }) {
  await attempt(async () => location.assign(`/assessments/${(await call("POST", `/api/assessments/${id}/duplicate`)).id}`));
}

const undoing = { archive: "activate", activate: "archive" };

async function change(assessment, verb, isUndo = false) {
  await attempt(async () => {
    const before = assessment.status;
    const { status, updatedAt } = await call("POST", `/api/assessments/${assessment.id}/${verb}`);
    Object.assign(assessment, { status, updatedAt });
    draw();
    parts.list.querySelector(`[data-id="${assessment.id}"] a`)?.focus();
    // A draft that was archived cannot become one again: it goes on once it is complete.
    const undo = isUndo || before === "DRAFT" ? null : () => change(assessment, undoing[verb], true);
    toast(status === "ARCHIVED" ? `“${assessment.title}” is archived: nobody new is asked.` : `“${assessment.title}” is active.`, undo);
  });
}

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return showFailure(error);
    toast(error.message);
    if (!(error instanceof Problem) && error.name !== "Unreachable") throw error;
  }
}

// ---- Moving about ----------------------------------------------------------------

let timer = null;
function typed() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    history.replaceState(null, "", address({ ...asked(), search: parts.search.value.trim() }));
    load();
  }, TYPING_MS);
}

followLinks(".filters a, #show-all", () => load().then(() => parts.filters?.querySelector("[aria-current]")?.focus()), load);

function step(by) {
  const links = [...document.querySelectorAll("#assessments tbody .title a")];
  const next = links[links.indexOf(document.activeElement.closest("tr")?.querySelector(".title a")) + by] ?? links[0];
  next?.focus();
}

shortcuts({
  "/": ["Search", () => parts.search?.focus()],
  j: ["Next assessment", () => step(1)],
  k: ["Previous assessment", () => step(-1)],
  n: ["New assessment", () => location.assign("/assessments/new")],
});

load();
